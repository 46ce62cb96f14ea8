"""The catalogue of the database: no table with client data lacks wall, key or trail."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = [pytest.mark.django_db, pytest.mark.database]

# Tables that hold a bestuur but no client data, and are read before a scope exists.
OPEN = {
    "toegang_aanstelling": "decides where somebody works, so it is read before the scope is set",
}
# Written by the database or append-only: walls yes, trail of their own no.
TRAILS = {"toegang_gebeurtenis", "toegang_inzage", "portaal_portaalgebruik"}
# Computed rows: rebuilt from facts at any time.
DERIVED = {
    "trajecten_signaal": "recomputed each night and at each change",
    "trajecten_concept": "unsent words of one person: sealed, and gone within a week",
    "caseload_importinhoud": "the sealed bytes of a list, wiped some time after it was taken in",
    "caseload_importrij": "verdicts on the rows of a list, read from it at any time",
}

# Health, justice and debts: a transaction asks for these by name (docs/beveiliging.md).
SENSITIVE = {"clienten_gevoeligedrempel"}


def rows(statement: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def tables_with(column: str) -> set[str]:
    found = rows(
        "SELECT table_name FROM information_schema.columns c "
        "JOIN pg_class k ON k.relname = c.table_name AND k.relkind = 'r' "
        "WHERE table_schema = 'public' AND column_name = %s",
        column,
    )
    return {name for (name,) in found}


def tenant_tables() -> set[str]:
    return tables_with("bestuur_id") - set(OPEN)


def test_every_table_with_a_client_has_a_bestuur():
    assert tables_with("client_id") <= tables_with("bestuur_id")


def test_row_security_is_forced_on_every_tenant_table():
    secured = {
        name
        for (name,) in rows(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        )
    }
    assert tenant_tables() <= secured


def test_every_policy_of_the_application_names_the_scope():
    policies = rows(
        "SELECT tablename, policyname, coalesce(qual, '') || coalesce(with_check, '') "
        "FROM pg_policies WHERE 'activering_app' = ANY (roles)"
    )
    assert tenant_tables() <= {table for table, _, _ in policies}
    assert [name for _, name, rule in policies if "app.bestuur" not in rule] == []
    for_everyone = rows("SELECT policyname FROM pg_policies WHERE 'public' = ANY (roles)")
    assert for_everyone == []


def test_what_is_sensitive_stands_behind_a_second_wall():
    """And only there: another policy on the table would be a way around."""
    policies = rows(
        "SELECT tablename, coalesce(qual, ''), coalesce(with_check, '') FROM pg_policies"
    )
    behind = {table for table, qual, _ in policies if "app.gevoelig" in qual}
    assert behind == SENSITIVE
    for table, qual, check in policies:
        if table in SENSITIVE:
            assert "app.gevoelig" in qual, table
            assert "app.gevoelig" in check, table


def test_a_row_can_only_point_at_a_client_of_its_own_bestuur():
    keys = {
        table
        for (table,) in rows(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' "
            "AND confrelid = 'clienten_client'::regclass AND array_length(conkey, 1) = 2"
        )
    }
    assert tables_with("client_id") - {"toegang_gebeurtenis"} <= keys


def test_every_key_between_rows_of_a_client_carries_the_bestuur():
    """A plain key alone would let a row point into another bestuur: keys ignore policies."""
    tenants = tenant_tables() - TRAILS
    keys = rows(
        "SELECT conrelid::regclass::text, confrelid::regclass::text, "
        "  (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute "
        "   WHERE attrelid = conrelid AND attnum = ANY (conkey)) "
        "FROM pg_constraint WHERE contype = 'f'"
    )
    between = [(a, b, set(columns)) for a, b, columns in keys if a in tenants and b in tenants]
    plain = {(a, b, next(iter(columns))) for a, b, columns in between if len(columns) == 1}
    covered = {
        (a, b, column)
        for a, b, columns in between
        if "bestuur_id" in columns
        for column in columns - {"bestuur_id"}
    }
    assert plain - covered == set()


def test_every_tenant_table_leaves_a_trail():
    events = rows(
        "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger t "
        "JOIN pg_proc p ON p.oid = t.tgfoid AND p.proname = 'toegang_audit' "
        "WHERE tgenabled = 'O' GROUP BY 1"
    )
    recorded = {table for table, count in events if count == 3}
    assert tenant_tables() - TRAILS - set(DERIVED) <= recorded
    assert {"toegang_gebruiker", "toegang_aanstelling"} <= recorded


def test_the_trail_belongs_to_a_role_that_nobody_signs_in_as():
    (owner, definer, path) = rows(
        "SELECT pg_get_userbyid(proowner), prosecdef, proconfig FROM pg_proc "
        "WHERE proname = 'toegang_audit'"
    )[0]
    assert (owner, definer) == ("activering_audit", True)
    assert path == ["search_path=pg_catalog, pg_temp"]
    assert rows("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'activering_audit'") == [(False,)]


def test_the_application_role_is_small():
    assert rows("SELECT current_user") == [("activering_app",)]
    (flags,) = rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
        "WHERE rolname = 'activering_app'"
    )
    assert flags == (False, False, False, False)
    assert rows("SELECT relname FROM pg_class WHERE relowner = 'activering_app'::regrole") == []
    too_much = rows(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants "
        "WHERE grantee = 'activering_app' "
        "AND privilege_type IN ('TRUNCATE', 'TRIGGER', 'REFERENCES')"
    )
    assert too_much == []


def test_unique_rules_never_tell_of_another_bestuur():
    """A unique constraint ignores policies: without the bestuur it tells that a value exists."""
    found = rows(
        "SELECT c.conname FROM pg_constraint c WHERE c.contype = 'u' "
        "AND c.conrelid::regclass::text = ANY (%s) AND NOT EXISTS ("
        "  SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)"
        "  AND (a.attname = 'bestuur_id' OR a.attname LIKE '%%\\_id'))",
        sorted(tenant_tables()),
    )
    assert found == []


def test_every_model_with_a_bestuur_is_reached_through_visible_to():
    missing = [
        model.__name__
        for model in apps.get_models()
        if any(field.name == "bestuur" for field in model._meta.fields)
        and not hasattr(model._default_manager, "visible_to")
    ]
    assert missing == []
