"""What a partner says has the partner's name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Name who spoke for a partner, and only then."""

    dependencies = [
        ("trajecten", "0015_scans_onder_een_nieuwe_sleutel"),
    ]

    operations = [
        migrations.AddField(
            model_name="reactie",
            name="partner",
            field=models.CharField(blank=True, default="", max_length=80, verbose_name="partner"),
        ),
        # Answers of a partner could not be given on screen before now.
        migrations.AddConstraint(
            model_name="reactie",
            constraint=models.CheckConstraint(
                name="reactie_partner_heeft_naam",
                condition=models.Q(stem="partner", partner__regex=r"\S")
                | (~models.Q(stem="partner") & models.Q(partner="")),
                violation_error_message="Schrijf welke partner dit zegt.",
            ),
        ),
    ]
