"""The roles SQL: the same file for a laptop, the suite and a server, on PostgreSQL 15 to 18."""

import os
import re

import psycopg
import pytest
from psycopg import sql

from activering.start import roles
from activering.start.environment import DATABASE_ADMIN_URL, ensure
from activering.start.errors import StartError
from activering.start.home import load_secrets, var_folder
from activering.start.postgres import EmbeddedPostgres

pytestmark = pytest.mark.database
NAME = f"activering-proef {os.getpid()}"


@pytest.fixture(scope="module")
def admin_url():
    ensure(for_tests=True)
    return os.environ[DATABASE_ADMIN_URL]


@pytest.fixture(scope="module")
def urls(admin_url):
    secrets = load_secrets(var_folder())
    roles.bootstrap(admin_url, NAME, secrets=secrets)
    # Once more: it only adds what is missing.
    yield roles.bootstrap(admin_url, NAME, secrets=secrets)
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(NAME)))


@pytest.fixture
def owner(urls):
    with psycopg.connect(urls.owner, autocommit=True) as connection:
        yield connection
        connection.execute("DROP TABLE IF EXISTS dossier")


@pytest.fixture
def app(owner, urls):
    owner.execute("CREATE TABLE dossier (id bigint GENERATED ALWAYS AS IDENTITY, naam text)")
    with psycopg.connect(urls.app, autocommit=True) as connection:
        yield connection


def test_roles_have_no_rights_that_pass_the_walls(owner):
    rows = owner.execute(
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
        " WHERE rolname = ANY(%s) ORDER BY 1",
        [["activering_app", "activering_audit", "activering_owner"]],
    ).fetchall()

    assert rows == [
        ("activering_app", True, False, False, False),
        ("activering_audit", False, False, False, False),
        ("activering_owner", True, False, False, False),
    ]


def test_the_application_works_with_rows(app):
    app.execute("INSERT INTO dossier (naam) VALUES ('Jan')")
    app.execute("UPDATE dossier SET naam = unaccent('Žan')")

    assert app.execute("DELETE FROM dossier RETURNING naam").fetchall() == [("Zan",)]


@pytest.mark.parametrize(
    "attack",
    [
        "CREATE TABLE eigen ()",
        "CREATE SCHEMA eigen",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "TRUNCATE dossier",
        "DROP TABLE dossier",
        "ALTER TABLE dossier DISABLE TRIGGER ALL",
        "ALTER TABLE dossier DISABLE ROW LEVEL SECURITY",
        "CREATE TRIGGER t BEFORE INSERT ON dossier EXECUTE FUNCTION suppress_redundant_updates()",
        "SET ROLE activering_owner",
        "SET ROLE activering_audit",
        "GRANT activering_owner TO activering_app",
        "ALTER ROLE activering_app BYPASSRLS",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_cannot_touch_the_tables_themselves(app, attack):
    app.execute("INSERT INTO dossier (naam) VALUES ('Jan')")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute(attack)

    assert app.execute("SELECT naam FROM dossier").fetchall() == [("Jan",)]


def test_a_table_handed_to_the_audit_role_is_out_of_reach(owner, app):
    owner.execute("ALTER TABLE dossier OWNER TO activering_audit")
    owner.execute("REVOKE INSERT, UPDATE, DELETE ON dossier FROM activering_app")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("INSERT INTO dossier (naam) VALUES ('vals')")
    assert app.execute("SELECT count(*) FROM dossier").fetchone() == (0,)


def test_a_stranger_cannot_sign_in_to_the_database(admin_url, urls):
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS activering_vreemde")
        admin.execute("CREATE ROLE activering_vreemde LOGIN PASSWORD 'vreemd'")
    try:
        with pytest.raises(psycopg.OperationalError, match="permission denied"):
            psycopg.connect(roles.as_role(admin_url, NAME, "activering_vreemde", "vreemd"))
    finally:
        with psycopg.connect(admin_url, autocommit=True) as admin:
            admin.execute("DROP ROLE activering_vreemde")


def test_only_an_address_that_may_make_roles_is_used_for_that(admin_url, urls):
    assert roles.may_make_roles(admin_url)
    assert not roles.may_make_roles(urls.app)
    assert not roles.may_make_roles(urls.owner)


def test_a_database_that_does_not_answer_is_told_in_one_sentence():
    with pytest.raises(StartError, match="De databank antwoordt niet"):
        roles.may_make_roles("postgresql://postgres@127.0.0.1:1/postgres")


def test_an_administrator_without_superuser_rights_can_run_the_file(tmp_path_factory, monkeypatch):
    var = tmp_path_factory.mktemp("beheer")
    secrets = load_secrets(var)
    server = EmbeddedPostgres(var, secrets, durable=False)
    try:
        with psycopg.connect(server.acquire(), autocommit=True) as postgres:
            postgres.execute("CREATE ROLE beheer LOGIN CREATEROLE CREATEDB PASSWORD 'geheim'")
        admin_url = server.url("postgres", "beheer", "geheim")

        roles.bootstrap(admin_url, "activering", secrets=secrets)
        urls = roles.bootstrap(admin_url, "activering", secrets=secrets)

        with psycopg.connect(urls.owner) as owner:
            owner.execute("CREATE TABLE dossier ()")
        with psycopg.connect(urls.app) as app:
            assert app.execute("SELECT count(*) FROM dossier").fetchone() == (0,)
        with psycopg.connect(admin_url) as admin:
            member = "SELECT pg_has_role('beheer', 'activering_owner', 'USAGE')"
            assert admin.execute(member).fetchone() == (False,)
    finally:
        server.release()


def test_the_file_holds_no_password():
    text = roles.ROLES_SQL.read_text(encoding="utf-8")

    given = re.findall(r"PASSWORD\s+(\S+?);", text)
    assert given == [":'eigenaar_wachtwoord'", ":'app_wachtwoord'"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("postgresql://postgres@server/postgres", "activering"),
        ("postgresql://postgres@server", "activering"),
        ("postgresql://postgres@server/eigen_naam?sslmode=require", "eigen_naam"),
    ],
)
def test_the_database_named_in_the_address_is_used(url, name):
    assert roles.database_name(url) == name


def test_an_address_keeps_server_and_options_for_another_role():
    url = roles.as_role(
        "postgresql://postgres:a%40b@db.example:5433/postgres?sslmode=require",
        "activering",
        "activering_app",
        "w@chtwoord/1",
    )

    assert url == (
        "postgresql://activering_app:w%40chtwoord%2F1@db.example:5433/activering?sslmode=require"
    )
