"""Templates and own words in Chromium: written by the beheerder, proposed to a client, printed."""

import pytest
from playwright.sync_api import Page, expect

from clienten.models import Client
from toegang.models import Bestuur
from toegang.scope import in_bestuur
from trajecten.models import Gpmi, Sjabloon, Stap

pytestmark = pytest.mark.browser


@pytest.fixture
def herent(site: str) -> Bestuur:
    """The invented OCMW."""
    return Bestuur.objects.get(naam="OCMW Herent")


def test_the_beheerder_takes_over_and_edits_templates(sign_in, inspect, site: str) -> None:
    page: Page = sign_in("beheer1")
    page.goto(f"{site}/beheer/")
    inspect("beheer")
    page.goto(f"{site}/beheer/sjablonen/")
    take = page.get_by_role("button", name="Neem ze over")
    if take.count():
        inspect("sjablonen-leeg")
        take.click()
    expect(page.get_by_role("link", name="Artikel 60 §7")).to_be_visible()
    inspect("sjablonen")
    page.get_by_role("link", name="Tijdelijke werkervaring").click()
    inspect("sjabloon")
    page.get_by_role("link", name="Wijzig").click()
    page.get_by_label("Wat, regel 2").fill("Samen kiezen welk werk bij mij past")
    inspect("sjabloon-wijzigen")
    page.get_by_label("Wat, regel 11").fill("Nog iets")
    page.get_by_role("button", name="Bewaar het sjabloon").click()
    expect(page.get_by_text("Zeg wie het doet.")).to_be_visible()
    inspect("sjabloon-fout")
    page.get_by_label("Wat, regel 11").fill("")
    page.get_by_role("button", name="Bewaar het sjabloon").click()
    expect(page.get_by_text("is bewaard als versie 2")).to_be_visible()


def test_the_beheerder_writes_own_words(sign_in, inspect, site: str) -> None:
    page: Page = sign_in("beheer1")
    page.goto(f"{site}/beheer/teksten/")
    inspect("teksten")
    page.locator('a[href$="/gpmi_inleiding/nl/"]').click()
    page.get_by_label("Tekst").fill("Welkom bij [bestuur].\n\nU krijgt [bedenktijd] dagen.")
    page.get_by_role("button", name="Bekijk eerst").click()
    expect(page.get_by_text("U krijgt 5 dagen.")).to_be_visible()
    inspect("tekst")
    page.get_by_role("button", name="Bewaar de tekst").click()
    expect(page.get_by_text("eigen tekst", exact=True)).to_be_visible()


def test_a_worker_proposes_from_a_template_and_prints(
    sign_in, inspect, site: str, herent: Bestuur
) -> None:
    page: Page = sign_in("beheer1")
    page.goto(f"{site}/beheer/sjablonen/")
    take = page.get_by_role("button", name="Neem ze over")
    if take.count():
        take.click()
    page.context.clear_cookies()
    page = sign_in("mw1")
    with in_bestuur(herent.pk):
        gpmi = Gpmi.objects.filter(einddatum__isnull=True).select_related("client").first()
        assert gpmi is not None
        client: Client = gpmi.client
        sjabloon = Sjabloon.objects.in_use().get(standaard="kennismaking")
    open_file(page, f"{site}/clienten/{client.pk}/plan/sjabloon/")
    inspect("sjabloon-kiezen")
    page.goto(f"{site}/clienten/{client.pk}/plan/sjabloon/{sjabloon.pk}/")
    inspect("sjabloon-voorstel")
    page.get_by_label("Stel voor, regel 5").uncheck()
    page.get_by_role("button", name="Stel dit voor").click()
    expect(page.get_by_text("voorstellen staan in het plan")).to_be_visible()
    with in_bestuur(herent.pk):
        assert not Stap.objects.filter(client=client, tekst__contains="Nederlandse les").exists()
    page.goto(f"{site}/gpmi/{gpmi.pk}/inhoud/")
    inspect("gpmi-inhoud")
    for name in (f"clienten/{client.pk}/plan/afdruk.pdf", f"gpmi/{gpmi.pk}/contract.pdf"):
        answer = page.request.get(f"{site}/{name}")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.body().startswith(b"%PDF-1.7")


def open_file(page: Page, address: str) -> None:
    """Open a page about a client, saying why when it is not one's own."""
    page.goto(address)
    reason = page.get_by_label("Waarom")
    if reason.count():
        reason.first.fill("Nazicht van het plan")
        page.get_by_role("button", name="Open").first.click()
        page.goto(address)
