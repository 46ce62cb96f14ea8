"""Own versions of rules: proposed by one, approved by somebody else, never edited afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from kern.periods import ONE_DAY
from toegang import audit
from toegang.models import Gebruiker
from toegang.permissions import Permission
from trajecten import tasks
from trajecten.enums import Overgang, RegelStatus, Zekerheid
from trajecten.models import Regel
from trajecten.rules.schorsingen import Beleid


@dataclass(frozen=True, slots=True, kw_only=True)
class RegelGegevens:
    """What somebody proposes for the own bestuur."""

    code: str
    waarde: str
    geldig_van: date
    geldig_tot: date | None = None
    overgang: Overgang = Overgang.NIEUWE_STARTS
    bron: str
    zekerheid: Zekerheid = Zekerheid.H
    toelichting: str = ""


@transaction.atomic
def propose_regel(*, gegevens: RegelGegevens, by: Gebruiker, at: datetime) -> Regel:
    """Propose an own version of a rule; it counts once somebody else approves it."""
    if by.bestuur is None:
        raise DomainError("Kies eerst voor welk bestuur u werkt.")
    voorbeeld = Regel.objects.filter(code=gegevens.code, bestuur__isnull=True)
    algemeen = voorbeeld.order_by("-geldig_van").first()
    if algemeen is None:
        raise DomainError(f"Er is geen regel “{gegevens.code}”.")
    waarde = check_waarde(algemeen, gegevens.waarde)
    if not gegevens.bron.strip():
        raise DomainError("Zeg waar deze keuze beslist is.")
    regel = Regel(
        bestuur=by.bestuur,
        code=gegevens.code,
        waarde=waarde,
        eenheid=algemeen.eenheid,
        geldig_van=gegevens.geldig_van,
        geldig_tot=gegevens.geldig_tot,
        overgang=gegevens.overgang,
        bron=gegevens.bron.strip(),
        zekerheid=gegevens.zekerheid,
        toelichting=gegevens.toelichting.strip(),
        status=RegelStatus.VOORGESTELD,
        voorgesteld_door=by,
        voorgesteld_at=at,
    )
    zin = f"stelde voor: {gegevens.code} = {waarde} vanaf {format_short(gegevens.geldig_van)}"
    with audit.act(zin), refuse_on(Regel, "regel_einde_na_begin"):
        regel.save()
    return regel


@transaction.atomic
def approve_regel(*, regel: Regel, by: Gebruiker, at: datetime) -> Regel:
    """Let a proposed version count, close the one before it, and compute all limits anew."""
    row = _locked(regel)
    if not by.may(Permission.REGEL_CHANGE):
        raise DomainError("Alleen een beheerder keurt regels goed.")
    if row.status != RegelStatus.VOORGESTELD:
        raise DomainError(f"Dit voorstel is al {row.get_status_display().lower()}.")
    if row.voorgesteld_door_id == by.pk:
        raise DomainError("U stelde deze regel zelf voor. Iemand anders keurt hem goed.")
    zin = f"keurde goed: {row.code} = {row.waarde} vanaf {_van(row)}"
    with (
        audit.act(zin),
        refuse_on(Regel, "regel_een_versie_per_dag", "regel_twee_paar_ogen"),
    ):
        _close_previous(row)
        row.status = RegelStatus.GOEDGEKEURD
        row.goedgekeurd_door = by
        row.goedgekeurd_at = at
        row.save()
    if row.bestuur_id is not None:
        _recompute_later(row)
    return row


@transaction.atomic
def withdraw_regel(*, regel: Regel, by: Gebruiker, at: datetime) -> Regel:
    """Withdraw a proposal, or an approved version that is not in force yet."""
    row = _locked(regel)
    today = timezone.localdate(at)
    if row.status == RegelStatus.INGETROKKEN:
        raise DomainError("Deze versie is al ingetrokken.")
    if row.status == RegelStatus.GOEDGEKEURD and (
        row.geldig_van is None or row.geldig_van <= today
    ):
        raise DomainError(
            f"Deze versie geldt al sinds {_van(row)}. Stel een nieuwe versie voor die ze vervangt."
        )
    was_approved = row.status == RegelStatus.GOEDGEKEURD
    row.status = RegelStatus.INGETROKKEN
    with audit.act(f"trok in: {row.code} = {row.waarde} vanaf {_van(row)}"):
        row.save()
    if was_approved and row.bestuur_id is not None:
        _recompute_later(row)
    return row


def check_waarde(voorbeeld: Regel, typed: str) -> str:
    """Return the value in the shape of the general rule, or refuse with the shape it needs."""
    waarde = ", ".join(part.strip() for part in typed.strip().split(","))
    if voorbeeld.eenheid == "beleid":
        if waarde not in list(Beleid):
            raise DomainError(f"Kies uit: {', '.join(Beleid)}.")
        return waarde
    if voorbeeld.eenheid == "datum":
        return _day(waarde)
    gevraagd = [part.strip() for part in voorbeeld.waarde.split(",")]
    if all(part.isdecimal() for part in gevraagd):
        parts = waarde.split(", ")
        if len(parts) != len(gevraagd) or not all(_is_number(part) for part in parts):
            aantal = (
                "een geheel getal" if len(gevraagd) == 1 else f"{len(gevraagd)} gehele getallen"
            )
            raise DomainError(f"Vul {aantal} van 1 t.e.m. 99999 in, zoals “{voorbeeld.waarde}”.")
    if not waarde:
        raise DomainError("Vul een waarde in.")
    return waarde


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) > 0


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise DomainError("Schrijf de dag als 2026-03-02.") from error


def _locked(regel: Regel) -> Regel:
    return Regel.objects.select_for_update(of=("self",)).get(pk=regel.pk)


def _close_previous(row: Regel) -> None:
    """End the own version that runs into the new one; its past stays as it was."""
    if row.geldig_van is None:
        return
    Regel.objects.filter(
        bestuur=row.bestuur_id,
        code=row.code,
        status=RegelStatus.GOEDGEKEURD,
        geldig_van__lt=row.geldig_van,
    ).filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=row.geldig_van)).update(
        geldig_tot=row.geldig_van - ONE_DAY
    )


def _van(row: Regel) -> str:
    return format_short(row.geldig_van) if row.geldig_van else "altijd"


def _recompute_later(row: Regel) -> None:
    bestuur_id = row.bestuur_id
    if bestuur_id is None:
        # A rule for everyone comes with a release; the nightly check follows it up.
        return

    # A function: when a partial fails after the commit, Django cannot name it in its log.
    def recompute() -> None:
        tasks.recompute_bestuur.delay(bestuur_id=bestuur_id)

    transaction.on_commit(recompute, robust=True)
