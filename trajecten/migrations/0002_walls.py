"""The walls around each table with client data, and the borders of instruments and rules."""

from django.db import migrations

from kern.db.tenancy import APP, SCOPE, AuditOnly, TenantTable

TRAJECT = {"traject_id": "trajecten_traject"}

# A check cannot look at another table. Incumbents imported later keep their old start day.
OPEN_INSTRUMENT = [
    """
    CREATE FUNCTION trajecten_traject_binnen_instrument() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM trajecten_instrument i
        WHERE i.id = NEW.instrument_id AND i.is_startbaar
          AND (i.geldig_van IS NULL OR i.geldig_van <= NEW.begindatum)
          AND (i.geldig_tot IS NULL OR i.geldig_tot >= NEW.begindatum);
        IF NOT FOUND THEN
            RAISE EXCEPTION 'instrument not open on the start day' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'traject_binnen_instrument';
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER traject_binnen_instrument BEFORE INSERT OR UPDATE OF begindatum, instrument_id "
    "ON trajecten_traject FOR EACH ROW EXECUTE FUNCTION trajecten_traject_binnen_instrument()",
]

# Rules for everyone are read by all; a bestuur reads and writes only its own rows besides.
REGEL = [
    "ALTER TABLE trajecten_regel ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE trajecten_regel FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY regel_lezen ON trajecten_regel FOR SELECT TO {APP} "
    f"USING (bestuur_id IS NULL OR bestuur_id = {SCOPE})",
    f"CREATE POLICY regel_toevoegen ON trajecten_regel FOR INSERT TO {APP} "
    f"WITH CHECK (bestuur_id = {SCOPE})",
    f"CREATE POLICY regel_wijzigen ON trajecten_regel FOR UPDATE TO {APP} "
    f"USING (bestuur_id = {SCOPE}) WITH CHECK (bestuur_id = {SCOPE})",
    # National rows come with a release, through the owner role only.
    "CREATE POLICY regel_uitgave ON trajecten_regel TO activering_owner "
    "USING (bestuur_id IS NULL) WITH CHECK (bestuur_id IS NULL)",
    f"REVOKE DELETE ON trajecten_regel FROM {APP}",
    f"REVOKE INSERT, UPDATE, DELETE ON trajecten_instrument FROM {APP}",
]


class Migration(migrations.Migration):
    """Row-level security, composite keys and audit triggers."""

    dependencies = [("trajecten", "0001_initial"), ("clienten", "0002_walls")]

    operations = [
        TenantTable("trajecten_traject"),
        migrations.RunSQL(
            [
                "ALTER TABLE trajecten_traject ADD CONSTRAINT traject_volgend_eigen FOREIGN KEY "
                "(bestuur_id, client_id, volgend_traject_id) "
                "REFERENCES trajecten_traject (bestuur_id, client_id, id)",
                "ALTER TABLE trajecten_traject ADD CONSTRAINT traject_groep_van_instrument "
                "FOREIGN KEY (instrument_id, groep) REFERENCES trajecten_instrument (id, groep)",
            ],
            [
                "ALTER TABLE trajecten_traject DROP CONSTRAINT traject_groep_van_instrument",
                "ALTER TABLE trajecten_traject DROP CONSTRAINT traject_volgend_eigen",
            ],
        ),
        TenantTable("trajecten_schorsing", parents=TRAJECT),
        TenantTable("trajecten_verlenging", parents=TRAJECT),
        TenantTable("trajecten_volgendestap", parents=TRAJECT),
        TenantTable("trajecten_gpmi"),
        TenantTable("trajecten_evaluatie", parents={**TRAJECT, "gpmi_id": "trajecten_gpmi"}),
        TenantTable("trajecten_logboekitem", parents=TRAJECT),
        TenantTable("trajecten_signaal", parents=TRAJECT, derived=True),
        migrations.RunSQL(
            OPEN_INSTRUMENT,
            [
                "DROP TRIGGER traject_binnen_instrument ON trajecten_traject",
                "DROP FUNCTION trajecten_traject_binnen_instrument()",
            ],
        ),
        migrations.RunSQL(REGEL, migrations.RunSQL.noop),
        AuditOnly("trajecten_regel"),
    ]
