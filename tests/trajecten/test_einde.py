"""Ending with a next step, reopening, and the steps themselves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.trajecten import make_stap, make_traject
from toegang.audit import without_content
from toegang.models import Gebeurtenis
from trajecten.commands import (
    EindGegevens,
    StapGegevens,
    add_schorsing,
    agree_stap,
    end_traject,
    reopen_traject,
    withdraw_stap,
)
from trajecten.commands.plan import drop_item, finish_item, leave_disagreed, react, reopen_item
from trajecten.commands.wie import Wie
from trajecten.enums import (
    AkkoordKanaal,
    Eindreden,
    PlanStapSoort,
    PlanStatus,
    ReactieSoort,
    SchorsingReden,
    StapSoort,
    Stem,
    Uitvoerder,
)
from trajecten.models import Reactie, Stap, Traject

pytestmark = pytest.mark.django_db
STAP = StapGegevens(
    soort=StapSoort.WERK,
    tekst="Solliciteren",
    uitvoerder=Uitvoerder.CLIENT,
    tegen=date(2026, 12, 15),
    kanaal=AkkoordKanaal.BUREAU,
)
VOORSTEL = replace(STAP, kanaal=None)
GEEN = StapGegevens(
    soort=StapSoort.GEEN,
    tekst="Vast werk gevonden",
    uitvoerder=Uitvoerder.OCMW,
    tegen=date(2026, 11, 20),
    kanaal=AkkoordKanaal.TELEFOON,
)


def end(twe, worker, nu, *, einddatum=date(2026, 11, 20), **more):
    gegevens = EindGegevens(
        einddatum=einddatum, eindreden=more.pop("eindreden", Eindreden.WERK_NEC), **more
    )
    return end_traject(traject=twe, gegevens=gegevens, by=worker, at=nu)


def test_an_end_keeps_reason_and_step(twe, worker, nu):
    ended = end(twe, worker, nu, stap=STAP, toelichting=" bij de bakker ")
    ended.refresh_from_db()
    assert (ended.einddatum, ended.eindreden) == (date(2026, 11, 20), "werk_nec")
    assert ended.eind_toelichting == "bij de bakker"
    assert Stap.objects.get().status == PlanStatus.AFGESPROKEN
    told = Gebeurtenis.objects.filter(tabel="trajecten_traject", nieuw__has_key="eindreden")
    assert "reden: werk in het normaal economisch circuit" in told.order_by("-pk")[0].handeling


def test_without_next_step_nothing_ends(twe, worker, nu):
    before = Gebeurtenis.objects.count()
    with pytest.raises(DomainError, match="niet zonder volgende stap"):
        end(twe, worker, nu)
    assert Traject.objects.get(pk=twe.pk).einddatum is None
    assert Gebeurtenis.objects.count() == before


def test_a_step_that_stands_is_enough(twe, worker, nu):
    make_stap(twe)
    assert end(twe, worker, nu).einddatum


def test_a_step_that_was_dropped_is_not(twe, worker, nu):
    stap = make_stap(twe)
    drop_item(item=stap, wie=Wie.ocmw(worker), at=nu, reden="verhuisd")
    with pytest.raises(DomainError, match="niet zonder volgende stap"):
        end(twe, worker, nu)
    assert Traject.objects.get(pk=twe.pk).einddatum is None


def test_no_follow_up_is_said_on_purpose_and_leaves_nothing_open(twe, worker, nu):
    end(twe, worker, nu, stap=GEEN)
    stap = Stap.objects.get()
    assert (stap.status, stap.afgesloten_op) == (PlanStatus.GEDAAN, date(2026, 11, 22))
    assert stap.afgesproken_op == date(2026, 11, 22)


def test_no_follow_up_without_her_answer_is_a_decision_and_no_agreement(twe, worker, nu):
    end(twe, worker, nu, stap=replace(GEEN, kanaal=None))
    stap = Stap.objects.get()
    assert (stap.status, stap.vervolg) == (PlanStatus.GEDAAN, StapSoort.GEEN)
    assert (stap.afgesproken_op, stap.wacht_op, stap.afgesloten_door) == (None, "", Stem.OCMW)
    assert not Reactie.objects.exists()


def test_a_proposal_lets_the_traject_end_and_still_waits_for_her(twe, worker, nu):
    end(twe, worker, nu, stap=VOORSTEL)
    stap = Stap.objects.get()
    assert (stap.status, stap.wacht_op) == (PlanStatus.VOORGESTELD, Stem.CLIENT)


def test_a_step_in_disagreement_is_no_next_step(twe, worker, nu):
    stap = agree_stap(traject=twe, gegevens=VOORSTEL, by=worker, at=nu)
    react(
        item=stap,
        soort=ReactieSoort.NIET_AKKOORD,
        wie=Wie.client(),
        at=nu,
        revisie=1,
        tekst="Ik wil eerst Nederlands leren.",
    )
    leave_disagreed(item=stap, wie=Wie.ocmw(worker), at=nu, revisie=1)
    with pytest.raises(DomainError, match="niet zonder volgende stap"):
        end(twe, worker, nu)


def test_the_next_traject_counts_as_step(twe, worker, nu):
    volgend = make_traject(twe.client, "opleiding", begindatum=date(2026, 11, 21))
    assert end(twe, worker, nu, volgend_traject=volgend).volgend_traject == volgend


def test_the_next_traject_of_somebody_else_is_refused(bestuur, twe, worker, nu):
    other = make_traject(make_client(bestuur), "opleiding", begindatum=date(2026, 11, 21))
    with pytest.raises(DomainError, match="andere cliënt"):
        end(twe, worker, nu, volgend_traject=other)
    assert Traject.objects.get(pk=twe.pk).einddatum is None


@pytest.mark.parametrize(
    ("more", "zin"),
    [
        pytest.param({"einddatum": date(2026, 3, 1)}, "vóór de start", id="before the start"),
        pytest.param({"einddatum": date(2026, 11, 23)}, "in de toekomst", id="tomorrow"),
        pytest.param({"eindreden": "zomaar"}, "Zeg waarom", id="no reason"),
    ],
)
def test_an_end_that_cannot_be_is_refused(twe, worker, nu, more, zin):
    with pytest.raises(DomainError, match=zin):
        end(twe, worker, nu, stap=STAP, **more)
    assert Traject.objects.get(pk=twe.pk).einddatum is None
    assert not Stap.objects.exists()


def test_an_open_suspension_ends_with_the_traject(twe, worker, nu):
    schorsing = add_schorsing(
        traject=twe,
        van=date(2026, 11, 1),
        tot=None,
        reden=SchorsingReden.ZIEKTE,
        by=worker,
        at=nu,
    )
    end(twe, worker, nu, stap=STAP)
    schorsing.refresh_from_db()
    assert schorsing.tot == date(2026, 11, 20)


def test_a_suspension_after_the_end_stops_the_end(twe, worker, nu):
    add_schorsing(
        traject=twe,
        van=date(2026, 11, 1),
        tot=None,
        reden=SchorsingReden.ZIEKTE,
        by=worker,
        at=nu,
    )
    with pytest.raises(DomainError, match="schorsing vanaf 01/11/2026"):
        end(twe, worker, nu, stap=STAP, einddatum=date(2026, 10, 1))
    assert Traject.objects.get(pk=twe.pk).einddatum is None


def recorded_today(twe):
    """The trail keeps the true clock; the undo of the same day is measured by it."""
    return Gebeurtenis.objects.filter(rij_id=twe.pk, nieuw__has_key="einddatum").latest("pk").at


def test_the_end_of_today_is_undone_without_more(twe, worker, nu):
    end(twe, worker, nu, stap=GEEN)
    again = reopen_traject(traject=twe, by=worker, at=recorded_today(twe))
    assert (again.einddatum, again.eindreden, again.volgend_traject) == (None, "", None)
    assert Stap.objects.get().status == PlanStatus.VERVALLEN


def test_an_older_end_asks_for_a_reason(twe, worker, nu):
    end(twe, worker, nu, stap=STAP)
    later = recorded_today(twe) + timedelta(days=2)
    with pytest.raises(DomainError, match="Zeg waarom"):
        reopen_traject(traject=twe, by=worker, at=later)
    assert reopen_traject(traject=twe, by=worker, at=later, reden="vergissing").einddatum is None


def test_reopening_over_a_later_traject_is_refused(twe, worker, nu):
    end(twe, worker, nu, stap=STAP)
    make_traject(twe.client, begindatum=date(2026, 11, 21))
    with pytest.raises(DomainError, match="later traject"):
        reopen_traject(traject=twe, by=worker, at=nu, reden="vergissing")
    assert Traject.objects.get(pk=twe.pk).einddatum == date(2026, 11, 20)


def test_a_next_step_is_a_step_of_the_plan_with_her_answer(twe, worker, nu):
    stap = agree_stap(traject=twe, gegevens=STAP, by=worker, at=nu)
    assert (stap.soort, stap.vervolg) == (PlanStapSoort.VOLGENDE_STAP, StapSoort.WERK)
    assert (stap.status, stap.voorsteller) == (PlanStatus.AFGESPROKEN, Stem.OCMW)
    assert stap.afgesproken_tegen == date(2026, 12, 15)
    reactie = Reactie.objects.get()
    assert (reactie.stem, reactie.kanaal, reactie.gebruiker) == (
        Stem.CLIENT,
        AkkoordKanaal.BUREAU,
        worker,
    )
    told = Gebeurtenis.objects.filter(tabel__in=["trajecten_stap", "trajecten_reactie"])
    assert {row.handeling for row in told} == {"sprak af: Solliciteren (tegen 15/12/2026)"}


def test_what_she_did_not_answer_is_only_proposed(twe, worker, nu):
    stap = agree_stap(traject=twe, gegevens=VOORSTEL, by=worker, at=nu)
    assert (stap.status, stap.afgesproken_op) == (PlanStatus.VOORGESTELD, None)
    assert not Reactie.objects.exists()
    told = Gebeurtenis.objects.filter(tabel="trajecten_stap").latest("pk").handeling
    assert told == "stelde een stap voor: Solliciteren (tegen 15/12/2026)"
    assert without_content(told) == "stelde een stap voor"


def test_a_step_is_done_and_can_stand_again(twe, worker, nu):
    wie = Wie.ocmw(worker)
    stap = agree_stap(traject=twe, gegevens=STAP, by=worker, at=nu)
    assert finish_item(item=stap, wie=wie, at=nu).status == PlanStatus.GEDAAN
    again = reopen_item(item=stap, wie=wie, at=nu)
    assert (again.status, again.afgesloten_op) == (PlanStatus.AFGESPROKEN, None)


def test_a_step_is_taken_back_on_its_own_day_only(twe, worker, nu):
    stap = agree_stap(traject=twe, gegevens=STAP, by=worker, at=nu)
    with pytest.raises(DomainError, match="niet vandaag"):
        withdraw_stap(stap=stap, by=worker, at=nu + timedelta(days=1))
    stap.refresh_from_db()
    assert stap.status == PlanStatus.AFGESPROKEN
    assert withdraw_stap(stap=stap, by=worker, at=nu).status == PlanStatus.VERVALLEN


@pytest.mark.parametrize(
    ("changed", "zin"),
    [
        ({"tekst": "  "}, "Zeg wat de volgende stap is"),
        ({"tegen": date(2026, 11, 21)}, "al voorbij"),
        ({"tekst": "", "soort": StapSoort.GEEN}, "bewust geen vervolg"),
        ({"soort": "zomaar"}, "Kies uit de lijst"),
        ({"uitvoerder": Uitvoerder.PARTNER}, "welke partner"),
    ],
)
def test_a_step_that_says_nothing_is_refused(twe, worker, nu, changed, zin):
    with pytest.raises(DomainError, match=zin):
        agree_stap(traject=twe, gegevens=replace(STAP, **changed), by=worker, at=nu)
    assert not Stap.objects.exists()
