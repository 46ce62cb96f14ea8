"""Appointments: of a client, of a worker's day, and what gets in each other's way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from clienten.models import Client
from kern.db.bundle import objects_from, rows_of
from toegang.models import Gebruiker
from trajecten.enums import AfspraakSoort, AfspraakStatus
from trajecten.models import Afspraak, Agendapunt
from trajecten.models.afspraak import AfspraakQuerySet, midnight

PAST_IN_FILE = 5
MOST_COMING = 30
PAST_FOR_CLIENT = 20
# The hours at which a talk is proposed; any other may be typed.
KANTOORUREN = (9, 10, 11, 13, 14, 15, 16)
# What the client never reads; a deferred column is not even fetched.
INTERN = ("notitie", "reden", "herinneren_op", "herinnerd_at", "volgnummer")
DESK = (
    "bestuur",
    "client",
    "medewerker",
    "begint_at",
    "duur",
    "plaats",
    "status",
    "created_at",
    "client__familienaam",
    "client__voornaam",
    "medewerker__voornaam",
    "medewerker__familienaam",
)


@dataclass(frozen=True, slots=True)
class Afspraken:
    """Appointments to come, the first one first, and past ones, the last one first."""

    komend: tuple[Afspraak, ...] = ()
    voorbij: tuple[Afspraak, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.komend or self.voorbij)

    @property
    def te_noteren(self) -> tuple[Afspraak, ...]:
        """Return past ones of which nobody noted what came of them."""
        return tuple(row for row in self.voorbij if row.is_gepland)


def afspraken_of_client(client: Client, *, at: datetime) -> Afspraken:
    """Return what the client herself sees of her appointments: nothing that is kept inside."""
    rows = Afspraak.objects.owned_by(client).select_related("medewerker").defer(*INTERN)
    return _split(rows, at=at, past=PAST_FOR_CLIENT)


def afspraken_in_dossier(
    client: Client, user: Gebruiker, *, at: datetime, past: int = PAST_IN_FILE
) -> Afspraken:
    """Return the appointments of a client whose file was opened."""
    rows = Afspraak.objects.visible_to(user).filter(client=client)
    return _split(rows.select_related("medewerker"), at=at, past=past)


def blok_annotation() -> dict[str, ArraySubquery]:
    """Return the appointments of a client as they come along in the query of her file."""
    rows = Afspraak.objects.filter(client=OuterRef("pk")).order_by("-begint_at", "-pk")
    fields = ("id", "soort", "begint_at", "duur", "plaats", "onderwerp", "partner", "status")
    people = ("medewerker_id", "medewerker__voornaam", "medewerker__familienaam")
    window = rows[: PAST_IN_FILE + MOST_COMING]
    return {"afspraken_": rows_of(window, *fields, "oorzaak", *people)}


def blok_from(own: Any, *, on: date) -> Afspraken:
    """Return the appointments that came along."""
    return _part(objects_from(Afspraak, own.afspraken_), on=on, past=PAST_IN_FILE)


def afspraken_aan_balie(client: Client, user: Gebruiker, *, at: datetime) -> tuple[Afspraak, ...]:
    """Return when somebody is expected, where and by whom: what the reception desk may know."""
    rows = Afspraak.objects.visible_to(user).filter(client=client).planned()
    coming = rows.filter(begint_at__gte=at - timedelta(hours=1)).for_list()
    return tuple(coming.only(*DESK)[:PAST_FOR_CLIENT])


def afspraken_on(user: Gebruiker, day: date) -> list[Afspraak]:
    """Return the worker's own appointments of a day that were not called off."""
    return list(agenda_of(user, day, day).exclude(status=AfspraakStatus.NIET_DOORGEGAAN))


def agenda_of(user: Gebruiker, first: date, last: date) -> AfspraakQuerySet:
    """Return the worker's own appointments of some days, where she works now."""
    rows = Afspraak.objects.visible_to(user).of_worker(user).between(first, last)
    return rows.for_list().select_related("traject__instrument")


def agenda_aan_balie(user: Gebruiker, first: date, last: date) -> AfspraakQuerySet:
    """Return whom the reception desk expects on some days, without content."""
    rows = Afspraak.objects.visible_to(user).planned().between(first, last)
    here = rows.exclude(soort__in=[AfspraakSoort.TELEFOON, AfspraakSoort.HUISBEZOEK])
    return here.for_list().only(*DESK)


def zonder_uitkomst(user: Gebruiker, *, at: datetime) -> list[Afspraak]:
    """Return the worker's past appointments of which nobody noted what came of them."""
    rows = Afspraak.objects.visible_to(user).of_worker(user).planned().filter(begint_at__lt=at)
    return list(rows.for_list()[:PAST_FOR_CLIENT])


def zelf_te_herinneren(user: Gebruiker, *, on: date, at: datetime) -> list[Afspraak]:
    """Return the worker's appointments whose reminder does not go by itself: call, or write."""
    rows = Afspraak.objects.visible_to(user).of_worker(user).planned()
    due = rows.filter(herinneren_op__lte=on, herinnerd_at__isnull=True, begint_at__gt=at)
    return list(due.for_list()[:PAST_FOR_CLIENT])


def botsingen(
    medewerker: Gebruiker, user: Gebruiker, *, begin: datetime, duur: int, zonder: int | None
) -> list[Afspraak]:
    """Return what the worker already has at that time where the user works."""
    rows = Afspraak.objects.visible_to(user).of_worker(medewerker).planned()
    rows = rows.overlapping(begin, begin + timedelta(minutes=duur))
    others = rows if zonder is None else rows.exclude(pk=zonder)
    return list(others.for_list()[:3])


def vrij_uur(
    medewerker: Gebruiker, user: Gebruiker, day: date, *, duur: int, at: datetime
) -> time | None:
    """Return the first hour of the day at which the worker is free, if there is one."""
    rows = Afspraak.objects.visible_to(user).of_worker(medewerker).planned().between(day, day)
    taken = [(row.begint_at, row.eindigt_at) for row in rows.order_by("begint_at")]
    for hour in KANTOORUREN:
        begin = timezone.make_aware(datetime.combine(day, time(hour)))
        end = begin + timedelta(minutes=duur)
        if begin > at and all(end <= other or begin >= until for other, until in taken):
            return time(hour)
    return None


def geplande_evaluaties(client_id: int, *, at: datetime) -> list[Afspraak]:
    """Return evaluations of a client that are planned, the first one first."""
    rows = Afspraak.objects.filter(client=client_id, soort=AfspraakSoort.EVALUATIE).planned()
    return list(rows.filter(begint_at__gte=at).for_list())


def agenda_van_gesprek(afspraak: Afspraak) -> Sequence[Agendapunt]:
    """Return the points of a talk between three, those of the client first."""
    return list(Agendapunt.objects.filter(afspraak=afspraak).in_order())


def _split(rows: AfspraakQuerySet, *, at: datetime, past: int) -> Afspraken:
    """Part what is to come from what is past, in one query.

    What begins today stands with what is to come until somebody notes how it went.
    """
    found = list(rows.order_by("-begint_at", "-pk")[: past + MOST_COMING])
    return _part(found, on=timezone.localdate(at), past=past)


def _part(found: Sequence[Afspraak], *, on: date, past: int) -> Afspraken:
    begin = midnight(on)
    coming = [row for row in found if row.is_gepland and row.begint_at >= begin]
    gone = [row for row in found if not (row.is_gepland and row.begint_at >= begin)]
    return Afspraken(tuple(reversed(coming)), tuple(gone[:past]))
