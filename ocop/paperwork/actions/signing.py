"""A digital signature on an issued paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.files.actions import keep_paper
from ocop.paperwork.kinds import kind_of
from ocop.paperwork.models import IssuedPaper, PaperSignature
from ocop.paperwork.permissions import check_sign
from ocop.paperwork.queries import papers
from ocop.paperwork.signing import SignedPaper, make_demo_certificate, sign_pdf

ALREADY = "Văn bản này đã có chữ ký số. Hãy tải lại trang để xem bản đã ký."


def sign_paper(*, paper: IssuedPaper, by: User, at: datetime) -> IssuedPaper:
    """Put the installation's PAdES signature on a paper, once; the paper as issued stays beside the signed one.

    The token and the time stamp service may be slow: nothing is locked while they work.
    """
    fresh = papers().get(pk=paper.pk)
    check_sign(by, day_of(at), fresh.unit)
    if fresh.signed_pdf is not None:
        raise Refused(ALREADY)
    with default_storage.open(fresh.pdf.path) as file:
        content = file.read()
    reason = f"Phát hành {kind_of(fresh.kind).lower_name} số {fresh.number}"
    return _keep(fresh, sign_pdf(content, reason=reason, location=fresh.unit.name, at=at), by=by, at=at)


def make_demo_signer() -> None:
    """The certificate for show that a demo signs with, once; nothing where the installation is no demo."""
    told = settings.OCOP_SIGNER
    if settings.OCOP_DEMO and told["pkcs12"]:
        make_demo_certificate(Path(told["pkcs12"]), told["password"])


@transaction.atomic
def _keep(paper: IssuedPaper, signed: SignedPaper, *, by: User, at: datetime) -> IssuedPaper:
    locked = IssuedPaper.objects.select_for_update(of=("self",)).select_related("unit", "pdf").get(pk=paper.pk)
    check_sign(by, day_of(at), locked.unit)
    if PaperSignature.objects.filter(paper=locked).exists():
        raise Refused(ALREADY)
    name = f"{locked.pdf.name.removesuffix('.pdf')}-ky-so.pdf"
    file = keep_paper(signed.pdf, name=name, content_type="application/pdf", by=by, at=at)
    PaperSignature.objects.create(
        paper=locked,
        file=file,
        sha256=file.sha256,
        certificate=signed.certificate,
        certificate_sha256=signed.certificate_sha256,
        time_stamped=signed.time_stamped,
        signed_by=by,
        signed_at=at,
    )
    record(
        act="sign_paper",
        words=f"Ký số {kind_of(locked.kind).lower_name} số {locked.number}",
        on=locked,
        facts={
            "sha256": file.sha256,
            "certificate_sha256": signed.certificate_sha256,
            "time_stamped": signed.time_stamped,
        },
        by=by,
        at=at,
    )
    return papers().get(pk=locked.pk)
