"""Evidence: citing papers of the wallet, adding new ones on the way, taking them out of a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.errors import Refused
from ocop.dossiers.actions.locking import check_editable, check_typing, lock, mark_of
from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.queries import criteria_of, live_evidence, renewals_of
from ocop.dossiers.rules import evidence_field, remember
from ocop.files.actions import finish_uploads
from ocop.wallet.actions import add_paper
from ocop.wallet.models import Paper
from ocop.wallet.queries import papers_of

MOST_EVIDENCE = 300
NOT_IN_WALLET = "Giấy tờ này không có trong ví của chủ thể. Hãy chọn trong danh sách giấy tờ của chính chủ thể."


@transaction.atomic
def add_evidence(
    *,
    dossier: Dossier,
    upload: UploadedFile | None = None,
    held: Sequence[UUID] = (),
    title: str = "",
    cites: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Evidence:
    """Keep a file, uploaded or held, in the subject's wallet, and cite it for criteria of the product's own set.

    A file that the wallet has already is not kept twice: the known paper is cited.
    """
    locked = _open_to_write(dossier, by=by, at=at)
    codes = _known_codes(locked, cites)
    _check_room(locked)
    subject = locked.registration.product.subject
    paper = papers_of(subject).filter(file__sha256=_sha256(upload, held, by=by, at=at)).first()
    if paper is None:
        paper = add_paper(subject=subject, upload=upload, held=held, title=title, by=by, at=at)
    same = live_evidence(locked).filter(paper=paper).first()
    if same is not None:
        raise Refused(f"Tệp “{paper.file.name}” đã có trong hồ sơ với tên “{same.title}”.", field="file")
    return _cite_new(locked, paper, title=title, codes=codes, by=by, at=at)


@transaction.atomic
def cite_paper(*, dossier: Dossier, paper: Paper, cites: Sequence[str] = (), by: User, at: datetime) -> Evidence:
    """Cite a paper of the subject's own wallet, for these criteria too if the dossier cites it already."""
    locked = _open_to_write(dossier, by=by, at=at)
    codes = _known_codes(locked, cites)
    if not papers_of(locked.registration.product.subject).filter(pk=paper.pk).exists():
        raise Refused(NOT_IN_WALLET, field="paper")
    row = locked.evidence.select_for_update().filter(paper=paper, removed_at__isnull=True).first()
    if row is None:
        _check_room(locked)
        return _cite_new(locked, paper, title="", codes=codes, by=by, at=at)
    return _cite_again(locked, row, codes=_known_codes(locked, [*row.cites, *codes]), title=row.title, by=by, at=at)


@transaction.atomic
def cite_evidence(*, evidence: Evidence, cites: Sequence[str], title: str = "", by: User, at: datetime) -> Evidence:
    """Say for which criteria a piece of evidence is cited (viện dẫn), and how it is called."""
    dossier = _open_to_write(evidence.dossier, by=by, at=at)
    row = _live_row(dossier, evidence)
    return _cite_again(dossier, row, codes=_known_codes(dossier, cites), title=title.strip() or row.title, by=by, at=at)


@transaction.atomic
def use_renewed(*, evidence: Evidence, by: User, at: datetime) -> Evidence:
    """Cite the newest version of the paper in place of the older one, for the same criteria."""
    dossier = _open_to_write(evidence.dossier, by=by, at=at)
    row = _live_row(dossier, evidence)
    newest = renewals_of(dossier.registration.product.subject).get(row.paper_id)
    if newest is None:
        raise Refused("Giấy tờ này chưa có bản mới hơn trong ví.")
    known = live_evidence(dossier).filter(paper=newest).first()
    _take_out(dossier, row, at=at)
    if known is not None:
        codes = _known_codes(dossier, [*known.cites, *row.cites])
        return _cite_again(dossier, known, codes=codes, title=known.title, by=by, at=at)
    return _cite_new(dossier, newest, title=row.title, codes=row.cites, by=by, at=at)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, at: datetime) -> None:
    """Take a piece of evidence out of a draft; the wallet and earlier submissions keep it."""
    dossier = _open_to_write(evidence.dossier, by=by, at=at)
    row = dossier.evidence.select_for_update().get(pk=evidence.pk)
    if row.removed_at is not None:
        return
    _take_out(dossier, row, at=at)
    record(
        act="remove_evidence",
        words=f"Bỏ minh chứng “{row.title}”",
        on=row,
        thread=dossier,
        shown_to_subject=True,
        by=by,
        at=at,
    )


def _open_to_write(dossier: Dossier, *, by: User, at: datetime) -> Dossier:
    locked = lock(dossier)
    check_typing(locked, by=by, at=at)
    check_editable(locked)
    return locked


def _live_row(dossier: Dossier, evidence: Evidence) -> Evidence:
    row = dossier.evidence.select_for_update().get(pk=evidence.pk)
    if row.removed_at is not None:
        raise Refused("Minh chứng này đã được bỏ khỏi hồ sơ.")
    return row


def _check_room(dossier: Dossier) -> None:
    if live_evidence(dossier).count() >= MOST_EVIDENCE:
        raise Refused(f"Hồ sơ đã có {MOST_EVIDENCE} tệp. Hãy gộp các trang vào một tệp PDF.", field="file")


def _sha256(upload: UploadedFile | None, held: Sequence[UUID], *, by: User, at: datetime) -> str | None:
    """The fingerprint of the one file; None for several pages, which become a file of their own."""
    if upload is not None:
        digest = hashlib.sha256()
        for chunk in upload.chunks():
            digest.update(chunk)
        return digest.hexdigest()
    files = finish_uploads(keys=held, by=by, at=at)
    return files[0].sha256 if len(files) == 1 else None


def _cite_new(dossier: Dossier, paper: Paper, *, title: str, codes: Sequence[str], by: User, at: datetime) -> Evidence:
    row = Evidence.objects.create(
        dossier=dossier,
        paper=paper,
        title=(title.strip() or paper.title)[:200],
        cites=list(codes),
        added_by=by,
        added_at=at,
    )
    _remember(dossier, [evidence_field(row.pk)], by=by, at=at)
    record(
        act="add_evidence",
        words=f"Thêm minh chứng “{row.title}”",
        on=row,
        thread=dossier,
        facts={"paper": paper.pk, "sha256": paper.file.sha256, "size": paper.file.size, "cites": row.cites},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return row


def _cite_again(dossier: Dossier, row: Evidence, *, codes: list[str], title: str, by: User, at: datetime) -> Evidence:
    row.cites, row.title = codes, title[:200]
    row.save(update_fields=["cites", "title"])
    _remember(dossier, [evidence_field(row.pk)], by=by, at=at)
    record(
        act="cite_evidence",
        words=f"Viện dẫn “{row.title}” cho {', '.join(row.cites) or 'chưa tiêu chí nào'}",
        on=row,
        thread=dossier,
        facts={"cites": row.cites},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return row


def _take_out(dossier: Dossier, row: Evidence, *, at: datetime) -> None:
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    dossier.typed = remember(dossier.typed, [evidence_field(row.pk)], None)
    dossier.save(update_fields=["typed"])


def _remember(dossier: Dossier, fields: Iterable[str], *, by: User, at: datetime) -> None:
    dossier.typed = remember(dossier.typed, fields, mark_of(dossier, by=by, at=at))
    dossier.save(update_fields=["typed"])


def _known_codes(dossier: Dossier, cites: Sequence[str]) -> list[str]:
    known = criteria_of(dossier).criteria
    unknown = [code for code in cites if code not in known]
    if unknown:
        raise Refused(f"Bộ tiêu chí của sản phẩm không có tiêu chí {', '.join(unknown)}.", field="cites")
    return [code for code in known if code in set(cites)]
