"""The question at a file that is not one's own."""

from django import forms

from kern.forms import LayoutForm

SHORTEST_REASON = 5


class RedenForm(LayoutForm):
    """Why somebody opens a file that is not hers."""

    reden = forms.CharField(
        label="Waarom opent u dit dossier?",
        help_text="Bijvoorbeeld: vervanging van een collega, vraag aan het onthaal.",
        max_length=300,
        min_length=SHORTEST_REASON,
        error_messages={
            "required": "Schrijf waarom u dit dossier opent.",
            "min_length": "Schrijf het in enkele woorden.",
        },
    )
