"""Which period, and how much text."""

from datetime import date

import pytest

from kern.periods import Period
from rapporten.rules.periode import bezwaar_tegen, default_periode
from rapporten.rules.tekst import MAX_NOTITIES, MAX_PER_VERSLAG, kort_in, passend

START, TODAY = date(2026, 3, 2), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("einddatum", "vorig_tot", "verwacht"),
    [
        pytest.param(None, None, Period(START, TODAY), id="first report: from the start"),
        pytest.param(
            None, date(2026, 9, 30), Period(date(2026, 10, 1), TODAY), id="since the last report"
        ),
        pytest.param(None, TODAY, Period(TODAY, TODAY), id="a second one on the same day"),
        pytest.param(
            date(2026, 10, 15), None, Period(START, date(2026, 10, 15)), id="an ended traject"
        ),
        pytest.param(
            date(2026, 10, 15),
            date(2026, 11, 1),
            Period(date(2026, 10, 15), date(2026, 10, 15)),
            id="reported after its end",
        ),
    ],
)
def test_the_period_begins_after_the_last_report(einddatum, vorig_tot, verwacht):
    assert (
        default_periode(begindatum=START, einddatum=einddatum, vorig_tot=vorig_tot, today=TODAY)
        == verwacht
    )


@pytest.mark.parametrize(
    ("van", "tot", "begindatum", "zin"),
    [
        (START, TODAY, START, ""),
        (TODAY, START, START, "ligt vóór"),
        (START, date(2026, 11, 23), START, "loopt t.e.m. vandaag"),
        (TODAY, TODAY, date(2026, 12, 1), "nog niet gestart"),
    ],
)
def test_only_days_that_were_can_be_reported(van, tot, begindatum, zin):
    bezwaar = bezwaar_tegen(van=van, tot=tot, begindatum=begindatum, today=TODAY)
    assert zin in bezwaar
    assert bool(bezwaar) == bool(zin)


def test_a_short_text_stays_as_it_is():
    tekst = "Regel één.\n\tRegel twee: <b>vet</b> & 😀"
    assert kort_in(tekst).tekst == tekst
    assert not kort_in(tekst).is_ingekort


def test_a_long_text_is_cut_between_words():
    ingekort = kort_in("woord " * 1000, hoogstens=50)
    assert ingekort.is_ingekort
    assert ingekort.tekst == "woord " * 7 + "woord …"


def test_a_text_without_spaces_is_cut_all_the_same():
    assert kort_in("x" * 100, hoogstens=10).tekst == "x" * 10 + " …"


def test_what_cannot_be_printed_falls_away():
    assert kort_in("a\x00b\x07c\x9fd\ud800e").tekst == "abcde"


def test_as_many_notes_as_fit_and_at_least_one():
    rijen = list(range(100))
    assert len(passend(rijen, [10] * 100)) == MAX_NOTITIES
    assert len(passend(rijen, [MAX_PER_VERSLAG // 4] * 100)) == 4
    assert passend(rijen[:1], [MAX_PER_VERSLAG * 9]) == [0]
    assert passend(rijen[:3], [1, 1, 1]) == [0, 1, 2]
