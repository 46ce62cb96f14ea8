"""Writing in the log: by keyboard alone, and whatever breaks, nothing typed is lost."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from clienten.models import Client
from kern.db.scope import scope
from tests.database import app_url, owner_url
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from tests.factories.trajecten import make_logboekitem, make_traject
from toegang.enums import Rol
from trajecten.commands.logvragen import add_logaanvulling, ask_logvraag
from trajecten.models import Concept, Logboekitem

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
TEKST = "Een uur gepraat over de opvang. Woensdag belt zij de school."
MORE = " Wij vragen de buurvrouw."


@pytest.fixture
def own(transactional_db: None) -> Client:
    """A client of Mieke with a little in her log, and a lead who asks."""
    herent = make_bestuur()
    worker = make_gebruiker(herent, gebruikersnaam="mw1", voornaam="Mieke", familienaam="Claes")
    lead = make_gebruiker(
        herent, Rol.LEIDINGGEVENDE, gebruikersnaam="lead1", voornaam="Luc", familienaam="Maes"
    )
    now = timezone.now()
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=worker.pk):
        client = make_client(herent, familienaam="Kovalenko")
        make_toewijzing(client, worker)
        make_logboekitem(
            client,
            worker,
            tekst="Samen de vacatures bekeken. Zij schrijft zelf de brief.",
            zichtbaar_client=True,
            moment=now - timedelta(days=3),
        )
        item = make_logboekitem(
            client,
            worker,
            tekst="Gebeld over de opvang. Zij heeft rugpijn en kan niet tillen.",
            moment=now - timedelta(days=1),
        )
        ask_logvraag(item=item, vraag="Is er al een plaats in de opvang?", by=lead, at=now)
        add_logaanvulling(item=item, tekst="De school belt morgen terug.", by=lead, at=now)
    return client


def sign_in(page: Page, address: str, name: str = "mw1") -> None:
    page.goto(f"{address}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url(lambda url: "/aanmelden/" not in url)


def words(page: Page):
    return page.get_by_label("Wat is er besproken?")


def in_bestuur(client: Client):
    """Read as the database lets Mieke's bestuur read."""
    stack = contextlib.ExitStack()
    stack.enter_context(transaction.atomic())
    stack.enter_context(scope(bestuur_id=client.bestuur_id, actor_id=None))
    return stack


def test_a_contact_is_noted_with_the_keyboard_alone(page, live_server, own):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/clienten/{own.pk}/")
    pressed = []

    def press(key: str) -> None:
        pressed.append(key)
        page.keyboard.press(key)

    press("n")
    expect(words(page)).to_be_focused()
    page.keyboard.type("Belde terug. Zij begint maandag.")
    press("Alt+t")
    expect(words(page)).to_be_focused()
    press("Control+Enter")
    expect(page.get_by_text("Genoteerd.")).to_be_visible()
    assert pressed == ["n", "Alt+t", "Control+Enter"]
    with in_bestuur(own):
        item = Logboekitem.objects.latest("pk")
        assert (item.soort, item.tekst) == ("telefoon", "Belde terug. Zij begint maandag.")
        assert not item.zichtbaar_client


def test_keys_stay_out_of_the_way_of_who_types_and_can_be_switched_off(page, live_server, own):
    sign_in(page, live_server.url)
    file = f"{live_server.url}/clienten/{own.pk}/"
    page.goto(file)
    page.keyboard.press("/")
    page.keyboard.type("n?")
    expect(page.locator("#zoek")).to_have_value("n?")
    assert page.url == file
    page.goto(file)
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_label("Zet de losse toetsen").check()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("/")
    expect(page.locator("#zoek")).not_to_be_focused()
    assert page.url == file


def test_every_screen_of_the_log_is_readable(page, live_server, own, inspect):
    sign_in(page, live_server.url)
    with in_bestuur(own):
        shared, asked = Logboekitem.objects.order_by("pk").values_list("pk", flat=True)
    page.goto(f"{live_server.url}/clienten/{own.pk}/")
    inspect("logboek-dossier")
    page.keyboard.press("?")
    inspect("toetsenhulp")
    for name, path in {
        "contact": f"clienten/{own.pk}/contact/",
        "logboek-wijzig": f"logboek/{shared}/",
        "logboek-aanvulling": f"logboek/{asked}/aanvulling/",
        "logboek-weglaten": f"weglaten/logboek/{asked}/",
        "concepten-leeg": "concepten/",
        "toetsen": "hulp/toetsen/",
    }.items():
        page.goto(f"{live_server.url}/{path}")
        inspect(name)
    page.goto(f"{live_server.url}/clienten/{own.pk}/")
    page.locator(".log").get_by_role("link", name="Antwoord").click()
    expect(page.get_by_label("Uw antwoord")).to_be_focused()
    inspect("logboek-antwoord")
    page.get_by_label("Uw antwoord").fill("Ja, vanaf januari.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("De vraag is gesloten.")).to_be_visible()


def test_a_lead_asks_and_words_are_taken_out(page, live_server, own, inspect):
    sign_in(page, live_server.url, "lead1")
    with in_bestuur(own):
        shared, asked = Logboekitem.objects.order_by("pk").values_list("pk", flat=True)
    page.goto(f"{live_server.url}/logboek/{shared}/vraag/")
    page.get_by_label("Uw vraag").fill("Welke brief?")
    page.get_by_role("button", name="Stel de vraag").click()
    expect(page.get_by_text("De vraag wacht op Mieke Claes.")).to_be_visible()
    page.goto(f"{live_server.url}/weglaten/logboek/{asked}/")
    page.get_by_label("Welke woorden moeten weg?").fill("heeft rugpijn en")
    page.get_by_label("Het gaat over gezondheid").check()
    page.get_by_role("button", name="Bekijk hoe het wordt").click()
    expect(page.get_by_text("U haalt deze woorden voorgoed weg.")).to_be_visible()
    inspect("logboek-weglaten-bekijk")
    page.get_by_role("button", name="Laat deze woorden weg").click()
    expect(page.get_by_text("Zij [weggelaten] kan niet tillen.")).to_be_visible()
    inspect("logboek-weggelaten")


def test_two_windows_on_one_entry_show_both_texts(page, context, live_server, own, inspect):
    sign_in(page, live_server.url)
    with in_bestuur(own):
        pk = Logboekitem.objects.earliest("pk").pk
    second = context.new_page()
    for window in (page, second):
        window.goto(f"{live_server.url}/logboek/{pk}/")
    words(second).fill("Zij schreef de brief op maandag.")
    second.get_by_role("button", name="Bewaar").click()
    expect(second.get_by_text("Bewaard.", exact=True)).to_be_visible()
    words(page).fill("Zij schreef de brief met haar zus.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("heading", name="Wat er nu staat")).to_be_visible()
    expect(page.get_by_text("op maandag")).to_be_visible()
    expect(words(page)).to_have_value("Zij schreef de brief met haar zus.")
    inspect("logboek-botsing")
    words(page).fill("Zij schreef de brief op maandag, met haar zus.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("op maandag, met haar zus")).to_be_visible()


class Site:
    """The site in a process of its own, that can be killed and started again at its address."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> int:
        """Start the server and wait until it answers; return its process number."""
        name = str(connection.settings_dict["NAME"])
        environment = {
            **os.environ,
            "DATABASE_URL": app_url(name),
            "DATABASE_OWNER_URL": owner_url(name),
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        }
        serve = ["gunicorn", "activering.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *serve, "--threads", "4"],
                cwd=ROOT,
                env=environment,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(self.log.read_text())
            time.sleep(0.1)
        return self.process.pid

    def answers(self) -> bool:
        """Tell whether the site is up."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", "/levend")
            return asked.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    def kill(self) -> None:
        """Kill it at once, as a power cut would."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)


@pytest.fixture
def site_process(transactional_db: None, tmp_path: Path) -> Iterator[Site]:
    """A running site of its own."""
    site = Site(tmp_path / "site.log")
    site.start()
    yield site
    site.kill()


def kill_browser(browser) -> None:
    """Let the browser die at once: no page hears that it closes."""
    with contextlib.suppress(Error):
        browser.new_browser_cdp_session().send("Browser.crash")
    deadline = time.monotonic() + 10
    while browser.is_connected() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not browser.is_connected()


def test_browser_session_and_server_are_killed_and_the_text_is_there_afterwards(
    browser_type, browser_type_launch_args, own, site_process
):
    """The acceptance of the issue: each is truly killed while she types."""
    first = browser_type.launch(**browser_type_launch_args)
    page = first.new_page()
    sign_in(page, site_process.address)
    page.goto(f"{site_process.address}/clienten/{own.pk}/contact/")
    page.keyboard.type(TEKST)
    page.keyboard.press("Alt+h")
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()
    page.keyboard.type(MORE)
    with in_bestuur(own):
        wait_for(lambda: Concept.objects.get().revisie >= 2)

    kill_browser(first)
    Session.objects.all().delete()
    former = site_process.process.pid
    site_process.kill()
    assert not site_process.answers()
    assert site_process.start() != former

    second = browser_type.launch(**browser_type_launch_args)
    page = second.new_page()
    page.goto(f"{site_process.address}/clienten/{own.pk}/contact/")
    expect(page.get_by_role("heading", name="Aanmelden")).to_be_visible()
    page.get_by_label("Gebruikersnaam").fill("mw1")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_text("teruggezet")).to_be_visible()
    expect(words(page)).to_have_value(TEKST + MORE)
    expect(page.get_by_label("Huisbezoek")).to_be_checked()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Genoteerd.")).to_be_visible()
    with in_bestuur(own):
        assert Logboekitem.objects.latest("pk").tekst == TEKST + MORE
        assert not Concept.objects.open_at(timezone.now()).exists()
    second.close()


def test_a_session_that_ends_is_begun_again_in_place(page, own, site_process, inspect):
    sign_in(page, site_process.address)
    page.goto(f"{site_process.address}/clienten/{own.pk}/contact/")
    page.keyboard.type(TEKST)
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()
    Session.objects.all().delete()
    page.keyboard.type(MORE)
    dialog = page.get_by_role("dialog", name="Meld u opnieuw aan")
    expect(dialog).to_be_visible()
    inspect("concept-aanmelden")
    dialog.get_by_label("Wachtwoord").fill("iets anders")
    dialog.get_by_role("button", name="Aanmelden").click()
    expect(dialog.get_by_text("horen niet samen")).to_be_visible()
    dialog.get_by_label("Wachtwoord").fill(PASSWORD)
    dialog.get_by_role("button", name="Aanmelden").click()
    expect(dialog).not_to_be_visible()
    expect(words(page)).to_have_value(TEKST + MORE)
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()
    expect(words(page)).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Genoteerd.")).to_be_visible()
    nothing_on_device(page)
    with in_bestuur(own):
        assert Logboekitem.objects.latest("pk").tekst == TEKST + MORE


def test_a_lost_network_keeps_the_words_on_the_device_until_it_is_back(page, own, site_process):
    sign_in(page, site_process.address)
    page.goto(f"{site_process.address}/clienten/{own.pk}/contact/")
    page.context.set_offline(True)
    page.keyboard.type(TEKST)
    expect(page.get_by_text("Geen verbinding.")).to_be_visible()
    assert len(on_device(page)) == 1
    page.context.set_offline(False)
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()
    nothing_on_device(page)
    with in_bestuur(own):
        assert Concept.objects.open_at(timezone.now()).count() == 1


def test_a_laptop_closed_without_network_hands_over_when_it_opens(page, own, site_process):
    sign_in(page, site_process.address)
    contact = f"{site_process.address}/clienten/{own.pk}/contact/"
    page.goto(contact)
    page.context.set_offline(True)
    page.keyboard.type(TEKST)
    expect(page.get_by_text("Geen verbinding.")).to_be_visible()
    with contextlib.suppress(Error):
        page.close()
    later = page.context.new_page()
    page.context.set_offline(False)
    later.goto(f"{site_process.address}/")
    later.wait_for_timeout(5000)
    later.goto(contact)
    expect(later.get_by_text("teruggezet")).to_be_visible()
    expect(words(later)).to_have_value(TEKST)
    nothing_on_device(later)


def test_who_signs_out_leaves_nothing_on_the_device(page, own, site_process):
    sign_in(page, site_process.address)
    page.goto(f"{site_process.address}/clienten/{own.pk}/contact/")
    page.keyboard.type(TEKST)
    page.locator("details.menu summary").last.click()
    page.get_by_role("button", name="Afmelden").click()
    expect(page.get_by_role("heading", name="Aanmelden")).to_be_visible()
    nothing_on_device(page)
    sign_in(page, site_process.address)
    page.goto(f"{site_process.address}/concepten/")
    expect(page.get_by_role("link", name="Kovalenko")).to_be_visible()


def test_drafts_are_listed_and_thrown_away(page, live_server, own, inspect):
    sign_in(page, live_server.url)
    page.goto(f"{live_server.url}/clienten/{own.pk}/contact/")
    page.keyboard.type(TEKST)
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()
    inspect("contact-bewaard")
    page.goto(f"{live_server.url}/concepten/")
    inspect("concepten")
    page.get_by_role("link", name="Kovalenko").click()
    expect(page.get_by_text("teruggezet.")).to_be_visible()
    expect(words(page)).to_have_value(TEKST)
    inspect("contact-teruggezet")
    page.get_by_role("button", name="Gooi weg").click()
    expect(page.get_by_text("Het concept is weggegooid.")).to_be_visible()
    expect(words(page)).to_have_value("")


def test_the_end_of_a_traject_keeps_a_draft_of_a_short_line_too(page, live_server, own):
    with in_bestuur(own):
        traject = make_traject(own)
    sign_in(page, live_server.url)
    end = f"{live_server.url}/trajecten/{traject.pk}/einde/"
    page.goto(end)
    page.get_by_label("Waarom eindigt het?").select_option("werk_nec")
    page.get_by_label("Een nieuwe stap afspreken").check()
    page.locator("#id_tekst").fill("Vast werk bij de bakker")
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()
    page.goto(end)
    expect(page.get_by_text("teruggezet.")).to_be_visible()
    expect(page.locator("#id_tekst")).to_have_value("Vast werk bij de bakker")
    expect(page.get_by_label("Waarom eindigt het?")).to_have_value("werk_nec")
    page.get_by_role("button", name="Gooi weg").click()
    expect(page.get_by_text("Het concept is weggegooid.")).to_be_visible()


def on_device(page: Page) -> list[str]:
    found = page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('concept:'))")
    return list(found)


def nothing_on_device(page: Page) -> None:
    page.wait_for_function(
        "() => !Object.keys(localStorage).some((name) => name.startsWith('concept:'))"
    )


def wait_for(condition) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)
