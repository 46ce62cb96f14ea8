"""The scope of a transaction: which bestuur counts, who acts, and whether the sensitive
compartment stands open. Without it no row is seen.

Settings are local to the transaction (`set_config(…, true)`), so a pooled connection can never
carry one request's scope into the next.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from psycopg.pq import TransactionStatus

BESTUUR = "app.bestuur"
ACTOR = "app.actor"
ACT = "app.handeling"
SENSITIVE = "app.gevoelig"


class NoTransaction(RuntimeError):
    """A scope was asked for outside a transaction; it would not have lasted."""


def set_local(values: dict[str, str], *, using: str = "default") -> dict[str, str]:
    """Set local settings in one round trip; return what they were before."""
    connection = connections[using]
    if not connection.in_atomic_block:
        raise NoTransaction("A scope needs a transaction.")
    names = list(values)
    reads = ", ".join("coalesce(current_setting(%s, true), '')" for _ in names)
    writes = ", ".join("set_config(%s, %s, true)" for _ in names)
    pairs = [part for name in names for part in (name, values[name])]
    with connection.cursor() as cursor:
        # The inner row is evaluated first: old values come back, new ones are set.
        cursor.execute(
            f"WITH oud AS MATERIALIZED (SELECT ARRAY[{reads}] AS w), "  # noqa: S608
            f"nieuw AS MATERIALIZED (SELECT oud.w, ARRAY[{writes}] AS n FROM oud) "
            "SELECT w, n FROM nieuw",
            [*names, *pairs],
        )
        before: list[str] = cursor.fetchone()[0]
    return dict(zip(names, before, strict=True))


def restore_local(before: dict[str, str], *, using: str = "default") -> None:
    """Put settings back at the end of a block; a failed transaction does so by itself.

    PostgreSQL undoes local settings when it rolls back, and takes no statement before that.
    """
    connection = connections[using]
    if connection.needs_rollback or connection.connection is None:
        return
    if connection.connection.info.transaction_status == TransactionStatus.INTRANS:
        set_local(before, using=using)


@contextmanager
def scope(
    *,
    bestuur_id: int | None,
    actor_id: int | None,
    sensitive: bool = False,
    using: str = "default",
) -> Iterator[None]:
    """Let one bestuur count, and one person act, until the block ends.

    Health, justice and debts stay behind a wall of their own, also inside a scope where they
    were open: whoever needs them asks by name.
    """
    before = set_local(
        {
            BESTUUR: str(bestuur_id or ""),
            ACTOR: str(actor_id or ""),
            SENSITIVE: "1" if sensitive else "",
        },
        using=using,
    )
    try:
        yield
    finally:
        restore_local(before, using=using)
