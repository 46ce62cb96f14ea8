"""Choices of a form that depend on who asks."""

from collections.abc import Iterable
from typing import Any

from django import forms

Choices = Iterable[tuple[str, Any]]
NOT_ASKED = "Niet van belang"


def optional(choices: Choices, empty: str) -> list[tuple[str, Any]]:
    """Return the choices with one in front that chooses nothing."""
    return [("", empty), *(choice for choice in choices if choice[0] != "")]


def choices_of(form: forms.Form, name: str) -> forms.ChoiceField:
    """Return the field with choices of this name."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} has no choices")
    return field
