"""The door, accounts and oversight, as people use them."""

import pytest

pytestmark = pytest.mark.browser


def test_the_door_and_the_accounts(page, site, sign_in, inspect):
    page.goto(f"{site}/account/aanmelden/")
    inspect("aanmelden")
    sign_in("beheer1")
    page.goto(f"{site}/beheer/")
    inspect("beheer")
    page.goto(f"{site}/beheer/gebruikers/")
    inspect("medewerkers")
    page.get_by_role("link", name="Nieuwe medewerker").click()
    inspect("medewerker-nieuw")
    page.get_by_label("Voornaam").fill("Amira")
    page.get_by_label("Familienaam").fill("Haddad")
    page.get_by_label("Gebruikersnaam").fill("amira.h")
    page.get_by_label("Rol").select_option("trajectbegeleider")
    page.get_by_role("button", name="Maak het account").click()
    inspect("startwachtwoord")
    page.get_by_role("link", name="Klaar").click()
    inspect("medewerker")


def test_the_gallery_of_pieces(page, site, sign_in, inspect):
    sign_in("beheer1")
    page.goto(f"{site}/beheer/galerij/")
    inspect("galerij")


def test_oversight(page, site, sign_in, inspect):
    sign_in("dpo1")
    page.goto(f"{site}/toezicht/wijzigingen/")
    inspect("wijzigingen")
    page.goto(f"{site}/toezicht/")
    inspect("toezicht")
