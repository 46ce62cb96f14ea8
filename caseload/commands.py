"""Changes of a client followed by what hangs on them: her signals are right in the same request."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction
from django.utils import timezone

from caseload.enums import Lijst
from caseload.models import Weergave
from clienten import commands as clienten
from clienten.enums import ToewijzingRol
from clienten.models import Client
from kern.errors import refuse_on
from kern.logs import request_id
from toegang.audit import act
from toegang.enums import Grond, Rol
from toegang.models import Bestuur, Gebruiker, Inzage
from trajecten.commands import after_change
from trajecten.signalen import refresh_client, refresh_signalen

P = ParamSpec("P")
T = TypeVar("T")
# Above this number one statement for the whole bestuur costs less than one for each client.
ONE_BY_ONE = 20
BATCH = 1000


def _then_refresh(command: Callable[P, T]) -> Callable[P, T]:
    """Run a command about one client and bring her signals up to date in the same transaction."""

    @wraps(command)
    def whole(*args: P.args, **kwargs: P.kwargs) -> T:
        with transaction.atomic():
            done = command(*args, **kwargs)
            subject: Any = kwargs.get("client") or done
            at: Any = kwargs["at"]
            after_change(subject if isinstance(subject, Client) else subject.client, at=at)
            return done

    return whole


change_client = _then_refresh(clienten.change_client)
add_statuut = _then_refresh(clienten.add_statuut)
close_statuut = _then_refresh(clienten.close_statuut)
record_vdab = _then_refresh(clienten.record_vdab)
assign = _then_refresh(clienten.assign)
end_toewijzing = _then_refresh(clienten.end_toewijzing)


@transaction.atomic
def register_client(
    *,
    bestuur: Bestuur,
    gegevens: Mapping[str, Any],
    insz: str,
    spilfiguur: Gebruiker | None,
    by: Gebruiker,
    at: datetime,
) -> Client:
    """Open a file for a person, and give it to the worker who will follow her."""
    client = clienten.register_client(bestuur=bestuur, gegevens=gegevens, insz=insz, by=by, at=at)
    if spilfiguur is not None:
        guides = spilfiguur == by and Rol.TRAJECTBEGELEIDER in by.rollen
        rol = ToewijzingRol.TRAJECTBEGELEIDER if guides else ToewijzingRol.MAATSCHAPPELIJK_WERKER
        clienten.assign(
            client=client,
            gebruiker=spilfiguur,
            rol=rol,
            van=timezone.localdate(at),
            is_spilfiguur=True,
            by=by,
            at=at,
        )
    after_change(client, at=at)
    return client


@transaction.atomic
def assign_many(
    *,
    bestuur: Bestuur,
    client_pks: Collection[int],
    gebruiker: Gebruiker,
    rol: str,
    van: date,
    reden: str,
    by: Gebruiker,
    at: datetime,
) -> list[int]:
    """Make a worker the spilfiguur of many clients; return whose spilfiguur changed."""
    done = clienten.assign_spilfiguur(
        client_pks=client_pks, gebruiker=gebruiker, rol=rol, van=van, reden=reden, by=by, at=at
    )
    today = timezone.localdate(at)
    if len(done) > ONE_BY_ONE:
        refresh_signalen(bestuur.pk, on=today)
    else:
        for pk in done:
            refresh_client(pk, on=today, bestuur_id=bestuur.pk)
    return done


@transaction.atomic
def log_export(
    *, bestuur: Bestuur, client_pks: Sequence[int], scherm: str, by: Gebruiker, at: datetime
) -> None:
    """Write in the read log of every client on an exported or printed list that it left."""
    Inzage.objects.bulk_create(
        (
            Inzage(
                bestuur=bestuur,
                client_id=pk,
                gebruiker=by,
                at=at,
                scherm=scherm,
                grond=Grond.LIJST,
                verzoek=request_id.get(),
            )
            for pk in client_pks
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def save_weergave(
    *, bestuur: Bestuur, lijst: Lijst, naam: str, filters: str, by: Gebruiker, at: datetime
) -> Weergave:
    """Keep the filters, order and columns of a list under a name of one's own."""
    with (
        act(f"bewaarde de weergave {naam}"),
        refuse_on(Weergave, "weergave_naam_uniek", "weergave_heeft_naam"),
    ):
        return Weergave.objects.create(
            bestuur=bestuur, gebruiker=by, lijst=lijst, naam=naam, filters=filters
        )


@transaction.atomic
def delete_weergave(*, weergave: Weergave, by: Gebruiker, at: datetime) -> None:
    """Throw a named view away; the list itself stays."""
    with act(f"verwijderde de weergave {weergave.naam}"):
        weergave.delete()
