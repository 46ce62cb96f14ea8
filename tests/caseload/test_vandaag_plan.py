"""Who waits in the plan, on the day, in the lists behind its numbers, and on the file."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from caseload.dagmail import send_all
from kern.belgian_dates import BRUSSELS
from tests.factories.clienten import make_client, make_toewijzing
from trajecten.commands.plan import PlanStapGegevens, agree_plan, propose_stap, react
from trajecten.commands.wie import Wie
from trajecten.enums import ReactieSoort, Uitvoerder
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
AT = datetime(2026, 11, 18, 10, 0, tzinfo=BRUSSELS)


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=False):
        yield


def follow(bestuur, worker, naam, **fields):
    client = make_client(bestuur, familienaam=naam, voornaam="Olena", geslacht="v", **fields)
    make_toewijzing(client, worker)
    return client


def proposed(client, wie):
    gegevens = PlanStapGegevens(
        tekst="Stage lopen", uitvoerders=[Uitvoerder.CLIENT], tegen=TODAY + timedelta(days=20)
    )
    return propose_stap(client=client, gegevens=gegevens, wie=wie, at=AT)


@pytest.fixture
def wens(bestuur, worker):
    """A step for which she asked another day, in her own words."""
    stap = proposed(follow(bestuur, worker, "Kovalenko"), Wie.ocmw(worker))
    react(
        item=stap,
        soort=ReactieSoort.ANDER_TEMPO,
        wie=Wie.client(),
        at=AT,
        revisie=1,
        tekst="liever na de examens",
        dag=TODAY + timedelta(days=60),
    )
    return stap


def counters(html: str) -> dict[str, tuple[int, str]]:
    found = re.findall(r'<a class="counter[^"]*" href="([^"]+)"><b>(\d+)</b> ([^<]+)</a>', html)
    return {label: (int(number), url.replace("&amp;", "&")) for url, number, label in found}


@pytest.mark.parametrize("who", ["worker", "lead"])
def test_the_numbers_open_who_waits_for_whom(bestuur, worker, lead, signed_in, wens, who, request):
    silent = follow(bestuur, worker, "Stil")
    proposed(silent, Wie.ocmw(worker))
    whole = follow(bestuur, worker, "Geheel")
    react(
        item=proposed(whole, Wie.ocmw(worker)),
        soort=ReactieSoort.AKKOORD,
        wie=Wie.client(),
        at=AT,
        revisie=1,
    )
    agree_plan(client=whole, wie=Wie.client(), at=AT, gezien=read_plan(whole).hash)
    browser = signed_in(request.getfixturevalue(who))
    found = counters(browser.get("/").content.decode())
    for label, names in {
        "cliënt wacht": {"Kovalenko", "Geheel"},
        "wacht op cliënt": {"Stil"},
    }.items():
        number, url = found[label]
        page = browser.get(url).content.decode()
        shown = {naam for naam in ("Kovalenko", "Geheel", "Stil") if f"{naam} Olena" in page}
        assert (number, shown) == (len(names), names), label


def test_the_line_quotes_her_and_leads_to_the_step(worker, signed_in, wens):
    html = signed_in(worker).get("/").content.decode()
    assert "zegt in haar plan: “liever na de examens”, wacht 4 dagen op antwoord." in html
    plan = reverse("trajecten:plan", args=[wens.client_id])
    assert f'href="{plan}#stap-{wens.pk}"' in html


def test_the_file_quotes_her_too(worker, signed_in, wens):
    url = reverse("caseload:dossier", args=[wens.client_id])
    assert (
        "zegt in haar plan: “liever na de examens”" in signed_in(worker).get(url).content.decode()
    )


def test_the_mail_says_that_she_waits_and_not_what_she_said(worker, wens):
    worker.email = "mw1@example.org"
    worker.save()
    send_all(on=date(2026, 11, 23), at=datetime(2026, 11, 23, 7, 0, tzinfo=BRUSSELS))
    bodies = " ".join(message.body for message in mail.outbox)
    assert "examens" not in bodies
    assert "op een antwoord in het plan" in bodies


def test_her_words_are_only_text(bestuur, worker, signed_in):
    client = follow(bestuur, worker, "Kovalenko")
    gegevens = PlanStapGegevens(
        tekst="<script>alert(1)</script>",
        uitvoerders=[Uitvoerder.CLIENT],
        tegen=TODAY + timedelta(days=20),
    )
    propose_stap(client=client, gegevens=gegevens, wie=Wie.client(), at=AT)
    html = signed_in(worker).get("/").content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
