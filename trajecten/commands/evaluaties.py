"""Evaluations: held, and taken away when entered by mistake."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change, lock
from trajecten.enums import AfspraakSoort, AfspraakStatus, EvaluatieWijze
from trajecten.models import Afspraak, Evaluatie, Gpmi, Traject


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatieGegevens:
    """When and how an evaluation was held, and what was said."""

    gehouden_op: date
    wijze: EvaluatieWijze
    verslag: str = ""
    is_nec_haalbaar: bool | None = None


@transaction.atomic
def register_evaluatie(
    *,
    gegevens: EvaluatieGegevens,
    by: Gebruiker,
    at: datetime,
    traject: Traject | None = None,
    gpmi: Gpmi | None = None,
    versie: str = "",
    afspraak: Afspraak | None = None,
) -> Evaluatie:
    """Write down an evaluation that was held, of a traject, a GPMI, or both at once.

    The appointment for it is closed: the one that is named, or the one of that day.
    """
    row = lock(traject, versie=versie) if traject is not None else None
    subject = row or gpmi
    if subject is None:
        raise DomainError("Zeg van welk traject of GPMI dit de evaluatie is.")
    _controleer_dag(gegevens.gehouden_op, row, gpmi, at)
    evaluatie = Evaluatie(
        bestuur_id=subject.bestuur_id,
        client_id=subject.client_id,
        traject=row,
        gpmi=gpmi,
        gehouden_op=gegevens.gehouden_op,
        wijze=gegevens.wijze,
        is_nec_haalbaar=gegevens.is_nec_haalbaar,
        verslag=gegevens.verslag.strip(),
        door=by,
    )
    zin = f"hield een evaluatie op {format_short(gegevens.gehouden_op)}"
    with audit.act(zin), refuse_on(Evaluatie, "evaluatie_wijze_bekend", "evaluatie_van_iets"):
        evaluatie.save()
        _sluit_afspraak(evaluatie, afspraak)
        if row is not None:
            _bewaar_inschatting(row, gegevens.is_nec_haalbaar)
            after_change(row, at=at)
        else:
            after_change(subject.client, at=at)
    return evaluatie


@transaction.atomic
def remove_evaluatie(*, evaluatie: Evaluatie, by: Gebruiker, at: datetime) -> None:
    """Take away an evaluation that was entered by mistake; the trail keeps it."""
    traject = lock(evaluatie.traject) if evaluatie.traject is not None else None
    client = evaluatie.client
    with audit.act(f"verwijderde de evaluatie van {format_short(evaluatie.gehouden_op)}"):
        Afspraak.objects.filter(evaluatie=evaluatie).update(
            evaluatie=None, status=AfspraakStatus.GEPLAND, volgnummer=F("volgnummer") + 1
        )
        Evaluatie.objects.filter(pk=evaluatie.pk).delete()
        after_change(traject or client, at=at)


def _controleer_dag(dag: date, traject: Traject | None, gpmi: Gpmi | None, at: datetime) -> None:
    if dag > timezone.localdate(at):
        raise DomainError(
            "Een evaluatie die nog moet komen, is nog niet gehouden. Kies vandaag of vroeger."
        )
    if traject is not None and dag < traject.begindatum:
        raise DomainError(
            f"De evaluatie ligt vóór de start van het traject ({format_short(traject.begindatum)})."
        )
    if traject is not None and traject.einddatum is not None and dag > traject.einddatum:
        raise DomainError(
            f"De evaluatie ligt na het einde van het traject ({format_short(traject.einddatum)})."
        )
    if gpmi is not None and (gpmi.ondertekend_op is None or dag < gpmi.ondertekend_op):
        raise DomainError("Een evaluatie van het GPMI kan pas na de handtekening.")


def _sluit_afspraak(evaluatie: Evaluatie, afspraak: Afspraak | None) -> None:
    rows = Afspraak.objects.filter(client=evaluatie.client_id, evaluatie__isnull=True)
    rows = rows.exclude(status=AfspraakStatus.NIET_DOORGEGAAN)
    if afspraak is not None:
        rows = rows.filter(pk=afspraak.pk)
    else:
        rows = rows.filter(
            Q(traject__isnull=True) | Q(traject=evaluatie.traject_id),
            soort=AfspraakSoort.EVALUATIE,
        ).between(evaluatie.gehouden_op, evaluatie.gehouden_op)
    row = rows.order_by("begint_at", "pk").first()
    if row is not None:
        row.status, row.evaluatie = AfspraakStatus.DOORGEGAAN, evaluatie
        row.volgnummer += 1
        row.save(update_fields=["status", "evaluatie", "volgnummer"])


def _bewaar_inschatting(traject: Traject, is_nec_haalbaar: bool | None) -> None:
    if is_nec_haalbaar is not None and is_nec_haalbaar != traject.is_nec_haalbaar:
        traject.is_nec_haalbaar = is_nec_haalbaar
        traject.save(update_fields=["is_nec_haalbaar"])
