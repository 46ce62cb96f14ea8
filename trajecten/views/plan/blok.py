"""The plan in a few lines, for the overview of a client's file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clienten.models import Client
from kern.pieces import StepCard
from trajecten.enums import Stem
from trajecten.queries.planblok import Planblok
from trajecten.views.plan.kaarten import Kaarten

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Blok:
    """The first steps, and how many of what there are."""

    kaarten: Sequence[StepCard]
    telling: str
    meer: int


def block_of(found: Planblok, client: Client, *, on: date) -> Blok:
    """Return what the overview of the file tells of the plan."""
    kaarten = Kaarten(client=client, today=on)
    late_first = sorted(found.stappen, key=lambda row: not row.stap.is_late(on))
    return Blok(
        kaarten=[kaarten.line(row.stap, row.drempel) for row in late_first[:SHOWN]],
        telling=_counted(found, kaarten, on=on),
        meer=max(0, len(found.stappen) - SHOWN),
    )


def _counted(found: Planblok, kaarten: Kaarten, *, on: date) -> str:
    rows = found.stappen
    blocked = [row for row in rows if row.drempel]
    names = ", ".join(dict.fromkeys(row.drempel for row in blocked))
    counts = (
        (len(rows), "lopend"),
        (sum(row.stap.is_late(on) for row in rows), "te laat"),
        (sum(row.stap.wacht_op == Stem.OCMW for row in rows), "wacht op het OCMW"),
        (
            sum(row.stap.wacht_op == Stem.CLIENT for row in rows),
            f"wacht op {kaarten.name(Stem.CLIENT)}",
        ),
        (len(blocked), f"geblokkeerd door {names.lower()}"),
    )
    return ", ".join(f"{number} {word}" for number, word in counts if number)
