"""The walls around messages."""

from django.db import migrations

from kern.db.tenancy import APP, TenantTable


class Migration(migrations.Migration):
    """Row-level security, composite keys and audit triggers."""

    dependencies = [("clienten", "0003_bericht"), ("toegang", "0004_trail_not_fooled")]

    operations = [
        TenantTable("clienten_bericht", masked=["naar", "tekst", "sleutel", "bezig_sinds"]),
        migrations.RunSQL(
            f"REVOKE DELETE ON clienten_bericht FROM {APP}",
            f"GRANT DELETE ON clienten_bericht TO {APP}",
        ),
    ]
