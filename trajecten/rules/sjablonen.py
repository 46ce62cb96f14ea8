"""On which day a line of a template falls, and which goal above it a step belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kern.periods import ONE_DAY
from trajecten.rules.werkdagen import is_werkdag

DOEL, STAP = "doel", "stap"
VANDAAG, START = "vandaag", "start"


@dataclass(frozen=True, slots=True)
class Plaats:
    """Where a line stands: its number, what it is, and whether it keeps apart from the goal."""

    nummer: int
    soort: str
    los: bool = False


def dag_van(dagen: int, anker: str, *, vandaag: date, start: date | None = None) -> date:
    """Return the working day on which a step is proposed, never before today.

    A day in a weekend or on a holiday becomes the first working day after it. Days that count
    from a traject count from today as long as no traject has begun.
    """
    begin = start if anker == START and start is not None else vandaag
    dag = max(begin + timedelta(days=dagen), vandaag)
    while not is_werkdag(dag):
        dag += ONE_DAY
    return dag


def doel_erboven(plaatsen: Iterable[Plaats]) -> dict[int, int | None]:
    """Return for each step the number of the goal it belongs to: the nearest one above it."""
    gevonden: dict[int, int | None] = {}
    doel: int | None = None
    for plaats in sorted(plaatsen, key=lambda plaats: plaats.nummer):
        if plaats.soort == DOEL:
            doel = plaats.nummer
        else:
            gevonden[plaats.nummer] = None if plaats.los else doel
    return gevonden
