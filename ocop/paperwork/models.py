"""Papers as issued, their digital signatures, and the offices' own Word templates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ocop.accounts.models import User
from ocop.core.codes import shown_code
from ocop.files.models import StoredFile
from ocop.places.models import Unit


class OfficeTemplate(models.Model):
    """A version of an office's own Word template of a kind of paper; append-only but for its retirement."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="paper_templates")
    kind = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    adopted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()
    retired_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "version"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(retired_at__isnull=True), name="one_live_template"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by__isnull=True)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="retired_template_has_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · bản {self.version}"


class IssuedPaper(models.Model):
    """A paper as it left the office, with its number and check code; append-only. `thing`: room.model:key."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=30)
    number = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    signed_on = models.DateField()
    thing = models.CharField(max_length=60, db_index=True)
    code = models.CharField(max_length=11, unique=True)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    docx_sha256 = models.CharField(max_length=64, db_index=True)
    head_seq = models.PositiveBigIntegerField()
    head_hash = models.CharField(max_length=64)
    template = models.ForeignKey(OfficeTemplate, on_delete=models.PROTECT, null=True, blank=True, related_name="papers")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "year", "number"], name="paper_number_once"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(title=""), name="paper_has_number_and_title"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def shown_code(self) -> str:
        """The check code as it is printed."""
        return shown_code(self.code)

    @property
    def signed_pdf(self) -> StoredFile | None:
        """The PDF with its digital signature, None while there is none (`select_related("signature__file")`)."""
        signature: PaperSignature | None = getattr(self, "signature", None)
        return signature.file if signature is not None else None


class PaperSignature(models.Model):
    """A PAdES signature put on an issued paper: the signed file, whose certificate, with a time stamp or not."""

    paper = models.OneToOneField(IssuedPaper, on_delete=models.PROTECT, related_name="signature")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, db_index=True)
    certificate = models.CharField(max_length=300)
    certificate_sha256 = models.CharField(max_length=64)
    time_stamped = models.BooleanField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.certificate} · {self.paper}"
