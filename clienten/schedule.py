"""What beat starts."""

from celery import shared_task
from django.utils import timezone

from clienten.berichten.verzending import due, give_up_abandoned, wipe_texts
from clienten.tasks import send_message
from toegang.scope import each_bestuur, in_bestuur


@shared_task
def resume_messages() -> None:
    """Send what waits its turn, and stop waiting for a process that is gone."""
    now = timezone.now()
    for bestuur_id in each_bestuur():
        with in_bestuur(bestuur_id):
            give_up_abandoned(bestuur_id=bestuur_id, at=now)
            waiting = due(bestuur_id=bestuur_id, at=now)
        for bericht_id in waiting:
            send_message.delay(bestuur_id=bestuur_id, bericht_id=bericht_id)


@shared_task
def wipe_old_messages() -> None:
    """Wipe the texts of messages that left some time ago."""
    now = timezone.now()
    for bestuur_id in each_bestuur():
        with in_bestuur(bestuur_id):
            wipe_texts(bestuur_id=bestuur_id, at=now)
