"""The page "Wijk-werken" of a client, the forms behind it, and the register of organisers."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.belgian_dates import BRUSSELS
from kern.db.scope import scope
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_traject
from tests.factories.wijkwerken import (
    make_inschrijving,
    make_inzet,
    make_opdracht,
    make_organisator,
    make_prestatie,
)
from toegang.enums import Rol
from toegang.models import Inzage
from trajecten.models import Traject
from wijkwerken.models import Inschrijving, Interimdag, Organisator, Toeleiding, Tussenbesluit

NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def olena(bestuur, worker):
    client = make_client(bestuur, familienaam="Kovalenko")
    make_toewijzing(client, worker)
    return client


@pytest.fixture
def inschrijving(olena):
    return make_inschrijving(
        olena,
        begindatum=date(2026, 6, 1),
        toeleider="vdab",
        afspraken="Naar een job in de keuken <b>x</b>",
    )


@pytest.fixture
def mieke(signed_in, worker, olena):
    return signed_in(worker)


def page_of(browser, client):
    return browser.get(reverse("wijkwerken:client", args=[client.pk])).content.decode()


def test_without_wijkwerken_the_page_offers_to_start(mieke, olena):
    page = page_of(mieke, olena)
    assert "Nog geen wijk-werken" in page
    assert reverse("wijkwerken:start", args=[olena.pk]) in page
    assert Inzage.objects.filter(client_id=olena.pk, scherm="wijk-werken").exists()


def test_starting_asks_everything_at_once(mieke, olena):
    make_organisator(olena.bestuur)
    url = reverse("wijkwerken:start", args=[olena.pk])
    assert "selected>IGO" in mieke.get(url).content.decode()
    facts = {
        "begindatum": "1/9/2026",
        "organisator": Organisator.objects.get().pk,
        "toeleider": "ocmw",
        "afstand_km": "7,5",
    }
    laat = mieke.post(url, {**facts, "toegeleid_van": "2/9/2026", "afspraken": "Naar een job"})
    assert "Niemand begint zonder toeleiding" in laat.content.decode()
    assert "Naar een job" in laat.content.decode()
    assert not Traject.objects.exists()
    done = mieke.post(url, facts, follow=True).content.decode()
    assert "is ingeschreven" in done
    assert "7,5 km, heen en terug" in done
    assert "31 augustus 2027" in done


def test_without_an_organiser_nobody_can_start(mieke, olena, signed_in, lead):
    url = reverse("wijkwerken:start", args=[olena.pk])
    assert "Vraag het aan uw leidinggevende" in mieke.get(url).content.decode()
    assert reverse("wijkwerken:add_organisator") in signed_in(lead).get(url).content.decode()


def test_a_traject_without_enrolment_can_still_get_one(mieke, olena):
    igo = make_organisator(olena.bestuur)
    traject = make_traject(olena, "wijkwerken")
    url = reverse("wijkwerken:enrol", args=[traject.pk])
    assert url in page_of(mieke, olena)
    done = mieke.post(url, {"organisator": igo.pk, "toeleider": "vdab"}, follow=True)
    page = done.content.decode()
    row = Inschrijving.objects.get()
    undo = reverse("wijkwerken:withdraw_inschrijving", args=[row.pk])
    assert undo in page
    mieke.post(undo)
    assert not Inschrijving.objects.exists()
    assert Traject.objects.count() == 1


def test_the_page_tells_clocks_hours_agreements_and_tasks(mieke, olena, inschrijving):
    make_prestatie(inschrijving, date(2026, 11, 3), 8)
    make_inzet(inschrijving, make_opdracht(olena.bestuur))
    page = page_of(mieke, olena)
    assert "31 mei 2027" in page
    assert "30 november 2026" in page
    assert "52 u" in page
    assert "Haag scheren" in page
    assert "Naar een job in de keuken &lt;b&gt;" in page
    assert "0 <small>van 10 dagen" in page
    assert "sinds 01/06/2026" in page


def test_changing_keeps_what_was_not_touched(mieke, olena, inschrijving):
    ander = make_organisator(olena.bestuur, "Haviland")
    url = reverse("wijkwerken:change_inschrijving", args=[inschrijving.pk])
    page = mieke.get(url).content.decode()
    assert "Naar een job in de keuken" in page
    assert 'name="toeleider"' not in page
    assert page.count('<details class="more">') == 1
    facts = {
        "organisator": ander.pk,
        "afspraken": inschrijving.afspraken,
        "is_arbeidsongeschikt": "on",
    }
    fout = mieke.post(url, {**facts, "toestemming_van": "3/9/2026", "toestemming_tot": "2/9/2026"})
    assert "De laatste dag ligt vóór de eerste dag" in fout.content.decode()
    assert '<details class="more" open>' in fout.content.decode()
    done = mieke.post(url, facts, follow=True).content.decode()
    assert "Er is nog geen toestemming van de adviserend arts" in done
    inschrijving.refresh_from_db()
    assert inschrijving.organisator == ander


def test_another_referrer_and_back(mieke, olena, inschrijving):
    url = reverse("wijkwerken:change_toeleider", args=[inschrijving.pk])
    assert 'value="ocmw"' in mieke.get(url).content.decode()
    page = mieke.post(url, {"toeleider": "ocmw", "van": "2/11/2026"}, follow=True)
    page = page.content.decode()
    assert "OCMW leidt nu toe" in page
    assert "01/06/2026 t.e.m. 01/11/2026" in page
    assert Toeleiding.objects.count() == 2
    mieke.post(reverse("wijkwerken:withdraw_toeleider", args=[inschrijving.pk]))
    assert Toeleiding.objects.get().tot is None
    again = mieke.post(
        reverse("wijkwerken:withdraw_toeleider", args=[inschrijving.pk]), follow=True
    )
    assert "geen wissel" in again.content.decode()


def decide(browser, inschrijving, keuze):
    url = reverse("wijkwerken:tussenbesluit", args=[inschrijving.pk])
    facts = {
        "gehouden_op": "20/11/2026",
        "wijze": "kantoor",
        "keuze": keuze,
        "verslag": "Werkt zelfstandig.",
    }
    return browser.post(url, facts)


def test_halfway_one_goes_on(mieke, olena, inschrijving):
    answer = decide(mieke, inschrijving, "verder")
    assert answer["Location"] == reverse("wijkwerken:client", args=[olena.pk])
    page = page_of(mieke, olena)
    assert "Verder met wijk-werken" in page
    assert "Werkt zelfstandig." in page


def test_halfway_one_goes_to_the_next_step(mieke, olena, inschrijving):
    answer = decide(mieke, inschrijving, "volgende_stap")
    traject = inschrijving.traject_id
    assert answer["Location"] == reverse("trajecten:add_stap", args=[traject])
    page = page_of(mieke, olena)
    assert "Beslist: naar de volgende stap" in page
    assert reverse("trajecten:end", args=[traject]) in page


def test_a_decision_needs_its_reason(mieke, inschrijving):
    url = reverse("wijkwerken:tussenbesluit", args=[inschrijving.pk])
    page = mieke.post(url, {"gehouden_op": "20/11/2026", "wijze": "kantoor", "keuze": "verder"})
    assert "Vul dit in" in page.content.decode()
    assert not Tussenbesluit.objects.exists()


def test_interim_days_are_typed_together_and_counted(mieke, olena, inschrijving):
    url = reverse("wijkwerken:add_interim", args=[inschrijving.pk])
    fout = mieke.post(url, {"dagen": "1/10/2026, 40/10/2026"}).content.decode()
    assert "40/10/2026" in fout
    assert not Interimdag.objects.exists()
    dagen = ", ".join(f"{day}/10/2026" for day in (1, 2, 5, 6, 7, 8, 9, 12, 13, 14, 28))
    page = mieke.post(url, {"dagen": dagen}, follow=True).content.decode()
    assert "11 interimdagen van 01/10/2026 t.e.m. 28/10/2026. Er mogen er 10 zijn" in page
    assert "meer beëindigt het recht op wijk-werken" in page_of(mieke, olena)
    mieke.post(reverse("wijkwerken:drop_interim", args=[Interimdag.objects.first().pk]))
    assert Interimdag.objects.count() == 10
    assert "meer beëindigt het recht" not in page_of(mieke, olena)


def test_what_ended_stays_readable(mieke, olena):
    oud = make_traject(
        olena,
        "wijkwerken",
        begindatum=date(2025, 1, 6),
        einddatum=date(2025, 12, 31),
        eindreden="werk_nec",
    )
    make_inschrijving(olena, traject=oud)
    page = page_of(mieke, olena)
    assert "Start wijk-werken" in page
    make_inschrijving(olena, begindatum=date(2026, 6, 1))
    page = page_of(mieke, olena)
    assert "IGO</a> van 06/01/2025" in page


def test_the_right_carried_over_is_told(mieke, olena):
    traject = make_traject(
        olena,
        "wijkwerken",
        begindatum=date(2018, 1, 2),
        pwa_overeenkomst_op=date(2017, 9, 30),
        laatste_prestatie_op=date(2026, 10, 1),
    )
    make_inschrijving(olena, traject=traject)
    page = page_of(mieke, olena)
    assert "overgangsrecht" in page
    assert "Geen einddag" in page
    assert "1 oktober 2027" in page


CLIENT_PAGES = ("client", "start")
PAGES = ("change_inschrijving", "change_toeleider", "tussenbesluit", "add_interim")


def test_strangers_and_the_desk_see_nothing(signed_in, stranger, bestuur, olena, inschrijving):
    addresses = [reverse(f"wijkwerken:{name}", args=[olena.pk]) for name in CLIENT_PAGES]
    addresses += [reverse(f"wijkwerken:{name}", args=[inschrijving.pk]) for name in PAGES]
    onthaal = signed_in(make_gebruiker(bestuur, Rol.ONTHAAL))
    beheerder = signed_in(make_gebruiker(bestuur, Rol.BEHEERDER))
    vreemd = signed_in(stranger)
    for address in addresses:
        assert onthaal.get(address).status_code == 403
        assert beheerder.get(address).status_code == 403
        assert vreemd.get(address).status_code == 404


def test_the_register_is_kept_by_who_keeps_the_list(signed_in, lead, worker, bestuur, buur):
    with scope(bestuur_id=buur.pk, actor_id=None):
        vreemd = make_organisator(buur, "Elders")
    browser = signed_in(lead)
    lijst = reverse("wijkwerken:organisatoren")
    assert "Nog geen organisator" in browser.get(lijst).content.decode()
    facts = {
        "naam": "IGO",
        "soort": "intergemeentelijk",
        "chequeprijs": "9,00",
        "van": "1/1/2018",
    }
    page = browser.post(reverse("wijkwerken:add_organisator"), facts, follow=True)
    page = page.content.decode()
    assert "ligt buiten € 5,95 tot € 7,45" in page
    row = Organisator.objects.get(naam="IGO")
    url = reverse("wijkwerken:change_organisator", args=[row.pk])
    assert url in page
    assert "9,00" in browser.get(url).content.decode()
    fout = browser.post(url, {**facts, "tot": "1/1/2017"}).content.decode()
    assert "De laatste dag ligt vóór de eerste dag" in fout
    page = browser.post(url, {**facts, "chequeprijs": "7,45"}, follow=True).content.decode()
    assert "ligt buiten" not in page
    assert signed_in(worker).get(lijst).status_code == 403
    elders = reverse("wijkwerken:change_organisator", args=[vreemd.pk])
    assert browser.get(elders).status_code == 404


def test_the_page_asks_as_much_for_much_as_for_little(mieke, olena, inschrijving):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            page_of(mieke, olena)
        return len(asked)

    cost()
    little = cost()
    for day in range(1, 11):
        make_prestatie(inschrijving, date(2026, 11, day), 2)
        make_inzet(inschrijving, make_opdracht(olena.bestuur))
    decide(mieke, inschrijving, "verder")
    assert cost() == little
