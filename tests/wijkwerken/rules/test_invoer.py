"""Hours as people type them."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkwerken.rules.invoer import UrenOnleesbaar, lees_uren, toon_uren


@pytest.mark.parametrize(
    ("tekst", "minuten"),
    [
        ("", 0),
        ("0", 0),
        ("7", 420),
        (" 7 ", 420),
        ("7,5", 450),
        ("7.25", 435),
        ("0,33", 20),
        ("7:30", 450),
        ("07:05", 425),
        ("7u30", 450),
        ("7 u 30", 450),
        ("7U", 420),
        ("7h15", 435),
        ("2 uur", 120),
        ("45m", 45),
        ("90 min", 90),
        ("24", 1440),
    ],
)
def test_spellings_of_hours(tekst, minuten):
    assert lees_uren(tekst) == minuten


@pytest.mark.parametrize(
    "tekst", ["x", "7:60", "25", "24:01", "-1", "7,555", "1e3", "7:30:00", "²"]
)
def test_what_are_no_hours(tekst):
    with pytest.raises(UrenOnleesbaar, match="zijn geen uren"):
        lees_uren(tekst)


@given(st.integers(min_value=0, max_value=1440))
def test_what_a_cell_shows_reads_back(minuten):
    assert lees_uren(toon_uren(minuten)) == minuten


@given(st.text(max_size=12))
def test_nothing_typed_breaks_it(tekst):
    with contextlib.suppress(UrenOnleesbaar):
        assert 0 <= lees_uren(tekst) <= 1440
