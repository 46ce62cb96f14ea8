"""A backup holds every bestuur, and comes back with its walls, trail and owners."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.db import connections, transaction
from psycopg import sql

from activering.settings.environment import database as address
from activering.start.environment import DATABASE_ADMIN_URL
from activering.start.home import PROJECT, var_folder
from activering.start.locks import turn
from activering.start.place import installed_server
from activering.start.roles import as_role
from kern.db.scope import scope
from tests.factories.clienten import make_client
from tests.factories.toegang import make_bestuur

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
PASSWORD = "reserve-kopie"
BACK = f"activering_terug_{os.getpid()}"
WALLS = """
    SELECT relname, relowner::regrole::text, relrowsecurity, relforcerowsecurity, relacl::text,
           ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = c.oid ORDER BY 1),
           ARRAY(SELECT tgname::text FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal
                  ORDER BY 1),
           ARRAY(SELECT conname::text FROM pg_constraint WHERE conrelid = c.oid ORDER BY 1)
      FROM pg_class c
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1
"""


@pytest.fixture
def admin_url():
    return os.environ[DATABASE_ADMIN_URL]


@pytest.fixture
def run(admin_url):
    """Return a function that runs a script with the client programs of the server's version."""
    with psycopg.connect(admin_url) as admin:
        version = admin.info.server_version // 10_000
    system = Path(f"/usr/lib/postgresql/{version}/bin")
    programs = system if system.is_dir() else installed_server() / "bin"

    def run(script, *arguments, **environment):
        return subprocess.run(
            [PROJECT / "bin" / script, *map(str, arguments)],
            env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture
def source(admin_url):
    """Return the name of a database in which two besturen each have a client."""
    for naam, nis in (("OCMW Herent", "24038"), ("OCMW Kortenberg", "24055")):
        with transaction.atomic():
            bestuur = make_bestuur(naam, nis)
            with scope(bestuur_id=bestuur.pk, actor_id=None):
                make_client(bestuur, insz="80050597113")
    return connections["default"].settings_dict["NAME"]


@pytest.fixture
def backup_url(admin_url, source):
    # A role belongs to the whole server, which the processes of the suite share.
    with turn(var_folder() / "kopie.lock", timeout=300):
        make_backup_role(admin_url, source)
        yield as_role(admin_url, source, "activering_kopie", PASSWORD)
        with psycopg.connect(admin_url, autocommit=True) as admin:
            for statement in (
                "DROP DATABASE IF EXISTS {back}",
                "REVOKE CONNECT ON DATABASE {source} FROM activering_kopie",
                "DROP ROLE activering_kopie",
            ):
                names = {"back": sql.Identifier(BACK), "source": sql.Identifier(source)}
                admin.execute(sql.SQL(statement).format(**names))


def make_backup_role(admin_url, source):
    said = subprocess.run(
        [
            *(shutil.which("psql"), admin_url, "-v", f"databank={source}"),
            *("-f", PROJECT / "kern/db/reservekopie.sql"),
        ],
        env={**os.environ, "ACTIVERING_KOPIE_WACHTWOORD": PASSWORD},
        capture_output=True,
        text=True,
    )
    assert said.returncode == 0, said.stderr


def as_admin(admin_url, name):
    entry = address(admin_url)
    return psycopg.connect(as_role(admin_url, name, entry["USER"], entry["PASSWORD"]))


def test_a_backup_comes_back_whole(admin_url, source, backup_url, run, tmp_path):
    dump = tmp_path / "activering.dump"
    made = run("backup", dump, DATABASE_BACKUP_URL=backup_url)
    assert made.returncode == 0, made.stderr
    assert dump.stat().st_mode & 0o077 == 0

    restored = run("restore", dump, BACK, DATABASE_ADMIN_URL=admin_url)
    assert restored.returncode == 0, restored.stderr

    with as_admin(admin_url, source) as before, as_admin(admin_url, BACK) as after:
        assert after.execute(WALLS).fetchall() == before.execute(WALLS).fetchall()
        for table in ("clienten_client", "clienten_insznummer", "toegang_gebeurtenis"):
            rows = sql.SQL("SELECT * FROM {} ORDER BY id").format(sql.Identifier(table))
            found = before.execute(rows).fetchall()
            assert len(found) >= 2
            assert after.execute(rows).fetchall() == found
    entry = connections["default"].settings_dict
    with psycopg.connect(as_role(admin_url, BACK, entry["USER"], entry["PASSWORD"])) as app:
        assert app.execute("SELECT count(*) FROM clienten_client").fetchone() == (0,)


def test_the_backup_role_changes_nothing(backup_url):
    with psycopg.connect(backup_url, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM clienten_client").fetchone() == (2,)
        connection.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM clienten_client")
        assert connection.execute("SELECT count(*) FROM clienten_client").fetchone() == (2,)


def test_a_restore_never_overwrites(admin_url, source, backup_url, run, tmp_path):
    dump = tmp_path / "activering.dump"
    run("backup", dump, DATABASE_BACKUP_URL=backup_url)

    refused = run("restore", dump, source, DATABASE_ADMIN_URL=admin_url)

    assert refused.returncode == 1
    assert "bestaat al" in refused.stderr
    with as_admin(admin_url, source) as kept:
        assert kept.execute("SELECT count(*) FROM clienten_client").fetchone() == (2,)


def test_a_failed_backup_leaves_no_file(admin_url, source, run, tmp_path):
    dump = tmp_path / "activering.dump"
    entry = connections["default"].settings_dict
    app_url = as_role(admin_url, source, entry["USER"], entry["PASSWORD"])

    # The application role is held back by the walls, so its backup would be empty.
    failed = run("backup", dump, DATABASE_BACKUP_URL=app_url)

    assert failed.returncode != 0
    assert list(tmp_path.iterdir()) == []
