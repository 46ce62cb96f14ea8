"""How long something waits, as people say it."""

from datetime import date, timedelta

WEEK = timedelta(weeks=1)


def volle_weken(sinds: date, *, op: date) -> int:
    """Return the full weeks from a day on; what begins later waits none."""
    return max(timedelta(), op - sinds) // WEEK


def wachttijd(sinds: date, *, op: date) -> str:
    """Return the full weeks in words: 1 week, 14 weken."""
    weken = volle_weken(sinds, op=op)
    if weken == 0:
        return "minder dan een week"
    return "1 week" if weken == 1 else f"{weken} weken"
