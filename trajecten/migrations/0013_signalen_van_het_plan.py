"""Signals that read the plan, and the rule rows with their days."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from trajecten.seeding import seed


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Write the new rules at once: the first round after this release needs them."""
    seed(
        apps.get_model("trajecten", "Instrument"),
        apps.get_model("trajecten", "Regel"),
        using=schema_editor.connection.alias,
    )


class Migration(migrations.Migration):
    """New codes; rules as this release has them."""

    dependencies = [
        ("trajecten", "0012_volgende_stap_in_plan"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signaal",
            name="code",
            field=models.CharField(
                choices=[
                    ("limiet_nadert", "Einde nadert zonder vervolgstap"),
                    ("limiet_voorbij", "Uiterste dag voorbij"),
                    ("evaluatie", "Evaluatie of herziening"),
                    ("gpmi_ondertekenen", "GPMI te ondertekenen"),
                    ("gpmi_evaluatie", "GPMI-evaluatie"),
                    ("vdab_inschrijving", "Inschrijving bij VDAB"),
                    ("stap_te_laat", "Afgesproken stap te laat"),
                    ("geen_eerste_contact", "Nog geen eerste contact"),
                    ("geen_spilfiguur", "Zonder spilfiguur"),
                    ("geen_traject", "Cliënt zonder traject"),
                    ("statuut_beeindigd", "Statuut beëindigd"),
                    ("verlenging_te_beslissen", "Verlenging te beslissen"),
                    ("client_wacht", "Cliënt wacht op antwoord"),
                    ("geen_reactie", "Nog geen reactie van de cliënt"),
                    ("versie_wacht", "Versie van het plan wacht"),
                    ("afspraak_opnieuw", "Afspraak ging niet door"),
                    ("logvraag", "Vraag bij het logboek"),
                ],
                max_length=30,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
