"""Scope outside a request: tasks, commands, nesting, and what goes back to the pool."""

import ast
from contextlib import suppress

import psycopg
import pytest
from django.db import DatabaseError, connection, connections, transaction

from clienten.models import Client
from kern.db.pool import leave_nothing_behind
from kern.db.scope import ACT, ACTOR, BESTUUR, NoTransaction, scope, set_local
from tests.database import ROOT, app_url
from tests.factories.clienten import make_client
from tests.factories.toegang import make_bestuur
from tests.test_architecture import APPS
from toegang.audit import act
from toegang.models import Gebeurtenis
from toegang.scope import each_bestuur, in_bestuur

ATTACKS = [
    "1', true); DROP TABLE clienten_client; --",
    "1'::bigint OR true --",
    "$$; SELECT 1; $$",
    "1 OR 1=1",
    "\\'; SET ROLE activering_owner; --",
]


def current(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ATTACKS)
def test_a_value_is_a_value_and_never_sql(bestuur, text):
    make_client(bestuur)
    set_local({ACT: text})
    assert current(ACT) == text
    set_local({ACT: ""})
    assert Client.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("text", ATTACKS)
def test_a_scope_that_is_no_number_gives_an_error_not_rows(bestuur, text):
    make_client(bestuur)
    with (
        pytest.raises(DatabaseError, match="bigint"),
        transaction.atomic(),
        scope(bestuur_id=text, actor_id=None),
    ):
        Client.objects.count()
    assert current(BESTUUR) == str(bestuur.pk)


@pytest.mark.django_db
def test_the_sentence_of_an_act_is_stored_as_it_is(bestuur, worker):
    zin = "wijzigde '); DELETE FROM clienten_client; --"
    with act(zin):
        make_client(bestuur)
    assert (
        Gebeurtenis.objects.get(client_id__isnull=False).handeling
        == "wijzigde '); DELETE FROM clienten_client; --"
    )


@pytest.mark.django_db
def test_acts_nest_and_the_outermost_names_all(bestuur, worker):
    with act("buiten"):
        with act("binnen"):
            make_client(bestuur)
        make_client(bestuur)
    make_client(bestuur)
    trail = Gebeurtenis.objects.filter(client_id__isnull=False).order_by("id")
    assert [row.handeling for row in trail] == ["buiten", "buiten", ""]


@pytest.mark.django_db
def test_nested_scopes_see_each_their_own(bestuur, buur):
    make_client(bestuur)
    with in_bestuur(buur.pk, actor_id=7):
        assert not Client.objects.exists()
        make_client(buur)
        with in_bestuur(bestuur.pk):
            assert current(ACTOR) == ""
            assert Client.objects.count() == 1
        assert current(ACTOR) == "7"
        assert Client.objects.get().bestuur == buur
    assert Client.objects.get().bestuur == bestuur


@pytest.mark.django_db
def test_an_error_in_an_inner_scope_puts_the_outer_one_back(bestuur, buur):
    make_client(bestuur)
    with suppress(RuntimeError), in_bestuur(buur.pk):
        make_client(buur)
        raise RuntimeError
    assert current(BESTUUR) == str(bestuur.pk)
    assert Client.objects.get().bestuur == bestuur


@pytest.mark.django_db
def test_a_failed_statement_keeps_its_own_error(bestuur, buur):
    with (
        pytest.raises(DatabaseError, match="division by zero"),
        in_bestuur(buur.pk),
        act("brak"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1 / 0")
    assert current(BESTUUR) == str(bestuur.pk)
    assert current(ACT) == ""


@pytest.mark.django_db(transaction=True)
def test_in_bestuur_brings_its_own_transaction_and_leaves_no_scope():
    here = make_bestuur()
    with in_bestuur(here.pk):
        make_client(here)
    assert not Client.objects.exists()
    assert current(BESTUUR) == ""
    with pytest.raises(NoTransaction), act("los"):
        pass


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_that_is_rolled_back_does_not_lose_the_scope():
    here = make_bestuur()
    with in_bestuur(here.pk):
        with suppress(RuntimeError), transaction.atomic():
            make_client(here)
            raise RuntimeError
        assert not Client.objects.exists()
        make_client(here)
        assert Client.objects.count() == 1


@pytest.mark.django_db
def test_each_bestuur_gives_keys_and_no_scope(bestuur, buur):
    with scope(bestuur_id=None, actor_id=None):
        assert list(each_bestuur()) == [bestuur.pk, buur.pk]
        assert current(BESTUUR) == ""


@pytest.mark.django_db
def test_a_connection_goes_back_to_the_pool_with_nothing_on_it():
    name = str(connections["default"].settings_dict["NAME"])
    with psycopg.connect(app_url(name), autocommit=True) as used:
        used.execute("SET TIME ZONE 'UTC'")
        used.execute("SELECT set_config('app.bestuur', '1', false)")
        used.execute("SELECT set_config('app.actor', '1', false)")
        used.execute("CREATE TEMP TABLE clienten_client (id bigint)")
        used.execute("SELECT pg_advisory_lock(42)")
        used.execute("LISTEN iets")
        leave_nothing_behind(used)
        (row,) = used.execute(
            "SELECT current_setting('app.bestuur'), current_setting('app.actor'), "
            "to_regclass('pg_temp.clienten_client'), "
            "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
            " AND pid = pg_backend_pid()), "
            "(SELECT count(*) FROM pg_listening_channels()), current_setting('TimeZone')"
        ).fetchall()
    assert row == ("", "", None, 0, 0, "UTC")


def test_the_pool_of_a_server_cleans_each_connection():
    from activering.settings import base

    assert base._POOL["reset"] is leave_nothing_behind


def test_what_follows_a_commit_cannot_turn_it_into_a_failure():
    """A broker that is away would show "not saved" for what was saved; sweepers send it later."""
    fragile = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for app in APPS
        for path in (ROOT / app).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "on_commit"
        and "robust" not in {keyword.arg for keyword in node.keywords}
    ]
    assert fragile == []
