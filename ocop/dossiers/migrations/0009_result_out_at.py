from django.db import migrations, models
from django.db.models import F


def already_out(apps, schema_editor):
    """Whose result the subject read before there was a publication keeps it."""
    shown = ("to_forward", "forwarded", "recognised_above", "recognised", "not_recognised")
    apps.get_model("dossiers", "Dossier").objects.filter(state__in=shown).update(result_out_at=F("step_since"))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0008_recognised_until_and_items")]

    operations = [
        migrations.AddField(
            model_name="dossier", name="result_out_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.RunPython(already_out, migrations.RunPython.noop),
    ]
