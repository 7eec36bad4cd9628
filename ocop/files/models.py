"""Files kept by their content: what was uploaded stays as it was, under its SHA-256."""

from __future__ import annotations

import uuid

from django.core.files.storage import default_storage
from django.db import models

from ocop.accounts.models import User
from ocop.files.rules import PICTURES

SHAPES = {"application/pdf": "pdf", "audio": "sound", "video": "film"}


class StoredFile(models.Model):
    """One upload. Two uploads of the same content share the bytes, not the row."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the bytes lie in the store."""
        return path_of(self.sha256)

    @property
    def shows_in_page(self) -> bool:
        """Whether a browser may show it inside a page (pictures, PDF, sound and film)."""
        return self.is_picture or self.shape in {"pdf", "sound", "film"}

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture every browser shows."""
        return self.content_type in {"image/jpeg", "image/png", "image/webp"}

    @property
    def has_preview(self) -> bool:
        """Whether it is a picture of any kind: its preview is one every browser shows."""
        return self.content_type in PICTURES

    @property
    def shape(self) -> str:
        """How the evidence viewer shows it: image, pdf, sound, film or other (a download)."""
        if self.has_preview:
            return "image"
        return SHAPES.get(self.content_type) or SHAPES.get(self.content_type.split("/")[0], "other")


class Upload(models.Model):
    """A file on its way: sent in pieces, taken up again after a lost signal; checked and kept with its last byte.

    It holds the file for its owner until something claims it (a paper of the wallet) or its time is over.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    length = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset__lte=models.F("length")), name="no_more_bytes_than_announced"
            ),
            models.CheckConstraint(
                condition=models.Q(stored__isnull=True) | models.Q(offset=models.F("length")),
                name="kept_when_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        """Whether every byte has come."""
        return self.offset == self.length


def path_of(sha256: str) -> str:
    """Where the bytes of that hash lie in the store."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def store_holds(sha256: str, size: int) -> bool:
    """Whether the store already has the bytes of that hash, all of them."""
    path = path_of(sha256)
    return default_storage.exists(path) and default_storage.size(path) == size
