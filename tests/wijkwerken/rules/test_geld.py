"""Money: the cases M1–M10 that are about wijk-werken."""

from datetime import date
from decimal import Decimal

import pytest

from tests.trajecten.rules.regels import REGELS, D
from wijkwerken.rules.geld import (
    belastingvermindering,
    cheque_geldig_tot,
    chequeprijs_opmerking,
    gebruiker_per_jaar,
    kost_gebruiker,
    telt_mee_in,
    telt_mee_voor_leefloon,
    vergoeding,
    vergoeding_van,
    verplaatsing,
)
from wijkwerken.rules.prestaties import maand_van

OP = D("2026-10-31")


@pytest.mark.parametrize(("cheques", "euro"), [(60, "246.00"), (630, "2583.00"), (3, "12.30")])
def test_m1_m2_what_the_wijk_werker_receives(cheques, euro):
    assert vergoeding(cheques, REGELS, op=OP) == Decimal(euro)


def test_m1_what_the_user_pays():
    assert kost_gebruiker(60, Decimal("7.45")) == Decimal("447.00")
    assert gebruiker_per_jaar(REGELS, op=OP) == Decimal("7.50")


def test_m3_travel():
    assert verplaatsing(10 * Decimal(24), REGELS, op=OP) == Decimal("36.00")


@pytest.mark.parametrize(
    ("cheques", "per_cheque", "op", "telt"),
    [
        pytest.param(60, "4.10", "2026-10-31", "0.00", id="M4"),
        pytest.param(40, "6.50", "2026-10-31", "20.00", id="M5"),
        pytest.param(10, "4.20", "2022-12-31", "1.00", id="M6: the limit of that day"),
        pytest.param(10, "4.20", "2023-01-01", "0.00", id="a day later"),
    ],
)
def test_what_the_leefloon_counts(cheques, per_cheque, op, telt):
    gevonden = telt_mee_voor_leefloon(cheques, Decimal(per_cheque), REGELS, op=D(op))
    assert gevonden == Decimal(telt)


@pytest.mark.parametrize(
    ("uitgegeven", "tot"),
    [
        ("2021-03-15", "2022-06-14"),
        ("2021-04-10", "2022-04-09"),
        ("2021-03-29", "2022-06-28"),
        ("2021-03-30", "2022-03-29"),
    ],
)
def test_m9_how_long_a_cheque_is_good(uitgegeven, tot):
    assert cheque_geldig_tot(D(uitgegeven), REGELS) == D(tot)


@pytest.mark.parametrize(
    ("gekocht_op", "euro"),
    [("2019-12-31", "134.10"), ("2020-01-01", "89.40")],
)
def test_m10_tax_of_a_private_user(gekocht_op, euro):
    found = belastingvermindering(Decimal(447), REGELS, gekocht_op=D(gekocht_op))
    assert found == Decimal(euro)


def test_a_month_is_paid_by_its_days():
    cheques = {date(2026, 10, 1): 3, date(2026, 10, 31): 2, date(2026, 11, 1): 9}
    assert vergoeding_van(cheques, maand_van(OP), REGELS) == Decimal("20.50")
    assert telt_mee_in(cheques, maand_van(OP), REGELS) == Decimal("0.00")


def test_a_price_outside_the_band_is_pointed_out():
    assert chequeprijs_opmerking(Decimal("7.45"), REGELS, op=OP) == ""
    assert chequeprijs_opmerking(Decimal("8.00"), REGELS, op=OP) == (
        "De prijs van een cheque ligt buiten € 5,95 tot € 7,45. Kijk hem na."
    )
