"""Stored days and rebuilt days agree, whatever was done; screens cost the same for many rows."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.clienten import make_client, make_toewijzing
from trajecten.berekening import verschillen
from trajecten.commands import (
    EindGegevens,
    EvaluatieGegevens,
    StapGegevens,
    TrajectGegevens,
    add_schorsing,
    close_schorsing,
    correct_traject,
    decide_verlenging,
    end_traject,
    register_evaluatie,
    remove_schorsing,
    reopen_traject,
    request_verlenging,
    start_traject,
)
from trajecten.enums import (
    AkkoordKanaal,
    Eindreden,
    EvaluatieWijze,
    SchorsingReden,
    StapSoort,
    Uitvoerder,
)
from trajecten.models import Evaluatie, Gpmi, Instrument, Traject

pytestmark = pytest.mark.django_db
VANDAAG = date(2026, 11, 22)
STARTS = {
    "twe": date(2025, 6, 2),
    "wijkwerken": date(2026, 1, 31),
    "activeringstraject": date(2025, 8, 29),
    "ama_welzijn": date(2025, 10, 1),
    "ibo": date(2026, 8, 31),
    "imw_5": date(2024, 2, 29),
    "nec": date(2026, 5, 1),
}


@pytest.fixture(autouse=True)
def _today(nu):
    with time_machine.travel(nu, tick=False):
        yield


def agree(bestuur):
    return not any(verschillen(bestuur.pk, on=VANDAAG))


@pytest.mark.parametrize("code", STARTS)
def test_after_every_act_the_stored_days_are_the_rebuilt_ones(bestuur, worker, lead, nu, code):
    who = {"by": worker, "at": nu}
    row = start_traject(
        client=make_client(bestuur),
        instrument=Instrument.objects.get(code=code),
        gegevens=TrajectGegevens(begindatum=STARTS[code]),
        **who,
    )
    assert agree(bestuur)
    ziek = {"reden": SchorsingReden.ZIEKTE, **who}
    begin = STARTS[code] + timedelta(days=20)
    first = add_schorsing(traject=row, van=begin, tot=begin + timedelta(days=9), **ziek)
    second = add_schorsing(traject=row, van=VANDAAG - timedelta(days=5), tot=None, **ziek)
    assert agree(bestuur)
    close_schorsing(schorsing=second, terug_op=VANDAAG, **who)
    remove_schorsing(schorsing=first, **who)
    assert agree(bestuur)
    held = EvaluatieGegevens(gehouden_op=VANDAAG, wijze=EvaluatieWijze.KANTOOR)
    register_evaluatie(traject=row, gegevens=held, **who)
    correct_traject(
        traject=row,
        gegevens=TrajectGegevens(begindatum=STARTS[code] + timedelta(days=1)),
        **who,
    )
    assert agree(bestuur)
    limiet = Traject.objects.get(pk=row.pk).uiterste_dag
    if limiet is not None:
        later = max(limiet, VANDAAG) + timedelta(days=60)
        vraag = request_verlenging(traject=row, tot=later, reden="meer tijd", **who)
        decide_verlenging(verlenging=vraag, goedgekeurd=True, by=lead, at=nu)
        assert Traject.objects.get(pk=row.pk).uiterste_dag == later
    assert agree(bestuur)
    stap = StapGegevens(
        soort=StapSoort.WERK,
        tekst="Solliciteren",
        uitvoerder=Uitvoerder.CLIENT,
        tegen=VANDAAG,
        kanaal=AkkoordKanaal.BUREAU,
    )
    einde = EindGegevens(einddatum=VANDAAG, eindreden=Eindreden.WERK_NEC, stap=stap)
    end_traject(traject=row, gegevens=einde, **who)
    assert agree(bestuur)
    reopen_traject(traject=row, reden="vergissing", **who)
    assert agree(bestuur)


@pytest.mark.parametrize("number", [1, 5])
def test_the_gpmi_page_costs_as_much_for_one_evaluation_as_for_five(
    bestuur, worker, signed_in, number
):
    client = make_client(bestuur)
    make_toewijzing(client, worker)
    key = {"bestuur": bestuur, "client": client}
    gpmi = Gpmi.objects.create(
        beslist_op=date(2026, 1, 5),
        ontwerp_op=date(2026, 1, 10),
        ondertekend_op=date(2026, 2, 1),
        **key,
    )
    for month in range(number):
        Evaluatie.objects.create(
            gpmi=gpmi,
            gehouden_op=date(2026, 3 + month, 2),
            wijze=EvaluatieWijze.KANTOOR,
            door=worker,
            **key,
        )
    browser = signed_in(worker)
    with CaptureQueriesContext(connection) as seen:
        page = browser.get(reverse("trajecten:gpmi", args=[client.pk]))
    asked = [item["sql"] for item in seen if "SAVEPOINT" not in item["sql"]]
    assert page.status_code == 200
    assert len(asked) == 12
