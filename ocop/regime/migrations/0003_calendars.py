from django.db import migrations, models

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [("regime", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("version", models.PositiveIntegerField(verbose_name="bản")),
                ("sha256", models.CharField(max_length=64, verbose_name="dấu vân tay")),
                ("content", models.JSONField(verbose_name="nội dung")),
                ("published_at", models.DateTimeField(verbose_name="công bố lúc")),
            ],
            options={
                "verbose_name": "lịch nghỉ",
                "constraints": [models.UniqueConstraint(fields=("year", "version"), name="calendar_version_once")],
            },
        ),
        append_only("regime_calendarversion"),
    ]
