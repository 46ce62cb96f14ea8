"""The walls around reports and bundles, and the freezing of a finished report."""

from django.db import migrations

from kern.db.tenancy import APP, TenantTable

# Whoever needs other words makes a new report; also the owner of the file cannot rewrite this one.
FROZEN = [
    """
    CREATE FUNCTION rapporten_verslag_bevroren() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a finished report is never changed' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'verslag_bevroren';
    END $$
    """,
    "CREATE TRIGGER verslag_bevroren BEFORE UPDATE OR DELETE ON rapporten_verslag "
    "FOR EACH ROW WHEN (OLD.status = 'klaar') EXECUTE FUNCTION rapporten_verslag_bevroren()",
    f"REVOKE DELETE ON rapporten_verslag, rapporten_bundel FROM {APP}",
]
THAWED = [
    f"GRANT DELETE ON rapporten_verslag, rapporten_bundel TO {APP}",
    "DROP TRIGGER verslag_bevroren ON rapporten_verslag",
    "DROP FUNCTION rapporten_verslag_bevroren()",
]


class Migration(migrations.Migration):
    """Row-level security, composite keys, audit triggers and the freeze."""

    dependencies = [("rapporten", "0001_initial"), ("trajecten", "0002_walls")]

    operations = [
        TenantTable("rapporten_bundel", client=False),
        TenantTable("rapporten_verslag", parents={"traject_id": "trajecten_traject"}),
        migrations.RunSQL(
            "ALTER TABLE rapporten_verslag ADD CONSTRAINT rapporten_verslag_bundel_eigen "
            "FOREIGN KEY (bestuur_id, bundel_id) REFERENCES rapporten_bundel (bestuur_id, id)",
            "ALTER TABLE rapporten_verslag DROP CONSTRAINT rapporten_verslag_bundel_eigen",
        ),
        migrations.RunSQL(FROZEN, THAWED),
    ]
