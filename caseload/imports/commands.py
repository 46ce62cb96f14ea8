"""What people do with an offered list: choose columns, take in, stop, go on, take back, discard."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from caseload import tasks
from caseload.enums import ImportStatus, RijStatus
from caseload.imports.inhoud import sealed_inhoud, wipe_inhoud
from caseload.imports.verwerking import outcome_of
from caseload.imports.voorbeeld import remembered_koppen
from caseload.models import Import, Importrij, Kolomkoppeling
from caseload.rules.inlezen.grenzen import BestandGeweigerd
from caseload.rules.inlezen.koppeling import Koppeling, check_koppeling, propose_koppeling
from caseload.rules.inlezen.lezen import read_tabel
from caseload.rules.inlezen.tabel import Bestandssoort, Tabel
from kern.errors import DomainError
from toegang.audit import act
from toegang.models import Bestuur, Gebruiker

# The cells of a list are kept this long after it was taken in, taken back, or left lying.
BEWAARDAGEN = 30
_AT_REST = (
    ImportStatus.KLAAR,
    ImportStatus.TERUGGEDRAAID,
    ImportStatus.MISLUKT,
    ImportStatus.GELADEN,
    ImportStatus.VOORBEELD,
    ImportStatus.ONDERBROKEN,
)


@transaction.atomic
def offer_import(
    *, bestuur: Bestuur, naam: str, data: bytes, op: date, by: Gebruiker, at: datetime
) -> Import:
    """Keep an offered list, sealed, until its columns are chosen; refuse what is no list."""
    try:
        tabel = read_tabel(data, bekende_koppen=remembered_koppen(bestuur.pk))
    except BestandGeweigerd as refusal:
        raise DomainError(str(refusal)) from refusal
    lijst = Import(
        bestuur=bestuur,
        door=by,
        bestandsnaam=_tidy_name(naam),
        sha256=hashlib.sha256(data).hexdigest(),
        grootte=len(data),
        op=op,
        rijen=len(tabel.rijen),
        opmerkingen=list(tabel.opmerkingen),
        koppeling=_as_json(propose_koppeling(tabel, onthouden=remembered_koppen(bestuur.pk))),
        created_at=at,
    )
    with act(f"bood de lijst {lijst.bestandsnaam} aan"):
        lijst.save(force_insert=True)
        sealed_inhoud(lijst, data, tabel).save(force_insert=True)
    return lijst


@transaction.atomic
def choose_koppeling(
    *,
    lijst: Import,
    koppen: list[str],
    keuze: Mapping[int, str],
    by: Gebruiker,
    at: datetime,
    in_background: bool = True,
) -> Import:
    """Settle which column is what, remember it for this bestuur, and have the rows read.

    Who does the work herself, such as an operator's command, asks not to have it done.
    """
    current = _locked(lijst)
    if current.status not in (ImportStatus.GELADEN, ImportStatus.VOORBEELD):
        raise DomainError("De kolommen van deze lijst liggen al vast.")
    tabel = _only_koppen(koppen)
    koppeling = propose_koppeling(tabel, gekozen=dict(keuze.items()))
    try:
        check_koppeling(koppeling)
    except BestandGeweigerd as refusal:
        raise DomainError(str(refusal)) from refusal
    current.koppeling = _as_json(koppeling)
    current.status, current.gezien_at = ImportStatus.GEKOPPELD, at
    with act(f"koppelde de kolommen van {current.bestandsnaam}"):
        current.save(update_fields=["koppeling", "status", "gezien_at"])
        _remember(current.bestuur_id, koppen, keuze)
    if in_background:
        _work_later(current)
    return current


@transaction.atomic
def start_import(
    *, lijst: Import, by: Gebruiker, at: datetime, in_background: bool = True
) -> Import:
    """Take in the accepted rows; whoever asks second is told that it is under way."""
    current = _locked(lijst)
    if current.status != ImportStatus.VOORBEELD:
        raise DomainError("Deze lijst wordt of werd al overgenomen.")
    if not current.te_verwerken:
        raise DomainError("Geen enkele rij is aanvaard: er is niets over te nemen.")
    current.status, current.started_at, current.gezien_at = ImportStatus.BEZIG, at, at
    with act(f"begon {current.bestandsnaam} over te nemen"):
        current.save(update_fields=["status", "started_at", "gezien_at"])
    if in_background:
        _work_later(current)
    return current


@transaction.atomic
def stop_import(*, lijst: Import, by: Gebruiker, at: datetime) -> Import:
    """Stop after the batch at hand; what was taken in stays."""
    current = _locked(lijst)
    if current.status != ImportStatus.BEZIG:
        raise DomainError("Dit overnemen is niet bezig.")
    current.status = ImportStatus.ONDERBROKEN
    current.tellers = {**current.tellers, **outcome_of(current)}
    with act(f"stopte het overnemen van {current.bestandsnaam}"):
        current.save(update_fields=["status", "tellers"])
    return current


@transaction.atomic
def continue_import(*, lijst: Import, by: Gebruiker, at: datetime) -> Import:
    """Go on with an import that was stopped or failed; rows that are in stay as they are."""
    current = _locked(lijst)
    stopped = (ImportStatus.ONDERBROKEN, ImportStatus.MISLUKT)
    if current.status not in stopped or current.started_at is None or current.gewist_at:
        raise DomainError("Deze lijst kan niet verder overgenomen worden.")
    current.status, current.fout, current.gezien_at = ImportStatus.BEZIG, "", at
    current.ended_at = None
    with act(f"ging verder met {current.bestandsnaam}"):
        current.save(update_fields=["status", "fout", "gezien_at", "ended_at"])
    _work_later(current)
    return current


@transaction.atomic
def roll_back_import(*, lijst: Import, by: Gebruiker, at: datetime) -> Import:
    """Take away again what this import made, as far as nobody built on it."""
    current = _locked(lijst)
    done = (ImportStatus.KLAAR, ImportStatus.ONDERBROKEN, ImportStatus.MISLUKT)
    rows = Importrij.objects.filter(lijst=current, status=RijStatus.TOEGEPAST)
    last = rows.aggregate(last=Max("nummer"))["last"]
    if current.status not in done or last is None:
        raise DomainError("Van deze lijst is niets terug te draaien.")
    current.status, current.gezien_at = ImportStatus.TERUGDRAAIEN, at
    current.verwerkt, current.te_verwerken = last + 1, rows.count()
    with act(f"begon {current.bestandsnaam} terug te draaien"):
        current.save(update_fields=["status", "gezien_at", "verwerkt", "te_verwerken"])
    _work_later(current)
    return current


@transaction.atomic
def discard_import(*, lijst: Import, by: Gebruiker, at: datetime) -> None:
    """Throw away a list of which nothing was taken in."""
    current = _locked(lijst)
    if current.started_at is not None:
        raise DomainError("Van deze lijst is al iets overgenomen. Draai haar terug.")
    with act(f"gooide de lijst {current.bestandsnaam} weg"):
        current.delete()


@transaction.atomic
def wipe_imports(*, bestuur_id: int, at: datetime) -> int:
    """Wipe lists that lay still long enough: cells and file, or all of one never taken in."""
    old = Import.objects.filter(
        bestuur=bestuur_id,
        gewist_at__isnull=True,
        status__in=_AT_REST,
        created_at__lt=at - timedelta(days=BEWAARDAGEN),
    ).exclude(ended_at__gte=at - timedelta(days=BEWAARDAGEN))
    rows = list(old.select_for_update(of=("self",)))
    begun = [row.pk for row in rows if row.started_at is not None]
    with act("wiste de inhoud van aangeboden lijsten"):
        Import.objects.filter(pk__in=[row.pk for row in rows if row.started_at is None]).delete()
        wipe_inhoud(begun, at=at)
    return len(rows)


def _locked(lijst: Import) -> Import:
    return Import.objects.select_for_update(of=("self",)).get(pk=lijst.pk)


def _work_later(lijst: Import) -> None:
    # A function: when a partial fails after the commit, Django cannot name it in its log.
    def work() -> None:
        tasks.work_on_import.delay(import_id=lijst.pk, bestuur_id=lijst.bestuur_id)

    transaction.on_commit(work, robust=True)


def _as_json(koppeling: Koppeling) -> dict[str, str]:
    """Return every column with its field, or "" for one that is not read."""
    return {
        str(kolom.index): kolom.veld.value if kolom.veld else "" for kolom in koppeling.kolommen
    }


def _only_koppen(koppen: list[str]) -> Tabel:
    return Tabel(Bestandssoort.CSV, tuple(koppen), 1, len(koppen), ())


def _remember(bestuur_id: int, koppen: list[str], keuze: Mapping[int, str]) -> None:
    """Keep what was chosen; "not read" only where the heading alone would say otherwise."""
    vanzelf = propose_koppeling(_only_koppen(koppen)).kolommen
    chosen: dict[str, str] = {}
    for index, veld in keuze.items():
        kop = koppen[index][:200]
        if kop and not chosen.get(kop):
            chosen[kop] = veld
    herkend = {kolom.kop[:200] for kolom in vanzelf if kolom.veld}
    vergeten = [kop for kop, veld in chosen.items() if not veld and kop not in herkend]
    Kolomkoppeling.objects.filter(bestuur=bestuur_id, kop__in=vergeten).delete()
    Kolomkoppeling.objects.bulk_create(
        [
            Kolomkoppeling(bestuur_id=bestuur_id, kop=kop, veld=veld)
            for kop, veld in chosen.items()
            if kop not in vergeten
        ],
        update_conflicts=True,
        unique_fields=["bestuur", "kop"],
        update_fields=["veld"],
    )


def _tidy_name(naam: str) -> str:
    plain = "".join(letter for letter in naam if letter.isprintable()).strip()
    return plain[-200:] or "lijst"
