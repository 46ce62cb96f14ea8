"""What came of an appointment: held, not held, called off, or open again."""

from datetime import datetime

from django.db import transaction

from kern.errors import DomainError
from toegang import audit
from toegang.models import Gebruiker
from trajecten.afspraakbericht import Wat
from trajecten.commands.afspraakpost import is_told, tell_client
from trajecten.commands.afspraken import lock_afspraak, moment_of, take_afspraak
from trajecten.commands.follow_up import after_change
from trajecten.enums import AFGEZEGD, AfspraakOorzaak, AfspraakStatus
from trajecten.models import Afspraak


@transaction.atomic
def cancel_afspraak(
    *,
    afspraak: Afspraak,
    oorzaak: AfspraakOorzaak,
    by: Gebruiker | None,
    at: datetime,
    reden: str = "",
    laat_weten: bool = True,
) -> Afspraak:
    """Call an appointment off; without a worker it is the client herself, by her own link."""
    if oorzaak not in AFGEZEGD:
        raise DomainError("Zeg wie de afspraak afzegde.")
    if by is None and oorzaak != AfspraakOorzaak.DOOR_CLIENT:
        raise DomainError("Via de eigen link zegt alleen de cliënt zelf af.")
    row = lock_afspraak(afspraak)
    if by is None and row.begint_at <= at:
        raise DomainError("Deze afspraak is al voorbij.")
    zin = f"zegde de afspraak van {moment_of(row)} af"
    if by is None:
        zin = f"de cliënt {zin}"
    vertel = laat_weten and oorzaak != AfspraakOorzaak.DOOR_CLIENT and row.begint_at > at
    return _sluit(row, oorzaak, reden, zin, at=at, vertel=vertel)


@transaction.atomic
def hold_afspraak(*, afspraak: Afspraak, by: Gebruiker, at: datetime) -> Afspraak:
    """Note that the appointment was held."""
    row = lock_afspraak(afspraak)
    _moet_begonnen_zijn(row, at)
    row.status = AfspraakStatus.DOORGEGAAN
    row.volgnummer += 1
    with audit.act(f"noteerde dat de afspraak van {moment_of(row)} doorging"):
        row.save()
        after_change(row.client, at=at)
    return row


@transaction.atomic
def miss_afspraak(*, afspraak: Afspraak, by: Gebruiker, at: datetime, reden: str = "") -> Afspraak:
    """Note that the client was not there: a fact, with a reason when she gave one."""
    row = lock_afspraak(afspraak)
    _moet_begonnen_zijn(row, at)
    zin = f"noteerde dat de afspraak van {moment_of(row)} niet doorging"
    return _sluit(row, AfspraakOorzaak.CLIENT_NIET_DAAR, reden, zin, at=at, vertel=False)


@transaction.atomic
def reopen_afspraak(*, afspraak: Afspraak, by: Gebruiker, at: datetime) -> Afspraak:
    """Let an appointment stand again as planned; who was told it was off is told otherwise."""
    row = _closed(afspraak)
    was_afgezegd = row.oorzaak in AFGEZEGD
    row.status, row.oorzaak, row.reden = AfspraakStatus.GEPLAND, "", ""
    row.volgnummer += 1
    with audit.act(f"zette de afspraak van {moment_of(row)} weer op gepland"):
        row.save()
        if was_afgezegd and row.begint_at > at and is_told(row):
            tell_client(row, Wat.GEPLAND, at=at)
        after_change(row.client, at=at)
    return row


def _sluit(
    row: Afspraak, oorzaak: AfspraakOorzaak, reden: str, zin: str, *, at: datetime, vertel: bool
) -> Afspraak:
    row.status = AfspraakStatus.NIET_DOORGEGAAN
    row.oorzaak, row.reden = oorzaak, reden.strip()
    row.volgnummer += 1
    with audit.act(zin):
        row.save()
        if vertel:
            tell_client(row, Wat.AFGEZEGD, at=at)
        after_change(row.client, at=at)
    return row


def _moet_begonnen_zijn(row: Afspraak, at: datetime) -> None:
    if row.begint_at > at:
        raise DomainError(
            f"Deze afspraak is pas op {moment_of(row)}. Zeg ze af of verplaats ze als ze niet "
            "kan doorgaan."
        )


def _closed(afspraak: Afspraak) -> Afspraak:
    row = take_afspraak(afspraak)
    if row.status == AfspraakStatus.GEPLAND:
        raise DomainError("Deze afspraak staat al op gepland.")
    if row.evaluatie_id is not None:
        raise DomainError(
            "Bij deze afspraak is een evaluatie genoteerd. Verwijder eerst die evaluatie."
        )
    return row
