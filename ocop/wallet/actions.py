"""Every write of the wallet."""

from __future__ import annotations

from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.consent.permissions import check_type_for
from ocop.consent.queries import consent_of
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.files.actions import keep_upload
from ocop.registration.models import Subject
from ocop.wallet.models import Paper
from ocop.wallet.queries import papers_of


@transaction.atomic
def add_paper(
    *,
    subject: Subject,
    upload: UploadedFile,
    kind: str = "",
    title: str = "",
    number: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    known_is_fine: bool = False,
    by: User,
    at: datetime,
) -> Paper:
    """Keep a paper of the subject, once: refused when the wallet has the same file, unless `known_is_fine`."""
    Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    check_type_for(by, day_of(at), subject)
    stored = keep_upload(upload, by=by, at=at)
    same = papers_of(subject).filter(file__sha256=stored.sha256).first()
    if same is not None and known_is_fine:
        return same
    if same is not None:
        raise Refused(f"Tệp “{stored.name}” đã có trong ví với tên “{same.title}”.", field="file")
    paper = Paper.objects.create(
        subject=subject,
        kind=kind,
        title=(title.strip() or stored.name)[:200],
        number=number,
        issuer=issuer,
        issued_on=issued_on,
        expires_on=expires_on,
        file=stored,
        added_by=by,
        consent=consent_of(by, subject, day_of(at)),
        added_at=at,
    )
    record(
        act="add_paper",
        words=f"Thêm giấy tờ “{paper.title}” vào ví",
        on=paper,
        thread=subject,
        facts={"sha256": stored.sha256, "size": stored.size, "kind": kind},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return paper
