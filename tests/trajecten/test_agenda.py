"""The screens of appointments: made, warned about, moved, noted; the desk without content."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clienten.enums import Kanaal
from clienten.models import Bericht
from kern.belgian_dates import BRUSSELS
from kern.db.scope import scope
from tests.factories.clienten import make_client
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_traject
from tests.trajecten.conftest import NU
from toegang.enums import Rol
from toegang.models import Gebeurtenis, Inzage
from trajecten.commands import EvaluatieGegevens, register_evaluatie, register_gpmi
from trajecten.commands.afspraken import AfspraakGegevens, plan_afspraak
from trajecten.enums import AfspraakSoort, EvaluatieWijze
from trajecten.models import Afspraak, Evaluatie
from trajecten.queries.evaluaties import evaluatieblad

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NU, tick=False):
        yield


@pytest.fixture
def scherm(signed_in, worker):
    return signed_in(worker)


@pytest.fixture
def onthaal(bestuur):
    return make_gebruiker(bestuur, Rol.ONTHAAL, gebruikersnaam="onthaal1", voornaam="Oona")


@pytest.fixture
def afspraak(twe, worker) -> Afspraak:
    return plan_afspraak(
        client=twe.client,
        gegevens=AfspraakGegevens(
            soort=AfspraakSoort.GESPREK,
            begint_at=datetime(2026, 12, 1, 14, tzinfo=BRUSSELS),
            duur=60,
            medewerker=worker,
            plaats="Dorpsstraat 1",
            onderwerp="Uw schulden",
            notitie="Komt met haar zus",
        ),
        by=worker,
        at=NU,
        laat_weten=False,
    )


def typed(worker, **changed) -> dict[str, str]:
    return {
        "soort": "gesprek",
        "medewerker": str(worker.pk),
        "dag": "1/12/2026",
        "uur": "14:30",
        "duur": "60",
        "plaats": "",
        "herinner_dagen": "",
        "onderwerp": "",
        "notitie": "",
        "bij": "",
    } | changed


def plan_url(client) -> str:
    return reverse("trajecten:plan_afspraak", args=[client.pk])


def test_an_appointment_is_made_in_one_form(scherm, twe, worker):
    shown = scherm.get(plan_url(twe.client), {"dag": "1/12/2026"})
    assert shown.context["form"].initial["uur"].hour == 9
    answer = scherm.post(plan_url(twe.client), typed(worker, bij=f"t{twe.pk}"))
    row = Afspraak.objects.get()
    assert answer["Location"] == reverse("trajecten:afspraak", args=[row.pk])
    assert (row.traject, row.begint_at) == (twe, datetime(2026, 12, 1, 14, 30, tzinfo=BRUSSELS))
    page = scherm.get(answer["Location"]).content.decode()
    assert "De cliënt kreeg geen bericht." in page
    scherm.post(reverse("trajecten:withdraw_afspraak", args=[row.pk]))
    assert not Afspraak.objects.exists()


@pytest.mark.parametrize(
    ("changed", "zin"),
    [
        ({"dag": "6/12/2026"}, "06/12/2026 is een zondag."),
        ({"dag": "25/12/2026"}, "25/12/2026 is een feestdag: Kerstmis."),
        ({"uur": "13:30"}, "heeft dan al een afspraak, van 14:00 tot 15:00."),
    ],
)
def test_what_stands_in_the_way_is_said_once_and_forbids_nothing(
    scherm, twe, worker, afspraak, changed, zin
):
    page = scherm.post(plan_url(twe.client), typed(worker, **changed))
    assert zin in page.content.decode()
    assert "Plan toch" in page.content.decode()
    assert Afspraak.objects.count() == 1
    seen = {"gezien": page.context["form"]["gezien"].value()}
    other = scherm.post(plan_url(twe.client), typed(worker, **changed, duur="90") | seen)
    assert other.status_code == 200
    scherm.post(plan_url(twe.client), typed(worker, **changed) | seen)
    assert Afspraak.objects.count() == 2


@pytest.mark.parametrize(
    ("changed", "zin"),
    [
        ({"dag": "20/11/2026"}, "al voorbij"),
        ({"uur": "25:00"}, "Schrijf het uur als 14:30."),
        ({"dag": "28/3/2027", "uur": "2:30"}, "Dat uur bestaat die dag niet"),
        ({"soort": "driegesprek"}, "Zeg wie de derde is aan tafel."),
    ],
)
def test_a_slip_keeps_what_was_typed(scherm, twe, worker, changed, zin):
    page = scherm.post(plan_url(twe.client), typed(worker, plaats="Dorp", **changed))
    assert zin in page.content.decode()
    assert 'value="Dorp"' in page.content.decode()
    assert not Afspraak.objects.exists()


def test_moving_shows_who_was_first(scherm, afspraak, worker):
    url = reverse("trajecten:change_afspraak", args=[afspraak.pk])
    assert scherm.get(url).context["form"].initial["versie"] == "0"
    scherm.post(url, typed(worker, dag="2/12/2026", versie="0"))
    page = scherm.post(url, typed(worker, dag="3/12/2026", versie="0"))
    assert "staat nu op 02/12/2026 om 14:30" in page.content.decode()
    assert Afspraak.objects.get().dag == date(2026, 12, 2)


def test_held_leads_to_the_log_with_everything_filled_in(signed_in, worker, afspraak):
    with time_machine.travel(afspraak.begint_at + timedelta(hours=1), tick=False):
        scherm = signed_in(worker)
        answer = scherm.post(
            reverse("trajecten:hold_afspraak", args=[afspraak.pk]), {"naar": "logboek"}
        )
        assert "dag=01%2F12%2F2026" in answer["Location"]
        form = scherm.get(answer["Location"]).context["form"]
        assert (form["dag"].value(), form["uur"].value()) == ("01/12/2026", "14:00")
    assert Afspraak.objects.get().status == "doorgegaan"


def test_not_there_is_noted_without_a_reason(signed_in, worker, afspraak):
    url = reverse("trajecten:miss_afspraak", args=[afspraak.pk])
    with time_machine.travel(afspraak.begint_at + timedelta(hours=1), tick=False):
        scherm = signed_in(worker)
        assert "Een reden hoeft niet" in scherm.get(url).content.decode()
        scherm.post(url, {"reden": ""})
        shown = scherm.get(reverse("trajecten:afspraak", args=[afspraak.pk])).content.decode()
        assert "Plan een nieuw moment" in shown
    row = Afspraak.objects.get()
    assert (row.oorzaak, row.reden) == ("client_niet_daar", "")


def test_calling_off_tells_along_her_line(scherm, afspraak):
    client = afspraak.client
    client.kanaal, client.telefoon = Kanaal.SMS, "0470 12 34 56"
    client.save()
    url = reverse("trajecten:cancel_afspraak", args=[afspraak.pk])
    assert "per sms" in scherm.get(url).content.decode()
    scherm.post(url, {"oorzaak": "door_ocmw", "reden": "Ziek", "laat_weten": "on"})
    assert Afspraak.objects.get().oorzaak == "door_ocmw"
    assert "gaat niet door" in Bericht.objects.get().open_text()


def test_the_agenda_by_week_and_day(scherm, afspraak):
    week = scherm.get("/agenda/", {"dag": "2026-12-03"})
    assert [row for dag in week.context["dagen"] for row in dag.afspraken] == [afspraak]
    assert len(week.context["dagen"]) == 5
    day = scherm.get("/agenda/", {"dag": "2026-12-02", "deel": "dag"})
    assert "Geen afspraken." in day.content.decode()
    assert scherm.get("/agenda/", {"dag": "geen-dag"}).status_code == 200
    assert scherm.get("/agenda/", {"dag": "9999-12-31"}).status_code == 200


def test_a_colleague_sees_her_own_agenda_only(signed_in, bestuur, afspraak):
    other = make_gebruiker(bestuur, gebruikersnaam="mw9")
    page = signed_in(other).get("/agenda/", {"dag": "2026-12-01"})
    assert page.context["aantal"] == 0


def test_the_pages_take_as_many_queries_however_many_appointments(scherm, twe, worker, afspraak):
    addresses = [
        reverse("trajecten:afspraken", args=[twe.client_id]),
        reverse("trajecten:evaluaties", args=[twe.client_id]),
        reverse("caseload:dossier", args=[twe.client_id]),
        "/agenda/?dag=2026-12-01",
    ]

    def counts() -> list[int]:
        found = []
        for url in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert scherm.get(url).status_code == 200
            sql = [query["sql"] for query in captured]
            lines = [
                line
                for line in sql
                if not line.startswith(("SAVEPOINT", "RELEASE")) and "django_session" not in line
            ]
            found.append(len(lines))
        return found

    before = counts()
    for number in range(30):
        begint_at = datetime(2026, 12, 1, 9, tzinfo=BRUSSELS) + timedelta(hours=number)
        gegevens = AfspraakGegevens(
            soort=AfspraakSoort.EVALUATIE, begint_at=begint_at, duur=30, medewerker=worker
        )
        plan_afspraak(client=twe.client, gegevens=gegevens, by=worker, at=NU, laat_weten=False)
    assert counts() == before
    assert max(before) <= 15


def test_the_desk_makes_and_moves_without_seeing_content(signed_in, onthaal, afspraak, worker):
    desk = signed_in(onthaal)
    card = desk.get(reverse("caseload:balie", args=[afspraak.client_id])).content.decode()
    assert "di 1/12" in card
    form = desk.get(plan_url(afspraak.client))
    assert form.context["form"].initial["medewerker"] == worker.pk
    change = reverse("trajecten:change_afspraak", args=[afspraak.pk])
    moved = desk.get(change)
    agenda = desk.get("/agenda/", {"dag": "2026-12-01"}).content.decode()
    assert "Kovalenko" in agenda
    for text in (card, form.content.decode(), moved.content.decode(), agenda):
        assert "schulden" not in text
        assert "zus" not in text
    sent = typed(worker, dag="2/12/2026", versie="0")
    desk.post(change, {key: sent[key] for key in sent if key not in {"onderwerp", "notitie"}})
    row = Afspraak.objects.get()
    assert (row.dag, row.onderwerp, row.notitie) == (
        date(2026, 12, 2),
        "Uw schulden",
        "Komt met haar zus",
    )
    assert Inzage.objects.filter(gebruiker=onthaal, scherm="afspraak wijzigen").exists()


def test_the_desk_moves_an_evaluation_and_it_stays_one(signed_in, onthaal, afspraak, worker):
    Afspraak.objects.update(
        soort=AfspraakSoort.DRIEGESPREK, partner="Groep Intro", duur=50, herinneren_op="2026-11-27"
    )
    desk, url = signed_in(onthaal), reverse("trajecten:change_afspraak", args=[afspraak.pk])
    page = desk.get(url)
    assert "soort" not in page.context["form"].fields
    assert "50 minuten" in page.content.decode()
    desk.post(
        url,
        {
            "medewerker": worker.pk,
            "dag": "3/12/2026",
            "uur": "10",
            "duur": "50",
            "plaats": "Dorp",
            "herinner_dagen": "4",
            "versie": "0",
        },
    )
    row = Afspraak.objects.get()
    assert (row.soort, row.partner, row.duur) == ("driegesprek", "Groep Intro", 50)
    assert (row.dag, row.herinneren_op) == (date(2026, 12, 3), date(2026, 11, 29))


@pytest.mark.parametrize("name", ["afspraak", "hold_afspraak", "note_afspraak", "miss_afspraak"])
def test_what_was_said_is_not_for_the_desk(signed_in, onthaal, afspraak, name):
    desk, url = signed_in(onthaal), reverse(f"trajecten:{name}", args=[afspraak.pk])
    assert {desk.get(url).status_code, desk.post(url).status_code} <= {403, 405}
    assert desk.post(url).status_code in {403, 405}
    assert Afspraak.objects.get().status == "gepland"


def test_a_stranger_finds_nothing(signed_in, stranger, afspraak):
    scherm = signed_in(stranger)
    before = Gebeurtenis.objects.count()
    for name in (
        *("afspraak", "change_afspraak", "withdraw_afspraak", "cancel_afspraak"),
        *("hold_afspraak", "reopen_afspraak", "afspraak_brief", "note_told", "driegesprek"),
    ):
        url = reverse(f"trajecten:{name}", args=[afspraak.pk])
        assert scherm.post(url, {"oorzaak": "door_ocmw"}).status_code in {404, 405}, name
        assert scherm.get(url).status_code in {404, 405}, name
    assert Gebeurtenis.objects.count() == before


def test_text_of_people_stays_text(scherm, afspraak):
    row = Afspraak.objects.get()
    nasty = "<script>alert(1)</script>"
    row.plaats = row.onderwerp = row.notitie = nasty
    row.save()
    for url in (
        reverse("trajecten:afspraak", args=[row.pk]),
        reverse("trajecten:afspraken", args=[row.client_id]),
        "/agenda/?dag=2026-12-01",
        reverse("caseload:dossier", args=[row.client_id]),
    ):
        assert nasty not in scherm.get(url).content.decode()


def test_the_letter_is_made_in_her_language_and_leaves_the_list(scherm, afspraak):
    Afspraak.objects.update(herinneren_op=date(2026, 11, 22))
    assert scherm.get("/agenda/").context["herinner"] == [afspraak]
    answer = scherm.post(reverse("trajecten:afspraak_brief", args=[afspraak.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert scherm.get("/agenda/").context["herinner"] == []


def evaluatie(dag: date, wijze=EvaluatieWijze.KANTOOR, **more) -> EvaluatieGegevens:
    return EvaluatieGegevens(gehouden_op=dag, wijze=wijze, **more)


@pytest.fixture
def gpmi(twe, worker):
    row = register_gpmi(client=twe.client, beslist_op=date(2026, 6, 1), by=worker, at=NU)
    row.ontwerp_op, row.ondertekend_op = date(2026, 6, 1), date(2026, 6, 22)
    row.save()
    return row


def test_the_page_of_evaluations_plans_what_is_missing(scherm, gpmi, worker):
    url = reverse("trajecten:evaluaties", args=[gpmi.client_id])
    blad = scherm.get(url).context["blad"]
    assert [(item.naam, item.voorstel.persoonlijk) for item in blad.nog] == [
        ("GPMI", True),
        ("GPMI", True),
        ("GPMI", False),
        ("Tijdelijke werkervaring (TWE)", False),
    ]
    plan = scherm.get(scherm.get(url).context["nog"][0].plan_url)
    initial = plan.context["form"].initial
    assert (initial["soort"], initial["bij"]) == ("evaluatie", f"g{gpmi.pk}")
    dag = initial["dag"]
    sent = typed(worker, soort="evaluatie", bij=f"g{gpmi.pk}", dag=dag, uur="9:00")
    scherm.post(plan_url(gpmi.client), sent)
    row = Afspraak.objects.get()
    assert row.gpmi == gpmi
    blad = scherm.get(url).context["blad"]
    assert [item.afspraak for item in blad.nog] == [row, None, None, None]


def test_registering_an_evaluation_closes_its_appointment(scherm, gpmi, worker, twe):
    gegevens = AfspraakGegevens(
        soort=AfspraakSoort.EVALUATIE,
        begint_at=NU + timedelta(hours=1),
        duur=60,
        medewerker=worker,
        gpmi=gpmi,
    )
    row = plan_afspraak(client=twe.client, gegevens=gegevens, by=worker, at=NU, laat_weten=False)
    later = NU + timedelta(hours=2)
    held = register_evaluatie(gpmi=gpmi, gegevens=evaluatie(later.date()), by=worker, at=later)
    row.refresh_from_db()
    assert (row.status, row.evaluatie) == ("doorgegaan", held)
    with time_machine.travel(later, tick=False):
        refused = scherm.post(reverse("trajecten:reopen_afspraak", args=[row.pk]), follow=True)
        assert "Verwijder eerst die evaluatie" in refused.content.decode()
        scherm.post(reverse("trajecten:remove_evaluatie", args=[held.pk]))
    row.refresh_from_db()
    assert (row.status, row.evaluatie) == ("gepland", None)
    assert not Evaluatie.objects.exists()


def test_an_evaluation_held_on_another_day_closes_the_appointment_that_is_named(
    scherm, gpmi, afspraak
):
    url = reverse("trajecten:gpmi_evaluatie", args=[gpmi.pk])
    scherm.post(
        f"{url}?afspraak={afspraak.pk}",
        {"gehouden_op": "20/11/2026", "wijze": "kantoor", "is_nec_haalbaar": "", "verslag": ""},
    )
    afspraak.refresh_from_db()
    assert afspraak.evaluatie == Evaluatie.objects.get()


def test_the_estimate_is_shown_as_it_moved(scherm, twe, worker):
    for dag, haalbaar in ((date(2026, 4, 1), True), (date(2026, 9, 1), False)):
        register_evaluatie(
            traject=twe, gegevens=evaluatie(dag, is_nec_haalbaar=haalbaar), by=worker, at=NU
        )
    page = scherm.get(reverse("trajecten:evaluaties", args=[twe.client_id]))
    shown = page.context["inschattingen"]
    assert [(row.woord, row.is_gekeerd) for row in shown] == [("Nee", True), ("Ja", False)]
    assert [bar.label for bar in page.context["baan"][0].bars] == ["Ja", "Nee"]
    assert "anders dan de vorige keer" in page.content.decode()


def test_the_neighbours_evaluations_stay_there(signed_in, stranger, twe, buur):
    with scope(bestuur_id=buur.pk, actor_id=stranger.pk):
        url = reverse("trajecten:evaluaties", args=[twe.client_id])
        assert signed_in(stranger).get(url).status_code == 404


@pytest.mark.parametrize(
    ("instrument", "begindatum", "tegen"),
    [
        pytest.param("wijkwerken", date(2026, 8, 3), date(2027, 2, 2), id="month six"),
        pytest.param("ama_welzijn", date(2026, 5, 4), date(2027, 5, 3), id="every year"),
        pytest.param("twe", date(2026, 3, 2), date(2026, 9, 1), id="choice of the bestuur"),
        pytest.param("vrijwilligerswerk", date(2026, 3, 2), None, id="no review at all"),
    ],
)
def test_each_measure_is_reviewed_in_its_own_rhythm(bestuur, worker, instrument, begindatum, tegen):
    client = make_client(bestuur)
    make_traject(client, instrument, begindatum=begindatum)
    blad = evaluatieblad(client, worker, at=NU)
    assert [item.voorstel.tegen for item in blad.nog] == ([tegen] if tegen else [])
    for item in blad.nog:
        assert item.voorstel.dag.weekday() < 5
        assert item.voorstel.dag > NU.date()
