"""What every change of a traject shares: one at a time, seen by who saves second, followed up."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError
from toegang.models import Gebeurtenis
from trajecten.berekening import recompute
from trajecten.models import Traject
from trajecten.queries import WATCHED, laatste_wijziging
from trajecten.rules.termijn import Termijn
from trajecten.signalen import refresh_client

MANY = 3
VERSIE = re.compile(r"[0-9]{1,18}")
_later = ContextVar("signals_later", default=False)


class ChangedMeanwhile(DomainError):
    """Somebody else saved first; what she did stands in the text."""


def lock(traject: Traject, *, versie: str = "") -> Traject:
    """Take the row for this transaction, as it stands now.

    `versie` is what the page showed (`queries.laatste_wijziging`); a later change by anybody
    refuses with what changed, so that the second to save decides with open eyes.
    """
    fresh = (
        Traject.objects.select_related("client", "instrument__opvolger")
        .select_for_update(of=("self",))
        .get(pk=traject.pk)
    )
    refuse_when_changed(fresh.client_id, versie)
    return fresh


def refuse_when_changed(client_id: int, versie: str) -> None:
    """Refuse when the trajecten of the client changed after the page was shown."""
    if not VERSIE.fullmatch(versie) or versie == laatste_wijziging(client_id):
        return
    events = (
        Gebeurtenis.objects.filter(client_id=client_id, tabel__in=WATCHED, pk__gt=int(versie))
        .exclude(handeling="")
        .select_related("actor")
        .order_by("pk")
    )
    acts = dict.fromkeys(_sentence(event) for event in events[:50])
    if acts:
        listed = "; ".join(list(acts)[-MANY:])
        raise ChangedMeanwhile(
            f"Intussen gewijzigd door {listed}. Wat u invulde staat er nog: kijk het na en "
            "bewaar opnieuw."
        )


def after_change(subject: Traject | Client, *, at: datetime) -> tuple[Termijn, ...]:
    """Store what follows from the change: the days of the traject, the signals of the client."""
    today = timezone.localdate(at)
    clocks: tuple[Termijn, ...] = ()
    if isinstance(subject, Traject):
        clocks = recompute(subject, on=today)
    client = subject.client if isinstance(subject, Traject) else subject
    if not _later.get():
        refresh_client(client, on=today)
    return clocks


@contextmanager
def signals_later() -> Iterator[None]:
    """Leave the signals alone in bulk work; the caller ends with `refresh_signalen`."""
    token = _later.set(True)
    try:
        yield
    finally:
        _later.reset(token)


def day_of(at: datetime) -> str:
    """Return the Brussels day of a moment as people write it."""
    return format_short(timezone.localdate(at))


def _sentence(event: Gebeurtenis) -> str:
    who = event.actor.naam if event.actor else "het systeem"
    return f"{who} om {timezone.localtime(event.at):%H:%M}: {event.handeling}"
