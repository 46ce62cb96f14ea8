"""What a worker fills in to give a client a link."""

from typing import Any

from django import forms

from kern.forms import LayoutForm
from portaal.enums import LinkKanaal


class GeefForm(LayoutForm):
    """Along which line, and whether earlier links go on."""

    kanaal = forms.ChoiceField(
        label="Hoe krijgt de cliënt de link?",
        choices=LinkKanaal.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe u de link geeft."},
    )
    stop_oude = forms.BooleanField(
        label="Laat eerdere links stoppen, bijvoorbeeld na een verloren telefoon",
        required=False,
    )

    def __init__(self, *args: Any, labels: dict[LinkKanaal, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kanaal = self.fields["kanaal"]
        if isinstance(kanaal, forms.ChoiceField):
            kanaal.choices = [(line.value, label) for line, label in labels.items()]
