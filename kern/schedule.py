"""The heartbeat, proof that beat and a worker are alive, and the sweeping of old sessions."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from kern.models import JobRun


@shared_task
def clear_sessions() -> None:
    """Remove sessions that ended; a stolen copy of the table then holds none of the past."""
    call_command("clearsessions")


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
