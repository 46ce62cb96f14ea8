"""One report, once, whatever happens to its maker; and frozen from then on."""

from datetime import date, timedelta

import pikepdf
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from kern.db.scope import scope
from kern.errors import DomainError
from rapporten import commands, files, rendering
from rapporten.enums import VerslagStatus
from rapporten.models import Verslag
from rapporten.tasks import render_verslag
from tests.rapporten.scene import NOW, TOT, VAN, make_scene
from toegang.models import Gebeurtenis

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What a SIGKILL looks like from within: nothing after it runs."""


@pytest.fixture
def waiting(traject, worker) -> Verslag:
    """A report that nobody has begun."""
    return commands.request_verslag(traject=traject, van=VAN, tot=TOT, by=worker, at=NOW)


@pytest.fixture
def make(waiting):
    """Return a function that runs the task once more."""

    def run() -> Verslag:
        render_verslag(bestuur_id=waiting.bestuur_id, verslag_id=waiting.pk)
        waiting.refresh_from_db()
        return waiting

    return run


def on_disk(folder) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def test_a_finished_report_has_its_file_its_hashes_and_its_moment(make, archive_folder):
    verslag = make()
    assert verslag.status == VerslagStatus.KLAAR
    assert (verslag.poging, verslag.claim_tot, verslag.fout) == (1, None, "")
    assert verslag.gegevens_at == verslag.gereed_at == NOW
    content = (archive_folder / verslag.bestand).read_bytes()
    assert len(content) == verslag.bytes
    assert on_disk(archive_folder) == [verslag.bestand]


def test_the_same_task_twice_makes_one_file(make, archive_folder):
    first = make()
    before = (first.bestand, first.sha256, first.gereed_at)
    second = make()
    assert (second.bestand, second.sha256, second.gereed_at) == before
    assert len(on_disk(archive_folder)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 64},
        {"periode_tot": date(2026, 1, 1)},
        {"status": VerslagStatus.MISLUKT, "fout": "x"},
        {"bestand": "ander.pdf"},
        {"fout": "toch niet"},
    ],
)
def test_nobody_changes_a_finished_report(make, change):
    verslag = make()
    before = Verslag.objects.values().get(pk=verslag.pk)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Verslag.objects.filter(pk=verslag.pk).update(**change)
    assert Verslag.objects.values().get(pk=verslag.pk) == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM rapporten_verslag",
        "TRUNCATE rapporten_verslag CASCADE",
        "ALTER TABLE rapporten_verslag DISABLE TRIGGER ALL",
        "DROP TRIGGER verslag_bevroren ON rapporten_verslag",
        "UPDATE rapporten_verslag SET sha256 = repeat('0', 64)",
    ],
)
def test_nor_does_raw_sql(make, statement):
    make()
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Verslag.objects.ready().count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"status": VerslagStatus.KLAAR},
        {"status": VerslagStatus.KLAAR, "bestand": "7/x.pdf", "gereed_at": NOW, "bytes": 5},
        {"status": VerslagStatus.BEZIG},
        {"status": VerslagStatus.MISLUKT},
        {"status": "verloren"},
        {"poging": 4},
        {"bestand": "7/x.pdf"},
        {"periode_tot": date(2026, 5, 1)},
    ],
)
def test_the_row_never_says_more_than_there_is(waiting, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Verslag.objects.filter(pk=waiting.pk).update(**change)
    assert Verslag.objects.get().status == VerslagStatus.AANGEVRAAGD


def test_another_bestuur_sees_no_report_and_points_at_none(make, buur):
    verslag = make()
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert not Verslag.objects.exists()
        render_verslag(bestuur_id=buur.pk, verslag_id=verslag.pk)
        with pytest.raises(IntegrityError, match="eigen"), transaction.atomic():
            Verslag.objects.create(
                bestuur=buur,
                client_id=verslag.client_id,
                traject_id=verslag.traject_id,
                periode_van=VAN,
                periode_tot=TOT,
                aangevraagd_door_id=verslag.aangevraagd_door_id,
                aangevraagd_at=NOW,
                aangeboden_at=NOW,
            )


def test_the_trail_tells_who_asked_and_what_was_made(make, worker):
    make()
    trail = Gebeurtenis.objects.filter(tabel="rapporten_verslag").order_by("id")
    assert [(row.op, row.actor_id, row.handeling) for row in trail] == [
        ("I", worker.pk, "vroeg een voortgangsverslag van 01/06/2026 t.e.m. 22/11/2026"),
        ("U", worker.pk, "begon een voortgangsverslag te maken"),
        ("U", worker.pk, "maakte een voortgangsverslag"),
    ]


def test_a_refusal_is_told_at_once(make, monkeypatch, archive_folder):
    def refuse(*args):
        raise DomainError("Op de server ontbreekt Pango.")

    monkeypatch.setattr(rendering, "render_pdf", refuse)
    verslag = make()
    assert (verslag.status, verslag.fout) == ("mislukt", "Op de server ontbreekt Pango.")
    assert on_disk(archive_folder) == []


def test_an_accident_is_tried_three_times(make, monkeypatch, archive_folder):
    def stumble(*args):
        raise RuntimeError("iets van binnen met Kovalenko erin")

    monkeypatch.setattr(rendering, "render_pdf", stumble)
    assert [make().status for _ in range(4)] == ["aangevraagd", "aangevraagd", "mislukt", "mislukt"]
    verslag = make()
    assert verslag.poging == 3
    assert "drie keer niet" in verslag.fout
    assert "Kovalenko" not in verslag.fout
    assert on_disk(archive_folder) == []


def test_trying_again_after_a_failure_works(make, monkeypatch, worker, archive_folder):
    with monkeypatch.context() as patched:
        patched.setattr(rendering, "render_pdf", lambda *args: 1 / 0)
        for _ in range(3):
            failed = make()
    assert failed.status == VerslagStatus.MISLUKT
    again = commands.retry_verslag(verslag=failed, by=worker, at=NOW)
    assert (again.status, again.poging, again.fout) == ("aangevraagd", 0, "")
    assert make().status == VerslagStatus.KLAAR
    assert len(on_disk(archive_folder)) == 1


@pytest.mark.parametrize("status", [VerslagStatus.AANGEVRAAGD, VerslagStatus.KLAAR])
def test_only_what_failed_is_tried_again(waiting, make, worker, status):
    if status == VerslagStatus.KLAAR:
        make()
    before = Verslag.objects.values().get()
    with pytest.raises(DomainError, match="klaar of wordt al gemaakt"):
        commands.retry_verslag(verslag=waiting, by=worker, at=NOW)
    assert Verslag.objects.values().get() == before


@pytest.mark.parametrize("where", ["render_pdf", "after_the_file", "half_a_file"])
def test_a_killed_maker_leaves_no_half_report(make, monkeypatch, waiting, archive_folder, where):
    def die(*args, **kwargs):
        raise Killed

    def half(write, *, bestuur_id, kind, key, suffix):
        unfinished = archive_folder / f"{bestuur_id}/{kind}/{key}-00{suffix}{files.UNFINISHED}"
        unfinished.parent.mkdir(parents=True)
        unfinished.write_bytes(b"%PDF-1.7 de eerste helft")
        raise Killed

    target = {
        "render_pdf": ("render_pdf", die),
        "after_the_file": ("_finish", die),
        "half_a_file": ("files.keep", half),
    }[where]
    with monkeypatch.context() as patched:
        patched.setattr(f"rapporten.rendering.{target[0]}", target[1])
        with pytest.raises(Killed):
            make()
    waiting.refresh_from_db()
    assert waiting.status == VerslagStatus.BEZIG
    assert make().status == VerslagStatus.BEZIG, "the claim still stands"
    later = NOW + rendering.CLAIM + timedelta(seconds=1)
    assert commands.resume_verslagen(bestuur_id=waiting.bestuur_id, at=later) == 1
    verslag = make()
    assert (verslag.status, verslag.poging) == (VerslagStatus.KLAAR, 2)
    assert on_disk(archive_folder) == [verslag.bestand]
    with pikepdf.open(archive_folder / verslag.bestand) as document:
        assert len(document.pages) == 3


def test_a_maker_that_dawdled_does_not_overwrite_its_successor(
    make, waiting, monkeypatch, archive_folder
):
    real = rendering.render_pdf

    def dawdle(*args):
        content = real(*args)
        monkeypatch.setattr(rendering, "render_pdf", real)
        later = NOW + rendering.CLAIM + timedelta(seconds=1)
        commands.resume_verslagen(bestuur_id=waiting.bestuur_id, at=later)
        render_verslag(bestuur_id=waiting.bestuur_id, verslag_id=waiting.pk)
        return content

    monkeypatch.setattr(rendering, "render_pdf", dawdle)
    verslag = make()
    assert (verslag.status, verslag.poging) == (VerslagStatus.KLAAR, 2)
    assert on_disk(archive_folder) == [verslag.bestand]


def test_a_maker_killed_three_times_has_failed(make, monkeypatch, waiting):
    def die(*args, **kwargs):
        raise Killed

    monkeypatch.setattr(rendering, "render_pdf", die)
    at = NOW
    for _ in range(3):
        with pytest.raises(Killed):
            make()
        at += rendering.CLAIM + timedelta(seconds=1)
        commands.resume_verslagen(bestuur_id=waiting.bestuur_id, at=at)
    waiting.refresh_from_db()
    assert waiting.status == VerslagStatus.MISLUKT
    assert "drie keer afgebroken" in waiting.fout


def test_a_lost_message_is_sent_again_after_a_minute(waiting, django_capture_on_commit_callbacks):
    def resume(seconds):
        with django_capture_on_commit_callbacks(execute=True):
            return commands.resume_verslagen(
                bestuur_id=waiting.bestuur_id, at=NOW + timedelta(seconds=seconds)
            )

    assert resume(30) == 0
    waiting.refresh_from_db()
    assert waiting.status == VerslagStatus.AANGEVRAAGD
    assert resume(61) == 1
    waiting.refresh_from_db()
    assert waiting.status == VerslagStatus.KLAAR
    assert resume(180) == 0


def test_a_queue_that_moves_is_left_alone(waiting, make, bestuur, worker):
    other = make_scene(bestuur, worker, insz="", familienaam="Benali")
    behind = commands.request_verslag(traject=other, van=VAN, tot=TOT, by=worker, at=NOW)
    make()
    Verslag.objects.filter(pk=behind.pk).update(aangeboden_at=NOW - timedelta(minutes=3))
    resume = commands.resume_verslagen
    assert resume(bestuur_id=bestuur.pk, at=NOW + timedelta(seconds=30)) == 0
    assert resume(bestuur_id=bestuur.pk, at=NOW + timedelta(seconds=90)) == 1


def test_the_same_question_twice_is_refused_and_changes_nothing(waiting, traject, worker):
    with pytest.raises(DomainError, match="wordt al gemaakt"):
        commands.request_verslag(traject=traject, van=VAN, tot=TOT, by=worker, at=NOW)
    assert Verslag.objects.get() == waiting


def test_after_a_correction_a_new_report_stands_beside_the_old(make, traject, make_report):
    first = make()
    second = make_report(traject)
    assert second.pk != first.pk
    assert {first.status, second.status} == {VerslagStatus.KLAAR}
    assert first.bestand != second.bestand


def test_without_a_broker_the_question_is_kept(
    traject, worker, monkeypatch, django_capture_on_commit_callbacks
):
    def unreachable(**kwargs):
        raise ConnectionError

    monkeypatch.setattr(render_verslag, "delay", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        verslag = commands.request_verslag(traject=traject, van=VAN, tot=TOT, by=worker, at=NOW)
    verslag.refresh_from_db()
    assert verslag.status == VerslagStatus.AANGEVRAAGD
