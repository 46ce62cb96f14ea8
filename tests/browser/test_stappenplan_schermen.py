"""The step plan as a worker walks through it: both voices, versions, and the table."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from clienten.models import Client
from kern.db.scope import scope
from kern.periods import add_months
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from tests.factories.trajecten import make_traject
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    PlanTeksten,
    agree_together,
    change_stap,
    finish_item,
    leave_disagreed,
    propose_doel,
    propose_stap,
    react,
    write_plan_teksten,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, Levensdomein, ReactieSoort, Uitvoerder
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.browser


def _agree(item, wie, at, **said):
    soort = said.pop("soort", ReactieSoort.AKKOORD)
    return react(item=item, soort=soort, wie=wie, at=at, revisie=1, **said)


def _fill(client, worker, traject):
    """Two goals, both voices, one version on paper, and two changes since."""
    now = timezone.now()
    today = timezone.localdate(now)
    ours, hers = Wie.ocmw(worker), Wie.client(AkkoordKanaal.PAPIER, gebruiker=worker, tolk="Atlas")
    before = now - timedelta(days=41)
    keuken = propose_doel(
        client=client,
        gegevens=DoelGegevens(
            tekst="Werk in de keuken van een woonzorgcentrum",
            uitvoerders=[Uitvoerder.CLIENT],
            tegen=add_months(today, 18),
        ),
        wie=Wie.client(),
        at=before,
    )

    def step(tekst, wie, tegen, **facts):
        told = {"uitvoerders": [Uitvoerder.CLIENT], "doel": keuken, "traject": traject, **facts}
        gegevens = PlanStapGegevens(tekst=tekst, tegen=tegen, **told)
        return propose_stap(client=client, gegevens=gegevens, wie=wie, at=before)

    theorie = step(
        "Theorie voor het rijbewijs leren",
        ours,
        today + timedelta(days=23),
        domein=Levensdomein.MOBILITEIT,
    )
    opvang = step(
        "Opvang zoeken voor woensdag",
        Wie.client(),
        today - timedelta(days=5),
        uitvoerders=[Uitvoerder.MEDEWERKER, Uitvoerder.CLIENT],
        gebruiker=worker,
        domein=Levensdomein.GEZIN,
    )
    cv = step("Cv maken met hulp van VDAB", ours, today - timedelta(days=20), partner="VDAB")
    write_plan_teksten(
        client=client,
        teksten=PlanTeksten(evaluatiewijze="Elke twee maanden een gesprek op kantoor."),
        by=worker,
        at=before,
    )
    agree_together(client=client, by=worker, at=before, gezien=read_plan(client).hash, wie=hers)
    finish_item(item=cv, wie=Wie.client(), at=now - timedelta(days=15), woord="Het staat online.")
    react(
        item=theorie,
        soort=ReactieSoort.ANDER_TEMPO,
        wie=Wie.client(),
        at=now - timedelta(days=2),
        revisie=1,
        dag=today + timedelta(days=54),
        tekst="Liever na de examens van mijn dochter.",
    )
    zwem = step("Stage in de keuken van De Linde", ours, today + timedelta(days=60))
    _agree(zwem, Wie.client(), now, soort=ReactieSoort.NIET_AKKOORD, tekst="Te ver met de bus.")
    leave_disagreed(item=zwem, wie=ours, at=now, revisie=1)
    step("Taalles op dinsdagavond", ours, today + timedelta(days=30), doel=None, traject=None)
    changed = PlanStapGegevens.of(opvang)
    change_stap(
        stap=opvang,
        gegevens=PlanStapGegevens(
            tekst="Opvang zoeken voor woensdag en vrijdag",
            uitvoerders=changed.uitvoerders,
            tegen=today + timedelta(days=9),
            doel=keuken,
            gebruiker=worker,
            traject=traject,
            domein=Levensdomein.GEZIN,
        ),
        wie=ours,
        at=now - timedelta(days=1),
        revisie=1,
    )


@pytest.fixture
def olena(transactional_db) -> Client:
    """A client whose plan has something of everything."""
    herent = make_bestuur()
    worker = make_gebruiker(herent, gebruikersnaam="mw1", voornaam="Mieke", familienaam="Claes")
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=worker.pk):
        client = make_client(herent, familienaam="Kovalenko", voornaam="Olena")
        make_toewijzing(client, worker)
        traject = make_traject(client, begindatum=add_months(timezone.localdate(), -3))
        _fill(client, worker, traject)
    return client


@pytest.fixture
def new_client(transactional_db) -> Client:
    """A client without a plan."""
    herent = make_bestuur()
    worker = make_gebruiker(herent, gebruikersnaam="mw1", voornaam="Mieke")
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=worker.pk):
        client = make_client(herent, familienaam="Kovalenko", voornaam="Olena")
        make_toewijzing(client, worker)
    return client


def sign_in(page, live_server, name="mw1"):
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()


def test_every_screen_of_the_plan_is_readable(page, live_server, olena, inspect):
    sign_in(page, live_server)
    base = f"{live_server.url}/clienten/{olena.pk}/plan/"
    for name, address in {
        "plan": base,
        "plan-wie": f"{base}?per=wie",
        "plan-maand-alles": f"{base}?per=maand&deel=alles",
        "plan-periode": f"{base}?van=-1m&tot=vandaag",
        "plan-stap-nieuw": f"{base}stap/nieuw/",
        "plan-doel-nieuw": f"{base}doel/nieuw/",
        "plan-afspraken": f"{base}afspraken/",
        "plan-verschillen": f"{base}verschillen/",
        "plan-versies": f"{base}versies/",
        "plan-voorleggen": f"{base}voorleggen/",
        "plan-akkoord": f"{base}akkoord/",
        "plan-dossier": f"{live_server.url}/clienten/{olena.pk}/",
    }.items():
        page.goto(address)
        inspect(name)
    page.goto(base)
    page.get_by_role("link", name="Ander antwoord").first.click()
    inspect("plan-antwoord")
    page.goto(base)
    page.get_by_role("link", name="Noteer het antwoord van Olena").first.click()
    inspect("plan-van-client")
    page.get_by_label("Niet akkoord").check()
    page.get_by_role("button", name="Bewaar het antwoord").click()
    inspect("plan-van-client-fout")
    page.goto(f"{base}versies/")
    page.get_by_role("link", name="Versie 1").first.click()
    inspect("plan-versie")
    page.get_by_role("link", name="Voeg het getekende blad toe").click()
    inspect("plan-blad")
    page.goto(base)
    card = page.locator(".step", has_text="Opvang zoeken voor woensdag en vrijdag").last
    card.locator("summary.btn").click()
    # The bar at the top stays where one looks; axe looks at the whole page.
    page.evaluate("window.scrollTo(0, 0)")
    inspect("plan-menu")


def test_an_empty_plan_invites(page, live_server, new_client, inspect):
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/clienten/{new_client.pk}/plan/")
    inspect("plan-leeg")
    page.goto(f"{live_server.url}/clienten/{new_client.pk}/")
    inspect("plan-leeg-dossier")


def test_the_table(page, live_server, olena, inspect):
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/clienten/{olena.pk}/")
    page.get_by_role("link", name="Samen aan tafel").click()
    inspect("tafel-begin")
    page.get_by_label("In welke taal?").select_option("uk")
    page.get_by_label("Tolk").fill("Atlas")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("1 van 3").first.wait_for()
    inspect("tafel-vraag")
    page.get_by_text("Liever een andere dag").click()
    inspect("tafel-andere-dag")
    page.get_by_role("button", name="1 maand later").click()
    page.get_by_role("heading", name="Wat zegt het OCMW?").wait_for()
    inspect("tafel-ocmw")
    page.get_by_role("button", name="Ja, wij zijn akkoord").click()
    page.get_by_text("2 van 3").first.wait_for()
    page.get_by_text("Niet akkoord", exact=True).click()
    page.get_by_label("Zeg het in uw eigen woorden").fill("Dinsdag is moeilijk voor mij.")
    inspect("tafel-niet-akkoord")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    page.get_by_role("button", name="Wij worden het nu niet eens").click()
    page.get_by_text("3 van 3").first.wait_for()
    page.get_by_role("button", name="Ja, wij zijn akkoord").click()
    page.get_by_role("heading", name="Wilt u zelf iets voorstellen?").wait_for()
    inspect("tafel-nieuw")
    page.get_by_label("Wat wilt u doen").fill("Zwemmen met mijn dochter")
    page.get_by_label("Tegen wanneer?").fill("+1m")
    page.get_by_role("button", name="Bewaar, en het OCMW is akkoord").click()
    page.get_by_text("Dit is afgesproken. Wilt u nog iets?").wait_for()
    page.get_by_role("link", name="Nee, toon het hele plan").click()
    inspect("tafel-alles")
    page.get_by_role("button", name="Ja, wij gaan samen akkoord").click()
    page.get_by_role("heading", name="Dit is nu uw plan").wait_for()
    page.get_by_text("Afgesproken, aan het bureau.").wait_for()
    inspect("tafel-klaar")
    page.get_by_role("button", name="Terug naar het stappenplan").click()
    page.get_by_text("versie 2").first.wait_for()


def test_without_script_everything_still_works(browser, live_server, new_client):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/clienten/{new_client.pk}/plan/")
    page.get_by_role("link", name="Stel een stap voor").first.click()
    page.get_by_label("Wat?").fill("Theorie leren")
    page.get_by_label("Tegen wanneer?").fill("+1m")
    page.get_by_role("button", name="Stel de stap voor").click()
    page.get_by_text("Voorgesteld. Olena kan nu antwoorden.").wait_for()
    page.get_by_role("link", name="Samen aan tafel").click()
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Liever een andere dag").click()
    page.get_by_role("button", name="1 maand later").click()
    page.get_by_role("button", name="Ja, wij zijn akkoord").click()
    page.get_by_role("link", name="Nee, toon het hele plan").click()
    page.get_by_role("button", name="Ja, wij gaan samen akkoord").click()
    page.get_by_role("heading", name="Dit is nu uw plan").wait_for()
    context.close()


def test_a_step_is_answered_and_done_with_the_keyboard_alone(page, live_server, olena):
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/clienten/{olena.pk}/plan/")

    def tab_to(name: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if name in page.evaluate("document.activeElement.textContent || ''"):
                return
        pytest.fail(f"{name} is not reached with Tab")

    tab_to("Akkoord met")
    page.keyboard.press("Enter")
    page.get_by_text("Afgesproken.", exact=True).wait_for()
    tab_to("Gedaan: Theorie")
    page.keyboard.press("Enter")
    page.get_by_text("Gedaan.", exact=True).wait_for()
    tab_to("Maak ongedaan")
    page.keyboard.press("Enter")
    page.get_by_text("Dit staat weer open.").wait_for()


def test_the_plan_fits_a_screen_of_320(page, live_server, olena):
    sign_in(page, live_server)
    page.set_viewport_size({"width": 320, "height": 700})
    base = f"{live_server.url}/clienten/{olena.pk}/plan/"
    for address in (base, f"{base}?per=wie", f"{base}verschillen/", f"{base}versies/"):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, address
    page.goto(f"{base}samen/")
    page.get_by_role("button", name="Begin").click()
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
