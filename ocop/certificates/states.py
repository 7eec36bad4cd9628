"""The public words for where a certificate stands."""

from __future__ import annotations

from django.db.models import TextChoices


class CertificateStatus(TextChoices):
    """What a shopper reads after scanning the code."""

    VALID = "valid", "CÒN HIỆU LỰC"
    EXPIRING = "expiring", "SẮP HẾT HẠN"
    EXPIRED = "expired", "HẾT HẠN"
    NOT_YET = "not_yet", "CHƯA CÓ HIỆU LỰC"


STATUS_TONES = {
    CertificateStatus.VALID: "good",
    CertificateStatus.EXPIRING: "warn",
    CertificateStatus.EXPIRED: "bad",
    CertificateStatus.NOT_YET: "neutral",
}
