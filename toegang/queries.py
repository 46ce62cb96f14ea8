"""Where a person works today, who works here, and what the trails tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, QuerySet

from toegang.enums import Grond, Rol
from toegang.models import Aanstelling, Bestuur, Gebeurtenis, Gebruiker, Inzage


def workplaces(gebruiker: Gebruiker, *, on: date) -> dict[Bestuur, frozenset[Rol]]:
    """Return the besturen where the person holds an aanstelling on the day, with her roles."""
    rows = (
        Aanstelling.objects.active_on(on)
        .filter(gebruiker=gebruiker)
        .select_related("bestuur")
        .order_by("bestuur__naam", "pk")
    )
    places: dict[Bestuur, set[Rol]] = {}
    for row in rows:
        places.setdefault(row.bestuur, set()).add(Rol(row.rol))
    return {bestuur: frozenset(rollen) for bestuur, rollen in places.items()}


def choose_workplace(besturen: Sequence[Bestuur], chosen: int | None) -> Bestuur | None:
    """Return the bestuur chosen in the session, or else the first."""
    return next((b for b in besturen if b.pk == chosen), besturen[0] if besturen else None)


@dataclass(frozen=True, slots=True)
class Account:
    """A person in the list of a beheerder, with the roles that hold today."""

    pk: int
    naam: str
    gebruikersnaam: str
    rollen: str
    laatst: datetime | None


def account_rows(user: Gebruiker, *, on: date) -> list[Account]:
    """Return everyone who works or worked at the user's bestuur, in two queries."""
    labels: dict[int, list[str]] = {}
    for row in Aanstelling.objects.visible_to(user).active_on(on).order_by("rol"):
        labels.setdefault(row.gebruiker_id, []).append(Rol(row.rol).label)
    return [
        Account(
            pk=person.pk,
            naam=f"{person.familienaam} {person.voornaam}",
            gebruikersnaam=person.gebruikersnaam,
            rollen=", ".join(labels.get(person.pk, [])),
            laatst=person.last_login,
        )
        for person in Gebruiker.objects.visible_to(user).for_list()
    ]


def inzagen(user: Gebruiker, *, grond: str = "", gebruiker: str = "") -> QuerySet[Inzage]:
    """Return openings of files at the user's bestuur, newest first."""
    rows = Inzage.objects.visible_to(user).select_related("gebruiker").order_by("-at", "-pk")
    if grond in Grond.values:
        rows = rows.filter(grond=grond)
    if gebruiker.isdecimal():
        rows = rows.filter(gebruiker=int(gebruiker))
    return rows


def stories(user: Gebruiker) -> QuerySet[Any, Any]:
    """Return one row per act: moment, actor, sentence, dossier, number of changes."""
    return (
        Gebeurtenis.objects.visible_to(user)
        .values("transactie", "handeling", "actor__voornaam", "actor__familienaam", "client_id")
        .annotate(moment=Max("at"), aantal=Count("id"))
        .order_by("-moment", "-transactie", "handeling", "client_id")
    )
