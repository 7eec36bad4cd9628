from django.db import migrations

from ocop.core.appendonly import append_only, sealed_when


class Migration(migrations.Migration):
    dependencies = [("council", "0006_answer_days")]
    operations = [
        append_only("council_bylaws"),
        sealed_when("council_tastingsheet", filled="submitted_at"),
        sealed_when("council_calibrationsheet", filled="submitted_at"),
    ]
