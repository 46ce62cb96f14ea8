"""Migration operations that make a table safe: walls, keys and trail in one line."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.migrations.operations import RunSQL

APP = "activering_app"
AUDIT = "activering_audit"
SCOPE = "(SELECT nullif(current_setting('app.bestuur', true), '')::bigint)"
# The second wall: only a transaction that named it sees the sensitive compartment.
SENSITIVE = "(SELECT current_setting('app.gevoelig', true) = '1')"


def _policy(table: str, *, sensitive: bool) -> tuple[list[Any], list[Any]]:
    rule = f"bestuur_id = {SCOPE}" + (f" AND {SENSITIVE}" if sensitive else "")
    forward = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY {table}_bestuur ON {table} TO {APP} USING ({rule}) WITH CHECK ({rule})",
    ]
    backward = [
        f"DROP POLICY {table}_bestuur ON {table}",
        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
    ]
    return forward, backward


def _audit(table: str, masked: Sequence[str]) -> tuple[list[Any], list[Any]]:
    arguments = ", ".join(f"'{column}'" for column in masked)
    events = {
        "insert": "REFERENCING NEW TABLE AS nieuw",
        "update": "REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw",
        "delete": "REFERENCING OLD TABLE AS oud",
    }
    forward = [
        f"CREATE TRIGGER {table}_audit_{event} AFTER {event.upper()} ON {table} {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION toegang_audit({arguments})"
        for event, tables in events.items()
    ]
    return forward, [f"DROP TRIGGER {table}_audit_{event} ON {table}" for event in events]


class TenantTable(RunSQL):
    """Make a table with client data correct.

    Row-level security is forced; the key (bestuur_id, id) lets other tables point at a row of
    the same bestuur only; `client_id` and the columns of `parents` become such composite keys;
    the trail records every change. `parents` maps a column to its table; a parent that has a
    client must have the same client. `masked` columns are left out of the trail.
    `derived=True` is for computed tables, which can be rebuilt and need no trail.
    `sensitive=True` puts a second wall around the table: the transaction must have asked for the
    sensitive compartment by name.
    """

    def __init__(
        self,
        table: str,
        *,
        client: bool = True,
        parents: Mapping[str, str] | None = None,
        masked: Sequence[str] = (),
        derived: bool = False,
        sensitive: bool = False,
    ) -> None:
        forward: list[Any] = [
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_eigen UNIQUE (bestuur_id, id)"
        ]
        backward = [f"ALTER TABLE {table} DROP CONSTRAINT {table}_eigen CASCADE"]
        if client:
            forward += [
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_client_eigen "
                "FOREIGN KEY (bestuur_id, client_id) REFERENCES clienten_client (bestuur_id, id)",
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_eigen_client "
                "UNIQUE (bestuur_id, client_id, id)",
            ]
            backward.append(f"ALTER TABLE {table} DROP CONSTRAINT {table}_client_eigen")
        for column, parent in (parents or {}).items():
            forward.append(
                f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_eigen "
                f"FOREIGN KEY (bestuur_id, client_id, {column}) "
                f"REFERENCES {parent} (bestuur_id, client_id, id)"
            )
            backward.append(f"ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_eigen")
        for part in [_policy(table, sensitive=sensitive)] + (
            [] if derived else [_audit(table, masked)]
        ):
            forward += part[0]
            backward += part[1]
        super().__init__(sql=forward, reverse_sql=list(reversed(backward)), elidable=False)


class AuditOnly(RunSQL):
    """Let the trail record a table without client data: accounts, rules."""

    def __init__(self, table: str, *, masked: Sequence[str] = ()) -> None:
        forward, backward = _audit(table, masked)
        super().__init__(sql=forward, reverse_sql=backward, elidable=False)


class AppendOnly(RunSQL):
    """Take the right to change or remove rows from the application role."""

    def __init__(self, table: str) -> None:
        super().__init__(
            sql=f"REVOKE UPDATE, DELETE ON {table} FROM {APP}",
            reverse_sql=f"GRANT UPDATE, DELETE ON {table} TO {APP}",
        )


class Redactable(RunSQL):
    """Name the texts of a table from which words may be taken out (`toegang_redigeer`).

    The audit role may change just these columns, within the scope; the grant itself is the list.
    A table that already had such texts gets more of them with `further=True`.
    """

    def __init__(self, table: str, *columns: str, further: bool = False) -> None:
        named = ", ".join(columns)
        rule = f"bestuur_id = {SCOPE}"
        if further:
            rights = f"SELECT ({named}), UPDATE ({named}) ON {table}"
            super().__init__(
                sql=f"GRANT {rights} TO {AUDIT}", reverse_sql=f"REVOKE {rights} FROM {AUDIT}"
            )
            return
        super().__init__(
            sql=[
                f"GRANT SELECT (id, bestuur_id, client_id, {named}), UPDATE ({named}) "
                f"ON {table} TO {AUDIT}",
                f"CREATE POLICY {table}_zoeken ON {table} FOR SELECT TO {AUDIT} USING ({rule})",
                f"CREATE POLICY {table}_redigeren ON {table} FOR UPDATE TO {AUDIT} "
                f"USING ({rule}) WITH CHECK ({rule})",
            ],
            reverse_sql=[
                f"DROP POLICY {table}_redigeren ON {table}",
                f"DROP POLICY {table}_zoeken ON {table}",
                f"REVOKE SELECT (id, bestuur_id, client_id, {named}), UPDATE ({named}) "  # noqa: S608
                f"ON {table} FROM {AUDIT}",
            ],
        )
