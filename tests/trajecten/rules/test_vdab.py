"""Registration with VDAB: D4, the stock of 2024 and the exemptions."""

import pytest

from tests.trajecten.rules.regels import REGELS, D
from trajecten.rules import vdab
from trajecten.rules.termijn import Soort
from trajecten.rules.vdab import VdabFeiten

OP = D("2026-11-22")


@pytest.mark.parametrize(
    ("beslist", "dag"),
    [
        pytest.param("2026-02-10", "2026-06-10", id="D4 plain"),
        pytest.param("2025-11-30", "2026-03-30", id="D4 end of month"),
        pytest.param("2024-10-31", "2025-02-28", id="clamped"),
        pytest.param("2019-05-01", "2024-08-29", id="stock of 2024"),
        pytest.param("2024-05-31", "2024-08-29", id="last day of the stock"),
        pytest.param("2024-06-01", "2024-10-01", id="first day after the stock"),
    ],
)
def test_register_in_time(beslist: str, dag: str) -> None:
    (termijn,) = vdab.bereken(VdabFeiten(beslissing_op=D(beslist)), REGELS, op=OP)
    assert termijn.uiterste_dag == D(dag)
    assert termijn.uitleg[-1].dag == D(dag)


def test_an_exempt_person_need_not_register_but_is_looked_at_again() -> None:
    feiten = VdabFeiten(
        beslissing_op=D("2026-02-10"),
        vrijstelling_reden="gezondheid",
        herziening_op=D("2027-02-01"),
    )
    inschrijving, herziening = vdab.bereken(feiten, REGELS, op=OP)
    assert inschrijving.uiterste_dag is None
    assert inschrijving.reden_geen_einde == "Vrijgesteld: gezondheid."
    assert (herziening.soort, herziening.uiterste_dag) == (Soort.HERBEOORDELING, D("2027-02-01"))


@pytest.mark.parametrize(
    ("ingeschreven", "reden"),
    [
        ("2026-06-10", "Ingeschreven op 10/06/2026."),
        ("2026-06-11", "Ingeschreven op 11/06/2026, na de laatste dag (10/06/2026)."),
    ],
)
def test_who_is_registered_has_no_day_left(ingeschreven: str, reden: str) -> None:
    feiten = VdabFeiten(beslissing_op=D("2026-02-10"), ingeschreven_op=D(ingeschreven))
    (termijn,) = vdab.bereken(feiten, REGELS, op=OP)
    assert termijn.uiterste_dag is None
    assert termijn.reden_geen_einde == reden


def test_without_a_right_there_is_no_duty() -> None:
    feiten = VdabFeiten(beslissing_op=D("2026-02-10"), recht_tot=D("2026-04-30"))
    (termijn,) = vdab.bereken(feiten, REGELS, op=OP)
    assert termijn.uiterste_dag is None
    assert "30/04/2026" in termijn.reden_geen_einde
