"""An extension: asked by one, decided by somebody else."""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from toegang.permissions import Permission
from trajecten.commands.follow_up import after_change, lock
from trajecten.enums import VerlengingStatus
from trajecten.models import Traject, Verlenging
from trajecten.queries import termijnen_van
from trajecten.rules.termijn import Soort

_refuse = partial(
    refuse_on,
    Verlenging,
    "verlenging_een_open_vraag",
    "verlenging_heeft_reden",
    "verlenging_ander_beslist",
    "verlenging_beslissing_volledig",
)


@transaction.atomic
def request_verlenging(
    *, traject: Traject, tot: date, reden: str, by: Gebruiker, at: datetime, versie: str = ""
) -> Verlenging:
    """Ask to go on until a later last day; also in the days after the limit, or while suspended."""
    row = lock(traject, versie=versie)
    if not reden.strip():
        raise DomainError("Zeg waarom het traject langer moet duren.")
    check_verlenging(row, tot, at=at)
    verlenging = Verlenging(
        bestuur_id=row.bestuur_id,
        client_id=row.client_id,
        traject=row,
        tot=tot,
        reden=reden.strip(),
        gevraagd_door=by,
        gevraagd_at=at,
    )
    zin = f"vroeg {row.instrument.naam} te verlengen t.e.m. {format_short(tot)}"
    with audit.act(f"{zin}, reden: {reden.strip()}"), _refuse():
        verlenging.save()
        after_change(row, at=at)
    return verlenging


@transaction.atomic
def decide_verlenging(
    *,
    verlenging: Verlenging,
    goedgekeurd: bool,
    by: Gebruiker,
    at: datetime,
    reden: str = "",
    versie: str = "",
) -> Verlenging:
    """Approve or refuse a request; never one's own, and a refusal says why."""
    traject = lock(verlenging.traject, versie=versie)
    row = Verlenging.objects.get(pk=verlenging.pk)
    _controleer_beslisser(row, by)
    if row.status != VerlengingStatus.GEVRAAGD:
        raise DomainError(f"Deze vraag is al {row.get_status_display().lower()}.")
    if not goedgekeurd and not reden.strip():
        raise DomainError("Een weigering heeft een motivering nodig. Zeg waarom, en wat wel kan.")
    if goedgekeurd:
        check_verlenging(traject, row.tot, at=at)
    row.status = VerlengingStatus.GOEDGEKEURD if goedgekeurd else VerlengingStatus.GEWEIGERD
    row.beslist_door = by
    row.beslist_at = at
    row.beslissing_reden = reden.strip()
    dag = format_short(row.tot)
    zin = f"verlengde {traject.instrument.naam} t.e.m. {dag}, reden: {row.reden}"
    if not goedgekeurd:
        zin = f"weigerde de verlenging t.e.m. {dag}, reden: {reden.strip()}"
    with audit.act(zin), _refuse():
        row.save()
        after_change(traject, at=at)
    return row


@transaction.atomic
def withdraw_verlenging(*, verlenging: Verlenging, by: Gebruiker, at: datetime) -> Verlenging:
    """Take back a request on which nobody decided yet."""
    traject = lock(verlenging.traject)
    row = Verlenging.objects.get(pk=verlenging.pk)
    if row.status != VerlengingStatus.GEVRAAGD:
        raise DomainError(f"Deze vraag is al {row.get_status_display().lower()}.")
    row.status = VerlengingStatus.INGETROKKEN
    with audit.act(f"trok de vraag tot verlenging t.e.m. {format_short(row.tot)} in"):
        row.save()
        after_change(traject, at=at)
    return row


def check_verlenging(traject: Traject, tot: date, *, at: datetime) -> None:
    """Refuse an extension that cannot be; the preview and the decision ask the same."""
    _controleer_traject(traject)
    _controleer_dag(traject, tot, at)


def _controleer_traject(traject: Traject) -> None:
    if traject.einddatum is not None:
        raise DomainError(
            f"Dit traject eindigde op {format_short(traject.einddatum)}. Heropen het eerst."
        )
    nieuwer = (
        Traject.objects.filter(
            client=traject.client_id, groep=traject.groep, begindatum__gt=traject.begindatum
        )
        .order_by("-begindatum")
        .first()
    )
    if nieuwer is not None:
        raise DomainError(
            "Alleen het nieuwste traject kan verlengd worden: er is er een vanaf "
            f"{format_short(nieuwer.begindatum)}."
        )


def _controleer_dag(traject: Traject, tot: date, at: datetime) -> None:
    termijnen = termijnen_van(traject, on=timezone.localdate(at))
    limiet = next((item for item in termijnen if item.soort is Soort.LIMIET), None)
    if limiet is None or limiet.uiterste_dag is None:
        raise DomainError("Dit traject heeft geen uiterste dag: een verlenging is niet nodig.")
    if tot <= limiet.uiterste_dag:
        raise DomainError(
            f"{format_short(tot)} ligt niet na de uiterste dag "
            f"({format_short(limiet.uiterste_dag)}). Kies een latere dag."
        )


def _controleer_beslisser(verlenging: Verlenging, by: Gebruiker) -> None:
    if not by.may(Permission.VERLENGING_DECIDE):
        raise DomainError("Alleen een leidinggevende beslist over een verlenging.")
    if verlenging.gevraagd_door_id == by.pk:
        raise DomainError("U vroeg deze verlenging zelf. Iemand anders dan de aanvrager beslist.")
