"""Whose turn it is, as a table; and that nobody can be bound against her last word."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trajecten.rules.plan.beurt import (
    ANDERE,
    Antwoord,
    Kant,
    Laatste,
    NietAanZet,
    Stand,
    Zaak,
    mag_afvinken,
    mag_intrekken,
    na_antwoord,
    na_laten_staan,
    na_wijziging,
)

DAG, LATER = date(2026, 12, 1), date(2027, 1, 15)
C, W = Kant.CLIENT, Kant.OCMW
JA, TEMPO, NEE = Antwoord.AKKOORD, Antwoord.ANDER_TEMPO, Antwoord.NIET_AKKOORD
VOOR, AF, ONEENS = Stand.VOORGESTELD, Stand.AFGESPROKEN, Stand.ONEENS

# The OCMW proposed by 1 December; then these answers follow one another.
VERHALEN = [
    ([(C, JA)], AF, None, DAG),
    ([(C, TEMPO)], VOOR, W, DAG),
    ([(C, TEMPO), (W, JA)], AF, None, LATER),
    ([(C, TEMPO), (W, NEE)], VOOR, C, DAG),
    ([(C, TEMPO), (W, NEE), (C, JA)], AF, None, DAG),
    ([(C, TEMPO), (W, TEMPO), (C, JA)], AF, None, LATER),
    ([(C, NEE)], VOOR, W, DAG),
    ([(C, NEE), (C, JA)], AF, None, DAG),
    ([(C, NEE), (W, TEMPO)], VOOR, C, DAG),
    ([(C, NEE), (W, TEMPO), (C, JA)], AF, None, LATER),
    ([(C, TEMPO), (C, NEE)], VOOR, W, DAG),
    ([(C, JA), (C, NEE)], VOOR, W, DAG),
    ([(C, JA), (W, NEE)], VOOR, C, DAG),
    ([(C, JA), (C, TEMPO), (W, JA)], AF, None, LATER),
    ([(C, JA), (W, NEE), (W, JA)], AF, None, DAG),
]
GEWEIGERD = [
    [(W, JA)],
    [(W, TEMPO)],
    [(C, NEE), (W, JA)],
    [(C, TEMPO), (C, NEE), (W, JA)],
    [(C, JA), (C, JA)],
    [(C, JA), (C, NEE), (W, JA)],
]


def play(verhaal, start=W):
    zaak = Zaak(VOOR, start, ANDERE[start], DAG)
    for kant, antwoord in verhaal:
        uit = na_antwoord(zaak, kant, antwoord)
        laatste = Laatste(kant, antwoord, LATER if antwoord is TEMPO else None)
        # Another day is another agreement: earlier answers were about the day before.
        if uit.tegen != zaak.tegen:
            laatste = None
        zaak = Zaak(uit.stand, uit.voorstel_van, uit.aan_zet, uit.tegen, laatste)
    return zaak


@pytest.mark.parametrize(("verhaal", "stand", "aan_zet", "tegen"), VERHALEN)
def test_answers_lead_to(verhaal, stand, aan_zet, tegen):
    zaak = play(verhaal)
    assert (zaak.stand, zaak.aan_zet, zaak.tegen) == (stand, aan_zet, tegen)


@pytest.mark.parametrize(("verhaal", "stand", "aan_zet", "tegen"), VERHALEN)
def test_both_sides_are_treated_alike(verhaal, stand, aan_zet, tegen):
    mirrored = [(ANDERE[kant], antwoord) for kant, antwoord in verhaal]
    zaak = play(mirrored, start=C)
    assert (zaak.stand, zaak.tegen) == (stand, tegen)
    assert zaak.aan_zet == (ANDERE[aan_zet] if aan_zet else None)


@pytest.mark.parametrize("verhaal", GEWEIGERD)
def test_who_cannot_answer_that_now_is_told(verhaal):
    with pytest.raises(NietAanZet):
        play(verhaal)


@given(
    st.lists(st.tuples(st.sampled_from([C, W]), st.sampled_from(list(Antwoord))), max_size=12),
    st.sampled_from([C, W]),
)
def test_nothing_is_agreed_against_somebodys_last_word(stappen, start):
    """However answers follow one another: agreed means that both last said so, or proposed it."""
    zaak, last = Zaak(VOOR, start, ANDERE[start], DAG), {start: JA, ANDERE[start]: None}
    for kant, antwoord in stappen:
        try:
            uit = na_antwoord(zaak, kant, antwoord)
        except NietAanZet:
            continue
        last[kant] = antwoord
        if antwoord is TEMPO:
            last[kant] = JA  # asking for a day is agreeing to that day
        laatste = Laatste(kant, antwoord, LATER if antwoord is TEMPO else None)
        if uit.tegen != zaak.tegen:
            laatste = None
        zaak = Zaak(uit.stand, uit.voorstel_van, uit.aan_zet, uit.tegen, laatste)
        if zaak.stand is AF:
            assert last[kant] is JA
            assert last[ANDERE[kant]] in (JA, None) or uit.voorstel_van is ANDERE[kant]
            assert NEE is not last[ANDERE[kant]] or uit.voorstel_van is ANDERE[kant]
        assert (zaak.aan_zet is None) == (zaak.stand is not VOOR)


def test_a_partner_speaks_along_and_decides_nothing():
    zaak = Zaak(VOOR, W, C, DAG)
    uit = na_antwoord(zaak, Kant.PARTNER, NEE)
    assert (uit.stand, uit.aan_zet) == (VOOR, C)
    with pytest.raises(NietAanZet):
        na_wijziging(zaak, Kant.PARTNER)


@pytest.mark.parametrize("stand", [Stand.GEDAAN, Stand.VERVALLEN])
def test_what_is_closed_is_not_answered_or_changed(stand):
    zaak = Zaak(stand, W, None, DAG)
    with pytest.raises(NietAanZet):
        na_antwoord(zaak, C, JA)
    with pytest.raises(NietAanZet):
        na_wijziging(zaak, C)
    with pytest.raises(NietAanZet):
        na_laten_staan(zaak, C)


@pytest.mark.parametrize(
    ("kant", "uitvoerders", "mag"),
    [
        (C, ["client"], True),
        (C, ["client", "ocmw"], True),
        (C, ["ocmw"], False),
        (C, ["partner"], False),
        (W, ["client"], True),
        (Kant.PARTNER, ["partner"], True),
        (Kant.PARTNER, ["client"], False),
    ],
)
def test_who_may_say_that_it_is_done(kant, uitvoerders, mag):
    assert mag_afvinken(kant, uitvoerders) is mag


@pytest.mark.parametrize(
    ("kant", "voorsteller", "ooit", "mag"),
    [
        (C, C, False, True),
        (C, W, False, False),
        (W, C, False, False),
        (W, C, True, True),
        (C, W, True, True),
        (Kant.PARTNER, W, True, False),
    ],
)
def test_who_may_let_it_lapse(kant, voorsteller, ooit, mag):
    assert mag_intrekken(kant, voorsteller, ooit_afgesproken=ooit) is mag
