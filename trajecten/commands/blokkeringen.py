"""A step waits for a barrier, or no longer; solving a barrier lets its steps go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from clienten.commands.drempels import close_drempel, lock_drempel
from clienten.models import Drempel
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change
from trajecten.models import Blokkering, Stap
from trajecten.models.blokkering import BlokkeringQuerySet

NIET_MEER = "Deze stap is al gedaan of niet meer nodig."


@dataclass(frozen=True, slots=True)
class Oplossing:
    """A solved barrier, and which steps can go on because of it."""

    drempel: Drempel
    stappen: tuple[Stap, ...]


@transaction.atomic
def block_stappen(
    *, stappen: Sequence[Stap], drempel: Drempel, van: date, by: Gebruiker, at: datetime
) -> tuple[Blokkering, ...]:
    """Let steps wait for a barrier of the same client from a day on; all of them, or none."""
    row = lock_drempel(drempel)
    today = timezone.localdate(at)
    what = "een stap" if len(stappen) == 1 else f"{len(stappen)} stappen"
    with audit.act(f"liet {what} wachten op een drempel: {row}"):
        waits = tuple(_block(row, stap, van, on=today) for stap in stappen)
        after_change(row.client, at=at)
    return waits


def block_stap(
    *, stap: Stap, drempel: Drempel, van: date, by: Gebruiker, at: datetime
) -> Blokkering:
    """Let one step wait for a barrier."""
    return block_stappen(stappen=[stap], drempel=drempel, van=van, by=by, at=at)[0]


@transaction.atomic
def release_stap(*, blokkering: Blokkering, by: Gebruiker, at: datetime) -> Stap:
    """Let a step go on, though its barrier may stay."""
    lock_drempel(blokkering.drempel)
    row = _waiting().filter(pk=blokkering.pk).first()
    if row is None:
        raise DomainError("Deze stap wacht niet meer.")
    with audit.act(f"liet een stap niet langer wachten op een drempel: {row.drempel}"):
        _end([row], on=timezone.localdate(at))
        after_change(row.drempel.client, at=at)
    return row.stap


@transaction.atomic
def resolve_drempel(*, drempel: Drempel, op: date, by: Gebruiker, at: datetime) -> Oplossing:
    """Write that a barrier is solved; every step that waited for it goes on from that day."""
    row = lock_drempel(drempel)
    waits = list(_waiting().filter(drempel=row))
    for wait in waits:
        if wait.van > op:
            raise DomainError(
                f"Sinds {format_short(wait.van)} wacht een stap op deze drempel. Kies die dag of "
                "een latere."
            )
    with audit.act(f"loste een drempel op: {row}"):
        _end(waits, on=op)
        solved = close_drempel(drempel=row, op=op, by=by, at=at)
        after_change(row.client, at=at)
    return Oplossing(solved, tuple(wait.stap for wait in waits if wait.stap.is_open))


def _block(drempel: Drempel, stap: Stap, van: date, *, on: date) -> Blokkering:
    step = Stap.objects.select_for_update(of=("self",)).get(pk=stap.pk)
    _check(drempel, step, van, on=on)
    key = {"bestuur_id": drempel.bestuur_id, "client_id": drempel.client_id}
    with refuse_on(Blokkering, "blokkering_geen_overlap"):
        waits = Blokkering.objects.filter(stap=step, drempel=drempel, tot__gte=van)
        if touching := waits.order_by("van").first():
            # Released and waiting again within the same days is one wait that went on.
            touching.van, touching.tot = min(touching.van, van), None
            touching.save(update_fields=["van", "tot"])
            return touching
        return Blokkering.objects.create(stap=step, drempel=drempel, van=van, **key)


def _waiting() -> BlokkeringQuerySet:
    rows = Blokkering.objects.filter(tot__isnull=True).select_related("stap", "drempel")
    return rows.order_by("van", "pk")


def _end(waits: Sequence[Blokkering], *, on: date) -> None:
    """End waits on their last day; one that began that very day never held anything up."""
    for wait in waits:
        if wait.van == on:
            wait.delete()
        else:
            wait.tot = on
            wait.save(update_fields=["tot"])


def _check(drempel: Drempel, stap: Stap, van: date, *, on: date) -> None:
    if drempel.client_id != stap.client_id:
        raise DomainError("Deze drempel hoort bij een andere cliënt.")
    if drempel.is_opgelost:
        raise DomainError("Deze drempel is opgelost. Heropen hem eerst.")
    if not stap.is_open:
        raise DomainError(NIET_MEER)
    if van > on:
        raise DomainError("Kies vandaag of een dag die voorbij is.")
    if van < drempel.van:
        raise DomainError(
            f"De drempel begon op {format_short(drempel.van)}. Kies die dag of een latere."
        )
