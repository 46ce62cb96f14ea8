"""The heartbeat: proof that beat and a worker are alive."""

from celery import shared_task
from django.utils import timezone

from kern.models import JobRun


@shared_task
def heartbeat() -> None:
    """Note that a task set off by beat was carried out just now."""
    now = timezone.now()
    JobRun.objects.update_or_create(
        job="hartslag",
        sleutel="",
        dag=timezone.localdate(now),
        defaults={"started_at": now, "ended_at": now},
    )
