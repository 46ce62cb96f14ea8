"""Columns of a list: how each is read, shown, sorted and exported; and whose clients count."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.db.models.expressions import Combinable

from caseload.enums import Wie
from clienten.models import Toewijzing
from clienten.models.client import ClientQuerySet
from clienten.queries import plain
from kern.belgian_dates import format_short
from kern.spreadsheets import Value
from kern.words import day_of
from toegang.models import Gebruiker


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column; `nodig` names what the query must bring along for it."""

    naam: str
    label: str
    waarde: Callable[[Any], Value]
    nodig: tuple[str, ...] = ()
    sort: str = ""
    number: bool = False
    niveau: Callable[[Any, date], str] | None = None
    is_inhoud: bool = True

    def tekst(self, row: Any) -> str:
        """Return the value as it stands on the screen."""
        value = self.waarde(row)
        if isinstance(value, date | datetime):
            return str(format_short(day_of(value)))
        if isinstance(value, int):
            return str(value).replace("-", "\N{MINUS SIGN}")
        return "" if value is None else str(value)


def chosen(
    kolommen: Sequence[Kolom], namen: Sequence[str], standaard: Sequence[str], *, met_inhoud: bool
) -> list[Kolom]:
    """Return the columns asked for, in the order of the list; the usual ones when none is asked."""
    allowed = [kolom for kolom in kolommen if met_inhoud or not kolom.is_inhoud]
    asked = [kolom for kolom in allowed if kolom.naam in namen]
    if asked or not met_inhoud:
        return asked or allowed
    return [kolom for kolom in allowed if kolom.naam in standaard]


def needed(
    kolommen: Sequence[Kolom], expressions: Mapping[str, Callable[[date], Combinable]], *, on: date
) -> dict[str, Any]:
    """Return what the query annotates for these columns, each expression once."""
    names = {name for kolom in kolommen for name in kolom.nodig}
    return {name: expressions[name](on) for name in expressions if name in names}


def sort_column(kolommen: Sequence[Kolom], sort: str) -> tuple[Kolom | None, bool]:
    """Return the column to sort on, and whether downwards."""
    naam = sort.removeprefix("-")
    found = next((kolom for kolom in kolommen if kolom.naam == naam and kolom.sort), None)
    return found, sort.startswith("-")


def of_whom(clients: ClientQuerySet, wie: str, user: Gebruiker, *, on: date) -> ClientQuerySet:
    """Return the clients of oneself, of a colleague, of nobody, or all."""
    if wie == Wie.NIEMAND:
        return clients.without_spilfiguur(on=on)
    if wie == Wie.MIJ:
        return clients.followed_by(user, on=on)
    if wie.isdecimal():
        followed = Toewijzing.objects.active_on(on).filter(gebruiker=int(wie[:18]))
        return clients.filter(pk__in=followed.values("client"))
    return clients


def client_text(text: str, *, prefix: str = "") -> Q:
    """Return the condition for text typed in a list: words of the name, or the file number."""
    found = Q()
    for word in text.split()[:6]:
        found &= Q(**{f"{prefix}zoeknaam__contains": plain(word)})
    return found | Q(**{f"{prefix}dossiernummer__istartswith": text.strip()})
