"""Pictures: everything stands where its day is, and the markup escapes itself."""

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.charts import Column, clock, columns
from kern.drawings import draw_clock, draw_columns, draw_timeline
from kern.timeline import Lane, Mark, Span, Window, layout, ticks, window_of

TODAY = date(2026, 11, 22)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31))


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in drawn(svg).iter("text")]


def test_window_counts_both_ends() -> None:
    window = Window(date(2026, 1, 1), date(2026, 1, 10))
    assert window.at(date(2026, 1, 1)) == 0
    assert window.after(date(2026, 1, 10)) == 1
    assert window.at(date(2026, 1, 6)) == pytest.approx(0.5)


def test_window_holds_every_day_and_today() -> None:
    lanes = [Lane("TWE", bars=[Span(date(2024, 3, 1), None)], marks=[Mark(date(2028, 6, 1), "")])]
    window = window_of(lanes, today=TODAY)
    assert window.first < date(2024, 3, 1)
    assert window.last > date(2028, 6, 1)


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (date(2026, 10, 20), date(2026, 12, 15), ["nov 2026", "dec 2026"]),
        (date(2025, 12, 1), date(2026, 12, 15), ["jan 2026", "apr 2026", "jul 2026", "okt 2026"]),
        (date(2023, 5, 1), date(2026, 5, 1), ["2024", "2025", "2026"]),
        (date(2009, 6, 1), date(2026, 5, 1), [str(y) for y in range(2010, 2027, 2)]),
    ],
)
def test_ticks_grow_with_the_window(first: date, last: date, labels: list[str]) -> None:
    assert [tick.label for tick in ticks(Window(first, last))] == labels


def test_bar_is_cut_at_today() -> None:
    lane = Lane("TWE", bars=[Span(date(2026, 3, 2), date(2028, 3, 1))])
    (placed,) = layout([lane], today=TODAY).lanes
    past, planned = placed.pieces
    assert (past.is_past, planned.is_past) == (True, False)
    assert past.x + past.width == pytest.approx(planned.x)


def test_open_bar_reaches_the_edge() -> None:
    (placed,) = layout([Lane("Leefloon", bars=[Span(date(2024, 1, 1))])], today=TODAY).lanes
    assert placed.pieces[-1].x + placed.pieces[-1].width == pytest.approx(1)


def test_open_pause_ends_today() -> None:
    lane = Lane(
        "TWE", bars=[Span(date(2026, 1, 1), date(2027, 12, 31))], pauses=[Span(date(2026, 11, 1))]
    )
    placed = layout([lane], today=TODAY)
    (pause,) = placed.lanes[0].pauses
    assert pause.x + pause.width == pytest.approx(placed.window.after(TODAY))


def test_table_says_what_the_picture_shows() -> None:
    lane = Lane(
        "TWE",
        bars=[Span(date(2026, 3, 2), None, "Tijdelijke werkervaring")],
        pauses=[Span(date(2026, 7, 1), date(2026, 9, 30), "Schorsing")],
        marks=[Mark(date(2028, 6, 1), "Uiterste dag")],
        dots=[Mark(date(2026, 6, 2), "Evaluatie")],
    )
    rows = layout([lane], today=TODAY).rows
    assert [row.what for row in rows] == [
        "Tijdelijke werkervaring",
        "Evaluatie",
        "Schorsing",
        "Uiterste dag",
    ]
    assert rows[0].end is None


@given(begin=DAYS, length=st.integers(0, 4000), today=DAYS)
def test_clock_always_lies_within_its_bar(begin: date, length: int, today: date) -> None:
    last = begin + timedelta(days=length)
    placed = clock(begin=begin, last=last, today=today)
    parts = [part for part in (placed.passed, placed.left, placed.over) if part]
    assert all(0 <= part.x <= part.x + part.width <= 1 + 1e-9 for part in parts)
    assert (placed.over is not None) == (today > last)
    assert (placed.left is not None) == (today < last)


def test_last_day_itself_is_not_over() -> None:
    placed = clock(begin=date(2025, 1, 1), last=TODAY, today=TODAY)
    assert placed.over is None
    assert placed.left is None


def test_clock_without_end_has_no_last_mark() -> None:
    placed = clock(begin=date(2025, 1, 1), last=None, today=TODAY)
    assert placed.last is None
    assert placed.passed is not None


def test_highest_column_fills_the_height() -> None:
    placed = columns([Column("jan", (1, 3)), Column("feb", (0, 2))], height=100)
    assert placed[0].top == pytest.approx(0)
    assert placed[1].top == pytest.approx(50)
    assert [block.series for block in placed[1].blocks] == [1]


def test_no_amounts_make_no_blocks() -> None:
    placed = columns([Column("jan", (0, 0))], height=100)
    assert placed[0].blocks == ()
    assert columns([], height=100) == ()


def test_title_comes_first_and_words_are_escaped() -> None:
    svg = draw_timeline(layout([Lane("<b>&", bars=[])], today=TODAY), title="Tijdlijn <i>")
    root = drawn(svg)
    assert root[0].tag == "title"
    assert root[0].text == "Tijdlijn <i>"
    assert "<b>" not in svg
    assert "<b>&" in texts(svg)


def test_page_has_percentages_and_paper_has_points() -> None:
    placed = layout([Lane("TWE", bars=[Span(date(2026, 1, 1))])], today=TODAY)
    assert '%"' in draw_timeline(placed, title="Tijdlijn").replace('width="100%"', "")
    paper = draw_timeline(placed, title="Tijdlijn", width=640)
    assert "%" not in paper
    assert 'viewBox="0 0 640' in paper


def test_drawing_needs_no_style_attribute() -> None:
    lane = Lane("TWE", bars=[Span(date(2026, 1, 1))], pauses=[Span(date(2026, 2, 1), TODAY)])
    svg = draw_timeline(layout([lane], today=TODAY), title="Tijdlijn")
    svg += draw_clock(begin=date(2026, 1, 1), last=None, today=TODAY, title="Klok")
    assert "style=" not in svg


def test_words_that_would_lie_on_each_other_are_left_to_the_table() -> None:
    marks = [Mark(date(2027, 1, 1), "eerste"), Mark(date(2027, 1, 10), "laatste")]
    lane = Lane("TWE", bars=[Span(date(2020, 1, 1), date(2027, 1, 10))], marks=marks)
    placed = layout([lane], today=TODAY)
    written = texts(draw_timeline(placed, title="Tijdlijn"))
    assert "laatste" in written
    assert "eerste" not in written
    assert {"eerste", "laatste"} <= {row.what for row in placed.rows}


def test_column_is_a_link_with_its_amounts() -> None:
    data = [Column("maart 2027", (1, 3), short="m", group="2027", url="/trajecten/?maand=2027-03")]
    root = drawn(draw_columns(data, title="Einddata", series=["zonder", "met"]))
    link = root.find("a")
    assert link is not None
    assert link.get("href") == "/trajecten/?maand=2027-03"
    assert link.get("aria-label") == "maart 2027: 1 zonder, 3 met"
    assert root.get("role") == "group"
