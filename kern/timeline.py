"""Where things stand on a line of time: fractions of the width, no markup, no clock.

Type-agnostic: a caller turns its own facts into lanes; the page, the PDF and the table beneath
read the same layout.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

MONTHS = (
    "jan",
    "feb",
    "mrt",
    "apr",
    "mei",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
)
QUARTER_TICKS_UNTIL_DAYS = 550
YEAR_STEPS = ((11, 1), (22, 2), (55, 5), (1000, 10))
MARGIN = 0.03


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of days, both ends included; without an end it goes on."""

    begin: date
    end: date | None = None
    label: str = ""
    tone: str = "petrol"


@dataclass(frozen=True, slots=True)
class Mark:
    """One day that matters: a limit on a lane, or a dot such as an evaluation."""

    day: date
    label: str
    tone: str = "ink"


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the picture."""

    label: str
    bars: Sequence[Span] = ()
    pauses: Sequence[Span] = ()
    marks: Sequence[Mark] = ()
    dots: Sequence[Mark] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The days a picture shows."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Return where the day begins, as a fraction of the width within 0 and 1."""
        total = (self.last - self.first).days + 1
        return min(1.0, max(0.0, (day - self.first).days / total))

    def after(self, day: date) -> float:
        """Return where the day ends."""
        return self.at(day + timedelta(days=1)) if day < date.max else 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A drawn part of a bar: solid before today, soft after it."""

    x: float
    width: float
    tone: str
    is_past: bool
    label: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A drawn mark, dot or tick."""

    x: float
    label: str
    tone: str = "ink"


@dataclass(frozen=True, slots=True)
class PlacedLane:
    """A lane with everything at its place."""

    label: str
    note: str
    pieces: tuple[Piece, ...]
    pauses: tuple[Piece, ...]
    marks: tuple[Point, ...]
    dots: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table that says the same as the picture."""

    lane: str
    what: str
    begin: date
    end: date | None
    is_period: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture."""

    window: Window
    ticks: tuple[Point, ...]
    lanes: tuple[PlacedLane, ...]
    today: float | None
    rows: tuple[Row, ...] = field(default=())


def layout(lanes: Sequence[Lane], *, today: date, window: Window | None = None) -> Layout:
    """Place the lanes on one line of time."""
    window = window or window_of(lanes, today=today)
    return Layout(
        window=window,
        ticks=ticks(window),
        lanes=tuple(_place(lane, window, today) for lane in lanes),
        today=window.at(today) if window.first <= today <= window.last else None,
        rows=tuple(rows(lanes)),
    )


def window_of(lanes: Iterable[Lane], *, today: date) -> Window:
    """Return the days to show: every known day and today, with some air on both sides."""
    days = [today]
    for lane in lanes:
        for span in (*lane.bars, *lane.pauses):
            days += [span.begin] if span.end is None else [span.begin, span.end]
        days += [mark.day for mark in (*lane.marks, *lane.dots)]
    first, last = min(days), max(days)
    air = timedelta(days=max(14, round((last - first).days * MARGIN)))
    return Window(first=first - air, last=last + 2 * air)


def ticks(window: Window) -> tuple[Point, ...]:
    """Return the quarters of a short line, the years of a long one."""
    days = (window.last - window.first).days
    if days <= QUARTER_TICKS_UNTIL_DAYS:
        step = 1 if days <= QUARTER_TICKS_UNTIL_DAYS // 3 else 3
        starts = [
            date(year, month, 1)
            for year in range(window.first.year, window.last.year + 1)
            for month in range(1, 13, step)
        ]
        labels = {day: f"{MONTHS[day.month - 1]} {day.year}" for day in starts}
    else:
        step = next(step for limit, step in YEAR_STEPS if days / 365.25 <= limit)
        starts = [
            date(year, 1, 1)
            for year in range(window.first.year, window.last.year + 1)
            if year % step == 0
        ]
        labels = {day: str(day.year) for day in starts}
    inside = [day for day in starts if window.first <= day <= window.last]
    return tuple(Point(window.at(day), labels[day]) for day in inside)


def rows(lanes: Iterable[Lane]) -> Iterable[Row]:
    """Yield what the picture shows, lane by lane, in order of time."""
    for lane in lanes:
        found = [
            Row(
                lane.label,
                span.label or lane.label,
                span.begin,
                span.end,
                is_period=True,
            )
            for span in (*lane.bars, *lane.pauses)
        ]
        found += [
            Row(lane.label, mark.label, mark.day, mark.day, is_period=False)
            for mark in (*lane.marks, *lane.dots)
        ]
        yield from sorted(found, key=lambda row: (row.begin, not row.is_period))


def _place(lane: Lane, window: Window, today: date) -> PlacedLane:
    return PlacedLane(
        label=lane.label,
        note=lane.note,
        pieces=tuple(piece for bar in lane.bars for piece in _split(bar, window, today)),
        pauses=tuple(piece for pause in lane.pauses for piece in _whole(pause, window, today)),
        marks=tuple(Point(window.after(m.day), m.label, m.tone) for m in lane.marks),
        dots=tuple(Point(window.at(dot.day), dot.label, dot.tone) for dot in lane.dots),
    )


def _split(bar: Span, window: Window, today: date) -> Iterable[Piece]:
    """Cut a bar at today: what was, and what is planned."""
    begin, end = window.at(bar.begin), 1.0 if bar.end is None else window.after(bar.end)
    now = window.at(today)
    if begin < now:
        yield Piece(begin, min(end, now) - begin, bar.tone, is_past=True, label=bar.label)
    if end > now:
        start = max(begin, now)
        yield Piece(start, end - start, bar.tone, is_past=False, label=bar.label)


def _whole(pause: Span, window: Window, today: date) -> Iterable[Piece]:
    begin = window.at(pause.begin)
    end = window.after(max(today, pause.begin) if pause.end is None else pause.end)
    if end > begin:
        yield Piece(begin, end - begin, pause.tone, is_past=True, label=pause.label)
