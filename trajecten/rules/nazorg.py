"""After the end: the days on which somebody asks whether the person is at work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kern.periods import add_months
from trajecten.rules.termijn import RegelRij, geldige_regel


@dataclass(frozen=True, slots=True)
class Meting:
    """A day to measure; zero months is the first measurement, right after the end."""

    maanden: int
    dag: date
    regel: RegelRij


def meetdagen(einddatum: date, regels: Sequence[RegelRij]) -> tuple[Meting, ...]:
    """Return the first measurement and the checks that count from it (O6)."""
    eerste = geldige_regel(regels, "nazorg.eerste_meting_dagen", op=einddatum)
    vervolg = geldige_regel(regels, "nazorg.maanden", op=einddatum)
    nulpunt = einddatum + timedelta(days=eerste.getal)
    return (
        Meting(0, nulpunt, eerste),
        *(
            Meting(int(aantal), add_months(nulpunt, int(aantal)), vervolg)
            for aantal in vervolg.lijst
        ),
    )
