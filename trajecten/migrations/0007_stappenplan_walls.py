"""The walls around the plan, and what of it never changes once it is written."""

from django.db import migrations

from kern.db.tenancy import APP, AppendOnly, TenantTable

DOEL = {"doel_id": "trajecten_doel"}
TRAJECT = {"traject_id": "trajecten_traject"}
# When a version came and went is written later; what was agreed never changes.
FROZEN = [
    f"REVOKE UPDATE, DELETE ON trajecten_planversie FROM {APP}",
    f"GRANT UPDATE (van_kracht_at, vervangen_at, ingetrokken_at) ON trajecten_planversie TO {APP}",
]
# A version comes into force only when both sides agreed to it.
BOTH_AGREED = [
    """
    CREATE FUNCTION trajecten_planversie_beide_akkoord() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT count(DISTINCT a.stem) FROM trajecten_akkoord a
            WHERE a.bestuur_id = NEW.bestuur_id AND a.planversie_id = NEW.id) < 2 THEN
            RAISE EXCEPTION 'both sides agree first' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'planversie_beide_akkoord';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER planversie_beide_akkoord BEFORE INSERT OR UPDATE OF van_kracht_at "
    "ON trajecten_planversie FOR EACH ROW WHEN (NEW.van_kracht_at IS NOT NULL) "
    "EXECUTE FUNCTION trajecten_planversie_beide_akkoord()",
]


class Migration(migrations.Migration):
    """Row-level security, composite keys, trail, and rows that are written once."""

    dependencies = [("trajecten", "0006_stappenplan")]

    operations = [
        TenantTable("trajecten_stappenplan"),
        TenantTable("trajecten_doel", parents=TRAJECT),
        TenantTable("trajecten_stap", parents={**DOEL, **TRAJECT}),
        TenantTable("trajecten_reactie", parents={**DOEL, "stap_id": "trajecten_stap"}),
        TenantTable("trajecten_planversie", masked=["inhoud"]),
        TenantTable("trajecten_akkoord", parents={"planversie_id": "trajecten_planversie"}),
        TenantTable(
            "trajecten_akkoordscan",
            parents={"akkoord_id": "trajecten_akkoord"},
            masked=["inhoud"],
        ),
        AppendOnly("trajecten_reactie"),
        AppendOnly("trajecten_akkoord"),
        AppendOnly("trajecten_akkoordscan"),
        migrations.RunSQL(
            FROZEN,
            [
                f"REVOKE UPDATE (van_kracht_at, vervangen_at, ingetrokken_at) "
                f"ON trajecten_planversie FROM {APP}",
                f"GRANT UPDATE, DELETE ON trajecten_planversie TO {APP}",
            ],
        ),
        migrations.RunSQL(
            BOTH_AGREED,
            [
                "DROP TRIGGER planversie_beide_akkoord ON trajecten_planversie",
                "DROP FUNCTION trajecten_planversie_beide_akkoord()",
            ],
        ),
    ]
