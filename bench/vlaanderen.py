"""The data set Vlaanderen, made by COPY: 300 besturen, 250,000 clients, 600,000 trajecten.

One bestuur is Stad (12,000 clients), one is Dorp (60). Everything is invented and follows from a
seed and a day. The rows go in as the server's administrator with triggers asleep, because a
load of this size would otherwise fill the audit trail; all measuring is done as the application.
"""

import csv
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import psycopg

from bench.dossier import TABLES, Dossier, Nummers, Stad, make_dossier
from bench.omgeving import Toegang

GEMEENTEN = Path(__file__).parent / "data" / "gemeenten.csv"
STAD_NIS, STAD_CLIENTEN = "11002", 12_000
DORP_NIS, DORP_CLIENTEN = "73028", 60
CASELOAD = 40
MARK = "bench_stempel"


@dataclass(frozen=True, slots=True)
class Omvang:
    """How large the set is."""

    clienten: int = 250_000
    logboek_per_client: float = 4.0
    stappen_per_client: float = 10.6
    seed: int = 20261122

    def stamp(self, on: date) -> str:
        """Return what tells one made set from another."""
        size = f"{self.clienten}:{self.logboek_per_client}:{self.stappen_per_client}"
        return f"{size}:{self.seed}:{on}:{_source()}"


def ensure(toegang: Toegang, omvang: Omvang, *, on: date, again: bool = False) -> float | None:
    """Make the set unless the database already holds it; return the seconds it took."""
    with psycopg.connect(toegang.admin, autocommit=True) as admin:
        admin.execute(f"CREATE TABLE IF NOT EXISTS {MARK} (wat text)")
        found = admin.execute(f"SELECT wat FROM {MARK}").fetchone()
        if found and found[0] == omvang.stamp(on) and not again:
            return None
        began = time.perf_counter()
        admin.execute(f"DELETE FROM {MARK}")
        _empty(admin)
        _load(toegang, admin, omvang, on)
        admin.execute(f"INSERT INTO {MARK} VALUES (%s)", [omvang.stamp(on)])
        return time.perf_counter() - began


def _source() -> str:
    import hashlib

    digest = hashlib.sha256()
    for name in ("vlaanderen.py", "dossier.py", "plannen.py"):
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:12]


def _empty(admin: psycopg.Connection) -> None:
    tables = [
        row[0]
        for row in admin.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN "
            "('django_migrations', 'django_content_type', 'trajecten_instrument', "
            "'trajecten_regel', 'toegang_bestuur', 'toegang_gebruiker', "
            f"'toegang_samenwerkingsverband', '{MARK}')"
        )
    ]
    admin.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
    admin.execute("DELETE FROM toegang_gebruiker")
    admin.execute("DELETE FROM trajecten_regel WHERE bestuur_id IS NOT NULL")
    admin.execute("DELETE FROM toegang_bestuur")


def _load(toegang: Toegang, admin: psycopg.Connection, omvang: Omvang, on: date) -> None:
    chance = random.Random(omvang.seed)
    instrumenten = {
        code: (pk, groep)
        for pk, code, groep in admin.execute("SELECT id, code, groep FROM trajecten_instrument")
    }
    nummers = Nummers()
    with ExitStack() as stack:
        streams = {}
        for table, columns in TABLES.items():
            connection = stack.enter_context(psycopg.connect(toegang.admin))
            connection.execute("SET session_replication_role = replica")
            connection.execute("SET synchronous_commit = off")
            cursor = stack.enter_context(connection.cursor())
            streams[table] = stack.enter_context(
                cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN")
            )
        for stad, aantal in besturen(omvang.clienten, chance):
            dossier = Dossier()
            stad.write(dossier, nummers, max(1, round(aantal / CASELOAD)))
            for _ in range(aantal):
                make_dossier(dossier, stad, nummers, instrumenten, on, omvang, chance)
                if dossier.size > 2_000:
                    dossier.flush(streams)
            dossier.flush(streams)
    for table in TABLES:
        admin.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
        )
    admin.execute("VACUUM (ANALYZE)")


def besturen(clienten: int, chance: random.Random) -> Iterator[tuple[Stad, int]]:
    """Yield each bestuur with its number of clients, in proportion to its inhabitants."""
    with GEMEENTEN.open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    vast = {STAD_NIS: STAD_CLIENTEN, DORP_NIS: DORP_CLIENTEN}
    schaal = clienten / 250_000
    vast = {nis: round(aantal * schaal) if schaal < 1 else aantal for nis, aantal in vast.items()}
    rest = clienten - sum(vast.values())
    inwoners = sum(int(row["inwoners"]) for row in rows if row["nis_code"] not in vast)
    te_verdelen, gezien = rest, 0
    for pk, row in enumerate(rows, start=1):
        nis = row["nis_code"]
        if nis in vast:
            aantal = vast[nis]
        else:
            gezien += int(row["inwoners"])
            aantal = round(rest * gezien / inwoners) - (rest - te_verdelen)
            te_verdelen -= aantal
        yield Stad(pk, nis, row["gemeente"], row["postcode"]), aantal


def dag(on: date, terug: int) -> date:
    """Return a day before or after the day of the set."""
    return on - timedelta(days=terug)


def sizes(toegang: Toegang) -> dict[str, int]:
    """Return how many rows each table holds."""
    with psycopg.connect(toegang.admin) as admin:
        return {
            table.partition("_")[2]: admin.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in TABLES
        }
