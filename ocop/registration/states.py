"""Kinds of subject, in the law's words (QĐ 26/2026 Art. 1–2; the 2024 plan counts the first three)."""

from __future__ import annotations

from django.db.models import TextChoices


class SubjectKind(TextChoices):
    """What a subject (chủ thể) is by law."""

    COMPANY = "company", "Công ty, doanh nghiệp"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    GROUP = "group", "Tổ hợp tác"
    HOUSEHOLD = "household", "Hộ kinh doanh"
    FARM = "farm", "Trang trại"
    ASSOCIATION = "association", "Hội, hiệp hội (nhóm du lịch)"
