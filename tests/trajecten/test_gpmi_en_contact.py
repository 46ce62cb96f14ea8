"""GPMI, evaluations and contacts: by effect and by refusal; the clocks of a client together."""

from datetime import date, datetime

import pytest

from clienten.commands import record_vdab
from clienten.enums import StatuutSoort
from kern.belgian_dates import BRUSSELS
from kern.errors import DomainError
from tests.factories.clienten import make_client, make_statuut
from toegang.models import Gebeurtenis
from trajecten.commands import (
    EvaluatieGegevens,
    end_gpmi,
    hand_over_gpmi,
    note_contact,
    register_evaluatie,
    register_gpmi,
    remove_evaluatie,
    sign_gpmi,
    unsign_gpmi,
    withdraw_contact,
)
from trajecten.enums import EvaluatieWijze, LogSoort
from trajecten.models import Evaluatie, Gpmi, Logboekitem
from trajecten.queries import gpmi_termijnen, klokken_van_client, recht_van

pytestmark = pytest.mark.django_db
VANDAAG = date(2026, 11, 22)


@pytest.fixture
def gpmi(twe, worker, nu):
    return register_gpmi(client=twe.client, beslist_op=date(2026, 9, 22), by=worker, at=nu)


def test_the_clock_says_by_when_to_sign(gpmi):
    tekenen = gpmi_termijnen(gpmi, on=VANDAAG)[0]
    assert tekenen.uiterste_dag == date(2026, 12, 22)


def test_signing_waits_for_the_days_to_think(gpmi, worker, nu):
    hand_over_gpmi(gpmi=gpmi, ontwerp_op=date(2026, 11, 10), by=worker, at=nu)
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match="tekenen kan vanaf 16/11/2026"):
        sign_gpmi(gpmi=gpmi, ondertekend_op=date(2026, 11, 15), by=worker, at=nu)
    assert Gpmi.objects.get().ondertekend_op is None
    assert Gebeurtenis.objects.count() == before
    signed = sign_gpmi(gpmi=gpmi, ondertekend_op=date(2026, 11, 16), by=worker, at=nu)
    assert signed.ondertekend_op == date(2026, 11, 16)
    assert unsign_gpmi(gpmi=signed, by=worker, at=nu).ondertekend_op is None


def test_nobody_signs_what_was_never_handed_over(gpmi, worker, nu):
    with pytest.raises(DomainError, match="kreeg eerst het ontwerp"):
        sign_gpmi(gpmi=gpmi, ondertekend_op=VANDAAG, by=worker, at=nu)
    assert Gpmi.objects.get().ondertekend_op is None


def test_one_running_gpmi_a_client(gpmi, worker, nu):
    with pytest.raises(DomainError, match="al een lopend GPMI"):
        register_gpmi(client=gpmi.client, beslist_op=VANDAAG, by=worker, at=nu)
    assert Gpmi.objects.get() == gpmi
    end_gpmi(gpmi=gpmi, einddatum=VANDAAG, by=worker, at=nu)
    assert register_gpmi(client=gpmi.client, beslist_op=VANDAAG, by=worker, at=nu).pk


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 9, 1)])
def test_an_end_of_tomorrow_or_before_the_decision_is_refused(gpmi, worker, nu, day):
    with pytest.raises(DomainError, match=r"toekomst|vóór de beslissing"):
        end_gpmi(gpmi=gpmi, einddatum=day, by=worker, at=nu)
    assert Gpmi.objects.get().einddatum is None


def gegevens(gehouden_op=VANDAAG, wijze=EvaluatieWijze.KANTOOR, **more):
    return EvaluatieGegevens(gehouden_op=gehouden_op, wijze=wijze, **more)


def test_an_evaluation_moves_the_review_and_keeps_the_estimate(twe, worker, nu):
    done = register_evaluatie(
        traject=twe, gegevens=gegevens(is_nec_haalbaar=True), by=worker, at=nu
    )
    twe.refresh_from_db()
    assert twe.is_nec_haalbaar is True
    remove_evaluatie(evaluatie=done, by=worker, at=nu)
    assert not Evaluatie.objects.exists()


@pytest.mark.parametrize(
    ("day", "zin"),
    [
        (date(2026, 11, 23), "nog niet gehouden"),
        (date(2026, 3, 1), "vóór de start"),
    ],
)
def test_an_evaluation_was_held_during_the_traject(twe, worker, nu, day, zin):
    with pytest.raises(DomainError, match=zin):
        register_evaluatie(traject=twe, gegevens=gegevens(day), by=worker, at=nu)
    assert not Evaluatie.objects.exists()


def test_an_evaluation_of_an_unsigned_gpmi_is_refused(gpmi, worker, nu):
    with pytest.raises(DomainError, match="na de handtekening"):
        register_evaluatie(gpmi=gpmi, gegevens=gegevens(), by=worker, at=nu)
    assert not Evaluatie.objects.exists()


def test_a_contact_is_noted_and_taken_back_by_its_author_only(twe, worker, lead, nu):
    facts = {"client": twe.client, "soort": LogSoort.TELEFOON, "at": nu, "by": worker}
    item = note_contact(tekst="Belde terug.", moment=nu, traject=twe, **facts)
    with pytest.raises(DomainError, match="Alleen wie iets noteerde"):
        withdraw_contact(item=item, by=lead, at=item.created_at)
    withdraw_contact(item=item, by=worker, at=item.created_at)
    assert not Logboekitem.objects.exists()


@pytest.mark.parametrize(
    ("changed", "zin"),
    [
        ({"tekst": "  "}, "Schrijf op"),
        ({"moment": datetime(2026, 11, 22, 10, 1, tzinfo=BRUSSELS)}, "toekomst"),
    ],
)
def test_a_contact_without_words_or_still_to_come_is_refused(twe, worker, nu, changed, zin):
    facts = {"tekst": "Belde.", "moment": nu, **changed}
    with pytest.raises(DomainError, match=zin):
        note_contact(client=twe.client, soort=LogSoort.TELEFOON, by=worker, at=nu, **facts)
    assert not Logboekitem.objects.exists()


def test_a_contact_about_the_traject_of_another_is_refused(bestuur, twe, worker, nu):
    other = make_client(bestuur)
    with pytest.raises(DomainError, match="andere cliënt"):
        note_contact(
            client=other,
            soort=LogSoort.BERICHT,
            moment=nu,
            tekst="Mail",
            traject=twe,
            by=worker,
            at=nu,
        )
    assert not Logboekitem.objects.exists()


def test_the_clocks_of_a_client_stand_together(gpmi, worker, nu):
    client = gpmi.client
    make_statuut(client, van=date(2026, 9, 22), tot=date(2026, 10, 31), categorie=1)
    make_statuut(client, van=date(2026, 11, 1), categorie=2)
    groepen = klokken_van_client(client, on=VANDAAG)
    assert [groep.naam for groep in groepen] == ["Tijdelijke werkervaring (TWE)", "GPMI", "VDAB"]
    # A change of category opens no new right: the first decision counts.
    assert groepen[2].termijnen[0].uiterste_dag == date(2027, 1, 22)
    record_vdab(client=client, van=VANDAAG, begeleider="ocmw", by=worker, at=nu)
    registered = klokken_van_client(client, on=VANDAAG)[2].termijnen[0]
    assert registered.reden_geen_einde == "Ingeschreven op 22/11/2026."


def test_a_gap_in_the_right_opens_a_new_one(bestuur):
    client = make_client(bestuur)
    make_statuut(client, van=date(2025, 1, 1), tot=date(2025, 12, 31))
    make_statuut(client, StatuutSoort.WERKZOEKENDE, van=date(2026, 1, 1), tot=date(2026, 1, 31))
    make_statuut(client, van=date(2026, 2, 1), beslist_op=date(2026, 2, 10))
    assert recht_van(client.pk, on=VANDAAG).beslist_op == date(2026, 2, 10)
    assert recht_van(make_client(bestuur).pk, on=VANDAAG) is None
