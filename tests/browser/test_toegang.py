"""The door, accounts and oversight, as people use them."""

import pytest
from playwright.sync_api import expect

from caseload.demo.mensen import WACHTWOORD

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


def test_words_typed_when_the_session_ended_come_back_after_signing_in(page, site, sign_in):
    """A form without drafts of its own: the browser keeps what was sent too late."""
    sign_in("mw1")
    page.goto(f"{site}/clienten/?wie=mij")
    page.locator("tbody th a").first.click()
    page.goto(f"{page.url}wijzig/")
    page.get_by_label("Opmerking").fill("Belt liever na vier uur.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_label("Gebruikersnaam").fill("mw1")
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_text("Wat u typte, staat er weer")).to_be_visible()
    expect(page.get_by_label("Opmerking")).to_have_value("Belt liever na vier uur.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("bewaard.").first).to_be_visible()
    assert page.evaluate("window.sessionStorage.getItem('getypt')") is None


def test_a_draft_comes_back_after_signing_in_at_the_door(page, site, sign_in):
    sign_in("mw1")
    page.goto(f"{site}/clienten/?wie=mij")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Noteer contact").first.click()
    page.get_by_label("Wat is er besproken?").fill("Een uur over werk gepraat.")
    page.get_by_label("Huisbezoek").check()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_label("Gebruikersnaam").fill("mw1")
    page.get_by_label("Wachtwoord").fill(WACHTWOORD)
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_text("teruggezet.")).to_be_visible()
    expect(page.get_by_label("Wat is er besproken?")).to_have_value("Een uur over werk gepraat.")
    expect(page.get_by_label("Huisbezoek")).to_be_checked()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Genoteerd.")).to_be_visible()
