"""What a worker's own calendar may know: initials, kind, place and time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from toegang.models import Aanstelling, Gebruiker
from trajecten.enums import AfspraakSoort, AfspraakStatus
from trajecten.models import Afspraak, Agendafeed

BACK, AHEAD = timedelta(days=31), timedelta(days=366)
MOST = 2000


@dataclass(frozen=True, slots=True)
class Kalenderpunt:
    """One appointment as it leaves the house."""

    sleutel: str
    wat: str
    plaats: str
    begint_at: datetime
    eindigt_at: datetime
    versie: int
    gaat_door: bool


def worker_of(bestuur_id: int, digest: str, *, at: datetime) -> Gebruiker | None:
    """Return whose calendar it is, while she is active and works here; needs the scope."""
    rows = Agendafeed.objects.filter(bestuur=bestuur_id, hash=digest).in_use()
    feed = rows.filter(gebruiker__is_active=True).select_related("gebruiker").first()
    if feed is None:
        return None
    today = timezone.localdate(at)
    places = Aanstelling.objects.active_on(today).filter(bestuur=bestuur_id)
    return feed.gebruiker if places.filter(gebruiker=feed.gebruiker_id).exists() else None


def kalender_van(gebruiker: Gebruiker, bestuur_id: int, *, at: datetime) -> list[Kalenderpunt]:
    """Return the worker's appointments around today, without names, numbers or subject."""
    rows = (
        Afspraak.objects.filter(bestuur=bestuur_id, medewerker=gebruiker)
        .filter(begint_at__gte=at - BACK, begint_at__lt=at + AHEAD)
        .select_related("client")
        .only(
            *("begint_at", "duur", "plaats", "soort", "status", "volgnummer"),
            *("client__voornaam", "client__familienaam"),
        )
        .order_by("begint_at", "pk")
    )
    return [_punt(row) for row in rows[:MOST]]


def _punt(row: Afspraak) -> Kalenderpunt:
    names = (row.client.voornaam, row.client.familienaam)
    initialen = "".join(f"{name[0].upper()}." for name in names if name)
    return Kalenderpunt(
        sleutel=str(row.pk),
        wat=f"{AfspraakSoort(row.soort).label} {initialen}",
        plaats=row.plaats,
        begint_at=row.begint_at,
        eindigt_at=row.eindigt_at,
        versie=row.volgnummer,
        gaat_door=row.status != AfspraakStatus.NIET_DOORGEGAAN,
    )
