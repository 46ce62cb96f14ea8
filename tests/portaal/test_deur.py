"""The door behind a link: who comes in, who does not, and what opening changes."""

import logging
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from clienten.models import Bericht
from kern.db.scope import scope
from portaal.commands import send_confirmation
from portaal.enums import GebruikSoort, LinkKanaal
from portaal.http import cookie_name
from portaal.models import Portaalgebruik, Portaallink, Portaalsessie
from portaal.rules.sleutels import prefix
from portaal.rules.termijnen import MEESTE_CODES_PER_DAG, MEESTE_POGINGEN
from tests.factories.clienten import make_client
from tests.factories.portaal import make_link
from toegang.models import Gebeurtenis, Inzage

pytestmark = pytest.mark.django_db

BORN = {"wie-dag": "5", "wie-maand": "5", "wie-jaar": "1980"}
WRONG = {"wie-dag": "6", "wie-maand": "5", "wie-jaar": "1980"}


def used(link) -> list[str]:
    rows = Portaalgebruik.objects.filter(link=link).order_by("pk")
    return list(rows.values_list("soort", flat=True))


def door(token: str) -> str:
    return reverse("portaal:link", args=[token])


def words(answer) -> str:
    """What the page says, without what differs between any two pages."""
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line and 'name="terug"' not in line)


@pytest.fixture
def olena(bestuur):
    return make_client(
        bestuur,
        familienaam="Kovalenko",
        geboortedatum=date(1980, 5, 5),
        telefoon="0470 12 34 56",
        email="olena@example.org",
    )


def test_a_link_and_a_birth_date_let_the_client_in(olena):
    link, token, _ = make_link(olena)
    browser = Browser()
    shown = browser.get(door(token))
    assert shown.status_code == 200
    for told in ("Olena", "Kovalenko", "Herent", "1980"):
        assert told not in shown.content.decode()
    entered = browser.post(door(token), BORN)
    assert (entered.status_code, entered["Location"]) == (303, "/mijn/")
    assert token not in entered["Location"]
    assert used(link) == [GebruikSoort.GEOPEND, GebruikSoort.BINNEN]
    link.refresh_from_db()
    assert link.laatst_gebruikt_at is not None
    assert Portaalsessie.objects.get().client == olena


def test_the_cookie_is_the_browsers_own_and_ends_with_it(olena, settings):
    _, token, _ = make_link(olena)
    cookie = Browser().post(door(token), BORN).cookies[cookie_name()]
    assert cookie["httponly"]
    assert (cookie["path"], cookie["samesite"], cookie["expires"]) == ("/mijn/", "Lax", "")
    assert (cookie["max-age"], cookie["secure"]) == ("", "")
    settings.SESSION_COOKIE_SECURE = True
    cookie = Browser().post(door(token), BORN).cookies["__Secure-mijn"]
    assert cookie["secure"]


def test_nothing_secret_is_kept_in_the_database(olena):
    link, token, code = make_link(olena)
    secret = Browser().post(door(token), BORN).cookies[cookie_name()].value
    kept = str(list(Portaallink.objects.values())) + str(list(Portaalsessie.objects.values()))
    kept += str(list(Gebeurtenis.objects.values()))
    for value in (token, token.split("-", 1)[1], code, code[3:], secret, secret.split("-", 1)[1]):
        assert value not in kept
    assert link.token_hash not in str(list(Gebeurtenis.objects.values()))


def test_a_scanner_that_opens_every_link_uses_nothing_up(olena):
    link, token, _ = make_link(olena)
    before = Portaallink.objects.values().get(pk=link.pk)
    for _ in range(40):
        assert Browser().get(door(token)).status_code == 200
        assert Browser().head(door(token)).status_code == 200
        assert Browser().options(door(token)).status_code == 405
    assert Portaallink.objects.values().get(pk=link.pk) == before
    assert used(link) == [GebruikSoort.GEOPEND]
    assert not Portaalsessie.objects.exists()
    assert Browser().post(door(token), BORN).status_code == 303


def test_a_head_request_writes_nothing_at_all(olena):
    link, token, _ = make_link(olena)
    Browser().head(door(token))
    assert used(link) == []


def test_wrong_birth_dates_are_counted_and_the_fifth_shuts_the_door(olena):
    link, token, _ = make_link(olena)
    for number in range(1, MEESTE_POGINGEN):
        answer = Browser().post(door(token), WRONG)
        assert answer.status_code == 200
        assert "Deze datum klopt niet" in answer.content.decode()
        link.refresh_from_db()
        assert (link.pogingen, link.geblokkeerd_at) == (number, None)
    answer = Browser().post(door(token), WRONG)
    assert answer.status_code == 403
    assert "Even geen toegang" in answer.content.decode()
    link.refresh_from_db()
    assert link.geblokkeerd_at is not None
    # Also the right one opens nothing now, in any browser.
    assert Browser().post(door(token), BORN).status_code == 403
    assert not Portaalsessie.objects.exists()
    assert used(link) == [GebruikSoort.FOUT] * MEESTE_POGINGEN + [GebruikSoort.GEBLOKKEERD]
    assert Inzage.objects.count() == 0


def test_a_right_answer_forgets_the_wrong_ones(olena):
    link, token, _ = make_link(olena)
    for _ in range(2):
        for _ in range(MEESTE_POGINGEN - 1):
            Browser().post(door(token), WRONG)
        assert Browser().post(door(token), BORN).status_code == 303
    link.refresh_from_db()
    assert link.geblokkeerd_at is None


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"wie-dag": "", "wie-maand": "", "wie-jaar": ""},
        {"wie-dag": "31", "wie-maand": "2", "wie-jaar": "1980"},
        {"wie-dag": "5", "wie-maand": "mei", "wie-jaar": "1980"},
        {"wie-dag": "5", "wie-maand": "5", "wie-jaar": "80"},
        {"wie-dag": "5", "wie-maand": "5", "wie-jaar": "999999"},
        {"wie-dag": "-5", "wie-maand": "5", "wie-jaar": "1980"},
        {"wie-dag": "5\x00", "wie-maand": "5", "wie-jaar": "1980"},
        {"wie-code": "123456"},
    ],
)
def test_what_is_no_day_is_no_attempt(olena, typed):
    link, token, _ = make_link(olena)
    answer = Browser().post(door(token), typed)
    assert answer.status_code == 200
    assert "Typ de dag, de maand en het jaar" in answer.content.decode()
    link.refresh_from_db()
    assert link.pogingen == 0


def test_who_is_blocked_reads_whom_to_call(olena, bestuur):
    bestuur.telefoon = "016 21 00 00"
    bestuur.save()
    _, token, _ = make_link(olena, geblokkeerd_at=timezone.now())
    assert "Bel OCMW Herent: 016 21 00 00." in Browser().get(door(token)).content.decode()


@pytest.mark.parametrize("state", ["withdrawn", "expired", "unknown", "other bestuur", "garbage"])
def test_a_dead_link_says_the_same_whatever_killed_it(olena, buur, state):
    now = timezone.now()
    fields = {
        "withdrawn": {"ingetrokken_at": now},
        "expired": {"gemaakt_at": now - timedelta(days=91), "vervalt_at": now},
    }
    link, token, _ = make_link(olena, **fields.get(state, {}))
    token = {
        "unknown": token[:-1] + ("a" if token[-1] != "a" else "b"),
        "other bestuur": prefix(buur.pk) + token[token.index("-") :],
        "garbage": "x" * 300,
    }.get(state, token)
    dead = make_link(olena, ingetrokken_at=now)[1]
    for method in ("get", "post"):
        answer = getattr(Browser(), method)(door(token), BORN if method == "post" else None)
        assert answer.status_code == 404
        assert "Deze link opent niet meer" in answer.content.decode()
        assert words(answer) == words(getattr(Browser(), method)(door(dead)))
    assert used(link) == []
    assert not Portaalsessie.objects.exists()


def test_a_token_of_one_bestuur_never_opens_in_anothers_scope(olena, buur):
    """The prefix chooses where is looked; a row elsewhere is not seen, whatever the hash."""
    link, token, _ = make_link(olena)
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert not Portaallink.objects.exists()
    moved = prefix(buur.pk) + token[token.index("-") :]
    assert Browser().post(door(moved), BORN).status_code == 404
    link.refresh_from_db()
    assert link.pogingen == 0


def test_a_secret_planted_before_is_worth_nothing_after(olena):
    """Session fixation: what stood in the browser before entering is never taken over."""
    _, token, _ = make_link(olena)
    planted = f"{prefix(olena.bestuur_id)}-{'A' * 32}"
    browser = Browser()
    browser.cookies[cookie_name()] = planted
    answer = browser.post(door(token), BORN)
    assert answer.cookies[cookie_name()].value != planted
    thief = Browser()
    thief.cookies[cookie_name()] = planted
    assert thief.get("/mijn/").status_code == 302


def test_another_client_on_the_same_phone_puts_the_first_out(olena, bestuur):
    maria = make_client(bestuur, voornaam="Maria", geboortedatum=date(1980, 5, 5))
    browser = Browser()
    for client in (olena, maria):
        assert browser.post(door(make_link(client)[1]), BORN).status_code == 303
    assert Portaalsessie.objects.open().get().client == maria


def test_guessing_from_one_address_meets_a_brake(olena):
    _, token, _ = make_link(olena)
    codes = [Browser().post(door(token), {}).status_code for _ in range(45)]
    assert codes[0] == 200
    assert codes[-1] == 429


def test_without_a_birth_date_a_code_goes_to_the_number_on_file(bestuur):
    client = make_client(
        bestuur, geboortedatum=None, telefoon="0470 12 34 56", email="o@example.org"
    )
    link, token, _ = make_link(client, kanaal=LinkKanaal.SMS)
    browser = Browser()
    assert "Stuur mij een code" in browser.get(door(token)).content.decode()
    assert not Bericht.objects.exists()
    for _ in range(3):
        answer = browser.post(door(token), {"wie-stuur": "1"})
        assert "Er is een code op weg naar u." in answer.content.decode()
    # Rather along another line than the link itself, and once however often it is asked.
    bericht = Bericht.objects.get()
    assert (bericht.kanaal, bericht.naar) == ("email", "o@example.org")
    code = bericht.open_text().split("Uw code is ")[1][:6]
    assert code not in str(list(Portaallink.objects.values()))
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    assert browser.post(door(token), {"wie-code": wrong}).status_code == 200
    assert browser.post(door(token), {"wie-code": code}).status_code == 303
    assert Browser().post(door(token), {"wie-code": code}).status_code == 200
    assert used(link)[-1] == GebruikSoort.FOUT


def test_an_old_code_opens_nothing(bestuur):
    client = make_client(bestuur, geboortedatum=None, email="o@example.org")
    _, token, _ = make_link(client)
    Browser().post(door(token), {"wie-stuur": "1"})
    code = Bericht.objects.get().open_text().split("Uw code is ")[1][:6]
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert Browser().post(door(token), {"wie-code": code}).status_code == 200
    assert not Portaalsessie.objects.exists()


def test_codes_are_not_sent_all_day(bestuur):
    client = make_client(bestuur, geboortedatum=None, email="o@example.org")
    link, _, _ = make_link(client)
    now = timezone.now()
    for number in range(MEESTE_CODES_PER_DAG + 3):
        assert send_confirmation(link=link, at=now + number * timedelta(minutes=3))
    assert Bericht.objects.count() == MEESTE_CODES_PER_DAG


def test_who_can_be_reached_nowhere_gets_no_code(bestuur):
    link, _, _ = make_link(make_client(bestuur, geboortedatum=None))
    assert not send_confirmation(link=link, at=timezone.now())
    assert not Bericht.objects.exists()


def test_every_answer_keeps_to_itself(olena):
    _, token, _ = make_link(olena)
    browser = Browser()
    answers = [
        browser.get(door(token)),
        browser.post(door(token), WRONG),
        browser.get("/mijn/code/"),
        browser.get("/mijn/weg/"),
        browser.get("/mijn/bestaat-niet/"),
        browser.post(door(token), BORN),
    ]
    for answer in answers:
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "script-src 'self'" in answer["Content-Security-Policy"]
    for answer in answers[:5]:
        html = answer.content.decode()
        assert "<script" not in html
        assert "Kovalenko" not in html


def test_the_token_is_in_no_log(olena, caplog):
    _, token, _ = make_link(olena)
    with caplog.at_level(logging.DEBUG):
        Browser().get(door(token))
        Browser().post(door(token), WRONG)
        Browser().get(door(token[:-1] + "x"))
    ours = [row.getMessage() for row in caplog.records if not row.name.startswith("django.db")]
    assert not [line for line in ours if "1980" in line]
