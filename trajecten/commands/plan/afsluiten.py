"""Saying that something is done, is no longer needed, or is needed after all."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kern.errors import DomainError, refuse_on
from toegang import audit
from trajecten.commands.follow_up import after_change
from trajecten.commands.plan.slot import lock_regel, noun
from trajecten.commands.wie import Wie
from trajecten.enums import PlanStatus, Stem
from trajecten.models import Doel, Stap
from trajecten.rules.plan.beurt import ANDERE, Kant, mag_afvinken, mag_intrekken

WOORD_MAX = 300


@transaction.atomic
def finish_item(
    *, item: Doel | Stap, wie: Wie, at: datetime, woord: str = "", revisie: int | None = None
) -> Doel | Stap:
    """Say that a goal or step is done, with a word if one likes; ticking twice counts once."""
    row = lock_regel(item, at=at, revisie=revisie).item
    if row.status == PlanStatus.GEDAAN:
        return row
    if not mag_afvinken(Kant(wie.stem), row.uitvoerders):
        raise DomainError("Wie dit doet, zegt dat het gedaan is.")
    return _close(row, PlanStatus.GEDAAN, wie, at, woord, f"vinkte {noun(row)} af: {row.tekst}")


@transaction.atomic
def drop_item(
    *, item: Doel | Stap, wie: Wie, at: datetime, reden: str = "", revisie: int | None = None
) -> Doel | Stap:
    """Let a goal or step lapse. What was agreed needs a reason, which the other side reads."""
    row = lock_regel(item, at=at, revisie=revisie).item
    if row.status == PlanStatus.VERVALLEN:
        return row
    was_agreed = row.afgesproken_op is not None
    if not mag_intrekken(Kant(wie.stem), Kant(row.voorsteller), ooit_afgesproken=was_agreed):
        raise DomainError(
            "Dit is een voorstel van de andere kant. Antwoord erop: een andere dag, of niet "
            "akkoord in eigen woorden."
        )
    if was_agreed and not reden.strip():
        raise DomainError("Dit was afgesproken. Zeg waarom het niet meer nodig is.")
    zin = f"liet {noun(row)} vervallen: {row.tekst}"
    return _close(row, PlanStatus.VERVALLEN, wie, at, reden, zin)


@transaction.atomic
def reopen_item(*, item: Doel | Stap, wie: Wie, at: datetime) -> Doel | Stap:
    """Let what was closed stand again: as agreed if it was, else as a proposal."""
    row = lock_regel(item, at=at).item
    if row.is_open:
        return row
    if wie.stem == Stem.CLIENT and not mag_afvinken(Kant.CLIENT, row.uitvoerders):
        raise DomainError("Wie dit doet, zet het weer open.")
    if row.afgesproken_op is not None and row.tegen == row.afgesproken_tegen:
        row.status = PlanStatus.AFGESPROKEN
    else:
        row.status = PlanStatus.VOORGESTELD
        row.wacht_op = ANDERE[Kant(row.voorstel_van)]
        row.wacht_sinds = at
    row.afgesloten_op = None
    row.afgesloten_door = ""
    row.slotwoord = ""
    with audit.act(wie.zin(f"zette {noun(row)} weer open: {row.tekst}")):
        row.save()
        after_change(row.client, at=at)
    return row


def _close(
    row: Doel | Stap, status: PlanStatus, wie: Wie, at: datetime, woord: str, zin: str
) -> Doel | Stap:
    if not row.is_open:
        raise DomainError(f"Dit is al {row.get_status_display().lower()}.")
    if len(woord.strip()) > WOORD_MAX:
        raise DomainError(f"Schrijf het korter, met hoogstens {WOORD_MAX} tekens.")
    row.status = status
    row.wacht_op = ""
    row.wacht_sinds = None
    row.afgesloten_op = timezone.localdate(at)
    row.afgesloten_door = wie.stem
    row.slotwoord = woord.strip()
    with audit.act(wie.zin(zin)), refuse_on(type(row)):
        row.save()
        after_change(row.client, at=at)
    return row
