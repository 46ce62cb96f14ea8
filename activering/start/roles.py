"""Makes the database roles and the database with the same SQL file that production uses."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from activering.start.errors import StartError
from activering.start.home import PROJECT, Secrets, var_folder
from activering.start.locks import turn
from activering.start.place import installed_server

ROLES_SQL = PROJECT / "kern" / "db" / "rollen.sql"
OWNER = "activering_owner"
APP = "activering_app"
DATABASE = "activering"
TEMPLATE = "activering_sjabloon"
# Databases every server has, never ours to fill.
_COMMON = frozenset({"", "postgres", "template1"})
_TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses of one database: as the application, and as the owner for migrations."""

    app: str
    owner: str


def may_make_roles(url: str) -> bool:
    """Tell whether the role in this address may create roles and databases."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            found = connection.execute(
                "SELECT rolsuper OR (rolcreaterole AND rolcreatedb)"
                " FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.OperationalError as problem:
        raise StartError(f"De databank antwoordt niet: {str(problem).strip()}") from problem
    return bool(found and found[0])


def bootstrap(admin_url: str, name: str, *, secrets: Secrets) -> Urls:
    """Make the roles and the database where they are missing, with this project's passwords."""
    address = conninfo_to_dict(admin_url)
    password = address.pop("password", None)
    command = [
        *(_psql(), "--no-psqlrc", "--quiet", "--dbname", make_conninfo("", **address)),
        *("--set", f"databank={name}", "--file", str(ROLES_SQL)),
    ]
    # In the environment, because the arguments of a process are for all to see.
    environment = {
        **os.environ,
        **({"PGPASSWORD": str(password)} if password else {}),
        "ACTIVERING_EIGENAAR_WACHTWOORD": secrets.owner_password,
        "ACTIVERING_APP_WACHTWOORD": secrets.app_password,
    }
    # Roles belong to the whole server; two who change one at once get an error.
    with turn(var_folder() / "rollen.lock", timeout=2 * _TIMEOUT_SECONDS):
        said = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_SECONDS,
            check=False,
        )
    if said.returncode != 0:
        raise StartError(f"De rollen kunnen niet aangemaakt worden:\n{said.stderr.strip()}")
    return urls_of(admin_url, name, secrets=secrets)


def urls_of(admin_url: str, name: str, *, secrets: Secrets) -> Urls:
    """Return the addresses of our roles on the server of the administrator's address."""
    return Urls(
        app=as_role(admin_url, name, APP, secrets.app_password),
        owner=as_role(admin_url, name, OWNER, secrets.owner_password),
    )


def as_role(url: str, database: str, user: str, password: str) -> str:
    """Return the address with another user and database, on the same server."""
    parts = urlsplit(url)
    server = parts.netloc.rpartition("@")[2]
    credentials = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return urlunsplit(
        parts._replace(netloc=f"{credentials}@{server}", path=f"/{quote(database, safe='')}")
    )


def database_name(url: str) -> str:
    """Return the database an address names, or ours when it names one every server has."""
    name = urlsplit(url).path.lstrip("/")
    return DATABASE if name in _COMMON else name


def allow_test_databases(admin_url: str, *, secrets: Secrets) -> None:
    """Let the owner make test databases, copied from an empty one with the right extensions."""
    bootstrap(admin_url, TEMPLATE, secrets=secrets)
    with (
        turn(var_folder() / "rollen.lock", timeout=_TIMEOUT_SECONDS),
        psycopg.connect(admin_url, autocommit=True) as connection,
    ):
        connection.execute("ALTER ROLE activering_owner CREATEDB")


def _psql() -> str:
    if found := shutil.which("psql"):
        return found
    own: Path = installed_server() / "bin" / "psql"
    if own.exists():
        return str(own)
    raise StartError("Het programma psql ontbreekt: installeer de PostgreSQL-client.")
