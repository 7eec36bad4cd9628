from django.db import migrations

from ocop.core.appendonly import final_once


class Migration(migrations.Migration):
    dependencies = [("council", "0004_append_only")]
    operations = [
        final_once("council_sheet", draft="draft", leaves=("submitted", "replaced"), with_columns=("reopened_reason",))
    ]
