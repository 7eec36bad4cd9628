"""The conflict door and the sheets. Lock the hearing, read again, check, write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of, spoken
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.council.models import Declaration, Hearing, Seat, Sheet
from ocop.council.permissions import check_reopen, scoring_seat, voting_seat
from ocop.council.queries import current_sheet, declaration_of, hearings
from ocop.council.states import SheetState
from ocop.dossiers.actions import lift_reading_bar
from ocop.dossiers.queries import criteria_of
from ocop.registration.queries import is_of
from ocop.rubric.rules import ChoiceRefused, CriteriaSet, check_choices

LONGEST_NOTE = 1000
LONGEST_OPINION = 5000
LONGEST_REASON = 500


def lock_hearing(hearing: Hearing) -> Hearing:
    """The hearing, locked and read again."""
    return hearings().select_for_update(of=("self",)).get(pk=hearing.pk)


def check_open(hearing: Hearing) -> None:
    """Refuse when the hearing is closed."""
    if not hearing.is_open:
        closed = f" lúc {spoken(hearing.closed_at)}" if hearing.closed_at else ""
        raise Refused(
            f"Sản phẩm này đã chốt điểm{closed}, không nhận thêm phiếu. "
            "Điểm bạn chọn vẫn còn trên màn hình; nếu cần, hãy báo thư ký Hội đồng."
        )


@transaction.atomic
def declare(*, hearing: Hearing, conflict: bool, reason: str = "", by: User, at: datetime) -> Declaration:
    """A member answers at the door of one product; a conflict takes the member out of it at once."""
    locked = lock_hearing(hearing)
    seat = voting_seat(by, day_of(at), locked)
    check_open(locked)
    known = declaration_of(locked, seat)
    if known is not None:
        raise Refused("Bạn đã khai báo cho sản phẩm này. Nếu khai nhầm, hãy báo thư ký Hội đồng.")
    reason = tidy(reason) if conflict else ""
    if conflict and not reason:
        raise Refused("Ghi ngắn gọn mối liên quan của bạn với chủ thể hoặc sản phẩm.", field="reason")
    check_length(reason, LONGEST_REASON, what="Mối liên quan", field="reason")
    if not conflict and is_of(by, locked.dossier.registration.product.subject):
        raise Refused("Bạn thay mặt chủ thể này nên phải khai có xung đột.", field="conflict")
    declaration = Declaration.objects.create(
        hearing=locked, seat=seat, conflict=conflict, reason=reason, declared_at=at
    )
    record(
        act="declare",
        words="Khai báo có xung đột lợi ích" if conflict else "Khai báo không có xung đột lợi ích",
        on=declaration,
        thread=locked.dossier,
        facts={"seat": seat.pk, "conflict": conflict},
        by=by,
        at=at,
    )
    if not conflict:
        lift_reading_bar(dossier=locked.dossier, user=by, at=at)
    return declaration


@transaction.atomic
def save_sheet(
    *,
    hearing: Hearing,
    choices: Mapping[str, int | None],
    notes: Mapping[str, str],
    opinion: str | None = None,
    revision: int | None = None,
    by: User,
    at: datetime,
) -> Sheet:
    """Keep the member's ticks as they come (autosave): options of the published set only, points never from outside.

    `revision` is the one the page was filled in on. Over a newer one nothing is written: what is kept already is
    answered as kept (the first answer was lost on the line), anything else is refused.
    """
    locked = lock_hearing(hearing)
    sheet = _own_draft(locked, by, at)
    _fill_in(sheet, criteria_of(locked.dossier), choices, notes, opinion, revision, at)
    sheet.save()
    return sheet


@transaction.atomic
def cast_sheet(
    *,
    hearing: Hearing,
    choices: Mapping[str, int | None] | None = None,
    notes: Mapping[str, str] | None = None,
    opinion: str | None = None,
    revision: int | None = None,
    by: User,
    at: datetime,
) -> Sheet:
    """Hand the sheet in: every criterion answered (an option, or none), then locked.

    Refused when it was saved elsewhere after `revision` and what is handed in says something else.
    """
    locked = lock_hearing(hearing)
    sheet = _own_draft(locked, by, at)
    criteria_set = criteria_of(locked.dossier)
    _fill_in(sheet, criteria_set, choices or {}, notes or {}, opinion, revision, at)
    open_codes = [code for code in criteria_set.criteria if code not in sheet.choices]
    if open_codes:
        shown = ", ".join(open_codes[:8]) + (" và các tiêu chí khác" if len(open_codes) > 8 else "")
        raise Refused(
            f"Còn {len(open_codes)} tiêu chí chưa chấm: {shown}. Nếu không mức nào đạt, chọn “Không có”.",
            field=open_codes[0],
        )
    sheet.state, sheet.submitted_at = SheetState.SUBMITTED, at
    sheet.save()
    record(
        act="cast_sheet",
        words=f"Nộp phiếu đánh giá (lần {sheet.version})",
        on=sheet,
        thread=locked.dossier,
        facts={
            "seat": sheet.seat_id,
            "version": sheet.version,
            "sha256": sheet.sha256,
        },
        by=by,
        at=at,
    )
    return sheet


@transaction.atomic
def reopen_sheet(*, hearing: Hearing, seat: Seat, reason: str, by: User, at: datetime) -> Sheet:
    """Let a member score again, with a reason: the handed-in version stays, a new one starts from it."""
    locked = lock_hearing(hearing)
    check_reopen(by, day_of(at), locked)
    check_open(locked)
    if seat.user_id == by.pk:
        raise Refused("Không ai tự mở lại phiếu của mình: hãy nhờ chủ trì hoặc thư ký mở.", field="seat")
    reason = tidy(reason)
    if not reason:
        raise Refused("Ghi lý do mở lại phiếu; lý do này nằm trong biên bản.", field="reason")
    check_length(reason, LONGEST_REASON, what="Lý do", field="reason")
    old = Sheet.objects.select_for_update().filter(hearing=locked, seat=seat, state=SheetState.SUBMITTED).first()
    if old is None:
        raise Refused("Thành viên này chưa nộp phiếu nên không cần mở lại.")
    old.state, old.reopened_reason = SheetState.REPLACED, reason
    old.save(update_fields=["state", "reopened_reason"])
    fresh = Sheet.objects.create(
        hearing=locked,
        seat=seat,
        version=old.version + 1,
        choices=old.choices,
        notes=old.notes,
        opinion=old.opinion,
        saved_at=at,
    )
    record(
        act="reopen_sheet",
        words=f"Mở lại phiếu của {seat.user.full_name}: {reason}",
        on=fresh,
        thread=locked.dossier,
        facts={"seat": seat.pk, "from_version": old.version, "reason": reason},
        by=by,
        at=at,
    )
    return fresh


def _own_draft(hearing: Hearing, by: User, at: datetime) -> Sheet:
    check_open(hearing)
    seat = scoring_seat(by, day_of(at), hearing)
    sheet = current_sheet(hearing, seat)
    if sheet is None:
        sheet = Sheet(hearing=hearing, seat=seat, saved_at=at)
    if sheet.state != SheetState.DRAFT:
        raise Refused("Bạn đã nộp phiếu này. Muốn sửa, hãy đề nghị chủ trì hoặc thư ký mở lại phiếu.")
    return sheet


def _fill_in(
    sheet: Sheet,
    criteria_set: CriteriaSet,
    choices: Mapping[str, int | None],
    notes: Mapping[str, str],
    opinion: str | None,
    revision: int | None,
    at: datetime,
) -> None:
    try:
        check_choices(criteria_set, dict(choices))
    except ChoiceRefused as refused:
        raise Refused(str(refused), field=refused.code) from refused
    known = {code: tidy(text) for code, text in notes.items() if code in criteria_set.criteria}
    for code, text in known.items():
        check_length(text, LONGEST_NOTE, what=f"Ghi chú tiêu chí {code}", field=code)
    opinion = sheet.opinion if opinion is None else tidy(opinion)
    check_length(opinion, LONGEST_OPINION, what="Ý kiến chung", field="opinion")
    if revision is not None and revision != sheet.revision:
        _check_same(sheet, choices, known, opinion)
        return
    sheet.choices = {**sheet.choices, **choices}
    sheet.notes = {**sheet.notes, **known}
    sheet.opinion = opinion
    sheet.revision += 1
    sheet.saved_at = at


def _check_same(sheet: Sheet, choices: Mapping[str, int | None], notes: Mapping[str, str], opinion: str) -> None:
    """Refuse what says something else than the sheet that was saved elsewhere meanwhile."""
    other = {code for code, place in choices.items() if code not in sheet.choices or sheet.choices[code] != place}
    other |= {code for code, text in notes.items() if sheet.notes.get(code, "") != text}
    where = [f"tiêu chí {', '.join(sorted(other))}"] if other else []
    where += ["ý kiến chung"] if opinion != sheet.opinion else []
    if where:
        raise Stale(
            f"Phiếu này vừa được lưu ở máy khác, khác với màn hình này ở {' và '.join(where)}. Những gì bạn chọn và "
            "ghi vẫn còn trên màn hình: hãy mở phiếu ở thẻ mới để so, sửa cho đúng rồi nộp."
        )
