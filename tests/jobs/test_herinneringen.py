"""Reminders with real workers: killed in between, and many at once; each leaves once."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from clienten.enums import Kanaal
from clienten.models import Bericht
from tests.database import app_url
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_bestuur, make_gebruiker
from tests.jobs.conftest import wait_for
from toegang.models import Bestuur
from toegang.scope import in_bestuur
from trajecten.enums import AfspraakOorzaak, AfspraakSoort, AfspraakStatus
from trajecten.models import Afspraak

pytestmark = [pytest.mark.jobs, pytest.mark.django_db(transaction=True)]

ROUND = "trajecten.schedule.send_all_herinneringen"
DUE = 6


@pytest.fixture
def herent(transactional_db: None) -> Bestuur:
    """Six clients to remind today, and one whose appointment was called off."""
    bestuur = make_bestuur()
    werker = make_gebruiker(bestuur)
    now = timezone.now()
    with in_bestuur(bestuur.pk):
        for number in range(DUE + 1):
            client = make_client(bestuur, kanaal=Kanaal.EMAIL, email=f"client{number}@example.org")
            make_toewijzing(client, werker)
            off = number == DUE
            Afspraak.objects.create(
                bestuur=bestuur,
                client=client,
                medewerker=werker,
                soort=AfspraakSoort.GESPREK,
                begint_at=now + timedelta(days=1),
                duur=60,
                herinneren_op=timezone.localdate(now),
                status=AfspraakStatus.NIET_DOORGEGAAN if off else AfspraakStatus.GEPLAND,
                oorzaak=AfspraakOorzaak.DOOR_CLIENT if off else "",
                created_at=now,
            )
    return bestuur


def claimed(bestuur: Bestuur) -> int:
    with in_bestuur(bestuur.pk):
        return Afspraak.objects.filter(herinnerd_at__isnull=False).count()


def written(bestuur: Bestuur) -> list[str]:
    with in_bestuur(bestuur.pk):
        return list(Bericht.objects.values_list("sleutel", flat=True))


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


def test_many_rounds_at_once_remind_each_client_once(herent, queue, start_worker, post):
    workers = [start_worker(), start_worker()]
    wait_for(lambda: all(worker.ready() for worker in workers))
    for _ in range(4):
        queue.send_task(ROUND)
    wait_for(lambda: claimed(herent) == DUE)
    wait_for(
        lambda: (
            post.exists() and "".join(p.read_text() for p in post.iterdir()).count("To: ") == DUE
        )
    )
    wait_for(lambda: sum(w.log.read_text().count(f"{ROUND}[") for w in workers) >= 4)
    keys = written(herent)
    assert len(keys) == len(set(keys)) == DUE
    text = "".join(path.read_text() for path in post.iterdir())
    for number in range(DUE + 1):
        assert text.count(f"To: client{number}@example.org") == (number < DUE)


def test_a_worker_killed_in_between_leaves_no_half_reminder(herent, queue, start_worker, post):
    first = start_worker()
    wait_for(first.ready)
    # Another transaction holds the key of one message: the round waits with its claim in hand.
    with in_bestuur(herent.pk):
        row = Afspraak.objects.filter(herinneren_op__isnull=False).planned().first()
        key = f"afspraak:{row.pk}:herinnering:{int(row.begint_at.timestamp())}"
        client_id = row.client_id
    with psycopg.connect(app_url(str(connection.settings_dict["NAME"]))) as other:
        other.execute("SELECT set_config('app.bestuur', %s, true)", [str(herent.pk)])
        other.execute(
            "INSERT INTO clienten_bericht (bestuur_id, client_id, soort, kanaal, naar, onderwerp, "
            "is_vertrouwelijk, sleutel, status, pogingen, foutcode, aangemaakt_at, volgende_at) "
            "VALUES (%s, %s, 'ander', 'email', 'x@example.org', '', false, %s, 'mislukt', 0, '', "
            "now(), now())",
            [herent.pk, client_id, key],
        )
        queue.send_task(ROUND)
        wait_for(is_waiting)
        first.kill()
        other.rollback()
    assert (claimed(herent), written(herent)) == (0, [])
    start_worker()
    wait_for(lambda: claimed(herent) == DUE)
    wait_for(lambda: post.exists() and len(list(post.iterdir())) > 0)
    wait_for(lambda: "".join(path.read_text() for path in post.iterdir()).count("To: ") == DUE)
    assert len(set(written(herent))) == DUE
