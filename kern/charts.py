"""Columns per month and the bar of a clock: geometry only, no markup, no clock."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kern.timeline import Piece, Span, Window

COLUMN_SHARE = 0.72


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart: its name, its stacked amounts from the bottom up, its list."""

    label: str
    values: Sequence[int]
    short: str = ""
    group: str = ""
    url: str = ""

    @property
    def total(self) -> int:
        """Return the height of the column."""
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Block:
    """One stacked part."""

    y: float
    height: float
    series: int
    value: int


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """A column with its place; x and widths are fractions, heights are in pixels."""

    column: Column
    x: float
    width: float
    cell_x: float
    cell_width: float
    top: float
    blocks: tuple[Block, ...]
    opens_group: bool
    group_size: int

    @property
    def middle(self) -> float:
        """Return the middle of the column."""
        return self.x + self.width / 2


def columns(data: Sequence[Column], *, height: float) -> tuple[PlacedColumn, ...]:
    """Place the columns side by side; the highest fills the height."""
    highest = max((column.total for column in data), default=0) or 1
    cell = 1 / len(data) if data else 1.0
    sizes = Counter(column.group for column in data)
    group = None
    placed = []
    for index, column in enumerate(data):
        blocks, y = [], height
        for series, value in enumerate(column.values):
            size = height * value / highest
            y -= size
            if value:
                blocks.append(Block(y, size, series, value))
        width = cell * COLUMN_SHARE
        placed.append(
            PlacedColumn(
                column=column,
                x=index * cell + (cell - width) / 2,
                width=width,
                cell_x=index * cell,
                cell_width=cell,
                top=y,
                blocks=tuple(blocks),
                opens_group=column.group != group,
                group_size=sizes[column.group],
            )
        )
        group = column.group
    return tuple(placed)


@dataclass(frozen=True, slots=True)
class ClockLayout:
    """The bar of a clock: what has passed, what is left, what ran over, where today is."""

    passed: Piece | None
    left: Piece | None
    over: Piece | None
    pauses: tuple[Piece, ...]
    last: float | None
    today: float


def clock(
    *, begin: date, last: date | None, today: date, pauses: Sequence[Span] = ()
) -> ClockLayout:
    """Place a clock from its first day to its last day, or to today where that is later."""
    ends = [day for day in (last, today, begin) if day is not None]
    window = Window(first=min(begin, today), last=max(ends))
    now = window.after(today) if today >= begin else 0.0
    start, end = window.at(begin), 1.0 if last is None else window.after(last)
    reached = min(now, end)
    tone = "nu" if now > end else "petrol"
    return ClockLayout(
        passed=Piece(start, reached - start, tone, is_past=True) if reached > start else None,
        left=Piece(max(start, now), end - max(start, now), "petrol", is_past=False)
        if end > max(start, now)
        else None,
        over=Piece(end, now - end, "nu", is_past=True) if now > end else None,
        pauses=tuple(_pause(span, window, today) for span in pauses),
        last=None if last is None else end,
        today=now,
    )


def _pause(span: Span, window: Window, today: date) -> Piece:
    begin = window.at(span.begin)
    end = window.after(max(today, span.begin) if span.end is None else span.end)
    return Piece(begin, max(0.0, end - begin), "petrol", is_past=True, label=span.label)
