"""The statement counts as the clocks do: same thresholds, same years, same last days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clienten.models import VdabInschrijving
from tests.factories.clienten import make_client, make_statuut
from tests.trajecten.signalen.conftest import TODAY
from trajecten.models import Gpmi, Regel, Signaal
from trajecten.queries import regels_voor
from trajecten.rules import gpmi, vdab
from trajecten.rules.fasen import drempels
from trajecten.signalen import refresh_signalen
from trajecten.signalen.schalen import FASE_LEIDINGGEVENDE, parameters

pytestmark = pytest.mark.django_db

DAGEN = [
    date(2016, 11, 30),
    date(2020, 2, 29),
    date(2023, 8, 31),
    date(2024, 2, 29),
    date(2024, 5, 30),
    date(2024, 5, 31),
    date(2024, 6, 1),
    date(2025, 10, 31),
    date(2025, 11, 30),
    date(2026, 2, 10),
    date(2026, 7, 31),
]
OP = [
    date(2026, 11, 22),
    date(2027, 2, 27),
    date(2027, 2, 28),
    date(2027, 3, 1),
    date(2028, 2, 28),
    date(2028, 2, 29),
    date(2028, 3, 1),
]


def test_the_lead_joins_where_the_thresholds_of_a_limit_say(bestuur):
    found = drempels(regels_voor(bestuur.pk), op=TODAY)
    assert found.fase(found.leidinggevende) == FASE_LEIDINGGEVENDE
    assert found.fase(found.leidinggevende + 1) < FASE_LEIDINGGEVENDE


@pytest.mark.parametrize("op", OP, ids=str)
def test_gpmi_years_end_on_the_same_day(bestuur, op):
    regels = regels_voor(bestuur.pk)
    rows = [
        Gpmi.objects.create(
            bestuur=bestuur, client=make_client(bestuur), beslist_op=dag, ondertekend_op=dag
        )
        for dag in DAGEN
    ]
    refresh_signalen(bestuur.pk, on=op)
    stored = dict(
        Signaal.objects.filter(code="gpmi_evaluatie").values_list("client_id", "vervaldag")
    )
    for row in rows:
        feiten = gpmi.GpmiFeiten(beslissing_op=row.beslist_op, ondertekend_op=row.ondertekend_op)
        termijn = gpmi.evaluaties_tegen(feiten, regels, op=op)
        # Nothing was held, so each year is behind from its fourth month on.
        begun = (op - gpmi.gpmi_jaar(row.ondertekend_op, op).begin) > timedelta(days=124)
        assert (row.client_id in stored) or not begun
        if row.client_id in stored:
            assert stored[row.client_id] == termijn.uiterste_dag


def test_gpmi_is_signed_by_the_same_day(bestuur):
    regels = regels_voor(bestuur.pk)
    for dag in DAGEN:
        Gpmi.objects.create(bestuur=bestuur, client=make_client(bestuur), beslist_op=dag)
    refresh_signalen(bestuur.pk, on=TODAY)
    stored = dict(
        Signaal.objects.filter(code="gpmi_ondertekenen").values_list(
            "client__gpmi__beslist_op", "vervaldag"
        )
    )
    assert stored == {
        dag: gpmi.teken_tegen(gpmi.GpmiFeiten(beslissing_op=dag), regels).uiterste_dag
        for dag in DAGEN
    }


def test_vdab_is_due_on_the_same_day(bestuur):
    regels = regels_voor(bestuur.pk)
    for dag in DAGEN:
        make_statuut(make_client(bestuur), van=dag, beslist_op=dag)
    refresh_signalen(bestuur.pk, on=date(2027, 1, 1))
    stored = dict(
        Signaal.objects.filter(code="vdab_inschrijving").values_list(
            "client__statuten__beslist_op", "vervaldag"
        )
    )
    assert not VdabInschrijving.objects.exists()
    assert stored == {
        dag: vdab.bereken(vdab.VdabFeiten(beslissing_op=dag), regels, op=TODAY)[0].uiterste_dag
        for dag in DAGEN
    }


def test_a_rule_of_the_bestuur_itself_wins(bestuur, worker, lead, traject, in_orde, signalen):
    traject.uiterste_dag = TODAY + timedelta(days=200)
    traject.save()
    assert signalen(in_orde) == {}
    Regel.objects.create(
        bestuur=bestuur,
        code="signaal.limiet_dagen",
        waarde="240, 120, 60, 14",
        eenheid="lijst",
        bron="Besluit van het vast bureau",
        zekerheid="L",
        status="goedgekeurd",
        voorgesteld_door=worker,
        goedgekeurd_door=lead,
    )
    assert signalen(in_orde)["limiet_nadert"].fase == 1


@pytest.mark.parametrize("waarde", ["14, 7", "14, 7, 1, 0", "veertien, zeven, een"])
def test_an_own_rule_that_cannot_be_read_silences_nobody(
    bestuur, worker, lead, traject, in_orde, signalen, waarde, caplog
):
    Regel.objects.create(
        bestuur=bestuur,
        code="signaal.luider_dagen",
        waarde=waarde,
        bron="proef",
        zekerheid="L",
        status="goedgekeurd",
        voorgesteld_door=worker,
        goedgekeurd_door=lead,
    )
    traject.uiterste_dag = TODAY
    traject.save()
    assert set(signalen(in_orde)) == {"limiet_nadert"}
    assert "cannot be read" in caplog.text


def test_a_general_rule_that_cannot_be_read_is_an_error(bestuur):
    regels = [
        replace(regel, waarde="14, 7") if regel.code == "signaal.luider_dagen" else regel
        for regel in regels_voor(bestuur.pk)
    ]
    with pytest.raises(ValueError, match="needs 3 thresholds, not 2"):
        parameters(regels, op=TODAY)
