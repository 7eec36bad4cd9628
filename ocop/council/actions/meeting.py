"""The meeting: which product is on the table, and the discussion of what the sheets differ in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.council.actions.beat import beat
from ocop.council.actions.hearings import refusal_words
from ocop.council.actions.sheets import LONGEST_NOTE, LONGEST_REASON, check_open, handed_in_facts, lock_hearing
from ocop.council.models import Discussion, Hearing, Session, Sheet
from ocop.council.permissions import check_chair, check_put_on_table, scoring_seat
from ocop.council.queries import open_discussion, standing_of_sheets, tasting_due, with_tasting
from ocop.council.rules import diverging
from ocop.council.states import SessionKind, SheetState
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import ChoiceRefused, check_choices


@transaction.atomic
def put_on_table(*, session: Session, hearing: Hearing | None, by: User, at: datetime) -> Session:
    """The product that the meeting turns to; every screen of the session follows. None: nothing is on the table."""
    locked = Session.objects.select_for_update(of=("self",)).select_related("council__unit").get(pk=session.pk)
    check_put_on_table(by, day_of(at), locked)
    if locked.kind != SessionKind.MEETING:
        raise Refused("Phiên lấy ý kiến bằng văn bản không có màn chiếu: thành viên gửi phiếu đến hết hạn.")
    if hearing is not None and hearing.session_id != locked.pk:
        raise Refused("Sản phẩm này không thuộc phiên họp. Chọn sản phẩm trong danh sách của phiên.", field="hearing")
    locked.on_table = hearing
    locked.save(update_fields=["on_table"])
    beat(locked)
    record(
        act="put_on_table",
        words=f"Đưa sản phẩm số {hearing.place} lên bàn" if hearing is not None else "Tạm nghỉ, bàn trống",
        on=locked,
        facts={"hearing": hearing.pk if hearing is not None else None},
        by=by,
        at=at,
    )
    return locked


@transaction.atomic
def begin_discussion(*, hearing: Hearing, by: User, at: datetime) -> Discussion:
    """Discuss the criteria that make the sheets lie too far apart; only once nothing else stands against closing."""
    locked = lock_hearing(hearing)
    check_chair(by, day_of(at), locked)
    check_open(locked)
    if locked.session.kind != SessionKind.MEETING:
        raise Refused("Ý kiến bằng văn bản chênh nhau quá mức thì chuyển sản phẩm ra phiên họp, không thảo luận ở đây.")
    if open_discussion(locked) is not None:
        raise Refused("Sản phẩm này đang được thảo luận.")
    if tasting_due(locked):
        raise Refused("Quy chế yêu cầu nếm mẫu mã hóa cho sản phẩm này: mở lượt nếm và nếm xong rồi mới thảo luận.")
    standing = standing_of_sheets(locked, day_of(at))
    refusals = standing.evaluation.refusals
    if refusals != ("spread",):
        raise Refused(
            " ".join(refusal_words(standing.evaluation, locked, standing.size))
            if refusals
            else "Điểm các phiếu không chênh nhau quá mức của Quy chế: không cần thảo luận, có thể chốt điểm."
        )
    limit = locked.session.bylaws.as_rules().spread_limit
    found = diverging(criteria_of(locked.dossier), standing.members, limit)
    discussion = Discussion.objects.create(
        hearing=locked,
        criteria=[row.criterion for row in found],
        spread=str(standing.evaluation.spread),
        opened_by=by,
        opened_at=at,
    )
    beat(locked.session)
    record(
        act="begin_discussion",
        words=f"Mở thảo luận {len(found)} tiêu chí có điểm chênh nhau: {', '.join(discussion.criteria)}",
        on=discussion,
        thread=locked.dossier,
        facts={
            "hearing": locked.pk,
            "criteria": discussion.criteria,
            "spread": discussion.spread,
            "sheets": [sheet.pk for sheet in standing.sheets],
        },
        by=by,
        at=at,
    )
    return discussion


@transaction.atomic
def revise_sheet(
    *,
    hearing: Hearing,
    choices: Mapping[str, int | None],
    notes: Mapping[str, str],
    reason: str,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Sheet:
    """Hand in one's own sheet anew in an open discussion: only the discussed criteria, with a reason; both stay.

    `version` is the one the page was filled in on. What is handed in already is answered as it is.
    """
    locked = lock_hearing(hearing)
    check_open(locked)
    seat = scoring_seat(by, day_of(at), locked)
    discussion = open_discussion(locked)
    if discussion is None:
        raise Refused("Thảo luận đã kết thúc nên phiếu không sửa được nữa. Nếu cần, đề nghị chủ trì mở lại thảo luận.")
    old = Sheet.objects.select_for_update().filter(hearing=locked, seat=seat, state=SheetState.SUBMITTED).first()
    if old is None:
        raise Refused("Bạn chưa nộp phiếu cho sản phẩm này. Hãy nộp phiếu trước khi tham gia thảo luận.")
    before, after, said = _asked(locked, discussion, old, choices, notes)
    same = all(after[code] == before.get(code) for code in after)
    same = same and all(old.notes.get(code, "") == text for code, text in said.items())
    if version is not None and version != old.version:
        if same:
            return old
        raise Stale("Phiếu của bạn vừa được sửa ở máy khác. Xem lại mức đang chọn rồi sửa tiếp nếu cần.")
    if same:
        raise Refused("Bạn chưa đổi mức hay ghi chú nào. Giữ nguyên ý kiến thì không cần nộp lại.")
    reason = tidy(reason)
    if not reason:
        raise Refused("Ghi lý do sửa phiếu; lý do này nằm trong biên bản.", field="reason")
    check_length(reason, LONGEST_REASON, what="Lý do", field="reason")
    old.state, old.reopened_reason = SheetState.REPLACED, reason
    old.save(update_fields=["state", "reopened_reason"])
    fresh = Sheet.objects.create(
        hearing=locked,
        seat=seat,
        version=old.version + 1,
        state=SheetState.SUBMITTED,
        choices={**old.choices, **after},
        notes={**old.notes, **said},
        opinion=old.opinion,
        revision=old.revision + 1,
        saved_at=at,
        submitted_at=at,
        revised_in=discussion,
    )
    beat(locked.session)
    record(
        act="revise_sheet",
        words=f"Sửa phiếu trong thảo luận (lần {fresh.version}): {reason}",
        on=fresh,
        thread=locked.dossier,
        facts={
            **handed_in_facts(fresh),
            "from_version": old.version,
            "discussion": discussion.pk,
            "changed": sorted(code for code in after if after[code] != before.get(code)),
            "reason": reason,
        },
        by=by,
        at=at,
    )
    return fresh


def _asked(
    hearing: Hearing,
    discussion: Discussion,
    old: Sheet,
    choices: Mapping[str, int | None],
    notes: Mapping[str, str],
) -> tuple[Mapping[str, int | None], dict[str, int | None], dict[str, str]]:
    """The choices that counted, those of the discussed criteria from now on, and the notes; only discussed criteria."""
    if other := sorted((set(choices) | set(notes)) - set(discussion.criteria)):
        raise Refused(f"Thảo luận này chỉ sửa được tiêu chí {', '.join(discussion.criteria)}.", field=other[0])
    try:
        check_choices(criteria_of(hearing.dossier), dict(choices))
    except ChoiceRefused as refused:
        raise Refused(str(refused), field=refused.code) from refused
    # What the sheet counts with, a blind tasting included: that is what the member changes.
    before = with_tasting(hearing, [old])[0].choices
    after = {code: before.get(code) for code in discussion.criteria} | dict(choices)
    said = {code: tidy(text) for code, text in notes.items()}
    for code, text in said.items():
        check_length(text, LONGEST_NOTE, what=f"Ghi chú tiêu chí {code}", field=f"note-{code}")
    return before, after, said


@transaction.atomic
def end_discussion(*, hearing: Hearing, by: User, at: datetime) -> Discussion:
    """End the discussion; the sheets stand as they are, and closing is tried again."""
    locked = lock_hearing(hearing)
    check_chair(by, day_of(at), locked)
    discussion = open_discussion(locked)
    if discussion is None:
        raise Refused("Sản phẩm này không có thảo luận nào đang mở.")
    discussion.ended_at = at
    discussion.save(update_fields=["ended_at"])
    revised = discussion.revisions.count()
    beat(locked.session)
    record(
        act="end_discussion",
        words=f"Kết thúc thảo luận, {revised} lần sửa phiếu" if revised else "Kết thúc thảo luận, không phiếu nào sửa",
        on=discussion,
        thread=locked.dossier,
        facts={"hearing": locked.pk, "revised": revised},
        by=by,
        at=at,
    )
    return discussion
