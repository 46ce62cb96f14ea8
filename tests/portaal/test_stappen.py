"""What the client does with a goal or step: by effect, by refusal, and never with another's."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kern.db.scope import scope
from tests.factories.clienten import make_client
from tests.factories.portaal import inside
from tests.factories.toegang import make_gebruiker
from toegang.models import Gebeurtenis
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    change_stap,
    leave_disagreed,
    propose_doel,
    propose_stap,
    react,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, ReactieSoort, Stem, Uitvoerder
from trajecten.models import Doel, Reactie, Stap

pytestmark = pytest.mark.django_db
SCRIPT = '<script>alert("1")</script>'


def to(name: str, *args) -> str:
    return reverse(f"portaal:{name}", args=args)


def test_she_agrees_with_what_the_page_showed(mijn, propose):
    stap = propose()
    page = mijn.get(to("stap", stap.pk)).content.decode()
    assert 'name="revisie" value="1"' in page
    answer = mijn.post(to("stap_ja", stap.pk), {"revisie": "1"})
    assert (answer.status_code, answer["Location"]) == (303, "/mijn/?ok=ja")
    stap.refresh_from_db()
    assert stap.status == PlanStatus.AFGESPROKEN
    reactie = Reactie.objects.get()
    assert (reactie.stem, reactie.kanaal) == (Stem.CLIENT, AkkoordKanaal.LINK)
    assert reactie.gebruiker is None
    trail = Gebeurtenis.objects.filter(tabel="trajecten_reactie").get()
    assert trail.handeling.startswith("de cliënt ging akkoord met een stap")
    assert trail.actor is None
    assert "Bewaard. U ging akkoord." in mijn.get(answer["Location"]).content.decode()


def test_she_asks_another_day_by_a_quick_choice(mijn, propose):
    stap = propose()
    wanted = stap.tegen + timedelta(days=7)
    page = mijn.get(to("stap_dag", stap.pk)).content.decode()
    assert f'value="{wanted:%Y-%m-%d}"' in page
    sent = {"snel": f"{wanted:%Y-%m-%d}", "jaar": "2026", "tekst": "na de examens", "revisie": "1"}
    assert mijn.post(to("stap_dag", stap.pk), sent).status_code == 303
    reactie = Reactie.objects.get()
    assert (reactie.soort, reactie.dag) == (ReactieSoort.ANDER_TEMPO, wanted)
    assert reactie.tekst == "na de examens"
    stap.refresh_from_db()
    assert stap.wacht_op == Stem.OCMW
    assert "U vroeg:" in mijn.get("/mijn/").content.decode()


def test_she_asks_another_day_in_three_boxes(mijn, propose):
    stap = propose()
    year = timezone.localdate().year + 1
    sent = {"snel": "anders", "dag": "3", "maand": "2", "jaar": str(year), "revisie": "1"}
    assert mijn.post(to("stap_dag", stap.pk), sent).status_code == 303
    assert Reactie.objects.get().dag.isoformat() == f"{year}-02-03"


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ({}, "Kies een dag."),
        ({"snel": "anders"}, "Kies een dag."),
        ({"snel": "gisteren"}, "Kies een dag."),
        ({"snel": "2020-01-01"}, "al voorbij"),
        ({"dag": "31", "maand": "2"}, "bestaat niet"),
        ({"dag": "31"}, "bestaat niet"),
        ({"snel": "2030-01-01", "dag": "3", "maand": "2"}, "U koos twee dagen"),
    ],
)
def test_a_day_that_is_none_is_asked_again_and_her_words_stay(mijn, propose, boxes, words):
    stap = propose()
    year = str(timezone.localdate().year)
    sent = {"jaar": year, "tekst": "liever later", "revisie": "1", **boxes}
    page = mijn.post(to("stap_dag", stap.pk), sent)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert "liever later" in page.content.decode()
    assert not Reactie.objects.exists()


def test_she_disagrees_in_her_own_words_and_they_are_escaped(mijn, propose):
    stap = propose()
    assert mijn.post(to("stap_nee", stap.pk), {"revisie": "1", "tekst": " "}).status_code == 200
    assert not Reactie.objects.exists()
    sent = {"revisie": "1", "tekst": SCRIPT}
    assert mijn.post(to("stap_nee", stap.pk), sent)["Location"] == "/mijn/?ok=nee"
    assert Reactie.objects.get().tekst == SCRIPT
    page = mijn.get(to("stap", stap.pk)).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("act", ["ja", "dag", "nee"])
def test_a_stale_page_shows_what_stands_now_and_keeps_her_words(mijn, propose, worker, act):
    stap = propose()
    told = PlanStapGegevens(
        tekst="Praktijk rijbewijs leren", uitvoerders=[Uitvoerder.CLIENT], tegen=stap.tegen
    )
    wie = Wie.ocmw(worker)
    change_stap(stap=stap, gegevens=told, wie=wie, at=timezone.now(), revisie=1)
    later = timezone.localdate() + timedelta(days=60)
    sent = {
        "revisie": "1",
        "tekst": "mijn eigen woorden",
        "snel": later.isoformat(),
        "jaar": "2026",
    }
    page = mijn.post(to(f"stap_{act}", stap.pk), sent)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Dit is intussen anders." in text
    assert "Praktijk rijbewijs leren" in text
    assert 'name="revisie" value="2"' in text
    assert ("mijn eigen woorden" in text) == (act != "ja")
    assert not Reactie.objects.exists()


def test_a_revision_that_is_no_number_changes_nothing(mijn, propose):
    stap = propose()
    for told in ("", "x", "9" * 30, "-1"):
        assert mijn.post(to("stap_ja", stap.pk), {"revisie": told}).status_code == 200
    stap.refresh_from_db()
    assert stap.status == PlanStatus.VOORGESTELD


def test_she_ticks_off_with_a_word_and_undoes_it(mijn, agreed):
    stap = agreed()
    assert "Gedaan" in mijn.get("/mijn/").content.decode()
    sent = {"revisie": str(stap.revisie), "tekst": SCRIPT}
    assert mijn.post(to("stap_klaar", stap.pk), sent)["Location"] == "/mijn/?ok=klaar"
    stap.refresh_from_db()
    assert (stap.status, stap.slotwoord) == (PlanStatus.GEDAAN, SCRIPT)
    assert stap.afgesloten_door == Stem.CLIENT
    page = mijn.get(to("stap", stap.pk)).content.decode()
    assert "Toch niet gedaan?" in page
    assert "<script>" not in page
    assert mijn.post(to("stap_open", stap.pk))["Location"] == "/mijn/?ok=open"
    stap.refresh_from_db()
    assert stap.status == PlanStatus.AFGESPROKEN


def test_what_the_ocmw_does_is_not_hers_to_tick_off(mijn, agreed):
    duty = agreed("Opvang zoeken", doet=(Uitvoerder.OCMW,))
    answer = mijn.post(to("stap_klaar", duty.pk), {"revisie": str(duty.revisie)})
    assert answer["Location"] == to("stap", duty.pk)
    duty.refresh_from_db()
    assert duty.status == PlanStatus.AFGESPROKEN


def test_what_the_ocmw_closed_is_not_hers_to_open(mijn, agreed, worker):
    from trajecten.commands.plan import finish_item

    stap = agreed()
    finish_item(item=stap, wie=Wie.ocmw(worker), at=timezone.now())
    mijn.post(to("stap_open", stap.pk))
    stap.refresh_from_db()
    assert stap.status == PlanStatus.GEDAAN


def test_a_step_sent_twice_is_one(mijn):
    page = mijn.get(to("stap_nieuw")).content.decode()
    key = page.split('name="sleutel" value="')[1].split('"')[0]
    sent = {"tekst": "Zwemles volgen", "wie": "samen", "sleutel": key, "jaar": "2026"}
    for _ in range(2):
        assert mijn.post(to("stap_nieuw"), sent)["Location"] == "/mijn/?ok=voorstel"
    stap = Stap.objects.get()
    assert stap.uitvoerders == [Uitvoerder.CLIENT, Uitvoerder.OCMW]
    assert (stap.voorsteller, stap.wacht_op, stap.tegen) == (Stem.CLIENT, Stem.OCMW, None)
    assert stap.voorgesteld_door is None


def test_a_goal_sent_twice_is_one(mijn):
    page = mijn.get(to("doel_nieuw")).content.decode()
    key = page.split('name="sleutel" value="')[1].split('"')[0]
    for _ in range(2):
        mijn.post(to("doel_nieuw"), {"tekst": "Zelf koken", "sleutel": key, "jaar": "2026"})
    assert Doel.objects.get().tekst == "Zelf koken"


@pytest.mark.parametrize(
    "sent",
    [
        {"tekst": "", "wie": "client"},
        {"tekst": "x" * 301, "wie": "client"},
        {"tekst": "Iets", "wie": ""},
        {"tekst": "Iets", "wie": "partner"},
    ],
)
def test_half_a_proposal_is_asked_again(mijn, sent):
    page = mijn.post(to("stap_nieuw"), {"jaar": "2026", **sent})
    assert page.status_code == 200
    assert "wrong" in page.content.decode()
    assert not Stap.objects.exists()


def test_she_changes_and_takes_back_her_own_proposal(mijn, propose):
    hers = propose("Zwemles", wie=Wie.client())
    sent = {"tekst": "Zwemles in Leuven", "wie": "client", "jaar": "2026", "revisie": "1"}
    assert mijn.post(to("stap_wijzig", hers.pk), sent)["Location"] == "/mijn/?ok=gewijzigd"
    hers.refresh_from_db()
    assert (hers.tekst, hers.revisie, hers.tegen) == ("Zwemles in Leuven", 2, None)
    assert mijn.get(to("stap_weg", hers.pk)).status_code == 200
    assert mijn.post(to("stap_weg", hers.pk), {"revisie": "2"})["Location"] == "/mijn/?ok=weg"
    hers.refresh_from_db()
    assert hers.status == PlanStatus.VERVALLEN


def test_her_own_goal_changes_too(mijn, olena):
    doel = propose_doel(
        client=olena,
        gegevens=DoelGegevens(tekst="Koken", uitvoerders=[Uitvoerder.CLIENT]),
        wie=Wie.client(),
        at=timezone.now(),
    )
    sent = {"tekst": "Koken in een school", "jaar": "2026", "revisie": "1"}
    assert mijn.post(to("doel_wijzig", doel.pk), sent).status_code == 303
    doel.refresh_from_db()
    assert doel.tekst == "Koken in een school"


def test_a_partner_she_cannot_choose_here_stays(mijn, olena):
    told = PlanStapGegevens(
        tekst="Stage", uitvoerders=[Uitvoerder.CLIENT, Uitvoerder.PARTNER], partner="GTB"
    )
    stap = propose_stap(client=olena, gegevens=told, wie=Wie.client(), at=timezone.now())
    sent = {"tekst": "Stage in Leuven", "wie": "samen", "jaar": "2026", "revisie": "1"}
    assert mijn.post(to("stap_wijzig", stap.pk), sent).status_code == 303
    stap.refresh_from_db()
    assert stap.uitvoerders == [Uitvoerder.CLIENT, Uitvoerder.PARTNER]


@pytest.mark.parametrize("act", ["wijzig", "weg"])
def test_what_the_ocmw_proposed_is_not_hers_to_change_or_drop(mijn, propose, act):
    stap = propose()
    sent = {"tekst": "Iets anders", "wie": "client", "jaar": "2026", "revisie": "1"}
    assert mijn.post(to(f"stap_{act}", stap.pk), sent)["Location"] == to("stap", stap.pk)
    stap.refresh_from_db()
    assert (stap.tekst, stap.status) == ("Theorie rijbewijs leren", PlanStatus.VOORGESTELD)


def test_she_leaves_it_at_the_disagreement(mijn, propose, worker):
    hers = propose("Zwemles", wie=Wie.client())
    react(
        item=hers,
        soort=ReactieSoort.NIET_AKKOORD,
        wie=Wie.ocmw(worker),
        at=timezone.now(),
        revisie=1,
        tekst="Dat hoort niet bij werk.",
    )
    page = mijn.get(to("stap", hers.pk)).content.decode()
    assert "Dat hoort niet bij werk." in page
    assert "Laat het zo staan" in page
    mijn.post(to("stap_laten", hers.pk), {"revisie": "1"})
    hers.refresh_from_db()
    assert hers.status == PlanStatus.ONEENS
    assert "Hierover zijn we het niet eens" in mijn.get("/mijn/").content.decode()


def test_a_disagreement_the_ocmw_left_stays_visible(mijn, propose, worker):
    stap = propose()
    mijn.post(to("stap_nee", stap.pk), {"revisie": "1", "tekst": "Ik durf niet."})
    stap.refresh_from_db()
    leave_disagreed(item=stap, wie=Wie.ocmw(worker), at=timezone.now(), revisie=1)
    page = mijn.get("/mijn/").content.decode()
    assert "Hierover zijn we het niet eens" in page
    assert "U ging niet akkoord." in page


ACTS = ["", "_ja", "_dag", "_nee", "_klaar", "_open", "_laten", "_wijzig", "_weg"]


@pytest.fixture
def others(bestuur, buur, worker):
    """A step of another client here, and one of a client of the neighbour."""
    told = PlanStapGegevens(tekst="Van een ander", uitvoerders=[Uitvoerder.CLIENT])
    at = timezone.now()
    other = make_client(bestuur, familienaam="Ander")
    here = propose_stap(client=other, gegevens=told, wie=Wie.client(), at=at)
    with scope(bestuur_id=buur.pk, actor_id=None):
        there_client = make_client(buur, familienaam="Buur")
        make_gebruiker(buur)
        there = propose_stap(client=there_client, gegevens=told, wie=Wie.client(), at=at)
    return here, there


@pytest.mark.parametrize("act", ACTS)
def test_a_step_of_another_is_not_there(mijn, others, act):
    sent = {"revisie": "1", "tekst": "x", "wie": "client", "jaar": "2026", "snel": "2030-01-01"}
    for stap in others:
        address = to(f"stap{act}", stap.pk)
        assert mijn.post(address, sent).status_code in ({404} if act else {405})
        if act not in ("_ja", "_open", "_laten"):
            page = mijn.get(address)
            assert page.status_code == 404
            assert "Van een ander" not in page.content.decode()
    assert not Reactie.objects.exists()
    here = Stap.objects.get(pk=others[0].pk)
    assert (here.status, here.revisie) == (PlanStatus.VOORGESTELD, 1)


def test_a_step_is_no_goal(mijn, propose):
    assert mijn.get(to("doel", propose().pk)).status_code == 404


def test_without_a_stay_nothing_is_done(olena, propose, client):
    stap = propose()
    assert client.post(to("stap_ja", stap.pk), {"revisie": "1"}).status_code == 302
    assert not Reactie.objects.exists()


def test_after_being_away_her_words_go_on(olena, propose):
    stap = propose()
    browser = inside(olena, at=timezone.now() - timedelta(hours=1))
    sent = {"revisie": "1", "tekst": "Er is geen bus."}
    asked = browser.post(to("stap_nee", stap.pk), sent)
    assert asked.status_code == 403
    assert "Er is geen bus." in asked.content.decode()
    born = {"wie-hervat": "1", "wie-methode": "POST"}
    day = {"wie-dag": "5", "wie-maand": "5", "wie-jaar": "1980"}
    assert browser.post(to("stap_nee", stap.pk), sent | born | day).status_code == 303
    assert Reactie.objects.get().tekst == "Er is geen bus."
