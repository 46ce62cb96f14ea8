"""Agreeing to the whole plan: how it was said, and the signed paper."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from clienten.enums import Taal
from kern.forms import LayoutForm
from trajecten.commands.plan import Scan
from trajecten.enums import AkkoordKanaal
from trajecten.forms.plan import GEHOORD, TOLK_MAX


class TolkForm(LayoutForm):
    """In which language one spoke, and with whose help."""

    taal = forms.ChoiceField(label="In welke taal?", choices=Taal.choices, initial=Taal.NL)
    tolk = forms.CharField(
        label="Tolk",
        required=False,
        max_length=TOLK_MAX,
        help_text="Naam of dienst. Leeg als er geen tolk was.",
    )


class AkkoordForm(TolkForm):
    """How the client agreed to the whole plan."""

    kanaal = forms.ChoiceField(
        label="Hoe ging de cliënt akkoord?",
        choices=GEHOORD,
        initial=AkkoordKanaal.BUREAU,
        widget=forms.RadioSelect,
    )
    scan = forms.FileField(
        label="Het getekende blad",
        required=False,
        help_text="Pdf, jpg of png.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    gezien = forms.CharField(widget=forms.HiddenInput)

    field_order = ("kanaal", "taal", "tolk", "scan")

    def clean_scan(self) -> Scan | None:
        """Return the paper as the commands are told it."""
        return scan_from(self.cleaned_data["scan"])


class ScanForm(LayoutForm):
    """The signed paper, brought in afterwards."""

    scan = forms.FileField(
        label="Het getekende blad",
        help_text="Pdf, jpg of png.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": "Kies een bestand.", "empty": "Dit bestand is leeg."},
    )

    def clean_scan(self) -> Scan | None:
        """Return the paper as the commands are told it."""
        return scan_from(self.cleaned_data["scan"])


class VersiekeuzeForm(LayoutForm):
    """Which two texts of the plan are laid beside each other."""

    van = forms.ChoiceField(label="Van")
    naar = forms.ChoiceField(label="Naar")

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(choices)
        self.fields["van"].choices = listed  # type: ignore[attr-defined]
        self.fields["naar"].choices = listed  # type: ignore[attr-defined]


def scan_from(upload: Any) -> Scan | None:
    """Return an upload as the commands are told it; what is too large is not read."""
    if upload is None:
        return None
    if upload.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError("Dit bestand is te groot. Maak de foto kleiner.")
    return Scan(bestandsnaam=upload.name, inhoud=upload.read())
