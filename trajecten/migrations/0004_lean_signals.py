"""Signals keep their composite keys only: fewer keys and indexes to write each night."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Keys and indexes that the composite ones make needless."""

    dependencies = [
        ("clienten", "0002_walls"),
        ("toegang", "0003_alter_inzage_grond"),
        ("trajecten", "0003_reference_data"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signaal",
            name="bestuur",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="toegang.bestuur",
            ),
        ),
        migrations.AlterField(
            model_name="signaal",
            name="client",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signalen",
                to="clienten.client",
            ),
        ),
        migrations.AlterField(
            model_name="signaal",
            name="traject",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="signalen",
                to="trajecten.traject",
            ),
        ),
    ]
