from django.conf import settings
from django.db import migrations, models

from kern.db.tenancy import Redactable


class Migration(migrations.Migration):
    """Words can be taken out of the other texts of people too."""

    dependencies = [
        ("clienten", "0006_deling"),
        ("toegang", "0006_redigeren"),
        ("trajecten", "0013_signalen_van_het_plan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="redactie",
            name="redactie_woorden_bekend",
        ),
        migrations.AlterField(
            model_name="redactie",
            name="tekstsoort",
            field=models.CharField(
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
                    ("doel_slot", "woord bij een afgesloten doel"),
                    ("stap_slot", "woord bij een afgesloten stap"),
                    ("behoeften", "wat er nodig is"),
                    ("evaluatiewijze", "hoe we kijken of het lukt"),
                    ("extra_hulp", "extra hulp en kosten"),
                    ("afspraak", "notitie bij een afspraak"),
                    ("afspraak_reden", "reden bij een afspraak"),
                    ("besproken", "wat er gezegd is"),
                    ("schorsing", "toelichting bij een schorsing"),
                ],
                max_length=20,
                verbose_name="uit welke tekst",
            ),
        ),
        migrations.AddConstraint(
            model_name="redactie",
            constraint=models.CheckConstraint(
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
                            "doel_slot",
                            "stap_slot",
                            "behoeften",
                            "evaluatiewijze",
                            "extra_hulp",
                            "afspraak",
                            "afspraak_reden",
                            "besproken",
                            "schorsing",
                        ],
                    ),
                    ("reden__in", ["gezondheid", "gerecht", "derde", "vergissing"]),
                ),
                name="redactie_woorden_bekend",
                violation_error_message="Kies uit de lijst.",
            ),
        ),
        Redactable("trajecten_doel", "slotwoord", further=True),
        Redactable("trajecten_stap", "slotwoord", further=True),
        Redactable("trajecten_stappenplan", "behoeften", "evaluatiewijze", "extra_hulp"),
        Redactable("trajecten_afspraak", "notitie", "reden"),
        Redactable("trajecten_agendapunt", "besproken"),
        Redactable("trajecten_schorsing", "toelichting"),
    ]
