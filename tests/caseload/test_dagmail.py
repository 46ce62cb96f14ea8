"""The digests: who gets one, what it says, and that it goes out once."""

import smtplib
from datetime import UTC, date, datetime

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from caseload import dagmail
from caseload.dagmail import initials, send_all
from caseload.enums import MailSoort
from caseload.models import Dagmail
from caseload.schedule import send_dagmails
from clienten.models import Machtiging
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_logboekitem, make_traject
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from toegang.scope import in_bestuur
from trajecten.signalen import refresh_signalen

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
SIX = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


def send(on=TUESDAY) -> int:
    return send_all(on=on, at=SIX)


def caseload_of(bestuur, worker, *, on=TUESDAY, **fields):
    """Give the worker a client whose traject ends within a week without a next step."""
    client = make_client(bestuur, familienaam="Haddad", voornaam="Amina", **fields)
    make_toewijzing(client, worker)
    make_logboekitem(client, worker)
    make_traject(
        client, "ama_welzijn", begindatum=date(2025, 1, 1), uiterste_dag=date(2026, 11, 27)
    )
    refresh_signalen(bestuur.pk, on=on)
    return client


def test_the_mail_says_who_why_and_when_and_links_to_the_day(bestuur, worker, mailoutbox):
    caseload_of(bestuur, worker)
    assert send() == 1
    (mail,) = mailoutbox
    assert mail.to == [worker.email]
    assert mail.subject == "Vandaag: 1 deze week"
    assert "A.H.  Traject loopt af op 27/11/2026, geen vervolgstap afgesproken" in mail.body
    assert "vr 27 november, over 3 dagen" in mail.body
    assert "http://127.0.0.1:8000/" in mail.body
    html, kind = mail.alternatives[0]
    assert kind == "text/html"
    assert "geen vervolgstap afgesproken" in html
    row = Dagmail.objects.get()
    assert (row.gebruiker, row.soort, row.dag, row.aantal) == (worker, "dag", TUESDAY, 1)
    assert row.verzonden_at is not None


def test_the_mail_holds_no_name_number_or_measure(bestuur, worker, mailoutbox):
    client = caseload_of(bestuur, worker, insz="80050597133")
    send()
    text = mailoutbox[0].body + mailoutbox[0].alternatives[0][0] + mailoutbox[0].subject
    for secret in ("Haddad", "Amina", client.dossiernummer, "800505", "AMA", "gezondheid"):
        assert secret not in text


def test_the_same_day_brings_no_second_mail_and_the_next_day_does(bestuur, worker, mailoutbox):
    caseload_of(bestuur, worker)
    assert [send(), send(), send(date(2026, 11, 25))] == [1, 0, 1]
    assert len(mailoutbox) == 2
    assert Dagmail.objects.count() == 2


def test_a_mail_taken_in_hand_by_a_process_that_died_is_not_sent_again(bestuur, worker, mailoutbox):
    caseload_of(bestuur, worker)
    Dagmail.objects.create(
        bestuur=bestuur,
        gebruiker=worker,
        soort=MailSoort.DAG,
        dag=TUESDAY,
        aantal=1,
        aangemaakt_at=timezone.now(),
    )
    assert send() == 0
    assert mailoutbox == []


def test_two_processes_that_saw_the_same_list_send_one_mail(bestuur, worker, mailoutbox):
    caseload_of(bestuur, worker)
    (bestemming,) = dagmail._due(bestuur.pk, TUESDAY)
    post = EmailBackend()
    results = [
        dagmail.send_digest(bestuur.pk, bestemming, on=TUESDAY, at=SIX, post=post) for _ in range(2)
    ]
    assert results == [True, False]
    assert len(mailoutbox) == 1


def test_nothing_to_say_is_no_mail(bestuur, worker, mailoutbox):
    client = make_client(bestuur)
    make_toewijzing(client, worker)
    refresh_signalen(bestuur.pk, on=TUESDAY)
    assert send() == 0
    assert mailoutbox == []
    assert not Dagmail.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"email": ""}, id="no address"),
        pytest.param({"is_active": False}, id="account closed"),
        pytest.param({"tot": date(2026, 11, 23)}, id="aanstelling ended yesterday"),
        pytest.param({"van": date(2026, 11, 25)}, id="aanstelling begins tomorrow"),
    ],
)
def test_who_cannot_or_may_not_read_it_gets_none(bestuur, mailoutbox, fields):
    somebody = make_gebruiker(bestuur, **fields)
    caseload_of(bestuur, somebody)
    assert send() == 0
    assert mailoutbox == []


@pytest.mark.parametrize("rol", [Rol.ONTHAAL, Rol.BEHEERDER, Rol.TOEZICHTHOUDER])
def test_roles_without_a_day_get_none(bestuur, mailoutbox, rol):
    caseload_of(bestuur, make_gebruiker(bestuur, rol))
    assert send() == 0
    assert mailoutbox == []


def test_a_restricted_file_is_only_in_the_mail_of_who_is_named(bestuur, worker, mailoutbox):
    client = caseload_of(bestuur, worker, afgeschermd=True)
    assert send() == 0
    Machtiging.objects.create(bestuur=bestuur, client=client, gebruiker=worker)
    assert send() == 1
    assert len(mailoutbox) == 1


def test_a_colleagues_client_is_not_in_the_mail(bestuur, worker, mailoutbox):
    caseload_of(bestuur, make_gebruiker(bestuur, email="ander@example.org"))
    assert send() == 1
    assert mailoutbox[0].to == ["ander@example.org"]


def test_the_lead_gets_the_loud_ones_once_a_week(bestuur, worker, lead, mailoutbox):
    caseload_of(bestuur, worker, on=MONDAY)
    assert send_all(on=MONDAY, at=SIX) == 2
    week = next(mail for mail in mailoutbox if mail.to == [lead.email])
    assert week.subject == "Deze week: 1 deze week"
    assert "A.H." in week.body
    assert send(TUESDAY) == 1
    assert Dagmail.objects.filter(soort=MailSoort.WEEK).count() == 1
    refresh_signalen(bestuur.pk, on=date(2026, 11, 30))
    assert send_all(on=date(2026, 11, 30), at=SIX) == 2


def test_a_missed_monday_is_made_up_for_later_in_the_week(bestuur, worker, lead, mailoutbox):
    caseload_of(bestuur, worker)
    assert send(TUESDAY) == 2
    assert Dagmail.objects.get(soort=MailSoort.WEEK).dag == MONDAY


def test_a_quiet_signal_does_not_reach_the_lead(bestuur, worker, lead, mailoutbox):
    client = make_client(bestuur)
    make_toewijzing(client, worker)
    make_logboekitem(client, worker)
    make_traject(client, begindatum=date(2025, 6, 1), uiterste_dag=date(2027, 4, 1))
    refresh_signalen(bestuur.pk, on=MONDAY)
    assert send_all(on=MONDAY, at=SIX) == 1
    assert mailoutbox[0].to == [worker.email]


def test_a_mail_the_server_refuses_is_not_tried_twice_and_others_go_on(
    bestuur, worker, mailoutbox, monkeypatch
):
    caseload_of(bestuur, worker)
    caseload_of(bestuur, make_gebruiker(bestuur, email="later@example.org"))
    accept = EmailBackend.send_messages

    def refuse_first(self, messages):
        if messages[0].to == [worker.email]:
            raise smtplib.SMTPDataError(451, b"later")
        return accept(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_first)
    assert send() == 1
    assert [mail.to for mail in mailoutbox] == [["later@example.org"]]
    assert Dagmail.objects.get(gebruiker=worker).verzonden_at is None
    assert send() == 0


def test_no_answer_from_the_mail_server_marks_nothing(bestuur, worker, monkeypatch, mailoutbox):
    caseload_of(bestuur, worker)

    def no_answer(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", no_answer)
    with pytest.raises(ConnectionRefusedError):
        send()
    assert not Dagmail.objects.exists()
    monkeypatch.undo()
    assert send() == 1


def test_sending_is_in_the_trail(bestuur, worker, mailoutbox):
    caseload_of(bestuur, worker)
    send()
    acts = Gebeurtenis.objects.filter(tabel="caseload_dagmail").values_list("op", "handeling")
    assert ("U", "verstuurde de dagmail") in list(acts)


def test_long_lists_are_cut_and_counted(bestuur, worker, mailoutbox, monkeypatch):
    monkeypatch.setattr(dagmail, "MOST_LINES", 2)
    for _ in range(3):
        caseload_of(bestuur, worker)
    send()
    assert "DEZE WEEK (3)" in mailoutbox[0].body
    assert "en nog 1 in Activering" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("voornaam", "familienaam", "verwacht"),
    [("Olena", "Kovalenko", "O.K."), ("", "Diallo", "D."), ("élise", "ötzi", "É.Ö.")],
)
def test_initials(bestuur, voornaam, familienaam, verwacht):
    client = make_client(bestuur, voornaam=voornaam, familienaam=familienaam)
    assert initials(client) == verwacht


@pytest.mark.django_db(transaction=True)
def test_the_job_first_makes_the_signals_of_today(mailoutbox, time_machine):
    from tests.factories.toegang import make_bestuur

    time_machine.move_to(SIX)
    herent = make_bestuur()
    werker = make_gebruiker(herent)
    with in_bestuur(herent.pk):
        client = make_client(herent)
        make_toewijzing(client, werker)
        make_traject(client, begindatum=date(2025, 1, 1), uiterste_dag=date(2026, 11, 27))
    send_dagmails()
    assert len(mailoutbox) == 1
    send_dagmails()
    assert len(mailoutbox) == 1
