"""Writing a message to a client: it lies ready in the same transaction as what it is about."""

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from kombu.exceptions import OperationalError

from clienten.enums import BerichtKanaal, BerichtSoort
from clienten.models import Bericht, Client
from clienten.rules.telefoon import mobile
from clienten.tasks import send_message
from kern.errors import DomainError
from toegang.audit import act

logger = logging.getLogger(__name__)
MEEST = 2000


@transaction.atomic
def send_bericht(
    *,
    client: Client,
    soort: BerichtSoort,
    kanaal: BerichtKanaal,
    tekst: str,
    onderwerp: str = "",
    sleutel: str,
    at: datetime,
    vertrouwelijk: bool = False,
) -> Bericht:
    """Lay a message ready and send it after the transaction; the same key is never sent twice.

    It goes to the number or address on file, nowhere else. `vertrouwelijk` wipes the text once it
    left, as for a link that opens the door.
    """
    naar = address_for(client, kanaal)
    if naar is None:
        raise DomainError(
            "Vul eerst een gsm-nummer in: naar dit nummer kan geen sms."
            if kanaal == BerichtKanaal.SMS
            else "Vul eerst een e-mailadres in."
        )
    if not tekst.strip() or len(tekst) > MEEST:
        raise DomainError(f"Schrijf een bericht van hoogstens {MEEST} tekens.")
    with act("legde een bericht aan de cliënt klaar"):
        bericht, made = Bericht.objects.get_or_create(
            bestuur_id=client.bestuur_id,
            sleutel=sleutel,
            defaults={
                "client": client,
                "soort": soort,
                "kanaal": kanaal,
                "naar": naar,
                "onderwerp": " ".join(onderwerp.split())[:150],
                "tekst": Bericht.sealed(tekst, bestuur_id=client.bestuur_id),
                "is_vertrouwelijk": vertrouwelijk,
                "aangemaakt_at": at,
                "volgende_at": at,
            },
        )
    if made:
        _queue_later(bericht)
    return bericht


def _queue_later(bericht: Bericht) -> None:
    def queue() -> None:
        _queue(bericht.bestuur_id, bericht.pk)

    transaction.on_commit(queue, robust=True)


def address_for(client: Client, kanaal: BerichtKanaal) -> str | None:
    """Return where the client is reached along this line, or nothing."""
    if kanaal == BerichtKanaal.SMS:
        return mobile(client.telefoon)
    try:
        validate_email(client.email)
    except ValidationError:
        return None
    return client.email


def _queue(bestuur_id: int, bericht_id: int) -> None:
    try:
        send_message.delay(bestuur_id=bestuur_id, bericht_id=bericht_id)
    except (OSError, OperationalError):
        # The broker is away: beat finds the message lying ready.
        logger.warning("a message waits for the broker")
