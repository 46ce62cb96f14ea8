"""What beat starts."""

from celery import shared_task
from django.utils import timezone

from rapporten import commands
from toegang.scope import each_bestuur, in_bestuur


@shared_task
def resume_verslagen() -> None:
    """Put back in the queue what waits too long or was abandoned, bestuur by bestuur."""
    for bestuur_id in each_bestuur():
        with in_bestuur(bestuur_id):
            commands.resume_verslagen(bestuur_id=bestuur_id, at=timezone.now())
