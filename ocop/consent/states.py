"""How a subject says that somebody may type for it."""

from __future__ import annotations

from django.db.models import TextChoices


class How(TextChoices):
    """The way a consent, or a confirmation, was given."""

    CODE = "code", "Mã do chủ thể đọc"
    STATEMENT = "statement", "Lời đồng ý được ghi lại"
    ACCOUNT = "account", "Tài khoản của chủ thể"
