"""Messages to a client: each leaves once, whatever is killed, refused or away."""

import http.server
import json
import logging
import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from clienten.berichten import verzending
from clienten.berichten.uitkomst import Geweigerd, NietVertrokken, Onzeker
from clienten.berichten.verzending import VERLATEN, deliver, due, give_up_abandoned
from clienten.commands import send_bericht
from clienten.enums import BerichtKanaal, BerichtSoort, BerichtStatus
from clienten.models import Bericht
from clienten.schedule import resume_messages, wipe_old_messages
from kern.db.scope import scope
from kern.errors import DomainError
from tests.factories.clienten import make_client
from toegang.models import Gebeurtenis

pytestmark = pytest.mark.django_db
TEKST = "Uw link: https://voorbeeld.example/mijn/d/2B-geheim/"


@pytest.fixture
def olena(bestuur):
    return make_client(bestuur, telefoon="0470 12 34 56", email="olena@example.org")


def lay_ready(client, kanaal=BerichtKanaal.SMS, sleutel="een", **fields):
    return send_bericht(
        client=client,
        soort=BerichtSoort.ANDER,
        kanaal=kanaal,
        tekst=fields.pop("tekst", TEKST),
        onderwerp="Nieuws",
        sleutel=sleutel,
        at=fields.pop("at", timezone.now()),
        **fields,
    )


def send(bericht, at=None):
    outcome = deliver(bestuur_id=bericht.bestuur_id, bericht_id=bericht.pk, at=at or timezone.now())
    bericht.refresh_from_db()
    return outcome


class Gateway(http.server.BaseHTTPRequestHandler):
    """A gateway that answers what the test says, and remembers what came."""

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        self.server.came.append((dict(self.headers), json.loads(self.rfile.read(length))))
        status = self.server.answer
        if status is None:
            self.connection.close()
            return
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:1/elders")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """Keep quiet."""


@pytest.fixture
def gateway(settings):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.came, server.answer = [], 202
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_URL = f"http://127.0.0.1:{server.server_port}/v1/sms"
    settings.SMS_HOSTS = ["127.0.0.1"]
    settings.SMS_KEY = "sleutel-van-de-gateway"
    yield server
    server.shutdown()
    server.server_close()


def test_a_text_message_leaves_through_the_gateway(olena, gateway):
    bericht = lay_ready(olena)
    assert send(bericht) == BerichtStatus.VERZONDEN
    ((headers, body),) = gateway.came
    assert body == {
        "to": "+32470123456",
        "from": "OCMW",
        "text": TEKST,
        "reference": f"{bericht.bestuur_id}-{bericht.pk}",
    }
    assert headers["Authorization"] == "Bearer sleutel-van-de-gateway"
    assert headers["Idempotency-Key"] == body["reference"]
    assert bericht.verzonden_at is not None
    assert send(bericht) is None
    assert len(gateway.came) == 1


def test_a_mail_leaves_to_the_address_on_file(olena, mailoutbox):
    assert send(lay_ready(olena, BerichtKanaal.EMAIL)) == BerichtStatus.VERZONDEN
    (sent,) = mailoutbox
    assert (sent.to, sent.subject, sent.body) == (["olena@example.org"], "Nieuws", TEKST)


def test_without_a_gateway_a_laptop_writes_a_file(olena, settings, tmp_path):
    settings.SMS_FILE_PATH = tmp_path
    bericht = lay_ready(olena)
    assert send(bericht) == BerichtStatus.VERZONDEN
    (written,) = tmp_path.iterdir()
    assert written.read_text() == f"Aan: +32470123456\n\n{TEKST}\n"


def test_the_same_key_lies_ready_once(olena, mailoutbox):
    first = lay_ready(olena, BerichtKanaal.EMAIL)
    assert lay_ready(olena, BerichtKanaal.EMAIL, tekst="Iets anders") == first
    assert Bericht.objects.get().open_text() == TEKST


def test_it_is_sent_after_the_transaction_only(
    olena, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        bericht = lay_ready(olena, BerichtKanaal.EMAIL)
        assert mailoutbox == []
    bericht.refresh_from_db()
    assert bericht.status == BerichtStatus.VERZONDEN
    assert len(mailoutbox) == 1


def test_a_broker_that_is_away_loses_nothing(
    olena, monkeypatch, django_capture_on_commit_callbacks
):
    def away(**_):
        raise ConnectionError

    monkeypatch.setattr("clienten.commands.berichten.send_message.delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        bericht = lay_ready(olena)
    assert due(bestuur_id=olena.bestuur_id, at=timezone.now()) == [bericht.pk]


@pytest.mark.parametrize(
    ("fields", "kanaal"),
    [
        ({"telefoon": "016 12 34 56"}, BerichtKanaal.SMS),
        ({"telefoon": ""}, BerichtKanaal.SMS),
        ({"email": ""}, BerichtKanaal.EMAIL),
    ],
)
def test_who_cannot_be_reached_is_refused(bestuur, fields, kanaal):
    with pytest.raises(DomainError):
        lay_ready(make_client(bestuur, **fields), kanaal)
    assert not Bericht.objects.exists()


@pytest.mark.parametrize("tekst", ["", "  \n", "a" * 2001])
def test_an_empty_or_endless_text_is_refused(olena, tekst):
    with pytest.raises(DomainError):
        lay_ready(olena, tekst=tekst)
    assert not Bericht.objects.exists()


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (400, BerichtStatus.MISLUKT, "gateway_400"),
        (401, BerichtStatus.MISLUKT, "gateway_401"),
        (429, BerichtStatus.WACHT, "gateway_429"),
        (503, BerichtStatus.WACHT, "gateway_503"),
        (500, BerichtStatus.ONBEKEND, "gateway_500"),
        (302, BerichtStatus.ONBEKEND, "gateway_302"),
        (None, BerichtStatus.ONBEKEND, "gateway_onzeker"),
    ],
)
def test_what_the_gateway_says_decides_whether_it_is_tried_again(
    olena, gateway, answer, status, code
):
    gateway.answer = answer
    bericht = lay_ready(olena)
    assert send(bericht) == status
    assert (bericht.status, bericht.foutcode, bericht.verzonden_at) == (status, code, None)
    assert len(gateway.came) == 1


def test_a_gateway_that_nobody_allowed_gets_nothing(olena, gateway, settings):
    settings.SMS_HOSTS = ["sms.voorbeeld.example"]
    bericht = lay_ready(olena)
    assert send(bericht) == BerichtStatus.WACHT
    assert bericht.foutcode == "gateway_niet_toegelaten"
    assert gateway.came == []


def test_a_gateway_that_is_away_is_asked_again_later_and_not_without_end(olena, settings):
    settings.SMS_URL, settings.SMS_HOSTS = "http://127.0.0.1:1/", ["127.0.0.1"]
    now = timezone.now()
    bericht = lay_ready(olena, at=now)
    tries = 0
    while send(bericht, at=now) == BerichtStatus.WACHT:
        tries += 1
        assert send(bericht, at=now) is None
        assert bericht.volgende_at > now
        now = bericht.volgende_at
    assert tries == len(verzending.WACHT)
    assert (bericht.status, bericht.foutcode) == (BerichtStatus.MISLUKT, "gateway_weg")
    assert bericht.pogingen == tries + 1


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (smtplib.SMTPRecipientsRefused({}), Geweigerd),
        (smtplib.SMTPSenderRefused(451, b"later", "x"), NietVertrokken),
        (smtplib.SMTPServerDisconnected(), Onzeker),
        (TimeoutError(), Onzeker),
    ],
)
def test_what_the_mail_server_says_decides_too(monkeypatch, error, outcome):
    from clienten.berichten.mail import send_mail

    def fail(self):
        raise error

    monkeypatch.setattr(mail.EmailMessage, "send", fail)
    with pytest.raises(outcome):
        send_mail(naar="a@example.org", onderwerp="x", tekst="y", sleutel="1-1")


def test_a_worker_killed_while_sending_sends_nothing_twice(olena, gateway, monkeypatch):
    bericht = lay_ready(olena)

    def killed(_):
        raise KeyboardInterrupt

    now = timezone.now()
    with monkeypatch.context() as patch:
        patch.setattr(verzending, "_hand_over", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver(bestuur_id=bericht.bestuur_id, bericht_id=bericht.pk, at=now)
    bericht.refresh_from_db()
    assert bericht.status == BerichtStatus.BEZIG
    assert send(bericht, at=now) is None
    assert give_up_abandoned(bestuur_id=bericht.bestuur_id, at=now) == 0
    later = now + VERLATEN + timedelta(seconds=1)
    assert give_up_abandoned(bestuur_id=bericht.bestuur_id, at=later) == 1
    assert send(bericht, at=later) is None
    assert (bericht.status, bericht.foutcode) == (BerichtStatus.ONBEKEND, "verlaten")
    assert gateway.came == []


def test_beat_takes_up_what_lies_ready(olena, mailoutbox):
    bericht = lay_ready(olena, BerichtKanaal.EMAIL, at=timezone.now() - timedelta(minutes=5))
    resume_messages()
    resume_messages()
    bericht.refresh_from_db()
    assert bericht.status == BerichtStatus.VERZONDEN
    assert len(mailoutbox) == 1


def test_a_secret_is_wiped_once_it_left_and_the_rest_stays_sealed(olena, mailoutbox):
    secret = lay_ready(olena, BerichtKanaal.EMAIL, vertrouwelijk=True)
    plain = lay_ready(olena, BerichtKanaal.EMAIL, sleutel="twee")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tekst FROM clienten_bericht")
        assert all(b"geheim" not in bytes(tekst) for (tekst,) in cursor.fetchall())
    send(secret)
    send(plain)
    assert (secret.open_text(), secret.tekst) == ("", None)
    assert plain.open_text() == TEKST


def test_neither_the_trail_nor_the_log_holds_number_or_text(olena, gateway, caplog):
    gateway.answer = 500
    bericht = lay_ready(olena)
    with caplog.at_level(logging.DEBUG):
        send(bericht)
    trail = str(list(Gebeurtenis.objects.filter(tabel="clienten_bericht").values()))
    assert "verstuurd" not in trail
    for text in (trail, caplog.text):
        assert "470123456" not in text
        assert "geheim" not in text


def test_another_bestuur_sees_and_sends_nothing(olena, buur, gateway):
    bericht = lay_ready(olena)
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert not Bericht.objects.exists()
    assert deliver(bestuur_id=buur.pk, bericht_id=bericht.pk, at=timezone.now()) is None
    assert gateway.came == []


def test_texts_are_wiped_a_month_after_they_left_and_never_before(olena, mailoutbox):
    now = timezone.now()
    old = now - verzending.BEWAARD - timedelta(days=1)
    sent = lay_ready(olena, BerichtKanaal.EMAIL, at=old)
    waiting = lay_ready(olena, BerichtKanaal.EMAIL, sleutel="twee", at=old)
    fresh = lay_ready(olena, BerichtKanaal.EMAIL, sleutel="drie")
    for bericht in (sent, fresh):
        send(bericht)
    wipe_old_messages()
    for bericht in (sent, waiting, fresh):
        bericht.refresh_from_db()
    assert [bool(row.tekst) for row in (sent, waiting, fresh)] == [False, True, True]
    assert sent.status == BerichtStatus.VERZONDEN


def test_what_no_key_opens_fails_and_says_so(olena, settings, mailoutbox):
    bericht = lay_ready(olena, BerichtKanaal.EMAIL)
    settings.FIELD_KEYS = {"nieuw": b"n" * 32}
    assert send(bericht) == BerichtStatus.MISLUKT
    assert (bericht.foutcode, mailoutbox) == ("onleesbaar", [])
