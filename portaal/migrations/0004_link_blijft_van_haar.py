"""A link and a stay never change whose they are, nor which secret opens them."""

from django.db import migrations

from kern.db.tenancy import APP

CHANGES = {
    "portaal_portaallink": (
        "bericht_id, ingetrokken_at, pogingen, geblokkeerd_at, laatst_gebruikt_at, "
        "bevestiging_hash, bevestiging_tot"
    ),
    "portaal_portaalsessie": "taal, gezien_at, geeindigd_at",
}


class Migration(migrations.Migration):
    """Let the application write only what happens to them."""

    dependencies = [("portaal", "0003_woorden")]

    operations = [
        migrations.RunSQL(
            [
                statement
                for table, columns in CHANGES.items()
                for statement in (
                    f"REVOKE UPDATE ON {table} FROM {APP}",
                    f"GRANT UPDATE ({columns}) ON {table} TO {APP}",
                )
            ],
            [
                statement
                for table, columns in CHANGES.items()
                for statement in (
                    f"REVOKE UPDATE ({columns}) ON {table} FROM {APP}",
                    f"GRANT UPDATE ON {table} TO {APP}",
                )
            ],
        )
    ]
