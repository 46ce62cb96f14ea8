"""Besturen, people, and the trails they leave."""

from toegang.models.bestuur import Bestuur, Samenwerkingsverband
from toegang.models.gebruiker import Aanstelling, Gebruiker
from toegang.models.sporen import Gebeurtenis, Inzage

__all__ = ["Aanstelling", "Bestuur", "Gebeurtenis", "Gebruiker", "Inzage", "Samenwerkingsverband"]
