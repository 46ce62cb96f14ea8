"""A list that was exported or printed is a ground of its own in the read log."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("toegang", "0002_audit_trail"),
    ]

    operations = [
        migrations.AlterField(
            model_name="inzage",
            name="grond",
            field=models.CharField(
                choices=[
                    ("eigen_client", "Eigen cliënt"),
                    ("leiding", "Leidinggevende"),
                    ("reden", "Opgegeven reden"),
                    ("onthaal", "Onthaal"),
                    ("lijst", "Op een lijst"),
                ],
                max_length=20,
            ),
        ),
    ]
