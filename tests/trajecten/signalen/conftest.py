"""What the tests of signals share: a client with everything in order, and her signals."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from clienten.enums import VdabBegeleider
from clienten.models import Client, VdabInschrijving
from tests.factories.clienten import make_client, make_statuut, make_toewijzing
from tests.factories.trajecten import make_logboekitem, make_traject
from toegang.models import Bestuur, Gebruiker
from trajecten.models import Signaal, Traject
from trajecten.signalen import refresh_client

TODAY = date(2026, 11, 22)


def registered(client: Client, day: date) -> Client:
    """Let the file have been made on another day than now."""
    Client.objects.filter(pk=client.pk).update(
        created_at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    )
    return client


@pytest.fixture
def in_orde(bestuur: Bestuur, worker: Gebruiker) -> Client:
    """A client about whom nothing is to be said."""
    client = registered(make_client(bestuur), date(2026, 1, 5))
    make_toewijzing(client, worker)
    make_statuut(client, beslist_op=date(2026, 1, 5))
    make_logboekitem(client, worker)
    VdabInschrijving.objects.create(
        bestuur=bestuur, client=client, van=date(2026, 2, 1), begeleider=VdabBegeleider.OCMW
    )
    make_traject(client, "twe", begindatum=date(2026, 3, 2), uiterste_dag=date(2028, 3, 1))
    return client


@pytest.fixture
def traject(in_orde: Client) -> Traject:
    """The running traject of that client."""
    return in_orde.trajecten.get()


@pytest.fixture
def signalen() -> Callable[..., dict[str, Signaal]]:
    """Return a function that refreshes a client and gives her signals by code."""

    def read(client: Client, *, on: date = TODAY) -> dict[str, Signaal]:
        refresh_client(client, on=on)
        rows = Signaal.objects.filter(client=client).select_related("traject__instrument")
        return {row.code: row for row in rows}

    return read
