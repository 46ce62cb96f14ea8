"""The code of a letter, and the link that was lost: neither tells whether a person is known."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clienten.models import Bericht
from portaal.enums import GebruikSoort
from portaal.kwijt import Vraag, answer
from portaal.models import Portaalgebruik, Portaallink, Portaalsessie
from portaal.rules.sleutels import prefix
from portaal.rules.termijnen import PAUZE, ZELF_PER_DAG
from tests.factories.clienten import make_client
from tests.factories.portaal import make_link

pytestmark = pytest.mark.django_db
CODE, KWIJT = "/mijn/code/", "/mijn/kwijt/"
BORN = {"wie-dag": "5", "wie-maand": "5", "wie-jaar": "1980"}


@pytest.fixture
def olena(bestuur):
    return make_client(
        bestuur,
        geboortedatum=date(1980, 5, 5),
        telefoon="0470 12 34 56",
        email="Olena@Example.org",
    )


def words(reply) -> str:
    lines = reply.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line and 'name="wie-' not in line)


def try_code(code: str, **born: str):
    return Browser().post(CODE, {"wie-brief": code, **BORN, **born})


@pytest.mark.parametrize("spelling", ["{}", " {} ", "lower", "blanks", "bare"])
def test_a_code_is_read_as_people_type_it(olena, spelling):
    _, _, code = make_link(olena)
    typed = {
        "lower": code.lower(),
        "blanks": code.replace("-", " "),
        "bare": code.replace("-", ""),
    }.get(spelling, spelling.format(code))
    reply = try_code(typed)
    assert (reply.status_code, reply["Location"]) == (303, "/mijn/")


def test_a_code_that_does_not_exist_is_answered_like_a_wrong_one(olena, buur):
    link, _, code = make_link(olena)
    other = code[:-1] + ("A" if code[-1] != "A" else "B")
    replies = [
        try_code(code, **{"wie-dag": "6"}),
        try_code(other),
        try_code(prefix(buur.pk) + code[2:]),
        try_code("geen code"),
    ]
    assert {reply.status_code for reply in replies} == {200}
    assert len({words(reply) for reply in replies}) == 1
    assert "passen niet bij elkaar" in replies[0].content.decode()
    link.refresh_from_db()
    assert link.pogingen == 1


def test_after_five_tries_a_code_is_shut_whether_it_exists_or_not(olena):
    link, _, code = make_link(olena)
    other = code[:-1] + ("A" if code[-1] != "A" else "B")
    last = {}
    for typed in (code, other):
        for _ in range(6):
            last[typed] = try_code(typed, **{"wie-dag": "6"})
    assert last[code].status_code == last[other].status_code == 403
    assert words(last[code]) == words(last[other])
    link.refresh_from_db()
    assert link.geblokkeerd_at is not None


@pytest.mark.parametrize("fields", [{"ingetrokken_at": True}, {"vervalt_at": True}])
def test_a_code_stops_with_its_link(olena, fields):
    now = timezone.now()
    values = dict.fromkeys(fields, now)
    _, _, code = make_link(olena, gemaakt_at=now - timedelta(days=2), **values)
    assert try_code(code).status_code == 200
    assert not Portaalsessie.objects.exists()


def test_trying_codes_from_one_address_meets_a_brake(olena):
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    statuses = [try_code(f"22-ABCD-EFG{letter}").status_code for letter in alphabet]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    assert "Retry" not in Browser().get(CODE).content.decode()


def ask(bestuur, bereik="0470 12 34 56", **born):
    return Browser().post(KWIJT, {"wie-bestuur": bestuur.pk, "wie-bereik": bereik, **BORN, **born})


def ask_and_wait(capture, *args, **kwargs):
    with capture(execute=True):
        return ask(*args, **kwargs)


def test_whoever_asks_gets_the_same_answer_for_the_same_work(olena, bestuur, buur):
    make_link(olena, gemaakt_at=timezone.now() - timedelta(days=1))
    asked = [
        (bestuur, "0470 12 34 56", {}),
        (bestuur, "0470 99 99 99", {}),
        (bestuur, "olena@example.org", {}),
        (bestuur, "niemand@example.org", {}),
        (bestuur, "0470 12 34 56", {"wie-dag": "6"}),
        (buur, "0470 12 34 56", {}),
    ]
    seen = set()
    for where, bereik, born in asked:
        with CaptureQueriesContext(connection) as queries:
            reply = ask(where, bereik, **born)
        shape = [query["sql"].split(" WHERE ")[0] for query in queries if "set_config" not in query]
        seen.add((reply.status_code, reply["Location"], reply.content, len(shape)))
    assert len(seen) == 1
    assert reply["Location"] == reverse("portaal:gevraagd")
    # Nothing is looked up in the request itself.
    assert not Bericht.objects.exists()


@pytest.mark.parametrize(
    ("bereik", "kanaal", "naar"),
    [
        ("+32470123456", "sms", "+32470123456"),
        ("OLENA@example.ORG", "email", "Olena@Example.org"),
    ],
)
def test_a_new_link_goes_to_what_is_on_file(
    olena, bestuur, bereik, kanaal, naar, django_capture_on_commit_callbacks
):
    make_link(olena, gemaakt_at=timezone.now() - timedelta(days=100))
    ask_and_wait(django_capture_on_commit_callbacks, bestuur, bereik)
    bericht = Bericht.objects.get()
    assert (bericht.kanaal, bericht.naar) == (kanaal, naar)
    link = Portaallink.objects.order_by("-pk").first()
    assert (link.gemaakt_door, link.bericht) == (None, bericht)
    assert Portaalgebruik.objects.get().soort == GebruikSoort.LINK_GEVRAAGD


@pytest.mark.parametrize("case", ["never", "withdrawn", "blocked", "just now", "no day", "twins"])
def test_who_may_not_help_herself_gets_nothing(
    olena, bestuur, case, django_capture_on_commit_callbacks
):
    now = timezone.now()
    before = now - timedelta(days=1)
    fields = {
        "withdrawn": {"gemaakt_at": before, "ingetrokken_at": now},
        "blocked": {"gemaakt_at": before, "geblokkeerd_at": now},
        "just now": {"gemaakt_at": now - PAUZE + timedelta(seconds=5)},
    }
    if case != "never":
        make_link(olena, **fields.get(case, {"gemaakt_at": before}))
    if case == "twins":
        make_client(bestuur, geboortedatum=date(1980, 5, 5), telefoon="0470 12 34 56")
    born = {"wie-dag": "6"} if case == "no day" else {}
    links = Portaallink.objects.count()
    reply = ask_and_wait(django_capture_on_commit_callbacks, bestuur, **born)
    assert reply["Location"] == reverse("portaal:gevraagd")
    assert Portaallink.objects.count() == links
    assert not Bericht.objects.exists()


def test_three_times_a_day_is_the_most(olena, bestuur):
    now = timezone.now()
    make_link(olena, gemaakt_at=now - timedelta(days=2))
    vraag = Vraag(bestuur.pk, "0470123456", "1980-05-05")
    sent = [answer(vraag, at=now + number * PAUZE * 2) for number in range(ZELF_PER_DAG + 1)]
    assert sent == [True] * ZELF_PER_DAG + [False]


def test_fishing_from_one_address_meets_a_brake(bestuur):
    statuses = [ask(bestuur, f"0470 12 34 {n}").status_code for n in range(10, 22)]
    assert statuses[0] == 302
    assert statuses[-1] == 429


def test_what_was_typed_travels_sealed(olena, bestuur):
    sealed = Vraag(bestuur.pk, "0470 12 34 56", "1980-05-05").sealed()
    assert "1980" not in bytes.fromhex(sealed).decode("latin-1")
    assert Vraag.opened(sealed).bereik == "0470 12 34 56"


@pytest.mark.parametrize("bereik", ["", "olena", "016 12 34 56", "0470"])
def test_what_reaches_nobody_is_asked_again(bestuur, bereik):
    reply = ask(bestuur, bereik)
    assert reply.status_code == 200
    assert "Typ uw gsm-nummer of uw e-mailadres." in reply.content.decode()


def test_a_brake_lets_go_after_a_while(olena):
    _, _, code = make_link(olena)
    for _ in range(25):
        try_code("22-ABCD-EFGH")
    assert try_code(code).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert try_code(code).status_code == 303
