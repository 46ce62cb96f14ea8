from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clienten.rules.insz import (
    Geboorte,
    InszError,
    InszSoort,
    check_insz,
    format_insz,
    mask_insz,
    normalise_insz,
)

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "85073003328",
        "85.07.30-033.28",
        " 85.07.30-033.28 ",
        "85 07 30 033 28",
        "85/07/30-033/28",
        "850730-033-28",
        "85.07.30–033.28",
        "85\u00a007\u00a030\u00a0033\u00a028",
        "'85073003328",
        '="85073003328"',
        "85073003328.0",
        "85073003328,0",
        "8.5073003328E+10",
        "8,5073003328e10",
    ],
)
def test_every_usual_spelling_is_the_same_number(text):
    assert normalise_insz(text) == "85073003328"
    assert check_insz(text, on=ON).aangevuld is False


@pytest.mark.parametrize(
    ("text", "cijfers", "geboren"),
    [
        ("102295338", "00102295338", date(2000, 10, 22)),
        ("7081195118", "07081195118", date(2007, 8, 11)),
        ("5031412201", "05031412201", date(2005, 3, 14)),
        ("5031412201.0", "05031412201", date(2005, 3, 14)),
    ],
)
def test_zeros_eaten_by_a_spreadsheet_come_back(text, cijfers, geboren):
    insz = check_insz(text, on=ON)
    assert (insz.cijfers, insz.geboorte.datum, insz.aangevuld) == (cijfers, geboren, True)


@pytest.mark.parametrize(
    ("text", "soort", "geboorte", "geslacht"),
    [
        ("85073003328", InszSoort.RIJKSREGISTER, Geboorte(1985, 7, 30), "m"),
        ("05031412201", InszSoort.RIJKSREGISTER, Geboorte(2005, 3, 14), "v"),
        ("85273003371", InszSoort.BIS, Geboorte(1985, 7, 30), ""),
        ("85473003416", InszSoort.BIS, Geboorte(1985, 7, 30), "v"),
        ("85000002118", InszSoort.RIJKSREGISTER, Geboorte(1985, None, None), "m"),
        ("00000100195", InszSoort.RIJKSREGISTER, Geboorte(None, None, None), "m"),
    ],
)
def test_what_a_number_tells(text, soort, geboorte, geslacht):
    insz = check_insz(text, on=ON)
    assert (insz.soort, insz.geboorte, insz.geslacht) == (soort, geboorte, geslacht)


@pytest.mark.parametrize(
    ("text", "reden"),
    [
        ("85.07.30-033.29", "controlegetal klopt niet"),
        ("12345678901", "controlegetal klopt niet"),
        ("00000000000", "de geboortedatum erin bestaat niet"),
        ("123", "telt 3 cijfers, niet 11"),
        ("850730033288", "telt 12 cijfers, niet 11"),
        ("85.07.30-O33.28", "bevat andere tekens dan cijfers"),
        ("²5073003328", "bevat andere tekens dan cijfers"),
        ("zie brief", "bevat andere tekens dan cijfers"),
        ("8,5E+10", "Excel heeft cijfers afgerond"),
        ("8.507300E+10", "Excel heeft cijfers afgerond"),
    ],
)
def test_what_is_no_number_says_why(text, reden):
    with pytest.raises(InszError) as error:
        check_insz(text, on=ON)
    assert str(error.value) == reden


def _number(begin: str, century: str = "") -> str:
    return f"{begin}{97 - int(century + begin) % 97:02}"


def test_a_month_that_does_not_exist_is_refused():
    with pytest.raises(InszError, match="geboortedatum erin bestaat niet"):
        check_insz(_number("851330033"), on=ON)


def test_a_birth_date_after_today_is_refused():
    number = _number("261231001", century="2")
    with pytest.raises(InszError, match="ligt in de toekomst"):
        check_insz(number, on=ON)


def test_the_check_digits_decide_the_century():
    assert check_insz(_number("200510001"), on=ON).geboorte.jaar == 1920
    assert check_insz(_number("200510001", century="2"), on=ON).geboorte.jaar == 2020


@pytest.mark.parametrize(
    ("known", "given", "contradicts"),
    [
        (Geboorte(1985, 7, 30), Geboorte(1985, 7, 30), False),
        (Geboorte(1985, 7, 30), Geboorte(1985, 7, 31), True),
        (Geboorte(1985, None, None), Geboorte(1985, 7, 31), False),
        (Geboorte(1985, None, None), Geboorte(1986, 1, 1), True),
        (Geboorte(1985, 7, None), Geboorte(1985, 7, 1), False),
        (Geboorte(1985, 7, None), Geboorte(1985, 8, 1), True),
        (Geboorte(1985, 7, 30), Geboorte(1985, None, None), False),
        (Geboorte(None, None, None), Geboorte(1985, 7, 30), False),
    ],
)
def test_only_parts_that_both_know_can_contradict(known, given, contradicts):
    assert known.contradicts(given) is contradicts


def test_shown_in_full_and_masked():
    assert format_insz("85073003328") == "85.07.30-033.28"
    assert mask_insz("85073003328") == "••.••.••-•••.28"


@given(st.text())
def test_any_text_is_a_number_or_an_insz_error(text):
    try:
        insz = check_insz(text, on=ON)
    except InszError:
        return
    assert len(insz.cijfers) == 11
