"""The month grid and the hours of one person, through the client."""

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from tests.factories.clienten import make_client
from tests.factories.wijkwerken import (
    make_inschrijving,
    make_inzet,
    make_opdracht,
    make_organisator,
    make_prestatie,
)
from tests.wijkwerken.conftest import NU
from toegang.models import Inzage
from wijkwerken.commands.prestaties import PrestatieGegevens, record_prestatie
from wijkwerken.models import Prestatie

URL = "/wijkwerken/uren/2026/10/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def desk(worker, signed_in):
    return signed_in(worker)


def grid(response):
    return response.context["blad"]


def texts(response):
    return {
        vak.naam: vak.tekst
        for persoon in grid(response).personen
        for rij in persoon.regels
        for vak in rij.vakken
        if vak.tekst
    }


def test_the_grid_shows_people_days_and_what_is_left(desk, olena):
    make_prestatie(olena, date(2026, 10, 5), minuten=270)
    page = desk.get(URL)
    assert page.status_code == 200
    (persoon,) = grid(page).personen
    assert len(persoon.regels[0].vakken) == 31
    assert texts(page) == {f"u-{olena.pk}-0-5": "4:30"}
    html = page.content.decode()
    assert "nog 55 u 30" in html
    assert "Kovalenko" in html


def test_a_month_is_saved_whole_without_script(desk, olena, bestuur):
    an = make_inschrijving(make_client(bestuur, familienaam="Aerts"), begindatum=date(2026, 10, 12))
    row = make_prestatie(olena, date(2026, 10, 5), 4)
    data = {
        vak.naam: vak.tekst
        for persoon in grid(desk.get(URL)).personen
        for rij in persoon.regels
        for vak in rij.vakken
        if vak.is_open
    }
    data |= {f"b-{olena.pk}": f"u-{olena.pk}-0-5={row.pk}:240", f"b-{an.pk}": ""}
    data |= {
        f"u-{olena.pk}-0-5": "3,5",
        f"u-{olena.pk}-0-6": "2u15",
        f"u-{an.pk}-0-12": "8",
    }
    page = desk.post(URL, data, follow=True)
    assert page.redirect_chain == [(URL, 302)]
    assert "3 dagen bewaard." in page.content.decode()
    rows = Prestatie.objects.valid().order_by("dag", "pk")
    assert [(r.inschrijving_id, r.dag.day, r.minuten) for r in rows] == [
        (olena.pk, 5, 210),
        (olena.pk, 6, 135),
        (an.pk, 12, 480),
    ]


def test_a_cell_that_is_refused_keeps_what_was_typed(desk, olena):
    for dag in range(5, 11):
        make_prestatie(olena, date(2026, 10, dag), minuten=590)
    naam = f"u-{olena.pk}-0-"
    page = desk.post(URL, {f"{naam}12": "2", f"{naam}13": "veel", f"{naam}14": "0:30"})
    assert page.status_code == 200
    html = page.content.decode()
    assert f'id="f-{naam}14"' not in html
    assert "Er is nog 1 u over van 60 u in oktober 2026: 2 u is 1 u te veel." in html
    assert "“veel” zijn geen uren. Schrijf 7, 7,5 of 7:30." in html
    shown = texts(page)
    assert (shown[f"{naam}12"], shown[f"{naam}13"], shown[f"{naam}14"]) == ("2", "veel", "0:30")
    assert html.count('aria-invalid="true"') == 2
    assert Prestatie.objects.get(dag=date(2026, 10, 14)).minuten == 30
    assert "1 dag bewaard." in html


def test_a_row_saves_itself_and_comes_back_alone(desk, olena, bestuur):
    make_inschrijving(make_client(bestuur, familienaam="Aerts"), begindatum=date(2026, 1, 5))
    page = desk.post(URL, {f"u-{olena.pk}-0-5": "4"}, headers={"X-Uren-Rij": str(olena.pk)})
    html = page.content.decode()
    assert html.count("<tbody") == 1
    assert "nog 56 u" in html
    assert "Aerts" not in html
    assert Prestatie.objects.valid().get().minuten == 240


def test_hours_of_somebody_in_between_are_not_overwritten(desk, olena):
    make_prestatie(olena, date(2026, 10, 5), 4)
    page = desk.post(URL, {f"u-{olena.pk}-0-5": "3", f"b-{olena.pk}": "onzin =:x u-1=1"})
    assert "Intussen gewijzigd: er staat nu 4 u." in page.content.decode()
    assert Prestatie.objects.valid().get().minuten == 240


def test_lines_follow_the_tasks(desk, olena, bestuur):
    haag, gras = make_opdracht(bestuur), make_opdracht(bestuur, "Gras maaien")
    make_inzet(olena, haag)
    make_inzet(olena, gras)
    page = desk.get(URL)
    lines = [rij.opdracht for rij in grid(page).personen[0].regels]
    assert lines == [haag, gras]
    desk.post(URL, {f"u-{olena.pk}-{gras.pk}-5": "4", f"u-{olena.pk}-{haag.pk}-5": "1"})
    rows = Prestatie.objects.valid().order_by("minuten")
    assert [(row.opdracht, row.minuten) for row in rows] == [(haag, 60), (gras, 240)]
    other = make_opdracht(bestuur, "Niet voor Olena")
    desk.post(URL, {f"u-{olena.pk}-{other.pk}-6": "4"})
    assert Prestatie.objects.valid().count() == 2


def test_the_rhythm_of_the_month_before_is_only_proposed(desk, olena):
    for dag in (1, 7, 8, 14, 15, 21):  # Mondays and Tuesdays of September
        make_prestatie(olena, date(2026, 9, dag), 4)
    page = desk.get(f"{URL}?ritme=1")
    days = [int(naam.split("-")[3]) for naam in texts(page)]
    assert days == [5, 6, 12, 13, 19, 20, 26, 27]
    assert Prestatie.objects.filter(dag__month=10).count() == 0
    desk.post(f"{URL}?ritme=1", texts(page))
    assert Prestatie.objects.filter(dag__month=10).count() == 8


def test_days_that_cannot_be_are_closed(desk, olena, worker):
    olena.traject.begindatum = date(2026, 11, 16)
    olena.traject.save()
    page = desk.get("/wijkwerken/uren/2026/11/")
    vakken = grid(page).personen[0].regels[0].vakken
    assert [vak.dag.dag.day for vak in vakken if vak.is_open] == list(range(16, 23))
    desk.post("/wijkwerken/uren/2026/11/", {f"u-{olena.pk}-0-25": "4"})
    assert not Prestatie.objects.exists()


def test_who_stopped_before_the_month_is_not_in_it(desk, olena):
    olena.traject.einddatum = date(2026, 9, 30)
    olena.traject.eindreden = "werk_nec"
    olena.traject.save()
    assert grid(desk.get(URL)).personen == ()
    assert len(grid(desk.get("/wijkwerken/uren/2026/9/")).personen) == 1


def test_one_organiser_at_a_time(desk, olena, bestuur):
    w13 = make_organisator(bestuur, "W13")
    ander = make_inschrijving(make_client(bestuur), organisator=w13, begindatum=date(2026, 1, 5))
    page = desk.get(f"{URL}?organisator={w13.pk}")
    assert [persoon.inschrijving for persoon in grid(page).personen] == [ander]


def test_the_grid_takes_the_same_queries_for_many(desk, bestuur, olena, django_assert_num_queries):
    """Six of its own; the others are those of every page: session, user, scope, savepoint."""
    desk.get(URL)
    with django_assert_num_queries(13):
        desk.get(URL)
    for _ in range(6):
        row = make_inschrijving(make_client(bestuur), begindatum=date(2026, 1, 5))
        make_prestatie(row, date(2026, 10, 5), 4, opdracht=make_opdracht(bestuur))
    with django_assert_num_queries(13):
        page = desk.get(URL)
    assert len(grid(page).personen) == 7


@pytest.mark.parametrize("url", ["/wijkwerken/uren/2026/13/", "/wijkwerken/uren/1/1/"])
def test_a_month_that_does_not_exist(desk, url):
    assert desk.get(url).status_code == 404


def test_the_menu_goes_to_this_month(desk):
    assert desk.get("/wijkwerken/uren/").url == "/wijkwerken/uren/2026/11/"


def test_another_bestuur_sees_and_writes_nothing(olena, stranger, signed_in):
    desk = signed_in(stranger)
    assert grid(desk.get(URL)).personen == ()
    desk.post(URL, {f"u-{olena.pk}-0-5": "4"})
    assert not Prestatie.objects.exists()
    assert desk.get(reverse("wijkwerken:client_uren", args=[olena.client_id])).status_code == 404


def test_the_hours_of_a_person_with_money_and_versions(desk, olena, worker):
    olena.afstand_km = 12
    olena.save()
    add = reverse("wijkwerken:add_prestatie", args=[olena.client_id])
    done = desk.post(add, {"dag": "5/10/2026", "uren": "2:15", "sleutel": "a"}, follow=True)
    assert "2 u 15 bewaard." in done.content.decode()
    row = Prestatie.objects.valid().get()
    url = reverse("wijkwerken:change_prestatie", args=[row.pk])
    page = desk.get(url)
    assert page.context["form"]["uren"].value() == "2:15"
    desk.post(url, {"dag": "5/10/2026", "uren": "3"})
    page = desk.get(reverse("wijkwerken:client_uren", args=[olena.client_id]))
    html = page.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "eerder 2 u 15" in html
    assert "€ 12,30" in html
    assert "€ 22,35" in html
    assert "€ 1,80" in html
    assert "volledig vrijgesteld" in html
    row = Prestatie.objects.valid().get()
    drop = reverse("wijkwerken:drop_prestatie", args=[row.pk])
    page = desk.post(drop, follow=True)
    assert "ingetrokken op 22/11/2026" in page.content.decode()
    assert desk.post(drop).status_code == 404
    assert Inzage.objects.filter(client_id=olena.client_id, scherm="uren wijk-werken").count() >= 5


def test_past_midnight_through_the_form(desk, olena):
    add = reverse("wijkwerken:add_prestatie", args=[olena.client_id])
    desk.post(add, {"dag": "31/10/2026", "begin": "22:00", "einde": "1:00", "sleutel": "b"})
    rows = Prestatie.objects.valid().order_by("dag")
    assert [(row.dag, row.minuten) for row in rows] == [
        (date(2026, 10, 31), 120),
        (date(2026, 11, 1), 60),
    ]
    page = desk.get(reverse("wijkwerken:change_prestatie", args=[rows[1].pk]))
    form = page.context["form"]
    assert [form[name].value() for name in ("uren", "begin", "einde")] == ["3", "22:00", "01:00"]
    locked = grid(desk.get(URL)).personen[0].regels[0].vakken[30]
    assert (locked.is_open, locked.tekst) == (False, "2")


@pytest.mark.parametrize(
    ("data", "tekst"),
    [
        ({"uren": "veel"}, "zijn geen uren"),
        ({}, "Vul in hoelang er gewerkt werd."),
        ({"einde": "12:00"}, "Vul ook in vanaf wanneer."),
        ({"uren": "2", "begin": "9:00", "einde": "12:00"}, "Van 09:00 tot 12:00 is 3 uur."),
        ({"begin": "negen", "einde": "12:00"}, "Schrijf het uur als 22:00."),
        ({"uren": "61m", "dag": "23/11/2026"}, "23/11/2026 moet nog komen."),
    ],
)
def test_a_form_says_what_must_be_mended(desk, olena, data, tekst):
    add = reverse("wijkwerken:add_prestatie", args=[olena.client_id])
    page = desk.post(add, {"dag": "5/10/2026", **data})
    assert page.status_code == 200
    assert tekst in page.content.decode()
    assert not Prestatie.objects.exists()


def test_a_refusal_says_how_much_is_left(desk, olena, worker):
    gegevens = PrestatieGegevens(dag=date(2026, 10, 1), minuten=1200, begin=time(1))
    for dag in (1, 2):
        gegevens = PrestatieGegevens(dag=date(2026, 10, dag), minuten=1200)
        record_prestatie(inschrijving=olena, gegevens=gegevens, by=worker, at=NU)
    add = reverse("wijkwerken:add_prestatie", args=[olena.client_id])
    page = desk.post(add, {"dag": "5/10/2026", "uren": "21"})
    assert "Er is nog 20 u over van 60 u in oktober 2026: 21 u is 1 u te veel." in (
        page.content.decode()
    )
