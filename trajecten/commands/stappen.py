"""The next step after a traject: a step of the plan, with a kind of what comes and a day."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.errors import DomainError
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import lock
from trajecten.commands.gegevens import StapGegevens
from trajecten.commands.plan import PlanStapGegevens, drop_item, propose_stap, react
from trajecten.commands.wie import Wie
from trajecten.enums import (
    AkkoordKanaal,
    Levensdomein,
    PlanStapSoort,
    ReactieSoort,
    StapSoort,
)
from trajecten.models import Stap, Traject

_DOMEIN = {
    StapSoort.OPLEIDING: Levensdomein.OPLEIDING,
    StapSoort.WELZIJN: Levensdomein.WELZIJN,
    StapSoort.VRIJWILLIGERSWERK: Levensdomein.VRIJE_TIJD,
}
TERUGGENOMEN = "Teruggenomen door wie het invulde."


@transaction.atomic
def agree_stap(*, traject: Traject, gegevens: StapGegevens, by: Gebruiker, at: datetime) -> Stap:
    """Put what comes next in the plan: agreed when the client said so, else only proposed.

    `gegevens.kanaal` tells how she agreed. Deliberately nothing is a decision of the OCMW with
    its reason; she answers to it like to any other proposal.
    """
    row = lock(traject)
    _check(gegevens, at=at)
    # One act in the trail: the worker noted it all at once.
    with audit.act(_zin(gegevens)):
        stap = _propose(row, gegevens, by=by, at=at)
        if gegevens.kanaal is None:
            return stap
        wie = Wie.client(AkkoordKanaal(gegevens.kanaal), gebruiker=by)
        reactie = react(item=stap, soort=ReactieSoort.AKKOORD, wie=wie, at=at, revisie=stap.revisie)
    agreed: Stap = reactie.stap  # type: ignore[assignment]
    return agreed


def _propose(row: Traject, gegevens: StapGegevens, *, by: Gebruiker, at: datetime) -> Stap:
    today = timezone.localdate(at)
    is_geen = gegevens.soort == StapSoort.GEEN
    return propose_stap(
        client=row.client,
        gegevens=PlanStapGegevens(
            tekst=gegevens.tekst,
            uitvoerders=[gegevens.uitvoerder],
            # A reason why nothing follows has no day of its own: it counts from today.
            tegen=max(gegevens.tegen, today) if is_geen else gegevens.tegen,
            domein=_DOMEIN.get(StapSoort(gegevens.soort), Levensdomein.WERK),
            gebruiker=gegevens.gebruiker,
            partner=gegevens.partner,
            traject=row,
            soort=PlanStapSoort.VOLGENDE_STAP,
            vervolg=gegevens.soort,
        ),
        wie=Wie.ocmw(by),
        at=at,
    )


def _zin(gegevens: StapGegevens) -> str:
    tekst = gegevens.tekst.strip()
    is_agreed = gegevens.kanaal is not None
    if gegevens.soort == StapSoort.GEEN:
        begin = "sprak af" if is_agreed else "stelde voor"
        return f"{begin} dat er bewust geen vervolg komt: {tekst}"
    act = "sprak af" if is_agreed else "stelde een stap voor"
    return f"{act}: {tekst} (tegen {format_short(gegevens.tegen)})"


@transaction.atomic
def withdraw_stap(*, stap: Stap, by: Gebruiker, at: datetime) -> Stap:
    """Take a step back on the day it was filled in; later it lapses with a reason."""
    if timezone.localdate(stap.created_at) != timezone.localdate(at):
        raise DomainError("Deze stap is niet vandaag ingevuld. Laat hem vervallen, met de reden.")
    dropped = drop_item(item=stap, wie=Wie.ocmw(by), at=at, reden=TERUGGENOMEN)
    assert isinstance(dropped, Stap)  # noqa: S101 - the same row comes back
    return dropped


def _check(gegevens: StapGegevens, *, at: datetime) -> None:
    if gegevens.soort not in StapSoort.values:
        raise DomainError("Kies uit de lijst.")
    if not gegevens.tekst.strip():
        if gegevens.soort == StapSoort.GEEN:
            raise DomainError("Zeg waarom er bewust geen vervolg komt.")
        raise DomainError("Zeg wat de volgende stap is.")
    if gegevens.tegen < timezone.localdate(at) and gegevens.soort != StapSoort.GEEN:
        raise DomainError(
            f"{format_short(gegevens.tegen)} is al voorbij. Kies vandaag of een latere dag."
        )
