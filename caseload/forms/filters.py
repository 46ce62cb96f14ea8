"""The filters of the lists, and a name for a list as it stands."""

from collections.abc import Sequence
from typing import Any

from django import forms

from caseload.enums import Datumsoort, Stapkeuze, TrajectStand, Wie
from caseload.forms.keuzes import Choices, choices_of, optional
from clienten.enums import StatuutSoort
from kern.forms import DateField, LayoutForm
from toegang.models import Gebruiker
from trajecten.enums import SignaalCode, Stem

WACHT_OP = [
    (Stem.OCMW.value, "Cliënt wacht op antwoord"),
    (Stem.CLIENT.value, "Wacht op de cliënt"),
]


class Filter(LayoutForm):
    """Base of the filters: what cannot be read is left out, and said."""

    wie = forms.ChoiceField(label="Van wie", required=False)
    q = forms.CharField(label="Naam of dossiernummer", required=False, max_length=120)

    def __init__(self, *args: Any, medewerkers: Sequence[Gebruiker], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        colleagues = [(str(person.pk), person.naam) for person in medewerkers]
        choices_of(self, "wie").choices = [*Wie.choices, ("Van een collega", colleagues)]

    def chosen(self) -> dict[str, Any]:
        """Return what was filled in and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ClientenFilter(Filter):
    """What may be chosen of clients."""

    statuut = forms.ChoiceField(
        label="Statuut", required=False, choices=optional(StatuutSoort.choices, "Elk statuut")
    )
    instrument = forms.ChoiceField(label="Lopend traject", required=False)
    signaal = forms.ChoiceField(
        label="Vraagt aandacht",
        required=False,
        choices=optional(SignaalCode.choices, "Niet van belang"),
    )
    wacht = forms.ChoiceField(
        label="Plan wacht op", required=False, choices=optional(WACHT_OP, "Niet van belang")
    )

    def __init__(
        self, *args: Any, instrumenten: Choices, met_inhoud: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self, "instrument").choices = optional(instrumenten, "Elk instrument")
        if not met_inhoud:
            for name in ("statuut", "instrument", "signaal", "wacht"):
                del self.fields[name]


class TrajectenFilter(Filter):
    """What may be chosen of trajecten."""

    instrument = forms.ChoiceField(label="Instrument", required=False)
    stand = forms.ChoiceField(label="Stand", required=False, choices=TrajectStand.choices)
    statuut = forms.ChoiceField(
        label="Statuut", required=False, choices=optional(StatuutSoort.choices, "Elk statuut")
    )
    signaal = forms.ChoiceField(
        label="Vraagt aandacht",
        required=False,
        choices=optional(SignaalCode.choices, "Niet van belang"),
    )
    stap = forms.ChoiceField(
        label="Volgende stap",
        required=False,
        choices=optional(Stapkeuze.choices, "Niet van belang"),
    )
    datum = forms.ChoiceField(
        label="In een periode",
        required=False,
        choices=optional(Datumsoort.choices, "Niet van belang"),
    )
    van = DateField(label="Van", required=False)
    tot = DateField(label="T.e.m.", required=False)

    def __init__(self, *args: Any, instrumenten: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_of(self, "instrument").choices = optional(instrumenten, "Elk instrument")

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, or that says not what it is about."""
        data: dict[str, Any] = super().clean() or {}
        van, tot = data.get("van"), data.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "Deze dag ligt vóór de eerste dag.")
        if (van or tot) and not data.get("datum"):
            self.add_error("datum", "Kies welke datum in die periode ligt.")
        return data


class WeergaveForm(LayoutForm):
    """A name for a list as it stands."""

    naam = forms.CharField(label="Naam van de weergave", max_length=60)
