"""Suspensions and extensions: by effect and by refusal."""

from datetime import date, timedelta

import pytest

from kern.errors import DomainError
from tests.factories.toegang import make_gebruiker
from tests.factories.trajecten import make_traject
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from trajecten.commands import (
    add_schorsing,
    change_schorsing,
    close_schorsing,
    decide_verlenging,
    remove_schorsing,
    request_verlenging,
    withdraw_verlenging,
)
from trajecten.enums import Overgang, RegelStatus, SchorsingReden, VerlengingStatus
from trajecten.models import Regel, Schorsing, Traject, Verlenging

pytestmark = pytest.mark.django_db
ZIEK = SchorsingReden.ZIEKTE


@pytest.fixture
def soepel(bestuur):
    """The bestuur counts every suspended day."""
    one, two = (make_gebruiker(bestuur, Rol.BEHEERDER) for _ in range(2))
    return Regel.objects.create(
        bestuur=bestuur,
        code="twe.schorsing_beleid",
        waarde="extend_by_union_days",
        eenheid="beleid",
        geldig_van=date(2020, 1, 1),
        overgang=Overgang.OOK_LOPENDE,
        bron="Raad van 12/01/2020",
        zekerheid="M",
        status=RegelStatus.GOEDGEKEURD,
        voorgesteld_door=one,
        goedgekeurd_door=two,
    )


def suspend(twe, worker, nu, van=date(2026, 7, 1), tot=date(2026, 9, 30)):
    return add_schorsing(traject=twe, van=van, tot=tot, reden=ZIEK, by=worker, at=nu)


def last_day(twe):
    return Traject.objects.get(pk=twe.pk).uiterste_dag


def test_by_the_law_as_we_know_it_a_suspension_moves_nothing(twe, worker, nu):
    suspend(twe, worker, nu)
    assert last_day(twe) == date(2028, 3, 1)


def test_the_own_policy_moves_the_last_day_and_taking_away_moves_it_back(twe, worker, nu, soepel):
    schorsing = suspend(twe, worker, nu)
    assert last_day(twe) == date(2028, 6, 1)
    remove_schorsing(schorsing=schorsing, by=worker, at=nu)
    assert last_day(twe) == date(2028, 3, 1)
    assert Gebeurtenis.objects.filter(
        op="D", handeling="verwijderde de schorsing van 01/07/2026 t.e.m. 30/09/2026"
    ).exists()


def test_an_open_suspension_ends_the_day_before_the_first_day_back(twe, worker, nu, soepel):
    schorsing = suspend(twe, worker, nu, van=date(2026, 11, 1), tot=None)
    assert last_day(twe) == date(2028, 3, 23)
    closed = close_schorsing(schorsing=schorsing, terug_op=date(2026, 11, 12), by=worker, at=nu)
    assert closed.tot == date(2026, 11, 11)
    assert last_day(twe) == date(2028, 3, 12)


def test_a_corrected_suspension_is_counted_anew(twe, worker, nu, soepel):
    schorsing = suspend(twe, worker, nu)
    change_schorsing(
        schorsing=schorsing,
        van=date(2026, 7, 1),
        tot=date(2026, 7, 31),
        reden=ZIEK,
        by=worker,
        at=nu,
    )
    assert last_day(twe) == date(2028, 4, 1)


@pytest.mark.parametrize(
    ("van", "tot", "zin"),
    [
        pytest.param(date(2026, 2, 1), date(2026, 3, 31), "vóór de start", id="before the start"),
        pytest.param(date(2026, 9, 30), date(2026, 10, 5), "al geschorst", id="overlap of a day"),
        pytest.param(date(2026, 6, 1), None, "al geschorst", id="open over a later one"),
        pytest.param(date(2026, 11, 9), date(2026, 11, 1), "vóór de eerste", id="end before start"),
        pytest.param(date(2028, 1, 1), None, "12 maanden vooruit", id="far ahead"),
    ],
)
def test_a_suspension_is_refused_and_changes_nothing(twe, worker, nu, van, tot, zin):
    known = suspend(twe, worker, nu)
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match=zin):
        suspend(twe, worker, nu, van=van, tot=tot)
    assert Schorsing.objects.get() == known
    assert Gebeurtenis.objects.count() == before


def test_a_first_day_back_lies_after_the_begin(twe, worker, nu):
    schorsing = suspend(twe, worker, nu, van=date(2026, 11, 1), tot=None)
    with pytest.raises(DomainError, match="ligt niet na het begin"):
        close_schorsing(schorsing=schorsing, terug_op=date(2026, 11, 1), by=worker, at=nu)
    assert Schorsing.objects.get().tot is None


def ask(twe, worker, nu, tot=date(2028, 6, 30)):
    return request_verlenging(traject=twe, tot=tot, reden="Lang ziek geweest.", by=worker, at=nu)


def test_an_extension_counts_once_somebody_else_approves(twe, worker, lead, nu):
    verlenging = ask(twe, worker, nu)
    assert last_day(twe) == date(2028, 3, 1)
    decide_verlenging(verlenging=verlenging, goedgekeurd=True, by=lead, at=nu)
    assert last_day(twe) == date(2028, 6, 30)
    assert Gebeurtenis.objects.filter(
        handeling__startswith="verlengde Tijdelijke werkervaring (TWE) t.e.m. 30/06/2028"
    ).exists()


def test_it_can_be_asked_the_day_after_the_end_and_while_suspended(twe, worker, nu):
    suspend(twe, worker, nu, van=date(2026, 11, 1), tot=None)
    assert ask(twe, worker, nu.replace(year=2028, month=3, day=2)).pk


@pytest.mark.parametrize("who", ["asker", "colleague"])
def test_who_asked_or_may_not_decide_is_refused(bestuur, twe, lead, worker, nu, who):
    asker = lead if who == "asker" else worker
    by = lead if who == "asker" else make_gebruiker(bestuur)
    verlenging = ask(twe, asker, nu)
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match=r"aanvrager|leidinggevende"):
        decide_verlenging(verlenging=verlenging, goedgekeurd=True, by=by, at=nu)
    verlenging.refresh_from_db()
    assert verlenging.status == VerlengingStatus.GEVRAAGD
    assert Gebeurtenis.objects.count() == before


def test_a_refusal_says_why(twe, worker, lead, nu):
    verlenging = ask(twe, worker, nu)
    with pytest.raises(DomainError, match="motivering"):
        decide_verlenging(verlenging=verlenging, goedgekeurd=False, by=lead, at=nu, reden=" ")
    done = decide_verlenging(
        verlenging=verlenging, goedgekeurd=False, by=lead, at=nu, reden="Eerst een opleiding."
    )
    assert done.status == VerlengingStatus.GEWEIGERD
    assert last_day(twe) == date(2028, 3, 1)


def test_one_question_at_a_time_and_it_can_be_withdrawn(twe, worker, nu):
    verlenging = ask(twe, worker, nu)
    with pytest.raises(DomainError, match="loopt al een vraag"):
        ask(twe, worker, nu, tot=date(2028, 7, 31))
    withdraw_verlenging(verlenging=verlenging, by=worker, at=nu)
    assert ask(twe, worker, nu).pk
    assert Verlenging.objects.count() == 2


@pytest.mark.parametrize("tot", [date(2028, 3, 1), date(2027, 1, 1)])
def test_an_extension_brings_a_later_day(twe, worker, nu, tot):
    with pytest.raises(DomainError, match="ligt niet na de uiterste dag"):
        ask(twe, worker, nu, tot=tot)
    assert not Verlenging.objects.exists()


def test_only_the_newest_traject_is_extended(twe, worker, nu):
    ended = {"einddatum": date(2026, 8, 31), "eindreden": "stopgezet"}
    Traject.objects.filter(pk=twe.pk).update(**ended)
    newer = make_traject(twe.client, begindatum=date(2026, 9, 1))
    with pytest.raises(DomainError, match="eindigde op 31/08/2026"):
        ask(twe, worker, nu)
    assert not Verlenging.objects.exists()
    assert ask(newer, worker, nu, tot=date(2029, 1, 1)).pk


def test_a_traject_without_a_last_day_needs_no_extension(twe, worker, nu):
    ama = make_traject(twe.client, "ama_welzijn", begindatum=date(2026, 9, 1))
    with pytest.raises(DomainError, match="niet nodig"):
        ask(ama, worker, nu, tot=date(2028, 3, 1) + timedelta(days=1))
    assert not Verlenging.objects.exists()
