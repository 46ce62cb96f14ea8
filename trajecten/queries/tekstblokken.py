"""The words of a bestuur as they stood at a moment: its own, or else the standard ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from toegang.models import Bestuur
from trajecten.models import Tekstblok
from trajecten.reference.teksten import Standaardblok, standaardblokken
from trajecten.rules.teksten import Alineas, alineas

NL = "nl"
# Written from right to left: a name or number between the words keeps its own order.
RTL = frozenset({"ar"})


@dataclass(frozen=True, slots=True)
class Tekst:
    """A text ready to print: its paragraphs as lines, and the language they are in."""

    alineas: Alineas
    taal: str
    is_eigen: bool


@dataclass(frozen=True, slots=True)
class Versie:
    """The words that stand now in one language, and the number a next version builds on."""

    tekst: str
    versie: int
    row: Tekstblok | None = None

    @property
    def is_eigen(self) -> bool:
        """Tell whether the bestuur wrote them."""
        return bool(self.row and self.row.tekst)


def teksten_op(
    bestuur: Bestuur, *, taal: str = NL, op: datetime | None = None, **woorden: str
) -> dict[str, Tekst]:
    """Return every text block by code, in one query; `op` is the moment that counts, else now.

    A bestuur that chose own Dutch words prints those for a language in which it wrote none: the
    standard translation would say something else. `woorden` fill what stands in brackets.
    """
    eigen = {
        key: row.tekst
        for key, row in laatste_versies(bestuur.pk, op=op).items()
        if key[1] in {NL, taal}
    }
    alles = {"bestuur": bestuur.naam, "telefoon": bestuur.telefoon, **woorden}
    if taal in RTL:
        alles = {code: f"\u2066{word}\u2069" if word else "" for code, word in alles.items()}
    gekozen = {code: _kies(blok, eigen, taal) for code, blok in standaardblokken().items()}
    return {
        code: Tekst(alineas(tekst, alles), gekozen_taal, is_eigen)
        for code, (tekst, gekozen_taal, is_eigen) in gekozen.items()
    }


def laatste_versies(
    bestuur_id: int, *, op: datetime | None = None
) -> dict[tuple[str, str], Tekstblok]:
    """Return the newest version of each text the bestuur ever wrote, by code and language."""
    rows = Tekstblok.objects.filter(bestuur=bestuur_id)
    if op is not None:
        rows = rows.filter(at__lte=op)
    newest = rows.order_by("code", "taal", "-versie").distinct("code", "taal")
    return {(row.code, row.taal): row for row in newest}


def staat(blok: Standaardblok, taal: str, rows: Mapping[tuple[str, str], Tekstblok]) -> Versie:
    """Return what stands now for one text in one language."""
    row = rows.get((blok.code, taal))
    tekst = (row.tekst if row else "") or blok.teksten[taal]
    return Versie(tekst, row.versie if row else 0, row)


def _kies(
    blok: Standaardblok, eigen: Mapping[tuple[str, str], str], taal: str
) -> tuple[str, str, bool]:
    """Return the words, their language, and whether they are the bestuur's own."""
    if own := eigen.get((blok.code, taal)):
        return own, taal, True
    if dutch := eigen.get((blok.code, NL)):
        return dutch, NL, True
    if taal in blok.teksten:
        return blok.teksten[taal], taal, False
    return blok.teksten[NL], NL, False
