"""Own words of a bestuur."""

from typing import Any

from django import forms

from kern.errors import DomainError
from kern.forms import LayoutForm
from trajecten.commands.tekstblokken import clean_tekst
from trajecten.models.tekstblok import TEKSTBLOK_MAX


class TekstblokForm(LayoutForm):
    """One text; an empty line begins a new paragraph."""

    tekst = forms.CharField(
        label="Tekst",
        required=False,
        max_length=TEKSTBLOK_MAX,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=(
            "Een lege regel begint een nieuwe alinea. U mag [bestuur] en [telefoon] schrijven, en "
            "in een tekst van het GPMI [bedenktijd]: dat vullen we in. Is er geen telefoonnummer, "
            "dan valt die alinea weg."
        ),
    )
    na_versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_tekst(self) -> str:
        """Refuse what would not be printed, before it is shown as a preview."""
        typed: Any = self.cleaned_data["tekst"]
        try:
            return clean_tekst(typed)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
