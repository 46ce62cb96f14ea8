"""What forms about trajecten share."""

from hashlib import sha256
from typing import Any

from django import forms

from kern.forms import LayoutForm

JA_NEE = (("", "Nog niet ingeschat"), ("ja", "Ja"), ("nee", "Nee"))


def choose(label: str, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the choices under a first line that asks to choose."""
    return [("", label), *choices]


class YesNoField(forms.ChoiceField):
    """Yes, no, or not said."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=JA_NEE, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored yes or no as its word."""
        return {True: "ja", False: "nee", None: ""}.get(value, value)

    def clean(self, value: Any) -> bool | None:
        """Return yes, no, or nothing."""
        return {"ja": True, "nee": False}.get(super().clean(value))


class GuardedForm(LayoutForm):
    """A form on a page that somebody else may overtake: it carries what the page showed."""

    versie = forms.CharField(widget=forms.HiddenInput, required=False)


class PreviewedForm(GuardedForm):
    """A form that shows what it would do before it is saved."""

    gezien = forms.CharField(widget=forms.HiddenInput, required=False)

    def print_of(self) -> str:
        """Return a digest of what was filled in, to tell whether the preview showed just this."""
        shown = (name for name in self.fields if name not in {"versie", "gezien"})
        text = "|".join(str(self.cleaned_data.get(name, "")) for name in shown)
        return sha256(text.encode()).hexdigest()[:16]

    @property
    def is_seen(self) -> bool:
        """Tell whether exactly this was previewed."""
        return bool(self.cleaned_data.get("gezien") == self.print_of())

    def facts(self) -> dict[str, Any]:
        """Return what the command is told: all but the print of the preview."""
        return {name: value for name, value in self.cleaned_data.items() if name != "gezien"}
