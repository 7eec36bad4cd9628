"""A subject appeals against a result, on the screen or on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from ocop.accounts.models import User
from ocop.appeals.models import Appeal, AppealFile
from ocop.appeals.permissions import check_file
from ocop.appeals.queries import standing_of
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.models import Result
from ocop.dossiers.actions.locking import lock
from ocop.dossiers.models import Dossier
from ocop.files.actions import claim_uploads
from ocop.regime.queries import days_off

LONGEST_TEXT = 5000
LONGEST_NAME = 120
MOST_FILES = 20


@transaction.atomic
def file_appeal(
    *,
    dossier: Dossier,
    text: str,
    held: Sequence[UUID] = (),
    brought_by: str = "",
    received_on: date | None = None,
    by: User,
    at: datetime,
) -> Appeal:
    """Ask to have the newest result looked at again, within the days of the council's bylaws; once per result.

    With `brought_by` an office enters a paper that was brought to it, with its scan, on the day `received_on`.
    """
    locked = lock(dossier)
    day = day_of(at)
    on_paper = bool(tidy(brought_by))
    check_file(by, day, locked, on_paper=on_paper)
    text, brought_by = tidy(text), tidy(brought_by)
    came = received_on if on_paper and received_on is not None else day
    standing = standing_of(locked, came)
    if standing is None:
        raise Refused("Kết quả của hồ sơ chưa công bố nên chưa kiến nghị được.")
    if standing.why_not:
        raise Refused(standing.why_not)
    if not standing.told_on <= came <= day:
        raise Refused("Ngày nhận kiến nghị phải từ ngày báo kết quả đến hôm nay.", field="received_on")
    if not text:
        raise Refused("Ghi rõ điều chủ thể không đồng ý và lý do.", field="text")
    check_length(text, LONGEST_TEXT, what="Nội dung kiến nghị", field="text")
    check_length(brought_by, LONGEST_NAME, what="Tên người nộp", field="brought_by")
    if on_paper and not held:
        raise Refused("Chụp hoặc quét văn bản kiến nghị có chữ ký và tải lên.", field="papers")
    if len(held) > MOST_FILES:
        raise Refused(f"Một kiến nghị kèm nhiều nhất {MOST_FILES} tệp.", field="papers")
    appeal = Appeal.objects.create(
        dossier=locked,
        result=standing.result,
        text=text,
        received_on=came,
        brought_by=brought_by,
        until=standing.until,
        due_on=_answer_by(standing.result, day),
        filed_by=by,
        filed_at=at,
    )
    kept = claim_uploads(keys=list(held), by=by, at=at) if held else []
    AppealFile.objects.bulk_create([AppealFile(appeal=appeal, file=file) for file in kept])
    record(
        act="file_appeal",
        words=f"{f'Nhập kiến nghị bằng giấy do {brought_by} nộp' if on_paper else 'Gửi kiến nghị về kết quả đánh giá'}",
        on=appeal,
        thread=locked,
        facts={
            "result": standing.result.pk,
            "result_sha256": standing.result.sha256,
            "received_on": came.isoformat(),
            "until": standing.until.isoformat(),
            "due_on": appeal.due_on.isoformat(),
            "files": [file.sha256 for file in kept],
        },
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return appeal


def _answer_by(result: Result, day: date) -> date:
    """The last day for an answer, in the working days of the bylaws that the session kept."""
    days = result.hearing.session.bylaws.answer_days
    # A working day takes three days at most on the whole, and Tết twice a fortnight more.
    return days_off(day, day + timedelta(days=3 * days + 30)).ends(day, days)
