"""Somebody with the client's phone who tries to be her."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connections, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from portaal.commands.binnen import Factor, Uitslag, enter
from portaal.enums import GebruikSoort
from portaal.models import Portaalgebruik, Portaallink, Portaalsessie
from portaal.remmen import address_of
from portaal.rules.termijnen import MEESTE_FOUT_PER_DAG, MEESTE_POGINGEN, STIL
from portaal.views import kwijt
from tests.factories.clienten import make_client
from tests.factories.portaal import inside, make_link
from tests.factories.toegang import make_bestuur, make_gebruiker
from toegang.scope import in_bestuur

pytestmark = pytest.mark.django_db
PAGE = "/mijn/stap/nieuw/"
NOW = timezone.make_aware(timezone.datetime(2026, 11, 23, 10, 0))


@pytest.fixture
def olena(bestuur):
    return make_client(bestuur, geboortedatum=date(1980, 5, 5), email="o@example.org")


def in_utf_7(**fields: str) -> dict:
    """A form in an encoding in which half a character can be written."""
    parts = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    return {
        "data": (parts + "--x--\r\n").encode(),
        "content_type": "multipart/form-data; boundary=x; charset=utf-7",
    }


def test_a_wrong_answer_counts_whatever_was_sent_beside_it(olena):
    """A page that breaks undoes what was written: then nobody would count the guesses."""
    with time_machine.travel(NOW, tick=False):
        browser = inside(olena, at=NOW)
    browser.raise_request_exception = False
    guess = {"wie-hervat": "1", "wie-dag": "6", "wie-maand": "5", "wie-jaar": "1981"}
    with time_machine.travel(NOW + STIL + timedelta(minutes=1), tick=False):
        for _ in range(MEESTE_POGINGEN):
            half = browser.generic("POST", PAGE, **in_utf_7(**guess, tekst="+2AA-"))
            assert half.status_code == 400
            assert browser.post(PAGE, guess | {"tekst": "x"}).status_code == 403
    assert Portaallink.objects.get().geblokkeerd_at is not None


def guess_at(link, at) -> Uitslag:
    return enter(link=link, factor=Factor(geboortedatum=date(1981, 1, 1)), taal="", at=at).uitslag


def test_guesses_spread_over_her_links_and_her_own_visits_are_counted_together(olena, worker):
    links = [make_link(olena, gemaakt_door=worker, gemaakt_at=NOW)[0] for _ in range(4)]
    for link in links[:3]:
        for _ in range(3):
            assert guess_at(link, NOW + timedelta(hours=1)) is Uitslag.FOUT
        right = Factor(geboortedatum=olena.geboortedatum)
        enter(link=link, factor=right, taal="", at=NOW + timedelta(hours=2))
    assert guess_at(links[3], NOW + timedelta(hours=3)) is Uitslag.GEBLOKKEERD
    assert not Portaallink.objects.filter(geblokkeerd_at__isnull=True).exists()
    # A worker who opens the door again begins a new count, as does the next day.
    new, _, _ = make_link(olena, gemaakt_door=worker, gemaakt_at=NOW + timedelta(hours=4))
    assert guess_at(new, NOW + timedelta(hours=5)) is Uitslag.FOUT


def test_a_typing_error_now_and_then_shuts_nothing(olena, worker):
    link, _, _ = make_link(olena, gemaakt_door=worker, gemaakt_at=NOW)
    right = Factor(geboortedatum=olena.geboortedatum)
    for days in range(1, 8):
        at = NOW + timedelta(days=days)
        assert guess_at(link, at) is Uitslag.FOUT
        assert guess_at(link, at) is Uitslag.FOUT
        assert enter(link=link, factor=right, taal="", at=at).uitslag is Uitslag.BINNEN


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_once_are_counted_one_by_one():
    place = make_bestuur()
    with in_bestuur(place.pk):
        giver = make_gebruiker(place, gebruikersnaam="gever")
        client = make_client(place, geboortedatum=date(1980, 5, 5))
        tokens = [make_link(client, gemaakt_door=giver)[1] for _ in range(3)]

    def send(day: int) -> int:
        try:
            born = {"wie-dag": str(day), "wie-maand": "6", "wie-jaar": "1981"}
            address = reverse("portaal:link", args=[tokens[day % 3]])
            return Browser().post(address, born).status_code
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(1, 19)))
    assert answers.count(200) == MEESTE_FOUT_PER_DAG - 1, answers
    assert answers.count(403) == 18 - MEESTE_FOUT_PER_DAG + 1, answers
    with in_bestuur(place.pk):
        wrong = Portaalgebruik.objects.filter(soort=GebruikSoort.FOUT)
        assert wrong.count() == MEESTE_FOUT_PER_DAG


def test_another_spelling_of_a_number_begins_no_new_count_of_questions(
    bestuur, olena, worker, monkeypatch
):
    """Who holds her telephone would else find her birth date: the right one sends a link there."""
    asked = []
    monkeypatch.setattr(kwijt, "ask_lost_link", lambda *, vraag: asked.append(vraag.geboortedatum))
    spelled = [
        "0470 55 66 77",
        "+32 470556677",
        "0032.470.55.66.77",
        "0470/55-66-77",
        "047055667 7",
    ]
    for day, bereik in enumerate(spelled, start=1):
        born = {"wie-dag": str(day), "wie-maand": "5", "wie-jaar": "1980"}
        typed = {"wie-bestuur": str(bestuur.pk), "wie-bereik": bereik, **born}
        assert Browser().post("/mijn/kwijt/", typed).status_code == 302
    assert asked == ["1980-05-01", "1980-05-02", "1980-05-03"]


def test_a_visitor_with_a_network_of_addresses_is_one_visitor(rf):
    def come(address: str) -> str:
        return address_of(rf.get("/mijn/code/", REMOTE_ADDR=address))

    assert come("2a02:1811:1:2::9") == come("2a02:1811:1:2:ffff::1") == "2a02:1811:1:2::/64"
    assert come("2a02:1811:1:3::9") != come("2a02:1811:1:2::9")
    assert (come("198.51.100.7"), come("198.51.100.8")) == ("198.51.100.7", "198.51.100.8")


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (Portaallink, "client_id", 0),
        (Portaallink, "token_hash", "x"),
        (Portaallink, "vervalt_at", NOW + timedelta(days=9000)),
        (Portaalsessie, "client_id", 0),
        (Portaalsessie, "link_id", 0),
        (Portaalsessie, "geheim_hash", "x"),
    ],
)
def test_a_link_and_a_stay_never_become_somebody_elses(olena, model, column, value):
    inside(olena)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        model.objects.update(**{column: value})
