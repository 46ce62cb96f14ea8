"""Saying that something in her file is not right: an act that the OCMW then owes her."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from clienten.models import Client
from kern.periods import add_months
from trajecten.commands.plan import PlanStapGegevens, propose_stap
from trajecten.commands.wie import Wie
from trajecten.enums import Uitvoerder
from trajecten.models import Stap

# A correction is due within a month of the asking (GDPR art. 12, 3 and 16).
ANTWOORD_MAANDEN = 1
BEGIN = "Mijn gegevens verbeteren: "


@transaction.atomic
def report_wrong(*, client: Client, tekst: str, wie: Wie, at: datetime, sleutel: str) -> Stap:
    """Ask the OCMW to correct her data: a step of the OCMW in her plan, due within a month."""
    return propose_stap(
        client=client,
        gegevens=PlanStapGegevens(
            tekst=BEGIN + tekst,
            uitvoerders=[Uitvoerder.OCMW],
            tegen=add_months(timezone.localdate(at), ANTWOORD_MAANDEN),
        ),
        wie=wie,
        at=at,
        sleutel=sleutel,
    )
