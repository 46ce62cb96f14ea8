"""The planner of evaluations: GPMI compliance (cases D6) and days when offices are open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trajecten.rules.regels import REGELS, D, maak_regel
from trajecten.rules.evaluatieplan import Voorstel, twe_opvolging, verdeel, volgens_termijn
from trajecten.rules.feiten import EvaluatieFeit, TrajectFeiten
from trajecten.rules.gpmi import Evaluatiestand, GpmiFeiten, evaluatiestand
from trajecten.rules.termijn import Soort, Uitlegregel, maak_termijn
from trajecten.rules.werkdagen import is_werkdag

KANTOOR, TELEFOON = True, False
D6A = [("2026-04-08", KANTOOR), ("2026-07-15", TELEFOON), ("2026-12-03", KANTOOR)]
D6B = [("2026-04-08", KANTOOR), ("2026-07-15", TELEFOON), ("2026-12-03", TELEFOON)]


def stand_van(gehouden: list[tuple[str, bool]], op: str, getekend: str = "2026-01-10"):
    feiten = GpmiFeiten(
        beslissing_op=D(getekend),
        ondertekend_op=D(getekend),
        evaluaties=tuple(EvaluatieFeit(D(dag), persoonlijk=hoe) for dag, hoe in gehouden),
    )
    stand = evaluatiestand(feiten, REGELS, op=D(op))
    assert isinstance(stand, Evaluatiestand)
    return stand


def voorstellen(gehouden: list[tuple[str, bool]], op: str, **more: str) -> tuple[Voorstel, ...]:
    return verdeel(stand_van(gehouden, op, **more), op=D(op))


def test_d6a_three_held_of_which_two_in_person_is_compliant() -> None:
    stand = stand_van(D6A, "2026-12-10")
    assert (stand.gehouden, stand.persoonlijk, stand.in_orde) == (3, 2, True)
    assert voorstellen(D6A, "2026-12-10") == ()


def test_d6b_one_in_person_is_not_compliant() -> None:
    stand = stand_van(D6B, "2026-12-10")
    assert (stand.gehouden, stand.persoonlijk, stand.in_orde) == (3, 1, False)
    (nog,) = voorstellen(D6B, "2026-12-10")
    assert nog.persoonlijk
    assert (nog.tegen, nog.uiterste) == (D("2027-01-09"), D("2027-01-09"))


def test_d6c_one_missing_is_due_on_the_anniversary() -> None:
    gehouden = D6A[:2]
    stand = stand_van(gehouden, "2026-12-01")
    assert (stand.ontbreekt, stand.ontbreekt_persoonlijk) == (1, 1)
    (nog,) = voorstellen(gehouden, "2026-12-01")
    assert (nog.uiterste, nog.persoonlijk) == (D("2027-01-09"), True)
    # The middle of what is left, Sunday 20 December, gives way to the nearest working day.
    assert nog.dag == D("2026-12-21")


def test_a_fresh_year_is_cut_in_three() -> None:
    dagen = voorstellen([], "2026-01-10")
    assert [item.tegen for item in dagen] == [D("2026-05-09"), D("2026-09-09"), D("2027-01-09")]
    assert [item.dag for item in dagen] == [D("2026-03-11"), D("2026-07-10"), D("2026-11-09")]
    assert [item.persoonlijk for item in dagen] == [True, True, False]


def test_a_day_that_stands_does_not_wander() -> None:
    """While nothing is held and the first part runs, the later days stay where they are."""
    eerst, later = voorstellen([], "2026-01-10"), voorstellen([], "2026-02-20")
    assert [item.dag for item in eerst[1:]] == [item.dag for item in later[1:]]


def test_a_part_without_an_evaluation_cuts_the_rest_anew() -> None:
    dagen = voorstellen([], "2026-06-01")
    assert [item.dag for item in dagen] == [D("2026-07-08"), D("2026-09-21"), D("2026-12-03")]
    assert dagen[-1].tegen == D("2027-01-09")


def test_what_was_held_early_fills_the_first_part() -> None:
    dagen = voorstellen([("2026-02-02", KANTOOR)], "2026-02-03")
    assert [item.dag for item in dagen] == [D("2026-07-10"), D("2026-11-09")]
    assert [item.persoonlijk for item in dagen] == [True, False]


@pytest.mark.parametrize(
    ("op", "dag"),
    [
        pytest.param("2027-01-07", "2027-01-08", id="Friday is left"),
        pytest.param("2027-01-08", None, id="only the Saturday is left"),
        pytest.param("2027-01-09", None, id="the last day itself, a Saturday"),
    ],
)
def test_the_last_days_of_the_year(op: str, dag: str | None) -> None:
    (nog,) = voorstellen(D6A[:2], op)
    assert nog.dag == (D(dag) if dag else None)
    assert nog.uiterste == D("2027-01-09")


def test_a_last_day_that_is_a_working_day_may_be_today() -> None:
    (nog,) = voorstellen(
        [("2026-04-08", KANTOOR), ("2026-07-15", KANTOOR)], "2027-01-10", getekend="2026-01-12"
    )
    assert nog.dag == D("2027-01-11")
    (nog,) = voorstellen(
        [("2026-04-08", KANTOOR), ("2026-07-15", KANTOOR)], "2027-01-11", getekend="2026-01-12"
    )
    assert nog.dag == D("2027-01-11")


@given(
    getekend=st.dates(date(2018, 1, 1), date(2027, 12, 31)),
    verstreken=st.integers(0, 364),
    gehouden=st.lists(st.tuples(st.integers(0, 364), st.booleans()), max_size=4),
)
def test_every_proposal_can_be_kept(getekend, verstreken, gehouden) -> None:
    op = getekend + timedelta(days=verstreken)
    feiten = GpmiFeiten(
        beslissing_op=getekend,
        ondertekend_op=getekend,
        evaluaties=tuple(
            EvaluatieFeit(getekend + timedelta(days=min(na, verstreken)), persoonlijk=hoe)
            for na, hoe in gehouden
        ),
    )
    stand = evaluatiestand(feiten, REGELS, op=op)
    assert stand is not None
    dagen = verdeel(stand, op=op)
    assert len(dagen) == stand.ontbreekt
    assert sum(item.persoonlijk for item in dagen) == stand.ontbreekt_persoonlijk
    gekozen = [item.dag for item in dagen if item.dag is not None]
    assert gekozen == sorted(set(gekozen)) or op == stand.jaar.end
    for dag in gekozen:
        assert is_werkdag(dag)
        assert op <= dag <= stand.jaar.end


def test_a_follow_up_of_a_twe_goes_by_the_policy_of_the_bestuur() -> None:
    feiten = TrajectFeiten(begindatum=D("2026-03-02"))
    eigen = maak_regel("twe.evaluatie_maanden", 3, "2026-01-01", eigen=True)
    op, limiet = D("2026-11-22"), D("2028-03-01")
    algemeen = twe_opvolging(feiten, REGELS, op=op, limiet=limiet)
    van_bestuur = twe_opvolging(feiten, (*REGELS, eigen), op=op, limiet=limiet)
    assert algemeen is not None
    assert van_bestuur is not None
    assert (algemeen.uiterste_dag, van_bestuur.uiterste_dag) == (D("2026-09-01"), D("2026-06-01"))
    assert not algemeen.blokkeert
    gehouden = TrajectFeiten(
        begindatum=D("2026-03-02"), evaluaties=(EvaluatieFeit(D("2026-08-30")),)
    )
    volgende = twe_opvolging(gehouden, REGELS, op=op, limiet=limiet)
    assert volgende is not None
    assert volgende.uiterste_dag == D("2027-03-01")


def test_without_a_rule_nothing_is_planned() -> None:
    feiten = TrajectFeiten(begindatum=D("2026-03-02"))
    assert twe_opvolging(feiten, (), op=D("2026-11-22"), limiet=None) is None


@pytest.mark.parametrize(
    ("tegen", "op", "dag"),
    [
        pytest.param("2027-02-10", "2026-11-22", "2027-01-26", id="halfway the days before"),
        pytest.param("2026-12-26", "2026-12-24", "2026-12-25", id="Christmas and a Saturday"),
        pytest.param("2026-11-01", "2026-11-10", "2026-11-12", id="late, a holiday tomorrow"),
    ],
)
def test_a_review_is_proposed_before_its_last_day(tegen: str, op: str, dag: str) -> None:
    termijn = maak_termijn(
        "ama", "Herbeoordeling", (Uitlegregel("Start", D(tegen)),), soort=Soort.HERBEOORDELING
    )
    gevonden = volgens_termijn(termijn, REGELS, op=D(op))
    assert gevonden is not None
    verwacht = None if tegen == "2026-12-26" else D(dag)
    assert (gevonden.dag, gevonden.tegen) == (verwacht, D(tegen))
