"""An import whose worker is killed halfway: whole batches stay, the rest follows, nothing twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseload.enums import ImportStatus, RijStatus
from caseload.imports import commands
from caseload.imports.verwerking import SILENT, work_on
from caseload.models import Import, Importrij
from clienten.models import Client
from tests.factories.toegang import make_bestuur, make_gebruiker
from tests.jobs.conftest import wait_for
from toegang.models import Bestuur, Gebruiker
from toegang.scope import in_bestuur
from trajecten.models import Signaal, Traject

pytestmark = [pytest.mark.jobs, pytest.mark.django_db(transaction=True)]

ROWS = 3000
KOPPEN = ["Dossiernr", "Naam", "Voornaam", "Geboortedatum", "Medewerker", "Traject", "Start"]
VELDEN = ["dossiernummer", "familienaam", "voornaam", "geboortedatum", "medewerker"]
VELDEN += ["instrument", "startdatum"]
WORK = "caseload.tasks.work_on_import"
SWEEP = "caseload.schedule.resume_imports"


@pytest.fixture
def herent(transactional_db) -> Bestuur:
    return make_bestuur()


def started(bestuur: Bestuur, by: Gebruiker) -> Import:
    """Offer a list of some thousands of rows, look at it, and ask to take it in."""
    begun = f"{timezone.localdate() - timedelta(days=700):%d/%m/%Y}"
    lines = [f"A{n};Peeters {n};An;05/05/1980;mw1;TWE;{begun}" for n in range(ROWS)]
    who = {"by": by, "at": timezone.now()}
    with in_bestuur(bestuur.pk, actor_id=by.pk):
        lijst = commands.offer_import(
            bestuur=bestuur,
            naam="lijst.csv",
            data="\n".join([";".join(KOPPEN), *lines]).encode(),
            op=timezone.localdate(),
            **who,
        )
        commands.choose_koppeling(
            lijst=lijst,
            koppen=KOPPEN,
            keuze=dict(enumerate(VELDEN)),
            in_background=False,
            **who,
        )
    work_on(import_id=lijst.pk, bestuur_id=bestuur.pk)
    with in_bestuur(bestuur.pk, actor_id=by.pk):
        return commands.start_import(lijst=lijst, in_background=False, **who)


def clients(bestuur: Bestuur) -> int:
    with in_bestuur(bestuur.pk):
        return Client.objects.count()


def test_a_killed_worker_leaves_whole_batches_and_another_goes_on(herent, queue, start_worker):
    by = make_gebruiker(herent, gebruikersnaam="mw1")
    lijst = started(herent, by)
    worker = start_worker()
    wait_for(worker.ready)
    queue.send_task(WORK, kwargs={"import_id": lijst.pk, "bestuur_id": herent.pk})
    wait_for(lambda: clients(herent) >= 400)
    worker.kill()
    halfway = clients(herent)
    assert 0 < halfway < ROWS
    with in_bestuur(herent.pk):
        row = Import.objects.get(pk=lijst.pk)
        assert row.status == ImportStatus.BEZIG
        taken = Importrij.objects.filter(lijst=lijst, status=RijStatus.TOEGEPAST).count()
        assert (row.verwerkt, taken, Traject.objects.count()) == (halfway, halfway, halfway)
        # Time passes without a sign of life.
        Import.objects.update(gezien_at=timezone.now() - SILENT - timedelta(seconds=1))
    other = start_worker()
    wait_for(other.ready)
    queue.send_task(SWEEP)
    wait_for(lambda: done(herent, lijst))
    with in_bestuur(herent.pk):
        assert (Client.objects.count(), Traject.objects.count()) == (ROWS, ROWS)
        assert Signaal.objects.count() >= ROWS


def test_two_workers_on_one_list_do_each_row_once(herent, queue, start_worker):
    by = make_gebruiker(herent, gebruikersnaam="mw1")
    lijst = started(herent, by)
    workers = [start_worker(), start_worker()]
    for worker in workers:
        wait_for(worker.ready)
    for _ in workers:
        queue.send_task(WORK, kwargs={"import_id": lijst.pk, "bestuur_id": herent.pk})
    wait_for(lambda: done(herent, lijst))
    with in_bestuur(herent.pk):
        assert (Client.objects.count(), Traject.objects.count()) == (ROWS, ROWS)
        row = Import.objects.get(pk=lijst.pk)
        assert (row.verwerkt, row.tellers["nu_toegepast"]) == (ROWS, ROWS)


def done(bestuur: Bestuur, lijst: Import) -> bool:
    with in_bestuur(bestuur.pk):
        return Import.objects.get(pk=lijst.pk).status == ImportStatus.KLAAR
