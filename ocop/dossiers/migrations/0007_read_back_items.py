from django.db import migrations, models

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0006_evidence_cites_papers")]
    operations = [
        migrations.AddField("readback", "items", models.JSONField(default=dict)),
        append_only("dossiers_readback"),
    ]
