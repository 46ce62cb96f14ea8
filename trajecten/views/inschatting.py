"""The estimate "regular work within two years?" as it moved over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kern.periods import ONE_DAY
from kern.timeline import Lane, Mark, Span
from trajecten.models import Evaluatie

TONES = {True: ("orde", "Ja"), False: ("binnenkort", "Nee")}
VRAAG = "Haalbaar binnen twee jaar?"


@dataclass(frozen=True, slots=True)
class Inschatting:
    """One estimate: when, what, by whom, and whether it turned."""

    dag: date
    woord: str
    niveau: str
    door: str
    is_gekeerd: bool


def estimates(rows: Sequence[Evaluatie]) -> list[Inschatting]:
    """Return the series, the newest first."""
    found: list[Inschatting] = []
    for row in rows:
        level, word = TONES[bool(row.is_nec_haalbaar)]
        turned = bool(found) and found[-1].woord != word
        found.append(Inschatting(row.gehouden_op, word, level, row.door.naam, turned))
    return found[::-1]


def estimate_lane(rows: Sequence[Evaluatie]) -> list[Lane]:
    """Return the picture: each answer holds until the next one."""
    if not rows:
        return []
    bars, dots = [], []
    for row, later in zip(rows, [*rows[1:], None], strict=True):
        tone, word = TONES[bool(row.is_nec_haalbaar)]
        end = later.gehouden_op - ONE_DAY if later is not None else None
        if end is None or end >= row.gehouden_op:
            bars.append(Span(row.gehouden_op, end, word, tone))
        dots.append(Mark(row.gehouden_op, f"{word}, {row.get_wijze_display().lower()}"))
    return [Lane(VRAAG, bars=bars, dots=dots)]
