"""Every screen about trajecten: who may open it, what it shows, and at what price."""

from datetime import date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.belgian_dates import BRUSSELS
from kern.db.scope import ACTOR, scope, set_local
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_logboekitem, make_stap, make_traject
from toegang.enums import Rol
from toegang.models import Inzage
from trajecten.commands.plan import drop_item
from trajecten.commands.wie import Wie
from trajecten.enums import EvaluatieWijze, SchorsingReden
from trajecten.models import Evaluatie, Gpmi, Schorsing, Verlenging

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)
TRAJECT_PAGES = [
    "traject",
    "what_if",
    "correct",
    "end",
    "reopen",
    "add_schorsing",
    "request_verlenging",
    "add_stap",
    "add_evaluatie",
]
CLIENT_PAGES = ["start", "add_logboekitem", "gpmi"]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def traject(bestuur, worker):
    client = make_client(bestuur, familienaam="Kovalenko")
    make_toewijzing(client, worker)
    return make_traject(client, uiterste_dag=date(2028, 3, 1))


def fill(traject, worker, lead, number):
    """Hang `number` of everything on the traject."""
    key = {"bestuur_id": traject.bestuur_id, "client_id": traject.client_id, "traject": traject}
    for index in range(number):
        begin = date(2026, 4 + index, 1)
        Schorsing.objects.create(
            van=begin, tot=date(2026, 4 + index, 9), reden=SchorsingReden.ZIEKTE, **key
        )
        Evaluatie.objects.create(
            gehouden_op=begin, wijze=EvaluatieWijze.KANTOOR, door=worker, verslag="Goed.", **key
        )
        Verlenging.objects.create(
            tot=date(2028, 5 + index, 1),
            reden="meer tijd",
            gevraagd_door=worker,
            gevraagd_at=NU,
            status="goedgekeurd",
            beslist_door=lead,
            beslist_at=NU,
            **key,
        )
        make_stap(traject)
        make_logboekitem(traject.client, worker, traject=traject)


@pytest.mark.parametrize("name", TRAJECT_PAGES)
def test_the_own_role_opens_each_page_and_leaves_a_trace(traject, worker, signed_in, name):
    response = signed_in(worker).get(reverse(f"trajecten:{name}", args=[traject.pk]))
    assert response.status_code == 200
    assert "Kovalenko Olena" in response.content.decode()
    assert Inzage.objects.filter(client_id=traject.client_id, gebruiker=worker).count() == 1


@pytest.mark.parametrize("name", CLIENT_PAGES)
def test_the_own_role_opens_each_page_of_the_client(traject, worker, signed_in, name):
    response = signed_in(worker).get(reverse(f"trajecten:{name}", args=[traject.client_id]))
    assert response.status_code == 200
    assert Inzage.objects.filter(client_id=traject.client_id, gebruiker=worker).count() == 1


@pytest.mark.parametrize("name", TRAJECT_PAGES)
@pytest.mark.parametrize("rol", [Rol.ONTHAAL, Rol.BEHEERDER, Rol.TOEZICHTHOUDER])
def test_a_role_without_trajecten_is_refused(bestuur, traject, signed_in, name, rol):
    browser = signed_in(make_gebruiker(bestuur, rol))
    response = browser.get(reverse(f"trajecten:{name}", args=[traject.pk]))
    assert response.status_code == 403
    assert not Inzage.objects.exists()


@pytest.mark.parametrize("name", TRAJECT_PAGES)
def test_a_stranger_finds_nothing(traject, stranger, signed_in, name):
    response = signed_in(stranger).get(reverse(f"trajecten:{name}", args=[traject.pk]))
    assert response.status_code == 404


@pytest.mark.parametrize("name", CLIENT_PAGES)
def test_a_stranger_finds_nothing_of_the_client(traject, stranger, signed_in, name):
    response = signed_in(stranger).get(reverse(f"trajecten:{name}", args=[traject.client_id]))
    assert response.status_code == 404


def test_a_restricted_file_is_not_there_even_for_the_lead(traject, lead, signed_in):
    traject.client.afgeschermd = True
    traject.client.save()
    response = signed_in(lead).get(reverse("trajecten:traject", args=[traject.pk]))
    assert response.status_code == 404


def test_who_does_not_follow_the_client_says_why_first(bestuur, traject, signed_in):
    colleague = make_gebruiker(bestuur)
    response = signed_in(colleague).get(reverse("trajecten:traject", args=[traject.pk]))
    assert response.status_code == 302
    assert "reden" in response["Location"]
    assert not Inzage.objects.exists()


@pytest.mark.parametrize("pk", [0, 99999999, 2**70])
def test_a_number_of_nothing_is_not_found(worker, signed_in, pk):
    assert signed_in(worker).get(f"/trajecten/{pk}/").status_code == 404


@pytest.mark.parametrize("number", [1, 5])
def test_the_page_costs_as_much_for_one_row_as_for_five(traject, worker, lead, signed_in, number):
    fill(traject, worker, lead, number)
    browser = signed_in(worker)
    with CaptureQueriesContext(connection) as seen:
        page = browser.get(reverse("trajecten:traject", args=[traject.pk]))
    asked = [item["sql"] for item in seen if "SAVEPOINT" not in item["sql"]]
    assert page.status_code == 200
    assert len(asked) == 11


def test_the_page_explains_its_date(traject, worker, lead, signed_in):
    fill(traject, worker, lead, 2)
    page = signed_in(worker).get(reverse("trajecten:traject", args=[traject.pk])).content.decode()
    assert "Waarom deze datum?" in page
    assert "+ 24 maanden" in page
    assert "Verlenging goedgekeurd t.e.m. 01/06/2028" in page
    assert "1 juni 2028" in page


def test_what_if_shows_both_answers_and_saves_nothing(traject, worker, signed_in):
    url = reverse("trajecten:what_if", args=[traject.pk])
    asked = {"duur": "18"}
    page = signed_in(worker).get(url, asked).content.decode()
    assert "van 01/03/2028 naar 01/09/2027" in page
    piece = signed_in(worker).get(url, asked, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert "van 01/03/2028 naar 01/09/2027" in piece
    assert not Schorsing.objects.exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"duur": "veel"},
        {"duur": "-3"},
        {"duur": "999999999"},
        {"beleid": "soepel", "van": "1/7/2026"},
        {"van": "31/2/2026"},
        {"tot": "1/2/2026"},
        {"reden": "zomaar"},
        {"van": "2/7/2026", "tot": "1/7/2026", "duur": "x\x00"},
    ],
)
def test_what_if_with_rubbish_stays_standing(traject, worker, signed_in, asked):
    page = signed_in(worker).get(reverse("trajecten:what_if", args=[traject.pk]), asked)
    assert page.status_code == 200
    assert "Kijk dit na" in page.content.decode()


def test_the_lead_sees_who_asks_and_decides(traject, worker, lead, signed_in):
    key = {"bestuur_id": traject.bestuur_id, "client_id": traject.client_id, "traject": traject}
    vraag = Verlenging.objects.create(
        tot=date(2028, 6, 1), reden="ziek", gevraagd_door=worker, gevraagd_at=NU, **key
    )
    page = signed_in(lead).get(reverse("trajecten:traject", args=[traject.pk])).content.decode()
    assert "Mieke Peeters" in page
    assert reverse("trajecten:decide_verlenging", args=[vraag.pk]) in page
    own = signed_in(worker).get(reverse("trajecten:traject", args=[traject.pk])).content.decode()
    assert reverse("trajecten:decide_verlenging", args=[vraag.pk]) not in own
    decide = reverse("trajecten:decide_verlenging", args=[vraag.pk])
    assert signed_in(worker).get(decide).status_code == 403
    assert signed_in(lead).get(decide).status_code == 200


def test_rows_of_another_bestuur_are_not_found(traject, buur, worker, signed_in):
    with scope(bestuur_id=buur.pk, actor_id=None):
        client = make_client(buur)
        other = make_traject(client)
        key = {"bestuur_id": buur.pk, "client_id": client.pk}
        schorsing = Schorsing.objects.create(
            van=date(2026, 5, 1), reden=SchorsingReden.ZIEKTE, traject=other, **key
        )
        gpmi = Gpmi.objects.create(beslist_op=date(2026, 5, 1), **key)
        stap = make_stap(other)
    set_local({ACTOR: str(worker.pk)})
    browser = signed_in(worker)
    for name, pk in [
        ("change_schorsing", schorsing.pk),
        ("drop_stap", stap.pk),
        ("close_schorsing", schorsing.pk),
        ("sign_gpmi", gpmi.pk),
        ("gpmi_evaluatie", gpmi.pk),
    ]:
        assert browser.get(reverse(f"trajecten:{name}", args=[pk])).status_code == 404
    for name, pk in [
        ("remove_schorsing", schorsing.pk),
        ("finish_stap", stap.pk),
        ("withdraw_stap", stap.pk),
        ("reopen_stap", stap.pk),
        ("withdraw_start", other.pk),
        ("unsign_gpmi", gpmi.pk),
    ]:
        assert browser.post(reverse(f"trajecten:{name}", args=[pk])).status_code == 404


def test_what_is_still_to_do_stands_above_what_was_dropped(traject, worker, signed_in):
    make_stap(traject, tekst="Nog te doen", afgesproken_op=date(2026, 10, 1))
    dropped = make_stap(traject, tekst="Ging niet door", afgesproken_op=date(2026, 11, 1))
    drop_item(item=dropped, wie=Wie.ocmw(worker), at=NU, reden="De opleiding is vol.")
    html = signed_in(worker).get(reverse("trajecten:traject", args=[traject.pk])).content.decode()
    assert html.index("Nog te doen") < html.index("Ging niet door")


def test_noting_a_contact_starts_at_its_first_box_and_a_refusal_at_what_is_wrong(
    traject, worker, signed_in
):
    url = reverse("trajecten:add_logboekitem", args=[traject.client_id])
    assert signed_in(worker).get(url).content.decode().count("autofocus") == 1
    refused = signed_in(worker).post(url, {"soort": "gesprek", "dag": "", "tekst": ""})
    assert "autofocus" not in refused.content.decode()
