"""What was decided halfway, hanging on the review in which it was decided."""

import django.db.models.deletion
from django.db import migrations, models

from kern.db.tenancy import TenantTable


class Migration(migrations.Migration):
    """A table of decisions, with its walls."""

    dependencies = [
        ("clienten", "0006_deling"),
        ("toegang", "0006_redigeren"),
        ("trajecten", "0014_meer_teksten_te_redigeren"),
        ("wijkwerken", "0003_jaar_op_schrikkeldag"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tussenbesluit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "keuze",
                    models.CharField(
                        choices=[
                            ("verder", "Verder met wijk-werken"),
                            ("volgende_stap", "Naar de volgende stap"),
                        ],
                        max_length=16,
                        verbose_name="besluit",
                    ),
                ),
                (
                    "bestuur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.bestuur",
                    ),
                ),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clienten.client",
                    ),
                ),
                (
                    "evaluatie",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wijkwerk_besluit",
                        to="trajecten.evaluatie",
                    ),
                ),
                (
                    "inschrijving",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tussenbesluiten",
                        to="wijkwerken.inschrijving",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("keuze__in", ["verder", "volgende_stap"])),
                        name="tussenbesluit_bekend",
                        violation_error_message="Kies: verder, of naar de volgende stap.",
                    )
                ],
            },
        ),
        TenantTable(
            "wijkwerken_tussenbesluit",
            parents={
                "inschrijving_id": "wijkwerken_inschrijving",
                "evaluatie_id": "trajecten_evaluatie",
            },
        ),
    ]
