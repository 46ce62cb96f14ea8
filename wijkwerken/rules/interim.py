"""Interim work beside wijk-werken: so many days in each window of so many days (WW-INTERIM)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kern.periods import Period
from trajecten.rules.termijn import RegelRij, geldige_regel


@dataclass(frozen=True, slots=True)
class TeVeelInterim:
    """The first window that holds too many days of interim work."""

    venster: Period
    dagen: int
    hoogstens: int


def te_veel_interim(
    dagen: Iterable[date], regels: Sequence[RegelRij], *, op: date | None = None
) -> TeVeelInterim | None:
    """Return the first window with too many days, or nothing (case H9).

    A window is judged by the rules of its last day; with `op` only days up to then count.
    """
    gewerkt = sorted({dag for dag in dagen if op is None or dag <= op})
    for laatste in gewerkt:
        hoogstens = geldige_regel(regels, "wijkwerken.interim_max_dagen", op=laatste).getal
        lengte = geldige_regel(regels, "wijkwerken.interim_venster_dagen", op=laatste).getal
        venster = Period(laatste - timedelta(days=lengte - 1), laatste)
        aantal = sum(1 for dag in gewerkt if dag in venster)
        if aantal > hoogstens:
            return TeVeelInterim(venster, aantal, hoogstens)
    return None


def interim_in_venster(
    dagen: Iterable[date], regels: Sequence[RegelRij], *, op: date
) -> tuple[int, int]:
    """Return the days of interim work in the window that ends on the day, and how many may be."""
    hoogstens = geldige_regel(regels, "wijkwerken.interim_max_dagen", op=op).getal
    lengte = geldige_regel(regels, "wijkwerken.interim_venster_dagen", op=op).getal
    venster = Period(op - timedelta(days=lengte - 1), op)
    return len({dag for dag in dagen if dag in venster}), hoogstens
