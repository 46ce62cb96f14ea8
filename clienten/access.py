"""The one way to open a client's file: who may, on what ground, and that it was done."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.utils import timezone

from clienten.models import Client, Toewijzing
from kern.logs import request_id
from toegang.enums import Grond, Rol
from toegang.models import Gebruiker, Inzage


@dataclass(frozen=True, slots=True)
class ReasonNeeded(Exception):
    """Not one's own client: the file opens after saying why (`clienten:reden`)."""

    client_pk: int


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


def open_card(user: Gebruiker, pk: int, *, scherm: str, at: datetime) -> Client:
    """Return the client for the reception desk, which sees no content, and write the read log."""
    client = Client.objects.visible_to(user).filter(pk=pk).first()
    if client is None:
        raise Http404
    _write(user, client, scherm=scherm, at=at, grond=Grond.ONTHAAL, reden="")
    return client


def _with_grounds(user: Gebruiker, pk: int, at: datetime) -> Client:
    today = timezone.localdate(at)
    follows = Toewijzing.objects.active_on(today).filter(client=OuterRef("pk"), gebruiker=user)
    given = Inzage.objects.visible_to(user).filter(
        client_id=OuterRef("pk"), gebruiker=user, grond=Grond.REDEN, at__date=today
    )
    client = (
        Client.objects.visible_to(user)
        .filter(pk=pk)
        .annotate(
            volgt=Exists(follows), gegeven_reden=Subquery(given.order_by("-at").values("reden")[:1])
        )
        .first()
    )
    if client is None:
        raise Http404
    return client


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
    client = Client.objects.visible_to(user).filter(pk=pk).first()
    if client is None:
        raise Http404
    _write(
        user,
        client,
        scherm="reden opgegeven",
        at=at,
        grond=Grond.REDEN,
        reden=reden.strip()[:300],
    )
    return client
