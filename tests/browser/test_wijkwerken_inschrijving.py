"""Wijk-werken of one person, through the browser: organiser, start, halfway, interim days."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kern.belgian_dates import format_short
from kern.db.scope import scope
from kern.periods import add_months
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from tests.factories.trajecten import make_traject
from tests.factories.wijkwerken import (
    make_activiteit,
    make_inschrijving,
    make_inzet,
    make_opdracht,
    make_organisator,
    make_prestatie,
)
from toegang.enums import Rol

pytestmark = pytest.mark.browser


@pytest.fixture
def people(transactional_db):
    """Olena without wijk-werken, and Amir with half a year of it and a right of before."""
    today = timezone.localdate()
    herent = make_bestuur()
    worker = make_gebruiker(herent, gebruikersnaam="mw1", voornaam="Mieke")
    make_gebruiker(herent, Rol.LEIDINGGEVENDE, gebruikersnaam="lead1", voornaam="Luc")
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=worker.pk):
        olena = make_client(herent, familienaam="Kovalenko")
        amir = make_client(herent, familienaam="Haddad", voornaam="Amir")
        for client in (olena, amir):
            make_toewijzing(client, worker)
    return herent, worker, olena, amir, today


@pytest.fixture
def amir_werkt(people):
    herent, worker, _, amir, today = people
    begin = add_months(today, -5)
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=worker.pk):
        row = make_inschrijving(
            amir,
            begindatum=begin,
            toeleider="vdab",
            afspraken="Naar een job in het groen, of een opleiding tuinbouw tegen de lente.",
            is_arbeidsongeschikt=True,
            toestemming_van=begin,
            toestemming_tot=today + timedelta(days=60),
            overeenkomst_op=begin,
            afstand_km="12.5",
        )
        for number in range(1, 9):
            make_prestatie(row, max(begin, today - timedelta(days=number)), 5)
        make_inzet(row, make_opdracht(herent))
    return row


def enter(page, address, who):
    page.goto(f"{address}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(who)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_load_state()


def test_the_first_wijkwerker_of_a_municipality(page, live_server, people, inspect):
    _, _, olena, _, today = people
    site = live_server.url
    enter(page, site, "lead1")
    page.goto(f"{site}/wijkwerken/organisatoren/nieuw/")
    page.get_by_label("Naam", exact=True).fill("IGO")
    page.get_by_label("Soort").select_option("intergemeentelijk")
    page.get_by_label("Prijs van een cheque").fill("7,45")
    page.get_by_label("Contact").fill("Els Claes, 016 12 34 56")
    page.get_by_label("Van", exact=True).fill("1/1/2018")
    inspect("wijkwerken-organisator")
    page.get_by_role("button", name="Bewaar de organisator").click()
    page.get_by_role("link", name="IGO").wait_for()
    inspect("wijkwerken-organisatoren")

    page.context.clear_cookies()
    enter(page, site, "mw1")
    page.goto(f"{site}/clienten/{olena.pk}/wijkwerken/")
    inspect("wijkwerken-leeg")
    page.get_by_role("link", name="Start wijk-werken").click()
    page.get_by_label("VDAB", exact=True).check()
    page.get_by_label("Afspraken bij de toeleiding").fill("Naar een job in de keuken.")
    page.get_by_label("Toegeleid op").fill(format_short(today + timedelta(days=1)))
    page.get_by_text("Erkend arbeidsongeschikt").first.click()
    inspect("wijkwerken-start")
    page.get_by_role("button", name="Start en schrijf in").click()
    page.get_by_role("link", name="Niemand begint zonder toeleiding").or_(
        page.get_by_text("Niemand begint zonder toeleiding").first
    ).first.wait_for()
    assert page.get_by_label("Afspraken bij de toeleiding").input_value() != ""
    page.get_by_label("Toegeleid op").fill("")
    page.get_by_role("button", name="Start en schrijf in").click()
    page.get_by_role("heading", name="Klokken en uren").wait_for()
    inspect("wijkwerken-begonnen")


def test_halfway_another_referrer_interim_and_the_next_step(
    page, live_server, people, amir_werkt, inspect
):
    _, _, _, amir, today = people
    site = live_server.url
    enter(page, site, "mw1")
    page.goto(f"{site}/clienten/{amir.pk}/wijkwerken/")
    inspect("wijkwerken-client")

    page.get_by_role("link", name="Wissel", exact=True).click()
    inspect("wijkwerken-toeleider")
    page.get_by_role("button", name="Bewaar de wissel").click()
    page.get_by_text("OCMW leidt nu toe.").first.wait_for()

    page.get_by_role("link", name="Noteer dagen").click()
    dagen = ", ".join(format_short(today - timedelta(days=number)) for number in range(11))
    page.get_by_label("Interimdagen").fill(dagen)
    page.get_by_role("button", name="Bewaar de dagen").click()
    page.get_by_text("Er mogen er 10 zijn").first.wait_for()
    inspect("wijkwerken-interim")

    page.goto(f"{site}/clienten/{amir.pk}/wijkwerken/")
    page.get_by_role("link", name="Evalueer en beslis").first.click()
    page.get_by_label("Op de werkplek").check()
    page.get_by_label("Naar de volgende stap").check()
    page.get_by_label("Waarom").fill("Werkt vlot en op tijd. Klaar voor een opleiding tuinbouw.")
    inspect("wijkwerken-besluit")
    page.get_by_role("button", name="Bewaar het besluit").click()
    page.get_by_text("Spreek nu de volgende stap af").first.wait_for()
    page.goto(f"{site}/clienten/{amir.pk}/wijkwerken/")
    page.get_by_text("Beslist: naar de volgende stap").wait_for()
    assert page.get_by_role("link", name="Beëindig met volgende stap").is_visible()
    inspect("wijkwerken-volgende-stap")


def test_what_it_led_to(page, live_server, people, inspect):
    herent, worker, _, _, today = people
    begin = add_months(today, -9)
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=worker.pk):
        tuin = make_opdracht(herent)
        school = make_opdracht(
            herent, "Toezicht", activiteit=make_activiteit(herent, "Toezicht op school")
        )
        for number in range(19):
            client = make_client(herent, familienaam=f"Peeters {number}")
            traject = make_traject(
                client,
                "wijkwerken",
                begindatum=begin,
                einddatum=max(begin, today - timedelta(days=1)),
                eindreden=("werk_nec", "opleiding", "ander_traject")[number % 3 if number else 0],
            )
            organisator = make_organisator(herent, "VDAB" if number > 16 else "IGO")
            row = make_inschrijving(client, traject=traject, organisator=organisator)
            make_prestatie(row, begin, 3, opdracht=school if number % 2 else tuin)
    enter(page, live_server.url, "lead1")
    page.goto(f"{live_server.url}/wijkwerken/organisatoren/")
    page.get_by_role("link", name="Wat het opleverde").click()
    page.get_by_role("table", name="Per organisator").wait_for()
    inspect("wijkwerken-uitkomsten")
