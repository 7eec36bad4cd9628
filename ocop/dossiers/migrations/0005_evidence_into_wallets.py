from django.db import migrations


def fill_wallets(apps, schema_editor):
    """Every file that was evidence becomes a paper of the subject's wallet, once per content."""
    Evidence, Paper = apps.get_model("dossiers", "Evidence"), apps.get_model("wallet", "Paper")
    rows = Evidence.objects.filter(paper__isnull=True).select_related("file", "dossier__registration__product__subject")
    for evidence in rows.order_by("pk"):
        subject = evidence.dossier.registration.product.subject
        paper = Paper.objects.filter(subject=subject, file__sha256=evidence.file.sha256).first()
        if paper is None:
            paper = Paper.objects.create(
                subject=subject,
                title=evidence.title,
                file=evidence.file,
                added_by_id=evidence.added_by_id,
                added_at=evidence.added_at,
            )
        evidence.paper = paper
        evidence.save(update_fields=["paper"])


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_wallet_papers")]
    operations = [migrations.RunPython(fill_wallets, migrations.RunPython.noop)]
