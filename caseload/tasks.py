"""Follow-up work of the worker's day."""

from celery import shared_task

from caseload.imports.verwerking import work_on


@shared_task(
    acks_late=True, autoretry_for=(OSError,), retry_backoff=True, retry_jitter=True, max_retries=6
)
def work_on_import(*, import_id: int, bestuur_id: int) -> None:
    """Read, take in or take back a list; delivered twice it does nothing twice."""
    work_on(import_id=import_id, bestuur_id=bestuur_id)
