"""The one way to open a client's file: who may, on what ground, and that it was done."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.utils import timezone

from clienten.models import Client, Toewijzing
from clienten.models.client import ClientQuerySet
from kern.errors import DomainError
from kern.logs import request_id
from toegang.enums import Grond, Rol
from toegang.models import Gebruiker, Inzage
from toegang.permissions import Permission


class ReasonNeeded(Exception):
    """Not one's own client: the file opens after saying why (`clienten:reden`)."""

    def __init__(self, client_pk: int) -> None:
        super().__init__(client_pk)
        self.client_pk = client_pk


def open_client(user: Gebruiker, pk: int, *, scherm: str, at: datetime | None = None) -> Client:
    """Return the client and write the read log.

    Raises Http404 for another bestuur, a restricted file or an unknown number, and
    `ReasonNeeded` when the user neither follows the client, leads the team, nor gave a reason
    today.
    """
    moment = at or timezone.now()
    client = _with_grounds(user, pk, moment)
    grond, reden = _ground(user, client)
    _write(user, client, scherm=scherm, at=moment, grond=grond, reden=reden)
    return client


def open_clients(
    user: Gebruiker, pks: Collection[int], *, scherm: str, at: datetime
) -> frozenset[int]:
    """Write the read log of many clients at once, all or none; return whom the user may not open.

    Two queries, whatever their number.
    """
    grounds = grounds_for(user, pks, at=at)
    refused = frozenset(pks) - frozenset(grounds)
    if not refused:
        Inzage.objects.bulk_create(
            Inzage(
                bestuur=user.bestuur,
                client_id=pk,
                gebruiker=user,
                at=at,
                scherm=scherm,
                grond=grond,
                reden=reden,
                verzoek=request_id.get(),
            )
            for pk, (grond, reden) in grounds.items()
        )
    return refused


def grounds_for(
    user: Gebruiker, pks: Collection[int], *, at: datetime
) -> dict[int, tuple[Grond, str]]:
    """Return on what ground the user may open each of these clients now; nothing is written."""
    found: dict[int, tuple[Grond, str]] = {}
    for client in _annotated(user, at).filter(pk__in=pks):
        with suppress(ReasonNeeded):
            found[client.pk] = _ground(user, client)
    return found


def log_list(user: Gebruiker, pks: Collection[int], *, scherm: str, at: datetime) -> None:
    """Write in the read log of every client on a printed list that it left."""
    Inzage.objects.bulk_create(
        Inzage(
            bestuur=user.bestuur,
            client_id=pk,
            gebruiker=user,
            at=at,
            scherm=scherm,
            grond=Grond.LIJST,
            verzoek=request_id.get(),
        )
        for pk in pks
    )


def open_card(user: Gebruiker, pk: int, *, scherm: str, at: datetime) -> Client:
    """Return the client for the reception desk, which sees no content, and write the read log."""
    client = Client.objects.visible_to(user).filter(pk=pk).first()
    if client is None:
        raise Http404
    _write(user, client, scherm=scherm, at=at, grond=Grond.ONTHAAL, reden="")
    return client


def _with_grounds(user: Gebruiker, pk: int, at: datetime) -> Client:
    client = _annotated(user, at).filter(pk=pk).first()
    if client is None:
        raise Http404
    return client


def _annotated(user: Gebruiker, at: datetime) -> ClientQuerySet:
    # The view states a permission too; this one holds for whatever else opens a file.
    if not user.may(Permission.CLIENT_OPEN):
        raise PermissionDenied
    today = timezone.localdate(at)
    follows = Toewijzing.objects.active_on(today).filter(client=OuterRef("pk"), gebruiker=user)
    given = Inzage.objects.visible_to(user).filter(
        client_id=OuterRef("pk"), gebruiker=user, grond=Grond.REDEN, at__date=today
    )
    return Client.objects.visible_to(user).annotate(
        volgt=Exists(follows), gegeven_reden=Subquery(given.order_by("-at").values("reden")[:1])
    )


def _ground(user: Gebruiker, client: Client) -> tuple[Grond, str]:
    if Rol.LEIDINGGEVENDE in user.rollen:
        return Grond.LEIDING, ""
    if Rol.TOEZICHTHOUDER not in user.rollen and client.volgt:  # type: ignore[attr-defined]
        return Grond.EIGEN_CLIENT, ""
    reden: str | None = client.gegeven_reden  # type: ignore[attr-defined]
    if reden is None:
        raise ReasonNeeded(client_pk=client.pk)
    return Grond.REDEN, reden


def _write(
    user: Gebruiker, client: Client, *, scherm: str, at: datetime, grond: Grond, reden: str
) -> None:
    Inzage.objects.create(
        bestuur_id=client.bestuur_id,
        client_id=client.pk,
        gebruiker=user,
        at=at,
        scherm=scherm,
        grond=grond,
        reden=reden,
        verzoek=request_id.get(),
    )


def state_reason(user: Gebruiker, pk: int, *, reden: str, at: datetime) -> Client:
    """Write down why the user opens a file that is not hers; good for the rest of the day."""
    stated = " ".join(reden.split())[:300]
    if not stated:
        raise DomainError("Schrijf waarom u dit dossier opent.")
    client = Client.objects.visible_to(user).filter(pk=pk).first()
    if client is None:
        raise Http404
    _write(
        user,
        client,
        scherm="reden opgegeven",
        at=at,
        grond=Grond.REDEN,
        reden=stated,
    )
    return client
