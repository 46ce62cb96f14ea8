"""Appointments: made, moved, corrected and taken back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clienten.models import Client, Machtiging
from kern.belgian_dates import format_short
from kern.errors import DomainError, refuse_on
from toegang import audit
from toegang.models import Gebruiker
from trajecten.afspraakbericht import Wat
from trajecten.commands.afspraakpost import is_told, tell_client
from trajecten.commands.follow_up import after_change
from trajecten.enums import AfspraakSoort, AfspraakStatus
from trajecten.models import Afspraak, Gpmi, Traject

REFUSALS = (
    "afspraak_woorden_bekend",
    "afspraak_duur_redelijk",
    "afspraak_driegesprek_heeft_partner",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AfspraakGegevens:
    """An appointment as it is made: what, when, with whom, where."""

    soort: AfspraakSoort
    begint_at: datetime
    duur: int
    medewerker: Gebruiker
    plaats: str = ""
    partner: str = ""
    onderwerp: str = ""
    notitie: str = ""
    traject: Traject | None = None
    gpmi: Gpmi | None = None
    herinner_dagen: int | None = None


@transaction.atomic
def plan_afspraak(
    *,
    client: Client,
    gegevens: AfspraakGegevens,
    by: Gebruiker,
    at: datetime,
    laat_weten: bool = True,
) -> Afspraak:
    """Make an appointment, and tell the client along the line she chose."""
    _controleer(client, gegevens, at)
    afspraak = Afspraak(bestuur_id=client.bestuur_id, client=client, created_at=at)
    _vul_in(afspraak, gegevens, at)
    with audit.act(f"plande een afspraak op {moment_of(afspraak)}"), refuse_on(Afspraak, *REFUSALS):
        afspraak.save()
        if laat_weten:
            tell_client(afspraak, Wat.GEPLAND, at=at)
        after_change(client, at=at)
    return afspraak


@transaction.atomic
def change_afspraak(
    *,
    afspraak: Afspraak,
    gegevens: AfspraakGegevens,
    volgnummer: int,
    by: Gebruiker,
    at: datetime,
    laat_weten: bool = True,
) -> Afspraak:
    """Move or correct an appointment that still stands; the client is told of another moment."""
    row = lock_afspraak(afspraak, volgnummer)
    _controleer(row.client, gegevens, at)
    vroeger, was = moment_of(row), (row.begint_at, row.plaats, row.soort)
    _vul_in(row, gegevens, at)
    row.volgnummer += 1
    is_verplaatst = row.begint_at != was[0]
    if is_verplaatst:
        row.herinnerd_at = None
    zin = f"verbeterde de afspraak van {vroeger}"
    if is_verplaatst:
        zin = f"verplaatste de afspraak van {vroeger} naar {moment_of(row)}"
    with audit.act(zin), refuse_on(Afspraak, *REFUSALS):
        row.save()
        if laat_weten and (row.begint_at, row.plaats, row.soort) != was:
            tell_client(row, Wat.VERPLAATST if is_verplaatst else Wat.GEPLAND, at=at)
        after_change(row.client, at=at)
    return row


@transaction.atomic
def withdraw_afspraak(*, afspraak: Afspraak, by: Gebruiker, at: datetime) -> None:
    """Take back an appointment made by mistake today; the trail keeps it."""
    row = lock_afspraak(afspraak)
    if timezone.localdate(row.created_at) != timezone.localdate(at):
        raise DomainError("Deze afspraak is niet van vandaag. Zeg ze af: dan blijft ze te zien.")
    if row.agendapunten.exists():
        raise DomainError("Op deze afspraak staat al een agenda. Zeg ze af.")
    with audit.act(f"trok de afspraak van {moment_of(row)} in"):
        if row.begint_at > at and is_told(row):
            tell_client(row, Wat.AFGEZEGD, at=at)
        Afspraak.objects.filter(pk=row.pk).delete()
        after_change(row.client, at=at)


@transaction.atomic
def note_afspraak(*, afspraak: Afspraak, notitie: str, by: Gebruiker, at: datetime) -> Afspraak:
    """Keep a note that stays inside the office."""
    row = take_afspraak(afspraak)
    row.notitie = notitie.strip()
    with audit.act(f"bewaarde een notitie bij de afspraak van {moment_of(row)}"):
        row.save(update_fields=["notitie"])
    return row


@transaction.atomic
def note_told(*, afspraak: Afspraak, by: Gebruiker, at: datetime) -> Afspraak:
    """Note that the client was called or written to, so that no list asks for it again."""
    row = lock_afspraak(afspraak)
    with audit.act(f"liet de cliënt zelf weten: afspraak van {moment_of(row)}"):
        if row.herinneren_op is not None and row.herinnerd_at is None:
            row.herinnerd_at = at
            row.save(update_fields=["herinnerd_at"])
    return row


def _vul_in(row: Afspraak, gegevens: AfspraakGegevens, at: datetime) -> None:
    row.soort = gegevens.soort
    row.begint_at = gegevens.begint_at
    row.duur = gegevens.duur
    row.medewerker = gegevens.medewerker
    row.plaats = gegevens.plaats.strip()
    row.partner = gegevens.partner.strip()
    row.onderwerp = gegevens.onderwerp.strip()
    row.notitie = gegevens.notitie.strip()
    row.traject = gegevens.traject
    row.gpmi = gegevens.gpmi
    row.herinneren_op = _herinneren_op(gegevens, at)


def lock_afspraak(afspraak: Afspraak, volgnummer: int | None = None) -> Afspraak:
    """Take the row for this transaction while it still stands as planned.

    `volgnummer` is what the page showed; a later change by anybody is refused.
    """
    row = take_afspraak(afspraak)
    if row.status != AfspraakStatus.GEPLAND:
        raise DomainError(f"Deze afspraak is al {row.get_status_display().lower()}.")
    if volgnummer is not None and volgnummer != row.volgnummer:
        raise DomainError(
            f"Intussen is deze afspraak gewijzigd: ze staat nu op {moment_of(row)}. "
            "Wat u invulde staat er nog: kijk het na en bewaar opnieuw."
        )
    return row


def take_afspraak(afspraak: Afspraak) -> Afspraak:
    """Take the row for this transaction, as it stands now."""
    rows = Afspraak.objects.select_related("client", "medewerker", "traject", "bestuur")
    return rows.select_for_update(of=("self",)).get(pk=afspraak.pk)


def moment_of(afspraak: Afspraak) -> str:
    """Return the moment as the trail tells it."""
    return f"{format_short(afspraak.dag)} om {timezone.localtime(afspraak.begint_at):%H:%M}"


def _controleer(client: Client, gegevens: AfspraakGegevens, at: datetime) -> None:
    if gegevens.begint_at <= at:
        raise DomainError(
            "Dit moment is al voorbij. Kies een later uur, of noteer het contact in het logboek."
        )
    dag = timezone.localdate(gegevens.begint_at)
    volgers = Gebruiker.objects.following_clients_at(client.bestuur_id, on=dag)
    if not volgers.filter(pk=gegevens.medewerker.pk).exists():
        raise DomainError(
            f"{gegevens.medewerker} volgt op {format_short(dag)} hier geen cliënten. "
            "Kies iemand anders."
        )
    if client.afgeschermd and not _mag(client, gegevens.medewerker):
        raise DomainError(f"{gegevens.medewerker} is niet gemachtigd voor dit dossier.")
    for wat in (gegevens.traject, gegevens.gpmi):
        if wat is not None and wat.client_id != client.pk:
            raise DomainError("Dit traject is van een andere cliënt.")


def _mag(client: Client, medewerker: Gebruiker) -> bool:
    return Machtiging.objects.filter(client=client, gebruiker=medewerker).exists()


def _herinneren_op(gegevens: AfspraakGegevens, at: datetime) -> date | None:
    """Return the day of the reminder; a day that is here already needs none, she just heard."""
    if gegevens.herinner_dagen is None:
        return None
    dag = timezone.localdate(gegevens.begint_at) - timedelta(days=gegevens.herinner_dagen)
    return dag if dag > timezone.localdate(at) else None
