"""The three pictures of the product: timeline, bar of a clock, columns per month."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from kern.charts import ClockLayout, Column, PlacedColumn, clock, columns
from kern.svg import Drawing
from kern.timeline import Layout, Piece, PlacedLane, Point, Span

TICK_HEIGHT = 26
LANE_HEIGHT = 44
MARKED_LANE_HEIGHT = 60
BAR_TOP, BAR_HEIGHT = 21, 12
LABEL_GAP = 0.16
LAST_TICK = 0.93
TIGHT_COLUMNS = 3
CLOCK_HEIGHT = 26
CHART_HEIGHT = 132
CHART_HEAD, CHART_FOOT = 22, 42
SERIES_TONES = ("nu", "petrol-mid", "rest")


def draw_timeline(layout: Layout, *, title: str, width: int | None = None) -> SafeString:
    """Draw the lanes under their years, with today as a line through all of them."""
    heights = [MARKED_LANE_HEIGHT if lane.marks else LANE_HEIGHT for lane in layout.lanes]
    foot = TICK_HEIGHT + sum(heights)
    tops = [TICK_HEIGHT + sum(heights[:index]) for index in range(len(heights))]
    sheet = Drawing(css="timeline-svg", title=title, height=foot + 20, width=width)
    hatch = sheet.hatch("petrol")
    for tick in layout.ticks:
        sheet.line(tick.x, 18, foot, "line", stroke_width="1")
        if tick.x < LAST_TICK:
            sheet.text(tick.x, 13, tick.label)
    for lane, top in zip(layout.lanes, tops, strict=True):
        _draw_lane(sheet, lane, top + BAR_TOP, hatch)
    if layout.today is not None:
        sheet.line(layout.today, 18, foot, "ink", stroke_width="1.5")
    # Words last: they lie over every line.
    for lane, top in zip(layout.lanes, tops, strict=True):
        _write_lane(sheet, lane, top)
    if layout.today is not None:
        anchor = _anchor(layout.today)
        sheet.text(layout.today, foot + 14, "vandaag", "ink", text_anchor=anchor)
    return sheet.render()


def _draw_lane(sheet: Drawing, lane: PlacedLane, y: float, hatch: str) -> None:
    sheet.rect(0, y + BAR_HEIGHT / 2 - 0.5, 1, 1, "line")
    for piece in lane.pieces:
        _draw_bar(sheet, piece, y, BAR_HEIGHT)
    for pause in lane.pauses:
        sheet.rect(pause.x, y, pause.width, BAR_HEIGHT, hatch, stroke="petrol", stroke_width="1")
    for dot in lane.dots:
        sheet.circle(dot.x, y + BAR_HEIGHT / 2, 4.5, "surface", stroke=dot.tone, stroke_width="2.5")
    for mark in lane.marks:
        sheet.line(mark.x, y - 5, y + BAR_HEIGHT + 5, mark.tone, stroke_width="3")


def _write_lane(sheet: Drawing, lane: PlacedLane, top: float) -> None:
    sheet.text(0, top + 13, lane.label, "ink", font_weight="600")
    if lane.note:
        sheet.text(1, top + 13, lane.note, text_anchor="end")
    for mark in _apart(lane.marks):
        y = top + BAR_TOP + BAR_HEIGHT + 17
        sheet.text(mark.x, y, mark.label, mark.tone, text_anchor=_anchor(mark.x))


def _draw_bar(sheet: Drawing, piece: Piece, y: float, height: float) -> None:
    if piece.is_past:
        sheet.rect(piece.x, y, piece.width, height, piece.tone)
    else:
        soft = f"{piece.tone}-soft"
        sheet.rect(piece.x, y, piece.width, height, soft, stroke=piece.tone, stroke_width="1")


def _anchor(x: float) -> str:
    if x < 0.12:
        return "start"
    return "end" if x > 0.88 else "middle"


def _apart(marks: Sequence[Point]) -> list[Point]:
    """Leave out words that would lie on each other; the table below still has them."""
    kept: list[Point] = []
    for mark in sorted(marks, key=lambda mark: -mark.x):
        if all(abs(mark.x - other.x) >= LABEL_GAP for other in kept):
            kept.append(mark)
    return kept


def draw_clock(
    *,
    begin: date,
    last: date | None,
    today: date,
    title: str,
    pauses: Sequence[Span] = (),
    width: int | None = None,
) -> SafeString:
    """Draw what has passed, what is left, what ran over, and where today is."""
    placed = clock(begin=begin, last=last, today=today, pauses=pauses)
    sheet = Drawing(css="clock-svg", title=title, height=CLOCK_HEIGHT, width=width)
    hatch = sheet.hatch("petrol")
    y, height = 7, 12
    for piece in (placed.passed, placed.left, placed.over):
        if piece is not None:
            _draw_bar(sheet, piece, y, height)
    for pause in placed.pauses:
        sheet.rect(pause.x, y, pause.width, height, hatch, stroke="petrol", stroke_width="1")
    _draw_clock_lines(sheet, placed)
    return sheet.render()


def _draw_clock_lines(sheet: Drawing, placed: ClockLayout) -> None:
    if placed.last is not None:
        sheet.line(
            min(placed.last, 0.998),
            3,
            23,
            "nu" if placed.over else "petrol",
            stroke_width="3",
        )
    if placed.today > 0:
        sheet.line(min(placed.today, 0.998), 0, CLOCK_HEIGHT, "ink", stroke_width="2")


def draw_columns(
    data: Sequence[Column],
    *,
    title: str,
    series: Sequence[str],
    width: int | None = None,
) -> SafeString:
    """Draw stacked columns; each opens the list it counts."""
    has_links = any(column.url for column in data)
    sheet = Drawing(
        css="columns-svg",
        title=title,
        height=CHART_HEAD + CHART_HEIGHT + CHART_FOOT,
        width=width,
        role="group" if has_links else "img",
    )
    for placed in columns(data, height=CHART_HEIGHT):
        _draw_column(sheet, placed, series)
    sheet.rect(0, CHART_HEAD + CHART_HEIGHT, 1, 1, "control")
    return sheet.render()


def _draw_column(sheet: Drawing, placed: PlacedColumn, series: Sequence[str]) -> None:
    column, floor = placed.column, CHART_HEAD + CHART_HEIGHT
    if placed.opens_group:
        sheet.line(placed.cell_x, floor, floor + 36, "line", stroke_width="1")
        tight = {"class": "chart-tight"} if placed.group_size < TIGHT_COLUMNS else {}
        sheet.text(placed.cell_x, floor + 35, column.group, dx="5", **tight)
    if column.url:
        parts = ", ".join(
            f"{value} {name}" for value, name in zip(column.values, series, strict=True)
        )
        sheet.open_link(column.url, f"{column.label}: {parts}")
        hit = {"class": "chart-hit", "fill_opacity": "0"}
        sheet.rect(placed.cell_x, 0, placed.cell_width, floor + 20, "surface", **hit)
    for block in placed.blocks:
        tone = SERIES_TONES[block.series % len(SERIES_TONES)]
        sheet.rect(placed.x, CHART_HEAD + block.y, placed.width, block.height, tone)
    if column.total:
        words = str(column.total)
        sheet.text(
            placed.middle,
            CHART_HEAD + placed.top - 6,
            words,
            "ink",
            text_anchor="middle",
        )
    sheet.text(placed.middle, floor + 16, column.short, text_anchor="middle")
    sheet.close_link()
