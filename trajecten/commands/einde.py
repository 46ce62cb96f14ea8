"""Ending a traject: never without a reason, never without what comes next."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebeurtenis, Gebruiker
from trajecten.commands.follow_up import after_change, lock
from trajecten.commands.gegevens import EindGegevens
from trajecten.commands.stappen import agree_stap
from trajecten.enums import Eindreden, PlanStatus, StapSoort, Stem, VerlengingStatus
from trajecten.models import Traject

ZONDER_VERVOLG = (
    "Een traject eindigt niet zonder volgende stap. Spreek er een af of stel er een voor, kies "
    "het volgende traject, of zeg waarom er bewust geen vervolg is."
)


@transaction.atomic
def end_traject(
    *, traject: Traject, gegevens: EindGegevens, by: Gebruiker, at: datetime, versie: str = ""
) -> Traject:
    """End a traject on its real last day, with its reason and what comes next."""
    row = lock(traject, versie=versie)
    today = timezone.localdate(at)
    _controleer(row, gegevens, at)
    eindreden = Eindreden(gegevens.eindreden)
    zin = (
        f"beëindigde {row.instrument.naam} op {format_short(gegevens.einddatum)}, "
        f"reden: {eindreden.label.lower()}"
    )
    with (
        audit.act(zin),
        refuse_on(
            Traject,
            "traject_einde_na_begin",
            "traject_volgt_niet_op_zichzelf",
            "traject_einde_heeft_reden",
            traject_volgend_eigen="Het volgende traject is van een andere cliënt.",
        ),
    ):
        row.einddatum = gegevens.einddatum
        row.eindreden = eindreden
        row.eind_toelichting = gegevens.toelichting.strip()
        row.volgend_traject = gegevens.volgend_traject
        row.save()
        row.schorsingen.filter(tot__isnull=True).update(tot=gegevens.einddatum)
        row.verlengingen.filter(status=VerlengingStatus.GEVRAAGD).update(
            status=VerlengingStatus.INGETROKKEN
        )
        if gegevens.stap is not None:
            agree_stap(traject=row, gegevens=gegevens.stap, by=by, at=at)
        # The decision that nothing follows is carried out now, whatever the client answers to it.
        row.stappen.next_steps().open().filter(vervolg=StapSoort.GEEN).update(
            status=PlanStatus.GEDAAN,
            wacht_op="",
            wacht_sinds=None,
            afgesloten_op=today,
            afgesloten_door=Stem.OCMW,
        )
        after_change(row, at=at)
    return row


@transaction.atomic
def reopen_traject(
    *, traject: Traject, by: Gebruiker, at: datetime, reden: str = "", versie: str = ""
) -> Traject:
    """Undo the end: on the day it was entered without more, later with a reason."""
    row = lock(traject, versie=versie)
    if row.einddatum is None:
        raise DomainError("Dit traject is niet beëindigd.")
    if not reden.strip() and not ended_today(row, at):
        raise DomainError(
            "Het einde is niet vandaag ingevoerd. Zeg waarom het traject toch verder loopt."
        )
    verder = row.volgend_traject
    zin = f"heropende {row.instrument.naam}"
    if reden.strip():
        zin += f", reden: {reden.strip()}"
    loopt_verder = "Er loopt al een later traject dat hiermee niet samengaat"
    uitweg = f"{loopt_verder}{f' ({verder})' if verder else ''}. Beëindig of verbeter dat eerst."
    with audit.act(zin), refuse_on(Traject, traject_geen_overlap=uitweg):
        row.einddatum = None
        row.eindreden = ""
        row.eind_toelichting = ""
        row.volgend_traject = None
        row.save()
        row.stappen.next_steps().filter(vervolg=StapSoort.GEEN, status=PlanStatus.GEDAAN).update(
            status=PlanStatus.VERVALLEN
        )
        after_change(row, at=at)
    return row


def ended_today(traject: Traject, at: datetime) -> bool:
    """Tell whether the end was entered on the same day, as the trail says."""
    moment = (
        Gebeurtenis.objects.filter(
            client_id=traject.client_id,
            tabel="trajecten_traject",
            rij_id=traject.pk,
            nieuw__has_key="einddatum",
        )
        .order_by("-pk")
        .values_list("at", flat=True)
        .first()
    )
    return moment is not None and timezone.localdate(moment) == timezone.localdate(at)


def _controleer(traject: Traject, gegevens: EindGegevens, at: datetime) -> None:
    einde = gegevens.einddatum
    if traject.einddatum is not None:
        raise DomainError(
            f"Dit traject eindigde al op {format_short(traject.einddatum)}. Heropen het om het "
            "einde te verbeteren."
        )
    if gegevens.eindreden not in Eindreden.values:
        raise DomainError("Zeg waarom het traject eindigt.")
    if einde < traject.begindatum:
        raise DomainError(f"De einddatum ligt vóór de start ({format_short(traject.begindatum)}).")
    if einde > timezone.localdate(at):
        raise DomainError(
            "De werkelijke einddatum ligt in de toekomst. Vul ze in als gepland einde, en beëindig "
            "het traject wanneer het zover is."
        )
    later = traject.schorsingen.filter(van__gt=einde).order_by("van").first()
    if later is not None:
        raise DomainError(
            f"Er is een schorsing vanaf {format_short(later.van)}, na dit einde. "
            "Verwijder of verbeter ze eerst."
        )
    evaluatie = traject.evaluaties.filter(gehouden_op__gt=einde).first()
    if evaluatie is not None:
        raise DomainError(
            f"Er is een evaluatie op {format_short(evaluatie.gehouden_op)}, na dit einde. "
            "Kijk de einddatum na."
        )
    _controleer_vervolg(traject, gegevens)


def _controleer_vervolg(traject: Traject, gegevens: EindGegevens) -> None:
    volgend = gegevens.volgend_traject
    if volgend is not None:
        if volgend.client_id != traject.client_id:
            raise DomainError("Het volgende traject is van een andere cliënt.")
        if volgend.pk == traject.pk:
            raise DomainError("Een traject volgt niet op zichzelf.")
        if volgend.einddatum is not None and volgend.einddatum < gegevens.einddatum:
            raise DomainError(f"{volgend.instrument.naam} eindigde al vroeger.")
        return
    # A proposal has an owner and a day too; the client answers in her own time.
    stands = traject.stappen.next_steps().open().exclude(status=PlanStatus.ONEENS)
    if gegevens.stap is None and not stands.exists():
        raise DomainError(ZONDER_VERVOLG)
