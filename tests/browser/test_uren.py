"""The month grid with real keys: moving, copying, a refusal in the cell, a month for forty."""

import os
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import pytest
from django.db import transaction
from django.utils import timezone

from kern.db.scope import scope
from kern.periods import add_months
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from tests.factories.wijkwerken import (
    make_inschrijving,
    make_inzet,
    make_opdracht,
    make_prestatie,
)
from toegang.enums import Rol
from wijkwerken.models import Prestatie

pytestmark = pytest.mark.browser

NAMEN = """
Aerts Bo, Baert Chris, Claes Dirk, Demir Aylin, El Amrani Fatima, Fransen Griet, Goossens Ivo,
Haddad Karim, Ibrahim Lina, Janssens Mia, Kovalenko Olena, Lambrechts Piet, Mertens Rita,
Nkosi Sam, Okafor Tina, Peeters An, Quintens Bert, Rahimi Nour, Smets Carla, Thijs Eddy,
Ucar Selma, Van Dam Frans, Wouters Hilde, Xhaka Ilir, Yilmaz Can, Zeebroek Jos, Adriaens Kato,
Bakker Leo, Cools Maria, Dubois Nora, Engels Omar, Fabry Paul, Geerts Ria, Hermans Stan,
Ivens Tom, Jacobs Uma, Kaya Veli, Leys Wim, Maes Xena, Nys Yves
"""
VORIGE = add_months(timezone.localdate(), -1).replace(day=1)


@pytest.fixture
def wijkwerkers(transactional_db):
    """Forty people of one bestuur, all of them working since last year."""
    herent = make_bestuur()
    lead = make_gebruiker(herent, Rol.LEIDINGGEVENDE, gebruikersnaam="lead1", voornaam="Luc")
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=lead.pk):
        rows = []
        for naam in NAMEN.split(","):
            familienaam, _, voornaam = naam.strip().rpartition(" ")
            client = make_client(herent, familienaam=familienaam, voornaam=voornaam)
            rows.append(make_inschrijving(client, begindatum=add_months(VORIGE, -9)))
        by_name = sorted(rows, key=lambda row: row.client.familienaam)
        haag = make_opdracht(herent)
        make_inzet(by_name[0], haag)
        make_inzet(by_name[0], make_opdracht(herent, "Boodschappen bezorgen"))
        make_toewijzing(by_name[0].client, lead)
        for day in range(1, 7):
            make_prestatie(by_name[1], VORIGE.replace(day=day), 9.5)
    return by_name


@pytest.fixture
def grid(page, live_server, wijkwerkers):
    page.goto(f"{live_server.url}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill("lead1")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.goto(f"{live_server.url}/wijkwerken/uren/{VORIGE.year}/{VORIGE.month}/")
    return page


def cell(page, row, day, opdracht=0):
    return page.locator(f"#u-{row.pk}-{opdracht}-{day}")


def stored(row):
    with transaction.atomic(), scope(bestuur_id=row.bestuur_id, actor_id=None):
        rows = Prestatie.objects.valid().filter(inschrijving=row).order_by("dag")
        return {found.dag.day: found.minuten for found in rows}


def total(page, row):
    return page.locator(f"#p-{row.pk} .grid-sum").inner_text().replace("\n", " ")


def wait_saved(page, row):
    page.get_by_text(f"Bewaard: {row.client.naam}").wait_for()


def test_the_grid_is_walked_with_keys_alone(grid, wijkwerkers, inspect):
    an, bo = wijkwerkers[2], wijkwerkers[3]
    press = grid.keyboard.press
    cell(grid, an, 1).focus()
    grid.keyboard.type("4")
    press("Tab")
    press("=")
    grid.keyboard.type("2,5")
    assert total(grid, an) == "10 u 30 nog 49 u 30"
    press("w")
    assert cell(grid, bo, 1).evaluate("cell => cell === document.activeElement")
    wait_saved(grid, an)
    days = stored(an)
    assert {day: days[day] for day in (1, 2, 3)} == {1: 240, 2: 240, 3: 150}
    assert days[8] == 240
    press("b")
    assert cell(grid, bo, 1).input_value() == "4"
    press("ArrowLeft")
    press("Escape")
    assert cell(grid, bo, 1).input_value() == ""
    press("k")
    cell(grid, wijkwerkers[5], 1).focus()
    wait_saved(grid, bo)
    assert stored(bo) == stored(an)
    inspect("uren-rooster")


def test_what_does_not_fit_stays_in_its_cell_with_the_reason(grid, wijkwerkers, inspect):
    row, other = wijkwerkers[1], wijkwerkers[2]
    cell(grid, row, 8).focus()
    grid.keyboard.type("4")
    assert total(grid, row) == "61 u 1 u te veel"
    grid.keyboard.press("Tab")
    grid.keyboard.type("1")
    cell(grid, other, 8).focus()
    grid.locator(f"#f-u-{row.pk}-0-8").wait_for()
    note = grid.locator(f"#f-u-{row.pk}-0-8").inner_text()
    assert "Er is nog 3 u over van 60 u" in note
    assert cell(grid, row, 8).input_value() == "4"
    assert 8 not in stored(row)
    assert stored(row)[9] == 60
    inspect("uren-geweigerd")


def test_a_month_for_forty_takes_few_keys(grid, wijkwerkers, inspect):
    """Three mornings a week for everybody: typed for the first, the next rows copy."""
    grid.evaluate(
        "window.toetsen = 0; addEventListener('keydown', () => { window.toetsen += 1; }, true)"
    )
    rows = wijkwerkers[2:]
    begin = perf_counter()
    week = [date(VORIGE.year, VORIGE.month, day) for day in range(1, 8)]
    works = [day.day for day in week if day.weekday() in {0, 2, 4}]
    cell(grid, rows[0], works[0]).focus()
    press = grid.keyboard.press
    for number in range(len(rows)):
        # Each her own hours: one day typed, two copied, the week repeated.
        grid.keyboard.type(str(3 + number % 2))
        press("Tab")
        for before, day in pairwise(works):
            for _ in range(day - before - 1):
                press("Tab")
            press("=")
        press("w")
    keys = grid.evaluate("window.toetsen") + 2
    with grid.expect_navigation():
        press("Control+Enter")
    seconds = perf_counter() - begin
    assert grid.locator(".grid-notes").count() == 0
    for row in rows:
        assert len(stored(row)) >= 12, row
    per_person = keys / len(rows)
    assert per_person < 10, keys
    if folder := os.environ.get("SCREENSHOTS"):
        told = f"{len(rows)} mensen, {keys} toetsen, {seconds:.1f} s"
        Path(folder, "uren-toetsen.txt").write_text(told, encoding="utf-8")
    inspect("uren-maand-veertig")


def test_the_hours_of_a_person(grid, live_server, wijkwerkers, inspect):
    row = wijkwerkers[1]
    grid.goto(f"{live_server.url}/clienten/{row.client_id}/wijkwerken/uren/")
    inspect("uren-persoon")
    grid.goto(f"{live_server.url}/clienten/{row.client_id}/wijkwerken/uren/nieuw/")
    grid.get_by_role("button", name="Bewaar de uren").click()
    inspect("uren-prestatie")


def test_a_list_of_hours_is_taken_over(grid, live_server, wijkwerkers, inspect):
    grid.get_by_role("link", name="Lees een lijst in").click()
    inspect("uren-inlezen")
    an = wijkwerkers[2].client
    rows = "".join(f"{an.naam};{VORIGE.replace(day=day):%d/%m/%Y};4\n" for day in (5, 6, 7))
    text = f"Naam;Datum;Uren\n{rows}Onbekend Iemand;{VORIGE:%d/%m/%Y};2\n"
    file = {"name": "uren.csv", "mimeType": "text/csv", "buffer": text.encode()}
    grid.get_by_label("Lijst met uren").set_input_files([file])
    grid.get_by_role("button", name="Bekijk de lijst").click()
    grid.get_by_text("Niemand met dit nummer of deze naam doet wijk-werken.").wait_for()
    inspect("uren-inlezen-voorbeeld")
    grid.get_by_role("button", name="Neem 3 rijen over").click()
    grid.get_by_text("3 rijen overgenomen.").wait_for()
    assert stored(wijkwerkers[2]) == {5: 240, 6: 240, 7: 240}
