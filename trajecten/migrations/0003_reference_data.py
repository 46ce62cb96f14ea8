"""The instruments and the dated rules of the law, as this release knows them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from trajecten.seeding import seed


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the rows through the connection that migrates."""
    seed(
        apps.get_model("trajecten", "Instrument"),
        apps.get_model("trajecten", "Regel"),
        using=schema_editor.connection.alias,
    )


class Migration(migrations.Migration):
    """Rows only; later releases bring theirs with `manage.py referentie`."""

    dependencies = [("trajecten", "0002_walls")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
