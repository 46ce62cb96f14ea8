"""The worker's screens of the plan: what they show, each act, each refusal, and at what price."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.belgian_dates import BRUSSELS
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.drempels import make_blokkering, make_drempel, make_gevoelige_drempel
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_traject
from toegang.enums import Rol
from toegang.models import Inzage
from trajecten.commands.plan import (
    DoelGegevens,
    PlanStapGegevens,
    PlanTeksten,
    agree_together,
    change_stap,
    propose_doel,
    propose_stap,
    react,
    write_plan_teksten,
)
from trajecten.commands.wie import Wie
from trajecten.enums import AkkoordKanaal, PlanStatus, ReactieSoort, Stem, Uitvoerder
from trajecten.models import Doel, Reactie, Stap, Stappenplan
from trajecten.queries.plan import read_plan

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)
LATER = date(2026, 12, 15)
SCRIPT = "<script>alert('x')</script>"


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


def plan_url(client, query=""):
    return reverse("trajecten:plan", args=[client.pk]) + query


def url(name, item):
    soort = "doel" if isinstance(item, Doel) else "stap"
    return reverse(f"trajecten:plan_{name}_{soort}", args=[item.client_id, item.pk])


def step(client, wie, tekst="Theorie rijbewijs leren", **facts):
    told = {"uitvoerders": [Uitvoerder.CLIENT], "tegen": LATER, **facts}
    told = PlanStapGegevens(tekst=tekst, **told)
    return propose_stap(client=client, gegevens=told, wie=wie, at=NU)


def goal(client, wie, tekst="Werk in de keuken"):
    told = DoelGegevens(tekst=tekst, uitvoerders=[Uitvoerder.CLIENT])
    return propose_doel(client=client, gegevens=told, wie=wie, at=NU)


def answer(item, wie, soort, **said):
    return react(
        item=item,
        soort=soort,
        wie=wie,
        at=NU,
        revisie=type(item).objects.get(pk=item.pk).revisie,
        **said,
    )


def text_of(response):
    return " ".join(response.content.decode().split())


# --- reading ---------------------------------------------------------------------------------


def test_an_empty_plan_says_what_will_stand_there(olena, mieke):
    page = text_of(mieke.get(plan_url(olena)))
    assert "Hier komt het plan van Olena" in page
    assert "Begin samen aan tafel" in page
    assert Inzage.objects.filter(client_id=olena.pk, scherm="stappenplan").count() == 1


def test_one_page_shows_both_voices(olena, worker, mieke):
    doel = goal(olena, Wie.client())
    hers = step(olena, Wie.client(), "Zwemles volgen", doel=doel, tegen=None)
    ours = step(olena, Wie.ocmw(worker), "Opvang zoeken", uitvoerders=[Uitvoerder.OCMW])
    answer(
        ours,
        Wie.client(AkkoordKanaal.TELEFOON, gebruiker=worker, tolk="Atlas"),
        ReactieSoort.ANDER_TEMPO,
        dag=date(2027, 1, 15),
        tekst="Na de examens",
    )
    page = text_of(mieke.get(plan_url(olena)))
    assert "Werk in de keuken" in page
    assert "Zonder doel" in page
    assert hers.tekst in page
    assert "Olena wil een andere dag" in page
    assert "Na de examens" in page
    assert "vr 15 januari" in page
    assert "aan de telefoon, tolk: Atlas, genoteerd door Mieke" in page
    assert "Voorgesteld, wacht op het OCMW" in page


def test_a_step_of_the_ocmw_reddens_like_hers(olena, worker, mieke):
    for mover in (Uitvoerder.CLIENT, Uitvoerder.OCMW):
        row = step(olena, Wie.ocmw(worker), f"Stap {mover}", uitvoerders=[mover])
        answer(row, Wie.client(), ReactieSoort.AKKOORD)
    with time_machine.travel(NU + timedelta(days=28), tick=False):
        mieke.force_login(worker)
        page = mieke.get(plan_url(olena)).content.decode()
    assert page.count('<span class="level is-nu">Te laat, 5 dagen</span>') == 2


@pytest.mark.parametrize(
    ("query", "heads"),
    [
        ("?per=domein", ["Werk", "Wonen"]),
        ("?per=wie", ["Olena", "OCMW"]),
        ("?per=maand", ["December 2026", "Zonder dag"]),
        ("?per=onzin", ["Zonder doel"]),
    ],
)
def test_grouping_is_a_view_in_the_address(olena, worker, mieke, query, heads):
    step(olena, Wie.ocmw(worker))
    step(olena, Wie.client(), "Huis", domein="wonen", tegen=None, uitvoerders=["client", "ocmw"])
    response = mieke.get(plan_url(olena, query))
    assert [groep.titel for groep in response.context["groepen"]] == heads
    page = text_of(response)
    assert page.count(f'id="stap-{Stap.objects.get(tekst="Huis").pk}"') == 1


def test_parts_and_a_past_period(olena, worker, mieke):
    old = step(olena, Wie.ocmw(worker), "Oude stap")
    mieke.post(url("finish", old), {"woord": "", "revisie": 1})
    with time_machine.travel(NU + timedelta(days=40), tick=False):
        propose_stap(
            client=olena,
            gegevens=PlanStapGegevens(tekst="Nieuwe stap", uitvoerders=[Uitvoerder.CLIENT]),
            wie=Wie.ocmw(worker),
            at=NU + timedelta(days=40),
        )
        mieke.force_login(worker)

        def shown(query):
            groepen = mieke.get(plan_url(olena, query)).context["groepen"]
            return {card.text for groep in groepen for card in groep.kaarten}

        assert shown("") == {"Nieuwe stap"}
        assert shown("?deel=gedaan") == {"Oude stap"}
        assert shown("?deel=alles") == {"Oude stap", "Nieuwe stap"}
        assert shown("?deel=client") == {"Nieuwe stap"}
        assert shown("?van=1/11/2026&tot=30/11/2026") == {"Oude stap"}
        assert shown("?van=1/12/2026") == {"Nieuwe stap"}
        assert "Schrijf" in text_of(mieke.get(plan_url(olena, "?van=banaan")))


def test_a_named_worker_a_partner_a_traject_and_a_barrier_stand_on_the_card(olena, worker, mieke):
    traject = make_traject(olena, uiterste_dag=date(2028, 3, 1))
    step(
        olena,
        Wie.ocmw(worker),
        uitvoerders=[Uitvoerder.MEDEWERKER, Uitvoerder.PARTNER],
        gebruiker=worker,
        partner="VDAB",
        traject=traject,
        toelichting="Boek ligt klaar.",
    )
    page = text_of(mieke.get(plan_url(olena)))
    assert worker.naam in page
    assert "VDAB" in page
    assert "Boek ligt klaar." in page
    assert reverse("trajecten:traject", args=[traject.pk]) in page


# --- proposing and changing ------------------------------------------------------------------


def stap_data(**changed):
    return {
        "tekst": "Cv maken",
        "uitvoerders": ["client", "ocmw"],
        "tegen": "15/12/2026",
        "domein": "werk",
        "partner": "",
        "gebruiker": "",
        "traject": "",
        "doel": "",
        "vervolg": "",
        "toelichting": "",
        "sleutel": "abc",
        **changed,
    }


def test_a_step_is_proposed_once_however_often_the_form_is_sent(olena, mieke):
    page = reverse("trajecten:plan_propose_stap", args=[olena.pk])
    assert mieke.get(page).status_code == 200
    for _ in range(2):
        response = mieke.post(page, stap_data(zicht="per=wie"))
        stap = Stap.objects.get()
        assert response["Location"] == f"{plan_url(olena)}?per=wie#stap-{stap.pk}"
    assert (stap.voorsteller, stap.wacht_op) == (Stem.OCMW, Stem.CLIENT)
    assert stap.uitvoerders == ["client", "ocmw"]


def test_a_goal_is_proposed_and_a_step_hangs_on_it(olena, mieke):
    page = reverse("trajecten:plan_propose_doel", args=[olena.pk])
    data = stap_data(tekst="Vast werk")
    assert mieke.post(page, data).status_code == 302
    doel = Doel.objects.get()
    form = reverse("trajecten:plan_propose_stap", args=[olena.pk])
    assert f'value="{doel.pk}" selected' in mieke.get(f"{form}?doel={doel.pk}").content.decode()
    mieke.post(form, stap_data(doel=doel.pk))
    assert Stap.objects.get().doel == doel


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"tekst": ""}, "Vul dit in"),
        ({"tekst": "x" * 301}, "te lang"),
        ({"uitvoerders": []}, "Zeg wie het doet"),
        ({"uitvoerders": ["partner"]}, "welke partner"),
        ({"uitvoerders": ["buurman"]}, "Kies"),
        ({"tegen": "1/1/2020"}, "al voorbij"),
        ({"tegen": "banaan"}, ""),
        ({"domein": "onzin"}, "Kies"),
        ({"vervolg": "werk"}, "Na welk traject"),
    ],
)
def test_a_proposal_that_cannot_stand_keeps_what_was_typed(olena, mieke, changed, message):
    page = reverse("trajecten:plan_propose_stap", args=[olena.pk])
    response = mieke.post(page, stap_data(**{"toelichting": "Blijft staan", **changed}))
    assert response.status_code == 200
    assert message in text_of(response)
    assert "Blijft staan" in text_of(response)
    assert not Stap.objects.exists()


def test_the_next_step_after_a_traject(olena, mieke):
    traject = make_traject(olena)
    page = reverse("trajecten:plan_propose_stap", args=[olena.pk])
    mieke.post(page, stap_data(vervolg="opleiding", traject=traject.pk))
    stap = Stap.objects.get()
    assert (stap.soort, stap.vervolg, stap.traject) == ("volgende_stap", "opleiding", traject)
    assert "Volgende stap na" in text_of(mieke.get(plan_url(olena)))


@pytest.mark.parametrize("field", ["doel", "traject"])
def test_what_belongs_to_another_client_is_no_choice(bestuur, olena, worker, mieke, field):
    other = make_client(bestuur)
    rows = {"doel": goal(other, Wie.ocmw(worker)), "traject": make_traject(other)}
    page = reverse("trajecten:plan_propose_stap", args=[olena.pk])
    response = mieke.post(page, stap_data(**{field: rows[field].pk}))
    assert response.status_code == 200
    assert not Stap.objects.filter(client=olena).exists()


def test_a_change_waits_for_the_client(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    answer(row, Wie.client(), ReactieSoort.AKKOORD)
    assert row.tekst in text_of(mieke.get(url("change", row)))
    response = mieke.post(url("change", row), stap_data(revisie=1, tegen="1/2/2027"))
    row.refresh_from_db()
    assert response["Location"].endswith(f"#stap-{row.pk}")
    assert (row.tekst, row.wacht_op, row.revisie) == ("Cv maken", Stem.CLIENT, 2)
    page = text_of(mieke.get(plan_url(olena)))
    assert "Afgesproken: di 15/12. Nu voorgesteld: ma 1/02." in page


def test_the_second_who_changes_sees_both_texts_and_loses_nothing(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    told = PlanStapGegevens(
        tekst="Wat de collega schreef", uitvoerders=[Uitvoerder.CLIENT], tegen=LATER
    )
    change_stap(stap=row, gegevens=told, wie=Wie.ocmw(worker), at=NU, revisie=1)
    data = stap_data(revisie=1, tekst="Wat ik typte")
    response = mieke.post(url("change", row), data)
    page = text_of(response)
    assert response.status_code == 200
    assert "Wat de collega schreef" in page
    assert "Wat ik typte" in page
    assert 'name="revisie" value="2"' in page
    row.refresh_from_db()
    assert row.tekst == "Wat de collega schreef"
    mieke.post(url("change", row), {**data, "revisie": 2})
    row.refresh_from_db()
    assert row.tekst == "Wat ik typte"


# --- answering -------------------------------------------------------------------------------


def test_one_tap_agrees_with_the_day_she_asked(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    answer(row, Wie.client(), ReactieSoort.ANDER_TEMPO, dag=date(2027, 1, 15))
    card = mieke.get(plan_url(olena)).context["groepen"][0].kaarten[0]
    act = card.acts[0]
    assert act.label == "Akkoord met vr 15/01"
    assert "Akkoord met 15/01/2027" in text_of(mieke.get(act.url))
    assert "Akkoord met 15/01/2027" not in text_of(mieke.get(url("note", row)))
    response = mieke.post(act.url, dict(act.fields))
    row.refresh_from_db()
    assert response.status_code == 302
    assert (row.status, row.tegen) == (PlanStatus.AFGESPROKEN, date(2027, 1, 15))
    mieke.post(act.url, dict(act.fields))
    assert Reactie.objects.count() == 2, "sent twice, said once"
    page = text_of(mieke.get(plan_url(olena)))
    assert "Olena wil een andere dag" in page
    assert "OCMW gaat akkoord" in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Kies een antwoord"),
        ({"soort": "ander_tempo"}, "welke dag"),
        ({"soort": "ander_tempo", "dag": "1/1/2020"}, "al voorbij"),
        ({"soort": "niet_akkoord", "tekst": " "}, "eigen woorden"),
        ({"soort": "onzin"}, "Kies"),
    ],
)
def test_an_answer_that_says_too_little_changes_nothing(olena, mieke, data, message):
    row = step(olena, Wie.client())
    response = mieke.post(url("react", row), {"revisie": 1, **data})
    assert response.status_code == 200
    assert message in text_of(response)
    assert not Reactie.objects.exists()


def test_a_stale_answer_shows_what_stands_now(olena, worker, mieke):
    row = step(olena, Wie.client())
    told = PlanStapGegevens(tekst="Iets heel anders", uitvoerders=[Uitvoerder.CLIENT], tegen=LATER)
    change_stap(stap=row, gegevens=told, wie=Wie.client(), at=NU, revisie=1)
    response = mieke.post(url("react", row), {"revisie": 1, "soort": "akkoord"})
    page = text_of(response)
    assert "Iets heel anders" in page
    assert 'name="revisie" value="2"' in page
    assert not Reactie.objects.exists()


def test_the_worker_notes_what_she_said_on_the_telephone(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    assert "Noteer het antwoord van Olena" in text_of(mieke.get(url("note", row)))
    mieke.post(
        url("note", row),
        {
            "revisie": 1,
            "soort": "niet_akkoord",
            "tekst": "Ik durf niet.",
            "kanaal": "telefoon",
            "tolk": "Atlas",
        },
    )
    said = Reactie.objects.get()
    assert (said.stem, said.kanaal, said.tolk, said.gebruiker) == (
        Stem.CLIENT,
        AkkoordKanaal.TELEFOON,
        "Atlas",
        worker,
    )
    mieke.post(url("leave", row), {"revisie": 1})
    row.refresh_from_db()
    assert row.status == PlanStatus.ONEENS
    assert "Niet afgesproken" in text_of(mieke.get(plan_url(olena)))


def test_a_worker_cannot_pretend_that_she_used_her_link(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    data = {"revisie": 1, "soort": "akkoord", "kanaal": "link", "tolk": ""}
    assert mieke.post(url("note", row), data).status_code == 200
    assert not Reactie.objects.exists()


def test_leaving_what_is_not_contested_is_refused_in_words(olena, worker, mieke):
    row = step(olena, Wie.client())
    response = mieke.post(url("leave", row), {"revisie": "x"}, follow=True)
    assert mieke.post(url("leave", row), {"revisie": "9" * 5000}).status_code == 302
    assert "intussen gewijzigd" in text_of(response)
    response = mieke.post(url("leave", row), {"revisie": 1}, follow=True)
    assert "De andere kant zei nog niets" in text_of(response)
    row.refresh_from_db()
    assert row.status == PlanStatus.VOORGESTELD


# --- closing ---------------------------------------------------------------------------------


def test_done_with_a_word_and_undone(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    answer(row, Wie.client(), ReactieSoort.AKKOORD)
    assert mieke.get(url("finish", row)).status_code == 200
    response = mieke.post(url("finish", row), {"woord": "Geslaagd!", "revisie": 1}, follow=True)
    row.refresh_from_db()
    assert (row.status, row.slotwoord) == (PlanStatus.GEDAAN, "Geslaagd!")
    assert url("reopen", row) in text_of(response)
    page = text_of(mieke.get(plan_url(olena, "?deel=gedaan")))
    assert "Gedaan, 22/11/2026, OCMW: “Geslaagd!”" in page
    mieke.post(url("reopen", row))
    row.refresh_from_db()
    assert row.status == PlanStatus.AFGESPROKEN


def test_what_was_agreed_lapses_with_a_reason_only(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    answer(row, Wie.client(), ReactieSoort.AKKOORD)
    response = mieke.post(url("drop", row), {"woord": "", "revisie": 1})
    assert "Zeg waarom" in text_of(response)
    mieke.post(url("drop", row), {"woord": "De school stopte.", "revisie": 1})
    row.refresh_from_db()
    assert row.status == PlanStatus.VERVALLEN


def test_her_proposal_is_dropped_in_her_name_only(olena, mieke):
    row = step(olena, Wie.client())
    assert "Noteer dat Olena het niet meer wil" in text_of(mieke.get(url("drop", row)))
    mieke.post(url("drop", row), {"woord": "", "revisie": 1})
    row.refresh_from_db()
    assert (row.status, row.afgesloten_door) == (PlanStatus.VERVALLEN, Stem.CLIENT)


def test_a_stale_tick_changes_nothing(olena, worker, mieke):
    row = step(olena, Wie.ocmw(worker))
    told = PlanStapGegevens(tekst="Anders", uitvoerders=[Uitvoerder.CLIENT], tegen=LATER)
    change_stap(stap=row, gegevens=told, wie=Wie.ocmw(worker), at=NU, revisie=1)
    response = mieke.post(url("finish", row), {"woord": "klaar", "revisie": 1})
    assert "intussen gewijzigd" in text_of(response)
    row.refresh_from_db()
    assert row.status == PlanStatus.VOORGESTELD


def test_the_general_agreements(olena, mieke):
    page = reverse("trajecten:plan_texts", args=[olena.pk])
    gezien = mieke.get(page).context["form"]["gezien"].value()
    texts = {"behoeften": "Een rustige plek", "evaluatiewijze": "", "extra_hulp": ""}
    mieke.post(page, {**texts, "gezien": gezien})
    assert Stappenplan.objects.get().behoeften == "Een rustige plek"
    assert "Een rustige plek" in text_of(mieke.get(page))
    assert "Een rustige plek" in text_of(mieke.get(plan_url(olena)))


def test_the_second_who_writes_the_general_agreements_sees_both_texts(olena, mieke):
    page = reverse("trajecten:plan_texts", args=[olena.pk])
    gezien = mieke.get(page).context["form"]["gezien"].value()
    mine = {"behoeften": "Van mij", "evaluatiewijze": "", "extra_hulp": "", "gezien": gezien}
    mieke.post(page, {**mine, "behoeften": "Van de collega"})
    response = mieke.post(page, mine)
    told = text_of(response)
    assert "Van de collega" in told
    assert "Van mij" in told
    assert Stappenplan.objects.get().behoeften == "Van de collega"
    mieke.post(page, {**mine, "gezien": response.context["form"]["gezien"].value()})
    assert Stappenplan.objects.get().behoeften == "Van mij"


# --- who may, and what never happens ---------------------------------------------------------

ITEM_ACTS = ["change", "react", "note", "leave", "finish", "drop", "reopen"]


@pytest.mark.parametrize("name", ITEM_ACTS)
def test_a_number_of_another_client_is_not_found(bestuur, olena, worker, mieke, name):
    other = make_client(bestuur)
    make_toewijzing(other, worker)
    for make, soort in ((step, "stap"), (goal, "doel")):
        item = make(other, Wie.ocmw(worker))
        there = reverse(f"trajecten:plan_{name}_{soort}", args=[olena.pk, item.pk])
        assert mieke.post(there, {"revisie": 1, "soort": "akkoord"}).status_code == 404
        item.refresh_from_db()
        assert (item.status, item.revisie) == (PlanStatus.VOORGESTELD, 1)


@pytest.mark.parametrize("name", ITEM_ACTS)
def test_a_stranger_finds_nothing(olena, worker, stranger, signed_in, name):
    row = step(olena, Wie.ocmw(worker))
    assert signed_in(stranger).post(url(name, row)).status_code == 404


@pytest.mark.parametrize("rol", [Rol.ONTHAAL, Rol.BEHEERDER])
def test_who_sees_no_content_sees_no_plan(bestuur, olena, signed_in, rol):
    mieke = signed_in(make_gebruiker(bestuur, rol))
    assert mieke.get(plan_url(olena)).status_code == 403
    assert not Inzage.objects.exists()


def test_the_inspector_reads_and_changes_nothing(bestuur, olena, worker, signed_in):
    row = step(olena, Wie.ocmw(worker))
    dpo = make_gebruiker(bestuur, Rol.TOEZICHTHOUDER)
    mieke = signed_in(dpo)
    reden = reverse("clienten:reden", args=[olena.pk])
    mieke.post(reden, {"reden": "Klacht van de cliënt", "verder": plan_url(olena)})
    page = text_of(mieke.get(plan_url(olena)))
    assert row.tekst in page
    assert "Stel een stap voor" not in page
    assert "Samen aan tafel" not in page
    assert "Wijzig" not in page
    assert mieke.post(url("finish", row), {"revisie": 1}).status_code == 403
    row.refresh_from_db()
    assert row.is_open


def test_what_people_type_is_never_run(olena, worker, mieke):
    doel = goal(olena, Wie.client(), tekst=SCRIPT)
    row = step(
        olena,
        Wie.client(),
        tekst=f"Stap {SCRIPT}",
        doel=doel,
        uitvoerders=[Uitvoerder.PARTNER],
        partner=SCRIPT,
        toelichting=SCRIPT,
    )
    answer(row, Wie.ocmw(worker), ReactieSoort.NIET_AKKOORD, tekst=SCRIPT)
    write_plan_teksten(
        client=olena,
        teksten=PlanTeksten(behoeften=SCRIPT, evaluatiewijze=SCRIPT, extra_hulp=SCRIPT),
        by=worker,
        at=NU,
    )
    agree_together(
        client=olena,
        by=worker,
        at=NU,
        gezien=read_plan(olena).hash,
        wie=Wie.client(AkkoordKanaal.BUREAU, gebruiker=worker, tolk=SCRIPT),
    )
    name = {"args": [olena.pk]}
    pages = [
        plan_url(olena),
        plan_url(olena, f"?per=wie&deel=alles&van={SCRIPT}"),
        url("change", row),
        url("note", row),
        reverse("trajecten:plan_versions", **name),
        reverse("trajecten:plan_differences", **name),
        reverse("trajecten:plan_together", **name),
        reverse("trajecten:plan_version", args=[olena.pk, read_plan(olena).van_kracht.versie.pk]),
    ]
    for page in pages:
        html = mieke.get(page).content.decode()
        assert "<script>alert" not in html, page
    reflected = mieke.post(
        url("react", row), {"revisie": SCRIPT, "soort": SCRIPT, "tekst": SCRIPT, "zicht": SCRIPT}
    )
    assert "<script>alert" not in reflected.content.decode()


def test_a_carried_view_leads_nowhere_else(olena, worker, mieke):
    row = step(olena, Wie.client())
    response = mieke.post(
        url("react", row),
        {"revisie": 1, "soort": "akkoord", "zicht": "https://elders.example/?per=wie&next=//x"},
    )
    assert response["Location"].startswith(plan_url(olena))
    assert "elders" not in response["Location"]


def test_the_writer_takes_words_out_again(olena, worker, mieke, bestuur, signed_in):
    row = step(olena, Wie.ocmw(worker))
    answer(
        row,
        Wie.client(AkkoordKanaal.BUREAU, gebruiker=worker),
        ReactieSoort.NIET_AKKOORD,
        tekst="Ik heb last van mijn rug.",
    )
    said = Reactie.objects.get()
    page = text_of(mieke.get(plan_url(olena)))
    assert reverse("trajecten:redactie", args=["stap", row.pk]) in page
    assert reverse("trajecten:redactie", args=["reactie", said.pk]) in page
    colleague = make_gebruiker(bestuur)
    make_toewijzing(olena, colleague, is_spilfiguur=False)
    page = text_of(signed_in(colleague).get(plan_url(olena)))
    assert reverse("trajecten:redactie", args=["reactie", said.pk]) not in page


def test_what_was_being_typed_comes_back(olena, worker, mieke):
    page = reverse("trajecten:plan_propose_stap", args=[olena.pk])
    response = mieke.get(page)
    draft = {
        "concept": response.context["concept"].token,
        "concept_revisie": "0",
        **stap_data(tekst="Half getypt"),
    }
    assert mieke.post(reverse("trajecten:save_concept"), draft).status_code == 200
    again = mieke.get(page)
    assert "Half getypt" in text_of(again)
    mieke.post(page, {**draft, "concept_revisie": again.context["concept"].revisie})
    assert Stap.objects.get().tekst == "Half getypt"
    assert "Half getypt" not in text_of(mieke.get(page))


def test_the_overview_of_the_file_tells_of_the_plan(olena, worker, mieke):
    dossier = reverse("caseload:dossier", args=[olena.pk])
    assert "Begin het plan samen" in text_of(mieke.get(dossier))
    row = step(olena, Wie.ocmw(worker))
    answer(row, Wie.client(), ReactieSoort.AKKOORD)
    step(olena, Wie.ocmw(worker), "Opvang zoeken", uitvoerders=[Uitvoerder.OCMW])
    page = text_of(mieke.get(dossier))
    assert "2 lopend, 1 wacht op Olena" in page
    assert reverse("trajecten:plan_samen", args=[olena.pk]) in page
    assert f"{plan_url(olena)}#stap-{row.pk}" in page


def test_a_step_that_waits_for_a_barrier_says_so_as_far_as_one_may_know(
    olena, worker, mieke, bestuur, signed_in
):
    row = step(olena, Wie.ocmw(worker))
    day = date(2026, 11, 2)
    for drempel in (make_drempel(olena), make_gevoelige_drempel(olena)):
        make_blokkering(row, drempel, van=day)
    begeleider = make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER)
    make_toewijzing(olena, begeleider, is_spilfiguur=False)
    page = text_of(signed_in(begeleider).get(plan_url(olena)))
    assert "iets persoonlijks" in page
    assert "Wacht op: Kinderopvang" in page
    dossier = text_of(mieke.get(reverse("caseload:dossier", args=[olena.pk])))
    assert "geblokkeerd door" in dossier


def test_a_traject_shows_the_steps_that_hang_on_it(olena, worker, mieke):
    traject = make_traject(olena)
    step(olena, Wie.ocmw(worker), "Attest halen", traject=traject)
    page = text_of(mieke.get(reverse("trajecten:traject", args=[traject.pk])))
    assert page.index("Andere stappen uit het plan") < page.index("Attest halen")


# --- the price -------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [5, 200])
@pytest.mark.parametrize("query", ["", "?per=wie&deel=alles"])
def test_the_page_costs_the_same_with_five_and_with_two_hundred_steps(
    olena, worker, mieke, number, query
):
    doel = goal(olena, Wie.ocmw(worker))
    traject = make_traject(olena)
    agree_together(
        client=olena,
        by=worker,
        at=NU,
        gezien=read_plan(olena).hash,
        wie=Wie.client(AkkoordKanaal.BUREAU, gebruiker=worker),
    )
    Stap.objects.bulk_create(
        Stap(
            bestuur_id=olena.bestuur_id,
            client=olena,
            doel=doel if index % 2 else None,
            traject=traject,
            gebruiker=worker,
            voorgesteld_door=worker,
            tekst=f"Stap {index}",
            voorsteller=Stem.OCMW,
            voorstel_van=Stem.OCMW,
            uitvoerders=[Uitvoerder.CLIENT, Uitvoerder.MEDEWERKER],
            wacht_op=Stem.CLIENT,
            wacht_sinds=NU,
            created_at=NU,
        )
        for index in range(number)
    )
    mieke.get(plan_url(olena))
    with CaptureQueriesContext(connection) as captured:
        response = mieke.get(plan_url(olena, query))
    asked = [row["sql"] for row in captured if "SAVEPOINT" not in row["sql"]]
    assert f"Stap {number - 1}" in response.content.decode()
    assert len(asked) == 12, asked
