"""A session: how it begins, how long it lasts, and everything that ends it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.schedule import clear_sessions
from tests.factories.clienten import make_client
from tests.factories.toegang import PASSWORD, make_gebruiker
from toegang.models import Aanstelling

pytestmark = pytest.mark.django_db

LOGIN = "/account/aanmelden/"
OWN_PAGE = "/account/wachtwoord/"
NEW = "vier-lange-woorden-hier"


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


def sign_in(client: Client, name: str = "mw1") -> None:
    assert client.post(LOGIN, {"login": name, "password": PASSWORD}).status_code == 302


def is_in(client: Client) -> bool:
    return client.get(OWN_PAGE).status_code == 200


@pytest.fixture
def page(bestuur):
    """A page for casework: the question at a file that is not one's own."""
    return reverse("clienten:reden", args=[make_client(bestuur).pk])


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-22 08:00+01:00", tick=False) as traveller:
        yield traveller


def test_signing_in_changes_the_key_so_that_a_planted_one_is_worthless(client, worker):
    session = client.session
    session["geplant"] = "1"
    session.save()
    planted = session.session_key
    sign_in(client)
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = planted
    assert not is_in(thief)


def test_a_made_up_key_is_nobodys_session(client, worker):
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "a" * 32
    assert not is_in(client)
    assert not Session.objects.filter(session_key="a" * 32).exists()


def test_another_person_on_the_same_browser_finds_nothing_of_the_first(client, worker, bestuur):
    make_gebruiker(bestuur, gebruikersnaam="mw2")
    sign_in(client)
    session = client.session
    session["bestuur_id"] = 12345
    session.save()
    client.post("/account/afmelden/")
    sign_in(client, "mw2")
    assert "bestuur_id" not in client.session


def test_signing_out_removes_the_session_from_the_server(client, worker):
    sign_in(client)
    copy = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    assert client.get("/account/afmelden/").status_code == 200
    assert is_in(client), "only the button signs out, not a picture in a mail"
    client.post("/account/afmelden/")
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = copy
    assert not is_in(thief)
    assert not Session.objects.filter(session_key=copy).exists()


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one(client, worker):
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(OWN_PAGE, form).status_code == 302
    assert is_in(client)
    assert not is_in(elsewhere)


def test_an_hour_without_a_request_ends_the_session(client, worker, clock):
    sign_in(client)
    assert is_in(client)
    copy = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    clock.shift(timedelta(minutes=59))
    assert is_in(client)
    clock.shift(timedelta(minutes=60))
    response = client.get(OWN_PAGE)
    assert response["Location"] == "/account/aanmelden/?next=%2Faccount%2Fwachtwoord%2F&verlopen=1"
    assert "U was te lang weg" in client.get(response["Location"]).content.decode()
    assert not Session.objects.filter(session_key=copy).exists()


def test_ten_hours_is_the_end_however_busy(client, worker, clock):
    sign_in(client)
    for _ in range(19):
        assert is_in(client)
        clock.shift(timedelta(minutes=30))
    assert is_in(client)
    clock.shift(timedelta(minutes=30))
    assert not is_in(client)


def test_activity_is_written_once_a_minute(client, worker, clock):
    sign_in(client)
    is_in(client)
    written = client.session["gezien"]
    clock.shift(timedelta(seconds=59))
    is_in(client)
    assert client.session["gezien"] == written
    clock.shift(timedelta(seconds=2))
    is_in(client)
    assert client.session["gezien"] == written + 61


def test_a_form_sent_too_late_goes_back_to_its_page_not_to_its_post(client, worker, clock):
    sign_in(client)
    is_in(client)
    clock.shift(timedelta(hours=2))
    response = client.post(
        "/werkplek/", {"bestuur": "1"}, headers={"Referer": "http://testserver/clienten/5/?a=1"}
    )
    assert "next=%2Fclienten%2F5%2F%3Fa%3D1" in response["Location"]
    response = client.post("/werkplek/", headers={"Referer": "https://kwaad.example/"})
    assert "next" not in response["Location"]


def test_a_fragment_without_a_session_sends_the_whole_page_to_the_door(client, db):
    response = client.get(
        OWN_PAGE, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/clienten/"}
    )
    assert response.status_code == 200
    assert response.content == b""
    assert response["HX-Redirect"] == "/account/aanmelden/?next=%2Fclienten%2F"


def test_an_ended_aanstelling_takes_everything_away_at_the_next_request(
    client, worker, clock, page
):
    sign_in(client)
    assert client.get(page).status_code == 200
    Aanstelling.objects.filter(gebruiker=worker).update(tot=date(2026, 11, 21))
    assert client.get(page).status_code == 403
    assert is_in(client), "the own account stays: she may change her password and sign out"


def test_an_aanstelling_ends_at_midnight_in_brussels(client, bestuur, clock, page):
    make_gebruiker(bestuur, gebruikersnaam="avond", tot=date(2026, 11, 22))
    clock.move_to("2026-11-22 23:59+01:00")
    sign_in(client, "avond")
    assert client.get(page).status_code == 200
    clock.move_to("2026-11-23 00:00+01:00")
    assert client.get(page).status_code == 403


def test_an_aanstelling_that_has_not_begun_opens_nothing(client, bestuur, clock, page):
    make_gebruiker(bestuur, gebruikersnaam="straks", van=date(2026, 11, 23))
    sign_in(client, "straks")
    assert client.get(page).status_code == 403


def test_a_person_without_an_aanstelling_sees_nothing_but_can_leave(client, bestuur, page):
    make_gebruiker(gebruikersnaam="nergens")
    sign_in(client, "nergens")
    assert client.get(page).status_code == 403
    assert client.get("/account/afmelden/").status_code == 200


def test_cookies_tell_scripts_and_other_sites_nothing(client, worker):
    client.get(LOGIN)
    sign_in(client)
    client.get(OWN_PAGE)
    for name in (django_settings.SESSION_COOKIE_NAME, django_settings.CSRF_COOKIE_NAME):
        assert client.cookies[name]["httponly"] is True
        assert client.cookies[name]["samesite"] == "Lax"
        assert client.cookies[name]["domain"] == ""
    # A browser that is closed forgets the session.
    assert client.cookies[django_settings.SESSION_COOKIE_NAME]["max-age"] == ""


def test_sessions_of_the_past_are_swept(client, worker, clock):
    sign_in(client)
    clear_sessions()
    assert Session.objects.count() == 1
    clock.shift(timedelta(hours=11))
    assert Session.objects.filter(expire_date__lt=timezone.now()).count() == 1
    clear_sessions()
    assert not Session.objects.exists()
