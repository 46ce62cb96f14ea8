"""The other instruments, what may begin, and the days after the end: O6, O9, O10."""

import pytest

from tests.trajecten.rules.regels import REGELS, D, geschorst, maak_regel
from trajecten.reference import instrument_rijen
from trajecten.rules.feiten import TrajectFeiten, VerlengingFeit
from trajecten.rules.instrumenten import beoordeel_start
from trajecten.rules.klokken import klok_for, zoek_termijn
from trajecten.rules.nazorg import meetdagen
from trajecten.rules.termijn import Soort, Zekerheid

OP = D("2026-11-22")
INSTRUMENTEN = instrument_rijen()


@pytest.mark.parametrize(
    ("klok", "start", "dag"),
    [
        pytest.param("lde", "2022-09-01", "2027-08-31", id="O9 five years"),
        pytest.param("activeringsstage", "2022-12-31", "2023-06-30", id="O10 last start"),
        pytest.param("bvs", "2022-03-01", "2022-03-30", id="30 calendar days"),
        pytest.param("wop", "2026-01-01", "2030-12-31", id="WOP 5 years"),
        pytest.param("imw_2", "2026-11-15", "2028-09-30", id="IMW 2 years from the quarter"),
        pytest.param("imw_5", "2026-11-15", "2031-09-30", id="IMW 5 years, 20 quarters"),
        pytest.param("ibo", "2026-03-01", "2026-08-31", id="IBO 6 months"),
        pytest.param("k_ibo", "2026-03-01", "2027-02-28", id="K-IBO 12 months"),
        pytest.param("art60_privaat", "2025-08-31", "2026-02-28", id="A10 private firm"),
        pytest.param("gemeenschapsdienst", "2026-03-01", "2026-08-31", id="6 months"),
        pytest.param("art61", "2026-03-01", "2027-02-28", id="artikel 61, unconfirmed"),
    ],
)
def test_the_last_day_of_other_instruments(klok: str, start: str, dag: str) -> None:
    termijn = klok_for(klok)(TrajectFeiten(begindatum=D(start)), REGELS, op=OP)[0]
    assert termijn.uiterste_dag == D(dag)
    assert termijn.uitleg[-1].dag == D(dag)


def test_an_unconfirmed_term_warns_and_never_blocks() -> None:
    (termijn,) = klok_for("art61")(TrajectFeiten(begindatum=D("2026-03-01")), REGELS, op=OP)
    assert termijn.zekerheid is Zekerheid.LAAG
    assert not termijn.blokkeert


def test_the_sixth_year_of_lde_is_an_extension() -> None:
    feiten = TrajectFeiten(
        begindatum=D("2022-09-01"), verlengingen=(VerlengingFeit(D("2028-08-31")),)
    )
    assert klok_for("lde")(feiten, REGELS, op=OP)[0].uiterste_dag == D("2028-08-31")


def test_imw_counts_from_the_quarter_of_the_decision_and_can_be_renewed() -> None:
    feiten = TrajectFeiten(begindatum=D("2027-01-04"), beslist_op=D("2026-12-10"))
    termijnen = klok_for("imw_5")(feiten, REGELS, op=OP)
    verlenging = zoek_termijn(termijnen, "imw_5.verlenging")
    assert termijnen[0].uiterste_dag == D("2031-09-30")
    assert verlenging is not None
    assert (verlenging.soort, verlenging.uiterste_dag) == (Soort.VROEGSTE, D("2030-10-01"))
    assert len(klok_for("imw_2")(feiten, REGELS, op=OP)) == 1


def test_a_short_ibo_is_flagged() -> None:
    feiten = TrajectFeiten(begindatum=D("2026-03-02"), einddatum=D("2026-03-20"))
    (termijn,) = klok_for("ibo")(feiten, REGELS, op=OP)
    assert termijn.opmerkingen == (
        "Stopt op 20/03/2026: < 1 maand (vroegste gewone einde 01/04/2026).",
    )


def test_an_instrument_without_a_term_says_so() -> None:
    (termijn,) = klok_for("geen")(TrajectFeiten(begindatum=D("2026-03-02")), REGELS, op=OP)
    assert termijn.uiterste_dag is None
    assert termijn.reden_geen_einde == "Voor dit instrument is geen wettelijke duur gekend."


NIEUW = (
    maak_regel("zandloper.max_duur", 24, "2027-01-01"),
    maak_regel("zandloper.evaluatie_maanden", 4, "2027-01-01"),
)


def test_an_instrument_of_later_gets_its_clock_from_rows_alone() -> None:
    feiten = TrajectFeiten(begindatum=D("2027-01-04"))
    limiet, evaluatie = klok_for("zandloper")(feiten, (*REGELS, *NIEUW), op=D("2027-01-04"))
    assert (limiet.klok, limiet.uiterste_dag) == ("zandloper", D("2029-01-03"))
    assert (evaluatie.klok, evaluatie.uiterste_dag) == ("zandloper.evaluatie", D("2027-05-03"))


def test_an_instrument_of_later_without_rows_says_so() -> None:
    feiten = TrajectFeiten(begindatum=D("2027-01-04"))
    (termijn,) = klok_for("zandloper")(feiten, REGELS, op=D("2027-01-04"))
    assert termijn.uiterste_dag is None
    assert termijn.reden_geen_einde == "Er is geen regel over de duur van een start op 04/01/2027."


@pytest.mark.parametrize(
    ("code", "start", "mag", "voorstel"),
    [
        pytest.param("lde", "2023-06-30", True, "", id="O9 last day of LDE"),
        pytest.param("lde", "2023-07-01", False, "imw_5", id="O9 LDE is closed"),
        pytest.param(
            "activeringsstage", "2023-01-15", False, "werkervaringsstage", id="O10 closed"
        ),
        pytest.param("bvs", "2023-01-01", False, "werkervaringsstage", id="BVS closed"),
        pytest.param("werkervaringsstage", "2022-12-31", False, "", id="not yet"),
        pytest.param("werkervaringsstage", "2023-01-01", True, "", id="first day"),
        pytest.param("samenlevingsjob", "2026-11-22", False, "", id="only announced"),
        pytest.param("gemeenschapsdienst_gpmi", "2017-01-01", False, "", id="annulled"),
        pytest.param("twe", "2026-11-22", True, "", id="open"),
    ],
)
def test_what_may_begin(code: str, start: str, voorstel: str, *, mag: bool) -> None:
    oordeel = beoordeel_start(INSTRUMENTEN[code], D(start), INSTRUMENTEN)
    assert (oordeel.mag, oordeel.voorstel) == (mag, voorstel)
    assert bool(oordeel.reden) is not mag


def test_a_closed_instrument_names_its_successor() -> None:
    oordeel = beoordeel_start(INSTRUMENTEN["activeringsstage"], D("2023-01-15"), INSTRUMENTEN)
    assert oordeel.reden == (
        "Activeringsstage is gesloten: de laatste startdag was 31/12/2022. Kies Werkervaringsstage."
    )


def test_the_days_to_measure_after_the_end() -> None:
    """O6."""
    metingen = meetdagen(D("2026-08-31"), REGELS)
    assert [(meting.maanden, meting.dag) for meting in metingen] == [
        (0, D("2026-09-01")),
        (1, D("2026-10-01")),
        (3, D("2026-12-01")),
        (6, D("2027-03-01")),
        (12, D("2027-09-01")),
    ]


@pytest.mark.parametrize("klok", ["lde", "wop", "ibo"])
def test_what_a_suspension_does_is_unsure_so_the_limit_only_warns(klok: str) -> None:
    feiten = TrajectFeiten(
        begindatum=D("2023-03-01"), schorsingen=(geschorst("2023-04-01", "2023-04-30"),)
    )
    termijn = klok_for(klok)(feiten, REGELS, op=OP)[0]
    assert termijn.zekerheid is Zekerheid.LAAG
    assert not termijn.blokkeert
