"""A traject as a worker walks through it: clocks, suspension, extension, what-if, end."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from kern.db.scope import scope
from kern.periods import add_months
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from tests.factories.trajecten import make_logboekitem, make_stap, make_traject
from toegang.enums import Rol
from trajecten.berekening import recompute
from trajecten.enums import EvaluatieWijze, SchorsingReden
from trajecten.models import Evaluatie, Gpmi, Schorsing, Traject

pytestmark = pytest.mark.browser


@pytest.fixture
def traject(transactional_db) -> Traject:
    """A TWE-traject halfway, with something of everything."""
    today = timezone.localdate()
    herent = make_bestuur()
    worker = make_gebruiker(herent, gebruikersnaam="mw1", voornaam="Mieke")
    lead = make_gebruiker(herent, Rol.LEIDINGGEVENDE, gebruikersnaam="lead1", voornaam="Luc")
    for name in ("beheer1", "beheer2"):
        make_gebruiker(herent, Rol.BEHEERDER, gebruikersnaam=name, voornaam=name.capitalize())
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=worker.pk):
        client = make_client(herent, familienaam="Kovalenko")
        make_toewijzing(client, worker)
        row = make_traject(client, begindatum=add_months(today, -14))
        make_stap(row, tegen=today + timedelta(days=24))
        make_logboekitem(client, worker, traject=row)
        key = {"bestuur": herent, "client": client}
        Schorsing.objects.create(
            traject=row,
            van=add_months(today, -6),
            tot=add_months(today, -5),
            reden=SchorsingReden.ZIEKTE,
            toelichting="Operatie aan de knie.",
            **key,
        )
        Evaluatie.objects.create(
            traject=row,
            gehouden_op=add_months(today, -8),
            wijze=EvaluatieWijze.WERKPLEK,
            verslag="De werkgever is tevreden. Nederlands blijft moeilijk aan de telefoon.",
            door=worker,
            **key,
        )
        Gpmi.objects.create(
            beslist_op=add_months(today, -2), ontwerp_op=add_months(today, -1), **key
        )
        recompute(row, on=today)
    assert lead.pk
    return row


def sign_in(page, live_server, name):
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()


def test_every_screen_of_a_traject_is_readable(page, live_server, traject, inspect):
    sign_in(page, live_server, "mw1")
    base = f"{live_server.url}/trajecten/{traject.pk}/"
    client = f"{live_server.url}/clienten/{traject.client_id}/"
    for name, address in {
        "traject": base,
        "traject-wat-als": f"{base}wat-als/?duur=18",
        "traject-verbeteren": f"{base}verbeteren/",
        "traject-einde": f"{base}einde/",
        "traject-stap": f"{base}stap/",
        "traject-evaluatie": f"{base}evaluatie/",
        "traject-schorsing": f"{base}schorsing/",
        "traject-verlenging": f"{base}verlenging/",
        "traject-starten": f"{client}traject/nieuw/",
        "traject-starten-twe": f"{client}traject/nieuw/?instrument=wijkwerken",
        "contact": f"{client}contact/",
        "gpmi": f"{client}gpmi/",
    }.items():
        page.goto(address)
        inspect(name)


def test_a_worker_suspends_asks_and_ends_and_the_lead_decides(page, live_server, traject, inspect):
    today = timezone.localdate()
    base = f"{live_server.url}/trajecten/{traject.pk}/"
    sign_in(page, live_server, "mw1")

    page.goto(f"{base}schorsing/")
    page.get_by_label("Eerste dag").fill("gisteren")
    page.get_by_label("Reden").select_option("ziekte")
    page.get_by_role("button", name="Bekijk wat dit doet").click()
    inspect("traject-schorsing-bekeken")
    page.get_by_role("button", name="Bewaar de schorsing").click()
    page.get_by_text("De schorsing is bewaard.").wait_for()
    page.get_by_role("button", name="Maak ongedaan").click()
    page.get_by_text("De schorsing is verwijderd.").wait_for()

    page.goto(f"{base}verlenging/")
    page.get_by_label("Nieuwe uiterste dag").fill(f"{add_months(today, 30):%d/%m/%Y}")
    page.get_by_label("Waarom moet het langer duren?").fill("Zes maanden ziek geweest.")
    page.get_by_role("button", name="Bekijk wat dit doet").click()
    page.get_by_role("button", name="Vraag de verlenging").click()
    page.get_by_text("De vraag ligt bij uw leidinggevende.").wait_for()

    sign_in(page, live_server, "lead1")
    page.goto(base)
    inspect("traject-gevraagd")
    page.get_by_role("link", name="Bekijk en beslis").click()
    inspect("traject-beslissing")
    page.get_by_label("Goedkeuren").check()
    page.get_by_role("button", name="Bewaar de beslissing").click()
    page.get_by_text("De verlenging is goedgekeurd.").wait_for()

    sign_in(page, live_server, "mw1")
    page.goto(f"{base}einde/")
    page.get_by_label("Waarom eindigt het?").select_option("werk_nec")
    page.get_by_label("Een nieuwe stap afspreken").check()
    inspect("traject-einde-stap")
    page.get_by_label("Er komt bewust geen vervolg").check()
    page.get_by_label("Waarom is er bewust geen vervolg?").fill("Vast werk bij de bakker.")
    page.locator(".is-geen").get_by_label("Aan de telefoon").check()
    page.get_by_role("button", name="Beëindig het traject").click()
    page.get_by_text("Het traject is beëindigd.").wait_for()
    inspect("traject-beeindigd")
    page.get_by_role("button", name="Maak ongedaan").click()
    page.get_by_text("Het traject loopt weer.").wait_for()


def test_without_script_the_end_form_still_asks_for_the_next_step(browser, live_server, traject):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server, "mw1")
    page.goto(f"{live_server.url}/trajecten/{traject.pk}/einde/")
    assert page.get_by_label("De stap die er al staat").is_checked()
    page.get_by_label("Een nieuwe stap afspreken").check()
    assert page.get_by_label("Tegen wanneer").is_visible()
    page.get_by_label("Waarom eindigt het?").select_option("werk_nec")
    page.get_by_role("button", name="Beëindig het traject").click()
    assert page.get_by_text("Vul dit in voor de volgende stap.").first.is_visible()
    assert page.get_by_label("Waarom eindigt het?").input_value() == "werk_nec"
    context.close()


def test_rules_are_proposed_by_one_and_approved_by_another(page, live_server, traject, inspect):
    sign_in(page, live_server, "beheer1")
    page.goto(f"{live_server.url}/beheer/regels/?q=twe.")
    inspect("regels")
    page.goto(f"{live_server.url}/beheer/instrumenten/")
    inspect("instrumenten")
    page.goto(f"{live_server.url}/beheer/regels/twe.max_maanden/")
    inspect("regel")
    page.get_by_role("link", name="Stel een eigen versie voor").click()
    inspect("regel-nieuw")
    page.get_by_label("Waarde").fill("18")
    page.get_by_label("Geldt vanaf").fill("1/1/2020")
    page.get_by_label("Bron").fill("Beslissing van de raad")
    page.get_by_role("button", name="Stel voor").click()
    page.get_by_text("Raakt 1 lopend traject, 1 schuift op.").wait_for()
    sign_in(page, live_server, "beheer2")
    page.goto(f"{live_server.url}/beheer/regels/")
    page.get_by_role("link", name="Bekijk wat het doet").click()
    inspect("regel-voorstel")
    page.get_by_role("button", name="Keur goed").click()
    page.get_by_text("De uiterste dagen worden nu herberekend.").wait_for()
    with transaction.atomic(), scope(bestuur_id=traject.bestuur_id, actor_id=None):
        fresh = Traject.objects.get(pk=traject.pk)
    assert fresh.uiterste_dag < traject.uiterste_dag
