import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from kern.db.tenancy import AppendOnly, Redactable, TenantTable

ITEM = {"item_id": "trajecten_logboekitem"}


class Migration(migrations.Migration):
    """The log grows: versions, visibility, questions, additions, drafts and redactions."""

    dependencies = [
        ("toegang", "0006_redigeren"),
        ("clienten", "0005_drempel"),
        ("toegang", "0005_bestuur_telefoon"),
        ("trajecten", "0009_blokkering"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="logboekitem",
            name="gewijzigd_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="gewijzigd"),
        ),
        migrations.AddField(
            model_name="logboekitem",
            name="revisie",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="logboekitem",
            name="zichtbaar_client",
            field=models.BooleanField(default=False, verbose_name="zichtbaar voor de cliënt"),
        ),
        migrations.AddField(
            model_name="logboekitem",
            name="zichtbaar_partner",
            field=models.BooleanField(default=False, verbose_name="zichtbaar voor partners"),
        ),
        migrations.CreateModel(
            name="Concept",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sleutel", models.CharField(max_length=60)),
                ("formulier", models.CharField(max_length=22)),
                ("titel", models.CharField(max_length=80, verbose_name="wat")),
                ("adres", models.CharField(max_length=200)),
                ("inhoud", models.BinaryField(null=True)),
                ("revisie", models.PositiveIntegerField(default=1)),
                ("bewaard_at", models.DateTimeField(verbose_name="bewaard")),
                ("gesloten_at", models.DateTimeField(blank=True, null=True)),
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
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gesloten_at__isnull", True)),
                        fields=["bestuur", "gebruiker", "-bewaard_at"],
                        name="concept_open",
                    ),
                    models.Index(fields=["bestuur", "bewaard_at"], name="concept_oud"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("gebruiker", "client", "sleutel", "formulier"),
                        name="concept_een_per_formulier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("gesloten_at__isnull", True), ("inhoud__isnull", False)),
                            models.Q(("gesloten_at__isnull", False), ("inhoud__isnull", True)),
                            _connector="OR",
                        ),
                        name="concept_gesloten_zonder_inhoud",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Logaanvulling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tekst", models.TextField(verbose_name="tekst")),
                ("at", models.DateTimeField(verbose_name="wanneer")),
                (
                    "auteur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aanvullingen",
                        to="trajecten.logboekitem",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["bestuur", "item"], name="logaanvulling_item")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tekst", ""), _negated=True),
                        name="logaanvulling_heeft_tekst",
                        violation_error_message="Schrijf wat u wilt aanvullen.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Logvraag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vraag", models.TextField(verbose_name="vraag")),
                ("gesteld_at", models.DateTimeField(verbose_name="gevraagd")),
                ("antwoord", models.TextField(blank=True, default="", verbose_name="antwoord")),
                (
                    "gesloten_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="gesloten"),
                ),
                (
                    "beantwoord_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beantwoord door",
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
                    "gesteld_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gevraagd door",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vragen",
                        to="trajecten.logboekitem",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("gesloten_at__isnull", True)),
                        fields=["bestuur", "item"],
                        name="logvraag_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("vraag", ""), _negated=True),
                        name="logvraag_heeft_vraag",
                        violation_error_message="Schrijf wat u wilt weten.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("antwoord", ""), ("beantwoord_door__isnull", True)),
                            models.Q(
                                models.Q(("antwoord", ""), _negated=True),
                                ("beantwoord_door__isnull", False),
                                ("gesloten_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="logvraag_antwoord_met_naam",
                        violation_error_message="Een antwoord heeft woorden en een naam.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("gesloten_at__isnull", True)),
                        fields=("item", "gesteld_door"),
                        name="logvraag_een_open_per_vrager",
                        violation_error_message="Uw vorige vraag hierover wacht nog op een antwoord.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redactie",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tekstsoort",
                    models.CharField(
                        choices=[
                            ("logboek", "logboek"),
                            ("aanvulling", "aanvulling in het logboek"),
                            ("logvraag", "vraag in het logboek"),
                            ("logantwoord", "antwoord in het logboek"),
                            ("evaluatie", "verslag van een evaluatie"),
                            ("doel", "doel"),
                            ("stap", "stap"),
                            ("toelichting", "uitleg bij een stap"),
                            ("reactie", "antwoord in het plan"),
                            ("planversie", "versie van het plan"),
                        ],
                        max_length=20,
                        verbose_name="uit welke tekst",
                    ),
                ),
                ("rij_id", models.BigIntegerField()),
                (
                    "reden",
                    models.CharField(
                        choices=[
                            ("gezondheid", "Het gaat over gezondheid"),
                            ("gerecht", "Het gaat over politie of gerecht"),
                            ("derde", "Het gaat over iemand anders"),
                            ("vergissing", "Het hoort niet in dit dossier"),
                        ],
                        max_length=20,
                        verbose_name="waarom",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="wanneer")),
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
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["bestuur", "tekstsoort", "rij_id"], name="redactie_rij")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "tekstsoort__in",
                                [
                                    "logboek",
                                    "aanvulling",
                                    "logvraag",
                                    "logantwoord",
                                    "evaluatie",
                                    "doel",
                                    "stap",
                                    "toelichting",
                                    "reactie",
                                    "planversie",
                                ],
                            ),
                            ("reden__in", ["gezondheid", "gerecht", "derde", "vergissing"]),
                        ),
                        name="redactie_woorden_bekend",
                        violation_error_message="Kies uit de lijst.",
                    )
                ],
            },
        ),
        # Unsent words of one person: sealed, gone within a week, and no part of the file yet.
        TenantTable("trajecten_concept", derived=True),
        TenantTable("trajecten_logvraag", parents=ITEM),
        TenantTable("trajecten_logaanvulling", parents=ITEM),
        TenantTable("trajecten_redactie"),
        AppendOnly("trajecten_redactie"),
        Redactable("trajecten_logboekitem", "tekst"),
        Redactable("trajecten_logaanvulling", "tekst"),
        Redactable("trajecten_logvraag", "vraag", "antwoord"),
        Redactable("trajecten_evaluatie", "verslag"),
        Redactable("trajecten_doel", "tekst"),
        Redactable("trajecten_stap", "tekst", "toelichting"),
        Redactable("trajecten_reactie", "tekst"),
        Redactable("trajecten_planversie", "inhoud", "geredigeerd_at"),
    ]
