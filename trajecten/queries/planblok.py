"""The open steps of a client's plan with what they wait for, read along with her file."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef

from clienten.queries.drempels import label_for
from kern.db.bundle import objects_from, rows_of
from toegang.models import Gebruiker
from trajecten.models import Blokkering, Stap

_STAP = (
    *("id", "client_id", "tekst", "uitvoerders", "partner", "tegen", "afgesproken_tegen"),
    *("afgesproken_op", "status", "wacht_op", "gebruiker_id"),
    *("gebruiker__voornaam", "gebruiker__familienaam"),
)


@dataclass(frozen=True, slots=True)
class Blokregel:
    """An open step, and what it waits for in words that the reader may know."""

    stap: Stap
    drempel: str = ""


@dataclass(frozen=True, slots=True)
class Planblok:
    """The open steps, first day first."""

    stappen: tuple[Blokregel, ...] = ()


def blok_annotation() -> dict[str, Any]:
    """Return what the query of a file brings along: the open steps, and what they wait for."""
    stappen = Stap.objects.filter(client=OuterRef("pk")).open()
    wachten = Blokkering.objects.filter(client=OuterRef("pk")).waiting().order_by("van", "pk")
    return {
        "planstappen_": rows_of(
            stappen.order_by(F("tegen").asc(nulls_last=True), "pk"),
            *_STAP,
        ),
        "planwachten_": rows_of(wachten, "stap_id", "drempel__soort"),
    }


def blok_from(row: Any, user: Gebruiker) -> Planblok:
    """Return what `blok_annotation` brought along."""
    waits: dict[int, str] = {}
    for wait in row.planwachten_:
        waits.setdefault(wait["stap_id"], label_for(wait["drempel__soort"], user))
    stappen = objects_from(Stap, row.planstappen_)
    return Planblok(tuple(Blokregel(stap, waits.get(stap.pk, "")) for stap in stappen))
