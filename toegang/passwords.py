"""Passwords that everybody here would try first; Django's list knows only English ones."""

import re

from django.core.exceptions import ValidationError

from toegang.models import Gebruiker

_FIRST_TRIED = frozenset(
    {
        "wachtwoord",
        "paswoord",
        "welkom",
        "geheim",
        "admin",
        "beheer",
        "activering",
        "ocmw",
        "sociaalhuis",
        "lente",
        "zomer",
        "herfst",
        "winter",
        "januari",
        "februari",
        "maart",
        "april",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
        "maandag",
        "dinsdag",
        "woensdag",
        "donderdag",
        "vrijdag",
        "vlaanderen",
        "belgie",
        "azerty",
        "azertyuiop",
    }
)
_NO_LETTERS = re.compile(r"[^a-z]+")


class FirstTriedValidator:
    """Refuse one word from the list with only digits and signs around it, or only digits."""

    def validate(self, password: str, user: Gebruiker | None = None) -> None:
        """Raise when the letters of the password are one of these words, repeated, or nothing."""
        letters = _NO_LETTERS.sub("", password.lower())
        if any(letters == word * (len(letters) // len(word)) for word in _FIRST_TRIED):
            raise ValidationError(self.get_help_text(), code="eerst_geprobeerd")

    def get_help_text(self) -> str:
        """Say what to choose instead."""
        return "Kies woorden die een ander niet als eerste probeert, liefst vier lange."
