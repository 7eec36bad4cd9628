from django.db import migrations, models

from ocop.core.appendonly import append_only


class Migration(migrations.Migration):
    dependencies = [("rubric", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="MeasuresVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("regime_code", models.CharField(max_length=40, verbose_name="quy định")),
                ("set_no", models.PositiveSmallIntegerField(verbose_name="số bộ")),
                ("version", models.PositiveIntegerField(verbose_name="bản")),
                ("sha256", models.CharField(max_length=64, verbose_name="dấu vân tay")),
                ("content", models.JSONField(verbose_name="nội dung")),
                ("published_at", models.DateTimeField(verbose_name="công bố lúc")),
            ],
            options={
                "verbose_name": "bản cách tính",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("regime_code", "set_no", "version"), name="rubric_measures_version_once"
                    )
                ],
            },
        ),
        append_only("rubric_measuresversion"),
    ]
