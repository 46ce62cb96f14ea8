"""A plan with everything a paper can show: two voices, a disagreement, a partner, a text."""

from datetime import date

import pytest

from clienten.models import Client
from tests.factories.clienten import make_client
from tests.trajecten.plan.conftest import AT
from toegang.models import Bestuur, Gebruiker
from trajecten.commands.gpmi import register_gpmi
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    PlanTeksten,
    agree_together,
    propose_doel,
    propose_stap,
    react,
    write_plan_teksten,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, ReactieSoort, Uitvoerder
from trajecten.models import Doel, Gpmi, Planversie
from trajecten.queries.plan import read_plan


@pytest.fixture
def olena(bestuur: Bestuur) -> Client:
    """A client of OCMW Herent."""
    bestuur.telefoon = "016 12 34 56"
    return make_client(bestuur, familienaam="Kovalenko", voornaam="Olena")


@pytest.fixture
def doel(olena: Client) -> Doel:
    """Her own goal."""
    return propose_doel(
        client=olena,
        gegevens=DoelGegevens(
            tekst="Werken in de keuken van een woonzorgcentrum",
            uitvoerders=[Uitvoerder.CLIENT],
            tegen=date(2027, 6, 30),
        ),
        wie=Wie.client(),
        at=AT,
    )


@pytest.fixture
def stap(olena: Client, worker: Gebruiker, doel: Doel):
    """Return a function that lets the OCMW propose a step."""

    def propose(tekst, *uitvoerders, tegen=date(2026, 12, 15), partner="", bij=doel):
        return propose_stap(
            client=olena,
            gegevens=PlanStapGegevens(
                tekst=tekst, uitvoerders=uitvoerders, tegen=tegen, partner=partner, doel=bij
            ),
            wie=Wie.ocmw(worker),
            at=AT,
        )

    return propose


@pytest.fixture
def plan(olena: Client, worker: Gebruiker, doel: Doel, stap) -> Client:
    """A whole plan, not agreed yet."""
    stap("Theorie van het rijbewijs leren", Uitvoerder.CLIENT)
    stap("Opvang zoeken voor woensdag", Uitvoerder.OCMW, tegen=date(2026, 12, 4))
    stap("Een cv maken", Uitvoerder.CLIENT, Uitvoerder.MEDEWERKER, tegen=date(2027, 1, 11))
    stap(
        "Een rondleiding geven",
        Uitvoerder.PARTNER,
        partner="WZC De Linde",
        tegen=date(2027, 1, 20),
    )
    betwist = stap("Elke dag solliciteren", Uitvoerder.CLIENT, tegen=date(2027, 1, 25))
    for wie, tekst in (
        (Wie.client(), "Dat is te veel. Eén per week lukt mij wel."),
        (Wie.ocmw(worker), "Drie per week moet kunnen."),
    ):
        react(
            item=betwist,
            soort=ReactieSoort.NIET_AKKOORD,
            wie=wie,
            at=AT,
            revisie=1,
            tekst=tekst,
        )
    stap("Met de huisbaas praten", Uitvoerder.MEDEWERKER, tegen=None, bij=None)
    write_plan_teksten(
        client=olena,
        teksten=PlanTeksten(behoeften="Kookt graag.", evaluatiewijze="Drie gesprekken."),
        by=worker,
        at=AT,
    )
    return olena


@pytest.fixture
def versie(plan: Client, worker: Gebruiker) -> Planversie:
    """The plan as both agreed to it, at the desk and with an interpreter."""
    wie = Wie.client(AkkoordKanaal.BUREAU, gebruiker=worker, taal="uk", tolk="Iryna")
    return agree_together(client=plan, by=worker, at=AT, gezien=read_plan(plan).hash, wie=wie)


@pytest.fixture
def gpmi(plan: Client, worker: Gebruiker) -> Gpmi:
    """Her GPMI: decided on 10 February (case D3), nothing handed over yet."""
    return register_gpmi(client=plan, beslist_op=date(2026, 2, 10), by=worker, at=AT)
