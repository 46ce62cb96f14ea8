"""At the table of three: points of the agenda, what was said, and steps."""

from typing import Any

from django import forms

from kern.forms import DateField, LayoutForm
from trajecten.commands.plan import PlanStapGegevens
from trajecten.enums import Stem, Uitvoerder
from trajecten.models import Afspraak
from trajecten.models.stappenplan import TEKST_MAX


class PuntForm(LayoutForm):
    """A point of the agenda and who asked for it."""

    stem = forms.ChoiceField(label="Van wie", choices=Stem.choices, initial=Stem.CLIENT)
    tekst = forms.CharField(label="Waarover", max_length=300)


class BesprokenForm(LayoutForm):
    """What was said about one point."""

    besproken = forms.CharField(
        label="Wat is er gezegd?", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class TafelAfspraakForm(LayoutForm):
    """A step that is agreed at the table."""

    tekst = forms.CharField(
        label="Wat spreken we af?", max_length=TEKST_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )
    uitvoerders = forms.MultipleChoiceField(
        label="Wie doet het?",
        choices=Uitvoerder.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Zeg wie het doet."},
    )
    tegen = DateField(label="Tegen wanneer", required=False)
    voorsteller = forms.ChoiceField(
        label="Wie stelt het voor?",
        choices=[(Stem.CLIENT.value, "De cliënt"), (Stem.OCMW.value, "Het OCMW")],
        initial=Stem.CLIENT,
        widget=forms.RadioSelect,
    )
    is_akkoord = forms.BooleanField(
        label="De cliënt en het OCMW gaan hier allebei mee akkoord", required=False, initial=True
    )
    sleutel = forms.CharField(widget=forms.HiddenInput, max_length=24)

    def gegevens(self, afspraak: Afspraak) -> PlanStapGegevens:
        """Return the step as the plan takes it."""
        facts: dict[str, Any] = self.cleaned_data
        movers = [Uitvoerder(word) for word in facts["uitvoerders"]]
        return PlanStapGegevens(
            tekst=facts["tekst"],
            uitvoerders=movers,
            tegen=facts["tegen"],
            partner=afspraak.partner if Uitvoerder.PARTNER in movers else "",
        )
