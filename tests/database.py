"""The databases of the suite: migrated once, copied per run, emptied without touching seeds."""

import hashlib
import os
import time
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from activering.settings.environment import database
from activering.start.environment import ensure
from activering.start.locks import turn
from activering.start.roles import TEMPLATE, as_role

ROOT = Path(__file__).resolve().parent.parent
# Rows that come with a release; a test may read them, emptying leaves them.
SEEDED = frozenset({"django_migrations", "trajecten_instrument", "trajecten_regel"})
# TRUNCATE refuses a table that a seed points at, even when no row does.
PARENTS_OF_SEEDS = ("toegang_bestuur", "toegang_gebruiker", "toegang_samenwerkingsverband")


def _fingerprint() -> str:
    """Return a digest of everything that decides what a migrated database looks like."""
    digest = hashlib.sha256()
    sources = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("trajecten/reference/*")]
    for path in sorted([*sources, ROOT / "kern/db/rollen.sql", ROOT / "kern/db/tenancy.py"]):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    """Open a connection outside Django, one statement at a time."""
    return psycopg.connect(url, autocommit=True)


def make_database(worker: str) -> str:
    """Make the database of this process from the migrated one and point Django at it."""
    ensure(for_tests=True)
    migrated = f"test_activering_{_fingerprint()}"
    name = f"{migrated}_{worker}_{os.getpid()}"
    with turn(Path(os.environ["ACTIVERING_VAR"]) / "test-databank.lock", timeout=300):
        if not _exists(migrated):
            _sweep()
            half_made = f"{migrated}_bezig"
            _drop(half_made)
            _copy(TEMPLATE, half_made)
            _point_at(half_made)
            call_command("migrate", verbosity=0, interactive=False)
            connections.close_all()
            with _owner() as owner:
                owner.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                        sql.Identifier(half_made), sql.Identifier(migrated)
                    )
                )
        _copy(migrated, name)
    _point_at(name)
    return name


def drop_database(name: str) -> None:
    """Remove the database of this process."""
    connections.close_all()
    _drop(name)


def empty_tables() -> None:
    """Empty every table but the seeds; the application role could not."""
    with connect(owner_url(str(connections["owner"].settings_dict["NAME"]))) as owner:
        # The rules of the law stay, those of one bestuur go. The owner sees only the former.
        owner.execute("ALTER TABLE trajecten_regel NO FORCE ROW LEVEL SECURITY")
        owner.execute("DELETE FROM trajecten_regel WHERE bestuur_id IS NOT NULL")
        owner.execute("ALTER TABLE trajecten_regel FORCE ROW LEVEL SECURITY")
        tables = [
            sql.Identifier(str(name))
            for (name,) in owner.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall()
            if name not in SEEDED and name not in PARENTS_OF_SEEDS
        ]
        owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(sql.SQL(", ").join(tables)))
        for parent in PARENTS_OF_SEEDS:
            owner.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(parent)))


def owner_url(name: str) -> str:
    """Return the owner's address of a database on the server of the suite."""
    return _renamed(os.environ["DATABASE_OWNER_URL"], name)


def app_url(name: str) -> str:
    """Return the application's address of a database on the server of the suite."""
    return _renamed(os.environ["DATABASE_URL"], name)


def _renamed(url: str, name: str) -> str:
    entry = database(url)
    return as_role(url, name, entry["USER"], entry["PASSWORD"])


def _owner() -> psycopg.Connection[tuple[object, ...]]:
    return connect(owner_url(TEMPLATE))


def _exists(name: str) -> bool:
    with _owner() as owner:
        row = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return row is not None


def _sweep() -> None:
    """Drop what older migrations and killed runs left on the server of this machine."""
    if not database(os.environ["DATABASE_OWNER_URL"])["HOST"].startswith("/"):
        return
    with _owner() as owner:
        found = owner.execute(
            "SELECT datname FROM pg_database WHERE datname ~ '^test_activering_[0-9a-f]{12}(_|$)'"
        ).fetchall()
    for (name,) in found:
        run = str(name).split("_")[3:]
        if run[-1:] in ([], ["bezig"]) or not _lives(int(run[-1])):
            _drop(str(name))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _drop(name: str) -> None:
    """Drop a database once nobody is in it any more.

    Worker processes and site threads of a test close their sessions a moment later, and the
    owner may not end sessions of the application role. What stays is removed by the next run.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    deadline = time.monotonic() + 10
    while True:
        try:
            with _owner() as owner:
                owner.execute(statement)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            if time.monotonic() > deadline:
                return
            time.sleep(0.25)
        else:
            return


def _copy(source: str, name: str) -> None:
    with _owner() as owner:
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )
        owner.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO activering_app").format(sql.Identifier(name))
        )


def _point_at(name: str) -> None:
    for alias, url in (("default", app_url(name)), ("owner", owner_url(name))):
        connections[alias].close()
        entry = database(url)
        for holder in (settings.DATABASES[alias], connections[alias].settings_dict):
            options = {**holder.get("OPTIONS", {}), **entry["OPTIONS"]}
            holder.update(entry)
            holder["OPTIONS"] = options
