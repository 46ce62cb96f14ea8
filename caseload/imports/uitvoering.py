"""Taking in accepted rows: a batch at once where all goes well, else row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from django.db import DataError, IntegrityError, connection, transaction

from caseload.enums import Gevolg, RijStatus
from caseload.imports.herkenning import register_of
from caseload.imports.inhoud import aanvaard_of
from caseload.imports.omgeving import Begeleider, Kennis
from caseload.imports.plan import Plan, plan_rij
from caseload.models import Import, Importrij
from caseload.rules.inlezen.redenen import RijGeweigerd
from caseload.rules.inlezen.rijen import Aanvaard
from clienten.commands import assign_spilfiguur, set_insz
from clienten.commands.personen import Aanmelding, register_clients
from clienten.commands.statuten import EersteStatuut, add_first_statuten
from clienten.commands.toewijzingen import assign_first_spilfiguren
from clienten.models import Client, Statuut, Toewijzing
from clienten.queries import next_dossiernummer
from kern.errors import DomainError
from toegang.models import Bestuur, Gebruiker
from trajecten.commands.gegevens import TrajectGegevens
from trajecten.commands.trajecten import start_trajecten

STRIJDIG = "kon niet bewaard worden: strijdig met wat er al staat"
_CHANGED = ["status", "gevolg", "redenen", "client", "traject", "gemaakt", "transactie"]


@dataclass(frozen=True, slots=True)
class Uitvoering:
    """What every row of one run shares: the list, the knowledge, who acts and when."""

    lijst: Import
    bestuur: Bestuur
    kennis: Kennis
    by: Gebruiker
    at: datetime


def apply_rijen(rows: Sequence[Importrij], run: Uitvoering) -> None:
    """Take the rows in; each ends as taken in, known already, or refused with a reason."""
    try:
        with transaction.atomic():
            _apply(rows, run)
    except (DomainError, IntegrityError, DataError):
        for row in rows:
            _apply_alone(row, run)
    transactie = transaction_id()
    for row in rows:
        row.transactie = transactie
    save_rijen(rows)


def save_rijen(rows: Sequence[Importrij]) -> None:
    """Store what became of many rows in one statement."""
    Importrij.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["pk"], update_fields=_CHANGED
    )


def _apply_alone(row: Importrij, run: Uitvoering) -> None:
    """Take in one row in a savepoint of its own."""
    try:
        with transaction.atomic():
            _apply([row], run)
    except DomainError as refusal:
        _refuse(row, str(refusal))
    except (IntegrityError, DataError):
        _refuse(row, STRIJDIG)


def _apply(rows: Sequence[Importrij], run: Uitvoering) -> None:
    gelezen = {row.pk: aanvaard_of(row) for row in rows}
    register = register_of(
        list(gelezen.values()), bestuur_id=run.bestuur.pk, by=run.by, op=run.kennis.op
    )
    plannen: list[tuple[Importrij, Plan]] = []
    for row in rows:
        try:
            plannen.append((row, plan_rij(gelezen[row.pk], register, run.kennis)))
        except RijGeweigerd as reden:
            _refuse(row, str(reden))
    for row, plan in plannen:
        row.gevolg = plan.gevolg
        ongewijzigd = plan.gevolg is Gevolg.ONGEWIJZIGD
        row.status = RijStatus.DUBBEL if ongewijzigd else RijStatus.TOEGEPAST
        row.gemaakt, row.traject = {}, None
    _register(plannen, run)
    _give_insz(plannen, run)
    _give_statuten(plannen, run)
    _start_trajecten(plannen, run)
    _assign(plannen, run)


def _register(plannen: Sequence[tuple[Importrij, Plan]], run: Uitvoering) -> None:
    nieuw = [(row, plan) for row, plan in plannen if plan.is_nieuw]
    if nieuw:
        vrij = _free_numbers(run)
        aanmeldingen = [
            Aanmelding(_gegevens(plan.rij, run, vrij), plan.rij.insz) for _, plan in nieuw
        ]
        clients = register_clients(
            bestuur=run.bestuur, aanmeldingen=aanmeldingen, by=run.by, at=run.at
        )
        for (row, plan), client in zip(nieuw, clients, strict=True):
            plan.bekend.client, plan.bekend.pk = client, client.pk
            row.gemaakt["client"] = client.pk
    for row, plan in plannen:
        row.client = _client(plan)


def _free_numbers(run: Uitvoering) -> Iterator[int]:
    """Yield numbers above those of the bestuur and of the list; asked for, they cost a query."""
    eerste = int(next_dossiernummer(on=run.kennis.op).rpartition("-")[2])
    yield from count(max(eerste, run.lijst.tellers.get("hoogste", 0) + 1))


def _gegevens(rij: Aanvaard, run: Uitvoering, vrij: Iterator[int]) -> dict[str, object]:
    gegevens: dict[str, object] = {
        "dossiernummer": rij.dossiernummer or f"{run.kennis.op.year}-{next(vrij):04d}",
        "familienaam": rij.familienaam,
        "voornaam": rij.voornaam,
        "geboortedatum": rij.geboortedatum,
        "geslacht": rij.geslacht,
        "adres": rij.adres,
        "postcode": rij.postcode,
        "gemeente": rij.gemeente,
        "telefoon": rij.telefoon,
        "email": rij.email,
        "opmerking": rij.opmerking,
    }
    # Without a language the default of the file holds.
    return gegevens | ({"taal": rij.taal} if rij.taal else {})


def _give_insz(plannen: Sequence[tuple[Importrij, Plan]], run: Uitvoering) -> None:
    for row, plan in plannen:
        if plan.insz:
            number = set_insz(client=_client(plan), insz=plan.insz, by=run.by, at=run.at)
            row.gemaakt["insz"] = number.pk


def _give_statuten(plannen: Sequence[tuple[Importrij, Plan]], run: Uitvoering) -> None:
    met = [(row, plan, plan.statuut) for row, plan in plannen if plan.statuut is not None]
    if not met:
        return
    rows: list[Statuut] = add_first_statuten(
        statuten=[
            EersteStatuut(_client(plan), item.soort, item.van, item.categorie)
            for _, plan, item in met
        ],
        by=run.by,
        at=run.at,
    )
    for (row, _, _), statuut in zip(met, rows, strict=True):
        row.gemaakt["statuut"] = statuut.pk


def _start_trajecten(plannen: Sequence[tuple[Importrij, Plan]], run: Uitvoering) -> None:
    met = [(row, plan) for row, plan in plannen if plan.met_traject]
    if not met:
        return
    trajecten = start_trajecten(
        starts=[
            (
                _client(plan),
                run.kennis.instrumenten[plan.rij.instrument],
                TrajectGegevens(begindatum=_start(plan.rij)),
            )
            for _, plan in met
        ],
        regels=run.kennis.regels,
        by=run.by,
        at=run.at,
        reden=f"staat zo in de lijst {run.lijst.bestandsnaam}",
    )
    for (row, _), traject in zip(met, trajecten, strict=True):
        row.traject = traject
        row.gemaakt["traject"] = traject.pk


def _assign(plannen: Sequence[tuple[Importrij, Plan]], run: Uitvoering) -> None:
    """Make the worker named the spilfiguur: of new files all at once, of known ones one by one."""
    met = [(row, plan, plan.begeleider) for row, plan in plannen if plan.begeleider is not None]
    nieuw = [item for item in met if "client" in item[0].gemaakt]
    reden = f"staat zo in de lijst {run.lijst.bestandsnaam}"[:200]
    if nieuw:
        made = assign_first_spilfiguren(
            keuzes=[(_client(plan), who.gebruiker, who.rol) for _, plan, who in nieuw],
            van=run.kennis.op,
            reden=reden,
            by=run.by,
            at=run.at,
        )
        for (row, _, _), toewijzing in zip(nieuw, made, strict=True):
            row.gemaakt["toewijzing"] = toewijzing.pk
    for row, plan, who in met:
        if "client" not in row.gemaakt:
            _assign_known(row, _client(plan), who, reden, run)


def _assign_known(
    row: Importrij, client: Client, who: Begeleider, reden: str, run: Uitvoering
) -> None:
    assign_spilfiguur(
        client_pks=[client.pk],
        gebruiker=who.gebruiker,
        rol=who.rol,
        van=run.kennis.op,
        reden=reden,
        by=run.by,
        at=run.at,
    )
    spilfiguur = Toewijzing.objects.filter(client=client, is_spilfiguur=True).latest("van", "pk")
    row.gemaakt["toewijzing"] = spilfiguur.pk


def _refuse(row: Importrij, reden: str) -> None:
    row.status, row.redenen, row.gevolg = RijStatus.GEWEIGERD, [reden], ""
    row.client = row.traject = None
    row.gemaakt = {}


def _client(plan: Plan) -> Client:
    client = plan.bekend.client
    if client is None:
        raise LookupError("the file of an earlier row was not made")
    return client


def _start(rij: Aanvaard) -> date:
    if rij.startdatum is None:
        raise LookupError("a traject without a start is never planned")
    return rij.startdatum


def transaction_id() -> int:
    """Return the number under which the trail knows this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT txid_current()")
        return int(cursor.fetchone()[0])
