"""What the client is asked about an appointment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portaal.forms.plan import NIETS, TE_LANG


class AfzegForm(forms.Form):
    """A word with "I cannot come"; nobody has to say why."""

    tekst = forms.CharField(
        label=_("Wilt u zeggen waarom? Dat hoeft niet."),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TE_LANG},
    )


class PuntForm(forms.Form):
    """Something she wants to talk about."""

    tekst = forms.CharField(
        label=_("Waarover wilt u praten?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": NIETS, "max_length": TE_LANG},
    )
