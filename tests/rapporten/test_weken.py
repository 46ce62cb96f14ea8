"""Weeks lost on screen and in a sheet: counted as the rule does, and few stay unseen."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from clienten.enums import DrempelSoort
from kern.periods import Period
from rapporten.queries.weken import ONGESPLITST, weken_verloren
from rapporten.rules.weken import Wachttijd, tel_weken
from tests.factories.clienten import make_client
from tests.factories.drempels import (
    make_blokkering,
    make_drempel,
    make_gevoelige_drempel,
    make_planstap,
)
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from toegang.models import Inzage

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
Q4 = Period(date(2026, 10, 1), date(2026, 12, 31))
BLADZIJDE = "/rapporten/drempels/"
NIET_GETOOND = "niet getoond"


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=False):
        yield


# Client, step, kind, area, begin (days before today), length; no length still waits.
ROWS = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 2),
        st.sampled_from(["kinderopvang", "taal", "gevoelig"]),
        st.sampled_from(["", "3020 Herent", "3010 Kessel-Lo"]),
        st.integers(0, 120),
        st.none() | st.integers(0, 60),
    ),
    max_size=14,
)
PERIODS = st.tuples(st.integers(0, 150), st.integers(0, 120))


@given(rows=ROWS, period=PERIODS, closed=st.none() | st.integers(0, 100))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_counts_as_the_rule_does(bestuur, rows, period, closed):
    begin = TODAY - timedelta(period[0])
    window = Period(begin, begin + timedelta(period[1]))
    with transaction.atomic():
        wachttijden = list(_written(bestuur, rows, closed))
        found = weken_verloren(bestuur.pk, window, vandaag=TODAY)
        transaction.set_rollback(True)
    assert found == tel_weken(wachttijden, window, vandaag=TODAY, ongesplitst=ONGESPLITST)


def _written(bestuur, rows, closed):
    """Write each wait with a barrier of its own and give it back as the rule knows it."""
    clients = [make_client(bestuur) for _ in range(5)]
    over = None if closed is None else TODAY - timedelta(closed)
    steps = {}
    for who, which, soort, gebied, ago, length in rows:
        client, van = clients[who], TODAY - timedelta(ago)
        step = steps.get((who, which)) or make_planstap(client)
        steps[who, which] = step
        # The first step of everybody was done on one day.
        if which == 0 and over is not None:
            step.status, step.afgesloten_op = "gedaan", over
            step.save()
        tot = None if length is None else van + timedelta(length)
        drempel = make_drempel(client, soort, van=van, gebied=gebied)
        make_blokkering(step, drempel, van=van, tot=tot)
        ends = [day for day in (tot, step.afgesloten_op) if day is not None]
        last = min(ends) if ends else None
        if last is None or last >= van:
            yield Wachttijd(client.pk, soort, gebied, van, last)


def test_one_statement_whatever_the_number(bestuur, django_assert_num_queries):
    for _ in range(8):
        client = make_client(bestuur)
        make_blokkering(make_planstap(client), make_drempel(client))
    with django_assert_num_queries(1):
        assert weken_verloren(bestuur.pk, Q4, vandaag=TODAY).totaal.mensen == 8


def test_the_neighbour_counts_her_own(bestuur, buur):
    client = make_client(bestuur)
    make_blokkering(make_planstap(client), make_drempel(client))
    assert weken_verloren(buur.pk, Q4, vandaag=TODAY).totaal.mensen == 0


@pytest.fixture
def herent(bestuur):
    """Childcare: six in Herent, four in Winksele, seven in Veltem; five sensitive; two language."""
    for gebied, people, soort in (
        ("3020 Herent", 6, "kinderopvang"),
        ("3020 Winksele", 4, "kinderopvang"),
        ("3020 Veltem", 7, "kinderopvang"),
        ("3020 Herent", 2, "taal"),
        ("", 6, "mobiliteit"),
    ):
        for _ in range(people):
            client = make_client(bestuur)
            drempel = make_drempel(client, soort, gebied=gebied)
            make_blokkering(
                make_planstap(client), drempel, van=date(2026, 10, 5), tot=date(2026, 10, 18)
            )
    for kind in ("gezondheid", "justitie", "schulden", "gezondheid", "justitie"):
        client = make_client(bestuur)
        drempel = make_gevoelige_drempel(client, kind, gebied="3020 Herent")
        make_blokkering(make_planstap(client), drempel, van=date(2026, 11, 9))


def sheet(browser, query="?periode=2026-4"):
    answer = browser.get(f"{BLADZIJDE}export/xlsx/{query}")
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    return book.get_sheet_by_index(0).to_python()


def test_the_sheet_tells_what_may_be_told(herent, lead, signed_in):
    heads, *rows = sheet(signed_in(lead))
    assert heads == ["Periode", "Drempel", "Gebied", "Mensen", "Weken"]
    assert {row[0] for row in rows} == {"4e kwartaal 2026 (t.e.m. 22/11/2026)"}
    assert [row[1:] for row in rows] == [
        ["Kinderopvang", "alle gebieden", 17, 34],
        ["Kinderopvang", "3020 Herent", NIET_GETOOND, NIET_GETOOND],
        ["Kinderopvang", "3020 Veltem", 7, 14],
        ["Kinderopvang", "3020 Winksele", NIET_GETOOND, NIET_GETOOND],
        ["Vervoer", "alle gebieden", 6, 12],
        ["Vervoer", "gebied niet ingevuld", 6, 12],
        ["Nederlands", "alle gebieden", NIET_GETOOND, NIET_GETOOND],
        ["Nederlands", "3020 Herent", NIET_GETOOND, NIET_GETOOND],
        ["Gevoelig", "alle gebieden", 5, 10],
        ["Alle drempels", "alle gebieden", NIET_GETOOND, NIET_GETOOND],
    ]


def test_page_and_csv_say_the_same_and_name_no_sensitive_kind(herent, lead, signed_in):
    browser = signed_in(lead)
    html = browser.get(f"{BLADZIJDE}?periode=2026-4").content.decode()
    raw = browser.get(f"{BLADZIJDE}export/csv/?periode=2026-4").content.decode("utf-8-sig")
    assert html.count(NIET_GETOOND) == 2 * 5 + html.count("“niet getoond”")
    assert raw.count(NIET_GETOOND) == 2 * 5
    for kind in (DrempelSoort.GEZONDHEID, DrempelSoort.JUSTITIE, DrempelSoort.SCHULDEN):
        assert str(kind.label) not in raw
        assert f'<th scope="row">{kind.label}' not in html
    assert not Inzage.objects.exists()


def test_the_page_states_what_is_counted(herent, lead, signed_in):
    html = signed_in(lead).get(f"{BLADZIJDE}?periode=2026-4").content.decode()
    for words in ("4e kwartaal 2026", "minder dan 5 mensen", "Wat telt", "34"):
        assert words in html, words


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "2026 (t.e.m. 22/11/2026)"),
        ("?periode=2026", "2026 (t.e.m. 22/11/2026)"),
        ("?periode=2025", "2025"),
        ("?periode=2026-3", "3e kwartaal 2026"),
        ("?periode=2027-1", "2026 (t.e.m. 22/11/2026)"),
        ("?periode=x", "2026 (t.e.m. 22/11/2026)"),
        ("?periode=2026-4%27%20OR%201=1", "2026 (t.e.m. 22/11/2026)"),
    ],
)
def test_only_whole_quarters_and_years(herent, lead, signed_in, query, name):
    html = signed_in(lead).get(f"{BLADZIJDE}{query}").content.decode()
    assert f"Periode: {name}." in html


def test_a_period_without_waiting_says_so(bestuur, lead, signed_in):
    html = signed_in(lead).get(BLADZIJDE).content.decode()
    assert "Hier komt hoeveel weken" in html


def test_a_name_of_an_area_is_never_a_formula_or_script(bestuur, lead, signed_in):
    for _ in range(5):
        client = make_client(bestuur)
        drempel = make_drempel(client, gebied="=1+1<script>x</script>")
        make_blokkering(make_planstap(client), drempel)
    browser = signed_in(lead)
    assert sheet(browser)[2][2] == "'=1+1<script>x</script>"
    assert "<script>x" not in browser.get(BLADZIJDE).content.decode()


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol != Rol.LEIDINGGEVENDE])
def test_only_who_leads_counts(bestuur, signed_in, rol):
    browser = signed_in(make_gebruiker(bestuur, rol))
    for address in (BLADZIJDE, f"{BLADZIJDE}export/csv/", f"{BLADZIJDE}export/xlsx/"):
        assert browser.get(address).status_code == 403
    assert BLADZIJDE not in browser.get("/rapporten/").content.decode()


def test_the_way_there_stands_at_the_reports(bestuur, lead, signed_in):
    assert BLADZIJDE in signed_in(lead).get("/rapporten/").content.decode()


def test_few_queries(herent, lead, signed_in, django_assert_max_num_queries):
    browser = signed_in(lead)
    browser.get(BLADZIJDE)
    with django_assert_max_num_queries(10):
        browser.get(BLADZIJDE)
