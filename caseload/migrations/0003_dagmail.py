"""Digests: one row a mail, so that none goes out twice."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kern.db.tenancy import TenantTable


class Migration(migrations.Migration):
    """The table and its wall."""

    dependencies = [
        ("caseload", "0002_importeren"),
        ("toegang", "0004_trail_not_fooled"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dagmail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[("dag", "Dagmail"), ("week", "Weekmail van de leidinggevende")],
                        max_length=10,
                    ),
                ),
                ("dag", models.DateField()),
                ("aantal", models.PositiveIntegerField()),
                ("aangemaakt_at", models.DateTimeField()),
                ("verzonden_at", models.DateTimeField(blank=True, null=True)),
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
                        fields=("bestuur", "gebruiker", "soort", "dag"),
                        name="dagmail_eenmaal",
                        violation_error_message="Deze mail is al verstuurd.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", ["dag", "week"])),
                        name="dagmail_soort_bekend",
                        violation_error_message="Kies een soort uit de lijst.",
                    ),
                ],
            },
        ),
        TenantTable("caseload_dagmail", client=False),
    ]
