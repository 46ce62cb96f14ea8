"""What is agreed at a table of three becomes a step at once (anchor D-15)."""

from datetime import datetime

from django.db import transaction

from kern.errors import DomainError
from toegang.models import Gebruiker
from trajecten.commands.afspraken import take_afspraak
from trajecten.commands.plan import PlanStapGegevens, propose_stap, react
from trajecten.commands.wie import Wie
from trajecten.enums import AfspraakStatus, AkkoordKanaal, PlanStatus, ReactieSoort, Stem
from trajecten.models import Afspraak, Stap


@transaction.atomic
def agree_at_table(
    *,
    afspraak: Afspraak,
    gegevens: PlanStapGegevens,
    voorsteller: Stem,
    is_akkoord: bool,
    sleutel: str,
    by: Gebruiker,
    at: datetime,
) -> Stap:
    """Propose a step in the voice of who said it, and answer for the other who sits there too.

    `sleutel` comes from the page: the same form sent twice makes one step.
    """
    row = take_afspraak(afspraak)
    if not row.is_driegesprek or row.status == AfspraakStatus.NIET_DOORGEGAAN:
        raise DomainError("Dit is geen gesprek met drie dat doorgaat.")
    if row.begint_at > at:
        raise DomainError("Dit gesprek moet nog komen. Afspraken noteert u aan tafel.")
    client = Wie.client(AkkoordKanaal.BUREAU, gebruiker=by)
    ocmw = Wie.ocmw(by)
    is_van_client = voorsteller == Stem.CLIENT
    stap = propose_stap(
        client=row.client,
        gegevens=gegevens,
        wie=client if is_van_client else ocmw,
        sleutel=f"{step_prefix(row)}{sleutel}"[:40],
        at=at,
    )
    if is_akkoord and stap.status == PlanStatus.VOORGESTELD:
        react(
            item=stap,
            soort=ReactieSoort.AKKOORD,
            wie=ocmw if is_van_client else client,
            revisie=stap.revisie,
            at=at,
        )
        stap.refresh_from_db()
    return stap


def step_prefix(afspraak: Afspraak) -> str:
    """Return how the keys of the steps of one talk begin."""
    return f"drie:{afspraak.pk}:"
