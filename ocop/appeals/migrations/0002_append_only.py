"""An appeal, its files, the opinions on it and its answer are never changed."""

from django.db import migrations

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [("appeals", "0001_appeals_and_answers")]

    operations = [
        append_only("appeals_appeal"),
        append_only("appeals_appealfile"),
        append_only("appeals_opinion"),
        append_only("appeals_answer"),
    ]
