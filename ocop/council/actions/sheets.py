"""The sheets. Lock the hearing, read again, check, write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of, spoken
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.council.actions.beat import beat
from ocop.council.models import Hearing, Seat, Sheet
from ocop.council.permissions import check_reopen, scoring_seat
from ocop.council.queries import current_sheet, hearings, is_let_in
from ocop.council.queries.tasting import revised_codes, tasted_codes
from ocop.council.states import HearingState, SheetState
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import ChoiceRefused, CriteriaSet, check_choices

LONGEST_NOTE = 1000
LONGEST_OPINION = 5000
LONGEST_REASON = 500


STAYS = "Điểm bạn chọn vẫn còn trên màn hình; nếu cần, hãy báo thư ký Hội đồng."


class SheetOver(Refused):
    """No sending of this sheet can succeed any more: it is handed in already, or its hearing takes nothing."""


class HearingOver(SheetOver):
    """The hearing takes nothing any more."""


def lock_hearing(hearing: Hearing) -> Hearing:
    """The hearing, locked and read again."""
    return hearings().select_for_update(of=("self",)).get(pk=hearing.pk)


def check_open(hearing: Hearing) -> None:
    """Refuse when the hearing is closed."""
    if hearing.is_open:
        return
    moment = f" lúc {spoken(hearing.closed_at)}" if hearing.closed_at else ""
    went = "đã chuyển ra phiên họp" if hearing.state == HearingState.ESCALATED else "đã chốt điểm"
    raise HearingOver(f"Sản phẩm này {went}{moment}, không nhận thêm phiếu. {STAYS}")


def check_ballots_taken(hearing: Hearing, at: datetime) -> None:
    """Refuse a ballot after the deadline of a written opinion; a meeting has none."""
    until = hearing.session.ballots_by
    if until is not None and at >= until:
        raise HearingOver(f"Đã hết hạn gửi phiếu lấy ý kiến lúc {spoken(until)}. {STAYS}")


@transaction.atomic
def save_sheet(
    *,
    hearing: Hearing,
    choices: Mapping[str, int | None],
    notes: Mapping[str, str],
    opinion: str | None = None,
    revision: int | None = None,
    version: int | None = None,
    by: User,
    at: datetime,
) -> Sheet:
    """Keep the member's ticks as they come (autosave): options of the published set only, points never from outside.

    `revision` is the one the page was filled in on. Over a newer one nothing is written: what is kept already is
    answered as kept (the first answer was lost on the line), anything else is refused.
    """
    locked = lock_hearing(hearing)
    sheet = _own_draft(locked, by, at, version)
    _fill_in(sheet, criteria_of(locked.dossier), choices, notes, opinion, revision, at)
    begun = sheet.pk is None
    sheet.save()
    if begun:
        beat(locked.session)
    return sheet


@transaction.atomic
def cast_sheet(
    *,
    hearing: Hearing,
    choices: Mapping[str, int | None] | None = None,
    notes: Mapping[str, str] | None = None,
    opinion: str | None = None,
    revision: int | None = None,
    version: int | None = None,
    key: UUID | None = None,
    by: User,
    at: datetime,
) -> Sheet:
    """Hand the sheet in: every criterion answered (an option, or none), then locked.

    Refused when it was saved elsewhere after `revision` and what is handed in says something else. `key` is made on the
    device: the same handing-in sent again is answered with the sheet that it made.
    """
    locked = lock_hearing(hearing)
    known = _handed_in_by(key, locked, by)
    if known is not None:
        return known
    sheet = _own_draft(locked, by, at, version)
    criteria_set = criteria_of(locked.dossier)
    _fill_in(sheet, criteria_set, choices or {}, notes or {}, opinion, revision, at)
    tasted = tasted_codes(locked)
    kept_back = tasted - revised_codes([locked]).get((locked.pk, sheet.seat_id), frozenset())
    sheet.choices = {code: place for code, place in sheet.choices.items() if code not in kept_back}
    open_codes = [code for code in criteria_set.criteria if code not in sheet.choices and code not in tasted]
    if open_codes:
        shown = ", ".join(open_codes[:8]) + (" và các tiêu chí khác" if len(open_codes) > 8 else "")
        raise Refused(
            f"Còn {len(open_codes)} tiêu chí chưa chấm: {shown}. Nếu không mức nào đạt, chọn “Không có”.",
            field=open_codes[0],
        )
    sheet.state, sheet.submitted_at, sheet.handed_key = SheetState.SUBMITTED, at, key
    sheet.save()
    beat(locked.session)
    record(
        act="cast_sheet",
        words=f"Nộp phiếu đánh giá (lần {sheet.version})",
        on=sheet,
        thread=locked.dossier,
        facts=handed_in_facts(sheet),
        by=by,
        at=at,
    )
    return sheet


def handed_in_facts(sheet: Sheet) -> dict[str, object]:
    """What the ledger holds of a handed-in version; `queries.sheets_not_as_recorded` compares the row with it."""
    return {"hearing": sheet.hearing_id, "seat": sheet.seat_id, "version": sheet.version, "sha256": sheet.sha256}


@transaction.atomic
def reopen_sheet(*, hearing: Hearing, seat: Seat, reason: str, by: User, at: datetime) -> Sheet:
    """Let a member score again, with a reason: the handed-in version stays, a new one starts from it."""
    locked = lock_hearing(hearing)
    check_reopen(by, day_of(at), locked)
    check_open(locked)
    if seat.user_id == by.pk:
        raise Refused("Không ai tự mở lại phiếu của mình: hãy nhờ người được Quy chế giao mở.", field="seat")
    reason = tidy(reason)
    if not reason:
        raise Refused("Ghi lý do mở lại phiếu; lý do này nằm trong biên bản.", field="reason")
    check_length(reason, LONGEST_REASON, what="Lý do", field="reason")
    old = Sheet.objects.select_for_update().filter(hearing=locked, seat=seat, state=SheetState.SUBMITTED).first()
    if old is None:
        raise Refused("Thành viên này chưa nộp phiếu nên không cần mở lại.")
    if not is_let_in(locked, seat):
        raise Refused("Thành viên này không tham gia sản phẩm này nên phiếu không mở lại.", field="seat")
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
    beat(locked.session)
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


def _handed_in_by(key: UUID | None, hearing: Hearing, by: User) -> Sheet | None:
    """The sheet that this very handing-in made before, if its answer was lost on the line."""
    known = Sheet.objects.select_related("seat__user").filter(handed_key=key).first() if key is not None else None
    if known is not None and (known.hearing_id, known.seat.user_id) != (hearing.pk, by.pk):
        raise Refused("Lần nộp này thuộc phiếu khác. Hãy mở lại trang phiếu rồi nộp.")
    return known


def _own_draft(hearing: Hearing, by: User, at: datetime, version: int | None) -> Sheet:
    check_open(hearing)
    check_ballots_taken(hearing, at)
    seat = scoring_seat(by, day_of(at), hearing)
    sheet = current_sheet(hearing, seat)
    if sheet is None:
        sheet = Sheet(hearing=hearing, seat=seat, saved_at=at)
    if sheet.state != SheetState.DRAFT:
        raise SheetOver("Bạn đã nộp phiếu này. Muốn sửa, hãy đề nghị người được Quy chế giao mở lại phiếu.")
    if version is not None and version != sheet.version:
        raise Stale(
            f"Phiếu này đã được mở lại, nay là bản thứ {sheet.version}; màn hình này còn ở bản thứ {version}. "
            "Hãy mở phiếu ở thẻ mới để so rồi nộp ở đó."
        )
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
    tasted = sorted(tasted_codes(sheet.hearing) & choices.keys())
    if tasted:
        raise Refused(
            f"Tiêu chí {', '.join(tasted)} được chấm ở phần nếm mẫu, không chấm trên phiếu. "
            "Hãy mở lại trang phiếu rồi nộp; các lựa chọn khác vẫn giữ.",
            field=tasted[0],
        )
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
