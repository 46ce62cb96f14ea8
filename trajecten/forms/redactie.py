"""Which words are taken out of a text, and why."""

from django import forms

from kern.forms import LayoutForm
from trajecten.enums import RedactieReden


class RedactieForm(LayoutForm):
    """A passage to take out, and the reason."""

    passage = forms.CharField(
        label="Welke woorden moeten weg?",
        help_text="Duid ze aan in de tekst hierboven, of neem ze letterlijk over.",
        widget=forms.Textarea(attrs={"rows": 2}),
        strip=True,
        max_length=5000,
    )
    reden = forms.ChoiceField(
        label="Waarom?", choices=RedactieReden.choices, widget=forms.RadioSelect
    )
