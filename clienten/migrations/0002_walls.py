"""The walls around each table with client data."""

from django.db import migrations

from kern.db.tenancy import TenantTable


class Migration(migrations.Migration):
    """Row-level security, composite keys and audit triggers."""

    dependencies = [("clienten", "0001_initial"), ("toegang", "0002_audit_trail")]

    operations = [
        TenantTable("clienten_client", client=False),
        TenantTable("clienten_insznummer", masked=["cijfer", "zoeksleutel"]),
        TenantTable("clienten_statuut"),
        TenantTable("clienten_toewijzing"),
        TenantTable("clienten_machtiging"),
        TenantTable("clienten_vdabinschrijving"),
        migrations.RunSQL(
            "ALTER TABLE toegang_inzage ADD CONSTRAINT inzage_client_eigen "
            "FOREIGN KEY (bestuur_id, client_id) REFERENCES clienten_client (bestuur_id, id)",
            "ALTER TABLE toegang_inzage DROP CONSTRAINT inzage_client_eigen",
        ),
    ]
