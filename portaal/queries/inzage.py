"""Who opened her file, month by month, and what was shared about her (anchor D-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import TruncMonth
from django.utils import timezone

from clienten.models import Client, Deling
from kern.periods import add_months
from portaal.rules.inzage import STIL
from toegang.enums import Rol
from toegang.models import Aanstelling, Inzage
from trajecten.models.afspraak import midnight


@dataclass(frozen=True, slots=True)
class Keer:
    """One function that looked on one day on one ground, and how often."""

    dag: date
    functie: str
    grond: str
    aantal: int


def months_of(client: Client, *, at: datetime) -> list[date]:
    """Return the months in which somebody looked, newest first."""
    months = _shown(client, at=at).annotate(maand=TruncMonth("at")).values_list("maand", flat=True)
    found = months.distinct().order_by("-maand")
    return [timezone.localdate(moment) for moment in found]


def looks_in(client: Client, month: date, *, at: datetime) -> list[Keer]:
    """Return who looked in a month, newest day first; what one person did in a day is one line."""
    rows = _shown(client, at=at).filter(
        at__gte=midnight(month), at__lt=midnight(add_months(month, 1))
    )
    found = rows.order_by("-at", "-pk").values_list("at", "gebruiker", "grond", "rol")
    return list(_per_day(found))


def delingen_of(client: Client) -> list[Deling]:
    """Return what was shared about her, what still runs first."""
    return list(Deling.objects.owned_by(client).for_list())


def _shown(client: Client, *, at: datetime) -> Any:
    """Return what she may see now, each with the function its reader had on that day."""
    held = Aanstelling.objects.filter(
        Q(tot__isnull=True) | Q(tot__gte=OuterRef("at__date")),
        gebruiker=OuterRef("gebruiker"),
        bestuur=OuterRef("bestuur"),
        van__lte=OuterRef("at__date"),
    )
    rows = Inzage.objects.filter(bestuur=client.bestuur_id, client_id=client.pk)
    role = Subquery(held.order_by("-van", "-pk").values("rol")[:1])
    # Not `exclude`: a reader without a role that day would fall out with it.
    visible = Q(rol__isnull=True) | ~Q(rol=Rol.TOEZICHTHOUDER)
    quiet_until = at - timedelta(days=STIL)
    shown: Any = rows.annotate(rol=role)
    return shown.filter(visible | Q(at__lte=quiet_until))


def _per_day(rows: Iterable[tuple[datetime, int, str, str | None]]) -> list[Keer]:
    counted: dict[tuple[date, int, str], int] = {}
    roles: dict[tuple[date, int, str], str] = {}
    for moment, reader, grond, rol in rows:
        key = (timezone.localdate(moment), reader, grond)
        counted[key] = counted.get(key, 0) + 1
        roles[key] = rol or ""
    return [Keer(key[0], roles[key], key[2], times) for key, times in counted.items()]
