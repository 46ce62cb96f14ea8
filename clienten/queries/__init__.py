"""Finding a person: by name in any order, number, birth date or file number."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, IntegerField, Q, TextField, Value
from django.db.models.functions import Cast, Lower, Substr

from clienten.models import Client, Insznummer
from clienten.models.client import ClientQuerySet, Unaccent
from clienten.rules.insz import LENGTH
from kern.belgian_dates import DateError, parse_date
from toegang.models import Gebruiker

ALIKE = 0.5
SHORTEST_TYPO = 4
_MARKS = re.compile(r"[\s.\-/]+")
_DIGITS_AND_MARKS = re.compile(r"[\d\s.\-/]+")


def find_clients(user: Gebruiker, text: str, *, on: date, limit: int) -> list[Client]:
    """Return the visible clients somebody may mean by what was typed, likeliest first."""
    typed = " ".join(text.replace("\x00", "").split())[:120]
    if not typed:
        return []
    clients = Client.objects.visible_to(user)
    if (number := _insz_digits(typed)) is not None:
        known = Insznummer.objects.matching(number, bestuur_id=_bestuur_id(user))
        return list(clients.filter(pk__in=known.values("client")).for_list()[:limit])
    exact = clients.filter(_named(typed) | _other(typed, on)).for_list()[:limit]
    return list(exact) or list(_alike(clients, typed)[:limit])


def lookalikes(
    user: Gebruiker, *, familienaam: str, voornaam: str, geboortedatum: date | None
) -> list[Client]:
    """Return visible clients with the same name whose birth date does not differ."""
    same_birth = Q(geboortedatum=geboortedatum) | Q(geboortedatum__isnull=True)
    found = Client.objects.visible_to(user).named_like(f"{familienaam} {voornaam}")
    return list((found.filter(same_birth) if geboortedatum else found).for_list()[:3])


def next_dossiernummer(*, on: date) -> str:
    """Return the first free number of the year, in the scope of the bestuur."""
    prefix = f"{on.year}-"
    last = (
        Client.objects.filter(dossiernummer__regex=rf"^{prefix}\d{{4,9}}$")
        .annotate(number=Cast(Substr("dossiernummer", len(prefix) + 1), IntegerField()))
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{prefix}{(last or 0) + 1:04d}"


def _bestuur_id(user: Gebruiker) -> int:
    return user.bestuur.pk if user.bestuur else 0


def _insz_digits(typed: str) -> str | None:
    """Return eleven digits; a part of a number finds nobody."""
    if not _DIGITS_AND_MARKS.fullmatch(typed):
        return None
    digits = _MARKS.sub("", typed)
    return digits if len(digits) == LENGTH else None


def _words(typed: str) -> Sequence[str]:
    return typed.split()[:6]


def plain(word: str) -> Unaccent:
    """Return the word as `zoeknaam` stores it: small letters, no accents."""
    return Unaccent(Lower(Value(word, TextField())))


def _named(typed: str) -> Q:
    named = Q()
    for word in _words(typed):
        named &= Q(zoeknaam__contains=plain(word))
    return named


def _other(typed: str, on: date) -> Q:
    other = Q(dossiernummer__istartswith=typed)
    with suppress(DateError):
        other |= Q(geboortedatum=parse_date(typed, latest=on))
    return other


def _alike(clients: ClientQuerySet, typed: str) -> ClientQuerySet:
    """Return names in which every word of some length is written almost so."""
    words = [word for word in _words(typed) if len(word) >= SHORTEST_TYPO]
    if not words:
        return clients.none()
    found, nearness = clients, Value(0.0)
    for number, word in enumerate(words):
        name = f"gelijkenis_{number}"
        likeness = TrigramWordSimilarity(plain(word), "zoeknaam")  # type: ignore[arg-type]
        found = found.annotate(**{name: likeness})
        found = found.filter(**{f"{name}__gte": ALIKE})
        nearness = nearness + F(name)  # type: ignore[assignment]
    return found.order_by(nearness.desc(), "zoeknaam", "pk")
