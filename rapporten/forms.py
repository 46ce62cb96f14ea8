"""What is filled in to ask for reports, and to find them back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kern.forms import DateField, LayoutForm
from rapporten.enums import BundelVorm, VerslagStatus
from rapporten.rules.kwartalen import Telperiode


class PeriodeForm(LayoutForm):
    """The first and last day of the period."""

    van = DateField(label="Eerste dag", help_text="Standaard de dag na het vorige verslag.")
    tot = DateField(label="Laatste dag", help_text="Vandaag, of een dag die voorbij is.")

    def clean(self) -> dict[str, Any]:
        """Keep the days in order."""
        cleaned = super().clean() or {}
        van, tot = cleaned.get("van"), cleaned.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "De laatste dag ligt vóór de eerste dag.")
        return cleaned


class BundelForm(PeriodeForm):
    """Reports of a selection: which trajecten, over which period, in what form."""

    trajecten = forms.CharField(widget=forms.HiddenInput, max_length=200_000)
    vorm = forms.ChoiceField(
        label="Hoe wilt u ze krijgen?", choices=BundelVorm.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["van"].help_text = "Bij wie later startte, telt de start van het traject."

    def clean_trajecten(self) -> list[int]:
        """Return the keys of the selection."""
        return keys_in(self.cleaned_data["trajecten"].split(","))


def keys_in(words: Iterable[str]) -> list[int]:
    """Return numbers, each once, in the order in which they came."""
    try:
        return list(dict.fromkeys(int(word) for word in words if word.strip()))
    except ValueError:
        raise ValidationError("Deze selectie is niet te lezen. Duid opnieuw aan.") from None


class ArchiefForm(LayoutForm):
    """The filters of the archive; they stand in the address."""

    client = forms.CharField(label="Cliënt of dossier", required=False, max_length=80)
    instrument = forms.ChoiceField(label="Instrument", required=False)
    status = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "Alle"), *VerslagStatus.choices]
    )
    door = forms.ChoiceField(label="Gevraagd door", required=False)
    van = DateField(label="Periode vanaf", required=False)
    tot = DateField(label="t.e.m.", required=False)

    def __init__(
        self,
        *args: Any,
        instrumenten: list[tuple[str, str]],
        medewerkers: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].choices = [("", "Alle"), *instrumenten]  # type: ignore[attr-defined]
        self.fields["door"].choices = [("", "Iedereen"), *medewerkers]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str | date]:
        """Return the filters that were filled in and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class WekenForm(LayoutForm):
    """The period of a count; it stands in the address."""

    periode = forms.ChoiceField(label="Periode", required=False)

    def __init__(self, *args: Any, periodes: Iterable[Telperiode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(periode.code, periode.naam) for periode in periodes]
        self.fields["periode"].choices = choices  # type: ignore[attr-defined]
