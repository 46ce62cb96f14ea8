"""Appointments as they are lived: planned, warned about, held, evaluated, talked over by three."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from clienten.enums import Kanaal
from kern.belgian_dates import BRUSSELS
from kern.db.scope import scope
from kern.periods import add_months
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import PASSWORD, make_bestuur, make_gebruiker
from tests.factories.trajecten import make_traject
from toegang.enums import Rol
from trajecten.enums import AfspraakSoort, EvaluatieWijze, Stem
from trajecten.models import Afspraak, Agendapunt, Evaluatie, Gpmi, Traject

pytestmark = pytest.mark.browser


def monday_at(hour: int, *, weeks: int = 0, days: int = 0) -> datetime:
    """Return an hour in the week of now; pages are looked at in that week."""
    today = timezone.localdate()
    day = today - timedelta(days=today.weekday()) + timedelta(days=days, weeks=weeks)
    return datetime(day.year, day.month, day.day, hour, tzinfo=BRUSSELS)


@pytest.fixture
def traject(transactional_db) -> Traject:
    """Olena's TWE-traject with a signed GPMI, a week of talks and three estimates."""
    today, now = timezone.localdate(), timezone.now()
    herent = make_bestuur()
    worker = make_gebruiker(herent, gebruikersnaam="mw1", voornaam="Mieke", familienaam="Claes")
    make_gebruiker(herent, Rol.ONTHAAL, gebruikersnaam="onthaal1", voornaam="Oona")
    with transaction.atomic(), scope(bestuur_id=herent.pk, actor_id=worker.pk):
        olena = make_client(
            herent, familienaam="Kovalenko", kanaal=Kanaal.SMS, telefoon="0470 12 34 56"
        )
        amina = make_client(herent, familienaam="Haddad", voornaam="Amina", kanaal=Kanaal.BRIEF)
        for client in (olena, amina):
            make_toewijzing(client, worker)
        row = make_traject(olena, begindatum=add_months(today, -8))
        gpmi = Gpmi.objects.create(
            bestuur=herent,
            client=olena,
            beslist_op=add_months(today, -6),
            ontwerp_op=add_months(today, -6),
            ondertekend_op=add_months(today, -5),
        )
        for months, feasible, how in (
            (-7, True, EvaluatieWijze.KANTOOR),
            (-4, False, EvaluatieWijze.TELEFOON),
            (-1, True, EvaluatieWijze.WERKPLEK),
        ):
            Evaluatie.objects.create(
                bestuur=herent,
                client=olena,
                traject=row,
                gpmi=gpmi if months > -5 else None,
                gehouden_op=add_months(today, months),
                wijze=how,
                is_nec_haalbaar=feasible,
                verslag="De werkgever is tevreden.",
                door=worker,
            )

        def plan(client, begint_at, soort=AfspraakSoort.GESPREK, **facts):
            return Afspraak.objects.create(
                bestuur=herent,
                client=client,
                medewerker=worker,
                soort=soort,
                begint_at=begint_at,
                duur=60,
                created_at=now,
                **facts,
            )

        plan(olena, monday_at(9), plaats="Dorpsstraat 1", onderwerp="Hoe gaat het op het werk?")
        plan(amina, monday_at(11, days=1), AfspraakSoort.HUISBEZOEK)
        plan(
            amina,
            monday_at(10, weeks=2, days=2),
            plaats="Sociaal huis, lokaal 2",
            herinneren_op=today,
        )
        talk = plan(
            olena,
            now - timedelta(minutes=20),
            AfspraakSoort.DRIEGESPREK,
            partner="Jan De Smet, Groep Intro",
            plaats="Sociaal huis",
        )
        for number, (stem, tekst) in enumerate(
            ((Stem.OCMW, "Het uurrooster na Nieuwjaar"), (Stem.CLIENT, "Mijn bus komt te laat"))
        ):
            Agendapunt.objects.create(
                bestuur=herent,
                client=olena,
                afspraak=talk,
                stem=stem,
                tekst=tekst,
                volgorde=number,
                created_at=now,
            )
    return row


def sign_in(page, live_server, name):
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/account/aanmelden/")
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()


def test_every_screen_of_appointments_is_readable(page, live_server, traject, inspect):
    sign_in(page, live_server, "mw1")
    client = f"{live_server.url}/clienten/{traject.client_id}/"
    for name, address in {
        "agenda-week": f"{live_server.url}/agenda/",
        "agenda-dag": f"{live_server.url}/agenda/?deel=dag",
        "agenda-leeg": f"{live_server.url}/agenda/?dag=2030-01-07",
        "agenda-adres": f"{live_server.url}/agenda/adres/",
        "afspraken": f"{client}afspraken/",
        "afspraak-plannen": f"{client}afspraken/nieuw/",
        "evaluaties": f"{client}evaluaties/",
        "dossier-afspraken": client,
    }.items():
        page.goto(address)
        inspect(name)


def test_a_talk_is_planned_moved_and_held(page, live_server, traject, inspect):
    sign_in(page, live_server, "mw1")
    page.goto(f"{live_server.url}/clienten/{traject.client_id}/afspraken/nieuw/")
    page.get_by_label("Dag", exact=True).fill("25/12/2030")
    page.get_by_label("Uur").fill("14u30")
    page.get_by_label("Waar (niet verplicht)").fill("Sociaal huis, lokaal 3")
    page.get_by_role("button", name="Plan de afspraak").click()
    page.get_by_text("25/12/2030 is een feestdag: Kerstmis.").wait_for()
    inspect("afspraak-waarschuwing")
    page.get_by_role("button", name="Plan toch").click()
    page.get_by_text("De cliënt krijgt bericht per sms.").wait_for()
    inspect("afspraak")
    page.get_by_role("link", name="Verplaats of wijzig").click()
    inspect("afspraak-wijzigen")
    page.get_by_label("Dag", exact=True).fill("24/12/2030")
    page.get_by_role("button", name="Bewaar de afspraak").click()
    page.get_by_text("Bewaard: di 24 december 2030 om 14:30.").wait_for()
    page.get_by_role("link", name="Zeg af").click()
    inspect("afspraak-afzeggen")
    page.get_by_label("Het OCMW").check()
    page.get_by_role("button", name="Zeg de afspraak af").click()
    page.get_by_role("button", name="Maak ongedaan").click()
    page.get_by_text("De afspraak staat weer op gepland.").wait_for()

    page.goto(f"{live_server.url}/agenda/")
    page.get_by_role("link", name="Ging niet door").first.click()
    inspect("afspraak-niet-doorgegaan")
    page.get_by_role("button", name="Noteer").click()
    page.get_by_text("Genoteerd: de afspraak ging niet door.").wait_for()
    inspect("afspraak-was-er-niet")


def test_an_evaluation_is_planned_where_it_is_missing(page, live_server, traject, inspect):
    sign_in(page, live_server, "mw1")
    page.goto(f"{live_server.url}/clienten/{traject.client_id}/evaluaties/")
    page.get_by_role("link", name="Plan gesprek").first.click()
    assert page.get_by_label("Soort").input_value() == "evaluatie"
    assert page.get_by_label("Uur").input_value() == "09:00"
    inspect("evaluatie-plannen")
    page.get_by_role("button", name="Plan de afspraak").click()
    page.get_by_text("Gepland:").wait_for()
    page.goto(f"{live_server.url}/clienten/{traject.client_id}/evaluaties/")
    assert page.get_by_role("link", name="om 09:00").count() == 1


def test_around_a_table_of_three(page, live_server, traject, inspect):
    sign_in(page, live_server, "mw1")
    page.goto(f"{live_server.url}/clienten/{traject.client_id}/afspraken/")
    page.get_by_role("row", name="Gesprek met drie").get_by_role("link").click()
    page.get_by_role("link", name="Open het gesprek").click()
    assert "Mijn bus" in page.locator(".talk > li").first.inner_text()
    page.get_by_label("Wat is er gezegd?").first.fill("Vanaf januari rijdt de bus om 7.10 uur.")
    page.get_by_role("button", name="Bewaar wat over Mijn bus").click()
    page.get_by_role("textbox", name="Wat spreken we af?").fill("Later beginnen, om 8 uur")
    page.get_by_label("Partner").check()
    page.get_by_label("Tegen wanneer").fill("+1m")
    page.get_by_role("button", name="Zet in het stappenplan").click()
    page.get_by_text("De afspraak staat in het stappenplan.").wait_for()
    inspect("driegesprek")
    with page.expect_download() as paper:
        page.get_by_role("link", name="Verslag op één blad").click()
    assert paper.value.suggested_filename.startswith("gesprek-")


def test_the_desk_makes_an_appointment(page, live_server, traject, inspect):
    sign_in(page, live_server, "onthaal1")
    page.goto(f"{live_server.url}/clienten/{traject.client_id}/balie/")
    inspect("balie-afspraken")
    page.get_by_role("link", name="Maak een afspraak").click()
    inspect("balie-afspraak-plannen")
    page.get_by_label("Dag", exact=True).fill("24/12/2030")
    page.get_by_label("Uur").fill("9")
    page.get_by_role("button", name="Plan de afspraak").click()
    page.get_by_text("di 24 december 2030 om 09:00").wait_for()
    page.goto(f"{live_server.url}/agenda/")
    inspect("balie-agenda")


def test_the_address_of_the_calendar_is_made_and_closed(page, live_server, traject, inspect):
    sign_in(page, live_server, "mw1")
    page.goto(f"{live_server.url}/agenda/adres/")
    page.get_by_role("button", name="Maak een adres").click()
    address = page.get_by_label("Adres van uw kalender").input_value()
    inspect("agenda-adres-gemaakt")
    assert page.request.get(address).status == 200
    page.get_by_role("button", name="Sluit het adres").click()
    page.get_by_text("Het adres is gesloten.").wait_for()
    assert page.request.get(address).status == 404


def test_the_agenda_fits_the_smallest_phone_and_a_sheet_of_paper(page, live_server, traject):
    sign_in(page, live_server, "mw1")
    page.set_viewport_size({"width": 320, "height": 640})
    client = f"{live_server.url}/clienten/{traject.client_id}/"
    for address in ("/agenda/", "/agenda/adres/"):
        page.goto(f"{live_server.url}{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    for address in ("afspraken/", "afspraken/nieuw/", "evaluaties/"):
        page.goto(f"{client}{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    page.goto(f"{live_server.url}/agenda/")
    page.emulate_media(media="print")
    assert page.get_by_text("Dorpsstraat 1").is_visible()
    assert not page.get_by_role("link", name="Volgende week").is_visible()
    assert not page.get_by_role("button", name="Ging door").first.is_visible()


def test_an_appointment_is_planned_by_keyboard_alone(page, live_server, traject):
    sign_in(page, live_server, "mw1")
    page.goto(f"{live_server.url}/clienten/{traject.client_id}/afspraken/nieuw/?dag=24/12/2030")
    page.get_by_label("Soort").focus()
    page.keyboard.type("Huis")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("15.30")
    page.keyboard.press("Enter")
    page.get_by_text("Gepland: di 24 december 2030 om 15:30.").wait_for()
    page.get_by_role("heading", name="Huisbezoek op di 24 december 2030").wait_for()
