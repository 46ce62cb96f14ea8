"""At the table: one thing at a time, everything written as said at the desk."""

from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from kern.belgian_dates import BRUSSELS
from tests.factories.clienten import make_client, make_toewijzing
from trajecten.commands.plan import PlanStapGegevens, change_stap, propose_stap
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, ReactieSoort, Stem, Uitvoerder
from trajecten.models import Akkoord, Planversie, Reactie, Stap
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def olena(bestuur, worker):
    client = make_client(bestuur, familienaam="Kovalenko", voornaam="Olena")
    make_toewijzing(client, worker)
    return client


@pytest.fixture
def mieke(worker, signed_in):
    return signed_in(worker)


def step(client, wie, tekst="Theorie leren", **facts):
    told = {"uitvoerders": [Uitvoerder.CLIENT], "tegen": date(2026, 12, 15), **facts}
    told = PlanStapGegevens(tekst=tekst, **told)
    return propose_stap(client=client, gegevens=told, wie=wie, at=NU)


def url(client, name="", *args):
    suffix = f"_{name}" if name else ""
    return reverse(f"trajecten:plan_samen{suffix}", args=[client.pk, *args])


def begin(mieke, client):
    return mieke.post(url(client), {"taal": "uk", "tolk": "Atlas"})


def say(mieke, client, nr, stem, soort, **said):
    revisie = Stap.objects.order_by("pk")[0].revisie
    data = {"stem": stem, "soort": soort, "revisie": revisie, **said}
    return mieke.post(url(client, "vraag", nr), data)


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_table_has_no_rail_and_begins_with_language_and_interpreter(olena, worker, mieke):
    step(olena, Wie.ocmw(worker))
    page = text_of(mieke.get(url(olena)))
    assert "Dag Olena" in page
    assert "Er is 1 voorstel om te bekijken." in page
    assert 'class="rail' not in page
    assert begin(mieke, olena)["Location"] == url(olena, "vraag", 1)


@pytest.mark.parametrize(("name", "args"), [("vraag", [1]), ("nieuw", []), ("alles", [])])
def test_nothing_is_asked_before_the_beginning(olena, mieke, name, args):
    assert mieke.get(url(olena, name, *args))["Location"] == url(olena)


def test_first_what_waits_for_her_then_what_waits_for_the_ocmw(olena, worker, mieke):
    step(olena, Wie.client(), "Van haar")
    step(olena, Wie.ocmw(worker), "Van ons")
    begin(mieke, olena)
    first, second = (text_of(mieke.get(url(olena, "vraag", nr))) for nr in (1, 2))
    assert "Van ons" in first
    assert "Olena, wat vindt u?" in first
    assert "1 van 2" in first
    assert "Van haar" in second
    assert "Wat zegt het OCMW?" in second
    assert "2 van 2" in second
    assert mieke.get(url(olena, "vraag", 3))["Location"] == url(olena, "nieuw")


def test_her_yes_is_written_as_said_at_the_desk(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    begin(mieke, olena)
    response = say(mieke, olena, 1, "client", "akkoord")
    said = Reactie.objects.get()
    assert (said.stem, said.kanaal, said.tolk, said.gebruiker) == (
        Stem.CLIENT,
        AkkoordKanaal.BUREAU,
        "Atlas",
        worker,
    )
    row.refresh_from_db()
    assert row.status == PlanStatus.AFGESPROKEN
    assert response["Location"] == url(olena, "vraag", 2)
    assert "Dit is afgesproken." in text_of(mieke.get(url(olena, "vraag", 1)))


def test_another_day_is_answered_on_the_same_page(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    begin(mieke, olena)
    response = say(mieke, olena, 1, "client", "ander_tempo", dag="15/01/2027")
    assert response["Location"] == url(olena, "vraag", 1)
    page = text_of(mieke.get(url(olena, "vraag", 1)))
    assert "Wat zegt het OCMW?" in page
    assert "Ja, wij zijn akkoord met 15 januari 2027" in page
    response = say(mieke, olena, 1, "ocmw", "akkoord")
    row.refresh_from_db()
    assert (row.status, row.tegen) == (PlanStatus.AFGESPROKEN, date(2027, 1, 15))
    assert response["Location"] == url(olena, "vraag", 2)


def test_a_day_is_chosen_with_one_tap(olena, worker, mieke):
    step(olena, Wie.ocmw(worker))
    begin(mieke, olena)
    page = mieke.get(url(olena, "vraag", 1)).content.decode()
    assert 'name="dag" value="15/01/2027"' in page
    # The box is empty, the button says the day: the last one counts.
    say(mieke, olena, 1, "client", "ander_tempo", dag=["", "15/01/2027"])
    assert Reactie.objects.get().dag == date(2027, 1, 15)


def test_her_no_stands_in_her_own_words_and_may_stay(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    begin(mieke, olena)
    response = say(mieke, olena, 1, "client", "niet_akkoord", tekst="  ")
    assert "Zeg in eigen woorden waarom" in text_of(response)
    say(mieke, olena, 1, "client", "niet_akkoord", tekst="Ik durf niet.")
    page = text_of(mieke.get(url(olena, "vraag", 1)))
    assert "Ik durf niet." in page
    assert "Ja, wij zijn akkoord" not in page, "nobody agrees to an own proposal"
    response = mieke.post(url(olena, "vraag", 1), {"laten": "ja", "revisie": 1})
    assert response["Location"] == url(olena, "vraag", 2)
    row.refresh_from_db()
    assert row.status == PlanStatus.ONEENS


def test_a_question_that_changed_meanwhile_is_asked_again(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    begin(mieke, olena)
    told = PlanStapGegevens(
        tekst="Iets anders", uitvoerders=[Uitvoerder.CLIENT], tegen=date(2026, 12, 15)
    )
    change_stap(stap=row, gegevens=told, wie=Wie.ocmw(worker), at=NU, revisie=1)
    response = mieke.post(
        url(olena, "vraag", 1), {"stem": "client", "soort": "akkoord", "revisie": 1}
    )
    page = text_of(response)
    assert "Iets anders" in page
    assert 'name="revisie" value="2"' in page
    assert not Reactie.objects.exists()


def test_nobody_speaks_for_a_partner_here(olena, worker, mieke):
    step(olena, Wie.ocmw(worker))
    begin(mieke, olena)
    say(mieke, olena, 1, "partner", "akkoord")
    assert not Reactie.objects.exists()


def test_she_proposes_and_the_ocmw_agrees_at_once(olena, worker, mieke):
    begin(mieke, olena)
    assert mieke.get(url(olena, "nieuw")).status_code == 200
    data = {
        "tekst": "Zwemles volgen",
        "uitvoerders": ["client"],
        "tegen": "1/2/2027",
        "sleutel": "een",
        "akkoord": "ja",
    }
    for _ in range(2):
        response = mieke.post(url(olena, "nieuw"), data)
        assert response["Location"] == url(olena, "nieuw")
    stap = Stap.objects.get()
    assert (stap.voorsteller, stap.status) == (Stem.CLIENT, PlanStatus.AFGESPROKEN)
    assert [row.soort for row in Reactie.objects.all()] == [ReactieSoort.AKKOORD]


def test_a_proposal_without_a_day_is_not_agreed_at_once(olena, mieke):
    begin(mieke, olena)
    data = {"tekst": "Zwemles", "uitvoerders": ["client"], "tegen": "", "sleutel": "x"}
    response = mieke.post(url(olena, "nieuw"), {**data, "akkoord": "ja"})
    assert "Kies een dag" in text_of(response)
    assert not Stap.objects.exists()
    mieke.post(url(olena, "nieuw"), data)
    assert Stap.objects.get().wacht_op == Stem.OCMW


def test_they_agree_to_the_whole_plan_at_the_desk(olena, worker, mieke):
    step(olena, Wie.ocmw(worker))
    step(olena, Wie.ocmw(worker), "Opvang zoeken", uitvoerders=[Uitvoerder.OCMW])
    begin(mieke, olena)
    page = text_of(mieke.get(url(olena, "alles")))
    assert page.index("Wat Olena doet") < page.index("Wat het OCMW doet")
    response = mieke.post(url(olena, "alles"), {"gezien": read_plan(olena).hash})
    assert response["Location"] == url(olena, "klaar")
    hers = Akkoord.objects.get(stem=Stem.CLIENT)
    assert (hers.kanaal, hers.taal, hers.tolk) == (AkkoordKanaal.BUREAU, "uk", "Atlas")
    page = text_of(mieke.get(url(olena, "klaar")))
    assert "Afgesproken, aan het bureau." in page
    assert "Dit is nu uw plan" in page


def test_agreeing_to_words_that_changed_is_refused_at_the_table(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    begin(mieke, olena)
    gezien = read_plan(olena).hash
    told = PlanStapGegevens(
        tekst="Iets anders", uitvoerders=[Uitvoerder.CLIENT], tegen=date(2026, 12, 15)
    )
    change_stap(stap=row, gegevens=told, wie=Wie.ocmw(worker), at=NU, revisie=1)
    page = text_of(mieke.post(url(olena, "alles"), {"gezien": gezien}))
    assert "Het plan is intussen gewijzigd" in page
    assert "Iets anders" in page
    assert not Planversie.objects.exists()


def test_one_may_leave_at_any_moment(olena, worker, mieke):
    step(olena, Wie.ocmw(worker))
    begin(mieke, olena)
    response = mieke.post(url(olena, "stop"))
    assert response["Location"] == reverse("trajecten:plan", args=[olena.pk])
    assert mieke.get(url(olena, "vraag", 1))["Location"] == url(olena)


def test_the_table_of_one_client_is_not_that_of_another(bestuur, olena, worker, mieke):
    other = make_client(bestuur)
    make_toewijzing(other, worker)
    step(olena, Wie.ocmw(worker))
    begin(mieke, olena)
    assert mieke.get(url(other, "vraag", 1))["Location"] == url(other)


def test_a_stranger_sits_at_no_table(olena, stranger, signed_in):
    assert signed_in(stranger).get(url(olena)).status_code == 404
