"""A PAdES signature put on a PDF: its bytes stay as they are, the signature is added behind them."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings

from ocop.core.errors import Refused
from ocop.paperwork.signing.keys import BROKEN_KEY, signing_key

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

FIELD = "ChuKySo"
NO_TIME = "Dịch vụ cấp dấu thời gian không trả lời. Hãy thử lại sau ít phút; văn bản chưa được ký."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPaper:
    """The signed PDF, and whose certificate signed it."""

    pdf: bytes
    certificate: str
    certificate_sha256: str
    time_stamped: bool


def sign_pdf(pdf: bytes, *, reason: str, location: str, at: datetime) -> SignedPaper:
    """The PDF with a PAdES B-B signature, B-T where a time stamp service is set; refused in words when it cannot be."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    service = settings.OCOP_SIGNER["time_stamps"]
    with signing_key() as signer:
        certificate = signer.signing_cert
        if certificate is None:
            raise Refused(BROKEN_KEY)
        _check_valid(certificate, at)
        name = _name(certificate)
        about = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            reason=reason,
            location=location,
            name=name,
            subfilter=SigSeedSubFilter.PADES,
        )
        stamper = HTTPTimeStamper(service, timeout=10) if service else None
        out = io.BytesIO()
        try:
            writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
            PdfSigner(about, signer=signer, timestamper=stamper).sign_pdf(writer, output=out)
        except (TimestampRequestError, OSError) as error:
            raise Refused(NO_TIME if service else BROKEN_KEY) from error
    return SignedPaper(
        pdf=out.getvalue(),
        certificate=name,
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        time_stamped=stamper is not None,
    )


def certificate_here() -> tuple[str, datetime]:
    """The name in the certificate that the settings name, and when it ends; refused in words when there is none."""
    with signing_key() as signer:
        if signer.signing_cert is None:
            raise Refused(BROKEN_KEY)
        return _name(signer.signing_cert), signer.signing_cert.not_valid_after


def _name(certificate: Certificate) -> str:
    """The common name of whom the certificate was given to."""
    return str(certificate.subject.native.get("common_name") or certificate.subject.human_friendly)[:300]


def _check_valid(certificate: Certificate, at: datetime) -> None:
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise Refused(
            f"Chứng thư số chỉ có hiệu lực từ {certificate.not_valid_before:%d/%m/%Y} "
            f"đến {certificate.not_valid_after:%d/%m/%Y}. Hãy nhờ người quản trị thay chứng thư."
        )
