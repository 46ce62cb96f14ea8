"""The number that clients call is a number, and the trail tells who changed it."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

# A bestuur is opened before there is a scope: only what changes afterwards has a place in a trail.
TRAIL = (
    "CREATE TRIGGER toegang_bestuur_audit_update AFTER UPDATE ON toegang_bestuur "
    "REFERENCING OLD TABLE AS oud NEW TABLE AS nieuw "
    "FOR EACH STATEMENT EXECUTE FUNCTION toegang_audit()"
)


class Migration(migrations.Migration):
    """Guard the number; one that was typed before stays until it is changed."""

    dependencies = [
        ("toegang", "0006_redigeren"),
    ]

    operations = [
        AddConstraintNotValid(
            model_name="bestuur",
            constraint=models.CheckConstraint(
                name="bestuur_telefoon_is_nummer",
                condition=models.Q(telefoon="")
                | models.Q(telefoon__regex=r"^[+(]?([0-9][ ./()-]*){8,15}$"),
                violation_error_message="Schrijf een telefoonnummer, zoals 016 21 00 00.",
            ),
        ),
        migrations.RunSQL(TRAIL, "DROP TRIGGER toegang_bestuur_audit_update ON toegang_bestuur"),
    ]
