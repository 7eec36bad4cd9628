"""Every write of the wallet: a paper is added, corrected, renewed, put away. No file is ever changed or lost by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.consent.permissions import check_type_for
from ocop.consent.queries import consent_of
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.files.actions import claim_uploads, finish_uploads, joined_content, keep, keep_paper, take_in
from ocop.files.models import StoredFile
from ocop.files.queries import pages_in
from ocop.registration.models import Subject
from ocop.rubric.queries import paper_kinds
from ocop.wallet.models import Paper
from ocop.wallet.queries import papers_of
from ocop.wallet.rules import faults

MOST_PAPERS = 500
FIELDS = ("kind", "title", "number", "issuer", "issued_on", "expires_on")


def add_paper(
    *,
    subject: Subject,
    upload: File | None = None,
    held: Sequence[UUID] = (),
    kind: str = "",
    title: str = "",
    number: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    by: User,
    at: datetime,
) -> Paper:
    """Keep a paper of the subject, once: an `upload`, or what is `held` for `by`, several pages as one PDF."""
    check_type_for(by, day_of(at), subject)
    what = _checked(kind, title, number, issuer, issued_on, expires_on, day_of(at))
    taken = _take(upload, held, by=by, at=at)
    with transaction.atomic():
        _lock(subject, by=by, at=at)
        if papers_of(subject).count() >= MOST_PAPERS:
            raise Refused(f"Ví đã có {MOST_PAPERS} giấy tờ. Cất bớt giấy không dùng nữa rồi thêm tiếp.", field="file")
        return _put_in(subject, taken, what, by=by, at=at)


def renew_paper(
    *,
    paper: Paper,
    upload: File | None = None,
    held: Sequence[UUID] = (),
    number: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    by: User,
    at: datetime,
) -> Paper:
    """A newer version takes the paper's place from now on; the old one stays in history and where it is cited."""
    check_type_for(by, day_of(at), paper.subject)
    what = _checked(paper.kind, paper.title, number, issuer, issued_on, expires_on, day_of(at))
    taken = _take(upload, held, by=by, at=at)
    with transaction.atomic():
        _lock(paper.subject, by=by, at=at)
        return _put_in(paper.subject, taken, what, replaces=_in_use(paper), by=by, at=at)


@transaction.atomic
def correct_paper(
    *,
    paper: Paper,
    kind: str = "",
    title: str = "",
    number: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    expires_on: date | None = None,
    by: User,
    at: datetime,
) -> Paper:
    """Write down more or other things about a paper than before; the file stays, the ledger keeps both readings."""
    _lock(paper.subject, by=by, at=at)
    row = _in_use(paper)
    what = _checked(kind, title or row.title, number, issuer, issued_on, expires_on, day_of(at))
    changed = {
        field: [_plain(getattr(row, field)), _plain(value)]
        for field, value in what.items()
        if getattr(row, field) != value
    }
    if not changed:
        return row
    for field, value in what.items():
        setattr(row, field, value)
    row.save(update_fields=FIELDS)
    _note(act="correct_paper", words=f"Sửa thông tin giấy tờ “{row.title}”", on=row, facts=changed, by=by, at=at)
    return row


@transaction.atomic
def withdraw_paper(*, paper: Paper, by: User, at: datetime) -> Paper:
    """Put a paper away: it is offered for citing no more, and stays where it is cited already."""
    _lock(paper.subject, by=by, at=at)
    row = _in_use(paper)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    _note(act="withdraw_paper", words=f"Cất giấy tờ “{row.title}” khỏi ví", on=row, facts={}, by=by, at=at)
    return row


@dataclass(frozen=True, slots=True)
class _Taken:
    """The file of a paper, checked and joined before the transaction begins: the work is long, the lock is not."""

    upload: StoredFile | None
    held: Sequence[UUID]
    joined: bytes
    pages: int


def _take(upload: File | None, held: Sequence[UUID], *, by: User, at: datetime) -> _Taken:
    if upload is not None:
        taken = take_in(upload)
        return _Taken(taken, (), b"", pages_in(taken))
    if not held:
        raise Refused("Chưa có ảnh hay tệp nào của giấy tờ. Chụp ảnh hoặc chọn tệp.", field="file")
    files = list({each.sha256: each for each in finish_uploads(keys=held, by=by, at=at)}.values())
    return _Taken(None, held, joined_content(files) if len(files) > 1 else b"", sum(map(pages_in, files)))


def _put_in(
    subject: Subject, taken: _Taken, what: dict[str, Any], *, replaces: Paper | None = None, by: User, at: datetime
) -> Paper:
    """Keep the file and write the paper down, unless the wallet has the same file already."""
    stored = _keep(taken, what["title"], by=by, at=at)
    same = papers_of(subject).filter(file__sha256=stored.sha256).first()
    if same is not None:
        raise Refused(
            f"Tệp “{stored.name}” đã có trong ví với tên “{same.title}”, không cần thêm lần nữa.", field="file"
        )
    paper = Paper.objects.create(
        subject=subject,
        **{**what, "title": what["title"] or PurePath(stored.name).stem[:200]},
        file=stored,
        pages=taken.pages,
        replaces=replaces,
        added_by=by,
        consent=consent_of(by, subject, day_of(at)),
        added_at=at,
    )
    facts = {"sha256": stored.sha256, "size": stored.size, **{field: _plain(value) for field, value in what.items()}}
    if replaces:
        _note(act="renew_paper", words=f"Thay bản mới của giấy tờ “{paper.title}”", on=paper, facts=facts, by=by, at=at)
    else:
        _note(act="add_paper", words=f"Thêm vào ví giấy tờ “{paper.title}”", on=paper, facts=facts, by=by, at=at)
    return paper


def _keep(taken: _Taken, title: str, *, by: User, at: datetime) -> StoredFile:
    if taken.upload is not None:
        return keep(taken.upload, by=by, at=at)
    files = claim_uploads(keys=taken.held, by=by, at=at)
    if not taken.joined:
        return files[0]
    name = f"{title[:140] or PurePath(files[0].name).stem}.pdf"
    return keep_paper(taken.joined, name=name, content_type="application/pdf", by=by, at=at)


def _checked(
    kind: str, title: str, number: str, issuer: str, issued_on: date | None, expires_on: date | None, day: date
) -> dict[str, Any]:
    """What is written down of a paper, tidied; refused at the field that cannot be right."""
    known = paper_kinds().get(kind)
    if kind and known is None:
        raise Refused("Loại giấy này không có trong danh mục. Hãy chọn lại.", field="kind")
    for field, message in faults(known, number=number, issued_on=issued_on, expires_on=expires_on, day=day).items():
        raise Refused(message, field=field)
    what = {
        "kind": kind,
        "title": tidy(title) or (known.name[:200] if known else ""),
        "number": tidy(number),
        "issuer": tidy(issuer),
        "issued_on": issued_on,
        "expires_on": expires_on,
    }
    for field, most, name in (("title", 200, "Tên giấy tờ"), ("number", 80, "Số giấy"), ("issuer", 200, "Nơi cấp")):
        check_length(what[field], most, what=name, field=field)  # type: ignore[arg-type]
    return what


def _lock(subject: Subject, *, by: User, at: datetime) -> None:
    """One hand at a time in a wallet, and only hands that may be there."""
    Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    check_type_for(by, day_of(at), subject)


def _in_use(paper: Paper) -> Paper:
    """The paper read again; refused when it is no longer the one in use."""
    row = Paper.objects.select_related("subject").get(pk=paper.pk)
    newer = Paper.objects.filter(replaces=row).first()
    if newer is not None:
        raise Refused("Giấy này đã có bản mới hơn trong ví. Hãy mở bản mới để sửa.")
    if row.withdrawn_at is not None:
        raise Refused("Giấy này đã được cất khỏi ví.")
    return row


def _note(*, act: str, words: str, on: Paper, facts: dict[str, Any], by: User, at: datetime) -> None:
    record(act=act, words=words, on=on, thread=on, facts=facts, shown_to_subject=True, by=by, at=at)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
