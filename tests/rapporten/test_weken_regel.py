"""Weeks lost: what counts, what is told, and that nothing kept back can be computed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.periods import Period
from rapporten.rules.weken import Tel, Telling, Wachttijd, houd_kleine_achter, tel_weken

Q4 = Period(date(2026, 10, 1), date(2026, 12, 31))
TODAY = date(2026, 11, 22)


def okt(day):
    return date(2026, 10, day)


def wacht(client, van, tot, soort="opvang", gebied="Herent"):
    return Wachttijd(client, soort, gebied, van, tot)


def tel(*wachttijden, periode=Q4, vandaag=TODAY, ongesplitst=()):
    return tel_weken(wachttijden, periode, vandaag=vandaag, ongesplitst=ongesplitst)


@pytest.mark.parametrize(
    ("wachttijden", "mensen", "dagen"),
    [
        pytest.param([], 0, 0, id="nobody"),
        pytest.param([(1, date(2026, 10, 5), date(2026, 10, 11))], 1, 7, id="both ends count"),
        pytest.param([(1, date(2026, 10, 5), date(2026, 10, 5))], 1, 1, id="one day"),
        pytest.param([(1, date(2026, 9, 1), date(2026, 10, 2))], 1, 2, id="began before"),
        pytest.param([(1, date(2026, 9, 1), date(2026, 9, 30))], 0, 0, id="ended before"),
        pytest.param([(1, date(2026, 11, 16), None)], 1, 7, id="still waits: up to today"),
        pytest.param([(1, date(2026, 11, 23), None)], 0, 0, id="begins tomorrow"),
        pytest.param(
            [(1, okt(1), okt(10)), (1, okt(5), okt(14))],
            1, 14, id="two steps on one day are one day",
        ),
        pytest.param(
            [(1, date(2026, 10, 1), date(2026, 10, 7)), (2, date(2026, 10, 1), date(2026, 10, 7))],
            2, 14, id="two people",
        ),
        pytest.param(
            [(1, okt(1), okt(2)), (1, okt(20), okt(21))],
            1, 4, id="with a gap",
        ),
    ],
)  # fmt: skip
def test_people_and_days(wachttijden, mensen, dagen):
    counted = tel(*(wacht(*row) for row in wachttijden))
    assert counted.totaal == Tel(mensen, dagen)
    assert counted.per_soort == ({"opvang": Tel(mensen, dagen)} if mensen else {})


def test_who_waits_for_two_kinds_counts_once_in_the_whole():
    counted = tel(
        wacht(1, date(2026, 10, 1), date(2026, 10, 7)),
        wacht(1, date(2026, 10, 5), date(2026, 10, 11), soort="vervoer"),
    )
    assert counted.per_soort == {"opvang": Tel(1, 7), "vervoer": Tel(1, 7)}
    assert counted.totaal == Tel(1, 11)


def test_areas_are_apart_and_what_is_sensitive_is_not_split():
    rows = [
        wacht(1, date(2026, 10, 1), date(2026, 10, 7)),
        wacht(2, date(2026, 10, 1), date(2026, 10, 7), gebied="Winksele"),
    ]
    assert tel(*rows).per_plaats == {
        ("opvang", "Herent"): Tel(1, 7),
        ("opvang", "Winksele"): Tel(1, 7),
    }
    assert tel(*rows, ongesplitst=["opvang"]).per_plaats == {("opvang", ""): Tel(2, 14)}


def test_a_period_that_has_not_begun_counts_nothing():
    later = Period(date(2027, 1, 1), date(2027, 3, 31))
    assert tel(wacht(1, date(2026, 10, 1), None), periode=later) == Telling(Tel(0, 0), {}, {})


@pytest.mark.parametrize(
    ("dagen", "weken"), [(0, 0), (3, 0), (4, 1), (7, 1), (10, 1), (11, 2), (98, 14)]
)
def test_days_in_whole_weeks(dagen, weken):
    assert Tel(1, dagen).weken == weken


def telling(**kinds):
    """Make a count from the people in each area of each kind, who are all different."""
    places = {
        (soort, f"{soort}{number}"): Tel(people, people * 7)
        for soort, areas in kinds.items()
        for number, people in enumerate(areas)
    }
    total = {soort: Tel(sum(areas), 7 * sum(areas)) for soort, areas in kinds.items()}
    everybody = sum(tel.mensen for tel in total.values())
    return Telling(Tel(everybody, 7 * everybody), total, places)


def told(**kinds):
    shown = houd_kleine_achter(telling(**kinds))
    areas = {
        soort: [tel and tel.mensen for place, tel in shown.per_plaats.items() if place[0] == soort]
        for soort in kinds
    }
    kinds_told = {soort: tel and tel.mensen for soort, tel in shown.per_soort.items()}
    return shown.totaal and shown.totaal.mensen, kinds_told, areas


@pytest.mark.parametrize(
    ("kinds", "totaal", "soorten", "gebieden"),
    [
        pytest.param({}, Tel(0, 0) and 0, {}, {}, id="nothing"),
        pytest.param({"a": [5, 9]}, 14, {"a": 14}, {"a": [5, 9]}, id="all large enough"),
        pytest.param({"a": [4]}, None, {"a": None}, {"a": [None]}, id="four people are not told"),
        pytest.param(
            {"a": [4, 6, 9]}, 19, {"a": 19}, {"a": [None, None, 9]},
            id="beside the small one the smallest that could be told",
        ),
        pytest.param(
            {"a": [3, 3, 9]}, 15, {"a": 15}, {"a": [None, None, None]},
            id="two small ones together may still be few",
        ),
        pytest.param(
            {"a": [2, 2, 2]}, 6, {"a": 6}, {"a": [None, None, None]},
            id="all small: the whole may be told",
        ),
        pytest.param(
            {"a": [3], "b": [6, 7], "c": [20]}, None, {"a": None, "b": 13, "c": 20},
            {"a": [None], "b": [6, 7], "c": [20]},
            id="beside a small kind the whole is kept back",
        ),
        pytest.param(
            {"a": [3], "b": [4]}, 7, {"a": None, "b": None}, {"a": [None], "b": [None]},
            id="all kinds small: the whole may be told",
        ),
    ],
)  # fmt: skip
def test_what_is_told(kinds, totaal, soorten, gebieden):
    assert told(**kinds) == (totaal, soorten, gebieden)


def _complement(whole, parts, shown):
    """Return how many different people somebody could single out by subtracting; 0 is nobody."""
    if whole is None:
        return 0
    return whole.mensen - sum(tel.mensen for tel in shown.values() if tel is not None)


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.lists(st.integers(1, 12), min_size=1, max_size=5), max_size=4
    )
)
def test_no_group_of_fewer_than_five_is_told_or_left_over(kinds):
    counted = telling(**kinds)
    shown = houd_kleine_achter(counted)
    for tel in [*shown.per_soort.values(), *shown.per_plaats.values(), shown.totaal]:
        assert tel is None or tel.mensen == 0 or tel.mensen >= 5
    left = [_complement(shown.totaal, counted.per_soort, shown.per_soort)]
    for soort, tel in shown.per_soort.items():
        own = {place: row for place, row in shown.per_plaats.items() if place[0] == soort}
        left.append(_complement(tel, counted.per_plaats, own))
        if tel is None:
            assert set(own.values()) == {None}
    assert all(number == 0 or number >= 5 for number in left)


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.integers(0, 40), st.integers(0, 30), st.sampled_from("ab")),
        max_size=12,
    )
)
def test_a_day_is_counted_once_for_each_person(rows):
    begin = date(2026, 10, 1)
    wachttijden = [
        wacht(client, begin + timedelta(start), begin + timedelta(start + days), gebied=gebied)
        for client, start, days, gebied in rows
    ]
    seen = {
        (row.client, row.van + timedelta(offset))
        for row in wachttijden
        for offset in range((row.tot - row.van).days + 1)
        if Q4.begin <= row.van + timedelta(offset) <= TODAY
    }
    assert tel(*wachttijden).totaal == Tel(len({client for client, _ in seen}), len(seen))
