"""A database of its own on the project's server, with its ordinary settings."""

import os
import platform
import time
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import psycopg

DATABASE = "activering_bench"


@dataclass(frozen=True, slots=True)
class Toegang:
    """Addresses of the bench database: as the server's administrator and as the application."""

    admin: str
    app: str


def prepare() -> Toegang:
    """Start or find the server, make the database, migrate it, and set up Django as the app."""
    # First of all: importing the project settles which settings count.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "activering.settings.dev")
    from activering.start.environment import offer_secrets
    from activering.start.postgres import EmbeddedPostgres
    from activering.start.roles import bootstrap

    var, secrets = offer_secrets()
    admin_url = os.environ.get("DATABASE_ADMIN_URL") or EmbeddedPostgres(var, secrets).acquire()
    urls = bootstrap(admin_url, DATABASE, secrets=secrets)
    os.environ["DATABASE_URL"] = urls.app
    os.environ["DATABASE_OWNER_URL"] = urls.owner
    os.environ["PGAPPNAME"] = f"bench-{os.getpid()}"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    call_command("referentie", stdout=StringIO(), skip_checks=True)
    parameters = psycopg.conninfo.conninfo_to_dict(admin_url) | {"dbname": DATABASE}
    return Toegang(admin=psycopg.conninfo.make_conninfo("", **parameters), app=urls.app)


def cpu_seconds() -> float | None:
    """Return the processor time of this process and of the server processes that work for it.

    Unlike the clock on the wall it does not count what neighbours do on the same machine.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
            "AND usename = current_user AND application_name = %s",
            [os.environ["PGAPPNAME"]],
        )
        pids = [row[0] for row in cursor.fetchall()]
    try:
        return time.process_time() + sum(_cpu_of(pid) for pid in pids)
    except OSError:
        return None


def _cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = int(fields[11]), int(fields[12])
    return (user + system) / os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, str]:
    """Return what the figures were measured on."""
    processor = "onbekend"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            processor = line.partition(":")[2].strip()
            break
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    return {
        "processor": processor,
        "kernen": str(os.cpu_count()),
        "python": platform.python_version(),
        "postgresql": server,
    }
