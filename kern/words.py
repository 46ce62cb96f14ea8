"""How moments, money and hours are written for people; days themselves: `kern.belgian_dates`."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from kern.belgian_dates import MAANDEN, WEEKDAGEN_KORT

NEAR_DAYS = 90
WEEKS_FROM_DAYS = 21
MONTHS_FROM_DAYS = 92


def day_of(value: date | datetime) -> date:
    """Return the Brussels day of a moment, or the day itself."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def weekday_short(day: date) -> str:
    """Return di 24/11."""
    return f"{WEEKDAGEN_KORT[day.weekday()]} {day.day}/{day.month:02}"


def full(day: date) -> str:
    """Return 24 november 2026."""
    return f"{day.day} {MAANDEN[day.month - 1]} {day.year}"


def distance(day: date, today: date) -> str:
    """Return over 9 dagen, morgen, vandaag, gisteren or 3 weken geleden."""
    days = (day - today).days
    fixed = {-1: "gisteren", 0: "vandaag", 1: "morgen"}
    if days in fixed:
        return fixed[days]
    amount = amount_of_time(abs(days))
    return f"over {amount}" if days > 0 else f"{amount} geleden"


def amount_of_time(days: int) -> str:
    """Return a number of days in the largest unit that people use for it."""
    if days >= MONTHS_FROM_DAYS:
        return f"{round(days / 30.44)} maanden"
    if days >= WEEKS_FROM_DAYS:
        return f"{round(days / 7)} weken"
    return "1 dag" if days == 1 else f"{days} dagen"


def hours(minutes: int) -> str:
    """Return 7 u 30."""
    whole, rest = divmod(minutes, 60)
    return f"{whole} u {rest:02}" if rest else f"{whole} u"


def euro(amount: Decimal | float) -> str:
    """Return € 1.246,00 with a space that does not break."""
    text = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"€\N{NO-BREAK SPACE}{text}"


@dataclass(frozen=True, slots=True)
class Urgency:
    """How loud a day is: a level for the colour and a word that says the same."""

    level: str
    word: str


def urgency(day: date | None, today: date) -> Urgency:
    """Return how loud a last day is today."""
    if day is None:
        return Urgency("rest", "Geen einddag")
    days = (day - today).days
    if days < 0:
        return Urgency("nu", "Te laat")
    if days == 0:
        return Urgency("nu", "Vandaag")
    if days <= NEAR_DAYS:
        return Urgency("binnenkort", "Binnenkort")
    return Urgency("orde", "In orde")
