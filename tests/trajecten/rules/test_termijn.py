"""Picking rules, what-if, state and phases."""

from dataclasses import replace
from datetime import date

import pytest

from tests.trajecten.rules.regels import REGELS, D, geschorst, maak_regel
from trajecten.rules import twe
from trajecten.rules.fasen import Drempels, Fase, drempels
from trajecten.rules.feiten import SchorsingFeit, TrajectFeiten
from trajecten.rules.termijn import (
    Overgang,
    RegelOntbreekt,
    RegelRij,
    Termijn,
    Uitlegregel,
    Zekerheid,
    geldige_regel,
    kies_regel,
    maak_termijn,
    veronderstel,
    zoek_regel,
    zonder_einde,
    zwakste,
)
from trajecten.rules.vergelijking import vergelijk
from trajecten.rules.verloop import Grens, Verloop, grens_op, verloop_op

OP = D("2026-11-22")
OUD = maak_regel("x.duur", 12, "2018-01-01", tot="2026-12-31")
NIEUW = maak_regel("x.duur", 18, "2027-01-01")
LOPEND = replace(NIEUW, overgang=Overgang.OOK_LOPENDE)
EIGEN = replace(OUD, waarde="9", eigen=True)
EIGEN_LATER = replace(LOPEND, waarde="24", eigen=True)


@pytest.mark.parametrize(
    ("regels", "start", "op", "waarde"),
    [
        pytest.param([OUD, NIEUW], "2026-06-01", "2027-06-01", "12", id="rule of the start"),
        pytest.param([OUD, NIEUW], "2026-12-31", "2026-12-31", "12", id="last day of the old"),
        pytest.param([OUD, NIEUW], "2027-01-01", "2027-01-01", "18", id="first day of the new"),
        pytest.param([OUD, LOPEND], "2026-06-01", "2026-12-31", "12", id="not yet begun"),
        pytest.param([OUD, LOPEND], "2026-06-01", "2027-01-01", "18", id="running files too"),
        pytest.param([OUD, EIGEN], "2026-06-01", "2026-06-01", "9", id="own row wins"),
        pytest.param([EIGEN, OUD, LOPEND], "2026-06-01", "2027-06-01", "9", id="own row stays"),
        pytest.param(
            [OUD, LOPEND, EIGEN_LATER], "2026-06-01", "2027-06-01", "24", id="own row begins"
        ),
        pytest.param([NIEUW], "2026-06-01", "2027-06-01", None, id="no row on the start"),
        pytest.param([LOPEND], "2026-06-01", "2027-06-01", "18", id="first rule ever"),
    ],
)
def test_which_row_applies(regels: list[RegelRij], start: str, op: str, waarde: str | None) -> None:
    gevonden = zoek_regel(regels, "x.duur", start=D(start), op=D(op))
    assert (gevonden.waarde if gevonden else None) == waarde


def test_a_missing_rule_names_code_and_day() -> None:
    with pytest.raises(RegelOntbreekt, match=r"“x\.duur” die geldt op 01/06/2017"):
        kies_regel([OUD], "x.duur", start=D("2017-06-01"), op=OP)
    with pytest.raises(RegelOntbreekt):
        geldige_regel([OUD], "y.duur", op=OP)


def test_the_weakest_rule_decides_how_sure_we_are() -> None:
    hoog = maak_regel("a.b", 1, zekerheid=Zekerheid.HOOG)
    laag = maak_regel("a.c", 1, zekerheid=Zekerheid.LAAG)
    assert zwakste([hoog]) is Zekerheid.HOOG
    assert zwakste([hoog, maak_regel("a.d", 1)]) is Zekerheid.MIDDEN
    assert zwakste([hoog, laag]) is Zekerheid.LAAG
    assert zwakste([]) is Zekerheid.LAAG


def test_a_sum_without_a_last_day_is_no_sum() -> None:
    with pytest.raises(ValueError, match="last line"):
        maak_termijn("x", "X", [Uitlegregel("Zonder dag")])


def _twe(*schorsingen: SchorsingFeit) -> Termijn:
    feiten = TrajectFeiten(begindatum=D("2026-03-02"), schorsingen=schorsingen)
    regels = veronderstel(REGELS, "twe.schorsing_beleid", "extend_by_union_days")
    return twe.bereken(feiten, regels, op=OP)[0]


@pytest.mark.parametrize(
    ("schorsing", "dagen", "zin"),
    [
        pytest.param(
            (geschorst("2026-07-01", "2026-09-30"),),
            92,
            "De uiterste dag schuift 92 dagen op: van 01/03/2028 naar 01/06/2028.",
            id="closed",
        ),
        pytest.param(
            (geschorst("2026-11-22"),),
            1,
            "De uiterste dag schuift 1 dag op: van 01/03/2028 naar ten vroegste 02/03/2028.",
            id="open",
        ),
        pytest.param((), 0, "De uiterste dag blijft 01/03/2028.", id="nothing assumed"),
    ],
)
def test_what_if_a_suspension(schorsing: tuple[SchorsingFeit, ...], dagen: int, zin: str) -> None:
    verschil = vergelijk(_twe(), _twe(*schorsing))
    assert (verschil.dagen, verschil.zin) == (dagen, zin)


def test_what_if_the_rule_changes() -> None:
    feiten = TrajectFeiten(begindatum=D("2026-03-02"))
    nu = twe.bereken(feiten, REGELS, op=OP)[0]
    dan = twe.bereken(feiten, veronderstel(REGELS, "twe.max_maanden", "18"), op=OP)[0]
    assert vergelijk(nu, dan).zin == (
        "De uiterste dag komt 182 dagen vroeger: van 01/03/2028 naar 01/09/2027."
    )


def test_what_if_there_is_no_day_to_compare() -> None:
    dag, geen = _twe(), zonder_einde("twe", "TWE", "Geen einde.")
    assert vergelijk(geen, dag).zin == "De uiterste dag wordt 01/03/2028; nu is er geen."
    assert vergelijk(dag, geen).zin == "De uiterste dag 01/03/2028 vervalt. Geen einde."
    assert vergelijk(geen, geen).dagen is None


@pytest.mark.parametrize(
    ("op", "einde", "verloop"),
    [
        pytest.param("2026-03-01", None, Verloop.GEPLAND, id="day before the start"),
        pytest.param("2026-03-02", None, Verloop.LOPEND, id="first day"),
        pytest.param("2026-07-01", None, Verloop.GESCHORST, id="first suspended day"),
        pytest.param("2026-09-30", None, Verloop.GESCHORST, id="last suspended day"),
        pytest.param("2026-10-01", None, Verloop.LOPEND, id="back"),
        pytest.param("2028-03-01", None, Verloop.LOPEND, id="last permitted day"),
        pytest.param("2028-03-02", None, Verloop.OVER_LIMIET, id="one day over"),
        pytest.param("2026-05-31", "2026-05-31", Verloop.LOPEND, id="real last day"),
        pytest.param("2026-06-01", "2026-05-31", Verloop.BEEINDIGD, id="day after the end"),
        pytest.param("2028-05-01", "2026-05-31", Verloop.BEEINDIGD, id="ended before over"),
    ],
)
def test_the_state_on_a_day(op: str, einde: str | None, verloop: Verloop) -> None:
    feiten = TrajectFeiten(
        begindatum=D("2026-03-02"),
        einddatum=D(einde) if einde else None,
        schorsingen=(geschorst("2026-07-01", "2026-09-30"),),
    )
    limiet = twe.bereken(feiten, REGELS, op=D(op))[0]
    assert verloop_op(feiten, limiet, op=D(op)) is verloop


def test_suspended_and_over_the_limit_at_once_is_over() -> None:
    feiten = TrajectFeiten(
        begindatum=D("2024-01-01"), schorsingen=(geschorst("2025-12-01", "2026-12-31"),)
    )
    limiet = twe.bereken(feiten, REGELS, op=OP)[0]
    assert verloop_op(feiten, limiet, op=OP) is Verloop.OVER_LIMIET


def test_a_limit_unknown_is_a_state_of_its_own() -> None:
    geen = zonder_einde("x", "X", "Niet bekend.")
    assert grens_op(geen, op=OP) is Grens.GEEN_EINDE


@pytest.mark.parametrize(
    ("dagen", "fase", "leidinggevende"),
    [
        (181, Fase.VER, False),
        (180, Fase.VOORUITZICHT, False),
        (91, Fase.VOORUITZICHT, False),
        (90, Fase.NADEREND, False),
        (31, Fase.NADEREND, False),
        (30, Fase.DRINGEND, True),
        (8, Fase.DRINGEND, True),
        (7, Fase.LAATSTE_DAGEN, True),
        (0, Fase.LAATSTE_DAGEN, True),
        (-1, Fase.VOORBIJ, True),
        (None, Fase.GEEN_EINDE, False),
    ],
)
def test_a_signal_grows_louder(dagen: int | None, fase: Fase, *, leidinggevende: bool) -> None:
    grenzen = drempels(REGELS, op=OP)
    assert grenzen.dagen == (180, 90, 30, 7)
    assert grenzen.fase(dagen) is fase
    assert grenzen.ook_leidinggevende(dagen) is leidinggevende


def test_a_phase_of_a_day() -> None:
    grenzen = Drempels((180, 90, 30, 7), 30)
    assert grenzen.fase_op(date(2027, 2, 20), op=OP) is Fase.NADEREND
    assert grenzen.fase_op(date(2027, 2, 21), op=OP) is Fase.VOORUITZICHT
    assert grenzen.fase_op(None, op=OP) is Fase.GEEN_EINDE


def test_thresholds_must_be_four() -> None:
    te_weinig = maak_regel("signaal.limiet_dagen", "90, 30", eenheid="lijst")
    with pytest.raises(ValueError, match="needs 4 thresholds, not 2"):
        drempels([te_weinig], op=OP)
