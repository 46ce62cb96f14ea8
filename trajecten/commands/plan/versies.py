"""Agreeing to the whole plan: a version is frozen, and holds when both sides said yes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.crypto import seal_bytes
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change
from trajecten.commands.plan.slot import PlanChanged, lock_plan
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, Stem
from trajecten.models import Akkoord, AkkoordScan, Doel, Planversie, Stap
from trajecten.models.planversie import scan_place
from trajecten.queries.plan import Plan, Planregel, Versieblad, read_plan
from trajecten.rules.plan.inhoud import inhoud_van

BEIDE = (Stem.CLIENT, Stem.OCMW)
# What a scan may be, by the bytes it begins with.
SCAN_SOORTEN = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """The signed paper as it was uploaded."""

    bestandsnaam: str
    inhoud: bytes


@transaction.atomic
def agree_plan(*, client: Client, wie: Wie, at: datetime, gezien: str) -> Planversie:
    """Agree, for one side, to the plan whose hash the page showed (`gezien`).

    The first side to agree freezes the version and puts it before the other; when the other
    agrees to the same content it is in force, and the version before it is history.
    """
    if wie.stem not in BEIDE:
        raise DomainError("Het plan is van de cliënt en het OCMW samen.")
    lock_plan(client, at=at)
    plan = read_plan(client)
    blad = _version(plan, gezien, wie, at)
    if mine := blad.akkoord_van(wie.stem):
        raise DomainError(_already(mine))
    versie = blad.versie
    akkoord = _akkoord(versie, wie, at)
    with (
        audit.act(wie.zin(f"ging akkoord met het stappenplan, versie {versie.nummer}")),
        refuse_on(Akkoord, "akkoord_eenmaal", "akkoord_heeft_naam"),
    ):
        akkoord.save()
        if {row.stem for row in blad.akkoorden} | {wie.stem} == set(BEIDE):
            _bring_into_force(plan, versie, at)
        after_change(client, at=at)
    return versie


@transaction.atomic
def agree_together(
    *,
    client: Client,
    by: Gebruiker,
    at: datetime,
    gezien: str,
    wie: Wie,
    scan: Scan | None = None,
) -> Planversie:
    """Agree for both sides at once: the client at the desk, on paper or by telephone.

    `wie` is the voice of the client as the worker heard it, with language and interpreter.
    """
    if wie.stem != Stem.CLIENT or wie.kanaal == AkkoordKanaal.LINK:
        raise DomainError("Zeg hoe de cliënt akkoord ging: aan het bureau, op papier, telefonisch.")
    lock_plan(client, at=at)
    plan = read_plan(client)
    waiting = plan.voorgelegd
    versie = None
    for voice in (Wie.ocmw(by), wie):
        # Who agreed to these very words before need not say it again.
        if waiting and waiting.versie.hash == gezien and waiting.akkoord_van(voice.stem):
            continue
        versie = agree_plan(client=client, wie=voice, at=at, gezien=gezien)
    if versie is None:
        raise DomainError("Deze versie is al van kracht.")
    if scan is not None:
        akkoord = Akkoord.objects.get(planversie=versie, stem=Stem.CLIENT)
        add_scan(akkoord=akkoord, scan=scan, by=by, at=at)
    return versie


@transaction.atomic
def add_scan(*, akkoord: Akkoord, scan: Scan, by: Gebruiker, at: datetime) -> AkkoordScan:
    """Keep the signed paper beside the agreement, sealed."""
    soort = next(
        (name for begin, name in SCAN_SOORTEN.items() if scan.inhoud.startswith(begin)), ""
    )
    if not soort:
        raise DomainError("Kies een pdf of een foto (jpg of png) van het getekende blad.")
    if len(scan.inhoud) > settings.UPLOAD_MAX_BYTES:
        raise DomainError("Dit bestand is te groot. Maak de foto kleiner.")
    if AkkoordScan.objects.filter(akkoord=akkoord).exists():
        raise DomainError("Bij dit akkoord zit al een blad.")
    row = AkkoordScan(
        bestuur_id=akkoord.bestuur_id,
        client_id=akkoord.client_id,
        akkoord=akkoord,
        bestandsnaam=scan.bestandsnaam[-120:],
        soort=soort,
        inhoud=seal_bytes(scan.inhoud, place=scan_place(akkoord.bestuur_id)),
    )
    with audit.act("bewaarde het getekende blad bij het stappenplan"):
        row.save()
    return row


@transaction.atomic
def withdraw_versie(*, versie: Planversie, wie: Wie, at: datetime) -> Planversie:
    """Take back a version that still waits for the other side."""
    lock_plan(versie.client, at=at)
    row = Planversie.objects.get(pk=versie.pk)
    if row.van_kracht_at is not None:
        raise DomainError(
            "Deze versie is van kracht. Wijzig het plan en leg een nieuwe versie voor."
        )
    if row.ingetrokken_at is not None:
        return row
    if not Akkoord.objects.filter(planversie=row, stem=wie.stem).exists():
        raise DomainError("Wie de versie voorlegde, trekt ze in.")
    _withdraw(row, wie, at)
    after_change(versie.client, at=at)
    return row


def _version(plan: Plan, gezien: str, wie: Wie, at: datetime) -> Versieblad:
    """Return the version with the content that was seen: the one that waits, or a new one."""
    if plan.van_kracht is not None and plan.van_kracht.versie.hash == gezien:
        raise DomainError(_already(plan.van_kracht.akkoord_van(wie.stem)))
    if plan.voorgelegd is not None and plan.voorgelegd.versie.hash == gezien:
        return plan.voorgelegd
    if plan.hash != gezien:
        raise PlanChanged(
            "Het plan is intussen gewijzigd. Kijk na wat er nu staat en kies opnieuw."
        )
    if plan.is_leeg:
        raise DomainError("Er staat nog niets in het plan om akkoord mee te gaan.")
    if plan.voorgelegd is not None:
        _withdraw(plan.voorgelegd.versie, wie, at)
    laatste = Planversie.objects.owned_by(plan.client).aggregate(n=Max("nummer"))["n"] or 0
    versie = Planversie(
        bestuur_id=plan.client.bestuur_id,
        client=plan.client,
        nummer=laatste + 1,
        inhoud=plan.inhoud,
        hash=plan.hash,
        voorgelegd_at=at,
    )
    with audit.act(wie.zin(f"legde versie {versie.nummer} van het stappenplan vast")):
        versie.save()
    return Versieblad(versie, ())


def _withdraw(versie: Planversie, wie: Wie, at: datetime) -> None:
    versie.ingetrokken_at = at
    with audit.act(wie.zin(f"trok versie {versie.nummer} van het stappenplan in")):
        versie.save(update_fields=["ingetrokken_at"])


def _akkoord(versie: Planversie, wie: Wie, at: datetime) -> Akkoord:
    return Akkoord(
        bestuur_id=versie.bestuur_id,
        client_id=versie.client_id,
        planversie=versie,
        stem=wie.stem,
        at=at,
        kanaal=wie.kanaal,
        taal=wie.taal,
        tolk=wie.tolk.strip(),
        gebruiker=wie.gebruiker,
    )


def _bring_into_force(plan: Plan, versie: Planversie, at: datetime) -> None:
    if plan.van_kracht is not None:
        before = plan.van_kracht.versie
        before.vervangen_at = at
        before.save(update_fields=["vervangen_at"])
    versie.van_kracht_at = at
    with refuse_on(Planversie, planversie_beide_akkoord="Beide kanten gaan eerst akkoord."):
        versie.save(update_fields=["van_kracht_at"])
    _agree_items(plan, versie, at)


def _agree_items(plan: Plan, versie: Planversie, at: datetime) -> None:
    """Let each proposal that stands in the version, in the same words, be agreed."""
    frozen = {(regel["soort"], regel["id"]): _words(regel) for regel in versie.inhoud["afspraken"]}
    rows = [
        _agreed(regel, at)
        for regel in plan.regels
        if regel.item.status == PlanStatus.VOORGESTELD
        and (regel.soort, regel.item.pk) in frozen
        and frozen[regel.soort, regel.item.pk] == _now(regel)
    ]
    columns = ["status", "wacht_op", "wacht_sinds", "afgesproken_op", "afgesproken_tegen"]
    Doel.objects.bulk_update([row for row in rows if isinstance(row, Doel)], columns)
    Stap.objects.bulk_update([row for row in rows if isinstance(row, Stap)], columns)


def _agreed(regel: Planregel, at: datetime) -> Doel | Stap:
    item = regel.item
    item.status = PlanStatus.AFGESPROKEN
    item.wacht_op = ""
    item.wacht_sinds = None
    item.afgesproken_op = timezone.localdate(at)
    item.afgesproken_tegen = item.tegen
    return item


def _words(regel: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in regel.items() if name != "woorden"}


def _now(regel: Planregel) -> dict[str, Any] | None:
    found = inhoud_van([regel.as_item], {})["afspraken"]
    return _words(found[0]) if found else None


def _already(akkoord: Akkoord | None) -> str:
    if akkoord is None:
        return "Deze versie is al van kracht."
    moment = timezone.localtime(akkoord.at)
    when = f"op {format_short(moment.date())} om {moment:%H:%M}"
    if akkoord.stem == Stem.OCMW and akkoord.gebruiker is not None:
        return f"{akkoord.gebruiker.naam} ging {when} al akkoord namens het OCMW."
    return f"De cliënt ging {when} al akkoord."
