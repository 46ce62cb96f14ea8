"""The whole story in one walk: an own list comes in, a limit is near, and a report goes out."""

import json
import subprocess
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Page, expect

from toegang.models import Bestuur
from toegang.scope import in_bestuur
from trajecten.models import Traject

pytestmark = pytest.mark.browser

DATA = Path(__file__).parent.parent / "caseload" / "data"
EXPECTED = json.loads((DATA / "caseload-voorbeeld.verwacht.json").read_text("utf-8"))
# Row 105 of the list: TWE from 2/12/2024, so its last legal day is near and nothing follows.
DOSSIER = "2026-0105"
NAME = "Zegers Gert"


@pytest.fixture(autouse=True)
def _today():
    """Stand on the day for which the example list was made; the clock ticks on."""
    with time_machine.travel("2026-11-22 09:30+01:00", tick=True):
        yield


def test_from_a_list_to_a_printed_report(page: Page, site: str, sign_in, inspect, tmp_path):
    import_the_list(sign_in("mw2"), inspect)
    the_database_holds_what_was_expected()
    find_who_needs_me(page, site, inspect)
    look_before_suspending(page, inspect)
    agree_on_a_step(page, site, inspect)
    print_the_report(page, inspect, tmp_path)
    page.context.clear_cookies()
    oversight(sign_in("dpo1"), site)


def import_the_list(page: Page, inspect) -> None:
    page.get_by_role("link", name="Importeren").first.click()
    page.get_by_label("Lijst met cliënten").set_input_files(DATA / "caseload-voorbeeld.csv")
    page.get_by_role("button", name="Lees het bestand").click()
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
    expect(page.get_by_text("109 van de 120 rijen")).to_be_visible()
    inspect("verhaal-1-voorbeeld")
    page.get_by_role("link", name="geweigerd", exact=False).first.click()
    for rij, reden in EXPECTED["geweigerd"]:
        row = page.get_by_role("row").filter(has=page.get_by_text(str(rij), exact=True))
        expect(row.first).to_contain_text(reden, ignore_case=True)
    page.go_back()
    page.get_by_role("link", name="Neem 109 rijen over").click()
    page.get_by_role("button", name="Neem 109 rijen over").click()
    expect(page.get_by_text("De lijst is overgenomen.")).to_be_visible()
    inspect("verhaal-2-overgenomen")


def the_database_holds_what_was_expected() -> None:
    with in_bestuur(Bestuur.objects.get(nis="24038").pk):
        rows = Traject.objects.filter(client__dossiernummer__startswith="2026-").values_list(
            "client__dossiernummer", "instrument__code", "begindatum", "uiterste_dag"
        )
        found = sorted([a, b, str(c), str(d)] for a, b, c, d in rows)
    assert found == sorted(EXPECTED["uiterste_dag"])


def find_who_needs_me(page: Page, site: str, inspect) -> None:
    page.goto(f"{site}/")
    line = page.locator("ul.signals > li").filter(has_text=NAME).first
    expect(line).to_contain_text("geen vervolgstap afgesproken")
    inspect("verhaal-3-vandaag")
    page.goto(f"{site}/zoek/?q=gert+zegers")
    page.get_by_role("link", name=NAME).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAME)
    inspect("verhaal-4-dossier")
    page.get_by_role("link", name="Open het traject").first.click()
    page.get_by_text("Waarom deze datum?").first.click()
    expect(page.get_by_text("+ 24 maanden").first).to_be_visible()
    expect(page.get_by_text("1 december 2026").first).to_be_visible()


def look_before_suspending(page: Page, inspect) -> None:
    """What a suspension would do is seen first; leaving saves nothing."""
    address = page.url
    page.goto(f"{address}schorsing/")
    page.get_by_label("Eerste dag", exact=True).fill("1/11/2026")
    page.get_by_label("Laatste dag").fill("20/11/2026")
    page.get_by_label("Reden").select_option("ziekte")
    page.get_by_role("button", name="Bekijk wat dit doet").click()
    expect(page.get_by_text("Nog niets is bewaard.", exact=False).first).to_be_visible()
    inspect("verhaal-5-schorsing-bekeken")
    page.goto(address)
    expect(page.get_by_text("Geschorst", exact=True)).to_have_count(0)


def agree_on_a_step(page: Page, site: str, inspect) -> None:
    address = page.url
    page.goto(f"{address}stap/")
    page.get_by_label("Soort").select_option("opleiding")
    page.get_by_label("Wat", exact=True).fill("Inschrijven voor de opleiding keukenmedewerker")
    page.get_by_label("Cliënt", exact=True).check()
    page.get_by_label("Tegen wanneer").fill("+3w")
    page.get_by_label("Aan het bureau").check()
    page.get_by_role("button", name="Bewaar de stap").click()
    expect(page.get_by_text("opleiding keukenmedewerker").first).to_be_visible()
    inspect("verhaal-6-traject")
    page.goto(f"{site}/")
    lines = page.locator("ul.signals > li").filter(has_text=NAME)
    expect(lines.filter(has_text="geen vervolgstap afgesproken")).to_have_count(0)
    page.goto(address)


def print_the_report(page: Page, inspect, tmp_path: Path) -> None:
    page.goto(f"{page.url}verslag/")
    page.get_by_role("button", name="Maak het verslag").click()
    expect(page.get_by_role("link", name="Download de pdf")).to_be_visible()
    inspect("verhaal-7-verslag")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download de pdf").click()
    target = tmp_path / "verslag.pdf"
    download.value.save_as(target)
    text = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, check=True, text=True
    ).stdout
    assert NAME in text
    assert "01/12/2026" in text
    assert "opleiding keukenmedewerker" in text


def oversight(page: Page, site: str) -> None:
    """The DPO sees who opened the file and which acts were done, not what was agreed."""
    page.goto(f"{site}/toezicht/")
    expect(page.get_by_text("Samir Bouzidi").first).to_be_visible()
    page.goto(f"{site}/toezicht/wijzigingen/")
    expect(page.get_by_text("sprak af", exact=True).first).to_be_visible()
    expect(page.get_by_text("keukenmedewerker")).to_have_count(0)
