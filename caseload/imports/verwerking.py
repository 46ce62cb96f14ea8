"""The long work on an import, batch by batch: killed at any moment, it goes on where it was.

Each batch is one transaction that holds the row of the import. Two workers take turns, so that
each row is done once; a killed one leaves whole batches and nothing besides.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from itertools import islice

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import Count
from django.utils import timezone

from caseload.enums import ImportStatus, RijStatus
from caseload.imports.inhoud import bytes_of, wipe_inhoud
from caseload.imports.omgeving import kennis_van
from caseload.imports.terugdraaien import take_back
from caseload.imports.uitvoering import Uitvoering, apply_rijen
from caseload.imports.voorbeeld import (
    importrijen,
    make_voorbeeld,
    remembered_koppen,
    tellers_of,
)
from caseload.models import Import, Importrij
from caseload.rules.inlezen.grenzen import BestandGeweigerd
from caseload.rules.inlezen.koppeling import propose_koppeling
from caseload.rules.inlezen.lezen import read_tabel
from toegang.audit import act
from toegang.models import Gebruiker
from toegang.permissions import Permission
from toegang.queries import workplaces
from toegang.scope import in_bestuur
from trajecten.signalen import refresh_signalen

BATCH = 200
# Work that gave no sign of life this long is taken up by the sweep.
SILENT = timedelta(seconds=90)
UNDER_WAY = (ImportStatus.GEKOPPELD, ImportStatus.BEZIG, ImportStatus.TERUGDRAAIEN)
MISLUKT = "Er liep iets mis bij het verwerken. Wat al overgenomen was, staat hieronder."
NIET_MEER_BEVOEGD = "Wie deze lijst aanbood, werkt hier niet meer of mag niet importeren."

logger = logging.getLogger(__name__)


class Elders(Exception):
    """There is nothing left to do: stopped, done by another process, or thrown away."""


def work_on(*, import_id: int, bestuur_id: int, at: datetime | None = None) -> None:
    """Do what the import waits for, until it is done, stopped, or in other hands.

    `at` is the moment of the work where it is not now (an operator who works for another day).
    """
    try:
        while _step(import_id, bestuur_id, at or timezone.now()):
            continue
    except Elders:
        return
    except Exception as problem:
        if isinstance(problem, OperationalError):
            # The database went away: the sweep tries again.
            raise
        logger.exception("import failed")
        _fail(import_id, bestuur_id, MISLUKT)


def _step(import_id: int, bestuur_id: int, at: datetime) -> bool:
    """Do one batch; return whether there may be more."""
    with in_bestuur(bestuur_id):
        by = _acting(import_id, at)
    with in_bestuur(bestuur_id, actor_id=by.pk):
        lijst = _taken(import_id)
        if not by.may(Permission.IMPORT_RUN):
            _close(lijst, ImportStatus.MISLUKT, at, fout=NIET_MEER_BEVOEGD)
            return False
        lijst.gezien_at = timezone.now()
        if lijst.status == ImportStatus.GEKOPPELD:
            return _read(lijst, by, at)
        if lijst.status == ImportStatus.BEZIG:
            return _apply_batch(lijst, by, at)
        return _take_back_batch(lijst, at)


def _acting(import_id: int, at: datetime) -> Gebruiker:
    lijst = Import.objects.select_related("door").filter(pk=import_id).first()
    if lijst is None:
        raise Elders
    by = lijst.door
    places = workplaces(by, on=timezone.localdate(at))
    place = next((bestuur for bestuur in places if bestuur.pk == lijst.bestuur_id), None)
    if place is not None:
        by.work_in(place, places[place])
    return by


def _taken(import_id: int) -> Import:
    """Take the row of the import for this transaction; a request to stop waits for its end."""
    rows = Import.objects.select_for_update(of=("self",))
    lijst = rows.filter(pk=import_id, status__in=UNDER_WAY).select_related("bestuur").first()
    if lijst is None:
        raise Elders
    return lijst


def _read(lijst: Import, by: Gebruiker, at: datetime) -> bool:
    """Make the preview; a second time it is made anew."""
    try:
        koppen = remembered_koppen(lijst.bestuur_id)
        tabel = read_tabel(bytes_of(lijst), bekende_koppen=koppen)
        gekozen: dict[int | str, str] = {
            int(index): veld for index, veld in lijst.koppeling.items()
        }
        koppeling = propose_koppeling(tabel, onthouden=koppen, gekozen=gekozen)
        voorbeeld = make_voorbeeld(
            tabel, koppeling, bestuur_id=lijst.bestuur_id, by=by, op=lijst.op
        )
    except BestandGeweigerd as refusal:
        _close(lijst, ImportStatus.MISLUKT, at, fout=str(refusal))
        return False
    Importrij.objects.filter(lijst=lijst).delete()
    rows = importrijen(lijst, voorbeeld)
    while some := list(islice(rows, 1000)):
        Importrij.objects.bulk_create(some)
    lijst.tellers = tellers_of(voorbeeld)
    lijst.rijen = len(voorbeeld.rijen)
    lijst.te_verwerken, lijst.verwerkt = len(voorbeeld.plannen), 0
    lijst.opmerkingen = list(tabel.opmerkingen)
    lijst.status = ImportStatus.VOORBEELD
    with act(f"las {lijst.rijen} rijen van {lijst.bestandsnaam}"):
        lijst.save()
    return False


def _apply_batch(lijst: Import, by: Gebruiker, at: datetime) -> bool:
    rows = list(Importrij.objects.filter(lijst=lijst).waiting()[:BATCH])
    with act(f"nam rijen over uit {lijst.bestandsnaam}"):
        if not rows:
            _finish(lijst, at)
            return False
        kennis = kennis_van(lijst.bestuur_id, op=lijst.op)
        apply_rijen(rows, Uitvoering(lijst, lijst.bestuur, kennis, by, at))
        lijst.verwerkt += len(rows)
        lijst.save(update_fields=["verwerkt", "gezien_at"])
    return True


def _take_back_batch(lijst: Import, at: datetime) -> bool:
    rows = (
        Importrij.objects.filter(lijst=lijst, status=RijStatus.TOEGEPAST, nummer__lt=lijst.verwerkt)
        .select_related("client")
        .order_by("-nummer")
    )
    batch = list(rows[:BATCH])
    with act(f"draaide {lijst.bestandsnaam} terug"):
        if not batch:
            refresh_signalen(lijst.bestuur_id, on=timezone.localdate(at))
            wipe_inhoud([lijst.pk], at=at)
            lijst.gewist_at = at
            _close(lijst, ImportStatus.TERUGGEDRAAID, at)
            return False
        take_back(lijst, batch)
        # Rows go from the last to the first: what is left lies below this number.
        lijst.verwerkt = batch[-1].nummer
        lijst.save(update_fields=["verwerkt", "gezien_at"])
    return True


def _finish(lijst: Import, at: datetime) -> None:
    """Bring the signals of the bestuur up to date in one statement and close the import."""
    refresh_signalen(lijst.bestuur_id, on=timezone.localdate(at))
    _close(lijst, ImportStatus.KLAAR, at)


def _close(lijst: Import, status: ImportStatus, at: datetime, *, fout: str = "") -> None:
    lijst.status, lijst.fout, lijst.ended_at = status, fout, at
    lijst.tellers = {**lijst.tellers, **outcome_of(lijst)}
    lijst.save()


def outcome_of(lijst: Import) -> dict[str, int]:
    """Count what became of the rows so far."""
    rows = Importrij.objects.filter(lijst=lijst).order_by().values_list("status", "gevolg")
    standen: Counter[str] = Counter()
    for status, gevolg, aantal in rows.annotate(aantal=Count("pk")):
        standen[status] += aantal
        if status == RijStatus.TOEGEPAST:
            standen[f"gedaan_{gevolg}"] += aantal
    standen["opmerking"] = Importrij.objects.filter(lijst=lijst).with_remarks().count()
    alle = [*RijStatus.values, "gedaan_nieuw", "gedaan_traject", "gedaan_aangevuld", "opmerking"]
    return {f"nu_{naam}": standen[naam] for naam in alle}


def _fail(import_id: int, bestuur_id: int, fout: str) -> None:
    """Say on the screen that the work failed; whole batches stay as they are."""
    try:
        with in_bestuur(bestuur_id), transaction.atomic():
            lijst = Import.objects.select_for_update().get(pk=import_id)
            _close(lijst, ImportStatus.MISLUKT, timezone.now(), fout=fout)
    except DatabaseError:
        logger.exception("import could not be marked as failed")
