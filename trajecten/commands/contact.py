"""What happened with the client: contacts and notes."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change
from trajecten.enums import LogSoort
from trajecten.models import Logboekitem, Traject


@transaction.atomic
def note_contact(
    *,
    client: Client,
    soort: LogSoort,
    moment: datetime,
    tekst: str,
    by: Gebruiker,
    at: datetime,
    traject: Traject | None = None,
) -> Logboekitem:
    """Write a contact or a note in the log of the client."""
    if not tekst.strip():
        raise DomainError("Schrijf op wat er besproken is.")
    if moment > at:
        raise DomainError("Dit moment ligt in de toekomst. Noteer het contact wanneer het er was.")
    if traject is not None and traject.client_id != client.pk:
        raise DomainError("Dit traject is van een andere cliënt.")
    item = Logboekitem(
        bestuur_id=client.bestuur_id,
        client=client,
        traject=traject,
        soort=soort,
        moment=moment,
        tekst=tekst.strip(),
        auteur=by,
    )
    dag = format_short(timezone.localdate(moment))
    zin = f"noteerde in het logboek: {LogSoort(soort).label.lower()} op {dag}"
    with (
        audit.act(zin),
        refuse_on(Logboekitem, "logboekitem_soort_bekend", "logboekitem_heeft_tekst"),
    ):
        item.save()
        after_change(client, at=at)
    return item


@transaction.atomic
def withdraw_contact(*, item: Logboekitem, by: Gebruiker, at: datetime) -> None:
    """Take back one's own note on the day it was written; the trail keeps it."""
    if item.auteur_id != by.pk or timezone.localdate(item.created_at) != timezone.localdate(at):
        raise DomainError(
            "Alleen wie iets noteerde, trekt het dezelfde dag terug. Noteer anders een aanvulling."
        )
    client = item.client
    with audit.act("trok een nota in het logboek terug"):
        Logboekitem.objects.filter(pk=item.pk).delete()
        after_change(client, at=at)
