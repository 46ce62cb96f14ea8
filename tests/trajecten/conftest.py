"""A traject of one's own client, on a fixed day."""

from datetime import date, datetime

import pytest

from kern.belgian_dates import BRUSSELS
from tests.factories.clienten import make_client, make_toewijzing
from trajecten.commands import TrajectGegevens, start_traject
from trajecten.models import Instrument, Traject

NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)


@pytest.fixture
def nu() -> datetime:
    """The moment on which commands of these tests run."""
    return NU


@pytest.fixture
def twe(bestuur, worker) -> Traject:
    """A TWE-traject since 2 March 2026, last day 1 March 2028, of the worker's own client."""
    client = make_client(bestuur, familienaam="Kovalenko")
    make_toewijzing(client, worker)
    return start_traject(
        client=client,
        instrument=Instrument.objects.get(code="twe"),
        gegevens=TrajectGegevens(begindatum=date(2026, 3, 2)),
        by=worker,
        at=NU,
    )
