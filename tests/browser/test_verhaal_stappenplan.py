"""The step plan with two voices, as one story: a worker's screen, and the client's telephone."""

import os
import re
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Browser, Page, expect

from kern.periods import add_months
from tests.browser.conftest import PHONE
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from tests.factories.trajecten import make_traject
from toegang.enums import Rol
from toegang.scope import in_bestuur

pytestmark = pytest.mark.browser

GOAL = "Werken in de keuken van een woonzorgcentrum"
STEP = "Meelopen in de keuken van De Linde"
STEP_AFTER = "Drie weken meelopen in de keuken van Ter Duinen"
HER_WORDS = "Mijn dochter heeft dan nog examens"
BORN = date(1992, 3, 24)


@pytest.fixture
def olena(transactional_db, live_server, settings, tmp_path):
    """Olena, her worker Mieke and a DPO; a text message lands in a folder."""
    settings.SITE_URL = live_server.url
    settings.SMS_FILE_PATH = tmp_path
    bestuur = make_bestuur(telefoon="016 21 00 00")
    with in_bestuur(bestuur.pk):
        worker = make_gebruiker(bestuur, gebruikersnaam="mw1", voornaam="Mieke")
        make_gebruiker(bestuur, Rol.TOEZICHTHOUDER, gebruikersnaam="dpo1", voornaam="Dirk")
        client = make_client(
            bestuur,
            voornaam="Olena",
            familienaam="Kovalenko",
            telefoon="0470 12 34 56",
            geboortedatum=BORN,
        )
        make_toewijzing(client, worker)
        make_traject(client, begindatum=add_months(timezone.localdate(), -3))
    return client


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Her telephone: 390 px wide, without JavaScript."""
    context = browser.new_context(
        viewport=PHONE,
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        java_script_enabled=False,
        accept_downloads=True,
    )
    yield context.new_page()
    context.close()


def test_one_plan_two_voices(page, phone, olena, live_server, tmp_path, inspect):
    """From the link to the paper, with the worker and the client each behind a browser."""
    file = f"{live_server.url}/clienten/{olena.pk}/"
    plan = f"{file}plan/"
    first_day = timezone.localdate() + timedelta(days=21)

    sign_in(page, live_server.url, "mw1")
    the_worker_gives_a_link(page, file)
    the_worker_proposes(page, plan, first_day)

    the_client_comes_in(phone, link_in(tmp_path))
    her_day = the_client_asks_for_another_day(phone)

    the_worker_sees_it_on_vandaag(page, live_server.url, inspect)
    the_worker_agrees_to_her_day(page, plan, her_day, inspect)

    the_client_agrees_to_the_plan(phone)
    the_worker_agrees_to_the_plan(page, plan, inspect)

    the_worker_changes_the_text(page, plan)
    both_see_the_differences(page, phone, plan, inspect)
    the_paper_says_what_holds_and_what_does_not(page, plan, tmp_path)

    the_worker_puts_it_forward(page, plan)
    the_old_version_holds_until_she_agrees(page, phone, plan)
    the_client_agrees_to_the_new_text(page, phone, plan, inspect)

    everybody_who_looked_is_known(page, phone, olena, live_server.url, inspect)


def sign_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_label("Wachtwoord")).to_have_count(0)


def picture(phone: Page, name: str) -> None:
    """Keep a picture of her telephone when somebody asked for them."""
    if folder := os.environ.get("SCREENSHOTS"):
        phone.screenshot(path=Path(folder) / f"verhaal-plan-{name}.png", full_page=True)


def go_home(phone: Page) -> None:
    phone.get_by_role("banner").get_by_role("link", name="Mijn plan").click()


def link_in(folder: Path) -> str:
    (message,) = folder.glob("sms-*.txt")
    return re.search(r"http\S+", message.read_text())[0]


def the_worker_gives_a_link(page: Page, file: str) -> None:
    page.goto(f"{file}portaal/")
    page.get_by_role("button", name="Geef de link").click()
    expect(page.get_by_text("De sms vertrekt nu.")).to_be_visible()


def the_worker_proposes(page: Page, plan: str, day: date) -> None:
    page.goto(plan)
    page.get_by_role("link", name="Stel een doel voor").click()
    page.get_by_label("Wat?").fill(GOAL)
    page.get_by_label("Olena (cliënt)").check()
    page.get_by_role("button", name="Stel het doel voor").click()
    expect(page.get_by_text("Olena kan nu antwoorden.")).to_be_visible()
    page.get_by_role("link", name="Stel een stap voor").first.click()
    page.get_by_label("Wat?").fill(STEP)
    page.get_by_label("Olena (cliënt)").check()
    page.get_by_label("Tegen wanneer?").fill(f"{day:%d/%m/%Y}")
    page.get_by_label("Voor welk doel?").select_option(label=GOAL)
    page.get_by_role("button", name="Stel de stap voor").click()
    expect(page.get_by_text("Olena kan nu antwoorden.")).to_be_visible()


def the_client_comes_in(phone: Page, link: str) -> None:
    phone.goto(link)
    assert "Kovalenko" not in phone.content()
    for label, number in (("Dag", BORN.day), ("Maand", BORN.month), ("Jaar", BORN.year)):
        phone.get_by_label(label, exact=True).fill(str(number))
    phone.get_by_role("button", name="Ga binnen").click()
    expect(phone.get_by_role("heading", name="Dag Olena")).to_be_visible()
    waiting = phone.get_by_role("region", name="Wacht op u")
    expect(waiting).to_contain_text(GOAL)
    expect(waiting).to_contain_text(STEP)
    picture(phone, "1-wacht-op-u")


def the_client_asks_for_another_day(phone: Page) -> str:
    """Return the day she asks for, as her page writes it."""
    phone.get_by_role("link", name=re.compile(f"Bekijk en antwoord.*{STEP}")).click()
    phone.get_by_role("link", name="Ik wil liever een andere dag").click()
    choice = phone.get_by_label("Een maand later")
    choice.check()
    asked = date.fromisoformat(choice.get_attribute("value") or "")
    phone.get_by_label("Wilt u er iets bij zeggen?").fill(HER_WORDS)
    picture(phone, "2-andere-dag")
    phone.get_by_role("button", name="Vraag deze dag").click()
    expect(phone.get_by_role("status")).to_contain_text("Het OCMW ziet welke dag u vraagt.")
    return date_format(asked, "j F")


def the_worker_sees_it_on_vandaag(page: Page, site: str, inspect) -> None:
    """At once, with her own words."""
    page.goto(f"{site}/")
    line = page.locator("ul.signals > li", has_text="Kovalenko").filter(has_text=HER_WORDS)
    expect(line).to_be_visible()
    inspect("verhaal-plan-3-vandaag")


def the_worker_agrees_to_her_day(page: Page, plan: str, day: str, inspect) -> None:
    page.goto(plan)
    card = page.locator("li.step", has_text=STEP)
    expect(card).to_contain_text(HER_WORDS)
    expect(card).to_contain_text(day)
    inspect("verhaal-plan-4-antwoord")
    card.get_by_role("button", name="Akkoord met").click()
    expect(page.get_by_text("Afgesproken.", exact=True)).to_be_visible()


def the_client_agrees_to_the_plan(phone: Page) -> None:
    """First to the goal alone, then to the whole; by her own link."""
    go_home(phone)
    phone.get_by_role("link", name=re.compile(f"Bekijk en antwoord.*{GOAL}")).click()
    phone.get_by_role("button", name="Ik ga akkoord").click()
    phone.get_by_role("link", name="Ik ga akkoord met mijn plan").click()
    expect(phone.get_by_text("Hieronder staat waar u ja op zegt.")).to_be_visible()
    phone.get_by_role("button", name="Ik ga akkoord met mijn plan").click()
    expect(phone.get_by_text("Het OCMW moet nog akkoord gaan.").first).to_be_visible()
    picture(phone, "5-zij-is-akkoord")


def the_worker_agrees_to_the_plan(page: Page, plan: str, inspect) -> None:
    page.goto(plan)
    expect(page.get_by_text("Nog geen afgesproken versie.")).to_be_visible()
    page.get_by_role("link", name="Lees en ga akkoord").click()
    expect(page.get_by_text("Olena ging al akkoord met deze tekst.")).to_be_visible()
    page.get_by_role("button", name="Ga akkoord namens het OCMW").click()
    expect(page.get_by_text("Afgesproken: versie 1")).to_be_visible()
    inspect("verhaal-plan-6-versie-1")


def the_worker_changes_the_text(page: Page, plan: str) -> None:
    page.goto(plan)
    card = page.locator("li.step", has_text=STEP)
    card.locator("summary.btn").click()
    card.get_by_role("link", name="Wijzig").click()
    page.get_by_label("Wat?").fill(STEP_AFTER)
    page.get_by_role("button", name="Bewaar de wijziging").click()
    expect(page.locator("li.step", has_text=STEP_AFTER)).to_be_visible()


def both_see_the_differences(page: Page, phone: Page, plan: str, inspect) -> None:
    """Word by word on both screens; what was agreed still holds on both."""
    page.goto(plan)
    expect(page.get_by_text("De afgesproken versie 1 blijft gelden")).to_be_visible()
    page.get_by_role("link", name="Toon verschillen").click()
    expect(page.get_by_text("blijft gelden tot beiden akkoord gaan")).to_be_visible()
    words = page.locator(".plan-diffs")
    expect(words.locator("ins", has_text="Drie weken meelopen")).to_be_visible()
    expect(words.locator("del", has_text="De Linde")).to_be_visible()
    inspect("verhaal-plan-7-verschillen")

    go_home(phone)
    expect(phone.get_by_text("Het oude plan geldt tot u en het OCMW ja zeggen.")).to_be_visible()
    phone.get_by_role("link", name="Bekijk wat afgesproken is").click()
    changes = phone.get_by_role("region", name="Wat er veranderd is")
    expect(changes.locator("ins", has_text="Drie weken meelopen")).to_be_visible()
    expect(changes.locator("del", has_text="De Linde")).to_be_visible()
    picture(phone, "8-verschillen")


def the_paper_says_what_holds_and_what_does_not(page: Page, plan: str, folder: Path) -> None:
    page.goto(plan)
    draft = printed(page, "Print", folder / "ontwerp.pdf")
    assert STEP_AFTER in draft
    page.get_by_role("link", name="versie 1", exact=True).click()
    agreed = printed(page, "Print deze versie", folder / "versie.pdf")
    assert STEP in agreed
    assert "Ter Duinen" not in agreed
    assert GOAL in agreed


def printed(page: Page, link: str, target: Path) -> str:
    """Fetch a paper with the session of the browser, and return its words in one line."""
    address = page.get_by_role("link", name=link, exact=True).get_attribute("href")
    answer = page.request.get(re.sub(r"(https?://[^/]+).*", r"\1", page.url) + (address or ""))
    assert answer.headers["content-type"] == "application/pdf"
    target.write_bytes(answer.body())
    read = subprocess.run(
        ["pdftotext", "-layout", str(target), "-"], capture_output=True, check=True, text=True
    )
    return " ".join(read.stdout.split())


def the_worker_puts_it_forward(page: Page, plan: str) -> None:
    page.goto(plan)
    page.get_by_role("link", name="Leg voor aan Olena").click()
    page.get_by_role("button", name="Ga akkoord en leg voor").click()
    expect(page.get_by_text("Versie 2 wacht op Olena")).to_be_visible()


def the_old_version_holds_until_she_agrees(page: Page, phone: Page, plan: str) -> None:
    """She looks, thinks about it, and leaves it: nothing changes."""
    go_home(phone)
    phone.get_by_role("link", name="Ik ga akkoord met mijn plan").click()
    expect(phone.get_by_text(STEP_AFTER).first).to_be_visible()
    phone.get_by_role("link", name="Ik denk er nog over na").click()
    phone.get_by_role("link", name="Bekijk wat afgesproken is").click()
    expect(phone.get_by_text("Er wacht een nieuw plan.")).to_be_visible()
    page.goto(plan)
    expect(page.get_by_text("Afgesproken: versie 1")).to_be_visible()
    expect(page.get_by_text("De afgesproken versie 1 blijft gelden")).to_be_visible()


def the_client_agrees_to_the_new_text(page: Page, phone: Page, plan: str, inspect) -> None:
    go_home(phone)
    phone.get_by_role("link", name="Ik ga akkoord met mijn plan").click()
    picture(phone, "9-nieuwe-tekst")
    phone.get_by_role("button", name="Ik ga akkoord met mijn plan").click()
    expect(phone.get_by_text("Dit plan is afgesproken sinds")).to_be_visible()
    page.goto(plan)
    expect(page.get_by_text("Afgesproken: versie 2")).to_be_visible()
    expect(page.get_by_text("ongewijzigd")).to_be_visible()
    page.get_by_role("link", name="Versies", exact=True).click()
    expect(page.get_by_text("via de eigen link").first).to_be_visible()
    inspect("verhaal-plan-10-versies")


def everybody_who_looked_is_known(page: Page, phone: Page, olena, site: str, inspect) -> None:
    """The DPO sees which worker opened the file; the client reads it in plain words."""
    page.context.clear_cookies()
    sign_in(page, site, "dpo1")
    page.goto(f"{site}/toezicht/")
    row = page.get_by_role("row").filter(has_text="Mieke").filter(has_text=str(olena.pk))
    expect(row.first).to_contain_text("plan")
    inspect("verhaal-plan-11-wie-keek")
    page.goto(f"{site}/toezicht/wijzigingen/")
    agreed = page.get_by_role("row").filter(has_text="ging akkoord met het stappenplan, versie 2")
    expect(agreed.filter(has_text="de cliënt")).to_be_visible()
    expect(agreed.filter(has_text="Mieke")).to_be_visible()
    expect(page.get_by_text("Ter Duinen")).to_have_count(0)

    go_home(phone)
    phone.get_by_role("link", name="Wie keek in mijn dossier").click()
    expect(phone.get_by_text("OCMW Herent").first).to_be_visible()
    today = date_format(timezone.localdate(), "l j F")
    expect(phone.get_by_text(today).first).to_be_visible()
    picture(phone, "12-wie-keek")
    phone.get_by_role("button", name="Weg").click()
    expect(phone.get_by_role("heading", name="Tot ziens")).to_be_visible()
