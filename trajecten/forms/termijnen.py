"""Suspensions and extensions."""

from typing import Any

from django import forms

from kern.forms import DateField
from trajecten.enums import SchorsingReden
from trajecten.forms.base import GuardedForm, PreviewedForm, choose


class SchorsingForm(PreviewedForm):
    """The days and the reason of a suspension."""

    van = DateField(label="Eerste dag")
    tot = DateField(
        label="Laatste dag",
        required=False,
        help_text="Leeg: tot nader bericht. U vult ze later in.",
    )
    reden = forms.ChoiceField(
        label="Reden", choices=choose("Kies een reden", SchorsingReden.choices)
    )
    toelichting = forms.CharField(
        label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """Check the order of the days."""
        cleaned = super().clean() or {}
        van, tot = cleaned.get("van"), cleaned.get("tot")
        if van and tot and tot < van:
            self.add_error("tot", "De laatste dag ligt vóór de eerste dag.")
        return cleaned


class TerugForm(PreviewedForm):
    """The first day back after a suspension."""

    terug_op = DateField(
        label="Eerste dag terug", help_text="De schorsing eindigt op de dag ervoor."
    )


class VerlengingForm(PreviewedForm):
    """Until when, and why."""

    tot = DateField(label="Nieuwe uiterste dag")
    reden = forms.CharField(
        label="Waarom moet het langer duren?", widget=forms.Textarea(attrs={"rows": 3})
    )


class BeslissingForm(GuardedForm):
    """The decision on a request."""

    besluit = forms.ChoiceField(
        label="Beslissing",
        choices=[("ja", "Goedkeuren"), ("nee", "Weigeren")],
        widget=forms.RadioSelect,
    )
    reden = forms.CharField(
        label="Motivering",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig bij een weigering: zeg waarom, en wat wel kan.",
    )
