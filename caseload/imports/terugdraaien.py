"""Taking back what an import made, as long as nobody built on it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone

from caseload.enums import Gevolg, RijStatus
from caseload.imports.uitvoering import save_rijen, transaction_id
from caseload.models import Import, Importrij
from clienten.models import Client, Insznummer, Statuut, Toewijzing
from kern.belgian_dates import format_short
from toegang.models import Gebeurtenis, Inzage
from trajecten.models import Signaal, Traject

HANGT = "er hangt al iets aan vast"
# Under this name a row keeps the transaction that took it back.
TERUG = "terug"


def obstacles(lijst: Import, rows: Iterable[Importrij]) -> dict[int, str]:
    """Return, for each row that cannot be taken back, why; in three queries."""
    rows = list(rows)
    own = _own_transactions(lijst)
    clients = {row.client_id for row in rows if row.client_id is not None}
    changed = _changes(clients, own)
    new = {row.client_id for row in rows if row.gevolg == Gevolg.NIEUW}
    opened = _openings({pk for pk in new if pk is not None})
    found: dict[int, str] = {}
    for row in rows:
        reason = _reason(row, changed.get(row.client_id or 0, []), opened)
        if reason:
            found[row.pk] = reason
    return found


def take_back(lijst: Import, rows: Sequence[Importrij]) -> None:
    """Take back a batch of rows, the last of the list first; what cannot stays, with the reason."""
    in_the_way = obstacles(lijst, rows)
    now = transaction_id()
    free = [row for row in rows if row.pk not in in_the_way]
    try:
        with transaction.atomic():
            _remove(free)
    except (ProtectedError, IntegrityError):
        for row in free:
            try:
                with transaction.atomic():
                    _remove([row])
            except (ProtectedError, IntegrityError):
                in_the_way[row.pk] = HANGT
    for row in rows:
        if row.pk in in_the_way:
            row.redenen = [in_the_way[row.pk]]
        else:
            row.status, row.redenen, row.gemaakt = RijStatus.TERUGGEDRAAID, [], {TERUG: now}
            row.traject = None
            if row.gevolg == Gevolg.NIEUW:
                row.client = None
    save_rijen(rows)


def _own_transactions(lijst: Import) -> list[int]:
    rows = Importrij.objects.filter(lijst=lijst).order_by()
    pairs = rows.values_list("transactie", f"gemaakt__{TERUG}").distinct()
    return sorted({number for pair in pairs for number in pair if number is not None})


def _remove(rows: Sequence[Importrij]) -> None:
    made: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for kind, pk in row.gemaakt.items():
            made[kind].append(pk)
    touched = [row.client_id for row in rows]
    Importrij.objects.filter(traject__in=made["traject"]).update(traject=None)
    Signaal.objects.filter(Q(client__in=made["client"]) | Q(traject__in=made["traject"])).delete()
    Traject.objects.filter(pk__in=made["traject"], client__in=touched).delete()
    Toewijzing.objects.filter(pk__in=made["toewijzing"], client__in=touched).delete()
    Statuut.objects.filter(pk__in=made["statuut"], client__in=touched).delete()
    numbers = Q(pk__in=made["insz"]) | Q(client__in=made["client"])
    Insznummer.objects.filter(numbers, client__in=touched).delete()
    Client.objects.filter(pk__in=made["client"]).delete()


def _changes(clients: set[int], own: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Return what others did in these files since, oldest first."""
    if not own:
        return {}
    rows = (
        Gebeurtenis.objects.filter(client_id__in=clients)
        .exclude(transactie__in=own)
        .filter(transactie__gt=min(own))
        .order_by("pk")
        .values(
            "client_id",
            "tabel",
            "rij_id",
            "handeling",
            "at",
            "actor__voornaam",
            "actor__familienaam",
            "oud",
            "nieuw",
        )
    )
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["client_id"] or 0].append(dict(row))
    return found


def _openings(clients: set[int]) -> dict[int, str]:
    rows = Inzage.objects.filter(client_id__in=clients).select_related("gebruiker").order_by("-pk")
    return {
        row.client_id: f"ingekeken door {row.gebruiker.naam} op "
        f"{format_short(timezone.localdate(row.at))}; het leesspoor moet bewaard blijven"
        for row in rows
    }


def _reason(row: Importrij, changes: Sequence[dict[str, Any]], opened: dict[int, str]) -> str:
    if row.client_id is None:
        return "het dossier bestaat niet meer"
    if row.gevolg == Gevolg.NIEUW:
        if changes:
            return _told(changes[0])
        return opened.get(row.client_id, "")
    made = set(row.gemaakt.values())
    for change in changes:
        facts = {**(change["oud"] or {}), **(change["nieuw"] or {})}
        if change["rij_id"] in made or facts.get("traject_id") == row.gemaakt.get("traject", 0):
            return _told(change)
    return ""


def _told(change: dict[str, Any]) -> str:
    who = " ".join(filter(None, [change["actor__voornaam"], change["actor__familienaam"]]))
    day = format_short(timezone.localdate(change["at"]))
    what = change["handeling"] or "wijzigde het dossier"
    return f"{who or 'het systeem'} {what} op {day}"
