from django.db import migrations


def tell_dossiers(apps, schema_editor):
    """Dossiers recognised before they kept the last day of their recognition learn it from their certificates."""
    Certificate, Dossier = apps.get_model("certificates", "Certificate"), apps.get_model("dossiers", "Dossier")
    for dossier, valid_to in Certificate.objects.order_by("pk").values_list("dossier", "valid_to"):
        Dossier.objects.filter(pk=dossier).update(recognised_until=valid_to)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_append_only"), ("dossiers", "0008_recognised_until_and_items")]
    operations = [migrations.RunPython(tell_dossiers, migrations.RunPython.noop)]
