"""Refreshing: only differences are written, one client leaves others alone, walls hold."""

from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection, transaction

from clienten.models import Machtiging
from kern.db.scope import scope
from tests.database import app_url
from tests.factories.clienten import make_client, make_statuut, make_toewijzing
from tests.factories.toegang import make_bestuur
from tests.factories.trajecten import make_stap, make_traject
from tests.trajecten.signalen.conftest import TODAY
from toegang.models import Gebeurtenis
from toegang.scope import in_bestuur
from trajecten.models import Signaal
from trajecten.signalen import Telling, refresh_client, refresh_signalen
from trajecten.signalen.vernieuwen import LOCK, take_turn

pytestmark = pytest.mark.django_db


def physical() -> list[tuple]:
    """Return where each row stands and which transactions touched it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, ctid::text, xmin::text, xmax::text FROM trajecten_signaal ORDER BY id"
        )
        return cursor.fetchall()


def some_signals(bestuur, number: int = 3) -> list:
    clients = []
    for offset in range(number):
        client = make_client(bestuur)
        make_traject(
            client, begindatum=date(2025, 1, 1), uiterste_dag=TODAY + timedelta(days=offset * 40)
        )
        clients.append(client)
    return clients


def test_a_second_run_writes_nothing_not_even_a_lock(bestuur):
    some_signals(bestuur)
    first = refresh_signalen(bestuur.pk, on=TODAY)
    assert (first.clienten, first.nieuw, first.gewijzigd) == (3, 6, 6)
    before = physical()
    assert refresh_signalen(bestuur.pk, on=TODAY) == Telling(3, 6, 0, 0, 0)
    assert physical() == before


def test_a_new_day_changes_only_what_differs(bestuur):
    some_signals(bestuur)
    refresh_signalen(bestuur.pk, on=TODAY)
    before = {row[0]: row for row in physical()}
    telling = refresh_signalen(bestuur.pk, on=TODAY + timedelta(days=10))
    assert (telling.nieuw, telling.bijgewerkt, telling.verdwenen) == (1, 1, 1)
    same = [row for row in physical() if before.get(row[0]) == row]
    assert len(same) == 4


def test_missed_days_leave_no_mark(bestuur):
    """Day by day or at once after a week: the same rows."""
    some_signals(bestuur, 5)
    fields = ("client_id", "traject_id", "code", "vervaldag", "sinds", "fase")
    for offset in range(40):
        refresh_signalen(bestuur.pk, on=TODAY + timedelta(days=offset))
    day_by_day = set(Signaal.objects.values_list(*fields))
    Signaal.objects.all().delete()
    refresh_signalen(bestuur.pk, on=TODAY + timedelta(days=39))
    assert set(Signaal.objects.values_list(*fields)) == day_by_day


def test_one_client_gives_what_the_whole_gives_and_touches_nobody_else(bestuur):
    first, second, _ = some_signals(bestuur)
    refresh_signalen(bestuur.pk, on=TODAY)
    before = {row[0]: row for row in physical()}
    Signaal.objects.filter(client=first).delete()
    make_stap(second.trajecten.get(), tegen=TODAY + timedelta(days=5))
    telling = refresh_client(first, on=TODAY)
    assert (telling.clienten, telling.nieuw, telling.verdwenen) == (1, 2, 0)
    assert set(Signaal.objects.filter(client=second).values_list("code", flat=True)) == {
        "limiet_nadert",
        "geen_spilfiguur",
    }
    assert refresh_client(second.pk, on=TODAY, bestuur_id=bestuur.pk).verdwenen == 1
    untouched = [row for row in physical() if before.get(row[0]) == row]
    assert len(untouched) == 3
    assert refresh_signalen(bestuur.pk, on=TODAY).gewijzigd == 0


def test_a_client_by_key_needs_its_bestuur(bestuur):
    (client,) = some_signals(bestuur, 1)
    with pytest.raises(ValueError, match="bestuur"):
        refresh_client(client.pk, on=TODAY)
    assert not Signaal.objects.exists()


def test_another_bestuur_stays_as_it_was(bestuur, buur):
    some_signals(bestuur)
    with scope(bestuur_id=buur.pk, actor_id=None):
        some_signals(buur, 1)
        refresh_signalen(buur.pk, on=TODAY)
        theirs = physical()
    refresh_signalen(bestuur.pk, on=TODAY)
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert physical() == theirs


def test_the_wrong_scope_sees_and_writes_nothing(bestuur, buur):
    some_signals(bestuur)
    refresh_signalen(bestuur.pk, on=TODAY)
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert refresh_signalen(bestuur.pk, on=TODAY) == Telling()
    assert Signaal.objects.count() == 6


def test_a_restricted_file_has_its_signals_for_who_is_named(bestuur, worker, lead):
    (client,) = some_signals(bestuur, 1)
    client.afgeschermd = True
    client.save()
    refresh_signalen(bestuur.pk, on=TODAY)
    assert Signaal.objects.count() == 2
    assert not Signaal.objects.visible_to(worker).exists()
    assert not Signaal.objects.visible_to(lead).exists()
    Machtiging.objects.create(bestuur=bestuur, client=client, gebruiker=worker)
    assert Signaal.objects.visible_to(worker).count() == 2


def test_signals_are_computed_so_they_leave_no_trail(bestuur):
    some_signals(bestuur)
    refresh_signalen(bestuur.pk, on=TODAY)
    assert not Gebeurtenis.objects.filter(tabel="trajecten_signaal").exists()


def test_one_client_is_two_queries_and_the_rules(bestuur, django_assert_num_queries):
    (client,) = some_signals(bestuur, 1)
    make_statuut(client)
    with django_assert_num_queries(3):
        refresh_client(client, on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_a_change_during_a_full_run_is_looked_at_again_afterwards():
    """The run holds its lock; the change goes on, and is computed again once the run is over."""
    herent = make_bestuur()
    with in_bestuur(herent.pk):
        client = make_client(herent)
        traject = make_traject(client, begindatum=date(2025, 1, 1), uiterste_dag=TODAY)
        refresh_client(client, on=TODAY)
    name = connection.settings_dict["NAME"]
    with psycopg.connect(app_url(name)) as run:
        run.execute("SELECT set_config('app.bestuur', %s, true)", [str(herent.pk)])
        run.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, herent.pk])
        callbacks = []
        with in_bestuur(herent.pk):
            make_stap(traject, tegen=TODAY)
            refresh_client(client, on=TODAY)
            callbacks = [function for _, function, _ in connection.run_on_commit]
            connection.run_on_commit.clear()
        assert len(callbacks) == 1
        # What the run computed on the facts from before the change.
        run.execute(
            "INSERT INTO trajecten_signaal (bestuur_id, client_id, traject_id, code, sinds, fase) "
            "VALUES (%s, %s, %s, 'limiet_nadert', %s, 4)",
            [herent.pk, client.pk, traject.pk, TODAY],
        )
    callbacks[0]()
    with in_bestuur(herent.pk):
        assert set(Signaal.objects.values_list("code", flat=True)) == {"geen_spilfiguur"}


@pytest.mark.django_db(transaction=True)
def test_a_full_run_waits_a_little_for_changes_under_way_and_then_leaves_it():
    herent = make_bestuur()
    name = connection.settings_dict["NAME"]
    with psycopg.connect(app_url(name)) as change:
        change.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCK, herent.pk])
        with transaction.atomic():
            assert take_turn(herent.pk, patience=0.1) is False
    with transaction.atomic():
        assert take_turn(herent.pk, patience=0.1) is True


def test_somebody_who_follows_is_found_through_the_whole(bestuur, worker):
    (client,) = some_signals(bestuur, 1)
    refresh_signalen(bestuur.pk, on=TODAY)
    assert Signaal.objects.filter(code="geen_spilfiguur").exists()
    make_toewijzing(client, worker)
    assert refresh_client(client, on=TODAY).verdwenen == 1
