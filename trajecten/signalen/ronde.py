"""The daily round: each bestuur once a day, each in a transaction and a scope of its own."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from kern.models import JobRun
from toegang.audit import act
from toegang.scope import in_bestuur
from trajecten.berekening import herstel
from trajecten.queries import eigen_regels, regels_voor
from trajecten.rules.termijn import RegelOntbreekt, RegelRij
from trajecten.signalen.vernieuwen import Telling, refresh_signalen, take_turn

logger = logging.getLogger(__name__)
JOB = "signalen"


@dataclass(frozen=True, slots=True)
class Beurt:
    """What happened for one bestuur; no count means that nothing had to be done."""

    bestuur_id: int
    telling: Telling | None
    verschoven: int = 0
    fout: str = ""


def run_round(
    besturen: Iterable[int], *, on: date, at: datetime, again: bool = False
) -> Iterator[Beurt]:
    """Bring every bestuur up to the day; one that fails is noted and does not stop the others."""
    algemeen = regels_voor(None)
    for bestuur_id in besturen:
        try:
            yield refresh_bestuur(bestuur_id, algemeen, on=on, at=at, again=again)
        except (DatabaseError, RegelOntbreekt, ValueError) as problem:
            logger.exception("signals of a bestuur could not be computed")
            fout = type(problem).__name__
            _note(bestuur_id, on, started_at=at, ended_at=None, error=fout)
            yield Beurt(bestuur_id, None, fout=fout)


def refresh_bestuur(
    bestuur_id: int,
    algemeen: Sequence[RegelRij],
    *,
    on: date,
    at: datetime,
    again: bool = False,
) -> Beurt:
    """Do the round of one bestuur, unless it was done or another process is doing it.

    The note of the round is written in the same transaction: a killed process leaves nothing
    behind and the next one does it anew. `algemeen` are the rules for everyone.
    """
    with in_bestuur(bestuur_id):
        if not take_turn(bestuur_id):
            return Beurt(bestuur_id, None)
        is_done, has_own = _look(bestuur_id, on)
        if is_done and not again:
            return Beurt(bestuur_id, None)
        regels = (*algemeen, *(eigen_regels(bestuur_id) if has_own else ()))
        # An open suspension moves the last day by the mere passing of time.
        with act("berekende de dagen die vanzelf opschuiven"):
            verschoven = herstel(bestuur_id, on=on, regels=regels, alle=False)
        telling = refresh_signalen(bestuur_id, on=on, regels=regels)
        _note(
            bestuur_id,
            on,
            started_at=at,
            ended_at=timezone.now(),
            error="",
            gezien=telling.clienten,
            gewijzigd=telling.gewijzigd,
        )
    return Beurt(bestuur_id, telling, verschoven)


def _look(bestuur_id: int, on: date) -> tuple[bool, bool]:
    """Tell whether the round was done and whether the bestuur has rules of its own."""
    with connection.cursor() as cursor:
        # Do not wait for the disk: after a crash of the server the round is simply done again.
        cursor.execute(
            "SELECT EXISTS (SELECT FROM kern_jobrun WHERE job = %(job)s AND sleutel = %(sleutel)s "
            "  AND dag = %(dag)s AND ended_at IS NOT NULL), "
            "EXISTS (SELECT FROM trajecten_regel WHERE bestuur_id = %(bestuur)s), "
            "set_config('synchronous_commit', 'off', true)",
            {"job": JOB, "sleutel": str(bestuur_id), "dag": on, "bestuur": bestuur_id},
        )
        is_done, has_own, _ = cursor.fetchone()
    return is_done, has_own


def _note(bestuur_id: int, on: date, **values: Any) -> None:
    JobRun.objects.bulk_create(
        [JobRun(job=JOB, sleutel=str(bestuur_id), dag=on, **values)],
        update_conflicts=True,
        unique_fields=["job", "sleutel", "dag"],
        update_fields=list(values),
    )
