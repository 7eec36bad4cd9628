from django.db import migrations

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [("council", "0003_council_day")]
    operations = [append_only(f"council_{table}") for table in ("bylaws", "declaration", "attendance", "reader", "publication")]
