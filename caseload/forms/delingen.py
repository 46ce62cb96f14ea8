"""The forms of what is shared about a client."""

from django import forms

from clienten.commands import DelingGegevens
from clienten.enums import Deelgrond
from kern.forms import DateField, LayoutForm


class DelingForm(LayoutForm):
    """What is shared, with whom, and why that may; the client reads these very words."""

    wat = forms.CharField(
        label="Wat u deelt",
        max_length=200,
        help_text="De cliënt leest dit. Bijvoorbeeld: uw naam, uw telefoon en uw plan.",
        error_messages={"required": "Schrijf wat u deelt."},
    )
    met_wie = forms.CharField(
        label="Met wie",
        max_length=160,
        help_text="De organisatie, en als het helpt de dienst.",
        error_messages={"required": "Schrijf met wie u het deelt."},
    )
    grond = forms.ChoiceField(label="Waarom het mag", choices=Deelgrond.choices)
    van = DateField(label="Sinds")
    tot = DateField(label="T.e.m.", required=False, help_text="Leeg als u het nog niet weet.")

    def gegevens(self) -> DelingGegevens:
        """Return what is written down."""
        told = self.cleaned_data
        return DelingGegevens(
            wat=told["wat"],
            met_wie=told["met_wie"],
            grond=Deelgrond(told["grond"]),
            van=told["van"],
            tot=told["tot"],
        )


class DelingEindeForm(LayoutForm):
    """The last day on which something is shared."""

    tot = DateField(label="Laatste dag")
