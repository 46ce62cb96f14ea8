"""What beat sets off for the worker's day."""

import logging

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from caseload.dagmail import send_all
from caseload.imports.commands import wipe_imports
from caseload.imports.verwerking import SILENT, UNDER_WAY
from caseload.models import Import
from caseload.tasks import work_on_import
from toegang.scope import each_bestuur, in_bestuur
from trajecten.signalen.ronde import run_round

logger = logging.getLogger(__name__)


@shared_task
def resume_imports() -> None:
    """Take up the work on lists that fell silent: a killed worker, a lost message."""
    now = timezone.now()
    for bestuur_id in each_bestuur():
        with in_bestuur(bestuur_id):
            silent = Q(gezien_at__lt=now - SILENT) | Q(gezien_at__isnull=True)
            rows = Import.objects.filter(silent, bestuur=bestuur_id, status__in=UNDER_WAY)
            # A row that is held has its worker, however long a batch takes.
            free = rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")
            found = list(free.values_list("pk", flat=True))
            rows.filter(pk__in=found).update(gezien_at=now)
        for pk in found:
            work_on_import.delay(import_id=pk, bestuur_id=bestuur_id)


@shared_task
def wipe_old_imports() -> None:
    """Wipe the cells of lists some time after they were taken in."""
    now = timezone.now()
    for bestuur_id in each_bestuur():
        with in_bestuur(bestuur_id):
            wipe_imports(bestuur_id=bestuur_id, at=now)


@shared_task
def send_dagmails() -> None:
    """Send the digests of today that were not sent yet, on the signals of today."""
    now = timezone.now()
    today = timezone.localdate(now)
    for beurt in run_round(list(each_bestuur()), on=today, at=now):
        if beurt.fout:
            logger.warning("the digests of a bestuur are sent on older signals")
    send_all(on=today, at=now)
