"""Reports with real workers: killed halfway, and a batch over two of them."""

import hashlib
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone

from rapporten.enums import BundelStatus, BundelVorm, VerslagStatus
from rapporten.models import Bundel, Verslag
from tests.factories.toegang import make_bestuur, make_gebruiker
from tests.factories.trajecten import make_logboekitem
from tests.jobs.conftest import wait_for
from tests.rapporten.scene import VAN, make_scene
from toegang.models import Bestuur, Gebruiker
from toegang.scope import in_bestuur
from trajecten.models import Traject

pytestmark = [pytest.mark.jobs, pytest.mark.django_db(transaction=True)]

RENDER, RESUME = "rapporten.tasks.render_verslag", "rapporten.schedule.resume_verslagen"


@pytest.fixture
def herent(transactional_db: None) -> Bestuur:
    return make_bestuur()


@pytest.fixture
def mieke(herent: Bestuur) -> Gebruiker:
    return make_gebruiker(herent, voornaam="Mieke")


def asked(traject: Traject, by: Gebruiker, bundel: Bundel | None = None) -> Verslag:
    """Write the row as the command does; the test itself is the one who sends."""
    now = timezone.now()
    return Verslag.objects.create(
        bestuur_id=traject.bestuur_id,
        client_id=traject.client_id,
        traject=traject,
        bundel=bundel,
        periode_van=VAN,
        periode_tot=timezone.localdate(now),
        aangevraagd_door=by,
        aangevraagd_at=now,
        aangeboden_at=now,
    )


def state(verslag: Verslag) -> str:
    with in_bestuur(verslag.bestuur_id):
        verslag.refresh_from_db()
    return verslag.status


def finished(folder: Path) -> list[Path]:
    return [path for path in (folder / "bestanden").rglob("*.pdf") if path.is_file()]


def test_a_report_survives_the_kill_of_its_worker(herent, mieke, queue, start_worker, tmp_path):
    with in_bestuur(herent.pk):
        traject = make_scene(herent, mieke)
        for number in range(9):
            tekst = f"Notitie {number}. " + "Een lange zin over wat besproken is. " * 80
            make_logboekitem(traject.client, mieke, traject=traject, tekst=tekst)
        verslag = asked(traject, mieke)
    first = start_worker()
    wait_for(first.ready)
    queue.send_task(RENDER, kwargs={"bestuur_id": herent.pk, "verslag_id": verslag.pk})
    wait_for(lambda: state(verslag) == VerslagStatus.BEZIG)
    first.kill()
    assert state(verslag) == VerslagStatus.BEZIG
    assert verslag.bestand == ""
    assert finished(tmp_path) == []
    with in_bestuur(herent.pk):
        # The claim lasts five minutes; here they have gone by.
        Verslag.objects.filter(pk=verslag.pk).update(claim_tot=timezone.now())
    second = start_worker()
    wait_for(second.ready)
    queue.send_task(RESUME)
    wait_for(lambda: state(verslag) == VerslagStatus.KLAAR)
    assert verslag.poging == 2
    (only,) = finished(tmp_path)
    assert only == tmp_path / "bestanden" / verslag.bestand
    assert hashlib.sha256(only.read_bytes()).hexdigest() == verslag.sha256


def test_two_workers_make_each_report_of_a_batch_once(herent, mieke, queue, start_worker, tmp_path):
    now = timezone.now()
    with in_bestuur(herent.pk):
        bundel = Bundel.objects.create(
            bestuur=herent,
            vorm=BundelVorm.ZIP,
            periode_van=VAN,
            periode_tot=timezone.localdate(now),
            aangevraagd_door=mieke,
            aangevraagd_at=now,
        )
        verslagen = [
            asked(make_scene(herent, mieke, insz="", familienaam=f"Client{n}"), mieke, bundel)
            for n in range(6)
        ]
    for _ in range(2):
        for verslag in verslagen:
            queue.send_task(RENDER, kwargs={"bestuur_id": herent.pk, "verslag_id": verslag.pk})
    workers = [start_worker(), start_worker()]

    def is_ready() -> bool:
        with in_bestuur(herent.pk):
            bundel.refresh_from_db()
        return bundel.status == BundelStatus.KLAAR

    wait_for(is_ready)
    assert [state(verslag) for verslag in verslagen] == ["klaar"] * 6
    assert {verslag.poging for verslag in verslagen} == {1}
    assert len(finished(tmp_path)) == 6
    logs = [worker.log.read_text() for worker in workers]
    assert all("render_verslag" in log and "succeeded" in log for log in logs)
    with ZipFile(tmp_path / "bestanden" / bundel.bestand) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == 6
