"""No row points at a signal: the keys that would let one do so only slow the writing."""

from django.db import migrations

TABLE = "trajecten_signaal"


class Migration(migrations.Migration):
    """The wall and the keys towards client and traject stay."""

    dependencies = [("trajecten", "0004_lean_signals")]

    operations = [
        migrations.RunSQL(
            [
                f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_eigen",
                f"ALTER TABLE {TABLE} DROP CONSTRAINT {TABLE}_eigen_client",
            ],
            [
                f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_eigen UNIQUE (bestuur_id, id)",
                f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_eigen_client "
                "UNIQUE (bestuur_id, client_id, id)",
            ],
        )
    ]
