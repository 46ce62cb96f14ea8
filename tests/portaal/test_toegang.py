"""What a worker does about a client's access, and what she sees of it."""

import io
import re
from datetime import date, timedelta

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clienten.models import Bericht
from kern.errors import DomainError
from portaal.brief import make_letter
from portaal.commands import give_link, revoke_links
from portaal.enums import GebruikSoort, LinkKanaal
from portaal.models import Portaalgebruik, Portaallink, Portaalsessie
from portaal.rules.termijnen import LINK_GELDIG, MEESTE_LINKS, PAUZE
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.portaal import inside, make_link
from tests.kern.test_pdf import text_of
from toegang.models import Gebeurtenis

pytestmark = pytest.mark.django_db
ADRES = re.compile(r"http://\S+/mijn/d/(\S+)/")


@pytest.fixture
def olena(bestuur, worker):
    client = make_client(
        bestuur,
        familienaam="Kovalenko",
        telefoon="0470 12 34 56",
        email="olena@example.org",
        geboortedatum=date(1980, 5, 5),
    )
    make_toewijzing(client, worker)
    return client


def give(olena, worker, kanaal=LinkKanaal.SMS, *, stop_oude=False, at=None):
    return give_link(
        client=olena, kanaal=kanaal, stop_oude=stop_oude, by=worker, at=at or timezone.now()
    )


def _is_figure(item) -> bool:
    return isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"


def page(olena):
    return reverse("portaal:toegang", args=[olena.pk])


def test_a_link_by_text_message_is_told_to_nobody_but_the_client(olena, worker):
    gegeven = give(olena, worker)
    link, bericht = gegeven.link, Bericht.objects.get()
    assert link.bericht == bericht
    assert bericht.naar == "+32470123456"
    assert gegeven.adres in bericht.open_text()
    assert "Kovalenko" not in bericht.open_text()
    assert "Olena" not in bericht.open_text()
    assert len(bericht.open_text()) <= 160
    assert link.vervalt_at - link.gemaakt_at == LINK_GELDIG
    trail = str(list(Gebeurtenis.objects.values()))
    token = ADRES.search(bericht.open_text())[1]
    assert token not in trail
    assert gegeven.code not in trail
    assert link.token_hash not in trail
    assert "gaf de cliënt een link per sms" in trail


@pytest.mark.parametrize(
    ("taal", "words"),
    [("fr", "Votre lien"), ("en", "Your link"), ("ar", "رابطك"), ("so", "Uw link")],
)
def test_the_message_speaks_the_clients_language(olena, worker, taal, words):
    olena.taal = taal
    olena.save()
    give(olena, worker, LinkKanaal.EMAIL)
    bericht = Bericht.objects.get()
    assert words.casefold() in bericht.open_text().casefold()
    assert words in bericht.onderwerp


def test_between_two_sends_there_is_a_pause(olena, worker):
    now = timezone.now()
    give(olena, worker, at=now)
    with pytest.raises(DomainError, match="Wacht tot"):
        give(olena, worker, at=now + PAUZE - timedelta(seconds=1))
    assert Bericht.objects.count() == Portaallink.objects.count() == 1
    give(olena, worker, LinkKanaal.EMAIL, at=now)
    give(olena, worker, at=now + PAUZE)
    assert Bericht.objects.count() == 3


def test_an_earlier_link_goes_on_so_that_a_late_message_still_opens(olena, worker):
    first, second = (give(olena, worker, LinkKanaal.BUREAU) for _ in range(2))
    browser = Browser()
    for gegeven in (first, second):
        assert browser.get(gegeven.adres.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_new_link_stops_the_old_ones_when_asked(olena, worker):
    first = give(olena, worker, LinkKanaal.BUREAU)
    second = give(olena, worker, LinkKanaal.BUREAU, stop_oude=True)
    live = Portaallink.objects.live_at(timezone.now())
    assert list(live) == [second.link]
    first.link.refresh_from_db()
    assert first.link.ingetrokken_at is not None


def test_the_oldest_stops_when_there_are_many(olena, worker):
    given = [give(olena, worker, LinkKanaal.BUREAU).link for _ in range(MEESTE_LINKS + 2)]
    live = Portaallink.objects.live_at(timezone.now()).order_by("pk")
    assert list(live) == given[2:]


def test_a_blocked_link_stops_when_a_worker_gives_a_new_one(olena, worker):
    blocked, _, _ = make_link(olena, geblokkeerd_at=timezone.now())
    give(olena, worker, LinkKanaal.BUREAU)
    blocked.refresh_from_db()
    assert blocked.ingetrokken_at is not None


def test_withdrawing_puts_out_at_once_who_is_inside(olena, worker):
    browser = inside(olena)
    assert browser.get("/mijn/").status_code == 200
    assert revoke_links(client=olena, by=worker, at=timezone.now()) == 1
    assert browser.get("/mijn/").status_code == 302
    assert Portaalsessie.objects.open().count() == 0


@pytest.mark.parametrize(
    ("fields", "kanaal"),
    [
        ({"telefoon": "016 12 34 56"}, LinkKanaal.SMS),
        ({"email": ""}, LinkKanaal.EMAIL),
        ({"geboortedatum": None}, LinkKanaal.BRIEF),
        ({"geboortedatum": None, "telefoon": "", "email": ""}, LinkKanaal.BUREAU),
    ],
)
def test_who_could_not_come_in_gets_no_link(olena, worker, fields, kanaal):
    for name, value in fields.items():
        setattr(olena, name, value)
    olena.save()
    with pytest.raises(DomainError, match="Vul eerst"):
        give(olena, worker, kanaal)
    assert not Portaallink.objects.exists()
    assert not Bericht.objects.exists()


@pytest.mark.parametrize("taal", ["nl", "fr", "ar"])
def test_the_letter_holds_a_code_that_works(olena, worker, taal):
    olena.taal = taal
    olena.save()
    pdf = make_letter(client=olena, stop_oude=False, by=worker, at=timezone.now())
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 1
        assert str(document.Root.Lang).startswith(taal)
        told = [str(item.Alt) for item in document.objects if _is_figure(item)]
        assert len(told) == 1
        assert "QR" in told[0]
    code = re.search(r"[2-9A-Z]{2,}-[2-9A-Z]{4}-[2-9A-Z]{4}", text_of(pdf))[0]
    born = {"wie-brief": code.lower(), "wie-dag": "5", "wie-maand": "05", "wie-jaar": "1980"}
    entered = Browser().post(reverse("portaal:code"), born)
    assert (entered.status_code, entered["Location"]) == (303, "/mijn/")


def test_without_a_letter_there_is_no_link(olena, worker, monkeypatch):
    def fail(*_):
        raise DomainError("Een pdf maken kan hier niet.")

    monkeypatch.setattr("portaal.brief.render_pdf", fail)
    with pytest.raises(DomainError):
        make_letter(client=olena, stop_oude=True, by=worker, at=timezone.now())
    assert not Portaallink.objects.exists()


def test_the_page_tells_how_access_stands(olena, worker, signed_in):
    browser = signed_in(worker)
    assert "kreeg nog geen link" in browser.get(page(olena)).content.decode()
    answer = browser.post(page(olena), {"kanaal": "sms"}, follow=True).content.decode()
    assert "De sms vertrekt nu." in answer
    assert "De cliënt kan binnen" in answer
    assert "Nog niet binnen geweest" in answer
    Portaallink.objects.update(geblokkeerd_at=timezone.now())
    assert "dicht na vijf foute antwoorden" in browser.get(page(olena)).content.decode()
    browser.post(reverse("portaal:intrekken", args=[olena.pk]))
    assert "ingetrokken of verlopen" in browser.get(page(olena)).content.decode()


def test_the_page_shows_what_happened_at_the_door(olena, worker, signed_in):
    inside(olena)
    shown = signed_in(worker).get(page(olena)).content.decode()
    assert "Kwam binnen" in shown
    assert "Laatst binnen op" in shown


def test_the_code_at_the_desk_is_shown_once_and_opens(olena, worker, signed_in):
    answer = signed_in(worker).post(page(olena), {"kanaal": "bureau"})
    shown = answer.content.decode()
    assert "<svg" in shown
    assert "no-store" in answer["Cache-Control"]
    code = re.search(r"[2-9A-Z]{2,}-[2-9A-Z]{4}-[2-9A-Z]{4}", shown)[0]
    assert code not in signed_in(worker).get(page(olena)).content.decode()
    born = {"wie-brief": code, "wie-dag": "5", "wie-maand": "5", "wie-jaar": "1980"}
    assert Browser().post(reverse("portaal:code"), born).status_code == 303


def test_a_letter_comes_as_a_file_without_a_name_in_it(olena, worker, signed_in):
    answer = signed_in(worker).post(page(olena), {"kanaal": "brief"})
    assert answer["Content-Type"] == "application/pdf"
    assert "Kovalenko" not in answer["Content-Disposition"]
    assert Portaallink.objects.get().kanaal == LinkKanaal.BRIEF


def test_a_refusal_stands_in_the_form_and_gives_nothing(olena, worker, signed_in):
    browser = signed_in(worker)
    browser.post(page(olena), {"kanaal": "sms"})
    assert "Wacht tot" in browser.post(page(olena), {"kanaal": "sms"}).content.decode()
    assert "Kies hoe u de link geeft." in browser.post(page(olena), {}).content.decode()
    assert Portaallink.objects.count() == 1


def test_a_line_that_does_not_reach_the_client_is_not_offered(bestuur, worker, signed_in):
    client = make_client(bestuur, telefoon="016 12 34 56", email="")
    make_toewijzing(client, worker)
    shown = signed_in(worker).get(page(client)).content.decode()
    assert "Sms naar" not in shown
    assert "Mail naar" not in shown
    assert "Brief om af te drukken" in shown


def test_the_page_asks_few_queries(olena, worker, signed_in, django_assert_max_num_queries):
    for _ in range(5):
        give(olena, worker, LinkKanaal.BUREAU)
        inside(olena)
    browser = signed_in(worker)
    browser.get(page(olena))
    with django_assert_max_num_queries(12):
        browser.get(page(olena))


def test_a_restricted_file_keeps_its_own_door_and_hides_it_from_colleagues(
    bestuur, worker, lead, signed_in
):
    client = make_client(bestuur, afgeschermd=True)
    assert inside(client).get("/mijn/").status_code == 200
    assert signed_in(lead).get(page(client)).status_code == 404
    assert not Portaalgebruik.objects.visible_to(lead).exists()
    assert Portaalgebruik.objects.owned_by(client).filter(soort=GebruikSoort.BINNEN).exists()


def test_the_number_that_clients_call_is_changed_from_the_command_line(bestuur, capsys):
    call_command("bestuurtelefoon", bestuur.nis, "016  21 00 00")
    bestuur.refresh_from_db()
    assert bestuur.telefoon == "016 21 00 00"
    assert "016 21 00 00" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("bestuurtelefoon", "99999", "016")
