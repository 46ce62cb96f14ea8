"""Messages to clients with real workers: killed while the gateway listens, and two at once."""

import http.server
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from clienten.berichten.verzending import VERLATEN, give_up_abandoned
from clienten.enums import BerichtKanaal, BerichtSoort, BerichtStatus
from clienten.models import Bericht
from tests.factories.clienten import make_client
from tests.factories.toegang import make_bestuur
from tests.jobs.conftest import wait_for
from toegang.models import Bestuur
from toegang.scope import in_bestuur

pytestmark = [pytest.mark.jobs, pytest.mark.django_db(transaction=True)]
SEND, RESUME = "clienten.tasks.send_message", "clienten.schedule.resume_messages"


class SlowGateway(http.server.BaseHTTPRequestHandler):
    """Takes a message, and answers only when the test lets it."""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append(self.headers["Idempotency-Key"])
        self.server.may_answer.wait(20)
        try:
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()
        except OSError:
            """Whoever asked is gone."""

    def log_message(self, *args):
        """Keep quiet."""


@pytest.fixture
def gateway(monkeypatch) -> Iterator[http.server.ThreadingHTTPServer]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SlowGateway)
    server.came, server.may_answer = [], threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    # Workers take the environment of the test.
    monkeypatch.setenv("ACTIVERING_SMS_ADRES", f"http://127.0.0.1:{server.server_port}/sms")
    monkeypatch.setenv("ACTIVERING_SMS_HOSTS", "127.0.0.1")
    yield server
    server.may_answer.set()
    server.shutdown()
    server.server_close()


def lie_ready(bestuur: Bestuur, number: int = 1) -> list[Bericht]:
    """Write the rows as the command does; the test itself is the one who sends."""
    now = timezone.now()
    with in_bestuur(bestuur.pk):
        client = make_client(bestuur, telefoon="0470 12 34 56")
        return [
            Bericht.objects.create(
                bestuur=bestuur,
                client=client,
                soort=BerichtSoort.ANDER,
                kanaal=BerichtKanaal.SMS,
                naar="+32470123456",
                tekst=Bericht.sealed("Dag", bestuur_id=bestuur.pk),
                sleutel=f"proef:{counter}",
                aangemaakt_at=now,
                volgende_at=now,
            )
            for counter in range(number)
        ]


def states(bestuur: Bestuur) -> set[str]:
    with in_bestuur(bestuur.pk):
        return set(Bericht.objects.values_list("status", flat=True))


def test_a_worker_killed_while_the_gateway_listens_sends_nothing_twice(
    gateway, queue, start_worker
):
    herent = make_bestuur()
    (bericht,) = lie_ready(herent)
    task = {"bestuur_id": herent.pk, "bericht_id": bericht.pk}
    first = start_worker()
    wait_for(first.ready)
    queue.send_task(SEND, kwargs=task)
    wait_for(lambda: len(gateway.came) == 1)
    first.kill()
    gateway.may_answer.set()
    # The broker gives the same task out again; beat comes by as well.
    second = start_worker()
    wait_for(second.ready)
    queue.send_task(SEND, kwargs=task)
    queue.send_task(RESUME)
    wait_for(lambda: second.log.read_text().count("succeeded") >= 2)
    assert gateway.came == [f"{herent.pk}-{bericht.pk}"]
    assert states(herent) == {BerichtStatus.BEZIG}
    with in_bestuur(herent.pk):
        later = timezone.now() + VERLATEN + timedelta(seconds=1)
        assert give_up_abandoned(bestuur_id=herent.pk, at=later) == 1
    assert states(herent) == {BerichtStatus.ONBEKEND}


def test_two_workers_and_beat_send_each_message_once(gateway, queue, start_worker):
    gateway.may_answer.set()
    herent = make_bestuur()
    rows = lie_ready(herent, 20)
    workers = [start_worker(), start_worker()]
    wait_for(lambda: all(worker.ready() for worker in workers))
    for bericht in rows * 2:
        queue.send_task(SEND, kwargs={"bestuur_id": herent.pk, "bericht_id": bericht.pk})
    queue.send_task(RESUME)
    wait_for(lambda: states(herent) == {BerichtStatus.VERZONDEN})
    assert sorted(gateway.came) == sorted(f"{herent.pk}-{row.pk}" for row in rows)
