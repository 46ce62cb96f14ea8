"""Months, days and unions: both ends count."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kern.periods import (
    Period,
    add_months,
    clip_all,
    days_in_union,
    first_day_of_quarter,
    last_day_of_month,
    last_day_of_months,
    union_of_days,
)

D = date.fromisoformat
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2080, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    begin = draw(st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31)))
    return Period(begin, begin + timedelta(days=draw(st.integers(0, 120))))


TABLE = [
    # start, months, last day
    pytest.param("2026-03-02", 24, "2028-03-01", id="A1 plain"),
    pytest.param("2025-01-01", 24, "2026-12-31", id="A2 first of the year"),
    pytest.param("2024-02-29", 24, "2026-02-28", id="A3 leap day"),
    pytest.param("2024-03-01", 24, "2026-02-28", id="A4 first of March"),
    pytest.param("2025-08-31", 24, "2027-08-30", id="A5 the 31st"),
    pytest.param("2025-08-31", 6, "2026-02-28", id="A10 the 31st to February"),
    pytest.param("2026-02-10", 3, "2026-05-09", id="T1 three months"),
    pytest.param("2026-02-10", 6, "2026-08-09", id="T1 six months"),
    pytest.param("2026-02-10", 12, "2027-02-09", id="T1 twelve months"),
    pytest.param("2026-02-10", 18, "2027-08-09", id="T1 eighteen months"),
    pytest.param("2026-03-01", 3, "2026-05-31", id="T2 three months"),
    pytest.param("2026-03-01", 6, "2026-08-31", id="T2 six months"),
    pytest.param("2026-03-01", 12, "2027-02-28", id="T2 twelve months"),
    pytest.param("2026-03-01", 18, "2027-08-31", id="T2 eighteen months"),
    pytest.param("2026-08-31", 3, "2026-11-30", id="T3 three months"),
    pytest.param("2026-08-31", 6, "2027-02-28", id="T3 six months"),
    pytest.param("2026-08-31", 12, "2027-08-30", id="T3 twelve months"),
    pytest.param("2026-08-31", 18, "2028-02-29", id="T3 eighteen months"),
    pytest.param("2028-02-29", 3, "2028-05-28", id="T4 three months"),
    pytest.param("2028-02-29", 6, "2028-08-28", id="T4 six months"),
    pytest.param("2028-02-29", 12, "2029-02-28", id="T4 twelve months"),
    pytest.param("2028-02-29", 18, "2029-08-28", id="T4 eighteen months"),
    pytest.param("2026-11-30", 3, "2027-02-28", id="T5 three months"),
    pytest.param("2026-11-30", 6, "2027-05-29", id="T5 six months"),
    pytest.param("2026-11-30", 12, "2027-11-29", id="T5 twelve months"),
    pytest.param("2026-11-30", 18, "2028-05-29", id="T5 eighteen months"),
    pytest.param("2026-09-15", 18, "2028-03-14", id="T6 eighteen months"),
]


@pytest.mark.parametrize(("start", "months", "expected"), TABLE)
def test_last_day_of_a_term_of_months(start: str, months: int, expected: str) -> None:
    assert last_day_of_months(D(start), months) == D(expected)


def test_a_term_has_at_least_one_month() -> None:
    with pytest.raises(ValueError, match="at least one month"):
        last_day_of_months(D("2026-01-01"), 0)


@given(days, st.integers(1, 120))
def test_the_day_after_a_term_has_the_same_number_unless_the_month_is_too_short(
    start: date, months: int
) -> None:
    after = last_day_of_months(start, months) + timedelta(days=1)
    assert after.day in {start.day, 1}
    assert add_months(start, months) in {after, after - timedelta(days=1)}


@given(days, st.integers(1, 60), st.integers(1, 60))
def test_more_months_end_later(start: date, fewer: int, more: int) -> None:
    assume(fewer < more)
    assert last_day_of_months(start, fewer) < last_day_of_months(start, more)


@given(days, days, st.integers(1, 60))
def test_a_later_start_never_ends_earlier(one: date, other: date, months: int) -> None:
    first, second = sorted((one, other))
    assert last_day_of_months(first, months) <= last_day_of_months(second, months)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-12-31", 2, "2027-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-09-01", 12, "2027-09-01"),
        ("2029-01-01", -6, "2028-07-01"),
        ("2028-03-31", -1, "2028-02-29"),
    ],
)
def test_months_are_added_and_clamped(day: str, months: int, expected: str) -> None:
    assert add_months(D(day), months) == D(expected)


def test_quarter_and_month_edges() -> None:
    assert first_day_of_quarter(D("2026-11-22")) == D("2026-10-01")
    assert first_day_of_quarter(D("2026-03-31")) == D("2026-01-01")
    assert last_day_of_month(D("2028-02-01")) == D("2028-02-29")


def test_a_period_counts_both_ends() -> None:
    period = Period(D("2026-07-01"), D("2026-09-30"))
    assert period.days == 92
    assert period.begin in period
    assert D("2026-09-30") in period
    assert D("2026-10-01") not in period


def test_a_period_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Period(D("2026-07-02"), D("2026-07-01"))


def test_an_open_period_goes_on_and_has_no_length() -> None:
    period = Period(D("2026-07-01"))
    assert D("2099-01-01") in period
    assert D("2026-06-30") not in period
    with pytest.raises(ValueError, match="open period"):
        _ = period.days
    assert period.closed_on(D("2026-07-10")).days == 10


@pytest.mark.parametrize(
    ("begin", "end", "clipped"),
    [
        pytest.param("2026-01-01", "2026-02-28", None, id="wholly before"),
        pytest.param("2026-02-20", "2026-03-01", ("2026-03-01", "2026-03-01"), id="touches"),
        pytest.param("2026-02-01", "2027-01-01", ("2026-03-01", "2026-06-30"), id="around"),
        pytest.param("2026-04-01", "2026-04-02", ("2026-04-01", "2026-04-02"), id="inside"),
        pytest.param("2026-06-30", None, ("2026-06-30", "2026-06-30"), id="open at the end"),
        pytest.param("2026-07-01", None, None, id="after"),
    ],
)
def test_clipping_to_a_window(begin: str, end: str | None, clipped: tuple[str, str] | None) -> None:
    window = Period(D("2026-03-01"), D("2026-06-30"))
    expected = Period(D(clipped[0]), D(clipped[1])) if clipped else None
    assert Period(D(begin), D(end) if end else None).clip(window) == expected


def test_touching_and_overlapping_periods_merge() -> None:
    merged = union_of_days(
        [
            Period(D("2026-08-01"), D("2026-08-15")),
            Period(D("2026-07-01"), D("2026-07-31")),
            Period(D("2026-07-20"), D("2026-07-25")),
            Period(D("2026-08-17"), D("2026-08-17")),
        ]
    )
    assert merged == (
        Period(D("2026-07-01"), D("2026-08-15")),
        Period(D("2026-08-17"), D("2026-08-17")),
    )


def test_an_open_period_swallows_what_follows() -> None:
    merged = union_of_days([Period(D("2026-08-01")), Period(D("2027-01-01"), D("2027-02-01"))])
    assert merged == (Period(D("2026-08-01")),)


@given(st.lists(periods(), max_size=6))
def test_a_union_counts_each_day_once(items: list[Period]) -> None:
    each = {item.begin + timedelta(days=offset) for item in items for offset in range(item.days)}
    assert days_in_union(items) == len(each)
    assert days_in_union(items) <= sum(item.days for item in items)


@given(st.lists(periods(), max_size=5), periods())
def test_one_more_period_never_makes_a_union_smaller(items: list[Period], more: Period) -> None:
    assert days_in_union([*items, more]) >= days_in_union(items)


@given(st.lists(periods(), max_size=5), periods())
def test_clipping_stays_inside(items: list[Period], window: Period) -> None:
    assert days_in_union(clip_all(items, window)) <= min(days_in_union(items), window.days)
