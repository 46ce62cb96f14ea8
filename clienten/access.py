"""The one way to open a client's file: who may, on what ground, and that it was done."""

from dataclasses import dataclass
from datetime import datetime

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
    client = Client.objects.visible_to(user).filter(pk=pk).first()
    if client is None:
        raise Http404
    grond, reden = _ground(user, client, moment)
    Inzage.objects.create(
        bestuur_id=client.bestuur_id,
        client_id=client.pk,
        gebruiker=user,
        at=moment,
        scherm=scherm,
        grond=grond,
        reden=reden,
        verzoek=request_id.get(),
    )
    return client


def _ground(user: Gebruiker, client: Client, at: datetime) -> tuple[Grond, str]:
    if Rol.LEIDINGGEVENDE in user.rollen:
        return Grond.LEIDING, ""
    today = timezone.localdate(at)
    follows = Toewijzing.objects.active_on(today).filter(client=client, gebruiker=user)
    if Rol.TOEZICHTHOUDER not in user.rollen and follows.exists():
        return Grond.EIGEN_CLIENT, ""
    given = (
        Inzage.objects.visible_to(user)
        .filter(client_id=client.pk, gebruiker=user, grond=Grond.REDEN, at__date=today)
        .order_by("-at")
        .values_list("reden", flat=True)
        .first()
    )
    if given is None:
        raise ReasonNeeded(client_pk=client.pk)
    return Grond.REDEN, given


def state_reason(user: Gebruiker, pk: int, *, reden: str, at: datetime) -> Client:
    """Write down why the user opens a file that is not hers; good for the rest of the day."""
    client = Client.objects.visible_to(user).filter(pk=pk).first()
    if client is None:
        raise Http404
    Inzage.objects.create(
        bestuur_id=client.bestuur_id,
        client_id=client.pk,
        gebruiker=user,
        at=at,
        scherm="reden opgegeven",
        grond=Grond.REDEN,
        reden=reden.strip()[:300],
        verzoek=request_id.get(),
    )
    return client
