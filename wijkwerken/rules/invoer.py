"""Hours as people type them, and as a cell shows them."""

import re
from decimal import ROUND_HALF_UP, Decimal

HOUR = 60
_CLOCK = re.compile(r"(\d{1,2})\s*(?::|u|h|uur)\s*(\d{1,2})?")
_NUMBER = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*(?:u|h|uur)?")
_MINUTES = re.compile(r"(\d{1,4})\s*(?:m|min|minuten|')")


class UrenOnleesbaar(ValueError):
    """What was typed is no number of hours; the text tells how to write it."""


def lees_uren(tekst: str) -> int:
    """Return the minutes of 7, 7,5, 7:30, 7u30 or 45m; an empty cell is none."""
    kort = " ".join(tekst.lower().split())
    if not kort:
        return 0
    minuten = _minuten(kort)
    if minuten is None or minuten > 24 * HOUR:
        raise UrenOnleesbaar(f"“{tekst.strip()[:12]}” zijn geen uren. Schrijf 7, 7,5 of 7:30.")
    return minuten


def _minuten(kort: str) -> int | None:
    if match := _CLOCK.fullmatch(kort):
        rest = int(match[2] or 0)
        return int(match[1]) * HOUR + rest if rest < HOUR else None
    if match := _MINUTES.fullmatch(kort):
        return int(match[1])
    if match := _NUMBER.fullmatch(kort):
        uren = Decimal(f"{match[1]}.{match[2] or 0}")
        return int((uren * HOUR).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return None


def toon_uren(minuten: int) -> str:
    """Return 7 or 7:30, as short as a cell; no minutes is empty."""
    uren, rest = divmod(minuten, HOUR)
    if not minuten:
        return ""
    return f"{uren}:{rest:02}" if rest else str(uren)
