"""The client's own door: given by a worker, opened on a phone without JavaScript."""

import gzip
import os
import re
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, TAGS
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.portaal import make_link
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from toegang.scope import in_bestuur

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 640}
MOST_BYTES = 60_000


@pytest.fixture
def scene(transactional_db, live_server, settings, tmp_path):
    """OCMW Herent with one worker and one client, and text messages that land in a folder."""
    settings.SITE_URL = live_server.url
    settings.SMS_FILE_PATH = tmp_path
    bestuur = make_bestuur(telefoon="016 21 00 00")
    make_bestuur("OCMW Kortenberg", "24055")
    with in_bestuur(bestuur.pk):
        worker = make_gebruiker(bestuur, gebruikersnaam="mw1", voornaam="Mieke")
        olena = make_client(
            bestuur,
            familienaam="Kovalenko",
            telefoon="0470 12 34 56",
            email="olena@example.org",
            adres="Kerkstraat 1",
            postcode="3020",
            gemeente="Herent",
            geboortedatum=date(1992, 3, 24),
        )
        make_toewijzing(olena, worker)
    return bestuur, olena, tmp_path


@pytest.fixture
def phone(browser):
    """Return a function that opens a telephone without JavaScript."""
    opened = []

    def open_phone(**options):
        asked = {"viewport": PHONE, "locale": "nl-BE", "java_script_enabled": False} | options
        opened.append(browser.new_context(**asked))
        return opened[-1].new_page()

    yield open_phone
    for context in opened:
        context.close()


def picture(page, name: str) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        width = page.viewport_size["width"]
        page.screenshot(path=str(Path(folder) / f"portaal-{name}-{width}.png"), full_page=True)


def born(page, day: str = "24", month: str = "3", year: str = "1992") -> None:
    page.get_by_label("Dag", exact=True).fill(day)
    page.get_by_label("Maand").fill(month)
    page.get_by_label("Jaar").fill(year)


def link_in(folder: Path) -> str:
    (message,) = folder.glob("sms-*.txt")
    return re.search(r"http\S+", message.read_text())[0]


def test_from_the_file_to_the_telephone_and_away(page, scene, phone, inspect, live_server):
    _, olena, folder = scene
    page.goto(f"{live_server.url}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill("mw1")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.goto(f"{live_server.url}/clienten/{olena.pk}/portaal/")
    inspect("toegang-van-de-client")
    page.get_by_role("button", name="Geef de link").click()
    expect(page.get_by_text("De sms vertrekt nu.")).to_be_visible()
    inspect("toegang-gegeven")

    hers = phone()
    hers.goto(link_in(folder))
    expect(hers.get_by_role("heading", name="Welkom")).to_be_visible()
    assert "Kovalenko" not in hers.content()
    assert hers.title() == "Welkom"
    picture(hers, "deur")
    born(hers, day="25")
    hers.get_by_role("button", name="Ga binnen").click()
    expect(hers.get_by_text("Deze datum klopt niet.")).to_be_visible()
    picture(hers, "deur-fout")
    born(hers)
    hers.get_by_role("button", name="Ga binnen").click()
    hers.wait_for_url(f"{live_server.url}/mijn/")
    assert "Kovalenko" not in hers.title()
    picture(hers, "start")
    hers.get_by_role("button", name="Weg").click()
    expect(hers.get_by_role("heading", name="Tot ziens")).to_be_visible()
    picture(hers, "weg")
    hers.go_back()
    expect(hers.get_by_text("Olena")).to_have_count(0)
    assert hers.url.endswith("/mijn/code/")

    page.reload()
    expect(page.get_by_text("Kwam binnen")).to_be_visible()
    inspect("toegang-gebruikt")
    page.get_by_label("QR-code op dit scherm").check()
    page.get_by_role("button", name="Geef de link").click()
    expect(page.get_by_role("img", name="QR-code met de link")).to_be_visible()
    inspect("toegang-bureau")
    page.get_by_role("link", name="Klaar").click()
    page.get_by_role("link", name="Trek de toegang in").click()
    inspect("toegang-intrekken")
    page.get_by_role("button", name="Trek de toegang in").click()
    expect(page.get_by_text("De cliënt kan nu niet binnen.")).to_be_visible()
    hers.goto(link_in(folder))
    expect(hers.get_by_role("heading", name="Deze link opent niet meer")).to_be_visible()
    picture(hers, "dicht")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("taal", ["nl", "ar"])
def test_the_doors_are_read_by_everybody_on_the_smallest_phone(
    scene, phone, live_server, taal, scheme
):
    bestuur, olena, _ = scene
    with in_bestuur(bestuur.pk):
        token = make_link(olena)[1]
    locale = {"nl": "nl-BE", "ar": "ar"}[taal]
    page = phone(viewport=NARROW, locale=locale, java_script_enabled=True, color_scheme=scheme)
    for name, path in (
        ("code", "/mijn/code/"),
        ("kwijt", "/mijn/kwijt/"),
        ("gevraagd", "/mijn/kwijt/gevraagd/"),
        ("weg", "/mijn/weg/"),
        ("fout", "/mijn/bestaat-niet/"),
        ("deur", f"/mijn/d/{token}/"),
    ):
        page.goto(live_server.url + path)
        if name == "deur" and taal == "ar":
            page.get_by_role("button", name="العربية").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], name
        small = page.evaluate(
            "[...document.querySelectorAll('button, .button, input:not([type=hidden]), select')]"
            ".filter(el => el.getBoundingClientRect().height < 44).map(el => el.outerHTML)"
        )
        assert small == []
        result = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        assert result.violations_count == 0, f"{name}: {result.generate_report()}"
        picture(page, f"{name}-{taal}-{scheme}")


def test_the_first_view_is_light_and_needs_no_script(scene, phone, live_server):
    """What a phone fetches for the door, as the server of production compresses it."""
    bestuur, olena, _ = scene
    with in_bestuur(bestuur.pk):
        token = make_link(olena)[1]
    page = phone()
    fetched: dict[str, int] = {}

    def weigh(response) -> None:
        body = response.body()
        is_font = response.url.endswith(".woff2")
        fetched[response.url] = len(body) if is_font else len(gzip.compress(body))

    page.on("response", weigh)
    page.goto(f"{live_server.url}/mijn/d/{token}/", wait_until="networkidle")
    assert not [url for url in fetched if url.endswith(".js")]
    assert any("atkinson" in url for url in fetched)
    assert not [url for url in fetched if "latin-ext" in url or "noto" in url]
    assert sum(fetched.values()) < MOST_BYTES, fetched


def test_the_keyboard_alone_comes_in_and_leaves(scene, phone, live_server):
    bestuur, olena, _ = scene
    with in_bestuur(bestuur.pk):
        token = make_link(olena)[1]
    page = phone()
    page.goto(f"{live_server.url}/mijn/d/{token}/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    for typed in ("24", "3", "1992"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/mijn/")
    leave = page.get_by_role("button", name="Weg")
    for _ in range(6):
        page.keyboard.press("Tab")
        if leave.evaluate("button => button === document.activeElement"):
            break
    expect(leave).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Tot ziens")).to_be_visible()
