"""Who follows a client; the history of it is never overwritten."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from clienten.models import Client, Machtiging, Toewijzing
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang.audit import act
from toegang.models import Gebruiker

_RULES = (
    "toewijzing_geen_overlap",
    "toewijzing_een_spilfiguur",
    "toewijzing_einde_na_begin",
    "toewijzing_rol_bekend",
)


@transaction.atomic
def assign(
    *,
    client: Client,
    gebruiker: Gebruiker,
    rol: str,
    van: date,
    is_spilfiguur: bool,
    reden: str = "",
    by: Gebruiker,
    at: datetime,
) -> None:
    """Let a worker follow the client, as spilfiguur or beside her."""
    if is_spilfiguur:
        done = assign_spilfiguur(
            client_pks=[client.pk],
            gebruiker=gebruiker,
            rol=rol,
            van=van,
            reden=reden,
            by=by,
            at=at,
        )
        if not done:
            raise DomainError(f"{gebruiker.naam} is al spilfiguur van deze cliënt.")
        return
    _refuse_unfit([client.pk], gebruiker, client.bestuur_id, van)
    with (
        act(f"liet {gebruiker.naam} mee begeleiden vanaf {format_short(van)}"),
        refuse_on(Toewijzing, *_RULES),
    ):
        Toewijzing.objects.create(
            bestuur_id=client.bestuur_id,
            client=client,
            gebruiker=gebruiker,
            rol=rol,
            van=van,
            reden=reden,
        )


@transaction.atomic
def assign_spilfiguur(
    *,
    client_pks: Collection[int],
    gebruiker: Gebruiker,
    rol: str,
    van: date,
    reden: str = "",
    by: Gebruiker,
    at: datetime,
) -> list[int]:
    """Make a worker the spilfiguur of many clients at once; return whose spilfiguur changed.

    The spilfiguur before her ends the day before. Whoever began on that very day made place at
    once and is kept as a follower of that one day.
    """
    chosen = list(
        Client.objects.visible_to(by)
        .filter(pk__in=client_pks)
        .select_for_update(of=("self",))
        .order_by("pk")
        .values_list("pk", "bestuur_id")
    )
    pks = [pk for pk, _ in chosen]
    running = Toewijzing.objects.filter(client__in=pks).filter(
        Q(tot__isnull=True) | Q(tot__gte=van)
    )
    already = set(
        running.filter(gebruiker=gebruiker, is_spilfiguur=True, van__lte=van).values_list(
            "client", flat=True
        )
    )
    todo = [(pk, bestuur_id) for pk, bestuur_id in chosen if pk not in already]
    if not todo:
        return []
    todo_pks = [pk for pk, _ in todo]
    _refuse_unfit(todo_pks, gebruiker, todo[0][1], van)
    with (
        act(f"maakte {gebruiker.naam} spilfiguur vanaf {format_short(van)}"),
        refuse_on(Toewijzing, *_RULES),
    ):
        _make_place(todo_pks, gebruiker, rol, van)
        Toewijzing.objects.bulk_create(
            Toewijzing(
                bestuur_id=bestuur_id,
                client_id=pk,
                gebruiker=gebruiker,
                rol=rol,
                is_spilfiguur=True,
                van=van,
                reden=reden,
            )
            for pk, bestuur_id in todo
        )
    return todo_pks


@transaction.atomic
def assign_first_spilfiguren(
    *,
    keuzes: Sequence[tuple[Client, Gebruiker, str]],
    van: date,
    reden: str = "",
    by: Gebruiker,
    at: datetime,
) -> list[Toewijzing]:
    """Give many clients whom nobody follows yet a spilfiguur in a role; all of them, or none."""
    by_worker: dict[Gebruiker, list[int]] = {}
    for client, gebruiker, _ in keuzes:
        by_worker.setdefault(gebruiker, []).append(client.pk)
    for gebruiker, pks in by_worker.items():
        _refuse_unfit(pks, gebruiker, keuzes[0][0].bestuur_id, van)
    with (
        act(f"gaf {len(keuzes)} cliënten een spilfiguur vanaf {format_short(van)}"),
        refuse_on(Toewijzing, *_RULES),
    ):
        return Toewijzing.objects.bulk_create(
            Toewijzing(
                bestuur_id=client.bestuur_id,
                client=client,
                gebruiker=gebruiker,
                rol=rol,
                is_spilfiguur=True,
                van=van,
                reden=reden,
            )
            for client, gebruiker, rol in keuzes
        )


@transaction.atomic
def end_toewijzing(*, toewijzing: Toewijzing, tot: date, by: Gebruiker, at: datetime) -> Toewijzing:
    """Let a worker stop following the client after a day."""
    current = (
        Toewijzing.objects.select_related("gebruiker")
        .select_for_update(of=("self",))
        .get(pk=toewijzing.pk)
    )
    if current.tot is not None and current.tot <= tot:
        raise DomainError(f"Deze toewijzing eindigde al op {format_short(current.tot)}.")
    current.tot = tot
    with (
        act(f"liet {current.gebruiker.naam} stoppen t.e.m. {format_short(tot)}"),
        refuse_on(Toewijzing, *_RULES),
    ):
        current.save(update_fields=["tot"])
    return current


def _make_place(pks: Collection[int], gebruiker: Gebruiker, rol: str, van: date) -> None:
    in_the_way = Toewijzing.objects.filter(client__in=pks).filter(
        Q(is_spilfiguur=True) | Q(gebruiker=gebruiker, rol=rol)
    )
    if in_the_way.filter(van__gt=van).exists():
        raise DomainError(
            "Er is al een toewijzing die later begint. Kies een latere dag of beëindig die eerst."
        )
    still_running = in_the_way.filter(Q(tot__isnull=True) | Q(tot__gte=van))
    still_running.filter(van__lt=van).update(tot=van - timedelta(days=1))
    same_day = still_running.filter(van=van)
    same_day.filter(gebruiker=gebruiker, rol=rol).delete()
    same_day.update(tot=van, is_spilfiguur=False)


def _refuse_unfit(pks: Collection[int], gebruiker: Gebruiker, bestuur_id: int, van: date) -> None:
    people = Gebruiker.objects.filter(pk=gebruiker.pk)
    if not people.following_clients_at(bestuur_id, on=van).exists():
        if people.working_at(bestuur_id, on=van).exists():
            raise DomainError(f"{gebruiker.naam} heeft geen rol waarin men cliënten volgt.")
        raise DomainError(f"{gebruiker.naam} werkt hier niet op {format_short(van)}.")
    restricted = Client.objects.filter(pk__in=pks, afgeschermd=True).exclude(
        pk__in=Machtiging.objects.filter(gebruiker=gebruiker).values("client")
    )
    if restricted.exists():
        raise DomainError(
            f"{gebruiker.naam} is niet gemachtigd voor een afgeschermd dossier. Machtig eerst."
        )
