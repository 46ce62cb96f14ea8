"""Dates as they come out of spreadsheets and off keyboards."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.belgian_dates import DateError, format_due, format_near, format_short, parse_date

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("17/04/2026", date(2026, 4, 17)),
        ("1/3/26", date(2026, 3, 1)),
        ("15-4-2026", date(2026, 4, 15)),
        ("02.02.2026", date(2026, 2, 2)),
        ("2026-03-01", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("20260301", date(2026, 3, 1)),
        ("1 3 2026", date(2026, 3, 1)),
        ("1 / 3 / 2026", date(2026, 3, 1)),
        ("1 maart 2026", date(2026, 3, 1)),
        ("1 mrt. 2026", date(2026, 3, 1)),
        ("1-mrt-26", date(2026, 3, 1)),
        ("1 Sept 2026", date(2026, 9, 1)),
        ("1 december 2026", date(2026, 12, 1)),
        ("3e mei 2026", date(2026, 5, 3)),
        ("3de mei 2026", date(2026, 5, 3)),
        ("1er août 2026", date(2026, 8, 1)),
        ("24-May-26", date(2026, 5, 24)),
        ("5. März 2026", date(2026, 3, 5)),
        ("di 24 november 2026", date(2026, 11, 24)),
        ("dinsdag, 24/11/2026", date(2026, 11, 24)),
        ("2026-05-24 00:00:00", date(2026, 5, 24)),
        ("24/05/2026 0:00", date(2026, 5, 24)),
        ("2026-05-24T23:30:00Z", date(2026, 5, 25)),
        (" 01/08/2026 ", date(2026, 8, 1)),
        ("\u00a001/08/2026\u00a0", date(2026, 8, 1)),
        ("46129", date(2026, 4, 17)),
        (46129, date(2026, 4, 17)),
        (46129.5, date(2026, 4, 17)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        ("12/04/66", date(1966, 4, 12)),
        (date(2026, 5, 24), date(2026, 5, 24)),
        (datetime(2026, 5, 24, 23, 30), date(2026, 5, 24)),  # noqa: DTZ001 - a naive cell
        (datetime(2026, 5, 24, 23, 30, tzinfo=UTC), date(2026, 5, 25)),
    ],
)
def test_every_belgian_spelling_is_read(written: object, day: date) -> None:
    assert parse_date(written) == day


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("31/02/2026", "31/02/2026 bestaat niet"),
        ("29.02.2026", "29/02/2026 bestaat niet"),
        ("1/13/2026", "01/13/2026 bestaat niet"),
        ("", "Hier staat geen datum"),
        ("   ", "Hier staat geen datum"),
        (None, "Hier staat geen datum"),
        (True, "Hier staat geen datum"),
        ("binnenkort", "We herkennen geen datum in “binnenkort”"),
        ("1/3", "ontbreekt het jaar"),
        ("morgen", "We herkennen geen datum"),
        ("ma 24/11/2026", "24/11/2026 is een dinsdag, geen maandag"),
        ("01/01/0226", "het jaar 0226 kan niet kloppen"),
        (60, "29/02/1900 bestaat niet"),
        (-4, "stelt geen datum voor"),
        (float("nan"), "stelt geen datum voor"),
        ("=HYPERLINK(1)", "We herkennen geen datum"),
        ("1/3/226", "We herkennen geen datum"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(written: object, reason: str) -> None:
    with pytest.raises(DateError, match=reason):
        parse_date(written)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("vandaag", date(2026, 11, 22)),
        ("morgen", date(2026, 11, 23)),
        ("Overmorgen", date(2026, 11, 24)),
        ("gisteren", date(2026, 11, 21)),
        ("+10d", date(2026, 12, 2)),
        ("+2w", date(2026, 12, 6)),
        ("+6m", date(2027, 5, 22)),
        ("+1j", date(2027, 11, 22)),
        ("-10d", date(2026, 11, 12)),
        ("22/11", date(2026, 11, 22)),
        ("1/3", date(2027, 3, 1)),
        ("24 nov", date(2026, 11, 24)),
        ("29/2", date(2028, 2, 29)),
    ],
)
def test_the_date_field_understands_short_answers(typed: str, day: date) -> None:
    assert parse_date(typed, today=TODAY) == day


def test_a_day_without_a_year_can_lie_in_the_past() -> None:
    assert parse_date("1/12", today=TODAY, past=True) == date(2025, 12, 1)


def test_a_month_is_added_to_its_last_day() -> None:
    assert parse_date("+1m", today=date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize("typed", ["31/2", "+9999j"])
def test_a_short_answer_that_leads_nowhere_is_refused(typed: str) -> None:
    with pytest.raises(DateError, match=r"bestaat niet|te ver weg"):
        parse_date(typed, today=TODAY)


def test_a_birth_date_never_lies_in_the_future() -> None:
    assert parse_date("12/04/35", latest=TODAY) == date(1935, 4, 12)
    assert parse_date("12/04/05", latest=TODAY) == date(2005, 4, 12)
    assert parse_date("12/04/35") == date(2035, 4, 12)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_what_is_written_short_reads_back(day: date) -> None:
    assert parse_date(format_short(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 12, 31)))
def test_what_is_written_near_reads_back(day: date) -> None:
    assert parse_date(format_near(day, date(2000, 1, 1)), today=date(2000, 1, 1)) == day


@given(st.text(max_size=20))
def test_any_text_is_a_date_or_a_refusal(text: str) -> None:
    try:
        read: object = parse_date(text, today=TODAY)
    except DateError as refusal:
        read = str(refusal)
    assert isinstance(read, date) or read


def test_how_days_are_written() -> None:
    assert format_short(date(2026, 11, 24)) == "24/11/2026"
    assert format_near(date(2026, 11, 24), TODAY) == "di 24 november"
    assert format_near(date(2027, 3, 12), TODAY) == "vr 12 maart 2027"


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2027, 3, 12), "vr 12 maart, over 9 dagen"),
        (date(2027, 3, 4), "morgen"),
        (date(2027, 3, 3), "vandaag"),
        (date(2027, 3, 2), "gisteren"),
        (date(2027, 2, 28), "3 dagen geleden"),
    ],
)
def test_how_a_due_day_is_said(day: date, written: str) -> None:
    assert format_due(day, date(2027, 3, 3)) == written
