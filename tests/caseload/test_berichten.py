"""Messages that did not arrive: which stand there, what to do, and who sees them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from caseload.rules.berichten import ONBEKEND, SMS, raad_bij
from clienten.enums import BerichtKanaal, BerichtSoort, BerichtStatus
from clienten.models import Bericht
from kern.db.scope import ACTOR, set_local
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from toegang.models import Inzage
from trajecten.enums import LogSoort
from trajecten.models import Logboekitem

URL = "caseload:berichten"
GEHEIM = "Uw uitkering is geschorst"
pytestmark = pytest.mark.django_db


@pytest.fixture
def olena(bestuur, worker):
    client = make_client(bestuur, familienaam="Kovalenko", telefoon="0470 12 34 56")
    make_toewijzing(client, worker)
    return client


def make_bericht(client, *, days=1, **fields):
    moment = timezone.now() - timedelta(days=days)
    return Bericht.objects.create(
        bestuur_id=client.bestuur_id,
        client=client,
        soort=fields.pop("soort", BerichtSoort.AFSPRAAK),
        kanaal=fields.pop("kanaal", BerichtKanaal.SMS),
        naar="+32470123456",
        onderwerp=GEHEIM,
        tekst=Bericht.sealed(GEHEIM, bestuur_id=client.bestuur_id),
        sleutel=f"proef-{Bericht.objects.count()}",
        status=fields.pop("status", BerichtStatus.MISLUKT),
        aangemaakt_at=moment,
        volgende_at=moment,
        **fields,
    )


def shown(browser, wie="mij"):
    return browser.get(reverse(URL), {"wie": wie})


def test_what_did_not_arrive_says_what_to_do_and_never_its_words(olena, worker, signed_in):
    make_bericht(olena, foutcode="gateway_503")
    make_bericht(olena, status=BerichtStatus.ONBEKEND, soort=BerichtSoort.PORTAALLINK)
    make_bericht(olena, foutcode="adres_geweigerd", kanaal=BerichtKanaal.EMAIL)
    page = shown(signed_in(worker))
    html = page.content.decode()
    assert page.context["page"].paginator.count == 3
    assert "De sms-dienst nam het niet aan. Bel 0470 12 34 56, of schrijf een brief." in html
    assert "Misschien aangekomen. Bel 0470 12 34 56 en vraag het na." in html
    assert "Dit e-mailadres werkt niet." in html
    assert reverse("caseload:wijzig", args=[olena.pk]) in html
    assert reverse("portaal:toegang", args=[olena.pk]) in html
    assert GEHEIM not in html


@pytest.mark.parametrize(
    "status", [BerichtStatus.WACHT, BerichtStatus.BEZIG, BerichtStatus.VERZONDEN]
)
def test_what_left_or_may_still_leave_does_not_stand_there(olena, worker, signed_in, status):
    sent = {"verzonden_at": timezone.now()} if status == BerichtStatus.VERZONDEN else {}
    make_bericht(olena, status=status, **sent)
    assert shown(signed_in(worker)).context["regels"] == []


def test_thirty_days_back_and_no_further(olena, worker, signed_in):
    make_bericht(olena, days=29)
    make_bericht(olena, days=31)
    assert len(shown(signed_in(worker)).context["regels"]) == 1


def test_a_contact_noted_afterwards_makes_up_for_it(olena, worker, signed_in):
    make_bericht(olena, days=3)
    now = timezone.now()

    def note(soort, moment):
        Logboekitem.objects.create(
            bestuur_id=olena.bestuur_id,
            client=olena,
            soort=soort,
            moment=moment,
            tekst="…",
            auteur=worker,
        )

    note(LogSoort.VASTSTELLING, now)
    note(LogSoort.TELEFOON, now - timedelta(days=5))
    assert len(shown(signed_in(worker)).context["regels"]) == 1
    note(LogSoort.TELEFOON, now - timedelta(minutes=1))
    assert shown(signed_in(worker)).context["regels"] == []


def test_a_later_one_of_its_kind_that_left_makes_up_for_it(olena, worker, signed_in):
    make_bericht(olena, days=3)
    left = {"status": BerichtStatus.VERZONDEN, "verzonden_at": timezone.now()}
    make_bericht(olena, days=4, **left)
    make_bericht(olena, days=1, soort=BerichtSoort.PLAN, **left)
    assert len(shown(signed_in(worker)).context["regels"]) == 1
    make_bericht(olena, days=2, **left)
    assert shown(signed_in(worker)).context["regels"] == []


def test_mine_and_those_of_the_team(olena, worker, lead, bestuur, signed_in):
    make_bericht(olena)
    other = make_client(bestuur, familienaam="Benali")
    make_bericht(other)
    hidden = make_client(bestuur, familienaam="Verborgen", afgeschermd=True)
    make_bericht(hidden)
    browser = signed_in(worker)
    assert "Benali" not in shown(browser).content.decode()
    team = shown(browser, "team").content.decode()
    assert "Benali" in team
    assert "Kovalenko" in team
    assert "Verborgen" not in team
    # A lead begins with everybody.
    assert len(signed_in(lead).get(reverse(URL)).context["regels"]) == 2
    # As with other lists on screen: nothing of a file was opened.
    assert not Inzage.objects.exists()


def test_nobody_of_another_bestuur_sees_them(olena, stranger, signed_in):
    make_bericht(olena)
    page = shown(signed_in(stranger), "team")
    assert page.context["regels"] == []
    assert "Kovalenko" not in page.content.decode()


@pytest.mark.parametrize("rol", [Rol.ONTHAAL, Rol.BEHEERDER, Rol.TOEZICHTHOUDER])
def test_it_is_casework(bestuur, signed_in, rol):
    browser = signed_in(make_gebruiker(bestuur, rol))
    assert browser.get(reverse(URL)).status_code == 403


def test_the_day_says_how_many_and_leads_there(olena, worker, signed_in, bestuur):
    browser = signed_in(worker)
    assert reverse(URL) not in browser.get("/").content.decode()
    set_local({ACTOR: str(worker.pk)})
    make_bericht(olena)
    make_bericht(make_client(bestuur))
    html = browser.get("/").content.decode()
    assert "Eén bericht kwam niet aan" in html
    assert f'href="{reverse(URL)}"' in html
    assert len(browser.get(reverse(URL)).context["regels"]) == 1


def test_the_number_of_questions_does_not_grow(bestuur, worker, signed_in):
    browser = signed_in(worker)
    shown(browser)

    def asked(number):
        for _ in range(number):
            client = make_client(bestuur)
            make_toewijzing(client, worker)
            make_bericht(client)
        with CaptureQueriesContext(connection) as captured:
            shown(browser)
        return [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]

    few, many = asked(2), asked(30)
    assert len(few) == len(many) <= 12
    assert not [sql for sql in many if '"clienten_bericht"."tekst"' in sql]


@pytest.mark.parametrize(
    ("code", "is_adres"),
    [
        ("gateway_400", True),
        ("gateway_422", True),
        ("adres_geweigerd", True),
        ("gateway_401", False),
        ("gateway_403", False),
        ("gateway_429", False),
        ("gateway_weg", False),
        ("mailserver_weg", False),
        ("onleesbaar", False),
    ],
)
def test_only_a_refused_number_asks_for_another(code, is_adres):
    raad = raad_bij(status="mislukt", kanaal="sms", foutcode=code, telefoon="")
    assert raad.is_adres is is_adres
    assert "Bel " not in raad.zin


def test_the_rule_speaks_the_words_of_a_message():
    assert SMS in BerichtKanaal.values
    assert ONBEKEND in BerichtStatus.values
