"""Search from the top of every screen, and what it suggests while typing."""

from datetime import date

import pytest
import time_machine

from clienten.models import Machtiging
from tests.factories.clienten import make_client, make_insz
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol

pytestmark = pytest.mark.django_db
URLS = ("/zoek/", "/zoek/suggesties/")


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=False):
        yield


@pytest.fixture
def zoe(bestuur):
    born = date(1992, 2, 14)
    return make_client(
        bestuur,
        familienaam="Çelik",
        voornaam="Zoë",
        geboortedatum=born,
        dossiernummer="2026-0142",
        insz=make_insz(born),
    )


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize(
    "typed", ["celik", "zoe celik", "Zoé", "cellik", "14/2/92", "14 februari 1992", "2026-01"]
)
def test_a_person_is_found_as_she_is_typed(zoe, worker, signed_in, url, typed):
    html = signed_in(worker).get(url, {"q": typed}).content.decode()
    assert "Çelik Zoë" in html
    assert f'href="/clienten/{zoe.pk}/"' in html


@pytest.mark.parametrize("url", URLS)
def test_the_whole_number_finds_and_a_part_does_not(zoe, worker, signed_in, url):
    number = make_insz(date(1992, 2, 14))
    browser = signed_in(worker)
    for typed in (number, f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"):
        assert "Çelik" in browser.get(url, {"q": typed}).content.decode()
    for typed in (number[:9], number[2:], "0" * 11):
        assert "Çelik" not in browser.get(url, {"q": typed}).content.decode()


def test_an_exact_file_number_opens_the_file(zoe, worker, signed_in):
    answer = signed_in(worker).get("/zoek/", {"q": "2026-0142"})
    assert answer.headers["Location"] == f"/clienten/{zoe.pk}/"


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize(
    "typed", ["celik", "14/02/1992", "2026-0142", make_insz(date(1992, 2, 14))]
)
def test_a_restricted_file_and_another_bestuur_stay_unknown(
    zoe, bestuur, worker, lead, stranger, signed_in, url, typed
):
    assert "Çelik" not in signed_in(stranger).get(url, {"q": typed}).content.decode()
    type(zoe).objects.update(afgeschermd=True)
    for user in (worker, lead):
        assert "Çelik" not in signed_in(user).get(url, {"q": typed}).content.decode()
    Machtiging.objects.create(bestuur=bestuur, client=zoe, gebruiker=worker)
    answer = signed_in(worker).get(url, {"q": typed}, follow=True)
    assert b"reden" in answer.request["PATH_INFO"].encode() or "Çelik" in answer.content.decode()


def test_reception_is_led_to_the_card(zoe, bestuur, signed_in):
    browser = signed_in(make_gebruiker(bestuur, Rol.ONTHAAL))
    html = browser.get("/zoek/", {"q": "celik"}).content.decode()
    assert f'href="/clienten/{zoe.pk}/balie/"' in html


def test_who_has_no_clients_has_no_search(zoe, bestuur, signed_in):
    browser = signed_in(make_gebruiker(bestuur, Rol.BEHEERDER))
    for url in URLS:
        assert browser.get(url, {"q": "celik"}).status_code == 403
    assert "data-search" not in browser.get("/", follow=True).content.decode()


@pytest.mark.parametrize(
    "typed", ["", " ", "x", "%", "\x00", "<script>alert(1)</script>", "ü" * 500]
)
def test_odd_text_is_harmless(zoe, worker, signed_in, typed):
    for url in URLS:
        answer = signed_in(worker).get(url, {"q": typed})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
        assert "Çelik" not in answer.content.decode()


def test_suggestions_are_few(bestuur, worker, signed_in):
    for number in range(20):
        make_client(bestuur, familienaam=f"Peeters {number:02d}")
    html = signed_in(worker).get("/zoek/suggesties/", {"q": "peeters"}).content.decode()
    assert html.count("<li>") == 6
    assert "20 cliënten" in signed_in(worker).get("/zoek/", {"q": "peeters"}).content.decode()
