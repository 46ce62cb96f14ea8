"""Vandaag: the groups, the numbers and the lists behind them, and who sees what."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseload.enums import Groep
from caseload.queries import dag
from clienten.models import Client, Machtiging
from kern.db.scope import scope
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_stap, make_traject
from toegang.enums import Rol
from trajecten.enums import SignaalCode
from trajecten.models import Signaal
from trajecten.signalen import refresh_signalen
from trajecten.signalen.teksten import TEKSTEN, moment_van

pytestmark = [
    pytest.mark.django_db,
]
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=False):
        yield


def near_limit(bestuur, worker, days, naam="Benali", **fields):
    client = make_client(bestuur, familienaam=naam, voornaam="Amina", **fields)
    if worker:
        make_toewijzing(client, worker)
    traject = make_traject(client, uiterste_dag=TODAY + timedelta(days=days))
    return client, traject


def counted(browser):
    """Return each counter of the day with the page it opens."""
    html = browser.get("/").content.decode()
    found = re.findall(r'<a class="counter[^"]*" href="([^"]+)"><b>(\d+)</b> ([^<]+)</a>', html)
    return [(label, int(number), url.replace("&amp;", "&")) for url, number, label in found]


def size_of(browser, url):
    html = browser.get(url).content.decode()
    if urlsplit(url).path == "/":
        return len(re.findall(r'<li class="signal ', html))
    return int(re.search(r'class="count" role="status">(\d+) ', html).group(1))


def test_signals_stand_in_their_group_with_reason_and_act(bestuur, worker, signed_in):
    near_limit(bestuur, worker, -3, "Laat")
    near_limit(bestuur, worker, 5, "Week")
    _, later = near_limit(bestuur, worker, 60, "Later")
    refresh_signalen(bestuur.pk, on=TODAY)
    html = signed_in(worker).get("/").content.decode()
    assert html.index("deel-nu") < html.index("Laat Amina") < html.index("deel-deze-week")
    assert html.index("deel-deze-week") < html.index("Week Amina") < html.index("deel-binnenkort")
    assert html.index("deel-binnenkort") < html.index("Later Amina")
    assert "geen vervolgstap afgesproken" in html
    assert f"/trajecten/{later.pk}/" in html
    make_stap(later, tegen=TODAY + timedelta(days=10))
    refresh_signalen(bestuur.pk, on=TODAY)
    assert "Later Amina" not in signed_in(worker).get("/").content.decode()


@pytest.mark.parametrize("days", [None, -1, 0, 1, 7, 8, 100])
def test_the_screen_and_the_mail_agree_on_the_heading(bestuur, worker, days):
    client, _ = near_limit(bestuur, worker, 400)
    due = None if days is None else TODAY + timedelta(days=days)
    Signaal.objects.create(
        bestuur=bestuur, client=client, code="geen_traject", vervaldag=due, sinds=TODAY, fase=1
    )
    shown = dag.signals_of(worker, on=TODAY).get().groep
    assert shown.replace("-", "_") == moment_van(due, on=TODAY)


@pytest.mark.parametrize("who", ["worker", "lead"])
def test_each_counter_opens_exactly_the_list_it_counts(
    bestuur, worker, lead, signed_in, who, request
):
    for number, days in enumerate((-40, -3, 0, 3, 6, 20, 85)):
        near_limit(bestuur, worker if number % 3 else None, days, f"Naam{number}")
    near_limit(bestuur, lead, 2, "Eigen")
    make_toewijzing(make_client(bestuur), worker, van=date(2025, 1, 1))
    near_limit(bestuur, None, -3, "Verborgen", afgeschermd=True)
    refresh_signalen(bestuur.pk, on=TODAY)
    browser = signed_in(request.getfixturevalue(who))
    found = counted(browser)
    assert [label for label, _, _ in found][:3] == ["nu", "deze week", "binnenkort"]
    assert sum(number for _, number, _ in found) >= 4
    for label, number, url in found:
        assert size_of(browser, url) == number, label


def test_each_month_opens_exactly_its_limits(bestuur, worker, lead, signed_in):
    for days in (0, 3, 20, 40, 400, 700):
        _, traject = near_limit(bestuur, worker, days, f"Naam{days}")
        if days == 40:
            make_stap(traject)
    near_limit(bestuur, None, 40, "Niemands")
    near_limit(bestuur, None, 40, "Verborgen", afgeschermd=True)
    for user in (worker, lead):
        browser = signed_in(user)
        html = browser.get("/").content.decode()
        body = html[html.index("Toon als tabel") :]
        rows = re.findall(
            r'<th scope="row"><a href="([^"]+)">[^<]+</a></th>\s*(?:<td[^>]*>\d+</td>\s*)*'
            r'<td class="number">(\d+)</td>\s*</tr>',
            body,
        )
        assert len(rows) == 24
        assert sum(int(number) for _, number in rows) == (6 if user == worker else 7)
        for url, number in rows:
            if number != "0":
                assert size_of(browser, url.replace("&amp;", "&")) == int(number)


def test_a_worker_sees_her_own_clients_only(bestuur, worker, signed_in):
    near_limit(bestuur, worker, 3, "Eigen")
    near_limit(bestuur, make_gebruiker(bestuur), 3, "Collega")
    refresh_signalen(bestuur.pk, on=TODAY)
    html = signed_in(worker).get("/").content.decode()
    assert "Eigen Amina" in html
    assert "Collega" not in html


def test_a_lead_sees_who_is_unassigned_and_what_each_worker_carries(
    bestuur, worker, lead, signed_in
):
    near_limit(bestuur, worker, 3, "Luid")
    near_limit(bestuur, worker, 170, "Stil")
    near_limit(bestuur, None, 500, "Niemands")
    refresh_signalen(bestuur.pk, on=TODAY)
    html = signed_in(lead).get("/").content.decode()
    assert "Luid Amina" in html
    assert "Stil Amina" not in html
    assert "Niemand is spilfiguur" in html
    load = dag.team_load(lead, on=TODAY)
    assert [(row.naam, row.clienten, row.trajecten) for row in load] == [(worker.naam, 2, 2)]
    browser = signed_in(lead)
    assert size_of(browser, f"/clienten/?wie={worker.pk}") == 2
    assert size_of(browser, f"/trajecten/?wie={worker.pk}") == 2
    assert "Wie volgt hoeveel" not in signed_in(worker).get("/").content.decode()


def test_a_restricted_file_is_nowhere_on_the_day(bestuur, worker, lead, signed_in):
    hidden, _ = near_limit(bestuur, None, -3, "Geheim", afgeschermd=True)
    refresh_signalen(bestuur.pk, on=TODAY)
    html = signed_in(lead).get("/").content.decode()
    assert "Geheim" not in html
    assert all(number == 0 for _, number, _ in counted(signed_in(lead)))
    Machtiging.objects.create(bestuur=bestuur, client=hidden, gebruiker=lead)
    assert "Geheim" in signed_in(lead).get("/").content.decode()


def test_a_stranger_sees_nothing(bestuur, worker, buur, stranger, signed_in):
    near_limit(bestuur, worker, -3, "Hier")
    refresh_signalen(bestuur.pk, on=TODAY)
    html = signed_in(stranger).get("/").content.decode()
    assert "Hier Amina" not in html
    assert "Niemand wacht vandaag op u" in html


@pytest.mark.parametrize(
    ("rol", "start"),
    [
        (Rol.ONTHAAL, "/clienten/"),
        (Rol.BEHEERDER, "/beheer/"),
        (Rol.TOEZICHTHOUDER, "/toezicht/"),
    ],
)
def test_who_has_no_day_starts_where_her_work_is(bestuur, signed_in, rol, start):
    answer = signed_in(make_gebruiker(bestuur, rol)).get("/")
    assert (answer.status_code, answer.headers.get("Location")) == (302, start)


def test_who_works_nowhere_is_told_whom_to_ask(bestuur, signed_in):
    ended = make_gebruiker(bestuur, tot=date(2026, 11, 21))
    answer = signed_in(ended).get("/")
    assert answer.status_code == 200
    assert "Vraag de beheerder" in answer.content.decode()
    assert signed_in(ended).get("/clienten/").status_code == 403


def test_markup_in_a_name_is_only_text(bestuur, worker, signed_in):
    near_limit(bestuur, worker, -3, "<script>alert(1)</script>")
    refresh_signalen(bestuur.pk, on=TODAY)
    html = signed_in(worker).get("/").content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("who", ["worker", "lead"])
def test_the_day_costs_the_same_for_one_and_for_many(
    bestuur, worker, lead, signed_in, who, request
):
    user = request.getfixturevalue(who)
    browser = signed_in(user)
    browser.get("/")

    def queries(number):
        for _ in range(number):
            near_limit(bestuur, worker, -3)
            near_limit(bestuur, lead, 20)
        refresh_signalen(bestuur.pk, on=TODAY)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/")
        return [q["sql"] for q in captured if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]

    one, five, fifty = queries(1), queries(4), queries(45)
    assert len(one) == len(five) == len(fifty) <= 12


def test_one_group_pages_through_all(bestuur, worker, signed_in):
    for number in range(55):
        near_limit(bestuur, worker, -3, f"Naam{number:02d}")
    refresh_signalen(bestuur.pk, on=TODAY)
    browser = signed_in(worker)
    day = browser.get("/").content.decode()
    assert "Toon alle 55" in day
    total = {label: number for label, number, _ in counted(browser)}["nu"]
    pages = [browser.get(f"/?groep=nu&page={page}").content.decode() for page in (1, 2)]
    assert sum(page.count('<li class="signal ') for page in pages) == total == 55


def test_groups_have_a_definition_each():
    assert {groep.value.replace("-", "_") for groep in Groep} == {
        moment_van(day, on=TODAY) for day in (TODAY, date(2026, 11, 29), date(2027, 1, 1))
    }


def test_tellingen_name_existing_signals(worker, lead):
    for user in (worker, lead):
        for telling in dag.tellingen(user):
            assert not telling.keuze.signaal or telling.keuze.signaal in SignaalCode.values


def sizes(user) -> dict[str, int]:
    wanted = dag.tellingen(user)
    counts = dag.count_all(wanted, user, on=TODAY)
    return {telling.label: size for telling, size in zip(wanted, counts, strict=True)}


def test_scope_of_counts_is_the_own_bestuur(bestuur, buur, lead, stranger):
    make_client(bestuur)
    with scope(bestuur_id=buur.pk, actor_id=stranger.pk):
        make_client(buur)
        make_client(buur)
        assert sizes(stranger)["zonder spilfiguur"] == 2
    assert sizes(lead)["zonder spilfiguur"] == 1
    assert Client.objects.count() == 1


@pytest.mark.parametrize("code", SignaalCode.values)
def test_the_act_of_every_signal_has_a_screen(code):
    handeling = TEKSTEN[SignaalCode(code)].handeling
    assert reverse(handeling.url_name, args=[1])
