"""Taking words out: who may, from which texts, and what stays as a trace."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from kern.errors import DomainError
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_logboekitem, make_planstap
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from toegang.redactie import take_out
from trajecten.commands.logvragen import add_logaanvulling, answer_logvraag, ask_logvraag
from trajecten.commands.plan import PlanStapGegevens, agree_plan, propose_stap
from trajecten.commands.redactie import TEKSTEN, redact
from trajecten.commands.wie import Wie
from trajecten.enums import (
    AkkoordKanaal,
    EvaluatieWijze,
    ReactieSoort,
    RedactieReden,
    Redigeerbaar,
    SchorsingReden,
    Stem,
    Uitvoerder,
)
from trajecten.models import Evaluatie, Logboekitem, Planversie, Reactie, Redactie, Schorsing
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db
DAG = date(2026, 12, 15)
SECRET = "heeft een depressie"
TEKST = f"Zij {SECRET} en wil halftijds."
GELATEN = "Zij [weggelaten] en wil halftijds."


@pytest.fixture
def item(twe, worker) -> Logboekitem:
    """An entry that says too much."""
    return make_logboekitem(twe.client, worker, tekst=TEKST)


def take(row, by, nu, soort=Redigeerbaar.LOGBOEK, passage=SECRET):
    return redact(
        tekstsoort=soort,
        row=row,
        passage=passage,
        reden=RedactieReden.GEZONDHEID,
        by=by,
        at=nu,
    )


def everywhere() -> str:
    """Everything the trail holds of this bestuur."""
    return str(list(Gebeurtenis.objects.values_list("oud", "nieuw", "handeling")))


def test_the_words_go_and_the_trace_stays(item, worker, nu):
    assert SECRET in everywhere()
    made = take(item, worker, nu)
    item.refresh_from_db()
    assert (item.tekst, item.revisie, item.gewijzigd_at) == (GELATEN, 2, None)
    assert (made.door, made.at, made.reden, made.rij_id) == (
        worker,
        nu,
        RedactieReden.GEZONDHEID,
        item.pk,
    )
    assert SECRET not in everywhere()
    told = Gebeurtenis.objects.get(op="R")
    assert told.handeling == "liet woorden weg, reden: het gaat over gezondheid"


def test_the_author_and_the_lead_may_and_a_colleague_may_not(item, worker, lead, bestuur, nu):
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match="Alleen wie dit schreef"):
        take(item, make_gebruiker(bestuur), nu)
    item.refresh_from_db()
    assert item.tekst == TEKST
    assert Gebeurtenis.objects.filter(tabel="trajecten_logboekitem").count() == 1
    assert before < Gebeurtenis.objects.count()  # only the new colleague
    take(item, lead, nu)
    assert Redactie.objects.get().door == lead


@pytest.mark.parametrize(
    ("passage", "zin"),
    [("zo", "minstens drie"), ("kanker", "staan niet in de tekst"), ("[weggelaten]", "al wegg")],
)
def test_words_that_are_not_there_are_refused(item, worker, nu, passage, zin):
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match=zin):
        take(item, worker, nu, passage=passage)
    assert Gebeurtenis.objects.count() == before
    assert not Redactie.objects.exists()


def test_a_passage_over_two_lines_is_found_whatever_its_line_ends(twe, worker, nu):
    item = make_logboekitem(twe.client, worker, tekst="Zij\nis ziek.\nMorgen terug.")
    take(item, worker, nu, passage="is ziek.\r\nMorgen")
    item.refresh_from_db()
    assert item.tekst == "Zij\n[weggelaten] terug."


def test_each_text_of_the_log_and_an_evaluation_can_be_cleaned(item, twe, worker, lead, nu):
    vraag = ask_logvraag(item=item, vraag=TEKST, by=lead, at=nu)
    aanvulling = add_logaanvulling(item=item, tekst=TEKST, by=lead, at=nu)
    vraag = answer_logvraag(vraag=vraag, antwoord=TEKST, by=worker, at=nu)
    evaluatie = Evaluatie.objects.create(
        bestuur_id=twe.bestuur_id,
        client_id=twe.client_id,
        traject=twe,
        gehouden_op=date(2026, 11, 1),
        wijze=EvaluatieWijze.KANTOOR,
        verslag=TEKST,
        door=worker,
    )
    for soort, row, kolom in (
        (Redigeerbaar.LOGBOEK, item, "tekst"),
        (Redigeerbaar.LOGVRAAG, vraag, "vraag"),
        (Redigeerbaar.LOGANTWOORD, vraag, "antwoord"),
        (Redigeerbaar.AANVULLING, aanvulling, "tekst"),
        (Redigeerbaar.EVALUATIE, evaluatie, "verslag"),
    ):
        take(row, lead, nu, soort=soort)
        row.refresh_from_db()
        assert getattr(row, kolom) == GELATEN
    assert SECRET not in everywhere()


def test_a_step_is_cleaned_in_its_frozen_versions_too_and_keeps_their_hash(twe, worker, lead, nu):
    stap = make_planstap(
        twe.client,
        tegen=DAG,
        tekst=TEKST,
        toelichting=f"Omdat zij {SECRET}.",
        voorgesteld_door=worker,
    )
    inhoud = {
        "vorm": 1,
        "behoeften": "Rust.",
        "afspraken": [
            {"soort": "stap", "id": stap.pk, "tekst": TEKST, "partner": SECRET, "tegen": None}
        ],
        "zonder_akkoord": [
            {
                "soort": "doel",
                "id": 1,
                "tekst": "Werk",
                "woorden": [{"kant": "client", "tekst": TEKST}],
            }
        ],
    }
    versie = Planversie.objects.create(
        bestuur_id=twe.bestuur_id,
        client=twe.client,
        nummer=1,
        inhoud=inhoud,
        hash="a" * 64,
        voorgelegd_at=nu,
    )
    take(stap, lead, nu, soort=Redigeerbaar.STAP)
    take(stap, lead, nu, soort=Redigeerbaar.TOELICHTING)
    stap.refresh_from_db()
    versie.refresh_from_db()
    assert (stap.tekst, stap.toelichting) == (GELATEN, "Omdat zij [weggelaten].")
    assert versie.inhoud["afspraken"][0]["tekst"] == GELATEN
    assert versie.inhoud["zonder_akkoord"][0]["woorden"][0]["tekst"] == GELATEN
    # Only texts of people: what else the version holds stays to the letter.
    assert versie.inhoud["afspraken"][0]["partner"] == SECRET
    assert versie.inhoud["behoeften"] == "Rust."
    assert versie.hash == "a" * 64
    assert versie.geredigeerd_at is not None


def test_an_answer_that_is_never_changed_can_still_be_cleaned(twe, worker, lead, nu):
    stap = make_planstap(twe.client, wacht_op=Stem.CLIENT)
    reactie = Reactie.objects.create(
        bestuur_id=twe.bestuur_id,
        client=twe.client,
        stap=stap,
        revisie=1,
        stem=Stem.CLIENT,
        soort=ReactieSoort.NIET_AKKOORD,
        tekst=TEKST,
        kanaal=AkkoordKanaal.BUREAU,
        gebruiker=worker,
        at=nu,
    )
    take(reactie, lead, nu, soort=Redigeerbaar.REACTIE)
    reactie.refresh_from_db()
    assert (reactie.tekst, reactie.soort) == (GELATEN, ReactieSoort.NIET_AKKOORD)
    assert SECRET not in everywhere()


def test_a_mark_that_makes_a_line_too_long_is_refused_and_nothing_changes(twe, worker, nu):
    stap = make_planstap(twe.client, tegen=DAG, tekst=f"abc{'x' * 297}", voorgesteld_door=worker)
    with pytest.raises(DomainError, match="te lang"):
        take(stap, worker, nu, soort=Redigeerbaar.STAP, passage="abc")
    stap.refresh_from_db()
    assert stap.tekst.startswith("abc")
    assert not Redactie.objects.exists()


# The screen.


def url_of(item, soort="logboek"):
    return reverse("trajecten:redactie", args=[soort, item.pk])


def test_one_looks_before_the_words_go(signed_in, worker, item):
    own = signed_in(worker)
    assert TEKST in own.get(url_of(item)).content.decode()
    typed = {"passage": SECRET, "reden": "gezondheid"}
    seen = own.post(url_of(item), typed).content.decode()
    assert "Zij <ins>[weggelaten]</ins> en wil halftijds." in seen
    assert "Niemand haalt ze terug." in seen
    assert Logboekitem.objects.get().tekst == TEKST
    done = own.post(url_of(item), {**typed, "zeker": "1"}, follow=True)
    text = done.content.decode()
    assert Logboekitem.objects.get().tekst == GELATEN
    assert "liet woorden weg op" in text
    assert "het gaat over gezondheid" in text
    assert SECRET not in text
    history = own.get(reverse("caseload:historiek", args=[item.client_id])).content.decode()
    assert "liet woorden weg" in history
    assert SECRET not in history


@pytest.mark.parametrize(
    "typed",
    [
        {"passage": "", "reden": "gezondheid"},
        {"passage": SECRET, "reden": ""},
        {"passage": SECRET, "reden": "zomaar"},
        {"passage": "staat er niet", "reden": "gezondheid", "zeker": "1"},
    ],
)
def test_a_form_that_is_not_right_takes_nothing_out(signed_in, worker, item, typed):
    answer = signed_in(worker).post(url_of(item), typed)
    assert answer.status_code == 200
    assert "Bekijk hoe het wordt" in answer.content.decode()
    assert Logboekitem.objects.get().tekst == TEKST


def test_strangers_colleagues_and_other_roles_are_kept_out(signed_in, stranger, bestuur, item, twe):
    typed = {"passage": SECRET, "reden": "gezondheid", "zeker": "1"}
    assert signed_in(stranger).post(url_of(item), typed).status_code == 404
    assert signed_in(stranger).post(url_of(item, "planversie"), typed).status_code == 404
    oversight = make_gebruiker(bestuur, Rol.TOEZICHTHOUDER)
    assert signed_in(oversight).post(url_of(item), typed).status_code == 403
    colleague = signed_in(make_gebruiker(bestuur))
    colleague.post(reverse("clienten:reden", args=[item.client_id]), {"reden": "Vervanging."})
    assert colleague.post(url_of(item), typed).status_code == 403
    assert colleague.post(url_of(item, "clienten"), typed).status_code == 404
    assert Logboekitem.objects.get().tekst == TEKST


@pytest.mark.parametrize("soort", list(Redigeerbaar))
def test_the_database_allows_each_text_that_the_screen_offers(twe, worker, soort):
    """No row with this number: the way is open, and nothing is there to take out."""
    tekst = TEKSTEN[soort]
    assert (
        take_out(
            tabel=tekst.tabel, rij_id=999_999, kolom=tekst.kolom, passage=SECRET, reden="gezondheid"
        )
        == 0
    )
    assert tekst.schrijver == "" or hasattr(tekst.model, tekst.schrijver)


def test_a_suspension_tells_less_and_only_the_lead_takes_it_out(twe, worker, lead, nu):
    schorsing = Schorsing.objects.create(
        bestuur_id=twe.bestuur_id,
        client_id=twe.client_id,
        traject=twe,
        van=date(2026, 10, 1),
        reden=SchorsingReden.ZIEKTE,
        toelichting=TEKST,
    )
    with pytest.raises(DomainError, match="Alleen wie dit schreef"):
        take(schorsing, worker, nu, soort=Redigeerbaar.SCHORSING)
    take(schorsing, lead, nu, soort=Redigeerbaar.SCHORSING)
    schorsing.refresh_from_db()
    assert schorsing.toelichting == GELATEN
    assert SECRET not in everywhere()


def test_who_cleans_her_own_words_leaves_those_of_others_in_a_version(twe, worker, lead, nu):
    """A step of one's own with somebody else's words in it would be a key to all of a version."""
    client = twe.client
    gegevens = PlanStapGegevens(
        tekst="Wil halftijds", uitvoerders=[Uitvoerder.CLIENT], tegen=date(2099, 1, 4)
    )
    propose_stap(client=client, gegevens=gegevens, wie=Wie.client(), at=nu)
    own = propose_stap(
        client=client,
        gegevens=replace(gegevens, tekst=f"Wil halftijds, want {SECRET}"),
        wie=Wie.ocmw(worker),
        at=nu,
    )
    gezien = read_plan(client).hash
    versie = agree_plan(client=client, wie=Wie.ocmw(worker), at=nu, gezien=gezien)
    before = versie.inhoud
    with pytest.raises(DomainError, match="wat een ander schreef"):
        take(own, worker, nu, soort=Redigeerbaar.STAP, passage="halftijds")
    versie.refresh_from_db()
    own.refresh_from_db()
    assert (versie.inhoud, "halftijds" in own.tekst) == (before, True)
    take(own, worker, nu, soort=Redigeerbaar.STAP)
    versie.refresh_from_db()
    assert SECRET not in str(versie.inhoud)
    take(own, lead, nu, soort=Redigeerbaar.STAP, passage="halftijds")
    versie.refresh_from_db()
    assert "halftijds" not in str(versie.inhoud)
