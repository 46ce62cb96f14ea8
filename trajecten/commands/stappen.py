"""The next step: agreed, done or dropped."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change, lock
from trajecten.commands.gegevens import StapGegevens
from trajecten.enums import StapSoort, StapStatus
from trajecten.models import Traject, VolgendeStap


@transaction.atomic
def agree_stap(
    *, traject: Traject, gegevens: StapGegevens, by: Gebruiker, at: datetime
) -> VolgendeStap:
    """Agree on what comes next: who moves, what, by when."""
    row = lock(traject)
    today = timezone.localdate(at)
    tekst = gegevens.tekst.strip()
    if not tekst:
        if gegevens.soort == StapSoort.GEEN:
            raise DomainError("Zeg waarom er bewust geen vervolg komt.")
        raise DomainError("Zeg wat de volgende stap is.")
    if gegevens.tegen < today and gegevens.soort != StapSoort.GEEN:
        raise DomainError(
            f"{format_short(gegevens.tegen)} is al voorbij. Kies vandaag of een latere dag."
        )
    stap = VolgendeStap(
        bestuur_id=row.bestuur_id,
        client_id=row.client_id,
        traject=row,
        tekst=tekst,
        soort=gegevens.soort,
        eigenaar=gegevens.eigenaar,
        gebruiker=gegevens.gebruiker,
        tegen=gegevens.tegen,
        afgesproken_op=today,
    )
    zin = f"sprak af: {tekst} (tegen {format_short(gegevens.tegen)})"
    if gegevens.soort == StapSoort.GEEN:
        zin = f"sprak af dat er bewust geen vervolg komt: {tekst}"
    with audit.act(zin), refuse_on(VolgendeStap, "stap_soort_bekend", "stap_heeft_tekst"):
        stap.save()
        after_change(row, at=at)
    return stap


@transaction.atomic
def finish_stap(*, stap: VolgendeStap, by: Gebruiker, at: datetime) -> VolgendeStap:
    """Mark an agreed step as done."""
    return _close(stap, StapStatus.GEDAAN, f"vinkte af: {stap.tekst}", at)


@transaction.atomic
def drop_stap(*, stap: VolgendeStap, by: Gebruiker, at: datetime, reden: str = "") -> VolgendeStap:
    """Let an agreed step lapse."""
    zin = f"liet vervallen: {stap.tekst}"
    if reden.strip():
        zin += f", reden: {reden.strip()}"
    return _close(stap, StapStatus.VERVALLEN, zin, at)


@transaction.atomic
def reopen_stap(*, stap: VolgendeStap, by: Gebruiker, at: datetime) -> VolgendeStap:
    """Let a closed step stand again as agreed."""
    row = _locked(stap)
    if row.status == StapStatus.AFGESPROKEN:
        raise DomainError("Deze stap staat nog open.")
    row.status = StapStatus.AFGESPROKEN
    row.afgesloten_op = None
    with audit.act(f"zette weer open: {row.tekst}"):
        row.save()
        after_change(row.traject, at=at)
    return row


def _close(stap: VolgendeStap, status: StapStatus, zin: str, at: datetime) -> VolgendeStap:
    row = _locked(stap)
    if row.status != StapStatus.AFGESPROKEN:
        raise DomainError(f"Deze stap is al {row.get_status_display().lower()}.")
    row.status = status
    row.afgesloten_op = timezone.localdate(at)
    with audit.act(zin):
        row.save()
        after_change(row.traject, at=at)
    return row


def _locked(stap: VolgendeStap) -> VolgendeStap:
    traject = lock(stap.traject)
    row = VolgendeStap.objects.get(pk=stap.pk)
    row.traject = traject
    return row
