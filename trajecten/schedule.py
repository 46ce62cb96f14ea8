"""What beat sets off for trajecten."""

from celery import shared_task
from django.utils import timezone

from toegang.scope import each_bestuur, in_bestuur
from trajecten.commands.afspraakpost import send_herinneringen
from trajecten.commands.concepten import sweep_concepten
from trajecten.signalen.ronde import run_round
from trajecten.tasks import recompute_bestuur


class RoundIncomplete(RuntimeError):
    """For some besturen the round failed; the next one tries them again."""


@shared_task
def refresh_all_signalen() -> None:
    """Bring the signals of all besturen up to today; who had a round today is skipped.

    The state of today is computed, so days without a round need no catching up of their own.
    """
    now = timezone.now()
    besturen = list(each_bestuur())
    failed = sum(
        bool(beurt.fout) for beurt in run_round(besturen, on=timezone.localdate(now), at=now)
    )
    if failed:
        raise RoundIncomplete(f"{failed} of {len(besturen)} besturen")


@shared_task
def recompute_all() -> None:
    """Compare every stored day with its clock, should the follow-up of a new rule have got lost.

    Writes only where they differ.
    """
    for bestuur_id in each_bestuur():
        recompute_bestuur(bestuur_id=bestuur_id)


@shared_task
def sweep_all_concepten() -> None:
    """Remove drafts of which the week is over."""
    now = timezone.now()
    for bestuur_id in each_bestuur():
        with in_bestuur(bestuur_id):
            sweep_concepten(bestuur_id=bestuur_id, at=now)


@shared_task
def send_all_herinneringen() -> None:
    """Remind clients of their appointments; each reminder is claimed and leaves once."""
    now = timezone.now()
    on = timezone.localdate(now)
    for bestuur_id in each_bestuur():
        with in_bestuur(bestuur_id):
            send_herinneringen(bestuur_id=bestuur_id, on=on, at=now)
