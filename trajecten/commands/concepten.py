"""Drafts: kept while somebody types, gone when the form is saved or the week is over."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction

from clienten.models import Client
from kern import crypto
from kern.errors import DomainError
from toegang.models import Gebruiker
from trajecten.models import Concept
from trajecten.models.concept import BEWAARTIJD, place_of
from trajecten.queries.concepten import Formulier, velden_of

MAX_TEKENS = 100_000
MAX_VELDEN = 100
# A laptop that was closed for a week may still send what its form had: refused that long.
_CLOSED_KEPT = BEWAARTIJD + timedelta(days=1)
# Never kept: what proves a request, what the page itself adds, and passwords.
_LEFT_OUT = frozenset(
    {"csrfmiddlewaretoken", "concept", "concept_revisie", "concept_leeg", "terug"}
)


class Bewaard(NamedTuple):
    """What came of keeping a draft: the form to go on with, its row, and whether words changed.

    Without a row the form was saved meanwhile, so nothing is kept.
    """

    formulier: Formulier
    concept: Concept | None
    gewijzigd: bool


@transaction.atomic
def save_concept(
    *,
    formulier: Formulier,
    velden: Mapping[str, Sequence[str]],
    revisie: int,
    by: Gebruiker,
    at: datetime,
) -> Bewaard:
    """Keep what stands in the form now; nothing when that form was saved meanwhile.

    Another page that goes on from the same draft gets one of its own: neither overwrites the
    other.
    """
    _check(formulier, velden, by)
    row = _row(formulier)
    if row is not None and row.gesloten_at is not None:
        return Bewaard(formulier, None, gewijzigd=False)
    if row is not None and velden_of(row) == _kept(velden):
        return Bewaard(formulier, row, gewijzigd=False)
    if row is not None and row.revisie != revisie and _writer(row) != formulier.pagina:
        formulier, row = replace(formulier, formulier=secrets.token_urlsafe(16)), None
    sealed = _sealed(formulier, velden)
    if row is None:
        return Bewaard(formulier, _create(formulier, sealed, at), gewijzigd=True)
    row.inhoud, row.bewaard_at = sealed, at
    row.adres, row.titel = formulier.adres, formulier.titel
    row.revisie += 1
    row.save(update_fields=["inhoud", "bewaard_at", "revisie", "adres", "titel"])
    return Bewaard(formulier, row, gewijzigd=True)


@transaction.atomic
def close_concept(*, formulier: Formulier, by: Gebruiker, at: datetime) -> None:
    """Let the draft go: its form was saved. A late save of that form finds it closed."""
    if formulier.gebruiker_id != by.pk:
        return
    row = _row(formulier)
    if row is None:
        row = _create(formulier, _sealed(formulier, {}), at)
    _close(row, at)


@transaction.atomic
def empty_concept(*, formulier: Formulier, by: Gebruiker) -> None:
    """Remove the draft of a form in which every word was wiped again."""
    if formulier.gebruiker_id != by.pk:
        return
    row = _row(formulier)
    if row is not None and row.gesloten_at is None and _writer(row) == formulier.pagina:
        Concept.objects.filter(pk=row.pk).delete()


@transaction.atomic
def discard_concept(*, concept: Concept, by: Gebruiker, at: datetime) -> None:
    """Throw one's own draft away."""
    row = Concept.objects.select_for_update().get(pk=concept.pk)
    if row.gebruiker_id != by.pk:
        raise DomainError("Dit concept is niet van u.")
    _close(row, at)


@transaction.atomic
def sweep_concepten(*, bestuur_id: int, at: datetime) -> int:
    """Remove drafts of more than a week old, and what is left of forms saved before that."""
    own = Concept.objects.filter(bestuur=bestuur_id)
    gone, _ = own.filter(gesloten_at__isnull=True, bewaard_at__lte=at - BEWAARTIJD).delete()
    rest, _ = own.filter(gesloten_at__lte=at - _CLOSED_KEPT).delete()
    return gone + rest


def _check(formulier: Formulier, velden: Mapping[str, Sequence[str]], by: Gebruiker) -> None:
    if formulier.gebruiker_id != by.pk or by.bestuur is None:
        raise DomainError("Dit formulier is van iemand anders. Meld u aan met uw eigen naam.")
    if by.bestuur.pk != formulier.bestuur_id:
        raise DomainError("Dit formulier hoort bij een ander bestuur. Wissel van werkplek.")
    if not Client.objects.visible_to(by).filter(pk=formulier.client_id).exists():
        raise DomainError("Dit dossier is voor u gesloten.")
    length = sum(len(tekst) for teksten in velden.values() for tekst in teksten)
    if length > MAX_TEKENS or len(velden) > MAX_VELDEN:
        raise DomainError("Deze tekst is te lang om als concept te bewaren.")


def _row(formulier: Formulier) -> Concept | None:
    return (
        Concept.objects.select_for_update()
        .filter(
            bestuur=formulier.bestuur_id,
            gebruiker=formulier.gebruiker_id,
            client=formulier.client_id,
            sleutel=formulier.sleutel,
            formulier=formulier.formulier,
        )
        .first()
    )


def _create(formulier: Formulier, sealed: bytes, at: datetime) -> Concept:
    try:
        with transaction.atomic():
            return Concept.objects.create(
                bestuur_id=formulier.bestuur_id,
                client_id=formulier.client_id,
                gebruiker_id=formulier.gebruiker_id,
                sleutel=formulier.sleutel,
                formulier=formulier.formulier,
                titel=formulier.titel,
                adres=formulier.adres,
                inhoud=sealed,
                bewaard_at=at,
            )
    except IntegrityError:
        # Two saves of one page at once: the second finds the row of the first.
        row = _row(formulier)
        if row is None:
            raise
        return row


def _close(row: Concept, at: datetime) -> None:
    row.inhoud, row.gesloten_at = None, at
    row.save(update_fields=["inhoud", "gesloten_at"])


def _place(formulier: Formulier) -> str:
    return place_of(
        bestuur_id=formulier.bestuur_id,
        client_id=formulier.client_id,
        gebruiker_id=formulier.gebruiker_id,
    )


def _kept(velden: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {
        naam: list(teksten)
        for naam, teksten in velden.items()
        if naam not in _LEFT_OUT and "password" not in naam and "wachtwoord" not in naam
    }


def _sealed(formulier: Formulier, velden: Mapping[str, Sequence[str]]) -> bytes:
    content = {"pagina": formulier.pagina, "velden": _kept(velden)}
    text = json.dumps(content, ensure_ascii=False)
    return crypto.seal(text, place=_place(formulier))


def _writer(row: Concept) -> str:
    try:
        found = json.loads(crypto.unseal(bytes(row.inhoud or b""), place=row.place()))
    except crypto.Unreadable:
        return ""
    return str(found.get("pagina", ""))
