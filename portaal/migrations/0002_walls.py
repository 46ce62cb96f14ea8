"""The walls around links, sessions and what happened at the door."""

from django.db import migrations

from kern.db.tenancy import APP, AppendOnly, TenantTable

LINK = {"link_id": "portaal_portaallink"}


class Migration(migrations.Migration):
    """Row-level security, composite keys and audit triggers; a log that only grows."""

    dependencies = [("portaal", "0001_initial"), ("clienten", "0004_bericht_walls")]

    operations = [
        TenantTable(
            "portaal_portaallink",
            parents={"bericht_id": "clienten_bericht"},
            masked=[
                "token_hash",
                "code_hash",
                "pogingen",
                "laatst_gebruikt_at",
                "bevestiging_hash",
                "bevestiging_tot",
            ],
        ),
        TenantTable("portaal_portaalsessie", parents=LINK, masked=["geheim_hash", "gezien_at"]),
        # A trail of its own: the worker and the client read it.
        TenantTable("portaal_portaalgebruik", parents=LINK, derived=True),
        AppendOnly("portaal_portaalgebruik"),
        migrations.RunSQL(
            f"REVOKE DELETE ON portaal_portaallink, portaal_portaalsessie FROM {APP}",
            f"GRANT DELETE ON portaal_portaallink, portaal_portaalsessie TO {APP}",
        ),
    ]
