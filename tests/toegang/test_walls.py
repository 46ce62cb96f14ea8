"""The second wall: what the database itself refuses, whatever the code asks."""

import os

import psycopg
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.utils import DatabaseError

from clienten.models import Client, Statuut
from kern.db.scope import scope
from tests.factories.clienten import make_client, make_statuut
from toegang.models import Gebeurtenis, Inzage

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_without_scope_no_client_is_seen(bestuur):
    make_client(bestuur)
    with scope(bestuur_id=None, actor_id=None), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clienten_client")
        assert cursor.fetchone() == (0,)
    assert Client.objects.count() == 1


def test_another_bestuur_is_not_seen(bestuur, buur):
    make_client(bestuur)
    with scope(bestuur_id=buur.pk, actor_id=None):
        assert not Client.objects.exists()


def test_a_row_for_another_bestuur_is_refused(bestuur, buur):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        make_client(buur)
    assert not Client.objects.exists()


def test_a_row_cannot_point_at_another_bestuurs_client(bestuur, buur):
    client = make_client(bestuur)
    with (
        scope(bestuur_id=buur.pk, actor_id=None),
        pytest.raises(IntegrityError, match="client_eigen"),
        transaction.atomic(),
    ):
        Statuut.objects.create(bestuur=buur, client=client, soort="leefloon", van="2026-01-01")


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO toegang_gebeurtenis (tabel, op, rij_id) VALUES ('x', 'I', 1)",
        "UPDATE toegang_gebeurtenis SET handeling = 'niets gebeurd'",
        "DELETE FROM toegang_gebeurtenis",
        "TRUNCATE toegang_gebeurtenis",
        "TRUNCATE clienten_client CASCADE",
        "ALTER TABLE clienten_client DISABLE TRIGGER ALL",
        "ALTER TABLE clienten_client NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY clienten_client_bestuur ON clienten_client",
        "SET ROLE activering_owner",
        "SET ROLE activering_audit",
        "SET session_replication_role = replica",
        "UPDATE toegang_inzage SET reden = 'andere'",
        "DELETE FROM toegang_inzage",
        "CREATE TABLE eigen (id int)",
        "CREATE OR REPLACE FUNCTION toegang_audit() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "CREATE RULE stil AS ON INSERT TO toegang_gebeurtenis DO INSTEAD NOTHING",
        "LOCK TABLE toegang_gebeurtenis IN ACCESS EXCLUSIVE MODE",
        "DELETE FROM django_migrations",
    ],
)
def test_the_application_role_cannot_touch_trail_or_walls(bestuur, statement):
    make_client(bestuur)
    before = Gebeurtenis.objects.count()
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Gebeurtenis.objects.count() == before == 1


def test_row_security_cannot_be_switched_off(bestuur):
    make_client(bestuur)
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET LOCAL row_security = off; SELECT * FROM clienten_client")


def test_the_read_log_takes_only_ones_own_name(bestuur, worker, lead):
    client = make_client(bestuur)
    row = {"bestuur": bestuur, "client_id": client.pk, "at": "2026-11-22T10:00Z", "scherm": "x"}
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Inzage.objects.create(gebruiker=lead, grond="leiding", **row)
    Inzage.objects.create(gebruiker=worker, grond="eigen_client", **row)
    assert Inzage.objects.get().gebruiker == worker


def test_bulk_and_raw_changes_are_in_the_trail_with_actor(bestuur, worker):
    client = make_client(bestuur)
    make_statuut(client)
    Client.objects.update(gemeente="Leuven")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clienten_client SET postcode = '3000'")
        cursor.execute("DELETE FROM clienten_statuut")
    trail = Gebeurtenis.objects.filter(client_id=client.pk).order_by("id")
    assert [(row.tabel, row.op, row.nieuw, row.actor_id) for row in trail[2:4]] == [
        ("clienten_client", "U", {"gemeente": "Leuven"}, worker.pk),
        ("clienten_client", "U", {"postcode": "3000"}, worker.pk),
    ]
    assert trail[0].nieuw["familienaam"] == client.familienaam
    assert [row.op for row in trail] == ["I", "I", "U", "U", "D"]


def test_a_table_of_the_same_name_cannot_write_a_made_up_story(bestuur):
    """A trigger of one's own on a temporary table would forge the trail of any bestuur."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE clienten_client (id bigint, bestuur_id bigint)")
        with pytest.raises(ProgrammingError, match="toegang_audit"), transaction.atomic():
            cursor.execute(
                "CREATE TRIGGER vals AFTER INSERT ON pg_temp.clienten_client "
                "REFERENCING NEW TABLE AS nieuw FOR EACH STATEMENT "
                "EXECUTE FUNCTION public.toegang_audit()"
            )
        cursor.execute("DROP TABLE pg_temp.clienten_client")
    assert not Gebeurtenis.objects.exists()


def test_a_row_cannot_change_unseen_by_changing_its_number(bestuur):
    client = make_client(bestuur, familienaam="Peeters")
    with (
        pytest.raises(IntegrityError, match="number of a row"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE clienten_client SET id = id + 1000, familienaam = 'Stil'")
    assert Client.objects.get() == client
    assert Client.objects.get().familienaam == "Peeters"
    assert Gebeurtenis.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "COPY clienten_client TO PROGRAM 'cat'",
        "COPY clienten_client TO '/tmp/clienten'",
        "COPY clienten_client FROM '/etc/passwd'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_export(1, '/tmp/groot')",
        "SELECT rolpassword FROM pg_authid",
        "SELECT * FROM pg_statistic",
        "CREATE EXTENSION dblink",
        "CREATE SCHEMA eigen",
        "CREATE FUNCTION public.eigen() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER ROLE activering_app SET app.bestuur = '1'",
        "SET log_statement = 'all'",
    ],
)
def test_the_application_role_reaches_no_file_program_or_setting(bestuur, statement):
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT count(*) FROM clienten_client",
        "SELECT count(*) FROM (SELECT ctid FROM clienten_client OFFSET 0) x",
        "WITH x AS (UPDATE clienten_client SET gemeente = 'x' RETURNING 1) SELECT count(*) FROM x",
        "WITH x AS (DELETE FROM clienten_client RETURNING 1) SELECT count(*) FROM x",
        "SELECT count(*) FROM toegang_gebeurtenis WHERE client_id IS NOT NULL",
    ],
)
def test_a_side_door_shows_no_rows_of_another_bestuur(bestuur, buur, statement):
    make_client(bestuur)
    with scope(bestuur_id=buur.pk, actor_id=None), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.fetchone() == (0,)
    assert Client.objects.get().gemeente == ""


def test_a_cheap_function_does_not_look_behind_the_policy(bestuur, buur):
    """A function that is not leakproof runs after the policy, however cheap it says it is."""
    make_client(bestuur, familienaam="Geheim")
    with scope(bestuur_id=buur.pk, actor_id=None), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.kijk(t text) RETURNS boolean LANGUAGE plpgsql "
            "COST 0.0000001 AS $$ BEGIN RAISE EXCEPTION 'gezien: %', t; END $$"
        )
        cursor.execute("SELECT count(*) FROM clienten_client WHERE pg_temp.kijk(familienaam)")
        assert cursor.fetchone() == (0,)
        with pytest.raises(DatabaseError, match="leakproof"), transaction.atomic():
            cursor.execute("ALTER FUNCTION pg_temp.kijk(text) LEAKPROOF")


def test_a_copy_of_a_table_gives_the_rows_of_the_scope_only(bestuur, buur):
    make_client(bestuur)
    with (
        connection.cursor() as cursor,
        scope(bestuur_id=buur.pk, actor_id=None),
        cursor.copy("COPY clienten_client TO STDOUT") as rows,
    ):
        assert b"".join(bytes(part) for part in rows) == b""


def test_an_error_of_the_database_quotes_no_client(bestuur):
    """Under row-level security PostgreSQL leaves the values out of its messages."""
    make_client(bestuur, dossiernummer="T-geheim")
    with pytest.raises(IntegrityError) as double, transaction.atomic():
        make_client(bestuur, dossiernummer="T-geheim")
    with pytest.raises(IntegrityError) as nameless, transaction.atomic():
        make_client(bestuur, familienaam="", voornaam="Geheim")
    for caught in (double, nameless):
        assert "geheim" not in str(caught.value).lower()
        assert caught.value.__cause__.diag.message_detail is None


def test_the_log_of_the_server_keeps_no_failed_statement_of_the_application():
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"]) as admin:
        (superuser,) = admin.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if not superuser:
        pytest.skip("only a superuser can set this for a role")
    with connection.cursor() as cursor:
        cursor.execute("SHOW log_min_error_statement")
        assert cursor.fetchone() == ("panic",)
