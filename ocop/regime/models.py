"""Published regimes and calendars. A version never changes: the tables only grow (triggers in the migrations)."""

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


class CalendarVersion(models.Model):
    """The official days off and swapped working days of a year as published; the highest version of a year counts."""

    year = models.PositiveSmallIntegerField("năm")
    version = models.PositiveIntegerField("bản")
    sha256 = models.CharField("dấu vân tay", max_length=64)
    content = models.JSONField("nội dung")
    published_at = models.DateTimeField("công bố lúc")

    class Meta:
        verbose_name = "lịch nghỉ"
        constraints = [models.UniqueConstraint(fields=["year", "version"], name="calendar_version_once")]

    def __str__(self) -> str:
        return f"Lịch nghỉ năm {self.year}, bản {self.version}"
