"""What colleagues do under an entry of the log: add, ask, answer."""

from datetime import datetime

from django.db import transaction

from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from toegang.permissions import Permission
from trajecten.commands.follow_up import after_change
from trajecten.models import Logaanvulling, Logboekitem, Logvraag


@transaction.atomic
def add_logaanvulling(
    *, item: Logboekitem, tekst: str, by: Gebruiker, at: datetime
) -> Logaanvulling:
    """Write an addition under an entry; the entry itself stays as its author wrote it."""
    aanvulling = Logaanvulling(
        bestuur_id=item.bestuur_id,
        client_id=item.client_id,
        item=item,
        tekst=tekst.strip(),
        auteur=by,
        at=at,
    )
    with (
        audit.act("vulde een nota in het logboek aan"),
        refuse_on(Logaanvulling, "logaanvulling_heeft_tekst"),
    ):
        aanvulling.save()
    return aanvulling


@transaction.atomic
def ask_logvraag(*, item: Logboekitem, vraag: str, by: Gebruiker, at: datetime) -> Logvraag:
    """Ask the author of an entry something about it."""
    if not by.may(Permission.LOG_ASK):
        raise DomainError("Een leidinggevende stelt vragen bij een nota. Schrijf een aanvulling.")
    if item.auteur_id == by.pk:
        raise DomainError("Deze nota is van uzelf. Schrijf een aanvulling.")
    row = Logvraag(
        bestuur_id=item.bestuur_id,
        client_id=item.client_id,
        item=item,
        vraag=vraag.strip(),
        gesteld_door=by,
        gesteld_at=at,
    )
    with (
        audit.act("stelde een vraag bij een nota in het logboek"),
        refuse_on(Logvraag, "logvraag_heeft_vraag", "logvraag_een_open_per_vrager"),
    ):
        row.save()
        after_change(item.client, at=at)
    return row


@transaction.atomic
def answer_logvraag(*, vraag: Logvraag, antwoord: str, by: Gebruiker, at: datetime) -> Logvraag:
    """Answer a question about one's own entry; that closes it."""
    row = _open(vraag)
    if row.item.auteur_id != by.pk:
        raise DomainError(f"Deze vraag is voor {row.item.auteur.naam}.")
    if not antwoord.strip():
        raise DomainError("Schrijf uw antwoord.")
    row.antwoord = antwoord.strip()
    row.beantwoord_door = by
    row.gesloten_at = at
    with audit.act("beantwoordde een vraag bij een nota in het logboek"):
        row.save()
        after_change(row.client, at=at)
    return row


@transaction.atomic
def withdraw_logvraag(*, vraag: Logvraag, by: Gebruiker, at: datetime) -> Logvraag:
    """Close one's own question without an answer: it was settled, or its author left."""
    row = _open(vraag)
    if row.gesteld_door_id != by.pk and not by.may(Permission.LOG_ASK):
        raise DomainError("Alleen een leidinggevende sluit een vraag zonder antwoord.")
    row.gesloten_at = at
    with audit.act("sloot een vraag bij een nota in het logboek zonder antwoord"):
        row.save(update_fields=["gesloten_at"])
        after_change(row.client, at=at)
    return row


def _open(vraag: Logvraag) -> Logvraag:
    rows = Logvraag.objects.select_related("item__auteur").select_for_update(of=("self",))
    row = rows.get(pk=vraag.pk)
    if row.gesloten_at is not None:
        raise DomainError("Deze vraag is al gesloten.")
    return row
