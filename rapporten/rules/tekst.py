"""How much text a report holds, so that one long note never makes a book of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

MAX_PER_NOTITIE = 3_000
MAX_PER_VERSLAG = 30_000
MAX_NOTITIES = 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ingekort:
    """A text as it is printed, and whether a part was left out."""

    tekst: str
    is_ingekort: bool = False


def kort_in(tekst: str, *, hoogstens: int = MAX_PER_NOTITIE) -> Ingekort:
    """Return the text without control characters, cut at a space when it is too long."""
    schoon = "".join(teken for teken in tekst if teken in "\n\t" or _printbaar(teken)).strip()
    if len(schoon) <= hoogstens:
        return Ingekort(schoon)
    kop = schoon[:hoogstens]
    grens = max(kop.rfind(" "), kop.rfind("\n"))
    return Ingekort((kop[:grens] if grens > hoogstens // 2 else kop).rstrip() + " …", True)


def _printbaar(teken: str) -> bool:
    # Control characters and half surrogates have no place in a document.
    code = ord(teken)
    return code >= 0x20 and not 0x7F <= code <= 0x9F and not 0xD800 <= code <= 0xDFFF


def passend(rijen: Sequence[T], lengtes: Iterable[int]) -> Sequence[T]:
    """Return the first rows that fit together in one report; at least one."""
    totaal = 0
    for aantal, lengte in enumerate(lengtes):
        totaal += lengte
        if aantal and (totaal > MAX_PER_VERSLAG or aantal >= MAX_NOTITIES):
            return rijen[:aantal]
    return rijen
