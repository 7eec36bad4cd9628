from django.db import migrations

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [("paperwork", "0001_papers")]
    operations = [
        append_only("paperwork_issuedpaper"),
        append_only("paperwork_papersignature"),
        append_only("paperwork_officetemplate", except_columns=("retired_by_id", "retired_at")),
    ]
