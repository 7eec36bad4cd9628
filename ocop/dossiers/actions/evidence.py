"""Evidence: adding it, saying what it is cited for, taking it out of a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.dossiers.actions.locking import check_editable, lock
from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.permissions import check_write
from ocop.dossiers.queries import criteria_of, live_evidence
from ocop.wallet.actions import add_paper

MOST_EVIDENCE = 300


@transaction.atomic
def add_evidence(
    *, dossier: Dossier, upload: UploadedFile, title: str = "", cites: Sequence[str] = (), by: User, at: datetime
) -> Evidence:
    """Keep an uploaded file as evidence, cited for criteria of the product's own set."""
    locked = lock(dossier)
    check_write(by, day_of(at), locked)
    check_editable(locked)
    if live_evidence(locked).count() >= MOST_EVIDENCE:
        raise Refused(f"Hồ sơ đã có {MOST_EVIDENCE} tệp. Hãy gộp các trang vào một tệp PDF.", field="file")
    codes = _known_codes(locked, cites)
    subject = locked.registration.product.subject
    paper = add_paper(subject=subject, upload=upload, title=title, known_is_fine=True, by=by, at=at)
    same = live_evidence(locked).filter(paper=paper).first()
    if same is not None:
        raise Refused(f"Tệp “{paper.file.name}” đã có trong hồ sơ với tên “{same.title}”.", field="file")
    evidence = Evidence.objects.create(
        dossier=locked,
        paper=paper,
        title=(title.strip() or paper.title)[:200],
        cites=codes,
        added_by=by,
        added_at=at,
    )
    record(
        act="add_evidence",
        words=f"Thêm minh chứng “{evidence.title}”",
        on=evidence,
        thread=locked,
        facts={"paper": paper.pk, "sha256": paper.file.sha256, "size": paper.file.size, "cites": codes},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return evidence


@transaction.atomic
def cite_evidence(*, evidence: Evidence, cites: Sequence[str], title: str = "", by: User, at: datetime) -> Evidence:
    """Say for which criteria a piece of evidence is cited (viện dẫn), and how it is called."""
    dossier = lock(evidence.dossier)
    check_write(by, day_of(at), dossier)
    check_editable(dossier)
    row = dossier.evidence.select_for_update().get(pk=evidence.pk)
    if row.removed_at is not None:
        raise Refused("Minh chứng này đã được bỏ khỏi hồ sơ.")
    row.cites = _known_codes(dossier, cites)
    row.title = (title.strip() or row.title)[:200]
    row.save(update_fields=["cites", "title"])
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


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, at: datetime) -> None:
    """Take a piece of evidence out of a draft; the file and earlier submissions keep it."""
    dossier = lock(evidence.dossier)
    check_write(by, day_of(at), dossier)
    check_editable(dossier)
    row = dossier.evidence.select_for_update().get(pk=evidence.pk)
    if row.removed_at is not None:
        return
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    record(
        act="remove_evidence",
        words=f"Bỏ minh chứng “{row.title}”",
        on=row,
        thread=dossier,
        shown_to_subject=True,
        by=by,
        at=at,
    )


def _known_codes(dossier: Dossier, cites: Sequence[str]) -> list[str]:
    known = criteria_of(dossier).criteria
    unknown = [code for code in cites if code not in known]
    if unknown:
        raise Refused(f"Bộ tiêu chí của sản phẩm không có tiêu chí {', '.join(unknown)}.", field="cites")
    return [code for code in known if code in set(cites)]
