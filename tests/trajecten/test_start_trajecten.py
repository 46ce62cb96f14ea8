"""Starting many trajecten at once keeps to the same rules as starting one."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.trajecten import make_traject
from trajecten.berekening import verschillen
from trajecten.commands import TrajectGegevens, start_traject
from trajecten.commands.trajecten import start_trajecten
from trajecten.models import Instrument, Traject
from trajecten.queries import regels_voor

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(bestuur, worker):
    def begin(*starts):
        return start_trajecten(
            starts=[
                (client, Instrument.objects.get(code=code), TrajectGegevens(begindatum=day))
                for client, code, day in starts
            ],
            regels=regels_voor(bestuur.pk),
            by=worker,
            at=NOW,
        )

    return begin


def test_the_stored_days_are_those_of_one_by_one(bestuur, worker, start):
    codes = list(Instrument.objects.startable_on(date(2026, 3, 2)).values_list("code", flat=True))
    clients = [make_client(bestuur) for _ in codes]
    many = start(*((c, code, date(2026, 3, 2)) for c, code in zip(clients, codes, strict=True)))
    assert [list(batch) for batch in verschillen(bestuur.pk, on=NOW.date())] == [[]]
    for traject in many:
        one = start_traject(
            client=make_client(bestuur),
            instrument=traject.instrument,
            gegevens=TrajectGegevens(begindatum=date(2026, 3, 2)),
            by=worker,
            at=NOW,
        )
        assert (one.uiterste_dag, one.herziening_op) == (
            traject.uiterste_dag,
            traject.herziening_op,
        )


def test_one_that_clashes_refuses_all(bestuur, start):
    busy, free = make_client(bestuur), make_client(bestuur)
    make_traject(busy, begindatum=date(2026, 1, 5))
    with pytest.raises(DomainError, match="volgt al Tijdelijke werkervaring"):
        start((free, "twe", date(2026, 3, 2)), (busy, "twe", date(2026, 3, 2)))
    assert Traject.objects.count() == 1


def test_two_for_one_new_client_that_clash_refuse_all(bestuur, start):
    client = make_client(bestuur)
    with pytest.raises(DomainError, match="niet samengaat"):
        start((client, "twe", date(2026, 3, 2)), (client, "twe", date(2026, 5, 2)))
    assert Traject.objects.count() == 0


def test_a_closed_instrument_refuses_all(bestuur, start):
    with pytest.raises(DomainError):
        start((make_client(bestuur), "activeringsstage", date(2026, 3, 2)))
    assert Traject.objects.count() == 0
