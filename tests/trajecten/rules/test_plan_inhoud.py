"""What is agreed to, and what changed: fixed forms, word by word."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajecten.rules.plan.beurt import Antwoord, Stand
from trajecten.rules.plan.inhoud import Item, Woord, canonical, hash_of, inhoud_van, is_leeg
from trajecten.rules.plan.verschil import Soort, verschil, woordverschil

STAP = {
    "tekst": "Theorie leren",
    "doel": None,
    "uitvoerders": ["client"],
    "partner": "",
    "tegen": date(2026, 12, 1),
    "vervolg": "",
}


def stap(id_=1, stand=Stand.AFGESPROKEN, woorden=(), **changed):
    return Item("stap", id_, stand, "ocmw", {**STAP, **changed}, tuple(woorden))


def test_the_content_is_in_one_order_whatever_the_page_shows():
    a, b = stap(1), stap(2, tekst="Cv maken")
    assert inhoud_van([a, b], {}) == inhoud_van([b, a], {})
    assert hash_of(inhoud_van([a, b], {})) == hash_of(inhoud_van([b, a], {}))


def test_movers_in_another_order_are_the_same_agreement():
    one = inhoud_van([stap(uitvoerders=["client", "ocmw"])], {})
    other = inhoud_van([stap(uitvoerders=["ocmw", "client"])], {})
    assert hash_of(one) == hash_of(other)


@pytest.mark.parametrize(
    "changed",
    [
        {"tekst": "Theorie herhalen"},
        {"tegen": date(2026, 12, 2)},
        {"uitvoerders": ["client", "ocmw"]},
        {"partner": "VDAB"},
        {"doel": 7},
        {"vervolg": "werk"},
    ],
)
def test_each_agreed_field_changes_the_hash(changed):
    assert hash_of(inhoud_van([stap()], {})) != hash_of(inhoud_van([stap(**changed)], {}))


@pytest.mark.parametrize("naam", ["behoeften", "evaluatiewijze", "extra_hulp"])
def test_each_text_of_the_plan_changes_the_hash(naam):
    assert hash_of(inhoud_van([stap()], {})) != hash_of(inhoud_van([stap()], {naam: "Taal"}))


def test_what_is_done_or_lapsed_is_no_longer_promised():
    closed = [stap(1, Stand.GEDAAN), stap(2, Stand.VERVALLEN)]
    assert is_leeg(inhoud_van(closed, {}))


@pytest.mark.parametrize(
    ("item", "binnen"),
    [
        (stap(stand=Stand.AFGESPROKEN), True),
        (stap(stand=Stand.VOORGESTELD), True),
        (stap(stand=Stand.ONEENS), False),
        (stap(stand=Stand.VOORGESTELD, tegen=None), False),
        (
            stap(
                stand=Stand.VOORGESTELD,
                woorden=[Woord("client", Antwoord.NIET_AKKOORD, "Niet nu.")],
            ),
            False,
        ),
        (stap(woorden=[Woord("client", Antwoord.AKKOORD)]), True),
    ],
)
def test_what_is_contested_stays_visible_outside_the_agreement(item, binnen):
    inhoud = inhoud_van([item], {})
    assert (len(inhoud["afspraken"]), len(inhoud["zonder_akkoord"])) == (binnen, not binnen)
    if not binnen and item.woorden:
        assert inhoud["zonder_akkoord"][0]["woorden"][0]["tekst"] == "Niet nu."


def test_the_canonical_text_is_plain_and_keeps_accents():
    assert "é" in canonical(inhoud_van([stap(tekst="Café zoeken")], {}))


WORDS = st.text(alphabet="ab cé.,\n", max_size=40)


@given(WORDS, WORDS)
def test_marked_words_hold_both_texts(oud, nieuw):
    stukken = woordverschil(oud, nieuw)
    assert "".join(s.tekst for s in stukken if s.soort is not Soort.NIEUW) == oud
    assert "".join(s.tekst for s in stukken if s.soort is not Soort.WEG) == nieuw


def test_one_changed_word_is_marked_alone():
    stukken = woordverschil("Elke dag één keer bellen", "Elke dag twee keer bellen")
    marked = [(s.soort, s.tekst) for s in stukken if s.soort is not Soort.GELIJK]
    assert (Soort.WEG, "één") in marked
    assert (Soort.NIEUW, "twee") in marked
    assert len(marked) == 2


def test_words_replaced_in_a_row_are_read_as_one():
    stukken = woordverschil("Koken in De Linde, elke dag", "Koken in Ter Duinen, elke dag")
    marked = [(s.soort, s.tekst) for s in stukken if s.soort is not Soort.GELIJK]
    assert marked == [(Soort.WEG, "De Linde"), (Soort.NIEUW, "Ter Duinen")]


def test_differences_name_each_field_in_words():
    oud = inhoud_van([stap(1), stap(2, tekst="Cv maken"), stap(3, tekst="Bellen")], {})
    nieuw = inhoud_van([stap(1, tegen=date(2027, 1, 15)), stap(4, tekst="Nieuw")], {})
    found = verschil(oud, nieuw, gedaan={("stap", 2)})
    told = {item.id: item for item in found.items}
    assert told[1].soort is Soort.GEWIJZIGD
    (veld,) = told[1].velden
    assert (veld.naam, veld.oud, veld.nieuw) == ("tegen", "01/12/2026", "15/01/2027")
    assert told[2].soort is Soort.GEDAAN
    assert told[3].soort is Soort.WEG
    assert told[4].soort is Soort.NIEUW
    assert found.aantal == 3, "what was done needs nobody's agreement"


def test_the_same_content_has_no_differences():
    inhoud = inhoud_van([stap(1)], {"behoeften": "Taal"})
    assert verschil(inhoud, inhoud).aantal == 0


def test_a_goal_of_a_step_is_told_by_its_words():
    doel = Item(
        "doel",
        9,
        Stand.AFGESPROKEN,
        "client",
        {
            "tekst": "Koken",
            "domein": "werk",
            "uitvoerders": ["client"],
            "partner": "",
            "tegen": None,
        },
    )
    found = verschil(inhoud_van([doel, stap()], {}), inhoud_van([doel, stap(doel=9)], {}))
    assert found.items[0].velden[0].nieuw == "Koken"
