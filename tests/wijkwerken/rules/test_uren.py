"""Hours and cheques: the cases H1–H9 as tables, and what holds for any order of entries."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.periods import Period
from tests.trajecten.rules.regels import REGELS, D, maak_regel
from trajecten.rules.termijn import veronderstel
from wijkwerken.rules.interim import interim_in_venster, te_veel_interim
from wijkwerken.rules.meters import gemiddeld_per_maand
from wijkwerken.rules.prestaties import (
    JAARBASIS,
    MAX_JAAR,
    Grenzen,
    Stand,
    cheques_te_veel,
    cheques_voor,
    duur,
    jaar_van,
    maand_van,
    uren_in_woorden,
    verdeel,
)

BEGON = D("2026-01-05")
GRENZEN = Grenzen(REGELS, BEGON)


def stand_met(*dagen: tuple[str, float]) -> Stand:
    stand = Stand()
    for dag, uren in dagen:
        minuten = round(uren * 60)
        stand.add(D(dag), minuten, cheques_voor(minuten))
    return stand


OKTOBER = (("2026-10-01", 14.5), ("2026-10-08", 16), ("2026-10-15", 22), ("2026-10-16", 7))
TIEN_MAANDEN = tuple(
    (f"2026-{maand:02}-{dag:02}", 10.0) for maand in range(1, 11) for dag in range(1, 7)
)


@pytest.mark.parametrize(
    ("staat", "dag", "uren", "over"),
    [
        pytest.param(OKTOBER, "2026-10-20", 0.5, None, id="H1: up to the cap itself"),
        pytest.param(OKTOBER, "2026-10-20", 1.0, 30, id="H2: half an hour too much"),
        pytest.param(TIEN_MAANDEN, "2026-11-02", 23.0, None, id="H4: thirty hours are left"),
        pytest.param(
            (*TIEN_MAANDEN, ("2026-11-02", 20), ("2026-11-03", 10)),
            "2026-11-04",
            5.0,
            0,
            id="H4: nothing left of the year",
        ),
        pytest.param(OKTOBER, "2026-11-01", 10.0, None, id="another month is another cap"),
        pytest.param(TIEN_MAANDEN, "2027-01-02", 10.0, None, id="another year is another cap"),
    ],
)
def test_the_caps(staat, dag, uren, over):
    te_veel = stand_met(*staat).oordeel(D(dag), round(uren * 60), GRENZEN)
    assert (te_veel.over if te_veel else None) == over


def test_h4_in_words():
    stand = stand_met(*TIEN_MAANDEN, ("2026-11-02", 10))
    te_veel = stand.oordeel(D("2026-11-03"), 22 * 60 + 30, GRENZEN)
    assert str(te_veel) == ("Er is nog 20 u over van 630 u in 2026: 22 u 30 is 2 u 30 te veel.")
    vol = stand_met(*OKTOBER, ("2026-10-20", 0.5)).oordeel(D("2026-10-21"), 45, GRENZEN)
    assert str(vol) == (
        "Er is niets meer over van 60 u in oktober 2026: 45 minuten kan er niet bij."
    )


@pytest.mark.parametrize(
    ("minuten", "cheques"), [(135, 3), (1, 1), (60, 1), (61, 2), (120, 2), (1440, 24)]
)
def test_h3_a_cheque_for_each_started_hour(minuten, cheques):
    assert cheques_voor(minuten) == cheques


def test_h3_too_many_cheques_only_warn():
    stand = Stand()
    for dag in range(1, 31):
        stand.add(date(2026, 11, dag), 100, 3 if dag == 1 else 2)
    assert stand.oordeel(D("2026-11-30"), 60, GRENZEN) is None
    opmerking = cheques_te_veel(stand, D("2026-11-30"), GRENZEN)
    assert opmerking.startswith("61 cheques in november 2026, meer dan 60.")
    stand.add(D("2026-11-01"), 0, -1)
    assert cheques_te_veel(stand, D("2026-11-30"), GRENZEN) == ""


def test_h5_calendar_year_lets_every_month_through():
    grenzen = Grenzen(REGELS, D("2026-07-01"))
    assert _twaalf_maanden(grenzen) == 12


def test_h5_trajectory_year_stops_in_month_eleven():
    grenzen = Grenzen(veronderstel(REGELS, JAARBASIS, "trajectjaar"), D("2026-07-01"))
    stand = Stand()
    for maand, jaar in [(m, 2026) for m in range(7, 13)] + [(m, 2027) for m in range(1, 5)]:
        for dag in range(1, 7):
            assert stand.oordeel(date(jaar, maand, dag), 600, grenzen) is None
            stand.add(date(jaar, maand, dag), 600, 10)
    for dag in (1, 2, 3):
        stand.add(date(2027, 5, dag), 600, 10)
    te_veel = stand.oordeel(date(2027, 5, 4), 600, grenzen)
    assert te_veel is not None
    assert str(te_veel).startswith("Er is niets meer over van 630 u van 01/07/2026 tot 30/06/2027")
    assert stand.oordeel(date(2027, 7, 1), 600, grenzen) is None


def _twaalf_maanden(grenzen: Grenzen) -> int:
    stand, gelukt = Stand(), 0
    for maand, jaar in [(m, 2026) for m in range(7, 13)] + [(m, 2027) for m in range(1, 7)]:
        for dag in range(1, 7):
            if stand.oordeel(date(jaar, maand, dag), 600, grenzen) is not None:
                return gelukt
            stand.add(date(jaar, maand, dag), 600, 10)
        gelukt += 1
    return gelukt


def test_h6_past_midnight_counts_in_two_months():
    assert duur(time(22), time(1)) == 180
    oktober, november = verdeel(D("2026-10-31"), 180, time(22))
    assert (oktober.dag, oktober.minuten, oktober.cheques) == (D("2026-10-31"), 120, 3)
    assert (november.dag, november.minuten, november.cheques) == (D("2026-11-01"), 60, 0)
    assert [deel.minuten for deel in verdeel(D("2026-10-31"), 120, time(22))] == [120]
    assert duur(time(9), time(9)) == 24 * 60


def test_h7_possible_on_average():
    assert gemiddeld_per_maand(REGELS, op=D("2026-11-22")) == Decimal("52.5")


def test_h8_a_correction_lowers_the_year():
    stand = stand_met(("2026-10-01", 20), ("2026-10-02", 20), ("2026-10-03", 20))
    stand.add(D("2026-11-02"), 600, 10)
    stand.add(D("2026-10-03"), -240, -4)
    assert stand.som(maand_van(D("2026-10-01"))) == 56 * 60
    assert stand.som(GRENZEN.jaar_van(D("2026-11-01"))) == 66 * 60


H9 = [date(2026, 10, dag) for dag in (1, 2, 5, 6, 7, 8, 9, 12, 13, 14)]


def test_h9_eleven_days_of_interim_in_a_window():
    te_veel = te_veel_interim([*H9, D("2026-10-28")], REGELS)
    assert te_veel is not None
    assert (te_veel.venster, te_veel.dagen, te_veel.hoogstens) == (
        Period(D("2026-10-01"), D("2026-10-28")),
        11,
        10,
    )
    assert te_veel_interim([*H9, D("2026-10-30")], REGELS) is None
    assert te_veel_interim([*H9, *H9], REGELS) is None
    assert te_veel_interim([*H9, D("2026-10-28")], REGELS, op=D("2026-10-27")) is None
    assert interim_in_venster([*H9, D("2026-10-30")], REGELS, op=D("2026-10-30")) == (9, 10)


def test_an_unsure_cap_never_blocks():
    regels = (*REGELS, maak_regel(MAX_JAAR, 1, "2018-01-01", eigen=True, eenheid="uren"))
    assert Grenzen(regels, BEGON).jaar(D("2026-11-01")) == 60
    vast = [rij for rij in REGELS if rij.code != MAX_JAAR]
    assert Grenzen((*vast,), BEGON).jaar(D("2026-11-01")) is None
    onzeker = veronderstel(REGELS, MAX_JAAR, "1")
    assert stand_met(*TIEN_MAANDEN).oordeel(D("2026-11-02"), 600, Grenzen(onzeker, BEGON)) is None


def test_a_day_has_no_more_than_its_hours():
    te_veel = stand_met(("2026-10-01", 20)).oordeel(D("2026-10-01"), 300, GRENZEN)
    assert str(te_veel) == "Er is nog 4 u over van 24 u op 1 oktober: 5 u is 1 u te veel."


@pytest.mark.parametrize(
    ("minuten", "woorden"),
    [(1, "1 minuut"), (45, "45 minuten"), (60, "1 u"), (450, "7 u 30"), (605, "10 u 05")],
)
def test_hours_in_words(minuten, woorden):
    assert uren_in_woorden(minuten) == woorden


DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


@given(begon=DAYS, dag=DAYS, basis=st.sampled_from(["kalenderjaar", "trajectjaar"]))
def test_each_day_lies_in_its_own_year_and_years_touch(begon, dag, basis):
    regels = veronderstel(REGELS, JAARBASIS, basis)
    jaar = jaar_van(dag, begon=begon, regels=regels)
    assert dag in jaar
    assert 365 <= jaar.days <= 366
    if dag >= begon:
        assert jaar_van(jaar.begin, begon=begon, regels=regels) == jaar


@given(
    begin=st.none() | st.times(),
    minuten=st.integers(min_value=1, max_value=24 * 60),
)
def test_midnight_splits_nothing_away(begin, minuten):
    delen = verdeel(D("2026-10-31"), minuten, begin)
    assert sum(deel.minuten for deel in delen) == minuten
    assert sum(deel.cheques for deel in delen) == cheques_voor(minuten)
    assert all(deel.minuten > 0 for deel in delen)
