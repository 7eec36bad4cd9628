"""The certificate "Giấy chứng nhận kết quả phân hạng sản phẩm OCOP"."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from ocop.ui.papers import Frame, qr_svg, render


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What a certificate prints. The law names the certificate (QĐ 26, Art. 1) and has published no form of it."""

    frame: Frame
    name: str
    product: str
    product_code: str
    group: str
    subject: str
    address: str
    star: int
    decision_number: str
    decision_on: date
    valid_from: date
    valid_to: date
    check_url: str


def certificate(facts: CertificateFacts) -> bytes:
    """The certificate as one landscape A4 page, with a QR code of the public check address."""
    return render(Path(__file__).with_suffix(".typ"), asdict(facts) | {"qr": qr_svg(facts.check_url)})
