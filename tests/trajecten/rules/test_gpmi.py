"""GPMI and procedure: section D of the worked examples."""

from decimal import Decimal

import pytest

from tests.trajecten.rules.regels import REGELS, D
from trajecten.rules import gpmi, procedure
from trajecten.rules.feiten import EvaluatieFeit
from trajecten.rules.gpmi import GpmiFeiten
from trajecten.rules.klokken import zoek_termijn
from trajecten.rules.termijn import Soort

OP = D("2026-12-01")


@pytest.mark.parametrize(
    ("beslist", "dag", "waarschuwing"),
    [
        pytest.param("2026-02-10", "2026-05-10", "2026-05-08", id="D1 Sunday, warn on Friday"),
        pytest.param("2025-11-30", "2026-02-28", "2026-02-27", id="D2 clamped, a Saturday"),
        pytest.param("2026-02-01", "2026-05-01", "2026-04-30", id="Labour Day"),
        pytest.param("2026-01-06", "2026-04-06", "2026-04-03", id="Easter Monday"),
        pytest.param("2026-02-12", "2026-05-12", "2026-05-12", id="a working day"),
    ],
)
def test_sign_within_three_months(beslist: str, dag: str, waarschuwing: str) -> None:
    feiten = GpmiFeiten(beslissing_op=D(beslist))
    termijn = gpmi.bereken(feiten, REGELS, op=OP)[0]
    assert termijn.uiterste_dag == D(dag)
    assert termijn.waarschuw_op == D(waarschuwing)
    assert bool(termijn.opmerkingen) is (dag != waarschuwing)


def test_the_warning_names_the_day() -> None:
    zondag = gpmi.teken_tegen(GpmiFeiten(beslissing_op=D("2026-02-10")), REGELS)
    assert zondag.opmerkingen == ("10/05/2026 is een zondag: teken ten laatste op vr 8 mei.",)
    feest = gpmi.teken_tegen(GpmiFeiten(beslissing_op=D("2026-02-01")), REGELS)
    assert feest.opmerkingen == (
        "01/05/2026 is Dag van de Arbeid: teken ten laatste op do 30 april.",
    )


def test_five_full_days_to_think() -> None:
    """D3."""
    feiten = GpmiFeiten(beslissing_op=D("2026-02-01"), ontwerp_op=D("2026-02-10"))
    termijn = zoek_termijn(gpmi.bereken(feiten, REGELS, op=OP), "gpmi.bedenktijd")
    assert termijn is not None
    assert (termijn.soort, termijn.uiterste_dag) == (Soort.VROEGSTE, D("2026-02-16"))
    assert [regel.dag for regel in termijn.uitleg] == [
        D("2026-02-10"),
        D("2026-02-15"),
        D("2026-02-16"),
    ]


@pytest.mark.parametrize(("getekend", "te_vroeg"), [("2026-02-15", True), ("2026-02-16", False)])
def test_a_signature_before_the_days_to_think_is_flagged(getekend: str, *, te_vroeg: bool) -> None:
    feiten = GpmiFeiten(
        beslissing_op=D("2026-02-01"), ontwerp_op=D("2026-02-10"), ondertekend_op=D(getekend)
    )
    termijn = gpmi.teken_tegen(feiten, REGELS)
    assert termijn.uiterste_dag is None
    assert bool(termijn.opmerkingen) is te_vroeg


def test_a_late_signature_says_so() -> None:
    feiten = GpmiFeiten(beslissing_op=D("2026-02-10"), ondertekend_op=D("2026-05-11"))
    reden = gpmi.teken_tegen(feiten, REGELS).reden_geen_einde
    assert reden == "Ondertekend op 11/05/2026, na de laatste dag (10/05/2026)."


def test_the_subsidy_window_begins_with_the_month_of_the_signature() -> None:
    """D5."""
    termijn = gpmi.toelagevenster(D("2026-05-12"), REGELS)
    assert [regel.dag for regel in termijn.uitleg[1:]] == [D("2026-05-01"), D("2027-04-30")]
    assert (termijn.soort, termijn.uiterste_dag) == (Soort.VENSTER, D("2027-04-30"))


def test_from_2028_there_is_no_flat_subsidy() -> None:
    assert gpmi.toelagevenster(D("2028-01-01"), REGELS).uiterste_dag is None


def _getekend(*evaluaties: tuple[str, bool]) -> GpmiFeiten:
    return GpmiFeiten(
        beslissing_op=D("2026-01-05"),
        ondertekend_op=D("2026-01-10"),
        evaluaties=tuple(EvaluatieFeit(D(dag), persoonlijk) for dag, persoonlijk in evaluaties),
    )


@pytest.mark.parametrize(
    ("evaluaties", "op", "ontbreekt", "persoonlijk"),
    [
        pytest.param(
            (("2026-04-08", True), ("2026-07-15", False), ("2026-12-03", True)),
            "2026-12-31",
            0,
            0,
            id="D6a three, two in person",
        ),
        pytest.param(
            (("2026-04-08", True), ("2026-07-15", False), ("2026-12-03", False)),
            "2026-12-31",
            1,
            1,
            id="D6b three, one in person",
        ),
        pytest.param(
            (("2026-04-08", True), ("2026-07-15", True)), "2026-12-01", 1, 0, id="D6c two only"
        ),
        pytest.param((), "2026-02-01", 3, 2, id="none yet"),
        pytest.param(
            (("2026-04-08", True), ("2026-07-15", True), ("2026-12-03", True)),
            "2027-01-10",
            3,
            2,
            id="next year begins anew",
        ),
    ],
)
def test_evaluations_in_a_year(
    evaluaties: tuple[tuple[str, bool], ...], op: str, ontbreekt: int, persoonlijk: int
) -> None:
    stand = gpmi.evaluatiestand(_getekend(*evaluaties), REGELS, op=D(op))
    assert stand is not None
    assert (stand.ontbreekt, stand.ontbreekt_persoonlijk) == (ontbreekt, persoonlijk)
    assert stand.in_orde is (ontbreekt == 0)


def test_a_missing_evaluation_is_due_on_the_last_day_of_the_year() -> None:
    """D6c."""
    feiten = _getekend(("2026-04-08", True), ("2026-07-15", True))
    termijn = zoek_termijn(gpmi.bereken(feiten, REGELS, op=OP), "gpmi.evaluatie")
    assert termijn is not None
    assert termijn.uiterste_dag == D("2027-01-09")
    assert termijn.opmerkingen == ("Nog 1 evaluatie te houden.",)


def test_an_unsigned_gpmi_has_no_evaluations() -> None:
    feiten = GpmiFeiten(beslissing_op=D("2026-01-05"))
    assert gpmi.evaluatiestand(feiten, REGELS, op=OP) is None
    assert gpmi.evaluaties_tegen(feiten, REGELS, op=OP).uiterste_dag is None


def test_an_ended_gpmi_asks_nothing_more() -> None:
    feiten = GpmiFeiten(
        beslissing_op=D("2026-01-05"), ondertekend_op=D("2026-01-10"), einddatum=D("2026-10-01")
    )
    assert gpmi.evaluaties_tegen(feiten, REGELS, op=OP).uiterste_dag is None


@pytest.mark.parametrize(
    ("laatste", "toegekend", "verplicht"),
    [
        pytest.param("2026-01-31", "2026-04-20", False, id="D7 under three months"),
        pytest.param("2026-01-31", "2026-05-10", True, id="D7 over three months"),
        pytest.param("2026-01-31", "2026-04-30", False, id="last day of three months"),
        pytest.param("2026-01-31", "2026-05-01", True, id="three full months"),
        pytest.param(None, "2026-05-01", True, id="never had a right"),
    ],
)
def test_when_a_gpmi_is_a_duty(laatste: str | None, toegekend: str, *, verplicht: bool) -> None:
    eerder = D(laatste) if laatste else None
    assert procedure.gpmi_verplicht(eerder, D(toegekend), REGELS) is verplicht


def test_when_a_sanction_may_begin() -> None:
    """D8."""
    sanctie = procedure.sanctievenster(D("2026-04-14"), D("2026-04-20"), REGELS)
    assert sanctie.start.begin == D("2026-04-21")
    assert sanctie.start.end == D("2026-07-01")
    assert sanctie.max_maanden == 1


@pytest.mark.parametrize(("vorige", "maanden"), [("2025-04-15", 3), ("2025-04-14", 1)])
def test_a_repeated_breach_within_a_year_weighs_more(vorige: str, maanden: int) -> None:
    """D8, repeat."""
    sanctie = procedure.sanctievenster(
        D("2026-04-14"), D("2026-04-20"), REGELS, vorige_inbreuk_op=D(vorige)
    )
    assert sanctie.max_maanden == maanden


def test_when_a_decision_is_reported() -> None:
    """D9."""
    termijnen = procedure.meldtermijnen(D("2026-03-10"), REGELS)
    assert termijnen.melden_tegen == D("2026-04-08")
    assert termijnen.verlies_vanaf == D("2026-05-15")


@pytest.mark.parametrize(
    ("aandeel", "procent"),
    [
        pytest.param("80", "15", id="D10 eighty"),
        pytest.param("60", "12.5", id="D10 exactly sixty"),
        pytest.param("59.9", "10", id="D10 just under sixty"),
        pytest.param("0", "5", id="none"),
    ],
)
def test_the_subsidy_by_share_from_2028(aandeel: str, procent: str) -> None:
    gevonden = procedure.toelagepercentage(Decimal(aandeel), REGELS, op=D("2028-06-30"))
    assert gevonden == Decimal(procent)
