from django.db import migrations, models


class Migration(migrations.Migration):
    """Days for the answer to an appeal; handed-in tastings and calibrations stay as they are."""

    dependencies = [("council", "0005_submitted_sheets_locked")]
    operations = [
        migrations.AddField("bylaws", "answer_days", models.PositiveSmallIntegerField(default=10)),
    ]
