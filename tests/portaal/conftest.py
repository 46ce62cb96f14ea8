"""A client inside her portal, with a plan of both voices."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clienten.models import Client
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.portaal import inside
from toegang.models import Bestuur, Gebruiker
from trajecten.commands.plan import PlanStapGegevens, propose_stap, react
from trajecten.commands.wie import Wie
from trajecten.enums import ReactieSoort, Uitvoerder
from trajecten.models import Stap


@pytest.fixture
def olena(bestuur: Bestuur, worker: Gebruiker) -> Client:
    """A client of OCMW Herent, helped by Mieke."""
    bestuur.telefoon = "016 21 14 00"
    bestuur.save()
    client = make_client(
        bestuur, familienaam="Kovalenko", voornaam="Olena", telefoon="0470 11 22 33"
    )
    make_toewijzing(client, worker)
    return client


@pytest.fixture
def mijn(olena: Client) -> Browser:
    """Her browser, inside."""
    return inside(olena)


@pytest.fixture
def propose(olena: Client, worker: Gebruiker) -> Callable[..., Stap]:
    """Return a function that proposes a step, by the OCMW unless told otherwise."""

    def make(
        tekst: str = "Theorie rijbewijs leren",
        *,
        client: Client = olena,
        wie: Wie | None = None,
        dagen: int | None = 14,
        doet: tuple[Uitvoerder, ...] = (Uitvoerder.CLIENT,),
    ) -> Stap:
        now = timezone.now()
        tegen = timezone.localdate() + timedelta(dagen) if dagen is not None else None
        gegevens = PlanStapGegevens(tekst=tekst, uitvoerders=list(doet), tegen=tegen)
        return propose_stap(client=client, gegevens=gegevens, wie=wie or Wie.ocmw(worker), at=now)

    return make


@pytest.fixture
def agreed(propose: Callable[..., Stap]) -> Callable[..., Stap]:
    """Return a function that proposes a step to which both agreed."""

    def make(tekst: str = "Cv maken", **fields) -> Stap:
        stap = propose(tekst, **fields)
        react(
            item=stap,
            soort=ReactieSoort.AKKOORD,
            wie=Wie.client(),
            at=timezone.now(),
            revisie=stap.revisie,
        )
        stap.refresh_from_db()
        return stap

    return make
