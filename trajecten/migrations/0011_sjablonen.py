import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

from kern.db.tenancy import APP, AppendOnly, TenantTable

# A version of a template is written once; only the day it goes out of use comes later.
CLOSES = [
    f"REVOKE UPDATE, DELETE ON trajecten_sjabloon FROM {APP}",
    f"GRANT UPDATE (gesloten_at) ON trajecten_sjabloon TO {APP}",
]
# A line hangs on a template of its own bestuur, and a step on a line that stands in it.
LINES = [
    "ALTER TABLE trajecten_sjabloonregel ADD CONSTRAINT trajecten_sjabloonregel_sjabloon_eigen "
    "FOREIGN KEY (bestuur_id, sjabloon_id) REFERENCES trajecten_sjabloon (bestuur_id, id)",
    "ALTER TABLE trajecten_sjabloonregel ADD CONSTRAINT sjabloonregel_doel_bestaat "
    "FOREIGN KEY (bestuur_id, sjabloon_id, doel) "
    "REFERENCES trajecten_sjabloonregel (bestuur_id, sjabloon_id, nummer)",
]


class Migration(migrations.Migration):
    """Templates of goals and steps, and the own words of a bestuur."""

    dependencies = [
        ("toegang", "0006_redigeren"),
        ("trajecten", "0010_logboek"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sjabloon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reeks", models.CharField(max_length=32)),
                ("versie", models.PositiveIntegerField(default=1, verbose_name="versie")),
                ("naam", models.CharField(max_length=80, verbose_name="naam")),
                ("standaard", models.CharField(blank=True, default="", max_length=40)),
                ("gemaakt_at", models.DateTimeField(verbose_name="in gebruik sinds")),
                (
                    "gesloten_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="niet meer in gebruik sinds"
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
                    "gemaakt_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="trajecten.instrument",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sjabloonregel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nummer", models.PositiveSmallIntegerField(verbose_name="plaats")),
                (
                    "soort",
                    models.CharField(
                        choices=[("doel", "Doel"), ("stap", "Stap")],
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                (
                    "doel",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="hoort bij doel"
                    ),
                ),
                ("tekst", models.CharField(max_length=300, verbose_name="wat")),
                (
                    "domein",
                    models.CharField(
                        choices=[
                            ("werk", "Werk"),
                            ("opleiding", "Opleiding"),
                            ("taal", "Taal"),
                            ("gezin", "Gezin en kinderen"),
                            ("wonen", "Wonen"),
                            ("mobiliteit", "Vervoer"),
                            ("geld", "Geld en papieren"),
                            ("welzijn", "Welzijn"),
                            ("vrije_tijd", "Vrije tijd en mensen"),
                            ("ander", "Iets anders"),
                        ],
                        max_length=20,
                        verbose_name="domein",
                    ),
                ),
                (
                    "uitvoerders",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("client", "Cliënt"),
                                ("medewerker", "Begeleider"),
                                ("ocmw", "OCMW"),
                                ("partner", "Partner"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                        verbose_name="wie doet het",
                    ),
                ),
                (
                    "partner",
                    models.CharField(
                        blank=True, default="", max_length=120, verbose_name="welke partner"
                    ),
                ),
                (
                    "dagen",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="na hoeveel dagen"
                    ),
                ),
                (
                    "anker",
                    models.CharField(
                        choices=[
                            ("vandaag", "de dag van het voorstel"),
                            ("start", "de start van het traject"),
                        ],
                        default="vandaag",
                        max_length=10,
                        verbose_name="geteld vanaf",
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
                    "sjabloon",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regels",
                        to="trajecten.sjabloon",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Tekstblok",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="blok")),
                ("taal", models.CharField(max_length=2, verbose_name="taal")),
                ("versie", models.PositiveIntegerField(verbose_name="versie")),
                ("tekst", models.TextField(blank=True, verbose_name="tekst")),
                ("at", models.DateTimeField(verbose_name="geldt sinds")),
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
        migrations.AddConstraint(
            model_name="sjabloon",
            constraint=models.UniqueConstraint(
                fields=("bestuur", "reeks", "versie"),
                name="sjabloon_versie_uniek",
                violation_error_message="Iemand anders wijzigde dit sjabloon intussen. Kijk na wat er nu staat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sjabloon",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gesloten_at__isnull", True)),
                fields=("bestuur", "reeks"),
                name="sjabloon_een_in_gebruik",
                violation_error_message="Van dit sjabloon is al een versie in gebruik.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sjabloon",
            constraint=models.UniqueConstraint(
                condition=models.Q(("gesloten_at__isnull", True)),
                fields=("bestuur", "naam"),
                name="sjabloon_naam_uniek",
                violation_error_message="Er is al een sjabloon met die naam. Kies een andere naam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sjabloon",
            constraint=models.CheckConstraint(
                condition=models.Q(("naam", ""), _negated=True),
                name="sjabloon_heeft_naam",
                violation_error_message="Geef het sjabloon een naam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sjabloonregel",
            constraint=models.UniqueConstraint(
                fields=("bestuur", "sjabloon", "nummer"), name="sjabloonregel_plaats_uniek"
            ),
        ),
        migrations.AddConstraint(
            model_name="sjabloonregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort__in", ["doel", "stap"]),
                    (
                        "domein__in",
                        [
                            "werk",
                            "opleiding",
                            "taal",
                            "gezin",
                            "wonen",
                            "mobiliteit",
                            "geld",
                            "welzijn",
                            "vrije_tijd",
                            "ander",
                        ],
                    ),
                    ("anker__in", ["vandaag", "start"]),
                    ("uitvoerders__contained_by", ["client", "medewerker", "ocmw", "partner"]),
                ),
                name="sjabloonregel_woorden_bekend",
                violation_error_message="Kies uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sjabloonregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tekst", ""), _negated=True), ("uitvoerders__len__gte", 1)
                ),
                name="sjabloonregel_volledig",
                violation_error_message="Schrijf wat het is en wie het doet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sjabloonregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort", "doel"),
                    models.Q(("dagen__isnull", False), ("dagen__lte", 1095)),
                    _connector="OR",
                ),
                name="sjabloonregel_stap_heeft_dagen",
                violation_error_message="Een stap heeft een aantal dagen, hoogstens drie jaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sjabloonregel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("doel__isnull", True),
                    models.Q(("doel__lt", models.F("nummer")), ("soort", "stap")),
                    _connector="OR",
                ),
                name="sjabloonregel_doel_hoort_nergens_bij",
                violation_error_message="Een stap hoort bij een doel dat erboven staat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tekstblok",
            constraint=models.UniqueConstraint(
                fields=("bestuur", "code", "taal", "versie"),
                name="tekstblok_versie_uniek",
                violation_error_message="Iemand anders wijzigde deze tekst intussen. Kijk na wat er nu staat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tekstblok",
            constraint=models.CheckConstraint(
                condition=models.Q(("taal__in", ["nl", "fr", "en", "ar"])),
                name="tekstblok_taal_bekend",
                violation_error_message="Kies een taal uit de lijst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tekstblok",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length(models.F("tekst")), 2000
                ),
                name="tekstblok_niet_te_lang",
                violation_error_message="Schrijf hoogstens 2000 tekens.",
            ),
        ),
        TenantTable("trajecten_sjabloon", client=False),
        TenantTable("trajecten_sjabloonregel", client=False),
        TenantTable("trajecten_tekstblok", client=False),
        migrations.RunSQL(
            LINES,
            [
                "ALTER TABLE trajecten_sjabloonregel DROP CONSTRAINT sjabloonregel_doel_bestaat",
                "ALTER TABLE trajecten_sjabloonregel "
                "DROP CONSTRAINT trajecten_sjabloonregel_sjabloon_eigen",
            ],
        ),
        migrations.RunSQL(
            CLOSES,
            [
                f"REVOKE UPDATE (gesloten_at) ON trajecten_sjabloon FROM {APP}",
                f"GRANT UPDATE, DELETE ON trajecten_sjabloon TO {APP}",
            ],
        ),
        AppendOnly("trajecten_sjabloonregel"),
        AppendOnly("trajecten_tekstblok"),
    ]
