"""Extra tests: asked for while a dossier is looked at, answered by the code of the sample that was tested."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.dossiers.actions.locking import lock
from ocop.dossiers.models import Dossier
from ocop.dossiers.states import DossierState
from ocop.files.actions import claim_uploads, keep, take_in
from ocop.samples.models import LabTest, Sample
from ocop.samples.permissions import check_keep
from ocop.samples.queries import wanted_samples
from ocop.samples.rules import lower_first
from ocop.samples.states import SampleState

ASKED_WHILE = (DossierState.SUBMITTED, DossierState.ACCEPTED, DossierState.IN_COUNCIL)
LONGEST_WHAT = 500
LONGEST_LABORATORY = 200
LONGEST_RESULT = 3000


@transaction.atomic
def ask_test(*, dossier: Dossier, what: str, laboratory: str = "", by: User, at: datetime) -> LabTest:
    """Ask for an extra test of the product (kiểm tra, kiểm nghiệm bổ sung): what exactly, and where if known."""
    locked = lock(dossier)
    check_keep(by, day_of(at), locked)
    what, laboratory = tidy(what), tidy(laboratory)
    if locked.state not in ASKED_WHILE:
        raise Refused(f"Hồ sơ đang ở bước “{locked.state_label}” nên không đề nghị kiểm nghiệm thêm.")
    if not what:
        raise Refused("Ghi chỉ tiêu hoặc nội dung cần kiểm nghiệm.", field="what")
    check_length(what, LONGEST_WHAT, what="Nội dung kiểm nghiệm", field="what")
    check_length(laboratory, LONGEST_LABORATORY, what="Tên phòng kiểm nghiệm", field="laboratory")
    test = LabTest.objects.create(dossier=locked, what=what, laboratory=laboratory, asked_by=by, asked_at=at)
    record(
        act="ask_test",
        words=f"Đề nghị kiểm nghiệm bổ sung: {what}",
        on=test,
        thread=locked,
        facts={"laboratory": laboratory},
        by=by,
        at=at,
    )
    return test


def record_test(
    *,
    test: LabTest,
    sample: Sample | None,
    result_text: str,
    passed: bool | None,
    paper_file: UploadedFile | None = None,
    held: UUID | None = None,
    by: User,
    at: datetime,
) -> LabTest:
    """Write down, once, what came of a test of the sample that was sent; its paper is a file, or one `held`."""
    taken = take_in(paper_file) if paper_file is not None else None  # long work, so before the transaction
    with transaction.atomic():
        dossier = lock(test.dossier)
        locked = LabTest.objects.select_for_update(of=("self",)).get(pk=test.pk)
        check_keep(by, day_of(at), dossier)
        if locked.answered_at is not None:
            raise Refused("Kết quả này đã ghi và được giữ nguyên. Kiểm lại thì đề nghị một lần kiểm nghiệm mới.")
        result_text = tidy(result_text)
        if not result_text:
            raise Refused("Ghi kết quả kiểm nghiệm như trên phiếu.", field="result_text")
        check_length(result_text, LONGEST_RESULT, what="Kết quả", field="result_text")
        _check_sample(dossier, sample)
        paper = keep(taken, by=by, at=at) if taken is not None else None
        if held is not None:
            (paper,) = claim_uploads(keys=[held], by=by, at=at)
        locked.sample, locked.result_text, locked.passed, locked.paper = sample, result_text, passed, paper
        locked.answered_by, locked.answered_at = by, at
        locked.save(update_fields=["sample", "result_text", "passed", "paper", "answered_by", "answered_at"])
        record(
            act="record_test",
            words=f"Ghi kết quả kiểm nghiệm: {locked.what} – {lower_first(locked.verdict)}",
            on=locked,
            thread=dossier,
            facts={
                "sample": sample.code if sample is not None else None,
                "passed": passed,
                "sha256": paper.sha256 if paper is not None else None,
            },
            by=by,
            at=at,
        )
    return locked


def _check_sample(dossier: Dossier, sample: Sample | None) -> None:
    """The result belongs to a sample of the dossier that went to the laboratory; a service has none."""
    if sample is None:
        if wanted_samples(dossier):
            raise Refused("Chọn mã mẫu đã gửi kiểm nghiệm.", field="sample")
        return
    if sample.dossier_id != dossier.pk:
        raise Refused("Mã mẫu này không thuộc hồ sơ. Kiểm tra lại mã trên phiếu kết quả.", field="sample")
    if not sample.moves.filter(to_state=SampleState.SENT_TO_LAB).exists():
        raise Refused(
            f"Mẫu {sample.shown_code} chưa được gửi kiểm nghiệm. "
            "Quét “Gửi kiểm nghiệm” cho mẫu trước, rồi ghi kết quả.",
            field="sample",
        )
