"""Named views of lists, each for one person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kern.db.tenancy import TenantTable


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("toegang", "0003_alter_inzage_grond"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Weergave",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lijst",
                    models.CharField(
                        choices=[("clienten", "Cliënten"), ("trajecten", "Trajecten")],
                        max_length=20,
                    ),
                ),
                ("naam", models.CharField(max_length=60, verbose_name="naam")),
                ("filters", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "bestuur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.bestuur",
                    ),
                ),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bestuur", "gebruiker", "lijst", "naam"),
                        name="weergave_naam_uniek",
                        violation_error_message="U hebt al een weergave met die naam.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("naam", ""), _negated=True),
                            ("lijst__in", ["clienten", "trajecten"]),
                        ),
                        name="weergave_heeft_naam",
                        violation_error_message="Geef de weergave een naam.",
                    ),
                ],
            },
        ),
        TenantTable("caseload_weergave", client=False),
    ]
