"""Own versions of rules."""

from django import forms

from kern.forms import DateField, LayoutForm
from trajecten.enums import Overgang


class RegelForm(LayoutForm):
    """An own version of a rule, to be approved by somebody else."""

    waarde = forms.CharField(label="Waarde", max_length=200)
    geldig_van = DateField(label="Geldt vanaf")
    geldig_tot = DateField(label="T.e.m.", required=False, help_text="Leeg: zonder einde.")
    overgang = forms.ChoiceField(
        label="Voor wie", choices=Overgang.choices, widget=forms.RadioSelect
    )
    bron = forms.CharField(
        label="Bron",
        max_length=300,
        help_text="Bijvoorbeeld: beslissing van de raad van 12/01/2026.",
    )
    toelichting = forms.CharField(
        label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
