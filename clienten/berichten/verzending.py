"""Sending what lies ready: taken in hand first, handed over after, noted last.

A message that was taken and not noted may have left, and is never sent again: a message that is
missing costs a telephone call, one that comes twice makes the client doubt each next one.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clienten.berichten.mail import send_mail
from clienten.berichten.sms import send_sms
from clienten.berichten.uitkomst import Geweigerd, NietVertrokken, Onzeker
from clienten.enums import BerichtKanaal, BerichtStatus
from clienten.models import Bericht
from kern.crypto import Unreadable
from toegang.audit import act
from toegang.scope import in_bestuur

logger = logging.getLogger(__name__)
# After how long each further try; six in all, spread over half a day.
WACHT = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 20, 90, 480))
# No line takes longer to answer: who took it in hand so long ago is dead.
VERLATEN = timedelta(minutes=10)
# Long enough to answer "what did you send me?", and shorter than keys are replaced.
BEWAARD = timedelta(days=30)


def deliver(*, bestuur_id: int, bericht_id: int, at: datetime) -> BerichtStatus | None:
    """Send one message; nothing when it is not its turn, or another process has it."""
    bericht = _take(bestuur_id, bericht_id, at)
    if bericht is None:
        return None
    try:
        _hand_over(bericht)
    except NietVertrokken as reason:
        return _again(bericht, str(reason), at)
    except Geweigerd as reason:
        return _note(bericht, BerichtStatus.MISLUKT, str(reason))
    except Onzeker as reason:
        return _note(bericht, BerichtStatus.ONBEKEND, str(reason))
    return _note(bericht, BerichtStatus.VERZONDEN, "")


def _take(bestuur_id: int, bericht_id: int, at: datetime) -> Bericht | None:
    with in_bestuur(bestuur_id), act("nam een bericht aan de cliënt in handen"):
        rows = Bericht.objects.filter(
            bestuur=bestuur_id, pk=bericht_id, status=BerichtStatus.WACHT, volgende_at__lte=at
        )
        bericht = rows.select_for_update(of=("self",), skip_locked=True).first()
        if bericht is None:
            return None
        bericht.status = BerichtStatus.BEZIG
        bericht.bezig_sinds = at
        bericht.pogingen += 1
        bericht.save(update_fields=["status", "bezig_sinds", "pogingen"])
        return bericht


def _hand_over(bericht: Bericht) -> None:
    try:
        tekst = bericht.open_text()
    except Unreadable as error:
        raise Geweigerd("onleesbaar") from error
    # The number of the row says nothing of a person, and is the same each time.
    sleutel = f"{bericht.bestuur_id}-{bericht.pk}"
    if bericht.kanaal == BerichtKanaal.SMS:
        send_sms(naar=bericht.naar, tekst=tekst, sleutel=sleutel)
    else:
        send_mail(naar=bericht.naar, onderwerp=bericht.onderwerp, tekst=tekst, sleutel=sleutel)


def _again(bericht: Bericht, code: str, at: datetime) -> BerichtStatus:
    if bericht.pogingen > len(WACHT):
        return _note(bericht, BerichtStatus.MISLUKT, code)
    bericht.volgende_at = at + WACHT[bericht.pogingen - 1]
    return _note(bericht, BerichtStatus.WACHT, code)


def _note(bericht: Bericht, status: BerichtStatus, code: str) -> BerichtStatus:
    if code:
        logger.warning("a message did not leave: %s", code)
    bericht.status = status
    bericht.foutcode = code
    bericht.bezig_sinds = None
    if status == BerichtStatus.VERZONDEN:
        bericht.verzonden_at = timezone.now()
    if bericht.is_vertrouwelijk and status != BerichtStatus.WACHT:
        bericht.tekst = None
    zin = f"bericht aan de cliënt: {status.label.lower()}"
    with in_bestuur(bericht.bestuur_id), act(zin):
        bericht.save(
            update_fields=[
                "status",
                "foutcode",
                "bezig_sinds",
                "verzonden_at",
                "volgende_at",
                "tekst",
            ]
        )
    return status


@transaction.atomic
def give_up_abandoned(*, bestuur_id: int, at: datetime) -> int:
    """Note what a killed process had in hand as perhaps sent; return how many there were."""
    with act("bericht aan de cliënt: misschien vertrokken"):
        rows = Bericht.objects.filter(
            bestuur=bestuur_id, status=BerichtStatus.BEZIG, bezig_sinds__lt=at - VERLATEN
        )
        free = rows.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
        found = list(free)
        Bericht.objects.filter(bestuur=bestuur_id, pk__in=found, is_vertrouwelijk=True).update(
            tekst=None
        )
        return Bericht.objects.filter(bestuur=bestuur_id, pk__in=found).update(
            status=BerichtStatus.ONBEKEND, foutcode="verlaten", bezig_sinds=None
        )


@transaction.atomic
def wipe_texts(*, bestuur_id: int, at: datetime) -> int:
    """Wipe the texts of messages that are done with; that and when they left stays."""
    with act("wiste de tekst van oude berichten aan cliënten"):
        rows = Bericht.objects.filter(
            bestuur=bestuur_id, aangemaakt_at__lt=at - BEWAARD, tekst__isnull=False
        )
        done = rows.exclude(status__in=[BerichtStatus.WACHT, BerichtStatus.BEZIG])
        return done.update(tekst=None)


def due(*, bestuur_id: int, at: datetime) -> list[int]:
    """Return the messages whose turn it is, oldest first."""
    rows = Bericht.objects.filter(
        bestuur=bestuur_id, status=BerichtStatus.WACHT, volgende_at__lte=at
    )
    return list(rows.order_by("volgende_at", "pk").values_list("pk", flat=True)[:500])
