"""The log as it is read: each entry with its questions, additions and what was taken out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet

from kern.db.bundle import objects_from, rows_of
from toegang.models import Gebruiker
from toegang.permissions import Permission
from trajecten.enums import Redigeerbaar
from trajecten.models import Logaanvulling, Logboekitem, Logvraag, Redactie


@dataclass(frozen=True, slots=True)
class Logregel:
    """One entry with what stands under it, and what this reader may do with it."""

    item: Logboekitem
    vragen: tuple[Logvraag, ...]
    aanvullingen: tuple[Logaanvulling, ...]
    redacties: tuple[Redactie, ...]
    is_eigen: bool
    mag_schrijven: bool
    mag_vragen: bool
    mag_redigeren: bool

    @property
    def open_vragen(self) -> tuple[Logvraag, ...]:
        """Return the questions that wait for the author."""
        return tuple(vraag for vraag in self.vragen if vraag.gesloten_at is None)


def with_answers(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Bring along, in the same query, what stands under each entry."""
    found: QuerySet[Any] = rows.annotate(
        vragen_=rows_of(
            Logvraag.objects.filter(item=OuterRef("pk")).order_by("pk"),
            *("id", "vraag", "antwoord", "gesteld_at", "gesloten_at"),
            *_who("gesteld_door"),
            *_who("beantwoord_door"),
        ),
        aanvullingen_=rows_of(
            Logaanvulling.objects.filter(item=OuterRef("pk")).order_by("pk"),
            *("id", "tekst", "at"),
            *_who("auteur"),
        ),
        redacties_=rows_of(
            Redactie.objects.filter(
                tekstsoort=Redigeerbaar.LOGBOEK, rij_id=OuterRef("pk")
            ).order_by("pk"),
            *("id", "reden", "at"),
            *_who("door"),
        ),
    )
    return found


def regels_of(rows: Iterable[Any], user: Gebruiker) -> list[Logregel]:
    """Return entries that came with their answers, as this user may read and handle them."""
    return [regel_of(row, user) for row in rows]


def regel_of(item: Any, user: Gebruiker) -> Logregel:
    """Return one entry that came with its answers."""
    is_eigen = item.auteur_id == user.pk
    writes = user.may(Permission.LOG_WRITE)
    return Logregel(
        item=item,
        vragen=tuple(objects_from(Logvraag, item.vragen_)),
        aanvullingen=tuple(objects_from(Logaanvulling, item.aanvullingen_)),
        redacties=tuple(objects_from(Redactie, item.redacties_)),
        is_eigen=is_eigen,
        mag_schrijven=writes,
        mag_vragen=not is_eigen and user.may(Permission.LOG_ASK),
        mag_redigeren=writes and (is_eigen or user.may(Permission.TEKST_REDACT)),
    )


def open_logvragen_for(user: Gebruiker) -> "QuerySet[Logvraag]":
    """Return the questions about this user's entries that wait for an answer, oldest first."""
    return (
        Logvraag.objects.visible_to(user)
        .open()
        .filter(item__auteur=user)
        .select_related("client", "item", "gesteld_door")
        .order_by("gesteld_at", "pk")
    )


def _who(name: str) -> tuple[str, str, str]:
    return f"{name}_id", f"{name}__voornaam", f"{name}__familienaam"
