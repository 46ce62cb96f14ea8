"""Suspensions of a traject; whether they move its last day is a rule."""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from kern.periods import ONE_DAY, add_months
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change, lock
from trajecten.enums import SchorsingReden
from trajecten.models import Schorsing, Traject

FAR_AHEAD_MONTHS = 12

_refuse = partial(
    refuse_on,
    Schorsing,
    "schorsing_geen_overlap",
    "schorsing_einde_na_begin",
    "schorsing_reden_bekend",
)


@transaction.atomic
def add_schorsing(
    *,
    traject: Traject,
    van: date,
    tot: date | None,
    reden: SchorsingReden,
    by: Gebruiker,
    at: datetime,
    toelichting: str = "",
    versie: str = "",
) -> Schorsing:
    """Let the traject stand still from the first to the last day, or until further notice."""
    row = lock(traject, versie=versie)
    check_schorsing(row, van, tot, at=at)
    schorsing = Schorsing(
        bestuur_id=row.bestuur_id,
        client_id=row.client_id,
        traject=row,
        van=van,
        tot=tot,
        reden=reden,
        toelichting=toelichting.strip(),
    )
    with audit.act(f"schorste {row.instrument.naam} {_periode(van, tot)}"), _refuse():
        schorsing.save()
        after_change(row, at=at)
    return schorsing


@transaction.atomic
def change_schorsing(
    *,
    schorsing: Schorsing,
    van: date,
    tot: date | None,
    reden: SchorsingReden,
    by: Gebruiker,
    at: datetime,
    toelichting: str = "",
    versie: str = "",
) -> Schorsing:
    """Correct the days or the reason of a suspension."""
    traject = lock(schorsing.traject, versie=versie)
    row = Schorsing.objects.get(pk=schorsing.pk)
    check_schorsing(traject, van, tot, at=at, behalve=row)
    row.van, row.tot, row.reden, row.toelichting = van, tot, reden, toelichting.strip()
    with audit.act(f"verbeterde een schorsing: {_periode(van, tot)}"), _refuse():
        row.save()
        after_change(traject, at=at)
    return row


@transaction.atomic
def close_schorsing(
    *, schorsing: Schorsing, terug_op: date, by: Gebruiker, at: datetime, versie: str = ""
) -> Schorsing:
    """End an open suspension on the day before the first day back."""
    if schorsing.tot is not None:
        raise DomainError(f"Deze schorsing eindigde al op {format_short(schorsing.tot)}.")
    if terug_op <= schorsing.van:
        raise DomainError(
            f"De eerste dag terug ligt niet na het begin ({format_short(schorsing.van)}). "
            "Verwijder de schorsing als ze er nooit was."
        )
    return change_schorsing(
        schorsing=schorsing,
        van=schorsing.van,
        tot=terug_op - ONE_DAY,
        reden=SchorsingReden(schorsing.reden),
        toelichting=schorsing.toelichting,
        by=by,
        at=at,
        versie=versie,
    )


@transaction.atomic
def remove_schorsing(
    *, schorsing: Schorsing, by: Gebruiker, at: datetime, versie: str = ""
) -> None:
    """Take away a suspension that never was; the trail keeps what stood there."""
    traject = lock(schorsing.traject, versie=versie)
    periode = _periode(schorsing.van, schorsing.tot)
    with audit.act(f"verwijderde de schorsing {periode}"):
        Schorsing.objects.filter(pk=schorsing.pk).delete()
        after_change(traject, at=at)


def check_schorsing(
    traject: Traject,
    van: date,
    tot: date | None,
    *,
    at: datetime,
    behalve: Schorsing | None = None,
) -> None:
    """Refuse days that cannot be suspended; the preview asks the same."""
    if tot is not None and tot < van:
        raise DomainError("De laatste dag ligt vóór de eerste dag.")
    if van < traject.begindatum:
        raise DomainError(
            f"De schorsing begint vóór de start van het traject "
            f"({format_short(traject.begindatum)}). Kies die dag of een latere."
        )
    einde = traject.einddatum
    if einde is not None and (tot is None or tot > einde):
        raise DomainError(
            f"Het traject eindigde op {format_short(einde)}. De laatste dag van de schorsing kan "
            "niet later zijn."
        )
    if van > add_months(timezone.localdate(at), FAR_AHEAD_MONTHS):
        raise DomainError(
            f"De schorsing begint meer dan {FAR_AHEAD_MONTHS} maanden vooruit. Voer ze in wanneer "
            "ze zeker is."
        )
    rows = Schorsing.objects.filter(traject=traject).filter(Q(tot__isnull=True) | Q(tot__gte=van))
    if tot is not None:
        rows = rows.filter(van__lte=tot)
    if behalve is not None:
        rows = rows.exclude(pk=behalve.pk)
    ander = rows.order_by("van").first()
    if ander is not None:
        raise DomainError(
            f"Het traject is al geschorst {_periode(ander.van, ander.tot)}. "
            "Verbeter die schorsing of kies andere dagen."
        )


def _periode(van: date, tot: date | None) -> str:
    einde = f"t.e.m. {format_short(tot)}" if tot else "tot nader bericht"
    return f"van {format_short(van)} {einde}"
