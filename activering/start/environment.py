"""Before Django loads: find or start a database, and hand over secrets through the environment."""

import hashlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from activering.start.errors import StartError
from activering.start.home import Secrets, load_secrets, var_folder
from activering.start.postgres import EmbeddedPostgres
from activering.start.roles import (
    DATABASE,
    ROLES_SQL,
    Urls,
    allow_test_databases,
    bootstrap,
    database_name,
    may_make_roles,
    urls_of,
)

# Set for the suite only, which tests the roles themselves.
DATABASE_ADMIN_URL = "DATABASE_ADMIN_URL"
PRODUCTION = "activering.settings.production"
_WITHOUT_DATABASE = frozenset(
    {
        "help",
        "version",
        "check",
        "collectstatic",
        "compilemessages",
        "makemessages",
        "test",
    }
)
# These look at the database, but must see it as it is.
_WITHOUT_DATA = frozenset(
    {
        "migrate",
        "makemigrations",
        "showmigrations",
        "sqlmigrate",
        "dbshell",
        "rebase_migration",
    }
)
# Stands in a notice for the address of the site, which only the server knows.
SITE = "{site}"


def prepare(arguments: Sequence[str]) -> None:
    """Make everything ready that the management command in these arguments needs."""
    if os.environ.get("DJANGO_SETTINGS_MODULE") == PRODUCTION:
        return
    command = arguments[1] if len(arguments) > 1 else "help"
    if command in _WITHOUT_DATABASE or {"--help", "-h", "--version"} & set(arguments):
        offer_secrets()
        os.environ.setdefault("DATABASE_URL", f"postgresql:///{DATABASE}")
        return
    ensure()
    if command not in _WITHOUT_DATA:
        from activering.start.data import fill_when_behind

        fill_when_behind()


def ensure(*, for_tests: bool = False) -> None:
    """Set the addresses of the database and the secrets; start a server where none is given."""
    var, secrets = offer_secrets()
    if DATABASE_ADMIN_URL in os.environ:
        # The suite has its server already, and this is a process it started.
        return
    given = os.environ.get("DATABASE_URL")
    if not given:
        urls = _embedded(var, secrets, for_tests=for_tests)
    elif for_tests:
        if not may_make_roles(given):
            raise StartError(
                "De tests maken eigen databanken: geef in DATABASE_URL het adres van een beheerder."
            )
        os.environ[DATABASE_ADMIN_URL] = given
        urls = _make_roles(given, database_name(given), secrets, for_tests=True)
    elif os.environ.get("DATABASE_OWNER_URL") or not may_make_roles(given):
        return
    else:
        urls = _make_roles(given, database_name(given), secrets, for_tests=False)
    os.environ["DATABASE_URL"] = urls.app
    os.environ["DATABASE_OWNER_URL"] = urls.owner


def offer_secrets() -> tuple[Path, Secrets]:
    """Export the secrets of this installation, unless the environment brings its own."""
    var = var_folder()
    os.environ.setdefault("ACTIVERING_VAR", str(var))
    secrets = load_secrets(var)
    for name, value in secrets.environment().items():
        if f"{name}_FILE" not in os.environ:
            os.environ.setdefault(name, value)
    return var, secrets


def notice(text: str) -> None:
    """Tell the person at the keyboard; standard output belongs to the command."""
    print(text, file=sys.stderr, flush=True)


def _embedded(var: Path, secrets: Secrets, *, for_tests: bool) -> Urls:
    name = "postgres-test" if for_tests else "postgres"
    server = EmbeddedPostgres(var, secrets, name=name, durable=not for_tests)
    admin_url = server.acquire()
    if for_tests:
        os.environ[DATABASE_ADMIN_URL] = admin_url
    stamp = server.place.data / "activering.rollen"
    made_with = _fingerprint(secrets)
    if not _has(stamp, made_with):
        _make_roles(admin_url, DATABASE, secrets, for_tests=for_tests)
        stamp.write_text(made_with, encoding="ascii")
    return urls_of(admin_url, DATABASE, secrets=secrets)


def _make_roles(admin_url: str, name: str, secrets: Secrets, *, for_tests: bool) -> Urls:
    urls = bootstrap(admin_url, name, secrets=secrets)
    if for_tests:
        allow_test_databases(admin_url, secrets=secrets)
    return urls


def _fingerprint(secrets: Secrets) -> str:
    parts = f"{secrets.owner_password}:{secrets.app_password}:{ROLES_SQL.read_text('utf-8')}"
    return hashlib.sha256(parts.encode()).hexdigest()


def _has(stamp: Path, expected: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii") == expected


__all__ = ["StartError", "ensure", "notice", "offer_secrets", "prepare"]
