"""The last day of work of a wijk-werker, on which the right from PWA hangs."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change, lock
from trajecten.models import Traject


@transaction.atomic
def keep_laatste_prestatie(
    *,
    traject: Traject,
    dag: date | None,
    by: Gebruiker,
    at: datetime,
    niet_meer: Collection[date] = (),
) -> Traject:
    """Store the last day of work; a later one that was known before stays.

    `niet_meer` are days whose hours were taken back: they count no longer, also when they were
    the last. The clocks and signals that hang on it are made right.
    """
    row = lock(traject)
    bekend = row.laatste_prestatie_op
    dagen = {dag, None if bekend in niet_meer else bekend} - {None}
    laatste = max((day for day in dagen if day is not None), default=None)
    if laatste != bekend:
        row.laatste_prestatie_op = laatste
        row.save(update_fields=["laatste_prestatie_op"])
    after_change(row, at=at)
    return row
