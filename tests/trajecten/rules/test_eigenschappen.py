"""What holds for every clock, whatever the facts."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern.periods import Period, days_in_union, last_day_of_months
from tests.trajecten.rules.regels import REGELS, maak_regel
from trajecten.rules import gpmi, twe, vdab
from trajecten.rules.feiten import EvaluatieFeit, SchorsingFeit, TrajectFeiten, VerlengingFeit
from trajecten.rules.gpmi import GpmiFeiten
from trajecten.rules.klokken import KLOKKEN, klok_for
from trajecten.rules.schorsingen import Beleid
from trajecten.rules.termijn import Overgang, RegelRij, Termijn, veronderstel
from trajecten.rules.vdab import VdabFeiten

REDENEN = ("ziekte", "langdurige_ziekte", "moederschapsrust", "opleiding")
dagen = st.dates(min_value=date(2016, 6, 1), max_value=date(2032, 12, 31))


@st.composite
def schorsingen(draw: st.DrawFn) -> SchorsingFeit:
    begin = draw(st.dates(min_value=date(2017, 1, 1), max_value=date(2031, 12, 31)))
    lengte = draw(st.none() | st.integers(0, 500))
    einde = None if lengte is None else begin + timedelta(days=lengte)
    return SchorsingFeit(Period(begin, einde), draw(st.sampled_from(REDENEN)))


@st.composite
def feiten(draw: st.DrawFn) -> TrajectFeiten:
    begin = draw(st.dates(min_value=date(2016, 12, 1), max_value=date(2030, 12, 31)))
    einde = draw(st.none() | st.integers(0, 1200))
    mogelijk = st.none() | dagen
    return TrajectFeiten(
        begindatum=begin,
        einddatum=None if einde is None else begin + timedelta(days=einde),
        schorsingen=tuple(draw(st.lists(schorsingen(), max_size=4))),
        verlengingen=tuple(VerlengingFeit(dag) for dag in draw(st.lists(dagen, max_size=2))),
        evaluaties=tuple(EvaluatieFeit(dag) for dag in draw(st.lists(dagen, max_size=3))),
        beslist_op=draw(mogelijk),
        pwa_overeenkomst_op=draw(st.sampled_from([None, date(2017, 9, 30), date(2017, 10, 2)])),
        laatste_prestatie_op=draw(st.none() | st.dates(begin, date(2033, 1, 1))),
        tewerkstelling_begindatum=draw(mogelijk),
        uren_per_week=draw(st.sampled_from([None, Decimal(10), Decimal(12)])),
    )


@st.composite
def regelboeken(draw: st.DrawFn) -> tuple[RegelRij, ...]:
    """The seeded rules with other policies, and new versions of some durations."""
    regels = REGELS
    for klok in ("twe", "wijkwerken", "activeringstraject"):
        beleid = draw(st.sampled_from(Beleid))
        regels = veronderstel(regels, f"{klok}.schorsing_beleid", beleid.value)
    regels = (*regels, maak_regel("wijkwerken.schorsing_redenen", "ziekte", eenheid="lijst"))
    codes = st.sampled_from(["twe.max_maanden", "wijkwerken.max_maanden", "wop.max_duur"])
    for _ in range(draw(st.integers(0, 3))):
        extra = maak_regel(
            draw(codes),
            draw(st.integers(1, 40)),
            draw(dagen).isoformat(),
            overgang=draw(st.sampled_from(Overgang)),
            eigen=draw(st.booleans()),
        )
        regels = (*regels, extra)
    return regels


def controleer_som(termijn: Termijn) -> None:
    """Each line adds up to its day, and the last line to the day of the clock."""
    if termijn.uiterste_dag is None:
        assert termijn.reden_geen_einde
        return
    assert not termijn.reden_geen_einde
    assert termijn.uitleg[-1].dag == termijn.uiterste_dag
    vorige: date | None = None
    for regel in termijn.uitleg:
        maanden = re.match(r"\+ (\d+) (maand|jaren)", regel.tekst)
        if regel.dagen is not None:
            assert vorige is not None
            assert regel.dag == vorige + timedelta(days=regel.dagen)
        elif maanden and "die dag inbegrepen" not in regel.tekst and termijn.klok in KLOKKEN:
            assert vorige is not None
            aantal = int(maanden[1]) * (12 if maanden[2] == "jaren" else 1)
            assert regel.dag == last_day_of_months(vorige, aantal)
        vorige = regel.dag or vorige
    assert set(termijn.regels) == {regel.regel for regel in termijn.uitleg if regel.regel}


@pytest.mark.parametrize("klok", sorted(KLOKKEN))
@given(feiten(), regelboeken(), dagen)
def test_every_explanation_adds_up_to_its_day(
    klok: str, wat: TrajectFeiten, regels: Sequence[RegelRij], op: date
) -> None:
    termijnen = klok_for(klok)(wat, regels, op=op)
    assert len({termijn.klok for termijn in termijnen}) == len(termijnen)
    for termijn in termijnen:
        controleer_som(termijn)


@given(dagen, st.none() | dagen, st.none() | dagen, dagen)
def test_every_explanation_of_a_gpmi_adds_up(
    beslist: date, ontwerp: date | None, getekend: date | None, op: date
) -> None:
    wat = GpmiFeiten(beslissing_op=beslist, ontwerp_op=ontwerp, ondertekend_op=getekend)
    for termijn in gpmi.bereken(wat, REGELS, op=op):
        controleer_som(termijn)


@given(dagen, st.none() | dagen, st.none() | dagen, dagen)
def test_every_explanation_of_a_registration_adds_up(
    beslist: date, ingeschreven: date | None, recht_tot: date | None, op: date
) -> None:
    wat = VdabFeiten(beslissing_op=beslist, ingeschreven_op=ingeschreven, recht_tot=recht_tot)
    for termijn in vdab.bereken(wat, REGELS, op=op):
        controleer_som(termijn)


def _limiet(wat: TrajectFeiten, beleid: Beleid, op: date) -> date:
    regels = veronderstel(REGELS, "twe.schorsing_beleid", beleid.value)
    dag = twe.bereken(wat, regels, op=op)[0].uiterste_dag
    assert dag is not None
    return dag


starts = st.dates(min_value=date(2018, 1, 1), max_value=date(2029, 12, 31))


@given(starts, st.lists(schorsingen(), max_size=4), st.integers(1, 300), dagen)
def test_a_longer_suspension_never_shortens(
    start: date, items: list[SchorsingFeit], meer: int, op: date
) -> None:
    langer = [
        item
        if item.periode.end is None
        else replace(
            item, periode=Period(item.periode.begin, item.periode.end + timedelta(days=meer))
        )
        for item in items
    ]
    kort = TrajectFeiten(begindatum=start, schorsingen=tuple(items))
    lang = replace(kort, schorsingen=tuple(langer))
    assert _limiet(lang, Beleid.UNIE, op) >= _limiet(kort, Beleid.UNIE, op)


@given(starts, st.lists(schorsingen(), max_size=4), schorsingen(), dagen)
def test_one_more_suspension_never_shortens(
    start: date, items: list[SchorsingFeit], extra: SchorsingFeit, op: date
) -> None:
    zonder = TrajectFeiten(begindatum=start, schorsingen=tuple(items))
    met = replace(zonder, schorsingen=(*items, extra))
    for beleid in Beleid:
        assert _limiet(met, beleid, op) >= _limiet(zonder, beleid, op)


@given(starts, st.lists(schorsingen(), max_size=4), dagen)
def test_the_limit_leaves_exactly_the_days_of_the_term(
    start: date, items: list[SchorsingFeit], op: date
) -> None:
    """Outside the suspensions, as many days remain as the term has without any."""
    gesloten = [item for item in items if item.periode.end is not None]
    wat = TrajectFeiten(begindatum=start, schorsingen=tuple(gesloten))
    limiet = Period(start, _limiet(wat, Beleid.UNIE, op))
    geschorst = [deel for item in gesloten if (deel := item.periode.clip(limiet)) is not None]
    gewerkt = limiet.days - days_in_union(geschorst)
    assert gewerkt == Period(start, last_day_of_months(start, 24)).days


@given(starts, st.lists(schorsingen(), max_size=4), dagen)
def test_a_hard_cap_is_never_moved(start: date, items: list[SchorsingFeit], op: date) -> None:
    wat = TrajectFeiten(begindatum=start, schorsingen=tuple(items))
    assert _limiet(wat, Beleid.HARD_CAP, op) == last_day_of_months(start, 24)


@given(starts, st.lists(schorsingen(), max_size=4), dagen)
def test_the_order_of_entry_does_not_matter(
    start: date, items: list[SchorsingFeit], op: date
) -> None:
    wat = TrajectFeiten(begindatum=start, schorsingen=tuple(items))
    anders = replace(wat, schorsingen=tuple(reversed(items)))
    for beleid in Beleid:
        assert _limiet(wat, beleid, op) == _limiet(anders, beleid, op)


@given(starts, starts, st.lists(schorsingen(), max_size=3), dagen)
def test_a_day_later_seen_an_open_suspension_never_ends_earlier(
    start: date, van: date, items: list[SchorsingFeit], op: date
) -> None:
    wat = TrajectFeiten(
        begindatum=start, schorsingen=(*items, SchorsingFeit(Period(van), "ziekte"))
    )
    morgen = op + timedelta(days=1)
    assert _limiet(wat, Beleid.UNIE, morgen) >= _limiet(wat, Beleid.UNIE, op)


@given(feiten(), dagen)
def test_an_approved_extension_is_always_reached(wat: TrajectFeiten, op: date) -> None:
    termijn = twe.bereken(wat, REGELS, op=op)[0]
    if termijn.uiterste_dag is not None:
        for verlenging in wat.verlengingen:
            assert termijn.uiterste_dag >= verlenging.tot
