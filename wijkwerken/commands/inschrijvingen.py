"""Enrolling a wijk-werker: who organises, who referred, what was decided halfway."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from kern.periods import ONE_DAY
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands import (
    EvaluatieGegevens,
    TrajectGegevens,
    after_change,
    register_evaluatie,
    start_traject,
)
from trajecten.commands.follow_up import lock
from trajecten.models import Instrument, Traject
from wijkwerken.enums import Toeleider, Tussenkeuze
from wijkwerken.models import Inschrijving, Organisator, Toeleiding, Tussenbesluit
from wijkwerken.queries.inschrijvingen import wijkwerk_codes

_refuse = partial(
    refuse_on, Inschrijving, "inschrijving_toestemming_periode", "inschrijving_afstand"
)
DUBBEL = "Dit traject heeft al een inschrijving. Open ze en wijzig wat er staat."


@dataclass(frozen=True, slots=True, kw_only=True)
class InschrijvingGegevens:
    """What an enrolment tells, as plain values."""

    organisator: Organisator
    afspraken: str = ""
    overeenkomst_op: date | None = None
    is_arbeidsongeschikt: bool = False
    toestemming_van: date | None = None
    toestemming_tot: date | None = None
    afstand_km: Decimal | None = None

    @classmethod
    def of(cls, row: Inschrijving) -> "InschrijvingGegevens":
        """Return the facts as they are stored."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    def as_columns(self) -> dict[str, Any]:
        """Return the facts by column name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**values, "afspraken": self.afspraken.strip()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verwijzing:
    """Who referred, and since when; without a day it is the first day of the traject."""

    toeleider: Toeleider
    van: date | None = None


@transaction.atomic
def start_wijkwerken(
    *,
    client: Client,
    traject: TrajectGegevens,
    gegevens: InschrijvingGegevens,
    verwijzing: Verwijzing,
    by: Gebruiker,
    at: datetime,
    instrument: Instrument | None = None,
    reden: str = "",
) -> Inschrijving:
    """Start the traject and enrol at once; neither happens without the other."""
    soort = instrument or Instrument.objects.select_related("opvolger").get(code="wijkwerken")
    with audit.act(f"startte {soort.naam} op {format_short(traject.begindatum)}"):
        row = start_traject(
            client=client, instrument=soort, gegevens=traject, by=by, at=at, reden=reden
        )
        return enrol(traject=row, gegevens=gegevens, verwijzing=verwijzing, by=by, at=at)


@transaction.atomic
def enrol(
    *,
    traject: Traject,
    gegevens: InschrijvingGegevens,
    verwijzing: Verwijzing,
    by: Gebruiker,
    at: datetime,
    versie: str = "",
) -> Inschrijving:
    """Enrol on a traject that was started; nobody enters without referral (WW-REF-1)."""
    row = lock(traject, versie=versie)
    if row.instrument.code not in wijkwerk_codes():
        raise DomainError(f"Inschrijven kan op wijk-werken, niet op {row.instrument.naam}.")
    if row.einddatum is not None and row.einddatum < timezone.localdate(at):
        raise DomainError(
            f"Dit traject eindigde op {format_short(row.einddatum)}. Inschrijven kan niet meer."
        )
    if Inschrijving.objects.filter(traject=row).exists():
        raise DomainError(DUBBEL)
    van = verwijzing.van or row.begindatum
    if van > row.begindatum:
        raise DomainError(
            f"De toeleiding ({format_short(van)}) komt na de start "
            f"({format_short(row.begindatum)}). Niemand begint zonder toeleiding."
        )
    _check(gegevens, row, at)
    key = {"bestuur_id": row.bestuur_id, "client_id": row.client_id}
    inschrijving = Inschrijving(traject=row, **key, **gegevens.as_columns())
    zin = (
        f"schreef in voor {row.instrument.naam} bij {gegevens.organisator}, toegeleid door "
        f"{Toeleider(verwijzing.toeleider).label}"
    )
    with audit.act(zin), _refuse():
        inschrijving.save()
        Toeleiding.objects.create(
            inschrijving=inschrijving, toeleider=verwijzing.toeleider, van=van, **key
        )
        after_change(row, at=at)
    return inschrijving


@transaction.atomic
def change_inschrijving(
    *,
    inschrijving: Inschrijving,
    gegevens: InschrijvingGegevens,
    by: Gebruiker,
    at: datetime,
    versie: str = "",
) -> Inschrijving:
    """Change the organiser, the agreements, the contract or the permission."""
    traject = lock(inschrijving.traject, versie=versie)
    row = Inschrijving.objects.select_related("organisator").get(pk=inschrijving.pk)
    if InschrijvingGegevens.of(row).as_columns() == gegevens.as_columns():
        return row
    _check(gegevens, traject, at, was=row.organisator)
    zin = f"wijzigde de inschrijving voor {traject.instrument.naam}"
    if gegevens.organisator != row.organisator:
        zin += f": organisator {row.organisator} werd {gegevens.organisator}"
    for name, value in gegevens.as_columns().items():
        setattr(row, name, value)
    with audit.act(zin), _refuse():
        row.save()
        after_change(traject, at=at)
    return row


@transaction.atomic
def change_toeleider(
    *,
    inschrijving: Inschrijving,
    toeleider: Toeleider,
    van: date,
    by: Gebruiker,
    at: datetime,
    versie: str = "",
) -> Toeleiding:
    """Let somebody else be the one who refers from a day on; the work goes on meanwhile."""
    traject = lock(inschrijving.traject, versie=versie)
    vorige = Toeleiding.objects.get(inschrijving=inschrijving, tot__isnull=True)
    if vorige.toeleider == toeleider:
        sinds = format_short(vorige.van)
        raise DomainError(f"{vorige.get_toeleider_display()} leidt al toe sinds {sinds}.")
    grens = max(vorige.van, traject.begindatum)
    if van <= grens:
        raise DomainError(f"Kies een dag na {format_short(grens)}: eerder wisselde er niets.")
    if van > timezone.localdate(at):
        raise DomainError("Die dag moet nog komen. Noteer de wissel als hij er is.")
    if traject.einddatum is not None and van > traject.einddatum:
        raise DomainError(f"Het wijk-werken eindigde op {format_short(traject.einddatum)}.")
    nieuw = Toeleiding(
        bestuur_id=traject.bestuur_id,
        client_id=traject.client_id,
        inschrijving=inschrijving,
        toeleider=toeleider,
        van=van,
    )
    zin = f"noteerde dat {Toeleider(toeleider).label} toeleidt vanaf {format_short(van)}"
    with audit.act(zin), refuse_on(Toeleiding, "toeleiding_bekend", "toeleiding_geen_overlap"):
        vorige.tot = van - ONE_DAY
        vorige.save(update_fields=["tot"])
        nieuw.save()
        after_change(traject, at=at)
    return nieuw


@transaction.atomic
def withdraw_toeleider(*, inschrijving: Inschrijving, by: Gebruiker, at: datetime) -> Toeleiding:
    """Take back the last change of who refers; the one before goes on."""
    traject = lock(inschrijving.traject)
    rows = list(Toeleiding.objects.filter(inschrijving=inschrijving).order_by("-van")[:2])
    if len(rows) < 2:
        raise DomainError("Er is geen wissel om terug te nemen. De eerste toeleiding blijft staan.")
    laatste, vorige = rows
    zin = f"nam de wissel van toeleider op {format_short(laatste.van)} terug"
    with audit.act(zin):
        laatste.delete()
        vorige.tot = None
        vorige.save(update_fields=["tot"])
        after_change(traject, at=at)
    return vorige


@transaction.atomic
def decide_halfway(
    *,
    inschrijving: Inschrijving,
    evaluatie: EvaluatieGegevens,
    keuze: Tussenkeuze,
    by: Gebruiker,
    at: datetime,
    versie: str = "",
) -> Tussenbesluit:
    """Hold the review and write down what it led to: on, or to the next step (WW-REVIEW)."""
    traject = inschrijving.traject
    zin = (
        f"besliste bij de evaluatie van {format_short(evaluatie.gehouden_op)}: "
        f"{Tussenkeuze(keuze).label.lower()}"
    )
    with audit.act(zin), refuse_on(Tussenbesluit, "tussenbesluit_bekend"):
        gehouden = register_evaluatie(
            traject=traject, gegevens=evaluatie, by=by, at=at, versie=versie
        )
        return Tussenbesluit.objects.create(
            bestuur_id=traject.bestuur_id,
            client_id=traject.client_id,
            inschrijving=inschrijving,
            evaluatie=gehouden,
            keuze=keuze,
        )


@transaction.atomic
def withdraw_inschrijving(*, inschrijving: Inschrijving, by: Gebruiker, at: datetime) -> Traject:
    """Take back an enrolment on which nothing hangs; the traject stays."""
    traject = lock(inschrijving.traject)
    try:
        with audit.act(f"trok de inschrijving voor {traject.instrument.naam} in"):
            Toeleiding.objects.filter(inschrijving=inschrijving).delete()
            Inschrijving.objects.filter(pk=inschrijving.pk).delete()
            after_change(traject, at=at)
    except ProtectedError as error:
        raise DomainError(
            "Er zijn al uren, opdrachten, interimdagen of een tussenbesluit. Beëindig het traject."
        ) from error
    return traject


def _check(
    gegevens: InschrijvingGegevens,
    traject: Traject,
    at: datetime,
    *,
    was: Organisator | None = None,
) -> None:
    if not gegevens.is_arbeidsongeschikt and (gegevens.toestemming_van or gegevens.toestemming_tot):
        raise DomainError(
            "Een toestemming van de adviserend arts geldt voor wie erkend arbeidsongeschikt is. "
            "Vink dat aan, of laat de dagen leeg."
        )
    if gegevens.toestemming_tot is not None and gegevens.toestemming_van is None:
        raise DomainError("Vul ook in vanaf wanneer de adviserend arts toestemming geeft.")
    if gegevens.organisator == was:
        return
    dag = max(traject.begindatum, timezone.localdate(at))
    organisator = gegevens.organisator
    if dag < organisator.van or (organisator.tot is not None and dag > organisator.tot):
        raise DomainError(f"{organisator} organiseert geen wijk-werken op {format_short(dag)}.")
