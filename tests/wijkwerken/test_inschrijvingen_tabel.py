"""T1 to T10 through the commands and the rows of the database, and the successor by rows alone."""

from collections.abc import Iterator
from datetime import date, datetime

import psycopg
import pytest
import time_machine
from django.db import connections
from django.urls import reverse

from kern.belgian_dates import BRUSSELS
from kern.errors import DomainError
from tests.database import owner_url
from tests.factories.clienten import make_client, make_toewijzing
from tests.factories.toegang import make_gebruiker
from tests.factories.wijkwerken import make_organisator, make_prestatie
from toegang.enums import Rol
from trajecten.commands import TrajectGegevens, add_schorsing
from trajecten.enums import Overgang, RegelStatus, SchorsingReden
from trajecten.models import Instrument, Regel, Traject
from trajecten.queries import termijnen_van
from wijkwerken.commands.inschrijvingen import (
    InschrijvingGegevens,
    Verwijzing,
    start_wijkwerken,
)
from wijkwerken.commands.prestaties import PrestatieGegevens, record_prestatie
from wijkwerken.enums import Toeleider
from wijkwerken.models import Inschrijving
from wijkwerken.queries.inschrijvingen import startbaar_op, wijkwerk_codes, wijkwerkblad

D = date.fromisoformat


def at(dag: str) -> datetime:
    return datetime.combine(D(dag), datetime.min.time(), BRUSSELS).replace(hour=10)


NU = at("2026-11-22")


def begin(worker, start: str, *, nu: datetime = NU, instrument=None, **facts) -> Inschrijving:
    return start_wijkwerken(
        client=make_client(worker.bestuur),
        traject=TrajectGegevens(begindatum=D(start), **facts),
        gegevens=InschrijvingGegevens(organisator=make_organisator(worker.bestuur)),
        verwijzing=Verwijzing(toeleider=Toeleider.OCMW),
        by=worker,
        at=nu,
        instrument=instrument,
        reden="overgenomen",
    )


def days_of(row: Inschrijving) -> tuple[date | None, date | None]:
    traject = Traject.objects.get(pk=row.traject_id)
    return traject.uiterste_dag, traject.herziening_op


def own_rule(bestuur, code: str, waarde: str, van: str, overgang: Overgang, eenheid="maanden"):
    one, two = (make_gebruiker(bestuur, Rol.BEHEERDER) for _ in range(2))
    return Regel.objects.create(
        bestuur=bestuur,
        code=code,
        waarde=waarde,
        eenheid=eenheid,
        geldig_van=D(van),
        overgang=overgang,
        bron="Beslissing van de raad",
        zekerheid="M",
        status=RegelStatus.GOEDGEKEURD,
        voorgesteld_door=one,
        goedgekeurd_door=two,
    )


@pytest.mark.parametrize(
    ("start", "zes", "twaalf", "achttien"),
    [
        pytest.param("2026-02-10", "2026-08-09", "2027-02-09", "2027-08-09", id="T1"),
        pytest.param("2026-03-01", "2026-08-31", "2027-02-28", "2027-08-31", id="T2"),
        pytest.param("2026-08-31", "2027-02-28", "2027-08-30", "2028-02-29", id="T3"),
        pytest.param("2028-02-29", "2028-08-28", "2029-02-28", "2029-08-28", id="T4"),
        pytest.param("2026-11-30", "2027-05-29", "2027-11-29", "2028-05-29", id="T5"),
    ],
)
def test_the_days_of_an_enrolment(worker, start, zes, twaalf, achttien):
    nu = max(NU, at(start))
    assert days_of(begin(worker, start, nu=nu)) == (D(twaalf), D(zes))
    own_rule(worker.bestuur, "wijkwerken.max_maanden", "18", "2018-01-02", Overgang.NIEUWE_STARTS)
    assert days_of(begin(worker, start, nu=nu))[0] == D(achttien)


def test_t6_the_activation_traject_is_no_wijkwerken(worker):
    with pytest.raises(DomainError, match="niet op Activeringstraject"):
        begin(worker, "2026-09-15", instrument=Instrument.objects.get(code="activeringstraject"))
    assert not Traject.objects.exists()


@pytest.mark.parametrize(
    ("beleid", "dag"),
    [
        pytest.param("", "2027-02-28", id="T7 the switch as it comes"),
        pytest.param("extend_by_union_days", "2027-04-16", id="T7 the switch turned"),
    ],
)
def test_a_suspension_of_47_days(worker, beleid, dag):
    if beleid:
        own_rule(
            worker.bestuur,
            "wijkwerken.schorsing_beleid",
            beleid,
            "2020-01-01",
            Overgang.OOK_LOPENDE,
            "beleid",
        )
    row = begin(worker, "2026-03-01")
    add_schorsing(
        traject=row.traject,
        van=D("2026-06-15"),
        tot=D("2026-07-31"),
        reden=SchorsingReden.ZIEKTE,
        by=worker,
        at=NU,
    )
    assert days_of(row)[0] == D(dag)


PWA = {"pwa_overeenkomst_op": D("2017-09-30"), "laatste_prestatie_op": D("2025-11-20")}


def work(row, worker, dag: str) -> None:
    gegevens = PrestatieGegevens(dag=D(dag), minuten=60)
    record_prestatie(inschrijving=row, gegevens=gegevens, by=worker, at=at(dag))


def test_t8_the_transitional_right_has_clocks_of_its_own(worker):
    row = begin(worker, "2018-01-02", nu=at("2026-11-19"), **PWA)
    uiterste, herziening = days_of(row)
    assert uiterste is None
    assert herziening == D("2026-11-20")
    klokken = {item.klok: item for item in termijnen_van(row.traject, on=D("2026-11-19"))}
    assert klokken["wijkwerken.verval"].uiterste_dag == D("2026-11-20")
    assert klokken["wijkwerken.evaluatie"].uiterste_dag == D("2027-01-01")
    blad = wijkwerkblad(row, on=D("2026-11-19"))
    assert (bool(blad.overgang), blad.recht_vervallen) == (True, False)


def test_t8_an_hour_on_the_last_day_keeps_the_right(worker):
    row = begin(worker, "2018-01-02", nu=at("2026-11-19"), **PWA)
    work(row, worker, "2026-11-20")
    blad = wijkwerkblad(Inschrijving.objects.get(pk=row.pk), on=D("2026-11-21"))
    assert not blad.recht_vervallen
    assert blad.traject.laatste_prestatie_op == D("2026-11-20")


def test_t8_an_hour_a_day_later_asks_for_a_new_traject_and_referral(worker):
    row = begin(worker, "2018-01-02", nu=at("2026-11-19"), **PWA)
    with pytest.raises(DomainError, match="nieuwe toeleiding"):
        work(row, worker, "2026-11-21")
    blad = wijkwerkblad(Inschrijving.objects.get(pk=row.pk), on=D("2026-11-21"))
    assert blad.recht_vervallen


def test_t9_a_later_pwa_agreement_gives_twelve_months(worker):
    row = begin(worker, "2018-01-02", pwa_overeenkomst_op=D("2017-10-02"))
    assert days_of(row)[0] == D("2019-01-01")
    assert wijkwerkblad(row, on=D("2018-06-01")).overgang is None


@pytest.mark.parametrize(
    ("overgang", "lopend", "nieuw"),
    [
        pytest.param(Overgang.OOK_LOPENDE, "2027-08-09", "2028-06-30", id="T10 running files too"),
        pytest.param(Overgang.NIEUWE_STARTS, "2027-02-09", "2028-06-30", id="T10 new starts only"),
    ],
)
def test_t10_eighteen_months_by_one_row(worker, overgang, lopend, nieuw):
    own_rule(worker.bestuur, "wijkwerken.max_maanden", "18", "2027-01-01", overgang)
    assert days_of(begin(worker, "2026-02-10"))[0] == D(lopend)
    assert days_of(begin(worker, "2027-01-01", nu=at("2027-01-04")))[0] == D(nieuw)


@pytest.fixture
def opvolger(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The successor as rows that a release brings: instrument, end of wijk-werken, two rules."""
    with django_db_blocker.unblock():
        name = str(connections["owner"].settings_dict["NAME"])
    with psycopg.connect(owner_url(name), autocommit=True) as owner:
        owner.execute(
            "UPDATE trajecten_instrument SET is_startbaar = true, geldig_van = '2027-01-01', "
            "klok = 'samenlevingsjob' WHERE code = 'samenlevingsjob'"
        )
        owner.execute(
            "UPDATE trajecten_instrument SET geldig_tot = '2026-12-31', opvolger_id = "
            "(SELECT id FROM trajecten_instrument WHERE code = 'samenlevingsjob') "
            "WHERE code = 'wijkwerken'"
        )
        owner.execute("ALTER TABLE trajecten_regel NO FORCE ROW LEVEL SECURITY")
        for code, waarde in (("max_duur", 24), ("evaluatie_maanden", 4)):
            owner.execute(
                "INSERT INTO trajecten_regel (code, waarde, eenheid, geldig_van, overgang, bron, "
                "zekerheid, toelichting, status) VALUES (%s, %s, 'maanden', '2027-01-01', "
                "'nieuwe_starts', 'test', 'M', '', 'goedgekeurd')",
                [f"samenlevingsjob.{code}", str(waarde)],
            )
        yield
        owner.execute("DELETE FROM trajecten_regel WHERE code LIKE 'samenlevingsjob.%'")
        owner.execute("ALTER TABLE trajecten_regel FORCE ROW LEVEL SECURITY")
        owner.execute(
            "UPDATE trajecten_instrument SET geldig_tot = NULL, opvolger_id = NULL "
            "WHERE code = 'wijkwerken'"
        )
        owner.execute(
            "UPDATE trajecten_instrument SET is_startbaar = false, geldig_van = NULL, "
            "klok = 'geen' WHERE code = 'samenlevingsjob'"
        )


def test_t10_the_successor_is_a_new_instrument_by_rows_alone(opvolger, worker):
    assert wijkwerk_codes() == ("wijkwerken", "samenlevingsjob")
    assert [row.code for row in startbaar_op(D("2026-12-31"))] == ["wijkwerken"]
    (nieuw,) = startbaar_op(D("2027-01-01"))
    nu = at("2027-01-04")
    with pytest.raises(DomainError, match=r"gesloten.*Kies Samenlevingsjob"):
        begin(worker, "2027-01-04", nu=nu)
    row = begin(worker, "2027-01-04", nu=nu, instrument=nieuw)
    assert days_of(row) == (D("2029-01-03"), D("2027-05-03"))
    lopend = begin(worker, "2026-12-31", nu=nu)
    assert days_of(lopend)[0] == D("2027-12-30")
    make_prestatie(row, D("2027-01-04"), 3)
    blad = wijkwerkblad(row, on=D("2027-01-04"))
    assert blad.evaluatie_dag == D("2027-05-03")
    assert blad.meter.maand.minuten == 180


@pytest.mark.parametrize(
    ("dag", "code"), [("31/12/2026", "wijkwerken"), ("4/1/2027", "samenlevingsjob")]
)
def test_t10_the_form_takes_what_was_open_on_the_first_day(opvolger, worker, signed_in, dag, code):
    client = make_client(worker.bestuur)
    make_toewijzing(client, worker)
    facts = {
        "begindatum": dag,
        "organisator": make_organisator(worker.bestuur).pk,
        "toeleider": "ocmw",
    }
    with time_machine.travel(at("2027-01-04"), tick=False):
        url = reverse("wijkwerken:start", args=[client.pk])
        assert signed_in(worker).post(url, facts).status_code == 302
    assert Traject.objects.get().instrument.code == code
