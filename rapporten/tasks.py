"""Follow-up work of commands: ids only, safe to deliver twice."""

from celery import shared_task

from rapporten import bundling, rendering


@shared_task(acks_late=True, reject_on_worker_lost=True, time_limit=240, soft_time_limit=200)
def render_verslag(*, bestuur_id: int, verslag_id: int) -> None:
    """Make one report, and the file of its bundle when it was the last."""
    bundel_id = rendering.render_verslag(bestuur_id=bestuur_id, verslag_id=verslag_id)
    if bundel_id is not None:
        make_bundel.delay(bestuur_id=bestuur_id, bundel_id=bundel_id)


@shared_task(acks_late=True, reject_on_worker_lost=True, time_limit=1100, soft_time_limit=1000)
def make_bundel(*, bestuur_id: int, bundel_id: int) -> None:
    """Make the file of a bundle."""
    bundling.make_bundel(bestuur_id=bestuur_id, bundel_id=bundel_id)
