from django.db import migrations

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [append_only("dossiers_submission"), append_only("dossiers_intakefinding")]
