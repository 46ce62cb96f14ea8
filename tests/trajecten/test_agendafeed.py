"""The secret address of a calendar: what leaves the house, and what no guess opens."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from icalendar import Calendar

from kern.belgian_dates import BRUSSELS
from kern.db.scope import scope
from tests.factories.toegang import make_gebruiker
from tests.trajecten.conftest import NU
from toegang.models import Aanstelling, Gebeurtenis
from trajecten.commands.afspraken import AfspraakGegevens, change_afspraak, plan_afspraak
from trajecten.commands.agendafeed import hash_of, make_agendafeed, withdraw_agendafeed
from trajecten.commands.uitkomsten import cancel_afspraak
from trajecten.enums import AfspraakOorzaak, AfspraakSoort
from trajecten.models import Agendafeed

pytestmark = pytest.mark.django_db
# The last night of March 2027 in which the clock goes an hour forward.
NACHT = datetime(2027, 3, 28, 1, 30, tzinfo=BRUSSELS)


@pytest.fixture(autouse=True)
def _now():
    cache.clear()
    with time_machine.travel(NU, tick=False):
        yield
    cache.clear()


@pytest.fixture
def token(worker) -> str:
    return make_agendafeed(by=worker, at=NU)


@pytest.fixture
def afspraak(twe, worker):
    return plan_afspraak(
        client=twe.client,
        gegevens=gegevens(worker),
        by=worker,
        at=NU,
        laat_weten=False,
    )


def gegevens(worker, **changed) -> AfspraakGegevens:
    facts = {
        "soort": AfspraakSoort.EVALUATIE,
        "begint_at": NACHT,
        "duur": 60,
        "medewerker": worker,
        "plaats": "Dorpsstraat 1; lokaal, 2",
        "onderwerp": "Uw schulden",
        "notitie": "Komt met haar zus",
    }
    return AfspraakGegevens(**facts | changed)


def read(token: str, **headers):
    """Ask as a calendar does: no session, no cookie."""
    return Browser().get(reverse("trajecten:feed", args=[token]), headers=headers)


def events(token: str) -> list:
    return list(Calendar.from_ical(read(token).content).walk("VEVENT"))


def test_a_calendar_gets_initials_kind_place_and_time_only(token, afspraak):
    answer = read(token)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    (event,) = events(token)
    assert str(event["summary"]) == "Evaluatie O.K."
    assert str(event["location"]) == "Dorpsstraat 1; lokaal, 2"
    # An hour that jumps over the change of clocks is still an hour.
    assert event.start.astimezone(BRUSSELS) == NACHT
    assert (event.end - event.start) == timedelta(hours=1)
    text = answer.content.decode()
    client = afspraak.client
    for secret in (
        *("Kovalenko", "Olena", "schulden", "zus"),
        *(client.dossiernummer, client.telefoon or "0470"),
    ):
        assert secret not in text


def test_what_moved_or_was_called_off_says_so(token, afspraak, worker):
    moved = change_afspraak(
        afspraak=afspraak,
        gegevens=gegevens(worker, begint_at=datetime(2026, 12, 1, 9, tzinfo=BRUSSELS)),
        volgnummer=0,
        by=worker,
        at=NU,
    )
    (event,) = events(token)
    assert (event["sequence"], str(event["status"])) == (1, "CONFIRMED")
    assert event.start.astimezone(BRUSSELS).hour == 9
    cancel_afspraak(afspraak=moved, oorzaak=AfspraakOorzaak.DOOR_CLIENT, by=worker, at=NU)
    (event,) = events(token)
    assert (event["sequence"], str(event["status"])) == (2, "CANCELLED")


def test_an_unchanged_calendar_is_not_sent_again(token, afspraak, worker):
    tag = read(token)["ETag"]
    assert read(token, if_none_match=tag).status_code == 304
    cancel_afspraak(afspraak=afspraak, oorzaak=AfspraakOorzaak.DOOR_CLIENT, by=worker, at=NU)
    assert read(token, if_none_match=tag).status_code == 200


def test_another_workers_appointments_stay_out(twe, bestuur, token, worker):
    other = make_gebruiker(bestuur, gebruikersnaam="mw2")
    plan_afspraak(client=twe.client, gegevens=gegevens(other), by=worker, at=NU, laat_weten=False)
    assert events(token) == []


def test_only_the_hash_is_kept_and_the_trail_does_not_tell_it(token):
    feed = Agendafeed.objects.get()
    assert token.partition("-")[2] not in feed.hash
    assert feed.hash == hash_of(feed.bestuur_id, token.partition("-")[2])
    event = Gebeurtenis.objects.get(tabel="trajecten_agendafeed")
    assert feed.hash not in str(event.nieuw)
    assert event.handeling == "maakte een adres voor haar agenda"


def guesses(token: str, bestuur, buur) -> dict[str, str]:
    place, _, secret = token.partition("-")
    return {
        "of another bestuur": f"{buur.pk}-{secret}",
        "one letter off": f"{place}-{secret[:-1]}{'A' if secret[-1] != 'A' else 'B'}",
        "too short": f"{place}-{secret[:-1]}",
        "without a place": secret,
        "no bestuur at all": f"999999999-{secret}",
        "a place of zero": f"0-{secret}",
        "a place with zeros before it": f"0{place}-{secret}",
        "words": f"{place}-' OR 1=1 --",
        "the hash itself": f"{place}-{hash_of(bestuur.pk, secret)[:43]}",
    }


def test_every_wrong_address_is_the_same_nothing(token, bestuur, buur):
    bodies = set()
    for guess in guesses(token, bestuur, buur).values():
        answer = read(guess)
        assert answer.status_code == 404, guess
        bodies.add((answer.content, tuple(sorted(set(answer.headers) - {"X-Request-Id"}))))
    # Only the number of the incident differs, as on every page.
    assert len({headers for _, headers in bodies}) == 1


def test_a_closed_address_opens_nothing(token, worker):
    assert read(token).status_code == 200
    withdraw_agendafeed(by=worker, at=NU)
    assert read(token).status_code == 404


def test_a_new_address_closes_the_old(token, worker):
    fresh = make_agendafeed(by=worker, at=NU)
    assert (read(token).status_code, read(fresh).status_code) == (404, 200)
    assert Agendafeed.objects.in_use().count() == 1


def test_who_left_or_is_closed_out_takes_no_calendar_along(token, worker):
    Aanstelling.objects.filter(gebruiker=worker).update(tot=date(2026, 11, 21))
    assert read(token).status_code == 404
    Aanstelling.objects.filter(gebruiker=worker).update(tot=None)
    assert read(token).status_code == 200
    worker.is_active = False
    worker.save()
    assert read(token).status_code == 404


def test_a_session_elsewhere_changes_nothing(token, signed_in, stranger, afspraak):
    """The token says where; the scope of who happens to be signed in does not count."""
    url = reverse("trajecten:feed", args=[token])
    assert b"O.K." in signed_in(stranger).get(url).content


def test_guessing_is_slowed(token):
    for _ in range(30):
        read("1-" + "A" * 43)
    assert read(token).status_code == 429


def test_the_page_shows_the_address_once(signed_in, worker):
    browser = signed_in(worker)
    page = browser.post(reverse("trajecten:make_agendafeed")).content.decode()
    assert "/agenda/feed/" in page
    again = browser.get(reverse("trajecten:agenda_adres")).content.decode()
    assert "/agenda/feed/" not in again
    assert "Er is een adres in gebruik" in again
    browser.post(reverse("trajecten:withdraw_agendafeed"))
    assert not Agendafeed.objects.in_use().exists()


def test_the_neighbours_row_is_out_of_sight(token, buur):
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert not Agendafeed.objects.exists()
