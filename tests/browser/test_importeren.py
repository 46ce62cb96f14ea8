"""Importing a list as a worker does it: the file, the columns, a look, taking in, taking back."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from caseload.enums import ImportStatus
from caseload.models import Import
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from toegang.enums import Rol
from toegang.models import Bestuur
from toegang.scope import in_bestuur

DATA = Path(__file__).parents[1] / "caseload" / "data"

pytestmark = pytest.mark.browser


@pytest.fixture
def herent(transactional_db) -> Bestuur:
    """OCMW Herent with the workers of the example list."""
    bestuur = make_bestuur()
    make_gebruiker(bestuur, gebruikersnaam="mw1", voornaam="Mieke")
    make_gebruiker(bestuur, gebruikersnaam="mw2", voornaam="Bart")
    make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER, gebruikersnaam="tb1")
    return bestuur


def test_a_list_from_file_to_files_and_back(page: Page, live_server, herent, inspect):
    site = live_server.url
    page.goto(f"{site}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill("mw1")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.get_by_role("link", name="Importeren").first.click()
    inspect("import-start")
    page.get_by_label("Lijst met cliënten").set_input_files(DATA / "caseload-voorbeeld.csv")
    page.get_by_role("button", name="Lees het bestand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("caseload-voorbeeld.csv")
    inspect("import-kolommen")
    page.get_by_label("Opmerking", exact=True).select_option("")
    page.get_by_label("Voornaam", exact=True).select_option("familienaam")
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies één kolom")
    inspect("import-kolommen-fout")
    page.get_by_label("Opmerking", exact=True).select_option("opmerking")
    page.get_by_label("Voornaam", exact=True).select_option("voornaam")
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    expect(page.get_by_text("109 van de 120 rijen")).to_be_visible()
    inspect("import-voorbeeld")
    page.get_by_role("link", name="geweigerd", exact=False).first.click()
    expect(page.get_by_role("cell", name="Naam ontbreekt")).to_be_visible()
    inspect("import-geweigerd")
    page.go_back()
    page.get_by_role("link", name="Neem 109 rijen over").click()
    inspect("import-overnemen")
    page.get_by_role("button", name="Neem 109 rijen over").click()
    expect(page.get_by_text("De lijst is overgenomen.")).to_be_visible()
    inspect("import-klaar")
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal geweigerde rijen op").click()
    assert "onbekende medewerker" in Path(download.value.path()).read_text("utf-8-sig")
    page.get_by_role("link", name="Draai terug").click()
    inspect("import-terugdraaien")
    page.get_by_role("button", name="Draai 109 rijen terug").click()
    expect(page.get_by_text("De lijst is teruggedraaid")).to_be_visible()
    inspect("import-teruggedraaid")


def test_the_bar_moves_and_the_page_follows(page: Page, live_server, herent, inspect):
    site = live_server.url
    page.goto(f"{site}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill("mw1")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    with in_bestuur(herent.pk):
        now = timezone.now()
        mw1 = herent.aanstellingen.get(gebruiker__gebruikersnaam="mw1").gebruiker
        lijst = Import.objects.create(
            bestuur=herent,
            door=mw1,
            bestandsnaam="caseload.xlsx",
            sha256="0" * 64,
            grootte=1,
            op=timezone.localdate(),
            rijen=5000,
            te_verwerken=4800,
            verwerkt=1200,
            status=ImportStatus.BEZIG,
            created_at=now,
            started_at=now - timezone.timedelta(seconds=50),
        )
    page.goto(f"{site}/importeren/{lijst.pk}/")
    expect(page.get_by_role("status").filter(has_text="1200 van 4800")).to_be_visible()
    inspect("import-bezig")
    with in_bestuur(herent.pk):
        Import.objects.update(status=ImportStatus.MISLUKT, fout="De lijst is niet te lezen.")
    expect(page.get_by_text("De lijst is niet te lezen.")).to_be_visible(timeout=10_000)
    inspect("import-mislukt")
