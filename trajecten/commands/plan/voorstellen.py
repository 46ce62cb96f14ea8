"""Proposing goals and steps, and changing them; a change is a proposal to the other side."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from clienten.models import Client
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.commands.follow_up import after_change
from trajecten.commands.plan.gegevens import (
    DoelGegevens,
    ItemGegevens,
    PlanStapGegevens,
    PlanTeksten,
)
from trajecten.commands.plan.slot import PlanChanged, lock_plan, lock_regel, settle
from trajecten.commands.wie import Wie
from trajecten.enums import PlanStatus, Stem, Uitvoerder
from trajecten.models import Doel, Stap, Stappenplan
from trajecten.models.stappenplan import TEKST_MAX
from trajecten.queries.plan import teksten_hash, velden_van
from trajecten.rules.plan.beurt import ANDERE, Kant, NietAanZet, na_wijziging

Item = TypeVar("Item", Doel, Stap)

VAN_EEN_ANDER = "Dat hoort bij een andere cliënt."


@transaction.atomic
def propose_doel(
    *, client: Client, gegevens: DoelGegevens, wie: Wie, at: datetime, sleutel: str = ""
) -> Doel:
    """Propose a goal; the other side answers. The same `sleutel` twice makes one goal."""
    lock_plan(client, at=at)
    if known := _known(Doel, client, sleutel):
        return known
    _check(client, gegevens, at=at)
    doel = Doel(**_columns(client, gegevens, wie, at, sleutel))
    names = ("plandoel_woorden_bekend", "plandoel_heeft_uitvoerder")
    with (
        audit.act(wie.zin(f"stelde een doel voor: {doel.tekst}")),
        refuse_on(Doel, *names, trajecten_doel_traject_id_eigen=VAN_EEN_ANDER),
    ):
        doel.save()
        after_change(client, at=at)
    return doel


@transaction.atomic
def propose_stap(
    *, client: Client, gegevens: PlanStapGegevens, wie: Wie, at: datetime, sleutel: str = ""
) -> Stap:
    """Propose a step; the other side answers. The same `sleutel` twice makes one step."""
    lock_plan(client, at=at)
    if known := _known(Stap, client, sleutel):
        return known
    _check(client, gegevens, at=at)
    stap = Stap(**_columns(client, gegevens, wie, at, sleutel))
    with audit.act(wie.zin(f"stelde een stap voor: {stap.tekst}")), _refuse_stap():
        stap.save()
        after_change(client, at=at)
    return stap


@transaction.atomic
def change_doel(
    *, doel: Doel, gegevens: DoelGegevens, wie: Wie, at: datetime, revisie: int | None = None
) -> Doel:
    """Change a goal. What is part of the agreement then waits for the other side."""
    row = _change(doel, gegevens, wie, at, revisie)
    names = ("plandoel_woorden_bekend", "plandoel_heeft_uitvoerder")
    with (
        audit.act(wie.zin(f"wijzigde een doel: {row.tekst}")),
        refuse_on(Doel, *names, trajecten_doel_traject_id_eigen=VAN_EEN_ANDER),
    ):
        row.save()
        after_change(row.client, at=at)
    return row


@transaction.atomic
def change_stap(
    *, stap: Stap, gegevens: PlanStapGegevens, wie: Wie, at: datetime, revisie: int | None = None
) -> Stap:
    """Change a step. What is part of the agreement then waits for the other side."""
    row = _change(stap, gegevens, wie, at, revisie)
    with audit.act(wie.zin(f"wijzigde een stap: {row.tekst}")), _refuse_stap():
        row.save()
        after_change(row.client, at=at)
    return row


@transaction.atomic
def write_plan_teksten(
    *, client: Client, teksten: PlanTeksten, by: Gebruiker, at: datetime, gezien: str | None = None
) -> Stappenplan:
    """Write what the GPMI contract tells besides goals and steps.

    `gezien` proves what the page showed: a later change refuses instead of being written over.
    """
    plan = lock_plan(client, at=at)
    if gezien is not None and gezien != teksten_hash(plan):
        raise PlanChanged("Iemand wijzigde dit terwijl u typte. Kijk na wat er nu staat.")
    plan.behoeften = teksten.behoeften.strip()
    plan.evaluatiewijze = teksten.evaluatiewijze.strip()
    plan.extra_hulp = teksten.extra_hulp.strip()
    with audit.act("schreef de algemene afspraken van het plan"):
        plan.save()
    return plan


def _change(
    item: Item, gegevens: ItemGegevens, wie: Wie, at: datetime, revisie: int | None
) -> Item:
    regel = lock_regel(item, at=at, revisie=revisie)
    row: Item = regel.item  # type: ignore[assignment]
    _check(row.client, gegevens, at=at, was=row.tegen)
    before = velden_van(row)
    for name, value in gegevens.as_columns().items():
        setattr(row, name, value)
    if velden_van(row) == before:
        return row
    try:
        uitkomst = na_wijziging(regel.zaak, Kant(wie.stem))
    except NietAanZet as nee:
        raise DomainError(str(nee)) from nee
    row.revisie += 1
    settle(row, uitkomst, at=at)
    return row


def _known(model: type[Item], client: Client, sleutel: str) -> Item | None:
    if not sleutel:
        return None
    return model.objects.owned_by(client).filter(sleutel=sleutel).first()


def _columns(
    client: Client, gegevens: ItemGegevens, wie: Wie, at: datetime, sleutel: str
) -> dict[str, Any]:
    if wie.stem == Stem.PARTNER:
        raise DomainError("Een partner stelt een stap voor via wie de cliënt begeleidt.")
    return {
        **gegevens.as_columns(),
        "bestuur_id": client.bestuur_id,
        "client": client,
        "voorsteller": wie.stem,
        "voorstel_van": wie.stem,
        "voorgesteld_door": wie.gebruiker,
        "wacht_op": ANDERE[Kant(wie.stem)],
        "wacht_sinds": at,
        "created_at": at,
        "sleutel": sleutel,
    }


def _check(
    client: Client, gegevens: ItemGegevens, *, at: datetime, was: date | None = None
) -> None:
    tekst = " ".join(gegevens.tekst.split())
    if not tekst:
        raise DomainError("Schrijf wat het is.")
    if len(tekst) > TEKST_MAX:
        raise DomainError(f"Schrijf het korter, met hoogstens {TEKST_MAX} tekens.")
    if not gegevens.uitvoerders:
        raise DomainError("Zeg wie het doet.")
    if Uitvoerder.PARTNER in gegevens.uitvoerders and not gegevens.partner.strip():
        raise DomainError("Zeg welke partner het doet.")
    tegen = gegevens.tegen
    if tegen is not None and tegen != was and tegen < timezone.localdate(at):
        raise DomainError(f"{format_short(tegen)} is al voorbij. Kies vandaag of een latere dag.")
    _check_doel(client, gegevens)


def _check_doel(client: Client, gegevens: ItemGegevens) -> None:
    doel = gegevens.doel if isinstance(gegevens, PlanStapGegevens) else None
    if doel is None:
        return
    if doel.client_id != client.pk:
        raise DomainError(VAN_EEN_ANDER)
    if doel.status == PlanStatus.VERVALLEN:
        raise DomainError("Dat doel is vervallen. Kies een ander doel of geen.")


def _refuse_stap() -> AbstractContextManager[None]:
    return refuse_on(
        Stap,
        "planstap_woorden_bekend",
        "planstap_heeft_uitvoerder",
        "planstap_volgende_stap_volledig",
        trajecten_stap_doel_id_eigen=VAN_EEN_ANDER,
        trajecten_stap_traject_id_eigen=VAN_EEN_ANDER,
    )
