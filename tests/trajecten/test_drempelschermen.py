"""Screens about barriers: who sees what, what is written down, and the board of waiting steps."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clienten.enums import DrempelSoort
from clienten.models import Drempel, GevoeligeDrempel
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.drempels import (
    make_blokkering,
    make_drempel,
    make_gevoelige_drempel,
    make_planstap,
    open_compartment,
)
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from toegang.models import Gebeurtenis, Inzage
from trajecten.models import Blokkering

pytestmark = pytest.mark.django_db
SECRET = "Wacht op een operatie aan de knie"
SCRIPT = "<script>alert('x')</script>"
BORD = "/drempels/bord/"


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel("2026-11-22 10:00+01:00", tick=False):
        yield


@pytest.fixture
def coach(bestuur):
    return make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER, gebruikersnaam="tb1")


@pytest.fixture
def olena(bestuur, worker, coach):
    client = make_client(bestuur, familienaam="Kovalenko", postcode="3020", gemeente="Herent")
    make_toewijzing(client, worker)
    make_toewijzing(client, coach, rol="trajectbegeleider", is_spilfiguur=False)
    return client


def filled(**values):
    return {
        "soort": "kinderopvang",
        "omschrijving": "Geen plaats op woensdag",
        "actie": "Wachtlijst",
        "wie": "Dienst opvang",
        "eigenaar": "",
        "stand": "open",
        "van": "1/10/2026",
        "gebied": "3020 Herent",
    } | values


def post(browser, name, *args, **values):
    return browser.post(reverse(f"trajecten:{name}", args=args), values)


def text(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_barrier_is_noted_and_the_form_goes_on_to_the_steps(olena, worker, signed_in):
    make_planstap(olena)
    browser = signed_in(worker)
    form = text(browser.get(f"/clienten/{olena.pk}/drempels/nieuw/"))
    assert 'value="3020 Herent"' in form
    assert "Gezondheid: gevolg voor het werk" in form
    answer = post(browser, "add_drempel", olena.pk, **filled())
    drempel = Drempel.objects.get()
    assert answer["Location"] == reverse("trajecten:block_stap", args=[drempel.pk])
    assert (drempel.soort, drempel.wie, drempel.gebied) == (
        "kinderopvang",
        "Dienst opvang",
        "3020 Herent",
    )


def test_without_permission_the_form_has_no_sensitive_kind_and_takes_none(olena, coach, signed_in):
    browser = signed_in(coach)
    form = text(browser.get(f"/clienten/{olena.pk}/drempels/nieuw/"))
    assert "Gezondheid: gevolg voor het werk" not in form
    assert "Gevoelig (zonder woorden)" in form
    answer = post(browser, "add_drempel", olena.pk, **filled(soort="gezondheid"))
    assert "Kies een van de mogelijkheden" in text(answer)
    answer = post(browser, "add_drempel", olena.pk, **filled(soort="gevoelig"))
    assert "geen woorden" in text(answer)
    assert not Drempel.objects.exists()
    empty = {"omschrijving": "", "actie": "", "wie": ""}
    post(browser, "add_drempel", olena.pk, **filled(soort="gevoelig", **empty))
    assert Drempel.objects.get().is_gevoelig


def test_what_is_sensitive_is_noted_through_the_door_of_who_may(olena, worker, signed_in):
    values = filled(soort="schulden", omschrijving=SECRET)
    post(signed_in(worker), "add_drempel", olena.pk, **values)
    drempel = Drempel.objects.get()
    assert (drempel.soort, drempel.omschrijving) == ("gevoelig", "")
    with open_compartment():
        assert GevoeligeDrempel.objects.get().omschrijving == SECRET


def test_the_file_shows_barriers_and_masks_what_is_sensitive(olena, worker, coach, signed_in):
    drempel = make_drempel(olena, omschrijving="Geen plaats op woensdag", eigenaar=coach)
    make_blokkering(make_planstap(olena, tekst="Stage in de keuken"), drempel)
    make_gevoelige_drempel(olena, omschrijving=SECRET)
    make_drempel(olena, "taal", stand="opgelost", tot=date(2026, 10, 10))
    for person, shows in ((worker, True), (coach, False)):
        html = text(signed_in(person).get(f"/clienten/{olena.pk}/"))
        block = html[html.index('<h2 id="drempels">') :]
        for word in (
            "Kinderopvang",
            "Geen plaats op woensdag",
            "Houdt een stap tegen",
            "Stage in de keuken",
            "Gevoelig",
            "Opgelost (1)",
            coach.naam,
        ):
            assert word in block, word
        assert SECRET not in html
        assert ("/tonen/" in block) is shows


def test_the_file_asks_as_much_for_many_barriers_as_for_none(olena, worker, signed_in):
    browser = signed_in(worker)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            text(browser.get(f"/clienten/{olena.pk}/"))
        return len(captured)

    queries()
    before = queries()
    for number in range(30):
        make_blokkering(make_planstap(olena, tekst=f"Stap {number}"), make_drempel(olena))
    assert queries() == before


def test_showing_is_one_act_and_stands_in_the_read_log(olena, worker, signed_in):
    drempel = make_gevoelige_drempel(olena, omschrijving=SECRET + SCRIPT)
    browser = signed_in(worker)
    page = text(browser.get(f"/drempels/{drempel.pk}/"))
    assert SECRET not in page
    assert browser.get(f"/drempels/{drempel.pk}/tonen/").status_code == 405
    for headers in ({}, {"HX-Request": "true"}):
        shown = text(browser.post(f"/drempels/{drempel.pk}/tonen/", headers=headers))
        assert SECRET in shown
        assert SCRIPT not in shown
        assert "Gezondheid: gevolg voor het werk" in shown
    screens = list(Inzage.objects.values_list("scherm", flat=True))
    assert screens.count("gevoelige drempel") == 2


@pytest.mark.parametrize(
    "rol",
    [Rol.TRAJECTBEGELEIDER, Rol.LEIDINGGEVENDE, Rol.ONTHAAL, Rol.BEHEERDER, Rol.TOEZICHTHOUDER],
)
def test_nobody_else_opens_the_compartment(olena, bestuur, signed_in, rol):
    drempel = make_gevoelige_drempel(olena, omschrijving=SECRET)
    person = make_gebruiker(bestuur, rol)
    if rol == Rol.TRAJECTBEGELEIDER:
        make_toewijzing(olena, person, rol="trajectbegeleider", is_spilfiguur=False)
    browser = signed_in(person)
    assert browser.post(f"/drempels/{drempel.pk}/tonen/").status_code == 403
    for address in (
        f"/drempels/{drempel.pk}/",
        f"/drempels/{drempel.pk}/wijzigen/",
        BORD,
        f"/clienten/{olena.pk}/",
        f"/clienten/{olena.pk}/historiek/",
    ):
        assert SECRET not in browser.get(address, follow=True).content.decode()
    assert "gevoelige drempel" not in Inzage.objects.values_list("scherm", flat=True)


@pytest.mark.parametrize("rol", [Rol.ONTHAAL, Rol.BEHEERDER, Rol.TOEZICHTHOUDER])
def test_who_does_no_casework_finds_no_board_and_no_barrier(olena, bestuur, signed_in, rol):
    drempel = make_drempel(olena)
    browser = signed_in(make_gebruiker(bestuur, rol))
    for address in (
        BORD,
        f"{BORD}afdruk/",
        f"/drempels/{drempel.pk}/",
        f"/drempels/{drempel.pk}/oplossen/",
        f"/clienten/{olena.pk}/drempels/nieuw/",
    ):
        assert browser.get(address).status_code == 403, address


def test_changing_what_is_sensitive_opens_it_for_who_may_and_leaves_it_for_who_may_not(
    olena, worker, coach, signed_in
):
    drempel = make_gevoelige_drempel(olena, omschrijving=SECRET)
    address = f"/drempels/{drempel.pk}/wijzigen/"
    assert SECRET in text(signed_in(worker).get(address))
    assert Inzage.objects.filter(scherm="gevoelige drempel", gebruiker=worker).count() == 1
    closed = text(signed_in(coach).get(address))
    assert SECRET not in closed
    assert 'name="omschrijving"' not in closed
    tries = {"soort": "taal", "omschrijving": "weg", "stand": "aanpak", "van": "1/10/2026"}
    answer = signed_in(coach).post(address, tries)
    assert answer.status_code == 302
    drempel.refresh_from_db()
    assert (drempel.soort, drempel.stand, drempel.omschrijving) == ("gevoelig", "aanpak", "")
    with open_compartment():
        assert GevoeligeDrempel.objects.get().omschrijving == SECRET


def test_the_second_to_save_sees_who_was_first_and_keeps_her_words(olena, worker, signed_in):
    drempel = make_drempel(olena)
    browser = signed_in(worker)
    address = f"/drempels/{drempel.pk}/wijzigen/"
    versie = re.search(r'name="versie" value="([^"]+)"', text(browser.get(address)))[1]
    with time_machine.travel("2026-11-22 10:05+01:00", tick=False):
        browser.post(address, filled(actie="Eerst", versie=versie))
        second = text(browser.post(address, filled(actie="Daarna", versie=versie)))
    assert "Intussen gewijzigd door Mieke" in second
    assert "Daarna" in second
    assert Drempel.objects.get().actie == "Eerst"
    fresh = re.search(r'name="versie" value="([^"]+)"', second)[1]
    assert browser.post(address, filled(actie="Daarna", versie=fresh)).status_code == 302
    assert Drempel.objects.get().actie == "Daarna"


def test_steps_wait_are_released_and_the_barrier_is_solved(olena, worker, signed_in):
    drempel = make_drempel(olena)
    first, second = make_planstap(olena, tekst="Stage"), make_planstap(olena, tekst="Cursus")
    browser = signed_in(worker)
    address = f"/drempels/{drempel.pk}/stappen/"
    browser.post(address, {"stappen": [first.pk, second.pk], "van": "1/10/2026"})
    assert Blokkering.objects.all().waiting().count() == 2
    wait = Blokkering.objects.get(stap=second)
    said = browser.post(f"/wachtende-stappen/{wait.pk}/verder/", follow=True).content.decode()
    assert "Deze stap kan verder: Cursus." in said
    sure = text(browser.get(f"/drempels/{drempel.pk}/oplossen/"))
    assert "Deze stap kan verder: Stage" in sure
    assert "Deze stap kan verder: Cursus" not in sure
    said = browser.post(
        f"/drempels/{drempel.pk}/oplossen/", {"op": "vandaag"}, follow=True
    ).content.decode()
    assert "De drempel is opgelost. Deze stap kan verder: Stage." in said
    assert not Blokkering.objects.all().waiting().exists()
    assert "Wachtte vroeger (2)" in said
    browser.post(f"/drempels/{drempel.pk}/heropenen/")
    assert Drempel.objects.get().tot is None


def test_a_step_says_for_what_it_waits(olena, worker, coach, signed_in):
    stap = make_planstap(olena, tekst="Stage")
    browser = signed_in(worker)
    address = f"/planstappen/{stap.pk}/wacht/"
    assert "Noteer een drempel" in text(browser.get(address))
    drempel, gone = (
        make_drempel(olena),
        make_drempel(olena, "taal", stand="opgelost", tot=date(2026, 10, 1)),
    )
    page = text(browser.get(address))
    assert "Kinderopvang" in page
    assert f'value="{gone.pk}"' not in page
    assert browser.post(address, {"drempel": gone.pk, "van": "vandaag"}).status_code == 200
    assert browser.post(address, {"drempel": drempel.pk, "van": "1/10/2026"}).status_code == 302
    assert Blokkering.objects.get().stap == stap


def test_a_step_or_barrier_of_another_client_is_not_taken(bestuur, olena, worker, signed_in):
    other = make_client(bestuur)
    stap, drempel = make_planstap(other), make_drempel(other)
    mine, own = make_drempel(olena), make_planstap(olena)
    browser = signed_in(worker)
    browser.post(f"/drempels/{mine.pk}/stappen/", {"stappen": [stap.pk], "van": "1/10/2026"})
    browser.post(f"/planstappen/{own.pk}/wacht/", {"drempel": drempel.pk, "van": "1/10/2026"})
    assert not Blokkering.objects.exists()


def test_a_refusal_changes_nothing_and_says_why(olena, worker, signed_in):
    drempel = make_drempel(olena, van=date(2026, 10, 1))
    wait = make_blokkering(make_planstap(olena), drempel, van=date(2026, 11, 1))
    before = Gebeurtenis.objects.count()
    answer = signed_in(worker).post(f"/drempels/{drempel.pk}/oplossen/", {"op": "15/10/2026"})
    assert "Sinds 01/11/2026 wacht een stap" in text(answer)
    wait.refresh_from_db()
    assert wait.tot is None
    assert Gebeurtenis.objects.count() == before


def test_scripts_are_shown_as_text_everywhere(olena, worker, signed_in):
    drempel = make_drempel(olena, omschrijving=SCRIPT, actie=SCRIPT, wie=SCRIPT, gebied=SCRIPT)
    make_blokkering(make_planstap(olena, tekst=SCRIPT), drempel)
    browser = signed_in(worker)
    for address in (
        f"/clienten/{olena.pk}/",
        f"/drempels/{drempel.pk}/",
        BORD,
        f"{BORD}afdruk/",
        f"/drempels/{drempel.pk}/wijzigen/",
        f"/drempels/{drempel.pk}/oplossen/",
        f"{BORD}?gebied={SCRIPT}&soort={SCRIPT}",
    ):
        html = text(browser.get(address))
        assert SCRIPT not in html
        assert "&lt;script&gt;" in html


@pytest.fixture
def bord(bestuur, olena, worker, lead):
    """Three waits for childcare and one for something sensitive, of two clients."""
    other = make_client(bestuur, familienaam="Aerts")
    secret = make_gevoelige_drempel(other, omschrijving=SECRET, gebied="3010 Kessel-Lo")
    make_blokkering(make_planstap(other, tekst="Cursus"), secret, van=date(2026, 11, 20))
    opvang = make_drempel(olena, eigenaar=lead, wie="dienst opvang", gebied="3020 Herent")
    for number, days in enumerate((100, 10)):
        step = make_planstap(olena, tekst=f"Stap {number}")
        make_blokkering(step, opvang, van=date(2026, 11, 22) - timedelta(days=days))
    late = make_planstap(other, tekst="Inschrijven", tegen=date(2026, 11, 1))
    make_blokkering(late, make_drempel(other, gebied="3010 Kessel-Lo"), van=date(2026, 10, 1))
    done = make_planstap(olena, tekst="Al gedaan", status="gedaan", afgesloten_op=date(2026, 11, 2))
    make_blokkering(done, opvang)
    return olena, other


def steps_on(html):
    return re.findall(r'data-label="Stap"><a[^>]*>([^<]+)<', html)


def test_the_board_stands_under_trajecten(bestuur, worker, signed_in):
    html = text(signed_in(worker).get(BORD))
    assert '<a class="rail-item" href="/trajecten/" aria-current="page">' in html
    assert f'href="{BORD}"' in text(signed_in(worker).get("/trajecten/"))


def test_the_board_groups_by_kind_longest_wait_first(bord, worker, signed_in):
    html = text(signed_in(worker).get(BORD))
    assert steps_on(html) == ["Stap 0", "Inschrijven", "Stap 1", "Cursus"]
    assert html.index('id="bord-kinderopvang"') < html.index('id="bord-gevoelig"')
    for word in (
        "14 weken",
        "1 week",
        "minder dan een week",
        "dienst opvang",
        "Te laat",
        "4 wachtende stappen",
        "3 stappen",
        "1 stap",
    ):
        assert word in html, word
    assert SECRET not in html
    assert "Al gedaan" not in html
    assert "Gezondheid" not in html


@pytest.mark.parametrize(
    ("query", "steps"),
    [
        ("wie=ik", ["Stap 0", "Stap 1"]),
        ("soort=gevoelig", ["Cursus"]),
        ("gebied=3010+Kessel-Lo", ["Inschrijven", "Cursus"]),
        ("gebied=3010+Kessel-Lo&soort=kinderopvang", ["Inschrijven"]),
        ("soort=taal", []),
        ("soort=gezondheid", ["Stap 0", "Inschrijven", "Stap 1", "Cursus"]),
    ],
)
def test_the_filters_of_the_board(bord, worker, signed_in, query, steps):
    html = text(signed_in(worker).get(f"{BORD}?{query}"))
    assert steps_on(html) == steps
    if not steps:
        assert "Geen wachtende stap past bij deze filters" in html


def test_mine_is_also_what_i_take_care_of(bord, lead, signed_in):
    assert steps_on(text(signed_in(lead).get(f"{BORD}?wie=ik"))) == ["Stap 0", "Stap 1"]


def test_an_empty_board_says_what_will_stand_there(bestuur, worker, signed_in):
    assert "Hier komen de stappen die wachten" in text(signed_in(worker).get(BORD))


def test_a_restricted_file_is_not_on_the_board(bord, worker, signed_in):
    olena, _ = bord
    olena.afgeschermd = True
    olena.save()
    assert steps_on(text(signed_in(worker).get(BORD))) == ["Inschrijven", "Cursus"]


def test_the_board_asks_as_much_for_many_as_for_few(
    bord, bestuur, worker, signed_in, django_assert_max_num_queries
):
    browser = signed_in(worker)
    browser.get(BORD)
    for number in range(70):
        client = make_client(bestuur)
        drempel = make_drempel(client, list(DrempelSoort)[number % 3], gebied=f"Wijk {number}")
        make_blokkering(make_planstap(client), drempel)
    with django_assert_max_num_queries(12):
        html = text(browser.get(BORD))
    assert len(steps_on(html)) == 60
    assert "74 wachtende stappen" in html
    assert len(steps_on(text(browser.get(f"{BORD}?page=2")))) == 14


def test_the_printed_board_is_whole_and_written_down(bord, worker, signed_in):
    html = text(signed_in(worker).get(f"{BORD}afdruk/?gebied=3010+Kessel-Lo"))
    assert steps_on(html) == ["Inschrijven", "Cursus"]
    assert [(row.client_id, row.grond) for row in Inzage.objects.all()] == [(bord[1].pk, "lijst")]


def test_a_stranger_finds_nothing(olena, stranger, signed_in):
    drempel = make_drempel(olena)
    wait = make_blokkering(make_planstap(olena), drempel)
    browser = signed_in(stranger)
    for address in (
        f"/drempels/{drempel.pk}/",
        f"/drempels/{drempel.pk}/wijzigen/",
        f"/drempels/{drempel.pk}/oplossen/",
        f"/drempels/{drempel.pk}/stappen/",
        f"/planstappen/{wait.stap_id}/wacht/",
        f"/clienten/{olena.pk}/drempels/nieuw/",
    ):
        assert browser.get(address).status_code == 404, address
        assert browser.post(address, {"op": "vandaag"}).status_code in {404, 405}, address
    for address in (f"/wachtende-stappen/{wait.pk}/verder/", f"/drempels/{drempel.pk}/heropenen/"):
        assert browser.post(address).status_code == 404, address
    assert steps_on(text(browser.get(BORD))) == []
    wait.refresh_from_db()
    assert wait.tot is None


def test_somebody_elses_client_asks_why_first(bestuur, worker, signed_in):
    other = make_client(bestuur)
    drempel = make_drempel(other)
    answer = signed_in(worker).get(f"/drempels/{drempel.pk}/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/clienten/{other.pk}/reden/")
