"""Published regimes. A version never changes: the table only grows (triggers in migration 0002)."""

from __future__ import annotations

from django.db import models


class RegimeVersion(models.Model):
    """A regime file as published; the highest version of a code is the current one."""

    code = models.CharField("mã", max_length=40)
    version = models.PositiveIntegerField("bản")
    sha256 = models.CharField("dấu vân tay", max_length=64)
    content = models.JSONField("nội dung")
    published_at = models.DateTimeField("công bố lúc")

    class Meta:
        verbose_name = "bản quy định"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="regime_version_once"),
            models.UniqueConstraint(fields=["code", "sha256"], name="regime_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code}, bản {self.version}"
