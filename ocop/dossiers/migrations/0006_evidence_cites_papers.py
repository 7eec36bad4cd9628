import django.db.models.deletion
from django.db import migrations, models

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0005_evidence_into_wallets")]
    operations = [
        migrations.AlterField(
            "evidence",
            "paper",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="citations", to="wallet.paper"
            ),
        ),
        migrations.RemoveField("evidence", "file"),
        append_only("dossiers_submission"),
        append_only("dossiers_readback"),
        append_only("dossiers_message"),
    ]
