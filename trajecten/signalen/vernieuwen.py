"""One statement per bestuur: what must be there is computed, and only differences are written."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from toegang.scope import in_bestuur
from trajecten.queries import regels_voor
from trajecten.rules.termijn import RegelRij
from trajecten.signalen.definities import DEFINITIES
from trajecten.signalen.feiten import FEITEN
from trajecten.signalen.schalen import parameters

if TYPE_CHECKING:
    from clienten.models import Client

# The advisory lock (this number, bestuur) keeps a full run and a change of one client apart.
LOCK = 20261
_POLL_SECONDS = 0.05

WRITE = """
huidig AS MATERIALIZED (
    SELECT h.id, h.client_id, h.traject_id, h.code, h.vervaldag, h.sinds, h.fase
    FROM trajecten_signaal h WHERE h.bestuur_id = %(bestuur)s {client}
),
verschil AS MATERIALIZED (
    SELECT g.* FROM gewenst g
    LEFT JOIN huidig h ON h.client_id = g.client_id AND h.code = g.code
                      AND coalesce(h.traject_id, 0) = coalesce(g.traject_id, 0)
    WHERE h.id IS NULL
       OR (h.vervaldag, h.sinds, h.fase) IS DISTINCT FROM (g.vervaldag, g.sinds, g.fase)
),
weg AS (
    DELETE FROM trajecten_signaal s
    USING (SELECT h.id FROM huidig h
           LEFT JOIN gewenst g ON h.client_id = g.client_id AND h.code = g.code
                              AND coalesce(h.traject_id, 0) = coalesce(g.traject_id, 0)
           WHERE g.client_id IS NULL) oud
    WHERE s.id = oud.id
    RETURNING 1
),
gezet AS (
    INSERT INTO trajecten_signaal
        (bestuur_id, client_id, traject_id, code, vervaldag, sinds, fase)
    SELECT %(bestuur)s, v.client_id, v.traject_id, v.code, v.vervaldag, v.sinds, v.fase
    FROM verschil v
    ON CONFLICT ON CONSTRAINT signaal_uniek DO UPDATE
    SET vervaldag = excluded.vervaldag, sinds = excluded.sinds, fase = excluded.fase
    RETURNING (xmax = 0) AS is_nieuw
)
SELECT (SELECT count(*) FROM dossier), (SELECT count(*) FROM gewenst),
       (SELECT count(*) FROM gezet WHERE is_nieuw), (SELECT count(*) FROM gezet WHERE NOT is_nieuw),
       (SELECT count(*) FROM weg)
"""
READ = "SELECT (SELECT count(*) FROM dossier), (SELECT count(*) FROM gewenst)"


@dataclass(frozen=True, slots=True)
class Telling:
    """What a run saw and wrote."""

    clienten: int = 0
    signalen: int = 0
    nieuw: int = 0
    bijgewerkt: int = 0
    verdwenen: int = 0

    @property
    def gewijzigd(self) -> int:
        """Count the rows written."""
        return self.nieuw + self.bijgewerkt + self.verdwenen


def refresh_signalen(
    bestuur_id: int,
    *,
    on: date,
    client_id: int | None = None,
    regels: Sequence[RegelRij] | None = None,
) -> Telling:
    """Make the signals of the bestuur, or of one client, what they must be on the day.

    The caller stands in the scope of the bestuur. A second call on the same day writes nothing.
    """
    rijen = regels_voor(bestuur_id) if regels is None else regels
    values = parameters(rijen, op=on) | {"bestuur": bestuur_id, "client": client_id}
    with connection.cursor() as cursor:
        cursor.execute(statement(WRITE, one_client=client_id is not None), values)
        return Telling(*cursor.fetchone())


def refresh_client(client: "Client | int", *, on: date, bestuur_id: int | None = None) -> Telling:
    """Make the signals of one client right, in the transaction that changed a fact of hers.

    Call it as the last act of a command. A client given by key needs the bestuur beside it.
    """
    if isinstance(client, int):
        client_id, bestuur = client, bestuur_id
    else:
        client_id, bestuur = client.pk, client.bestuur_id
    if bestuur is None:
        raise ValueError("a client given by key needs its bestuur")
    if not _alone_with(bestuur, client_id):
        # A full run does not see what this transaction has not committed: once more afterwards.
        transaction.on_commit(lambda: _refresh_again(bestuur, client_id, on), robust=True)
    return refresh_signalen(bestuur, on=on, client_id=client_id)


@cache
def statement(end: str, *, one_client: bool = False) -> str:
    """Return the whole statement, for a bestuur or for one client."""
    gewenst = "\nUNION ALL\n".join(
        "SELECT x.client_id, x.traject_id, "
        f"'{code.value}' AS code, x.vervaldag, x.sinds, x.fase::smallint AS fase "
        f"FROM ({select}) AS x(client_id, traject_id, vervaldag, sinds, fase)"
        for code, select in DEFINITIES.items()
    )
    whole = f"WITH {FEITEN},\ngewenst AS MATERIALIZED ({gewenst})"
    whole += ("," if end == WRITE else "\n") + end
    narrow = "AND client_id = %(client)s" if one_client else ""
    return whole.replace("{client}", narrow).replace(
        "{eigen}", "AND c.id = %(client)s" if one_client else ""
    )


def take_turn(bestuur_id: int, *, patience: float = 3.0) -> bool:
    """Take the lock of a full run until the transaction ends, if it comes free soon.

    It is asked for again and again instead of waited for: who waits stands in the way of others.
    """
    deadline = time.monotonic() + patience
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, bestuur_id])
            if cursor.fetchone()[0]:
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)


def _alone_with(bestuur_id: int, client_id: int) -> bool:
    """Serialise changes of one client; tell whether no full run is under way besides."""
    with connection.cursor() as cursor:
        # No key lock: rows that point at the client may still be added by others.
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock_shared(%s, %s) FROM clienten_client "
            "WHERE id = %s AND bestuur_id = %s FOR NO KEY UPDATE",
            [LOCK, bestuur_id, client_id, bestuur_id],
        )
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row is not None and bool(row[0])


def _refresh_again(bestuur_id: int, client_id: int, on: date) -> None:
    with in_bestuur(bestuur_id):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCK, bestuur_id])
        refresh_signalen(bestuur_id, on=on, client_id=client_id)
