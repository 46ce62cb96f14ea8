"""Plain text into paragraphs and lines, with a few words filled in; never markup."""

import re
from collections.abc import Mapping

WOORDEN = ("bestuur", "telefoon", "bedenktijd")
_WOORD = re.compile(r"\[([a-z]+)\]")
Alineas = tuple[tuple[str, ...], ...]


def alineas(tekst: str, woorden: Mapping[str, str]) -> Alineas:
    """Return the paragraphs of a text as lines, with what stands in brackets filled in.

    A paragraph that names something we do not know, such as a telephone number, is left out.
    """
    blokken = re.split(r"\n\s*\n", tekst.replace("\r\n", "\n").strip())
    return tuple(
        tuple(_vul(regel.strip(), woorden) for regel in blok.split("\n") if regel.strip())
        for blok in blokken
        if blok.strip() and all(woorden.get(woord) for woord in _bekend(blok))
    )


def onbekende_woorden(tekst: str) -> list[str]:
    """Return what stands in brackets and cannot be filled in, in the order of the text."""
    return [woord for woord in _WOORD.findall(tekst) if woord not in WOORDEN]


def _bekend(tekst: str) -> list[str]:
    return [woord for woord in _WOORD.findall(tekst) if woord in WOORDEN]


def _vul(regel: str, woorden: Mapping[str, str]) -> str:
    return _WOORD.sub(lambda found: woorden.get(found[1], found[0]), regel)
