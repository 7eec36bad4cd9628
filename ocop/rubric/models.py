"""Published criteria sets and their measures. A version never changes (triggers in the migrations)."""

from __future__ import annotations

from django.db import models


class CriteriaSetVersion(models.Model):
    """A set file as published; the highest version of a regime's set number is the current one."""

    regime_code = models.CharField("quy định", max_length=40)
    set_no = models.PositiveSmallIntegerField("số bộ")
    version = models.PositiveIntegerField("bản")
    sha256 = models.CharField("dấu vân tay", max_length=64)
    content = models.JSONField("nội dung")
    complete = models.BooleanField("đủ điểm")
    name = models.CharField("tên bộ", max_length=300)
    sector = models.CharField("nhóm sản phẩm", max_length=300)
    search = models.TextField("để tìm", editable=False)
    published_at = models.DateTimeField("công bố lúc")

    class Meta:
        verbose_name = "bản bộ tiêu chí"
        constraints = [
            models.UniqueConstraint(fields=["regime_code", "set_no", "version"], name="rubric_set_version_once"),
            models.UniqueConstraint(fields=["regime_code", "set_no", "sha256"], name="rubric_set_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.regime_code}, bộ {self.set_no}: {self.name} (bản {self.version})"


class MeasuresVersion(models.Model):
    """How the criteria of a set are measured, as published; the highest version of a regime's set number counts."""

    regime_code = models.CharField("quy định", max_length=40)
    set_no = models.PositiveSmallIntegerField("số bộ")
    version = models.PositiveIntegerField("bản")
    sha256 = models.CharField("dấu vân tay", max_length=64)
    content = models.JSONField("nội dung")
    published_at = models.DateTimeField("công bố lúc")

    class Meta:
        verbose_name = "bản cách tính"
        constraints = [
            models.UniqueConstraint(fields=["regime_code", "set_no", "version"], name="rubric_measures_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.regime_code}, bộ {self.set_no}: cách tính bản {self.version}"
