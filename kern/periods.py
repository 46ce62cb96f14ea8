"""Calendar arithmetic with both ends included; the only place that counts months and days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days; both ends belong to it, and without an end it stays open."""

    begin: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.begin:
            raise ValueError(f"period ends on {self.end}, before it begins on {self.begin}")

    def __contains__(self, day: date) -> bool:
        return self.begin <= day and (self.end is None or day <= self.end)

    @property
    def is_open(self) -> bool:
        """Say whether the last day is not known yet."""
        return self.end is None

    @property
    def days(self) -> int:
        """Count the days, both ends included."""
        if self.end is None:
            raise ValueError("an open period has no number of days")
        return (self.end - self.begin).days + 1

    def overlaps(self, other: Period) -> bool:
        """Say whether the two share at least one day."""
        return (self.end is None or other.begin <= self.end) and (
            other.end is None or self.begin <= other.end
        )

    def clip(self, window: Period) -> Period | None:
        """Return the part inside the window, or nothing."""
        if not self.overlaps(window):
            return None
        return Period(max(self.begin, window.begin), _earliest(self.end, window.end))

    def closed_on(self, day: date) -> Period:
        """Return the period with its end, an open one as if `day` were the last."""
        return self if self.end is not None else Period(self.begin, day)


def _earliest(one: date | None, other: date | None) -> date | None:
    known = [day for day in (one, other) if day is not None]
    return min(known, default=None)


def _target_month(day: date, months: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + months
    return index // 12, index % 12 + 1


def add_months(day: date, months: int) -> date:
    """Return the same day number some months later (or earlier), or that month's last day."""
    year, month = _target_month(day, months)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_day_of_months(start: date, months: int) -> date:
    """Return the last day of a term of months that begins on `start`.

    That is the day before the same day number, or the last day of the month when that
    number does not exist there.
    """
    if months < 1:
        raise ValueError("a term counts at least one month")
    year, month = _target_month(start, months)
    length = monthrange(year, month)[1]
    if start.day > length:
        return date(year, month, length)
    return date(year, month, start.day) - ONE_DAY


def first_day_of_quarter(day: date) -> date:
    """Return the first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def last_day_of_month(day: date) -> date:
    """Return the last day of the calendar month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def union_of_days(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Merge overlapping and touching periods into separate ones, earliest first."""
    merged: list[Period] = []
    for period in sorted(periods, key=lambda item: item.begin):
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and (period.begin - last.end).days > 1):
            merged.append(period)
        elif last.end is not None and (period.end is None or period.end > last.end):
            merged[-1] = Period(last.begin, period.end)
    return tuple(merged)


def days_in_union(periods: Iterable[Period]) -> int:
    """Count the days covered by at least one of the periods."""
    return sum(period.days for period in union_of_days(periods))


def clip_all(periods: Iterable[Period], window: Period) -> tuple[Period, ...]:
    """Return the parts of the periods that lie inside the window."""
    clipped = (period.clip(window) for period in periods)
    return tuple(period for period in clipped if period is not None)
