"""Being inside: how long, apart from staff, and nothing typed is lost."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clienten.commands import send_bericht
from clienten.enums import BerichtKanaal, BerichtSoort
from kern.db.scope import scope
from portaal.commands.binnen import Factor, enter
from portaal.enums import GebruikSoort
from portaal.http import cookie_name
from portaal.models import Portaalgebruik, Portaallink, Portaalsessie
from portaal.rules.sleutels import prefix
from portaal.rules.termijnen import HERVATTEN, HOOGSTENS, STIL
from tests.factories.clienten import make_client
from tests.factories.portaal import inside, make_link, make_stay

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portaal.proef")]
PAGE = "/mijn/proef/"
NOW = timezone.make_aware(timezone.datetime(2026, 11, 23, 10, 0))
BORN = {"wie-hervat": "1", "wie-dag": "5", "wie-maand": "5", "wie-jaar": "1980"}
TYPED = {"tekst": '"><script>alert(1)</script> é ع', "keuze": ["a", "b"], "leeg": ""}


@pytest.fixture
def olena(bestuur):
    return make_client(bestuur, geboortedatum=date(1980, 5, 5), email="o@example.org")


def later(delta: timedelta):
    return time_machine.travel(NOW + delta, tick=False)


def carried(answer) -> dict[str, list[str]]:
    """The hidden fields of a page, as a browser would send them."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', answer.content.decode()):
        name, value = re.search(r'name="([^"]*)"', tag)[1], re.search(r'value="([^"]*)"', tag)[1]
        if name not in {"csrfmiddlewaretoken", "terug"}:
            found.setdefault(unescape(name), []).append(unescape(value))
    return found


def test_inside_her_bestuur_counts_and_nobody_acts(olena, bestuur):
    answer = inside(olena).get(PAGE).content.decode()
    assert answer == f"GET {olena.pk} {bestuur.pk}/ False "


def test_a_quarter_of_an_hour_of_silence_is_the_end(olena):
    with later(timedelta()):
        browser = inside(olena, at=NOW)
    for minutes in (14, 28, 42):
        with later(timedelta(minutes=minutes)):
            assert browser.get(PAGE).status_code == 200
    with later(timedelta(minutes=42) + STIL):
        asked = browser.get(PAGE)
    assert asked.status_code == 403
    assert "Bent u er nog?" in asked.content.decode()


def test_two_hours_is_the_most_however_busy(olena):
    with later(timedelta()):
        browser = inside(olena, at=NOW)
    for minutes in range(10, 120, 10):
        with later(timedelta(minutes=minutes)):
            assert browser.get(PAGE).status_code == 200
    with later(HOOGSTENS):
        assert browser.get(PAGE).status_code == 403


def test_looking_writes_at_most_once_a_minute(olena):
    with later(timedelta()):
        browser = inside(olena, at=NOW)
    for seconds in (10, 30, 59):
        with later(timedelta(seconds=seconds)):
            browser.get(PAGE)
    assert Portaalsessie.objects.get().gezien_at == NOW
    with later(timedelta(seconds=61)):
        browser.get(PAGE)
    assert Portaalsessie.objects.get().gezien_at == NOW + timedelta(seconds=61)


def test_a_form_sent_after_the_end_reaches_its_view_whole(olena):
    """She types for an hour, sends, says who she is, and the view gets all of it."""
    with later(timedelta()):
        browser = inside(olena, at=NOW)
    with later(timedelta(hours=1)):
        asked = browser.post(PAGE, TYPED)
        assert asked.status_code == 403
        html = asked.content.decode()
        assert "Wat u typte, is niet verloren." in html
        assert "<script>alert" not in html
        fields = carried(asked)
        assert fields["tekst"] == [TYPED["tekst"]]
        wrong = browser.post(PAGE, {**fields, **BORN, "wie-dag": "6"})
        assert wrong.status_code == 403
        assert carried(wrong)["tekst"] == [TYPED["tekst"]]
        done = browser.post(PAGE, {**carried(wrong), **BORN})
    assert done.status_code == 200
    expected = f"keuze=a,b|leeg=|tekst={TYPED['tekst']}"
    assert done.content.decode().endswith(expected)
    old, new = Portaalsessie.objects.order_by("pk")
    assert old.geeindigd_at is not None
    assert new.geeindigd_at is None
    assert done.cookies[cookie_name()].value != ""
    soorten = Portaalgebruik.objects.order_by("pk").values_list("soort", flat=True)
    assert list(soorten) == [GebruikSoort.BINNEN, GebruikSoort.FOUT, GebruikSoort.VERLOPEN]


def test_a_page_looked_at_after_the_end_comes_back(olena):
    with later(timedelta()):
        browser = inside(olena, at=NOW)
    with later(STIL):
        fields = carried(browser.get(PAGE + "?pagina=2"))
        back = browser.post(PAGE + "?pagina=2", {**fields, **BORN})
        assert (back.status_code, back["Location"]) == (303, PAGE + "?pagina=2")
        assert browser.get(PAGE).status_code == 200


def test_five_wrong_answers_shut_the_door_here_too(olena):
    with later(timedelta()):
        browser = inside(olena, at=NOW)
    with later(STIL):
        codes = [browser.post(PAGE, {**BORN, "wie-dag": "6"}).status_code for _ in range(5)]
        assert codes == [403] * 5
        assert browser.post(PAGE, BORN).status_code == 302
    assert Portaallink.objects.get().geblokkeerd_at is not None


def test_a_day_later_it_is_over(olena):
    with later(timedelta()):
        browser = inside(olena, at=NOW)
    with later(HERVATTEN):
        answer = browser.post(PAGE, TYPED)
    assert (answer.status_code, answer["Location"]) == (302, reverse("portaal:code"))


@pytest.mark.parametrize("change", ["ingetrokken_at", "geblokkeerd_at", "vervalt_at"])
def test_a_stay_ends_with_its_link(olena, change):
    soon = timezone.now() + timedelta(minutes=5)
    link, _, _ = make_link(olena, **({change: soon} if change == "vervalt_at" else {}))
    browser, factor = Browser(), Factor(geboortedatum=olena.geboortedatum)
    stay = enter(link=link, factor=factor, taal="", at=timezone.now())
    browser.cookies[cookie_name()] = stay.geheim
    assert browser.get(PAGE).status_code == 200
    if change != "vervalt_at":
        Portaallink.objects.update(**{change: timezone.now()})
    with time_machine.travel(soon + timedelta(minutes=1), tick=False):
        answer = browser.post(PAGE, TYPED)
    assert answer.status_code == 302
    assert answer.cookies[cookie_name()]["max-age"] == 0


def test_leaving_ends_the_stay_and_tells_the_browser_to_forget(olena):
    browser = inside(olena)
    secret = browser.cookies[cookie_name()].value
    left = browser.post(reverse("portaal:uit"))
    assert (left.status_code, left["Location"]) == (303, reverse("portaal:weg"))
    assert left["Clear-Site-Data"] == '"cache"'
    assert left.cookies[cookie_name()]["max-age"] == 0
    thief = Browser()
    thief.cookies[cookie_name()] = secret
    assert thief.get(PAGE).status_code == 302
    assert Portaalsessie.objects.get().geeindigd_at is not None
    assert browser.get(reverse("portaal:uit")).status_code == 405
    assert browser.post(reverse("portaal:uit")).status_code == 303


def test_a_worker_and_a_client_in_one_browser_do_not_meet(olena, worker, signed_in):
    browser = signed_in(worker)
    browser.cookies[cookie_name()] = make_stay(olena).geheim
    assert f" {worker.bestuur.pk}/ False" in browser.get(PAGE).content.decode()
    assert browser.get("/account/wachtwoord/").status_code == 200
    browser.post(reverse("portaal:uit"))
    assert browser.get(PAGE).status_code == 302
    # The worker is still there: leaving the portal is not signing out.
    assert browser.get("/account/wachtwoord/").status_code == 200
    browser.post(reverse("account_logout"))
    browser.cookies[cookie_name()] = make_stay(olena).geheim
    assert browser.get(PAGE).status_code == 200


def test_a_start_password_of_staff_does_not_stand_before_the_clients_door(olena, worker, signed_in):
    worker.is_start_password = True
    worker.save()
    browser = signed_in(worker)
    browser.cookies[cookie_name()] = make_stay(olena).geheim
    assert browser.get(PAGE).status_code == 200


def test_the_cookie_of_one_client_reaches_no_row_of_another(olena, bestuur):
    maria = make_client(bestuur, email="m@example.org")
    bericht = send_bericht(
        client=maria,
        soort=BerichtSoort.ANDER,
        kanaal=BerichtKanaal.EMAIL,
        tekst="Dag",
        sleutel="x",
        at=timezone.now(),
    )
    assert inside(maria).get(f"{PAGE}{bericht.pk}/").status_code == 200
    assert inside(olena).get(f"{PAGE}{bericht.pk}/").status_code == 404


def test_a_cookie_with_the_prefix_of_another_bestuur_is_nobody(olena, buur):
    secret = make_stay(olena).geheim
    browser = Browser()
    browser.cookies[cookie_name()] = prefix(buur.pk) + secret[secret.index("-") :]
    assert browser.get(PAGE).status_code == 302
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert not Portaalsessie.objects.exists()


@pytest.mark.parametrize("cookie", ["", "x", "2B-kort", "2B-" + "é" * 30, "99-" + "a" * 4000])
def test_a_strange_cookie_is_nobody(olena, cookie):
    browser = Browser()
    browser.cookies[cookie_name()] = cookie
    assert browser.get(PAGE).status_code == 302


def test_the_language_is_the_clients_own_until_she_chooses_another(bestuur):
    client = make_client(bestuur, taal="fr")
    browser = inside(client)
    assert 'lang="fr"' in browser.get("/mijn/bestaat-niet/").content.decode()
    answer = browser.post(reverse("portaal:taal"), {"taal": "ar", "terug": PAGE})
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    html = browser.get("/mijn/bestaat-niet/").content.decode()
    assert '<html lang="ar" dir="rtl">' in html
    assert Portaalsessie.objects.get().taal == "ar"


@pytest.mark.parametrize("terug", ["https://kwaad.example/", "//kwaad.example/mijn/", "/clienten/"])
def test_a_choice_of_language_leads_nowhere_else(bestuur, terug):
    answer = Browser().post(reverse("portaal:taal"), {"taal": "fr", "terug": terug})
    assert answer["Location"] == reverse("portaal:code")


def test_outside_the_browser_is_asked_which_language(db):
    for asked, lang in (("fr-BE,fr;q=0.9", "fr"), ("de,en;q=0.8", "en"), ("de", "nl-be")):
        html = Browser().get("/mijn/code/", headers={"Accept-Language": asked}).content.decode()
        assert f'lang="{lang}"' in html


def test_the_gate_asks_few_queries(olena, django_assert_num_queries):
    browser = inside(olena)
    browser.get(PAGE)
    # Transaction, scopes in and out, the stay with client and link; and two of the page itself.
    with django_assert_num_queries(9):
        browser.get(PAGE)
