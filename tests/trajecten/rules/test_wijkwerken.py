"""Wijk-werken: T1 to T5 and T7 to T10."""

import pytest

from tests.trajecten.rules.regels import REGELS, D, geschorst, maak_regel
from trajecten.rules import wijkwerken
from trajecten.rules.feiten import EvaluatieFeit, TrajectFeiten
from trajecten.rules.klokken import zoek_termijn
from trajecten.rules.termijn import Overgang, RegelRij, Termijn, veronderstel
from trajecten.rules.verloop import Grens, Verloop, grens_op, verloop_op

OP = D("2026-11-22")


def evaluatie(termijnen: tuple[Termijn, ...]) -> Termijn:
    gevonden = zoek_termijn(termijnen, "wijkwerken.evaluatie")
    assert gevonden is not None
    return gevonden


@pytest.mark.parametrize(
    ("start", "zes", "twaalf"),
    [
        pytest.param("2026-02-10", "2026-08-09", "2027-02-09", id="T1 plain"),
        pytest.param("2026-03-01", "2026-08-31", "2027-02-28", id="T2 first of month"),
        pytest.param("2026-08-31", "2027-02-28", "2027-08-30", id="T3 clamp"),
        pytest.param("2028-02-29", "2028-08-28", "2029-02-28", id="T4 leap start"),
        pytest.param("2026-11-30", "2027-05-29", "2027-11-29", id="T5 clamp at 3 months only"),
    ],
)
def test_last_day_and_review(start: str, zes: str, twaalf: str) -> None:
    termijnen = wijkwerken.bereken(TrajectFeiten(begindatum=D(start)), REGELS, op=OP)
    assert termijnen[0].uiterste_dag == D(twaalf)
    assert evaluatie(termijnen).uiterste_dag == D(zes)


@pytest.mark.parametrize(
    ("beleid", "verwacht"),
    [
        pytest.param("hard_cap", "2027-02-28", id="T7 does not extend"),
        pytest.param("extend_by_union_days", "2027-04-16", id="T7 extends by 47 days"),
    ],
)
def test_a_suspension_extends_when_the_switch_says_so(beleid: str, verwacht: str) -> None:
    feiten = TrajectFeiten(
        begindatum=D("2026-03-01"), schorsingen=(geschorst("2026-06-15", "2026-07-31"),)
    )
    regels = veronderstel(REGELS, "wijkwerken.schorsing_beleid", beleid)
    assert wijkwerken.bereken(feiten, regels, op=OP)[0].uiterste_dag == D(verwacht)


def test_one_review_suffices_for_twelve_months() -> None:
    feiten = TrajectFeiten(begindatum=D("2026-02-10"), evaluaties=(EvaluatieFeit(D("2026-07-30")),))
    termijn = evaluatie(wijkwerken.bereken(feiten, REGELS, op=OP))
    assert termijn.uiterste_dag is None
    assert "30/07/2026" in termijn.reden_geen_einde


PWA = TrajectFeiten(
    begindatum=D("2018-01-02"),
    pwa_overeenkomst_op=D("2017-09-30"),
    laatste_prestatie_op=D("2025-11-20"),
)


def test_a_right_from_pwa_has_no_end_but_a_review_every_six_months() -> None:
    """T8, seen while the right still lives."""
    op = D("2026-11-20")
    termijnen = wijkwerken.bereken(PWA, REGELS, op=op)
    limiet, verval = termijnen[0], zoek_termijn(termijnen, "wijkwerken.verval")
    assert limiet.uiterste_dag is None
    assert "Overgangsrecht uit PWA" in limiet.reden_geen_einde
    assert verval is not None
    assert verval.uiterste_dag == D("2026-11-20")
    assert verval.waarschuw_op == D("2026-09-21")
    assert evaluatie(termijnen).uiterste_dag == D("2027-01-01")


def test_no_end_date_is_neither_expired_nor_safe() -> None:
    op = D("2026-11-20")
    limiet = wijkwerken.bereken(PWA, REGELS, op=op)[0]
    assert grens_op(limiet, op=op) is Grens.GEEN_EINDE
    assert verloop_op(PWA, limiet, op=op) is Verloop.LOPEND


def test_the_right_from_pwa_lapses_after_twelve_idle_months() -> None:
    """T8, the day after the idle year."""
    op = D("2026-11-21")
    (limiet,) = wijkwerken.bereken(PWA, REGELS, op=op)
    assert limiet.uiterste_dag == D("2026-11-20")
    assert limiet.uitleg[-1].dag == D("2026-11-20")
    assert "vanaf 21/11/2026 is een nieuw traject" in limiet.opmerkingen[0]
    assert verloop_op(PWA, limiet, op=op) is Verloop.OVER_LIMIET


@pytest.mark.parametrize(
    ("prestatie", "behoudt"),
    [
        pytest.param("2026-11-20", True, id="T8 an hour on the last day keeps the right"),
        pytest.param("2026-11-21", False, id="T8 an hour a day later does not"),
    ],
)
def test_an_hour_keeps_the_right_alive(prestatie: str, *, behoudt: bool) -> None:
    assert wijkwerken.behoudt_overgangsrecht(D("2025-11-20"), D(prestatie), REGELS) is behoudt


def test_after_the_lapse_a_new_traject_counts_twelve_months() -> None:
    """T8: the hour of 21 November 2026 begins one."""
    nieuw = TrajectFeiten(begindatum=D("2026-11-21"), pwa_overeenkomst_op=D("2017-09-30"))
    assert wijkwerken.bereken(nieuw, REGELS, op=OP)[0].uiterste_dag == D("2027-11-20")


def test_without_known_hours_the_right_does_not_lapse_silently() -> None:
    feiten = TrajectFeiten(begindatum=D("2018-01-02"), pwa_overeenkomst_op=D("2017-09-30"))
    limiet, verval, _ = wijkwerken.bereken(feiten, REGELS, op=OP)
    assert limiet.uiterste_dag is None
    assert "niet gekend" in verval.reden_geen_einde


def test_a_later_pwa_agreement_gives_no_right() -> None:
    """T9: signed two days late."""
    feiten = TrajectFeiten(begindatum=D("2018-01-02"), pwa_overeenkomst_op=D("2017-10-02"))
    assert wijkwerken.bereken(feiten, REGELS, op=OP)[0].uiterste_dag == D("2019-01-01")


def _achttien(overgang: Overgang, *, eigen: bool) -> tuple[RegelRij, ...]:
    regel = maak_regel("wijkwerken.max_maanden", 18, "2027-01-01", overgang=overgang, eigen=eigen)
    return (*REGELS, regel)


@pytest.mark.parametrize("eigen", [True, False], ids=["own row", "general row"])
@pytest.mark.parametrize("op", ["2026-11-22", "2027-01-01", "2028-01-01"])
@pytest.mark.parametrize(
    ("overgang", "verwacht"),
    [
        pytest.param(Overgang.OOK_LOPENDE, "2027-08-09", id="T10 running files too"),
        pytest.param(Overgang.NIEUWE_STARTS, "2027-02-09", id="T10 new starts only"),
    ],
)
def test_a_new_version_of_the_rule(
    overgang: Overgang, verwacht: str, op: str, *, eigen: bool
) -> None:
    regels = _achttien(overgang, eigen=eigen)
    feiten = TrajectFeiten(begindatum=D("2026-02-10"))
    termijn = wijkwerken.bereken(feiten, regels, op=D(op))[0]
    assert termijn.uiterste_dag == D(verwacht)


def test_a_new_version_counts_for_who_starts_under_it() -> None:
    regels = _achttien(Overgang.NIEUWE_STARTS, eigen=True)
    feiten = TrajectFeiten(begindatum=D("2027-01-01"))
    termijn = wijkwerken.bereken(feiten, regels, op=OP)[0]
    assert termijn.uiterste_dag == D("2028-06-30")


@pytest.mark.parametrize(
    ("start", "verwacht"),
    [
        pytest.param("2026-01-01", "2026-12-31", id="ended the day before the new rule"),
        pytest.param("2026-01-02", "2027-07-01", id="last day is the first of the new rule"),
        pytest.param("2025-01-02", "2026-01-01", id="long past"),
    ],
)
def test_a_traject_past_its_limit_is_not_revived(start: str, verwacht: str) -> None:
    regels = _achttien(Overgang.OOK_LOPENDE, eigen=False)
    termijn = wijkwerken.bereken(TrajectFeiten(begindatum=D(start)), regels, op=D("2027-03-01"))[0]
    assert termijn.uiterste_dag == D(verwacht)


def test_a_traject_that_ended_keeps_the_limit_it_had() -> None:
    regels = _achttien(Overgang.OOK_LOPENDE, eigen=False)
    feiten = TrajectFeiten(begindatum=D("2026-02-10"), einddatum=D("2026-12-31"))
    termijn = wijkwerken.bereken(feiten, regels, op=D("2027-03-01"))[0]
    assert termijn.uiterste_dag == D("2027-02-09")


def test_a_shorter_rule_never_reaches_back_before_it_began() -> None:
    korter = maak_regel("wijkwerken.max_maanden", 6, "2026-12-01", overgang=Overgang.OOK_LOPENDE)
    feiten = TrajectFeiten(begindatum=D("2026-02-10"))
    termijn = wijkwerken.bereken(feiten, (*REGELS, korter), op=OP)[0]
    assert termijn.uiterste_dag == D("2026-11-30")
    assert termijn.uitleg[-1].dag == D("2026-11-30")
    assert "korter" in termijn.opmerkingen[-1]


def test_with_eighteen_months_there_is_a_second_review() -> None:
    regels = _achttien(Overgang.OOK_LOPENDE, eigen=False)
    feiten = TrajectFeiten(begindatum=D("2026-02-10"), evaluaties=(EvaluatieFeit(D("2026-08-01")),))
    termijn = evaluatie(wijkwerken.bereken(feiten, regels, op=OP))
    assert termijn.uiterste_dag == D("2027-02-09")
