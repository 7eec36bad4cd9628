from django.db import migrations, models

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="spokencode",
            name="purpose",
            # Codes live a quarter of an hour: none made before this one is worth more than what it was mostly used for.
            field=models.CharField(
                choices=[("consent", "Mã cho nhập giúp"), ("read_back", "Mã xác nhận đã đọc lại")],
                default="consent",
                max_length=10,
            ),
            preserve_default=False,
        ),
        # After every change of the tables: SQLite builds a table anew when it is altered, without its triggers.
        append_only("consent_consent", except_columns=("ended_at", "ended_by_id")),
        append_only("consent_spokencode", except_columns=("tries", "used_at", "expires_at")),
    ]
