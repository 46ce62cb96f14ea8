"""The client's file: who opens it, what it shows, how it is changed, what that leaves behind."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clienten.models import Client, Insznummer, Machtiging, Statuut, Toewijzing
from tests.factories.clienten import make_client, make_insz, make_statuut, make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_logboekitem, make_stap, make_traject
from toegang import audit
from toegang.enums import Rol
from toegang.models import Inzage
from toegang.scope import in_bestuur
from trajecten.models import Evaluatie, Gpmi, Schorsing, Signaal
from trajecten.signalen import refresh_signalen

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NUMBER = make_insz()
SECTIONS = ("", "gegevens/", "inzage/", "historiek/")
FORMS = ("wijzig/", "nummer/", "statuut/", "toewijzing/", "vdab/")


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=False):
        yield


@pytest.fixture
def olena(bestuur, worker):
    """A client of the worker with a little of everything."""
    client = make_client(bestuur, familienaam="Kovalenko", voornaam="Olena", insz=NUMBER)
    make_toewijzing(client, worker)
    make_statuut(client, categorie=2)
    traject = make_traject(client, uiterste_dag=date(2028, 3, 1))
    Schorsing.objects.create(
        bestuur=bestuur,
        client=client,
        traject=traject,
        van=date(2026, 7, 1),
        tot=date(2026, 9, 30),
        reden="ziekte",
    )
    gpmi = Gpmi.objects.create(bestuur=bestuur, client=client, beslist_op=date(2026, 2, 1))
    for kwargs in ({"traject": traject}, {"gpmi": gpmi}):
        Evaluatie.objects.create(
            bestuur=bestuur,
            client=client,
            gehouden_op=date(2026, 6, 2),
            wijze="kantoor",
            door=worker,
            **kwargs,
        )
    make_stap(traject, tekst="Rijbewijs theorie")
    make_traject(
        client,
        "wijkwerken",
        begindatum=date(2024, 1, 8),
        einddatum=date(2024, 12, 20),
        eindreden="opleiding",
    )
    make_logboekitem(client, worker, tekst="Belde over de opvang.")
    refresh_signalen(bestuur.pk, on=TODAY)
    return client


def page(browser, client, section=""):
    answer = browser.get(f"/clienten/{client.pk}/{section}")
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_overview_shows_what_runs(olena, worker, signed_in):
    html = page(signed_in(worker), olena)
    for shown in (
        "Kovalenko Olena",
        "46 jaar",
        "Rijbewijs theorie",
        "Waarom deze datum?",
        "Schorsing: ziekte",
        "Belde over de opvang.",
        "Vroegere trajecten (1)",
        "Leefloon cat. 2",
        "Spilfiguur",
    ):
        assert shown in html, shown
    assert "1 juni 2028" in html or "1 maart 2028" in html
    assert "<h3>Tijdelijke werkervaring (TWE)</h3>" in html
    assert NUMBER not in html


def test_the_timeline_has_every_lane_and_a_table(olena, worker, signed_in):
    html = page(signed_in(worker), olena)
    table = html[html.index('<caption class="visually-hidden">Tijdlijn') :]
    table = table[: table.index("</table>")]
    lanes = re.findall(r'data-label="Spoor">([^<]+)<', table)
    assert set(lanes) == {"Statuut", "GPMI", "TWE", "Wijk-werken"}
    assert "Schorsing: ziekte" in table
    assert table.count("Evaluatie") == 2


def test_opening_is_written_down(olena, worker, lead, signed_in):
    page(signed_in(worker), olena)
    page(signed_in(lead), olena, "gegevens/")
    assert list(Inzage.objects.order_by("pk").values_list("gebruiker", "scherm", "grond")) == [
        (worker.pk, "dossier", "eigen_client"),
        (lead.pk, "gegevens", "leiding"),
    ]
    html = page(signed_in(lead), olena, "inzage/")
    assert worker.naam in html
    assert "Eigen cliënt" in html


@pytest.mark.parametrize("section", [*SECTIONS, *FORMS])
def test_somebody_elses_client_opens_after_a_reason(olena, bestuur, signed_in, section):
    colleague = make_gebruiker(bestuur)
    browser = signed_in(colleague)
    url = f"/clienten/{olena.pk}/{section}"
    wall = browser.get(url)
    assert wall.status_code == 302
    assert wall.headers["Location"].startswith(f"/clienten/{olena.pk}/reden/?verder=")
    assert not Inzage.objects.exists()
    asked = browser.get(wall.headers["Location"])
    assert "Dit is niet uw cliënt" in asked.content.decode()
    empty = browser.post(wall.headers["Location"], {"reden": " "})
    assert "Schrijf waarom" in empty.content.decode()
    assert not Inzage.objects.exists()
    onward = browser.post(wall.headers["Location"], {"reden": "Vervanging van een collega"})
    assert onward.headers["Location"] == url
    assert browser.get(url).status_code == 200
    assert set(Inzage.objects.values_list("grond", "reden")) == {
        ("reden", "Vervanging van een collega")
    }
    with time_machine.travel("2026-11-23 08:00+01:00", tick=False):
        browser.force_login(colleague)
        assert browser.get(url).status_code == 302


@pytest.mark.parametrize("verder", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_wall_leads_nowhere_else(olena, bestuur, signed_in, verder):
    browser = signed_in(make_gebruiker(bestuur))
    answer = browser.post(
        f"/clienten/{olena.pk}/reden/", {"reden": "Vraag aan het bureau", "verder": verder}
    )
    assert answer.headers["Location"] == f"/clienten/{olena.pk}/"


def test_an_oversight_role_states_a_reason_even_for_her_own(olena, bestuur, signed_in):
    dpo = make_gebruiker(bestuur, Rol.TOEZICHTHOUDER)
    make_toewijzing(olena, dpo, is_spilfiguur=False)
    browser = signed_in(dpo)
    assert browser.get(f"/clienten/{olena.pk}/").status_code == 302
    assert browser.get(f"/clienten/{olena.pk}/wijzig/").status_code == 403
    assert browser.post(f"/clienten/{olena.pk}/nummer/toon/").status_code == 403


ADDRESSES = (*SECTIONS, *FORMS, "afscherming/", "reden/", "balie/")


@pytest.mark.parametrize("section", ADDRESSES)
def test_a_stranger_and_the_unnamed_get_404(olena, lead, stranger, signed_in, section):
    Client.objects.update(afgeschermd=True)
    for user in (stranger, lead):
        answer = signed_in(user).get(f"/clienten/{olena.pk}/{section}", follow=True)
        assert answer.status_code == 404, user
        assert "Kovalenko" not in answer.content.decode()
    assert not Inzage.objects.exists()


def test_the_named_open_a_restricted_file(olena, bestuur, worker, lead, signed_in):
    browser = signed_in(lead)
    kept = {"gemachtigden": [worker.pk, lead.pk]}
    browser.post(f"/clienten/{olena.pk}/afscherming/", kept)
    assert set(Machtiging.objects.values_list("gebruiker", flat=True)) == {worker.pk, lead.pk}
    assert "Afgeschermd" in page(browser, olena)
    assert signed_in(make_gebruiker(bestuur)).get(f"/clienten/{olena.pk}/").status_code == 404
    assert signed_in(worker).get(f"/clienten/{olena.pk}/afscherming/").status_code == 403
    browser.post(f"/clienten/{olena.pk}/afscherming/op/")
    assert not Client.objects.get().afgeschermd


def test_reception_sees_a_card_without_content(olena, bestuur, signed_in):
    browser = signed_in(make_gebruiker(bestuur, Rol.ONTHAAL))
    html = page(browser, olena, "balie/")
    assert "Kovalenko Olena" in html
    for content in ("Leefloon", "TWE", "opvang", "Historiek", "Noteer"):
        assert content not in html
    assert browser.get(f"/clienten/{olena.pk}/").status_code == 403
    assert Inzage.objects.get().grond == "onthaal"


def test_the_card_is_for_reception_only(olena, bestuur, worker, signed_in):
    beheer = make_gebruiker(bestuur, Rol.BEHEERDER)
    assert signed_in(beheer).get(f"/clienten/{olena.pk}/balie/").status_code == 403
    assert signed_in(worker).get(f"/clienten/{olena.pk}/balie/").status_code == 302
    assert not Inzage.objects.exists()


def test_the_number_is_shown_once_and_that_is_written_down(olena, worker, signed_in):
    browser = signed_in(worker)
    url = f"/clienten/{olena.pk}/nummer/toon/"
    assert browser.get(url).status_code == 405
    shown = browser.post(url, headers={"hx-request": "true"})
    digits = re.sub(r"\D", "", re.search(r"<strong[^>]*>([^<]+)<", shown.content.decode())[1])
    assert digits == NUMBER
    assert shown.headers["Cache-Control"] == "no-store"
    assert Inzage.objects.get().scherm == "rijksregisternummer"
    assert "<html" in browser.post(url).content.decode()
    assert digits not in re.sub(r"[.-]", "", page(browser, olena, "gegevens/"))
    assert Inzage.objects.filter(scherm="rijksregisternummer").count() == 2


def test_the_number_is_refused_to_others(olena, bestuur, stranger, signed_in):
    url = f"/clienten/{olena.pk}/nummer/toon/"
    assert signed_in(stranger).post(url).status_code == 404
    wall = signed_in(make_gebruiker(bestuur)).post(url, headers={"hx-request": "true"})
    assert wall.headers["HX-Redirect"].startswith(f"/clienten/{olena.pk}/reden/")
    assert not Inzage.objects.exists()


def test_history_reads_as_a_story_without_numbers_of_rows(olena, worker, signed_in):
    browser = signed_in(worker)
    browser.post(f"/clienten/{olena.pk}/statuut/", {"soort": "ziekte", "van": "22/11/2026"})
    browser.post(f"/clienten/{olena.pk}/nummer/", {"insz": make_insz(date(1980, 5, 5), 973)})
    html = page(browser, olena, "historiek/")
    assert f"<strong>{worker.naam}</strong> gaf het statuut Ziekte" in html
    assert "gaf een ander rijksregisternummer" in html
    assert "<ins>21/11/2026</ins>" in html
    for secret in ("cijfer", "zoeksleutel", "\\x", "Bestuur", "client id"):
        assert secret not in html, secret


def test_history_names_the_client_who_did_it_herself(olena, worker, signed_in):
    with in_bestuur(olena.bestuur_id), audit.act("de cliënt kwam binnen in het portaal"):
        Client.objects.filter(pk=olena.pk).update(opmerking="nota")
    html = page(signed_in(worker), olena, "historiek/")
    assert "<strong>De cliënt</strong> kwam binnen in het portaal" in html
    assert "<strong>Het systeem</strong> de cliënt" not in html


def test_history_has_older_pages(olena, worker, signed_in):
    browser = signed_in(worker)
    for number in range(70):
        Client.objects.filter(pk=olena.pk).update(opmerking=f"nota {number}")
    html = page(browser, olena, "historiek/")
    older = re.search(r'href="(\?voor=\d+)"', html)[1]
    assert "nota 69" in html
    assert "nota 1<" not in html
    assert "nota 1<" in browser.get(f"/clienten/{olena.pk}/historiek/{older}").content.decode()


PERSON = {
    "familienaam": "Kovalenko",
    "voornaam": "Olena",
    "dossiernummer": "N-1",
    "geboortedatum": "5/5/1980",
    "taal": "nl",
}


def shown_form(browser, client):
    html = page(browser, client, "wijzig/")
    return re.search(r'name="gezien" value="([^"]*)"', html)[1].replace("&quot;", '"')


def test_data_are_changed_and_the_way_back_is_the_file(olena, worker, signed_in):
    browser = signed_in(worker)
    data = PERSON | {"telefoon": "0470 12 34 56", "gezien": shown_form(browser, olena)}
    answer = browser.post(f"/clienten/{olena.pk}/wijzig/", data)
    assert answer.headers["Location"] == f"/clienten/{olena.pk}/gegevens/"
    olena.refresh_from_db()
    assert (olena.telefoon, olena.dossiernummer) == ("0470 12 34 56", "N-1")


def test_who_saves_second_sees_what_changed_and_loses_nothing(olena, worker, lead, signed_in):
    first, second = signed_in(worker), signed_in(lead)
    before = shown_form(second, olena)
    Client.objects.filter(pk=olena.pk).update(
        dossiernummer="N-1", telefoon="0471", gemeente="Wilsele"
    )
    data = PERSON | {"telefoon": "0499", "gezien": before}
    answer = second.post(f"/clienten/{olena.pk}/wijzig/", data).content.decode()
    assert "Iemand anders wijzigde intussen" in answer
    assert "telefoon: nu 0471" in answer
    assert 'value="0499"' in answer
    assert 'value="Wilsele"' in answer
    olena.refresh_from_db()
    assert olena.telefoon == "0471"
    gezien = re.search(r'name="gezien" value="([^"]*)"', answer)[1].replace("&quot;", '"')
    second.post(f"/clienten/{olena.pk}/wijzig/", data | {"gemeente": "Wilsele", "gezien": gezien})
    olena.refresh_from_db()
    assert (olena.telefoon, olena.gemeente) == ("0499", "Wilsele")
    assert page(first, olena)


def test_a_form_with_mistakes_keeps_what_was_typed(olena, worker, signed_in):
    data = PERSON | {"familienaam": "", "email": "geen adres", "opmerking": "blijft staan"}
    html = signed_in(worker).post(f"/clienten/{olena.pk}/wijzig/", data).content.decode()
    assert "Vul de familienaam in." in html
    assert "Dit is geen e-mailadres" in html
    assert "blijft staan" in html
    olena.refresh_from_db()
    assert olena.opmerking == ""


def register(browser, **fields):
    return browser.post("/clienten/nieuw/", PERSON | {"dossiernummer": ""} | fields)


def test_a_new_client_gets_a_file_a_spilfiguur_and_her_signals(bestuur, worker, signed_in):
    answer = register(signed_in(worker), insz=NUMBER, volger=worker.pk)
    client = Client.objects.get()
    assert answer.headers["Location"] == f"/clienten/{client.pk}/"
    assert client.dossiernummer == "2026-0001"
    assert Insznummer.objects.get().reveal() == NUMBER
    assert Toewijzing.objects.get().gebruiker == worker
    register(signed_in(worker), familienaam="Niemands", volger="")
    assert Signaal.objects.filter(client__familienaam="Niemands", code="geen_spilfiguur").exists()


def test_a_known_number_leads_to_the_file(olena, worker, signed_in):
    html = register(signed_in(worker), insz=NUMBER, familienaam="Anders").content.decode()
    assert f'href="/clienten/{olena.pk}/"' in html
    assert 'value="Anders"' in html
    assert Client.objects.count() == 1


def test_the_number_of_a_restricted_file_tells_nothing(olena, bestuur, signed_in):
    Client.objects.update(afgeschermd=True)
    browser = signed_in(make_gebruiker(bestuur))
    html = register(browser, insz=NUMBER, familienaam="Anders", volger="").content.decode()
    assert "Vraag het na bij uw leidinggevende" in html
    assert f"/clienten/{olena.pk}/" not in html
    assert Client.objects.count() == 1


def test_a_namesake_is_asked_about_first(olena, worker, signed_in):
    browser = signed_in(worker)
    html = register(browser, volger=worker.pk).content.decode()
    assert "Is het een van deze personen?" in html
    assert Client.objects.count() == 1
    register(browser, volger=worker.pk, lijkt_op="1", toch="on")
    assert Client.objects.count() == 2


def test_reception_registers_without_dividing(bestuur, signed_in):
    browser = signed_in(make_gebruiker(bestuur, Rol.ONTHAAL))
    answer = register(browser, volger=1)
    assert answer.headers["Location"].endswith("/balie/")
    assert not Toewijzing.objects.exists()


def test_who_may_not_register_cannot(bestuur, signed_in):
    for rol in (Rol.BEHEERDER, Rol.TOEZICHTHOUDER):
        assert register(signed_in(make_gebruiker(bestuur, rol))).status_code == 403
    assert not Client.objects.exists()


def test_follow_up_is_changed_through_forms(olena, bestuur, worker, signed_in):
    browser = signed_in(worker)
    other = make_gebruiker(bestuur)
    base = f"/clienten/{olena.pk}"
    browser.post(f"{base}/statuut/", {"soort": "ziekte", "van": "1/12/2026"})
    browser.post(
        f"{base}/toewijzing/",
        {"gebruiker": other.pk, "rol": "trajectbegeleider", "van": "22/11/2026"},
    )
    browser.post(f"{base}/vdab/", {"van": "1/3/2026", "begeleider": "ocmw"})
    assert list(Statuut.objects.order_by("van").values_list("tot", flat=True)) == [
        date(2026, 11, 30),
        None,
    ]
    assert Toewijzing.objects.filter(gebruiker=other, is_spilfiguur=False).exists()
    follower = Toewijzing.objects.get(gebruiker=other)
    browser.post(f"{base}/toewijzing/{follower.pk}/einde/", {"tot": "30/11/2026"})
    follower.refresh_from_db()
    assert follower.tot == date(2026, 11, 30)
    html = page(browser, olena, "gegevens/")
    assert "Ingeschreven bij VDAB" in html
    refused = browser.post(f"{base}/statuut/", {"soort": "leefloon", "van": "1/1/2026"})
    assert "al een statuut" in refused.content.decode()
    assert Statuut.objects.count() == 2


def test_a_row_of_another_client_does_not_fit_in_the_address(olena, bestuur, worker, signed_in):
    other = make_statuut(make_client(bestuur))
    url = f"/clienten/{olena.pk}/statuut/{other.pk}/einde/"
    assert signed_in(worker).post(url, {"tot": "30/11/2026"}).status_code == 404
    other.refresh_from_db()
    assert other.tot is None


def test_markup_in_the_file_is_only_text(olena, worker, signed_in):
    make_logboekitem(olena, worker, tekst="<script>alert(1)</script>\n\nregel twee")
    html = page(signed_in(worker), olena)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_log_has_pages(olena, worker, signed_in):
    for day in range(1, 21):
        moment = datetime(2026, 10, day, 10, tzinfo=ZoneInfo("Europe/Brussels"))
        make_logboekitem(olena, worker, tekst=f"Dag {day}.", moment=moment)
    browser = signed_in(worker)
    first, second = page(browser, olena), page(browser, olena, "?log=2")
    assert "Dag 20." in first
    assert "Dag 1." not in first
    assert "Dag 1." in second
    assert "Dag 20." in page(browser, olena, "?log=999")
    assert "Dag 20." in page(browser, olena, "?log=x")


@pytest.mark.parametrize("section", ["", "gegevens/", "inzage/", "historiek/"])
@pytest.mark.parametrize("who", ["worker", "lead", "colleague"])
def test_a_file_costs_the_same_for_little_and_for_much(
    olena, bestuur, worker, lead, signed_in, section, who
):
    colleague = make_gebruiker(bestuur)
    user = {"worker": worker, "lead": lead, "colleague": colleague}[who]
    browser = signed_in(user)
    browser.post(f"/clienten/{olena.pk}/reden/", {"reden": "Vervanging"})

    def queries():
        with CaptureQueriesContext(connection) as captured:
            page(browser, olena, section)
        sql = [query["sql"] for query in captured]
        return [line for line in sql if not line.startswith(("SAVEPOINT", "RELEASE"))]

    before = queries()
    for number in range(1, 51):
        moment = datetime(2026, 1, 1, number % 24, number, tzinfo=ZoneInfo("Europe/Brussels"))
        make_logboekitem(olena, worker, moment=moment)
        year = 1900 + number
        make_traject(
            olena,
            "vrijwilligerswerk",
            begindatum=date(year, 1, 1),
            einddatum=date(year, 6, 1),
            eindreden="opleiding",
        )
        make_statuut(olena, "student", van=date(year, 1, 1), tot=date(year, 12, 31))
    refresh_signalen(bestuur.pk, on=TODAY)
    after = queries()
    assert len(before) == len(after) <= 12
