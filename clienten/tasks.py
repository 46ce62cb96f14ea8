"""Follow-up work of commands: ids only, safe to deliver twice."""

from celery import shared_task
from django.utils import timezone

from clienten.berichten.verzending import deliver


@shared_task(acks_late=True, reject_on_worker_lost=True, time_limit=120, soft_time_limit=90)
def send_message(*, bestuur_id: int, bericht_id: int) -> None:
    """Send one message to a client; delivered twice it leaves once."""
    deliver(bestuur_id=bestuur_id, bericht_id=bericht_id, at=timezone.now())
