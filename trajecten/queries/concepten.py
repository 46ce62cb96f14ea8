"""Drafts as forms and lists need them: what was typed, when, and until when it is kept."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from clienten.models import Client
from kern import crypto
from kern.belgian_dates import format_short
from toegang.models import Gebruiker
from trajecten.models import Concept
from trajecten.models.concept import BEWAARTIJD, WAARSCHUWEN_NA

_SALT = "trajecten.concept"

Velden = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Formulier:
    """One opened form, as its page carries it, signed: whose words, about whom, typed where.

    Who holds it may keep words for this person, and read none.
    """

    bestuur_id: int
    client_id: int
    gebruiker_id: int
    sleutel: str
    formulier: str
    pagina: str
    titel: str
    adres: str

    def token(self) -> str:
        """Return the signed text that the page carries."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


@dataclass(frozen=True, slots=True)
class Geopend:
    """A form that keeps drafts: its token, and what was typed in it before."""

    formulier: Formulier
    revisie: int = 0
    concept_pk: int | None = None
    wanneer: str = ""
    verdwijnt_op: date | None = None
    andere: int = 0
    velden: Mapping[str, Any] | None = None

    @property
    def token(self) -> str:
        """Return the signed text that the page carries."""
        return self.formulier.token()

    @property
    def kenmerk(self) -> str:
        """Name the form for the page: which client, which form."""
        return f"{self.formulier.client_id}/{self.formulier.sleutel}"

    @property
    def adres(self) -> str:
        """Return where the form stands."""
        return self.formulier.adres

    @property
    def initial(self) -> dict[str, Any]:
        """Return what was typed, as the first values of a form."""
        return dict(self.velden or {})


def formulier_from(token: str) -> Formulier | None:
    """Return the form a page carried, or nothing when it was changed or is over a week old."""
    try:
        return Formulier(**signing.loads(token, salt=_SALT, max_age=BEWAARTIJD))
    except (signing.BadSignature, TypeError):
        return None


def reopened(formulier: Formulier, *, revisie: int) -> Geopend:
    """Return a form that was sent and refused: its words stand in the page itself."""
    return Geopend(formulier, revisie=revisie)


def open_concept(
    user: Gebruiker,
    client: Client,
    *,
    sleutel: str,
    titel: str,
    adres: str,
    at: datetime,
    keuze: str = "",
) -> Geopend:
    """Return the form with the draft that this user left in it, one query.

    The last typed comes back, or the one of `keuze` (its number); whatever the form then gets
    goes on in that draft.
    """
    rows = Concept.objects.visible_to(user).open_at(at).filter(client=client, sleutel=sleutel)
    found = [
        (row, velden)
        for row in rows.order_by("-bewaard_at", "-pk")
        if (velden := velden_of(row)) is not None
    ]
    chosen = next((pair for pair in found if str(pair[0].pk) == keuze), found[0] if found else None)
    form = Formulier(
        bestuur_id=client.bestuur_id,
        client_id=client.pk,
        gebruiker_id=user.pk,
        sleutel=sleutel[:60],
        formulier=chosen[0].formulier if chosen else secrets.token_urlsafe(16),
        pagina=secrets.token_urlsafe(8),
        titel=titel[:80],
        adres=adres[:200],
    )
    if chosen is None:
        return Geopend(form)
    row, velden = chosen
    return Geopend(
        form,
        revisie=row.revisie,
        concept_pk=row.pk,
        wanneer=_moment(row.bewaard_at, now=at),
        verdwijnt_op=timezone.localdate(row.verdwijnt_at) if is_oud(row, at=at) else None,
        andere=len(found) - 1,
        velden={naam: tekst[0] if len(tekst) == 1 else tekst for naam, tekst in velden.items()},
    )


def velden_of(row: Concept) -> Velden | None:
    """Return what was typed, field by field; nothing when no key opens it any more."""
    if row.inhoud is None:
        return None
    try:
        found = json.loads(crypto.unseal(bytes(row.inhoud), place=row.place()))
    except crypto.Unreadable:
        return None
    return dict(found["velden"])


def is_oud(row: Concept, *, at: datetime) -> bool:
    """Tell whether the draft goes within two days."""
    return row.bewaard_at <= at - WAARSCHUWEN_NA


def mijn_concepten(user: Gebruiker, *, at: datetime) -> "QuerySet[Concept]":
    """Return the user's open drafts with their client, the last typed first."""
    return Concept.objects.visible_to(user).open_at(at).for_list()


@dataclass(frozen=True, slots=True)
class Wachtend:
    """How many drafts wait for their writer, and how many go within two days."""

    open: int
    verdwijnen: int


def wachtende_concepten(
    user: Gebruiker, *, at: datetime
) -> tuple["QuerySet[Concept]", "QuerySet[Concept]"]:
    """Return the user's open drafts, and those that go within two days; to be counted."""
    rows = Concept.objects.visible_to(user).open_at(at)
    return rows, rows.filter(bewaard_at__lte=at - WAARSCHUWEN_NA)


def _moment(moment: datetime, *, now: datetime) -> str:
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate(now):
        return f"{local:%H:%M}"
    return f"{format_short(local.date())} om {local:%H:%M}"
