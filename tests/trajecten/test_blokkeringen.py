"""Steps wait for a barrier and go on; the database holds what the code promises."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from clienten import commands as clienten
from clienten.models import Drempel
from kern.errors import DomainError
from tests.factories.clienten import make_client
from tests.factories.drempels import (
    BRUSSELS,
    make_blokkering,
    make_drempel,
    make_gevoelige_drempel,
    make_planstap,
)
from tests.factories.toegang import make_gebruiker
from toegang.enums import Rol
from toegang.models import Gebeurtenis
from trajecten.commands.blokkeringen import (
    block_stap,
    block_stappen,
    release_stap,
    resolve_drempel,
)
from trajecten.enums import PlanStatus
from trajecten.models import Blokkering
from trajecten.queries.drempels import blocked_by, drempelblok, steps_to_block, wacht_op
from trajecten.rules.wachten import wachttijd

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 10, 0, tzinfo=BRUSSELS)
TODAY, BEFORE = date(2026, 11, 22), date(2026, 10, 1)


@pytest.fixture
def olena(bestuur):
    return make_client(bestuur)


@pytest.fixture
def opvang(olena):
    return make_drempel(olena, van=date(2026, 9, 1))


@pytest.fixture
def stap(olena):
    return make_planstap(olena, tekst="Stage in de keuken")


def block(stap, drempel, by, van=BEFORE):
    return block_stap(stap=stap, drempel=drempel, van=van, by=by, at=AT)


def test_a_step_waits_from_a_day_on(stap, opvang, worker):
    wait = block(stap, opvang, worker)
    assert Blokkering.objects.get() == wait
    assert (wait.van, wait.tot, wait.client_id) == (BEFORE, None, stap.client_id)
    assert list(Blokkering.objects.all().waiting()) == [wait]


def test_a_step_waits_once_for_the_same_barrier(stap, opvang, worker):
    block(stap, opvang, worker)
    with pytest.raises(DomainError, match="wacht al op deze drempel"):
        block(stap, opvang, worker, van=TODAY)
    assert Blokkering.objects.count() == 1


def test_a_step_may_wait_for_two_barriers(stap, opvang, olena, worker):
    bus = make_drempel(olena, "mobiliteit")
    block(stap, opvang, worker)
    block(stap, bus, worker)
    assert Blokkering.objects.all().waiting().count() == 2


@pytest.mark.parametrize(
    ("van", "says"),
    [(date(2026, 11, 23), "dag die voorbij is"), (date(2026, 8, 31), "begon op 01/09/2026")],
)
def test_waiting_begins_within_the_barrier_and_not_tomorrow(stap, opvang, worker, van, says):
    with pytest.raises(DomainError, match=says):
        block(stap, opvang, worker, van=van)
    assert not Blokkering.objects.exists()


def test_what_is_over_does_not_wait(olena, stap, opvang, worker):
    done = make_planstap(olena, status=PlanStatus.GEDAAN, afgesloten_op=BEFORE)
    solved = make_drempel(olena, "taal", stand="opgelost", tot=BEFORE)
    with pytest.raises(DomainError, match="al gedaan of niet meer nodig"):
        block(done, opvang, worker)
    with pytest.raises(DomainError, match="Heropen hem eerst"):
        block(stap, solved, worker)
    assert not Blokkering.objects.exists()


def test_all_steps_wait_or_none(olena, stap, opvang, worker):
    done = make_planstap(olena, status=PlanStatus.GEDAAN, afgesloten_op=BEFORE)
    with pytest.raises(DomainError), transaction.atomic():
        block_stappen(stappen=[stap, done], drempel=opvang, van=BEFORE, by=worker, at=AT)
    assert not Blokkering.objects.exists()


def test_another_clients_step_does_not_wait(bestuur, opvang, worker):
    other = make_planstap(make_client(bestuur))
    with pytest.raises(DomainError, match="andere cliënt"):
        block(other, opvang, worker)
    with pytest.raises(IntegrityError, match="eigen"), transaction.atomic():
        make_blokkering(other, opvang)
    assert not Blokkering.objects.exists()


def test_released_the_history_stays_and_the_barrier_too(stap, opvang, worker):
    wait = block(stap, opvang, worker)
    assert release_stap(blokkering=wait, by=worker, at=AT) == stap
    row = Blokkering.objects.get()
    assert (row.van, row.tot) == (BEFORE, TODAY)
    assert Drempel.objects.get().tot is None
    with pytest.raises(DomainError, match="wacht niet meer"):
        release_stap(blokkering=wait, by=worker, at=AT)


def test_what_waited_no_day_leaves_no_wait(stap, opvang, worker):
    wait = block(stap, opvang, worker, van=TODAY)
    release_stap(blokkering=wait, by=worker, at=AT)
    assert not Blokkering.objects.exists()
    assert Gebeurtenis.objects.filter(tabel="trajecten_blokkering").count() == 2


def test_released_and_waiting_again_the_same_day_is_one_wait(stap, opvang, worker):
    first = block(stap, opvang, worker)
    release_stap(blokkering=first, by=worker, at=AT)
    again = block(stap, opvang, worker, van=TODAY)
    assert again.pk == first.pk
    assert (again.van, again.tot) == (BEFORE, None)


def test_solving_lets_the_steps_go_and_says_which(olena, stap, opvang, worker):
    second, bus = make_planstap(olena, tekst="Cursus"), make_drempel(olena, "mobiliteit")
    for step in (stap, second):
        block(step, opvang, worker)
    stays = block(stap, bus, worker)
    solved = resolve_drempel(drempel=opvang, op=date(2026, 11, 20), by=worker, at=AT)
    assert solved.drempel.tot == date(2026, 11, 20)
    assert {str(step) for step in solved.stappen} == {"Stage in de keuken", "Cursus"}
    ended = Blokkering.objects.filter(drempel=opvang)
    assert {row.tot for row in ended} == {date(2026, 11, 20)}
    assert list(Blokkering.objects.all().waiting()) == [stays]
    acts = Gebeurtenis.objects.filter(tabel="trajecten_blokkering", op="U")
    assert set(acts.values_list("handeling", flat=True)) == {"loste een drempel op: Kinderopvang"}


def test_a_barrier_is_not_solved_before_a_step_began_to_wait(stap, opvang, worker):
    block(stap, opvang, worker, van=date(2026, 11, 1))
    with pytest.raises(DomainError, match="Sinds 01/11/2026 wacht een stap"):
        resolve_drempel(drempel=opvang, op=date(2026, 10, 31), by=worker, at=AT)
    assert Blokkering.objects.get().tot is None
    assert Drempel.objects.get().tot is None


def test_open_again_no_step_waits_by_itself(stap, opvang, worker):
    block(stap, opvang, worker)
    resolve_drempel(drempel=opvang, op=TODAY, by=worker, at=AT)
    clienten.reopen_drempel(drempel=opvang, by=worker, at=AT)
    assert not Blokkering.objects.all().waiting().exists()
    assert block(stap, opvang, worker, van=TODAY).van == BEFORE


def test_a_step_that_is_done_no_longer_waits(stap, opvang, worker, olena):
    block(stap, opvang, worker)
    stap.status, stap.afgesloten_op = PlanStatus.GEDAAN, TODAY
    stap.save()
    assert not Blokkering.objects.all().waiting().exists()
    assert wacht_op(olena, worker) == {}
    assert resolve_drempel(drempel=opvang, op=TODAY, by=worker, at=AT).stappen == ()


@pytest.mark.database
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clienten_drempel SET tot = '2026-11-20', stand = 'opgelost'",
        "UPDATE trajecten_blokkering SET tot = '2026-09-01'",
        "INSERT INTO trajecten_blokkering (bestuur_id, client_id, stap_id, drempel_id, van) "
        "SELECT bestuur_id, client_id, stap_id, drempel_id, '2026-11-01' FROM trajecten_blokkering",
    ],
    ids=["solved while a step waits", "ends before it begins", "waits twice"],
)
def test_the_database_refuses_it_too(stap, opvang, worker, statement):
    block(stap, opvang, worker)
    before = list(Blokkering.objects.values())
    with (
        pytest.raises(IntegrityError, match=r"blokkering_"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(Blokkering.objects.values()) == before
    assert Drempel.objects.get().tot is None


@pytest.mark.database
def test_the_database_lets_no_step_wait_for_what_is_solved(stap, olena):
    solved = make_drempel(olena, "taal", stand="opgelost", tot=BEFORE)
    with (
        pytest.raises(IntegrityError, match="blokkering_drempel_houdt_tegen"),
        transaction.atomic(),
    ):
        make_blokkering(stap, solved)
    past = make_blokkering(stap, solved, van=date(2026, 9, 2), tot=date(2026, 9, 9))
    assert Blokkering.objects.get() == past


def test_what_a_step_waits_for_in_words_the_reader_may_know(olena, stap, opvang, worker, bestuur):
    secret = make_gevoelige_drempel(olena, omschrijving="Operatie")
    block(stap, opvang, worker)
    block(stap, secret, worker)
    coach = make_gebruiker(bestuur, Rol.TRAJECTBEGELEIDER)
    for reader, word in (
        (worker, "Gevoelig"),
        (coach, "iets persoonlijks"),
        (None, "iets persoonlijks"),
    ):
        waits = wacht_op(olena, reader)
        assert list(waits) == [stap.pk]
        assert blocked_by(waits[stap.pk]) == f"Kinderopvang, {word}"
        assert [wait.is_gevoelig for wait in waits[stap.pk]] == [False, True]


def test_the_file_reads_barriers_and_waits_in_one_query(olena, worker, django_assert_num_queries):
    for number in range(12):
        drempel = make_drempel(olena, van=date(2026, 9, 1))
        make_blokkering(make_planstap(olena, tekst=f"Stap {number}"), drempel)
    make_drempel(olena, stand="opgelost", tot=BEFORE)
    with django_assert_num_queries(1):
        blok = drempelblok(olena, worker)
    assert len(blok.staan) == 12
    assert len(blok.opgelost) == 1
    assert {len(regel.wachtend) for regel in blok.staan} == {1}


def test_only_open_steps_that_do_not_wait_yet_can_be_chosen(olena, stap, opvang, worker):
    free = make_planstap(olena)
    make_planstap(olena, status=PlanStatus.VERVALLEN, afgesloten_op=BEFORE)
    block(stap, opvang, worker)
    assert list(steps_to_block(olena, worker, drempel_pk=opvang.pk)) == [free]


@pytest.mark.parametrize(
    ("sinds", "woorden"),
    [
        (date(2026, 11, 16), "minder dan een week"),
        (date(2026, 11, 15), "1 week"),
        (date(2026, 8, 16), "14 weken"),
        (date(2026, 12, 1), "minder dan een week"),
    ],
)
def test_how_long_it_waits(sinds, woorden):
    assert wachttijd(sinds, op=TODAY) == woorden
