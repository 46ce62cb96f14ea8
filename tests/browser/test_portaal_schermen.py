"""The client's own pages as she holds them: an old phone, no script, a keyboard, another script."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, Page

from clienten.commands import DelingGegevens, register_deling
from clienten.enums import Deelgrond, DrempelSoort, Kanaal
from clienten.models import Drempel
from kern.db.scope import scope
from portaal.http import cookie_name
from tests.browser.conftest import TAGS
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.portaal import make_stay
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from tests.factories.trajecten import make_logboekitem
from toegang.enums import Grond, Rol
from toegang.models import Gebruiker, Inzage
from trajecten.commands.agendapunten import add_agendapunt
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    agree_plan,
    change_stap,
    finish_item,
    propose_doel,
    propose_stap,
    react,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AfspraakSoort, ReactieSoort, Uitvoerder
from trajecten.models import Afspraak, Blokkering, Stap
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.browser

PHONE, SMALL = {"width": 390, "height": 844}, {"width": 320, "height": 640}
PAGES = {
    "plan": "/mijn/",
    "nieuw": "/mijn/nieuw/",
    "akkoord": "/mijn/akkoord/",
    "niet-akkoord": "/mijn/niet-akkoord/",
    "versie": "/mijn/versie/",
    "afspraken": "/mijn/afspraken/",
    "logboek": "/mijn/logboek/",
    "documenten": "/mijn/documenten/",
    "gegevens": "/mijn/gegevens/",
    "gegevens-wijzig": "/mijn/gegevens/wijzig/",
    "klopt-niet": "/mijn/gegevens/fout/",
    "inzage": "/mijn/inzage/",
    "gedeeld": "/mijn/gedeeld/",
    "stap-nieuw": "/mijn/stap/nieuw/",
    "doel-nieuw": "/mijn/doel/nieuw/",
}


class Plan:
    """What the story needs: the client, her worker, and her steps by a short name."""

    def __init__(self) -> None:
        self.stap: dict[str, Stap] = {}
        self.afspraak: Afspraak | None = None
        self.geheim: dict[str, str] = {}

    def build(self) -> None:
        """Fill a plan in which every kind of thing stands."""
        self.bestuur = make_bestuur(telefoon="016 21 14 00")
        self.worker = make_gebruiker(self.bestuur, gebruikersnaam="mw1", voornaam="Mieke")
        lead = make_gebruiker(self.bestuur, Rol.LEIDINGGEVENDE, gebruikersnaam="lead1")
        with transaction.atomic(), scope(bestuur_id=self.bestuur.pk, actor_id=self.worker.pk):
            self.client = make_client(
                self.bestuur,
                familienaam="Kovalenko",
                voornaam="Olena",
                telefoon="0470 11 22 33",
                email="olena@example.org",
                kanaal=Kanaal.SMS,
                adres="Kerkstraat 4",
                postcode="3020",
                gemeente="Herent",
            )
            make_toewijzing(self.client, self.worker)
            self._steps()
            self._around(lead)
            for taal in ("nl", "fr", "en", "ar"):
                self.geheim[taal] = make_stay(self.client, taal=taal).geheim

    def _propose(self, naam: str, tekst: str, doet: list[Uitvoerder], dagen: int, **rest) -> Stap:
        gegevens = PlanStapGegevens(
            tekst=tekst,
            uitvoerders=doet,
            tegen=timezone.localdate() + timedelta(dagen),
            **rest,
        )
        wie = Wie.ocmw(self.worker)
        stap = propose_stap(client=self.client, gegevens=gegevens, wie=wie, at=timezone.now())
        self.stap[naam] = stap
        return stap

    def _agree(self) -> None:
        plan = read_plan(self.client)
        for wie in (Wie.ocmw(self.worker), Wie.client()):
            agree_plan(client=self.client, wie=wie, at=timezone.now(), gezien=plan.hash)

    def _steps(self) -> None:
        now = timezone.now()
        ik, ocmw = [Uitvoerder.CLIENT], [Uitvoerder.MEDEWERKER]
        doel = propose_doel(
            client=self.client,
            gegevens=DoelGegevens(
                tekst="Werken in de keuken van een woonzorgcentrum", uitvoerders=ik
            ),
            wie=Wie.client(),
            at=now,
        )
        self._propose("rijbewijs", "Theorie van het rijbewijs leren", ik, 23, doel=doel)
        self._propose("school", "Inschrijven voor de les Nederlands", [*ik, *ocmw], 9)
        self._propose("opvang", "Opvang zoeken voor woensdag", ocmw, 5)
        klaar = self._propose("cv", "Een cv maken", ik, 3)
        self._propose("stage", "Een stage zoeken", [Uitvoerder.PARTNER], 40, partner="GTB Leuven")
        self._agree()
        finish_item(item=klaar, wie=Wie.client(), at=now, woord="Het is gelukt.")
        # Time passed: what the OCMW had to do is late.
        Stap.objects.filter(pk=self.stap["opvang"].pk).update(
            tegen=timezone.localdate() - timedelta(5),
            afgesproken_tegen=timezone.localdate() - timedelta(5),
        )
        self._propose("sollicitatie", "Op gesprek gaan bij Huize Betlehem", ik, 12)
        nee = self._propose("vroeg", "Om 6 uur beginnen in de bakkerij", ik, 30)
        for wie in (Wie.client(),):
            react(
                item=nee,
                soort=ReactieSoort.NIET_AKKOORD,
                wie=wie,
                at=now,
                revisie=1,
                tekst="Er is dan geen bus. Ik kan mijn dochter niet wegbrengen.",
            )
        rijbewijs = self.stap["rijbewijs"]
        rijbewijs.refresh_from_db()
        told = PlanStapGegevens.of(rijbewijs)
        change_stap(
            stap=rijbewijs,
            gegevens=PlanStapGegevens(
                tekst="Theorie van het rijbewijs leren op school",
                uitvoerders=told.uitvoerders,
                tegen=told.tegen,
                doel=told.doel,
            ),
            wie=Wie.ocmw(self.worker),
            at=now,
            revisie=rijbewijs.revisie,
        )

    def _around(self, lead: Gebruiker) -> None:
        now, key = timezone.now(), {"bestuur": self.bestuur, "client": self.client}
        drempel = Drempel.objects.create(
            soort=DrempelSoort.MOBILITEIT, van=timezone.localdate(), gewijzigd_at=now, **key
        )
        Blokkering.objects.create(
            stap=self.stap["school"], drempel=drempel, van=timezone.localdate(), **key
        )
        morgen = timezone.localdate() + timedelta(days=3)
        self.afspraak = Afspraak.objects.create(
            medewerker=self.worker,
            soort=AfspraakSoort.DRIEGESPREK,
            partner="GTB Leuven",
            begint_at=timezone.make_aware(datetime.combine(morgen, time(10, 30))),
            duur=45,
            plaats="OCMW Herent, Spoorwegstraat 6",
            onderwerp="Hoe het gaat en wat er nog nodig is",
            created_at=now,
            **key,
        )
        add_agendapunt(
            afspraak=self.afspraak,
            tekst="De opvang op woensdag",
            wie=Wie.client(),
            at=now,
        )
        make_logboekitem(
            self.client,
            self.worker,
            tekst="Olena vertelde over de keuken van de school. Wij zoeken samen een plaats.",
            zichtbaar_client=True,
        )
        for grond, wie in ((Grond.EIGEN_CLIENT, self.worker), (Grond.LEIDING, lead)):
            with scope(bestuur_id=self.bestuur.pk, actor_id=wie.pk):
                Inzage.objects.create(
                    bestuur=self.bestuur,
                    client_id=self.client.pk,
                    gebruiker=wie,
                    at=now,
                    scherm="dossier",
                    grond=grond,
                )
        register_deling(
            client=self.client,
            gegevens=DelingGegevens(
                wat="Uw naam, uw telefoon en uw plan",
                met_wie="GTB Leuven",
                grond=Deelgrond.TOESTEMMING,
                van=timezone.localdate(),
            ),
            by=self.worker,
            at=now,
        )


@pytest.fixture
def plan(transactional_db: None) -> Plan:
    """A plan of Olena with something of everything."""
    made = Plan()
    made.build()
    return made


@pytest.fixture
def hold(browser: Browser, live_server, plan: Plan) -> Iterator[Callable[..., Page]]:
    """Return a function that gives her phone: a language, a width, with or without script."""
    contexts = []

    def open_phone(taal: str = "nl", *, size=PHONE, script: bool = False, dark=False) -> Page:
        context = browser.new_context(
            viewport=size,
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="nl-BE",
            timezone_id="Europe/Brussels",
            base_url=live_server.url,
        )
        context.add_cookies(
            [
                {
                    "name": cookie_name(),
                    "value": plan.geheim[taal],
                    "domain": live_server.url.split("//")[1].split(":")[0],
                    "path": "/mijn/",
                }
            ]
        )
        contexts.append(context)
        return context.new_page()

    yield open_phone
    for context in contexts:
        context.close()


def keep(page: Page, name: str) -> None:
    """Keep a picture when somebody asked for them."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def check(page: Page, name: str) -> None:
    """Hold the page against WCAG, and against its own width."""
    keep(page, name)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.violations_count == 0, f"{name}\n{found.generate_report()}"
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{name}: {wide} px too wide"


def every_page(plan: Plan) -> dict[str, str]:
    """Return the pages with an address of their own, and those of one step."""
    step = plan.stap["sollicitatie"].pk
    assert plan.afspraak is not None
    return PAGES | {
        "stap": f"/mijn/stap/{step}/",
        "stap-dag": f"/mijn/stap/{step}/dag/",
        "stap-nee": f"/mijn/stap/{step}/nee/",
        "stap-klaar": f"/mijn/stap/{plan.stap['school'].pk}/klaar/",
        "stap-gedaan": f"/mijn/stap/{plan.stap['cv'].pk}/",
        "stap-oneens": f"/mijn/stap/{plan.stap['vroeg'].pk}/",
        "afspraak": f"/mijn/afspraken/{plan.afspraak.pk}/",
        "afzeggen": f"/mijn/afspraken/{plan.afspraak.pk}/afzeggen/",
        "versie-1": "/mijn/versie/1/",
    }


@pytest.mark.parametrize("taal", ["nl", "ar"])
@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["390", "320"])
def test_every_page_fits_and_reads_well(hold, plan, taal, size):
    page = hold(taal, size=size, script=True)
    for name, address in every_page(plan).items():
        assert page.goto(address).status == 200, name
        check(page, f"{name}-{taal}-{size['width']}")
    assert page.locator("html").get_attribute("dir") == ("rtl" if taal == "ar" else "ltr")


def test_an_old_phone_without_script_does_everything(hold, plan):
    """Another day, agreeing, done and undone, a proposal, and the plan as a whole."""
    page = hold(size=SMALL)
    page.goto("/mijn/")
    page.get_by_role("link", name=re.compile("Bekijk en antwoord.*Op gesprek")).click()
    page.get_by_role("link", name="Ik wil liever een andere dag").click()
    page.get_by_label("Een week later").check()
    page.get_by_label("Wilt u er iets bij zeggen?").fill("Dan is mijn dochter op kamp terug.")
    page.get_by_role("button", name="Vraag deze dag").click()
    assert "Het OCMW ziet welke dag u vraagt." in page.get_by_role("status").inner_text()
    keep(page, "na-andere-dag-320")

    page.get_by_role("link", name=re.compile("Bekijk en antwoord.*Theorie")).click()
    keep(page, "stap-veranderd-320")
    assert "op school" in page.locator("ins").first.inner_text()
    page.get_by_role("button", name="Ik ga akkoord").click()
    assert "U ging akkoord." in page.get_by_role("status").inner_text()

    page.get_by_role("link", name=re.compile("Gedaan.*Inschrijven")).click()
    page.get_by_role("button", name="Ja, het is gedaan").click()
    page.get_by_text("2 zijn klaar").click()
    page.get_by_role("link", name="Inschrijven voor de les Nederlands").click()
    page.get_by_role("button", name="Zet dit weer open").click()
    assert "Dit staat weer open." in page.get_by_role("status").inner_text()

    page.get_by_role("link", name="Een stap voorstellen").click()
    page.get_by_role("button", name="Stel dit voor").click()
    keep(page, "voorstel-fout-320")
    assert page.get_by_role("alert").first.inner_text() == "Schrijf wat u wilt."
    page.get_by_label("Wat is de stap?").fill("Met de fiets leren rijden")
    page.get_by_label("Wij samen").check()
    page.get_by_label("Een andere dag").check()
    page.get_by_label("Dag", exact=True).fill("3")
    page.get_by_label("Maand", exact=True).select_option("2")
    page.get_by_label("Jaar", exact=True).select_option(str(timezone.localdate().year + 1))
    page.get_by_role("button", name="Stel dit voor").click()
    assert page.get_by_role("heading", name="Met de fiets leren rijden").is_visible()

    page.get_by_role("link", name="Ik ga akkoord met mijn plan").click()
    page.get_by_role("button", name="Ik ga akkoord met mijn plan").click()
    assert "U gaat akkoord met uw plan." in page.get_by_role("status").inner_text()
    assert page.get_by_text("Het OCMW moet nog akkoord gaan.").is_visible()
    keep(page, "plan-na-akkoord-320")


def test_a_keyboard_alone_says_no(hold, plan):
    """Tab and Enter only: past the skip link, to the step, to her own words."""
    page = hold(script=True)
    page.goto("/mijn/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    _tab_to(page, "Bekijk en antwoord: Op gesprek gaan bij Huize Betlehem")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stap/*/")
    _tab_to(page, "Ik ga niet akkoord")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nee/")
    while page.evaluate("document.activeElement.tagName") != "TEXTAREA":
        page.keyboard.press("Tab")
    page.keyboard.type("Ik ken dit huis niet.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mijn/?ok=nee")
    assert "Het OCMW leest wat u schreef." in page.get_by_role("status").inner_text()


def _tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        text = page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()")
        if text == name:
            return
    raise AssertionError(f"{name} is not reached by the keyboard")


def test_a_screen_reader_hears_the_plan_in_order(hold, plan):
    """One main heading, no level skipped, what waits for her before what others do."""
    page = hold(script=True)
    for name, address in every_page(plan).items():
        page.goto(address)
        levels = page.eval_on_selector_all("h1,h2,h3", "all => all.map(h => +h.tagName[1])")
        assert levels.count(1) == 1, name
        assert levels[0] == 1, name
        assert all(b - a <= 1 for a, b in pairwise(levels)), (name, levels)
    page.goto("/mijn/")
    heads = page.locator("h2").all_inner_texts()
    order = ["Wacht op u", "Wat ik wil bereiken", "Wat ik doe", "Wat het OCMW doet"]
    assert [head for head in heads if head in order] == order
    assert page.locator("main").count() == 1
    assert page.locator("nav[aria-labelledby]").count() == 1


@pytest.mark.parametrize("taal", ["fr", "en"])
def test_the_plan_in_another_language_fits_too(hold, plan, taal):
    page = hold(taal, size=SMALL, script=True)
    for name, address in every_page(plan).items():
        page.goto(address)
        check(page, f"{name}-{taal}-320")


def test_what_is_touched_is_large_and_text_grows(hold, plan):
    page = hold(size=SMALL, script=True)
    for address in every_page(plan).values():
        page.goto(address)
        small = page.eval_on_selector_all(
            "main .button, main button, main .ways a, main summary, main .choice label",
            "all => all.filter(e => e.getClientRects().length"
            " && e.getBoundingClientRect().height < 44).map(e => e.textContent.trim())",
        )
        assert small == [], address
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 18


def test_in_the_dark_it_reads_as_well(hold, plan):
    page = hold(size=SMALL, script=True, dark=True)
    shown = every_page(plan)
    for name in ("plan", "versie", "stap", "stap-nieuw", "inzage", "gegevens", "nieuw"):
        page.goto(shown[name])
        check(page, f"{name}-donker-320")


def test_a_worker_keeps_the_list_of_what_is_shared(page, plan, live_server, inspect):
    page.goto(f"{live_server.url}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill("mw1")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.goto(f"{live_server.url}/clienten/{plan.client.pk}/gedeeld/")
    inspect("gedeeld-medewerker")
    page.get_by_role("link", name="Noteer wat u deelt").click()
    page.get_by_label("Wat u deelt").fill("Uw naam en uw telefoon")
    page.get_by_label("Met wie").fill("Huis van het Kind")
    inspect("gedeeld-nieuw")
    page.get_by_role("button", name="Bewaar de deling").click()
    assert page.get_by_role("row", name=re.compile("Huis van het Kind")).is_visible()
