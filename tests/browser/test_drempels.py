"""What stands in the way, through the browser: noted, waited for, shown once, solved, counted."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from clienten.models import Drempel
from kern.db.scope import scope
from kern.periods import first_day_of_quarter
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.drempels import (
    make_blokkering,
    make_drempel,
    make_gevoelige_drempel,
    make_planstap,
)
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from toegang.enums import Rol

pytestmark = pytest.mark.browser
SECRET = "Kan niet lang staan na een operatie aan de knie."


@pytest.fixture
def olena(transactional_db):
    """A client with barriers and a plan, among others who wait too."""
    today = timezone.localdate()
    herent = make_bestuur()
    worker = make_gebruiker(herent, gebruikersnaam="mw1", voornaam="Mieke")
    coach = make_gebruiker(herent, Rol.TRAJECTBEGELEIDER, gebruikersnaam="tb1", voornaam="Tom")
    lead = make_gebruiker(herent, Rol.LEIDINGGEVENDE, gebruikersnaam="lead1", voornaam="Luc")
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=worker.pk):
        client = make_client(herent, familienaam="Kovalenko", postcode="3020", gemeente="Herent")
        make_toewijzing(client, worker)
        make_toewijzing(client, coach, rol="trajectbegeleider", is_spilfiguur=False)
        make_planstap(client, tekst="Theorie rijbewijs leren", tegen=today + timedelta(days=30))
        stage = make_planstap(client, tekst="Stage in de keuken van het woonzorgcentrum")
        opvang = make_drempel(
            client,
            stand="aanpak",
            omschrijving="Op woensdag is er geen plaats in de opvang.",
            actie="Staat op de wachtlijst van De Speelvogel.",
            eigenaar=coach,
            wie="dienst kinderopvang",
            gebied="3020 Herent",
            van=today - timedelta(days=110),
        )
        make_blokkering(stage, opvang, van=today - timedelta(days=102))
        make_gevoelige_drempel(
            client, omschrijving=SECRET, gebied="3020 Herent", van=today - timedelta(days=40)
        )
        make_drempel(
            client,
            "digitaal",
            stand="opgelost",
            van=today - timedelta(days=200),
            tot=today - timedelta(days=150),
        )
        others(herent, lead, today)
    return client


def others(bestuur, lead, today):
    """Fill the board and the count."""
    names = ("Aerts", "Baert", "Celik", "Demir", "El Amrani", "Fofana", "Goossens", "Haddad")
    for number, name in enumerate(names):
        client = make_client(bestuur, familienaam=name, voornaam="")
        gebied = "3020 Herent" if number < 6 else "3012 Wilsele"
        for soort, steps in (("kinderopvang", 1), ("mobiliteit", number % 2)):
            for _ in range(steps):
                drempel = make_drempel(
                    client, soort, gebied=gebied, eigenaar=lead if number % 3 else None
                )
                day = first_day_of_quarter(today) + timedelta(days=number * 3)
                step = make_planstap(
                    client,
                    tekst="Inschrijven voor de opleiding poetshulp",
                    tegen=today + timedelta(days=10 * number - 20),
                )
                make_blokkering(step, drempel, van=min(day, today))


def sign_in(page, live_server, name):
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()


def test_a_barrier_from_noted_to_solved(page, live_server, olena, inspect):
    sign_in(page, live_server, "mw1")
    page.goto(f"{live_server.url}/clienten/{olena.pk}/")
    inspect("drempels-dossier")
    page.get_by_role("link", name="Noteer een drempel").click()
    inspect("drempel-noteren")
    page.get_by_role("button", name="Noteer de drempel").click()
    inspect("drempel-noteren-onvolledig")
    page.get_by_label("Wat staat in de weg?").select_option("mobiliteit")
    page.get_by_label("Wat speelt er?").fill("Voor 7 uur rijdt er geen bus.")
    page.get_by_label("Sinds wanneer?").fill("gisteren")
    page.get_by_role("button", name="Noteer de drempel").click()
    page.get_by_role("heading", name="Welke stappen wachten hierop?").wait_for()
    inspect("drempel-stappen")
    page.get_by_label("Stage in de keuken").check()
    page.get_by_role("button", name="Laat wachten").click()
    page.get_by_text("Deze stap wacht nu.").wait_for()
    inspect("drempel")
    page.get_by_role("link", name="Opgelost").click()
    page.get_by_text("Deze stap kan verder: Stage in de keuken").wait_for()
    inspect("drempel-oplossen")
    page.get_by_role("button", name="De drempel is opgelost").click()
    page.get_by_text("De drempel is opgelost.").wait_for()
    inspect("drempel-opgelost")
    page.get_by_role("button", name="Maak ongedaan").click()
    page.get_by_text("De drempel staat weer open.").wait_for()


def test_what_is_sensitive_is_shown_in_place_to_who_may(page, live_server, olena, inspect):
    sign_in(page, live_server, "mw1")
    page.goto(f"{live_server.url}/clienten/{olena.pk}/")
    assert SECRET not in page.content()
    page.locator("section[aria-labelledby=drempels]").get_by_role("button", name="Toon").click()
    page.get_by_text(SECRET).wait_for()
    assert page.get_by_text("Dat u dit zag, staat in het inzagelogboek.").is_visible()
    # Under the bar at the top a button is hidden in part.
    page.evaluate("window.scrollTo(0, 0)")
    inspect("drempel-getoond")
    sign_in(page, live_server, "tb1")
    page.goto(f"{live_server.url}/clienten/{olena.pk}/")
    block = page.locator("section[aria-labelledby=drempels]")
    assert block.get_by_role("button", name="Toon").count() == 0
    assert SECRET not in page.content()
    inspect("drempels-zonder-toestemming")
    with transaction.atomic(), scope(bestuur_id=olena.bestuur_id, actor_id=None):
        secret = Drempel.objects.get(soort="gevoelig")
    page.goto(f"{live_server.url}/drempels/{secret.pk}/wijzigen/")
    inspect("drempel-gevoelig-wijzigen")


def test_without_script_it_is_shown_on_a_page_of_its_own(browser, live_server, olena):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, "mw1")
    page.goto(f"{live_server.url}/clienten/{olena.pk}/")
    page.locator("section[aria-labelledby=drempels]").get_by_role("button", name="Toon").click()
    assert page.get_by_role("heading", name="Gevoelige drempel").is_visible()
    assert page.get_by_text(SECRET).is_visible()
    context.close()


def test_the_board_and_the_count(page, live_server, olena, inspect):
    sign_in(page, live_server, "lead1")
    page.goto(f"{live_server.url}/trajecten/")
    page.get_by_role("link", name="Wachten op een drempel").click()
    inspect("drempelbord")
    page.locator("#filter_soort").select_option("mobiliteit")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("Drempel: Vervoer").wait_for()
    inspect("drempelbord-gefilterd")
    page.get_by_role("link", name="Print").click()
    inspect("drempelbord-afdruk")
    page.goto(f"{live_server.url}/drempels/bord/?gebied=3012+Wilsele&soort=taal")
    inspect("drempelbord-leeg")
    page.goto(f"{live_server.url}/rapporten/")
    page.get_by_role("link", name="Wachten op drempels").click()
    page.get_by_text("niet getoond").first.wait_for()
    inspect("weken-verloren")
    page.locator("#id_periode").select_option(str(timezone.localdate().year - 1))
    page.get_by_role("button", name="Toon").click()
    page.get_by_text("Hier komt hoeveel weken").wait_for()
    inspect("weken-verloren-leeg")
