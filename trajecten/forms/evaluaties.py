"""Evaluations."""

from typing import Any

from django import forms

from kern.forms import DateField
from trajecten.enums import EvaluatieWijze
from trajecten.forms.base import GuardedForm, YesNoField


class EvaluatieForm(GuardedForm):
    """An evaluation that was held."""

    gehouden_op = DateField(label="Gehouden op")
    wijze = forms.ChoiceField(label="Hoe", choices=EvaluatieWijze.choices, widget=forms.RadioSelect)
    is_nec_haalbaar = YesNoField(label="Regulier werk haalbaar binnen twee jaar?")
    verslag = forms.CharField(
        label="Verslag",
        help_text="Schrijf hier geen ziekte of diagnose. Schrijf wat het betekent voor werk.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    ook_gpmi = forms.BooleanField(label="Geldt ook als evaluatie van het GPMI", required=False)

    def __init__(self, *args: Any, met_gpmi: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not met_gpmi:
            del self.fields["ook_gpmi"]
