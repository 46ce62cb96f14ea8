"""Follow-up work: what a new rule does to trajecten that run."""

from celery import shared_task
from django.utils import timezone

from toegang.audit import act
from toegang.scope import in_bestuur
from trajecten.berekening import herstel
from trajecten.signalen import refresh_signalen


@shared_task(
    acks_late=True, autoretry_for=(OSError,), retry_backoff=True, retry_jitter=True, max_retries=6
)
def recompute_bestuur(*, bestuur_id: int) -> None:
    """Store the days of every traject of the bestuur anew, then its signals; may run twice."""
    on = timezone.localdate()
    with in_bestuur(bestuur_id), act("herberekende de uiterste dagen na een nieuwe regel"):
        herstel(bestuur_id, on=on)
        refresh_signalen(bestuur_id, on=on)
