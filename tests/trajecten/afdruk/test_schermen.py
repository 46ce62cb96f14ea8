"""The papers on screen: who may fetch them, what the page about the contract says."""

import pytest
from django.urls import reverse

from kern.db.scope import scope
from tests.factories.clienten import make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.trajecten.plan.conftest import AT
from toegang.enums import Rol
from toegang.models import Inzage
from trajecten.enums import Uitvoerder
from trajecten.models import Stappenplan

ADRESSEN = ("plan_pdf", "versie_pdf", "gpmi_pdf", "gpmi_inhoud")


@pytest.fixture
def addresses(plan, versie, gpmi, worker):
    make_toewijzing(plan, worker)
    keys = {"plan_pdf": plan.pk, "versie_pdf": versie.pk}
    return {name: reverse(f"trajecten:{name}", args=[keys.get(name, gpmi.pk)]) for name in ADRESSEN}


@pytest.mark.parametrize("name", ADRESSEN[:3])
def test_a_worker_fetches_a_paper_and_the_read_log_says_so(addresses, worker, signed_in, name):
    answer = signed_in(worker).get(addresses[name])
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"].startswith('inline; filename="')
    assert answer.content.startswith(b"%PDF-1.7")
    assert Inzage.objects.filter(gebruiker=worker, scherm__startswith="afdruk").exists()


@pytest.mark.parametrize("name", ADRESSEN)
def test_nobody_of_another_bestuur_and_no_beheerder(
    addresses, bestuur, buur, stranger, signed_in, name
):
    assert signed_in(stranger).get(addresses[name]).status_code == 404
    beheerder = make_gebruiker(bestuur, Rol.BEHEERDER)
    assert signed_in(beheerder).get(addresses[name]).status_code == 403
    with scope(bestuur_id=bestuur.pk, actor_id=None):
        assert not Inzage.objects.exists()


def test_the_language_may_be_asked_and_an_unknown_one_is_dutch(addresses, worker, signed_in):
    browser = signed_in(worker)
    asked = {taal: browser.get(f"{addresses['versie_pdf']}?taal={taal}") for taal in ("fr", "q<")}
    assert asked["fr"].content != asked["q<"].content
    assert asked["q<"].content == browser.get(addresses["versie_pdf"]).content


def test_the_page_lists_what_is_missing_and_fills_it(addresses, plan, worker, signed_in):
    browser = signed_in(worker)
    page = browser.get(addresses["gpmi_inhoud"]).content.decode()
    assert 'href="#id_extra_hulp"' in page
    assert "versie 1 van het plan" in page
    nasty = "<script>alert(1)</script>"
    texts = {"behoeften": "Kookt.", "evaluatiewijze": "Gesprekken.", "extra_hulp": nasty}
    answer = browser.post(addresses["gpmi_inhoud"], texts)
    assert answer["Location"] == addresses["gpmi_inhoud"]
    assert Stappenplan.objects.get(client=plan).extra_hulp == nasty
    page = browser.get(addresses["gpmi_inhoud"]).content.decode()
    assert "is ingevuld" in page
    assert nasty not in page
    assert "nog niet afgesproken" in page, "what was agreed changed"


def test_what_may_not_be_printed_is_refused_on_screen(addresses, stap, worker, signed_in):
    stap("Gemeenschapsdienst doen", Uitvoerder.CLIENT)
    browser = signed_in(worker)
    page = browser.get(addresses["gpmi_inhoud"]).content.decode()
    assert "Zo kan het niet gedrukt worden" in page
    assert addresses["gpmi_pdf"] not in page
    answer = browser.get(addresses["gpmi_pdf"])
    assert answer.status_code == 302
    assert "vernietigd" in browser.get(answer["Location"]).content.decode()


def test_handing_the_draft_over_starts_the_days_to_think(addresses, gpmi, worker, signed_in):
    browser = signed_in(worker)
    page = browser.get(addresses["gpmi_inhoud"]).content.decode()
    hand_over = reverse("trajecten:hand_over_gpmi", args=[gpmi.pk])
    assert hand_over in page
    browser.post(hand_over, {"dag": "10/02/2026"})
    gpmi.refresh_from_db()
    assert gpmi.ontwerp_op.isoformat() == "2026-02-10"
    page = browser.get(addresses["gpmi_inhoud"]).content.decode()
    assert "16 februari 2026" in page
    assert AT.year == 2026


def test_the_page_costs_the_same_with_many_steps(
    addresses, stap, worker, signed_in, django_assert_max_num_queries
):
    """Six open the door and the scope, three the file, four read the plan; the rest is one each."""
    for number in range(20):
        stap(f"Stap {number}", Uitvoerder.CLIENT)
    browser = signed_in(worker)
    browser.get(addresses["gpmi_inhoud"])
    with django_assert_max_num_queries(17):
        browser.get(addresses["gpmi_inhoud"])
