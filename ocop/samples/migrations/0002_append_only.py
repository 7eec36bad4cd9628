"""What was received, moved and asked is never changed; a test's answer is written once."""

from django.db import migrations

from ocop.core.appendonly import append_only

ANSWER = ("sample_id", "result_text", "passed", "paper_id", "answered_by_id", "answered_at")


class Migration(migrations.Migration):
    dependencies = [("samples", "0001_samples_and_tests")]

    operations = [
        append_only("samples_reception"),
        append_only("samples_samplemove"),
        append_only("samples_labtest", except_columns=ANSWER),
    ]
