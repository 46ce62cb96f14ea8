"""One client with a plan to steer together."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from clienten.models import Client
from tests.factories.clienten import make_client
from toegang.models import Bestuur, Gebruiker
from trajecten.commands.plan import PlanStapGegevens, propose_stap
from trajecten.commands.wie import Wie
from trajecten.enums import Uitvoerder
from trajecten.models import Stap

AT = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture
def olena(bestuur: Bestuur) -> Client:
    """A client of OCMW Herent."""
    return make_client(bestuur, familienaam="Kovalenko", voornaam="Olena")


@pytest.fixture
def rijbewijs(olena: Client, worker: Gebruiker) -> Stap:
    """A step the OCMW proposed: hers to do, by 1 December."""
    return propose_stap(
        client=olena,
        gegevens=PlanStapGegevens(
            tekst="Theorie rijbewijs leren",
            uitvoerders=[Uitvoerder.CLIENT],
            tegen=date(2026, 12, 1),
        ),
        wie=Wie.ocmw(worker),
        at=AT,
    )
