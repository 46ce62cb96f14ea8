"""Activeringstraject and AMA: T6 and O1 to O4."""

from decimal import Decimal

import pytest

from tests.trajecten.rules.regels import REGELS, D, maak_regel
from trajecten.rules import activeringstraject, ama
from trajecten.rules.feiten import EvaluatieFeit, TrajectFeiten
from trajecten.rules.klokken import klok_for, zoek_termijn
from trajecten.rules.termijn import Soort, Zekerheid

OP = D("2026-11-22")


def test_an_activeringstraject_lasts_three_to_eighteen_months() -> None:
    """T6."""
    feiten = TrajectFeiten(begindatum=D("2026-09-15"))
    termijnen = activeringstraject.bereken(feiten, REGELS, op=OP)
    minimum = zoek_termijn(termijnen, "activeringstraject.minimum")
    evaluatie = zoek_termijn(termijnen, "activeringstraject.evaluatie")
    assert termijnen[0].uiterste_dag == D("2028-03-14")
    assert termijnen[0].opmerkingen == ()
    assert minimum is not None
    assert (minimum.soort, minimum.uiterste_dag) == (Soort.VROEGSTE, D("2026-12-14"))
    assert evaluatie is not None
    assert evaluatie.uiterste_dag == D("2026-12-14")


@pytest.mark.parametrize(
    ("einde", "opmerkingen"),
    [
        pytest.param(
            "2026-11-30",
            ("Stopt op 30/11/2026: < 3 maanden (vroegste gewone einde 14/12/2026).",),
            id="T6 too early, flagged",
        ),
        pytest.param("2026-12-14", (), id="T6 earliest regular end"),
    ],
)
def test_an_early_stop_is_allowed_but_flagged(einde: str, opmerkingen: tuple[str, ...]) -> None:
    feiten = TrajectFeiten(begindatum=D("2026-09-15"), einddatum=D(einde))
    limiet = activeringstraject.bereken(feiten, REGELS, op=OP)[0]
    assert limiet.uiterste_dag == D("2028-03-14")
    assert limiet.opmerkingen == opmerkingen


def test_a_planned_early_stop_is_flagged_too() -> None:
    feiten = TrajectFeiten(begindatum=D("2026-09-15"), geplande_einddatum=D("2026-10-31"))
    assert "< 3 maanden" in activeringstraject.bereken(feiten, REGELS, op=OP)[0].opmerkingen[0]


@pytest.mark.parametrize("klok", ["ama_welzijn", "ama_se"])
def test_ama_is_reviewed_each_year(klok: str) -> None:
    """O2."""
    (termijn,) = klok_for(klok)(TrajectFeiten(begindatum=D("2026-04-01")), REGELS, op=OP)
    assert termijn.uiterste_dag == D("2027-03-31")
    assert termijn.soort is Soort.HERBEOORDELING


def test_the_next_review_counts_from_the_last_one() -> None:
    feiten = TrajectFeiten(begindatum=D("2026-04-01"), evaluaties=(EvaluatieFeit(D("2027-03-15")),))
    (termijn,) = ama.bereken(feiten, REGELS, op=OP)
    assert termijn.uiterste_dag == D("2028-03-14")


def test_no_review_after_the_end() -> None:
    feiten = TrajectFeiten(begindatum=D("2026-04-01"), einddatum=D("2026-12-31"))
    (termijn,) = ama.bereken(feiten, REGELS, op=OP)
    assert termijn.uiterste_dag is None
    assert "31/12/2026" in termijn.reden_geen_einde


def test_an_old_ama_is_reviewed_under_the_rule_of_today() -> None:
    feiten = TrajectFeiten(begindatum=D("2019-05-01"))
    (termijn,) = ama.bereken(feiten, REGELS, op=OP)
    assert termijn.uiterste_dag == D("2020-04-30")


@pytest.mark.parametrize(
    ("uren", "genoeg", "voorstel"),
    [
        pytest.param("10", False, "ama_welzijn", id="O1 ten hours"),
        pytest.param("11.5", False, "ama_welzijn", id="just under"),
        pytest.param("12", True, "", id="exactly twelve"),
    ],
)
def test_ama_in_the_social_economy_asks_twelve_hours(
    uren: str, voorstel: str, *, genoeg: bool
) -> None:
    oordeel = ama.beoordeel_uren(Decimal(uren), REGELS, op=OP)
    assert oordeel is not None
    assert (oordeel.genoeg, oordeel.blokkeert, oordeel.voorstel) == (genoeg, not genoeg, voorstel)
    feiten = TrajectFeiten(begindatum=D("2026-04-01"), uren_per_week=Decimal(uren))
    (termijn,) = klok_for("ama_se")(feiten, REGELS, op=OP)
    assert bool(termijn.opmerkingen) is not genoeg


def test_an_unsure_rule_about_hours_only_warns() -> None:
    onzeker = maak_regel("ama_se.min_uren_week", 12, eenheid="uren", zekerheid=Zekerheid.LAAG)
    oordeel = ama.beoordeel_uren(Decimal(10), [onzeker], op=OP)
    assert oordeel is not None
    assert not oordeel.genoeg
    assert not oordeel.blokkeert


def test_a_recognition_ends_and_reminds_twice() -> None:
    """O3."""
    erkenning = ama.bereken_erkenning(D("2024-01-01"), REGELS)
    assert erkenning.termijn.uiterste_dag == D("2028-12-31")
    assert erkenning.herinnering_op == D("2028-07-01")
    assert erkenning.vroege_herinnering_op == D("2028-05-01")


def test_a_request_for_recognition_is_answered_twice() -> None:
    """O4."""
    termijnen = ama.bereken_aanvraag(D("2026-09-01"), REGELS)
    assert termijnen.ontvankelijk_tegen == D("2026-10-01")
    assert termijnen.beslist_tegen == D("2026-11-15")
