"""How a subject says that somebody may type for it, and what a spoken code is good for."""

from __future__ import annotations

from django.db.models import TextChoices


class How(TextChoices):
    """The way a consent, or a confirmation, was given."""

    CODE = "code", "Mã do chủ thể đọc"
    STATEMENT = "statement", "Lời đồng ý được ghi lại"
    ACCOUNT = "account", "Tài khoản của chủ thể"


class Purpose(TextChoices):
    """What a spoken code is good for; it is good for nothing else."""

    CONSENT = "consent", "Mã cho nhập giúp"
    READ_BACK = "read_back", "Mã xác nhận đã đọc lại"
