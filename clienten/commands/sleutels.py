"""Seal everything that is sealed anew after a new key came first in the ring."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import transaction

from clienten.models import Insznummer
from clienten.models.insznummer import place_of
from kern import crypto

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Telling:
    """How many values were read, want the new key, and could not be read with any key."""

    gezien: int = 0
    oud: int = 0
    onleesbaar: int = 0

    def __add__(self, other: "Telling") -> "Telling":
        return Telling(
            self.gezien + other.gezien, self.oud + other.oud, self.onleesbaar + other.onleesbaar
        )


@transaction.atomic
def reseal_insznummers(*, bestuur_id: int, write: bool) -> Telling:
    """Seal each number of the bestuur with the first key; without `write` only count.

    Every number is opened, so the count also proves that every number can be read. The search
    key is made anew too, for when the key of the index was replaced.
    """
    total, last = Telling(), 0
    while batch := _after(bestuur_id, last):
        last = batch[-1].pk
        stale, unreadable = _sort(batch)
        total += Telling(len(batch), len(stale), unreadable)
        if write:
            Insznummer.objects.bulk_update(stale, ["cijfer", "zoeksleutel"])
    return total


@transaction.atomic
def reseal_values(*, bestuur_id: int, write: bool) -> Telling:
    """Seal messages, drafts, signed papers and lists anew; without `write` only count.

    Every model says itself which columns are sealed (`SEALED`) and for which place (`place()`).
    One row at a time: a paper may be as large as an upload.
    """
    total = Telling()
    for model in sealed_models():
        rows = model._default_manager.filter(bestuur=bestuur_id)
        for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
            row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is not None:
                total += _reseal(row, write=write)
    return total


def sealed_models() -> list[Any]:
    """Return the models that name sealed columns."""
    return [model for model in apps.get_models() if hasattr(model, "SEALED")]


def _reseal(row: Any, *, write: bool) -> Telling:
    total, stale = Telling(), []
    for name in row.SEALED:
        sealed = bytes(getattr(row, name) or b"")
        if not sealed:
            continue
        try:
            plain = crypto.unseal_bytes(sealed, place=row.place())
        except crypto.Unreadable:
            total += Telling(1, 0, 1)
            continue
        is_old = not crypto.sealed_with_first_key(sealed)
        total += Telling(1, int(is_old), 0)
        if is_old:
            setattr(row, name, crypto.seal_bytes(plain, place=row.place()))
            stale.append(name)
    if write and stale:
        row.save(update_fields=stale)
    return total


def _after(bestuur_id: int, last: int) -> list[Insznummer]:
    rows = Insznummer.objects.filter(bestuur=bestuur_id, pk__gt=last).order_by("pk")
    return list(rows.select_for_update(of=("self",))[:BATCH])


def _sort(batch: list[Insznummer]) -> tuple[list[Insznummer], int]:
    """Return the rows to write, already sealed anew, and the number that no key opens."""
    stale: list[Insznummer] = []
    unreadable = 0
    for row in batch:
        try:
            insz = row.reveal()
        except crypto.Unreadable:
            unreadable += 1
            continue
        zoeksleutel = crypto.blind_index(insz, place=place_of(row.bestuur_id))
        if crypto.sealed_with_first_key(bytes(row.cijfer)) and zoeksleutel == row.zoeksleutel:
            continue
        row.cijfer = crypto.seal(insz, place=place_of(row.bestuur_id))
        row.zoeksleutel = zoeksleutel
        stale.append(row)
    return stale, unreadable
