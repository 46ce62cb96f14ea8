"""Fifty entries at once for one person near the cap: never more than the cap, all told why."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from threading import Barrier

import pytest
from django.db import connections

from kern.belgian_dates import BRUSSELS
from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.toegang import make_bestuur, make_gebruiker
from tests.factories.wijkwerken import make_inschrijving, make_prestatie
from toegang.scope import in_bestuur
from wijkwerken.commands.prestaties import Cel, PrestatieGegevens, record_maand, record_prestatie
from wijkwerken.models import Prestatie

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)
CONNECTIONS, ENTRIES = 8, 50


@pytest.fixture
def scene():
    """Somebody with 50 of her 60 hours of October, really stored."""
    bestuur = make_bestuur()
    with in_bestuur(bestuur.pk):
        worker = make_gebruiker(bestuur, gebruikersnaam="mw1")
        row = make_inschrijving(make_client(bestuur), begindatum=date(2026, 1, 5))
        for day in range(1, 6):
            make_prestatie(row, date(2026, 10, day), 10)
    return bestuur, worker, row


def total(bestuur, row):
    with in_bestuur(bestuur.pk):
        rows = Prestatie.objects.valid().filter(client=row.client_id)
        return sum(rows.values_list("minuten", flat=True))


def all_at_once(bestuur, acts):
    """Do the acts from eight connections that start together; return the refusals."""
    gate = Barrier(CONNECTIONS)

    def run(mine):
        told = []
        try:
            gate.wait(timeout=20)
            for act in mine:
                try:
                    with in_bestuur(bestuur.pk):
                        act()
                except DomainError as refusal:
                    told.append(str(refusal))
        finally:
            connections["default"].close()
        return told

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        shares = [acts[number::CONNECTIONS] for number in range(CONNECTIONS)]
        return [text for texts in pool.map(run, shares) for text in texts]


def test_fifty_entries_at_once_never_pass_the_cap(scene):
    bestuur, worker, row = scene

    def entry(number):
        gegevens = PrestatieGegevens(dag=date(2026, 10, 6 + number % 20), minuten=45)
        return lambda: record_prestatie(inschrijving=row, gegevens=gegevens, by=worker, at=NU)

    refused = all_at_once(bestuur, [entry(number) for number in range(ENTRIES)])
    # Ten hours were left: thirteen entries of 45 minutes fit, a quarter of an hour stays.
    assert total(bestuur, row) == 50 * 60 + 13 * 45
    assert len(refused) == ENTRIES - 13
    assert set(refused) == {
        "Er is nog 15 minuten over van 60 u in oktober 2026: 45 minuten is 30 minuten te veel."
    }


def test_grids_and_single_entries_at_once_never_pass_the_cap(scene):
    bestuur, worker, row = scene

    def single(number):
        gegevens = PrestatieGegevens(dag=date(2026, 10, 6 + number % 20), minuten=60)
        return lambda: record_prestatie(inschrijving=row, gegevens=gegevens, by=worker, at=NU)

    def grid(number):
        cel = Cel("cel", row.pk, date(2026, 10, 6 + number % 20), 60)
        return lambda: record_maand(cellen=[cel], by=worker, at=NU)

    all_at_once(bestuur, [(single if number % 2 else grid)(number) for number in range(ENTRIES)])
    assert total(bestuur, row) == 60 * 60
