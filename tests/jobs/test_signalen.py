"""The nightly round with real workers: killed halfway, and two at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from kern.models import JobRun
from tests.database import app_url
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_bestuur, make_gebruiker
from tests.factories.trajecten import make_logboekitem, make_traject
from tests.jobs.conftest import wait_for
from toegang.models import Bestuur
from toegang.scope import in_bestuur
from trajecten.models import Signaal
from trajecten.signalen.ronde import JOB

pytestmark = [pytest.mark.jobs, pytest.mark.django_db(transaction=True)]

ROUND = "trajecten.schedule.refresh_all_signalen"


def place(naam: str, nis: str) -> Bestuur:
    """Make a bestuur with a worker and a client whose traject ends in a week."""
    bestuur = make_bestuur(naam, nis)
    werker = make_gebruiker(bestuur)
    with in_bestuur(bestuur.pk):
        client = make_client(bestuur)
        make_toewijzing(client, werker)
        make_logboekitem(client, werker)
        make_traject(
            client,
            begindatum=date(2025, 1, 1),
            uiterste_dag=timezone.localdate() + timedelta(days=7),
        )
    return bestuur


@pytest.fixture
def drie(transactional_db: None) -> list[Bestuur]:
    return [
        place("OCMW Herent", "24038"),
        place("OCMW Kortenberg", "24055"),
        place("OCMW Rotselaar", "24094"),
    ]


def done() -> list[str]:
    rows = JobRun.objects.filter(job=JOB, ended_at__isnull=False)
    return list(rows.order_by("pk").values_list("sleutel", flat=True))


def codes(bestuur: Bestuur) -> list[str]:
    with in_bestuur(bestuur.pk):
        return list(Signaal.objects.values_list("code", flat=True))


@contextmanager
def stuck_at(bestuur: Bestuur) -> Iterator[None]:
    """Let the round wait at this bestuur: another transaction is writing the same note."""
    with psycopg.connect(app_url(str(connection.settings_dict["NAME"]))) as other:
        other.execute(
            "INSERT INTO kern_jobrun (job, sleutel, dag, started_at, gezien, gewijzigd, error) "
            "VALUES (%s, %s, %s, now(), 0, 0, '')",
            [JOB, str(bestuur.pk), timezone.localdate()],
        )
        yield
        other.rollback()


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def test_a_round_killed_halfway_is_finished_after_redelivery(drie, queue, start_worker):
    first = start_worker()
    wait_for(first.ready)
    with stuck_at(drie[1]):
        queue.send_task(ROUND)
        wait_for(is_waiting)
        assert done() == [str(drie[0].pk)]
        first.kill()
    halfway = JobRun.objects.get(sleutel=str(drie[0].pk))
    assert (codes(drie[1]), codes(drie[2])) == ([], [])
    start_worker()
    wait_for(lambda: len(done()) == 3)
    assert [codes(bestuur) for bestuur in drie] == [["limiet_nadert"]] * 3
    after = JobRun.objects.get(pk=halfway.pk)
    assert (after.started_at, after.ended_at) == (halfway.started_at, halfway.ended_at)


def test_two_workers_at_once_have_one_effect(drie, queue, start_worker):
    workers = [start_worker(), start_worker()]
    with stuck_at(drie[0]):
        for _ in range(2):
            queue.send_task(ROUND)
        wait_for(lambda: all(worker.ready() for worker in workers))
        wait_for(is_waiting)
    wait_for(lambda: len(done()) == 3)
    wait_for(lambda: all("succeeded" in worker.log.read_text() for worker in workers))
    notes = JobRun.objects.filter(job=JOB)
    assert sorted(notes.values_list("gewijzigd", flat=True)) == [1, 1, 1]
    assert [codes(bestuur) for bestuur in drie] == [["limiet_nadert"]] * 3


def test_two_workers_send_one_digest_each_person(drie, queue, start_worker, post):
    workers = [start_worker(), start_worker()]
    wait_for(lambda: all(worker.ready() for worker in workers))
    for _ in range(4):
        queue.send_task("caseload.schedule.send_dagmails")
    wait_for(lambda: sum(worker.log.read_text().count("succeeded") for worker in workers) == 4)
    text = "".join(path.read_text() for path in post.iterdir())
    addresses = [line for line in text.splitlines() if line.startswith("To: ")]
    assert len(addresses) == len(set(addresses)) == 3
