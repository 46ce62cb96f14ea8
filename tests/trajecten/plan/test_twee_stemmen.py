"""Proposing and answering: by effect, and by refusal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.trajecten.plan.conftest import AT
from toegang.models import Gebeurtenis
from trajecten.commands.plan import (
    DoelGegevens,
    PlanChanged,
    PlanStapGegevens,
    change_stap,
    drop_item,
    finish_item,
    leave_disagreed,
    propose_doel,
    propose_stap,
    react,
    reopen_item,
)
from trajecten.commands.wie import Wie
from trajecten.enums import (
    AkkoordKanaal,
    Levensdomein,
    PlanStatus,
    ReactieSoort,
    Stem,
    Uitvoerder,
)
from trajecten.models import Doel, Reactie, Stap

CLIENT = Wie.client()
LATER = date(2027, 1, 15)


def answer(stap, wie, soort, *, tekst="", dag=None, at=AT, revisie=None):
    return react(
        item=stap,
        soort=soort,
        wie=wie,
        at=at,
        revisie=revisie or Stap.objects.get(pk=stap.pk).revisie,
        tekst=tekst,
        dag=dag,
    )


def test_a_proposal_waits_for_the_other_side(rijbewijs):
    assert (rijbewijs.status, rijbewijs.wacht_op) == (PlanStatus.VOORGESTELD, Stem.CLIENT)
    assert rijbewijs.wacht_sinds == AT
    assert rijbewijs.afgesproken_op is None


def test_the_client_agrees_through_her_link(rijbewijs):
    reactie = answer(rijbewijs, CLIENT, ReactieSoort.AKKOORD)
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.wacht_op) == (PlanStatus.AFGESPROKEN, "")
    assert rijbewijs.afgesproken_op == AT.date()
    assert rijbewijs.afgesproken_tegen == date(2026, 12, 1)
    assert (reactie.kanaal, reactie.gebruiker) == (AkkoordKanaal.LINK, None)
    trail = Gebeurtenis.objects.filter(tabel="trajecten_reactie").get()
    assert trail.handeling == "de cliënt ging akkoord met een stap: Theorie rijbewijs leren"


def test_she_asks_for_another_pace_and_the_worker_agrees(rijbewijs, worker):
    answer(rijbewijs, CLIENT, ReactieSoort.ANDER_TEMPO, dag=LATER, tekst="na de examens")
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.wacht_op) == (PlanStatus.VOORGESTELD, Stem.OCMW)
    assert rijbewijs.tegen == date(2026, 12, 1), "nobody moved the day yet"
    answer(rijbewijs, Wie.ocmw(worker), ReactieSoort.AKKOORD)
    rijbewijs.refresh_from_db()
    assert rijbewijs.status == PlanStatus.AFGESPROKEN
    assert rijbewijs.tegen == rijbewijs.afgesproken_tegen == LATER
    assert rijbewijs.revisie == 2, "another day is another agreement"


def test_the_worker_keeps_the_day_and_the_client_comes_round(rijbewijs, worker):
    answer(rijbewijs, CLIENT, ReactieSoort.ANDER_TEMPO, dag=LATER)
    answer(rijbewijs, Wie.ocmw(worker), ReactieSoort.NIET_AKKOORD, tekst="De opleiding start al.")
    answer(rijbewijs, CLIENT, ReactieSoort.AKKOORD)
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.tegen) == (PlanStatus.AFGESPROKEN, date(2026, 12, 1))


def test_nobody_imposes_a_step_against_a_refusal(rijbewijs, worker):
    answer(rijbewijs, CLIENT, ReactieSoort.NIET_AKKOORD, tekst="Ik durf niet te rijden.")
    with pytest.raises(DomainError, match="ging niet akkoord"):
        answer(rijbewijs, Wie.ocmw(worker), ReactieSoort.AKKOORD)
    rijbewijs.refresh_from_db()
    assert rijbewijs.status == PlanStatus.VOORGESTELD
    assert Reactie.objects.count() == 1


def test_nobody_agrees_to_an_own_proposal(rijbewijs, worker):
    with pytest.raises(DomainError):
        answer(rijbewijs, Wie.ocmw(worker), ReactieSoort.AKKOORD)
    assert not Reactie.objects.exists()


def test_a_disagreement_stays_and_blocks_nothing_else(olena, rijbewijs, worker):
    other = propose_stap(
        client=olena,
        gegevens=PlanStapGegevens(
            tekst="Opvang zoeken", uitvoerders=[Uitvoerder.OCMW], tegen=LATER
        ),
        wie=Wie.ocmw(worker),
        at=AT,
    )
    answer(rijbewijs, CLIENT, ReactieSoort.NIET_AKKOORD, tekst="Niet nu.")
    leave_disagreed(item=rijbewijs, wie=Wie.ocmw(worker), at=AT, revisie=1)
    answer(other, CLIENT, ReactieSoort.AKKOORD)
    rijbewijs.refresh_from_db()
    other.refresh_from_db()
    assert (rijbewijs.status, other.status) == (PlanStatus.ONEENS, PlanStatus.AFGESPROKEN)
    answer(rijbewijs, CLIENT, ReactieSoort.AKKOORD)
    rijbewijs.refresh_from_db()
    assert rijbewijs.status == PlanStatus.AFGESPROKEN, "she may come round later"


def test_leaving_a_disagreement_needs_one(rijbewijs, worker):
    with pytest.raises(DomainError):
        leave_disagreed(item=rijbewijs, wie=Wie.client(), at=AT, revisie=1)
    with pytest.raises(DomainError):
        leave_disagreed(item=rijbewijs, wie=Wie.ocmw(worker), at=AT, revisie=1)


@pytest.mark.parametrize(
    ("soort", "extra", "message"),
    [
        (ReactieSoort.NIET_AKKOORD, {}, "eigen woorden"),
        (ReactieSoort.NIET_AKKOORD, {"tekst": "   "}, "eigen woorden"),
        (ReactieSoort.ANDER_TEMPO, {}, "welke dag"),
        (ReactieSoort.ANDER_TEMPO, {"dag": date(2026, 11, 21)}, "al voorbij"),
        ("bogus", {}, "lijst"),
    ],
)
def test_an_answer_that_says_too_little_changes_nothing(rijbewijs, soort, extra, message):
    with pytest.raises(DomainError, match=message):
        answer(rijbewijs, CLIENT, soort, **extra)
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.wacht_op) == (PlanStatus.VOORGESTELD, Stem.CLIENT)
    assert not Reactie.objects.exists()


def test_the_same_answer_twice_counts_once(rijbewijs, worker):
    first = answer(rijbewijs, CLIENT, ReactieSoort.ANDER_TEMPO, dag=LATER)
    assert answer(rijbewijs, CLIENT, ReactieSoort.ANDER_TEMPO, dag=LATER).pk == first.pk
    answer(rijbewijs, Wie.ocmw(worker), ReactieSoort.AKKOORD, revisie=1)
    answer(rijbewijs, Wie.ocmw(worker), ReactieSoort.AKKOORD, revisie=1)
    assert Reactie.objects.count() == 2


def test_the_same_proposal_twice_makes_one_step(olena, worker):
    told = PlanStapGegevens(tekst="Cv maken", uitvoerders=[Uitvoerder.CLIENT], tegen=LATER)
    made = [
        propose_stap(client=olena, gegevens=told, wie=CLIENT, at=AT, sleutel="form-1")
        for _ in range(2)
    ]
    assert made[0].pk == made[1].pk
    assert Stap.objects.count() == 1


def test_a_change_of_what_was_agreed_waits_for_the_other_side(rijbewijs, worker):
    answer(rijbewijs, CLIENT, ReactieSoort.AKKOORD)
    told = PlanStapGegevens(
        tekst="Praktijk rijbewijs leren", uitvoerders=[Uitvoerder.CLIENT], tegen=date(2027, 2, 1)
    )
    change_stap(stap=rijbewijs, gegevens=told, wie=Wie.ocmw(worker), at=AT, revisie=1)
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.wacht_op) == (PlanStatus.VOORGESTELD, Stem.CLIENT)
    assert rijbewijs.geldt_tegen == date(2026, 12, 1), "the agreed day counts meanwhile"
    assert rijbewijs.is_late(date(2026, 12, 2))


def test_a_note_or_a_named_worker_makes_nobody_agree_again(rijbewijs, worker):
    answer(rijbewijs, CLIENT, ReactieSoort.AKKOORD)
    rijbewijs.refresh_from_db()
    told = PlanStapGegevens.of(rijbewijs)
    changed = replace(
        told, toelichting="Boek ligt klaar.", gebruiker=worker, domein=Levensdomein.MOBILITEIT
    )
    change_stap(stap=rijbewijs, gegevens=changed, wie=Wie.ocmw(worker), at=AT, revisie=1)
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.revisie) == (PlanStatus.AFGESPROKEN, 1)
    assert rijbewijs.toelichting == "Boek ligt klaar."


def test_who_looked_at_an_earlier_text_sees_what_stands_now(rijbewijs, worker):
    told = PlanStapGegevens(tekst="Iets anders", uitvoerders=[Uitvoerder.CLIENT], tegen=LATER)
    change_stap(stap=rijbewijs, gegevens=told, wie=Wie.ocmw(worker), at=AT, revisie=1)
    with pytest.raises(PlanChanged, match="Iets anders"):
        answer(rijbewijs, CLIENT, ReactieSoort.AKKOORD, revisie=1)
    with pytest.raises(PlanChanged):
        change_stap(stap=rijbewijs, gegevens=told, wie=CLIENT, at=AT, revisie=1)
    assert not Reactie.objects.exists()


def test_who_moves_ticks_off_and_the_other_does_not(olena, rijbewijs, worker):
    duty = propose_stap(
        client=olena,
        gegevens=PlanStapGegevens(
            tekst="Opvang zoeken", uitvoerders=[Uitvoerder.OCMW], tegen=LATER
        ),
        wie=Wie.ocmw(worker),
        at=AT,
    )
    with pytest.raises(DomainError, match="Wie dit doet"):
        finish_item(item=duty, wie=CLIENT, at=AT)
    done = finish_item(item=rijbewijs, wie=CLIENT, at=AT, woord="Geslaagd!")
    assert finish_item(item=rijbewijs, wie=CLIENT, at=AT).pk == done.pk
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.slotwoord) == (PlanStatus.GEDAAN, "Geslaagd!")
    assert rijbewijs.afgesloten_door == Stem.CLIENT


def test_what_was_closed_stands_again_as_it_was(rijbewijs, worker):
    answer(rijbewijs, CLIENT, ReactieSoort.AKKOORD)
    finish_item(item=rijbewijs, wie=CLIENT, at=AT)
    reopen_item(item=rijbewijs, wie=CLIENT, at=AT + timedelta(days=1))
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.afgesloten_op) == (PlanStatus.AFGESPROKEN, None)


def test_the_ocmw_does_not_drop_what_the_client_proposed(olena, worker):
    hers = propose_stap(
        client=olena,
        gegevens=PlanStapGegevens(tekst="Zwemles volgen", uitvoerders=[Uitvoerder.CLIENT]),
        wie=CLIENT,
        at=AT,
    )
    with pytest.raises(DomainError, match="voorstel van de andere kant"):
        drop_item(item=hers, wie=Wie.ocmw(worker), at=AT, reden="past niet")
    drop_item(item=hers, wie=CLIENT, at=AT)
    hers.refresh_from_db()
    assert hers.status == PlanStatus.VERVALLEN


def test_a_step_without_a_day_is_answered_with_one(olena, worker):
    hers = propose_stap(
        client=olena,
        gegevens=PlanStapGegevens(tekst="Zwemles volgen", uitvoerders=[Uitvoerder.CLIENT]),
        wie=CLIENT,
        at=AT,
    )
    with pytest.raises(DomainError, match="geen dag"):
        answer(hers, Wie.ocmw(worker), ReactieSoort.AKKOORD)
    answer(hers, Wie.ocmw(worker), ReactieSoort.ANDER_TEMPO, dag=LATER)
    answer(hers, CLIENT, ReactieSoort.AKKOORD)
    hers.refresh_from_db()
    assert (hers.status, hers.afgesproken_tegen) == (PlanStatus.AFGESPROKEN, LATER)


def test_what_was_agreed_lapses_with_a_reason_only(rijbewijs, worker):
    answer(rijbewijs, CLIENT, ReactieSoort.AKKOORD)
    with pytest.raises(DomainError, match="Zeg waarom"):
        drop_item(item=rijbewijs, wie=Wie.ocmw(worker), at=AT)
    drop_item(item=rijbewijs, wie=Wie.ocmw(worker), at=AT, reden="De school is gestopt.")
    rijbewijs.refresh_from_db()
    assert (rijbewijs.status, rijbewijs.slotwoord) == (
        PlanStatus.VERVALLEN,
        "De school is gestopt.",
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"tekst": " "}, "Schrijf wat het is"),
        ({"tekst": "x" * 301}, "korter"),
        ({"uitvoerders": []}, "wie het doet"),
        ({"uitvoerders": [Uitvoerder.PARTNER]}, "welke partner"),
        ({"uitvoerders": ["buurman"]}, "lijst"),
        ({"tegen": date(2026, 11, 21)}, "al voorbij"),
        ({"soort": "volgende_stap", "vervolg": "werk"}, "hangt aan een traject"),
    ],
)
def test_a_proposal_that_cannot_stand_is_refused(olena, worker, changed, message):
    told = {"tekst": "Cv maken", "uitvoerders": [Uitvoerder.CLIENT], "tegen": LATER, **changed}
    with pytest.raises(DomainError, match=message):
        propose_stap(client=olena, gegevens=PlanStapGegevens(**told), wie=Wie.ocmw(worker), at=AT)
    assert not Stap.objects.exists()


def test_a_step_hangs_on_a_goal_of_the_same_client_only(bestuur, olena, worker):
    other = make_client(bestuur, familienaam="Ander")
    doel = propose_doel(
        client=other,
        gegevens=DoelGegevens(tekst="Werk in de keuken", uitvoerders=[Uitvoerder.CLIENT]),
        wie=Wie.ocmw(worker),
        at=AT,
    )
    told = PlanStapGegevens(tekst="Cv maken", uitvoerders=[Uitvoerder.CLIENT], doel=doel)
    with pytest.raises(DomainError, match="andere cliënt"):
        propose_stap(client=olena, gegevens=told, wie=Wie.ocmw(worker), at=AT)
    assert not Stap.objects.exists()
    assert Doel.objects.count() == 1
