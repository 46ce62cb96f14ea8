"""The standing of a client: a new one closes the one before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from clienten.enums import StatuutSoort
from clienten.models import Client, Statuut
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang.audit import act
from toegang.models import Gebruiker

LEEFLOON = (StatuutSoort.LEEFLOON, StatuutSoort.EQUIVALENT_LEEFLOON)
_RULES = (
    "statuut_geen_overlap",
    "statuut_einde_na_begin",
    "statuut_soort_bekend",
    "statuut_categorie_1_2_3",
)


@transaction.atomic
def add_statuut(
    *,
    client: Client,
    soort: str,
    van: date,
    categorie: int | None = None,
    herkomst: str = "",
    beslist_op: date | None = None,
    by: Gebruiker,
    at: datetime,
) -> Statuut:
    """Give the client a standing from a day on; the running one ends the day before."""
    if categorie is not None and soort not in LEEFLOON:
        raise DomainError("Alleen een leefloon of equivalent leefloon heeft een categorie.")
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    statuut = Statuut(
        bestuur_id=client.bestuur_id,
        client=client,
        soort=soort,
        categorie=categorie,
        herkomst=herkomst,
        van=van,
        beslist_op=beslist_op,
    )
    with act(f"gaf het statuut {statuut} vanaf {format_short(van)}"), refuse_on(Statuut, *_RULES):
        running = Statuut.objects.filter(client=client, tot__isnull=True, van__lt=van)
        running.update(tot=van - timedelta(days=1))
        statuut.save(force_insert=True)
    return statuut


@dataclass(frozen=True, slots=True)
class EersteStatuut:
    """The standing of a client of whom none is known yet."""

    client: Client
    soort: str
    van: date
    categorie: int | None = None


@transaction.atomic
def add_first_statuten(
    *, statuten: Sequence[EersteStatuut], by: Gebruiker, at: datetime
) -> list[Statuut]:
    """Give many clients their first standing; all of them, or none."""
    if any(item.categorie is not None and item.soort not in LEEFLOON for item in statuten):
        raise DomainError("Alleen een leefloon of equivalent leefloon heeft een categorie.")
    rows = [
        Statuut(
            bestuur_id=item.client.bestuur_id,
            client=item.client,
            soort=item.soort,
            categorie=item.categorie,
            van=item.van,
        )
        for item in statuten
    ]
    with act(f"gaf het eerste statuut aan {len(rows)} cliënten"), refuse_on(Statuut, *_RULES):
        return Statuut.objects.bulk_create(rows)


@transaction.atomic
def close_statuut(*, statuut: Statuut, tot: date, by: Gebruiker, at: datetime) -> Statuut:
    """Let a running standing end on a day."""
    current = Statuut.objects.select_for_update(of=("self",)).get(pk=statuut.pk)
    if current.tot is not None:
        raise DomainError(f"Dit statuut eindigde al op {format_short(current.tot)}.")
    current.tot = tot
    with (
        act(f"sloot het statuut {current} af t.e.m. {format_short(tot)}"),
        refuse_on(Statuut, *_RULES),
    ):
        current.save(update_fields=["tot"])
    return current
