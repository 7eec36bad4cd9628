from django.db import migrations

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [("council", "0001_initial")]
    operations = [append_only("council_bylaws"), append_only("council_declaration"), append_only("council_confirmedfinding"), append_only("council_result"), append_only("council_higherresult")]
