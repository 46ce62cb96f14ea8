"""Lists on their way in, with their walls."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kern.db.tenancy import TenantTable


def _of_lijst(table: str) -> migrations.RunSQL:
    """Let a row point at an import of its own bestuur only."""
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_lijst_eigen "
        "FOREIGN KEY (bestuur_id, lijst_id) REFERENCES caseload_import (bestuur_id, id)",
        f"ALTER TABLE {table} DROP CONSTRAINT {table}_lijst_eigen",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("caseload", "0001_weergave"),
        ("clienten", "0002_walls"),
        ("toegang", "0003_alter_inzage_grond"),
        ("trajecten", "0003_reference_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bestandsnaam", models.CharField(max_length=200, verbose_name="bestand")),
                ("sha256", models.CharField(max_length=64)),
                ("grootte", models.PositiveIntegerField()),
                ("op", models.DateField(verbose_name="op")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("geladen", "Kolommen kiezen"),
                            ("gekoppeld", "Wordt gelezen"),
                            ("voorbeeld", "Na te kijken"),
                            ("bezig", "Wordt overgenomen"),
                            ("onderbroken", "Gestopt"),
                            ("klaar", "Overgenomen"),
                            ("terugdraaien", "Wordt teruggedraaid"),
                            ("teruggedraaid", "Teruggedraaid"),
                            ("mislukt", "Mislukt"),
                        ],
                        default="geladen",
                        max_length=20,
                    ),
                ),
                ("koppeling", models.JSONField(blank=True, default=dict)),
                ("opmerkingen", models.JSONField(blank=True, default=list)),
                ("tellers", models.JSONField(blank=True, default=dict)),
                ("rijen", models.PositiveIntegerField(default=0)),
                ("verwerkt", models.PositiveIntegerField(default=0)),
                ("te_verwerken", models.PositiveIntegerField(default=0)),
                ("fout", models.CharField(blank=True, default="", max_length=300)),
                ("created_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("gezien_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("gewist_at", models.DateTimeField(blank=True, null=True)),
                (
                    "bestuur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.bestuur",
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Importinhoud",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bestand", models.BinaryField()),
                ("voorbeeld", models.BinaryField()),
                (
                    "bestuur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.bestuur",
                    ),
                ),
                (
                    "lijst",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inhoud",
                        to="caseload.import",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Importrij",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nummer", models.PositiveIntegerField(verbose_name="rij")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("aanvaard", "Aanvaard"),
                            ("geweigerd", "Geweigerd"),
                            ("toegepast", "Overgenomen"),
                            ("dubbel", "Stond er al"),
                            ("teruggedraaid", "Teruggedraaid"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "gevolg",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nieuw", "Nieuwe cliënt"),
                            ("traject", "Traject erbij"),
                            ("aangevuld", "Aangevuld"),
                            ("ongewijzigd", "Ongewijzigd"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("redenen", models.JSONField(blank=True, default=list)),
                ("opmerkingen", models.JSONField(blank=True, default=list)),
                ("inhoud", models.BinaryField(default=b"")),
                ("uiterste_dag", models.DateField(blank=True, null=True)),
                ("gemaakt", models.JSONField(blank=True, default=dict)),
                ("transactie", models.BigIntegerField(blank=True, null=True)),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="clienten.client",
                    ),
                ),
                (
                    "lijst",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="importrijen",
                        to="caseload.import",
                    ),
                ),
                (
                    "traject",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="trajecten.traject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Kolomkoppeling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kop", models.CharField(max_length=200, verbose_name="titel van de kolom")),
                (
                    "veld",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="gegeven"),
                ),
                (
                    "bestuur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.bestuur",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["bestuur", "-created_at"], name="import_lijst"),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "geladen",
                            "gekoppeld",
                            "voorbeeld",
                            "bezig",
                            "onderbroken",
                            "klaar",
                            "terugdraaien",
                            "teruggedraaid",
                            "mislukt",
                        ],
                    )
                ),
                name="import_status_bekend",
                violation_error_message="Deze stand van een import bestaat niet.",
            ),
        ),
        migrations.AddIndex(
            model_name="importrij",
            index=models.Index(fields=["lijst", "status", "nummer"], name="importrij_status"),
        ),
        migrations.AddConstraint(
            model_name="importrij",
            constraint=models.UniqueConstraint(
                fields=("lijst", "nummer"),
                name="importrij_uniek",
                violation_error_message="Deze rij is al gelezen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrij",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "geweigerd"), _negated=True),
                    models.Q(("redenen", []), _negated=True),
                    _connector="OR",
                ),
                name="importrij_geweigerd_heeft_reden",
                violation_error_message="Zeg waarom de rij geweigerd is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="kolomkoppeling",
            constraint=models.UniqueConstraint(
                fields=("bestuur", "kop"),
                name="kolomkoppeling_uniek",
                violation_error_message="Deze titel is al onthouden.",
            ),
        ),
        TenantTable("caseload_import", client=False),
        TenantTable("caseload_kolomkoppeling", client=False),
        # Sealed bytes and verdicts on them: read again from the file at any time, wiped afterwards.
        TenantTable("caseload_importinhoud", client=False, derived=True),
        TenantTable(
            "caseload_importrij", parents={"traject_id": "trajecten_traject"}, derived=True
        ),
        _of_lijst("caseload_importinhoud"),
        _of_lijst("caseload_importrij"),
    ]
