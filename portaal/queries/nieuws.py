"""What the OCMW did since the client was last here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import Q
from django.utils import timezone

from portaal.models import Portaalsessie
from portaal.queries.plan import MijnPlan, Regel
from trajecten.enums import PlanStatus, Stem
from trajecten.models import Afspraak, Logboekitem

# Coming back on the same day goes on with the same visit; before the first one this long counts.
ZELFDE_BEZOEK = timedelta(hours=2)
EERSTE_KEER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Nieuws:
    """One thing that is new: what kind, about what, since when, and what it leads to."""

    soort: str
    at: datetime
    naar: str
    pk: int | None = None
    tekst: str = ""
    dag: datetime | None = None


def last_visit(sessie: Portaalsessie) -> datetime:
    """Return when she was last here, before this visit."""
    before = (
        Portaalsessie.objects.owned_by(sessie.client)
        .filter(gezien_at__lt=sessie.begonnen_at - ZELFDE_BEZOEK)
        .order_by("-gezien_at")
        .values_list("gezien_at", flat=True)
        .first()
    )
    return before or sessie.begonnen_at - EERSTE_KEER


def news_of(sessie: Portaalsessie, mijn: MijnPlan) -> list[Nieuws]:
    """Return what is new, newest first, in three queries beside the plan."""
    since = last_visit(sessie)
    rows = [
        *_of_plan(mijn, since),
        *_of_versions(mijn, since),
        *_of_appointments(sessie, since),
        *_of_log(sessie, since),
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _of_plan(mijn: MijnPlan, since: datetime) -> list[Nieuws]:
    groups = (mijn.wacht_op_mij, mijn.doelen, mijn.ik_doe, mijn.ocmw_doet, mijn.ander_doet)
    rows = chain(*groups, mijn.wacht_op_ocmw, mijn.oneens, mijn.gedaan)
    return [news for row in rows if (news := _of_item(row, since))]


def _of_item(row: Regel, since: datetime) -> Nieuws | None:
    """Return the last thing the OCMW did with it, when that is new."""
    item, answers = row.item, row.regel.van_beiden
    if item.status == PlanStatus.GEDAAN and item.afgesloten_door == Stem.OCMW:
        closed = item.afgesloten_op
        if closed is None or closed < timezone.localdate(since):
            return None
        return Nieuws("gedaan", _start_of(closed, since), row.soort, item.pk, item.tekst)
    last = answers[-1] if answers else None
    if last is not None and last.stem == Stem.OCMW and last.at > since:
        return Nieuws(last.soort, last.at, row.soort, item.pk, item.tekst)
    waits = item.wacht_op == Stem.CLIENT and item.voorstel_van == Stem.OCMW
    if waits and item.wacht_sinds and item.wacht_sinds > since and last is None:
        return Nieuws("voorstel", item.wacht_sinds, row.soort, item.pk, item.tekst)
    return None


def _start_of(day: object, since: datetime) -> datetime:
    return max(datetime.combine(day, datetime.max.time(), since.tzinfo), since)  # type: ignore[arg-type]


def _of_versions(mijn: MijnPlan, since: datetime) -> list[Nieuws]:
    found = []
    for blad in (mijn.plan.voorgelegd, mijn.plan.van_kracht):
        akkoord = blad.akkoord_van(Stem.OCMW) if blad else None
        if akkoord is not None and akkoord.at > since:
            found.append(Nieuws("plan", akkoord.at, "plan"))
    return found


def _of_appointments(sessie: Portaalsessie, since: datetime) -> list[Nieuws]:
    rows = Afspraak.objects.owned_by(sessie.client).planned()
    rows = rows.filter(created_at__gt=since, begint_at__gt=sessie.begonnen_at)
    return [
        Nieuws("afspraak", row.created_at, "afspraak", row.pk, dag=row.begint_at)
        for row in rows.order_by("begint_at")
    ]


def _of_log(sessie: Portaalsessie, since: datetime) -> list[Nieuws]:
    rows = Logboekitem.objects.owned_by(sessie.client).shared_with_client()
    fresh = rows.filter(Q(created_at__gt=since) | Q(gewijzigd_at__gt=since))
    return [
        Nieuws("logboek", row.gewijzigd_at or row.created_at, "logboek", dag=row.moment)
        for row in fresh.only("created_at", "gewijzigd_at", "moment").order_by("-created_at")[:20]
    ]
