"""Written opinion: what may be decided by it, and the way from there to a meeting (QĐ 26/2026 Art. 7.6d)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of, spoken
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.beat import beat
from ocop.council.actions.hearings import refusal_words
from ocop.council.actions.sheets import LONGEST_REASON, check_open, lock_hearing
from ocop.council.models import Hearing, Session, Sheet
from ocop.council.permissions import check_chair
from ocop.council.queries import ballots_over, seats_on, standing_of_sheets
from ocop.council.states import HearingState, SessionKind
from ocop.dossiers.actions import bar_reading

SPREAD_WORDS = "Ý kiến của các thành viên chênh nhau quá mức của Quy chế."


@transaction.atomic
def escalate_hearing(*, hearing: Hearing, to: Session, reason: str = "", by: User, at: datetime) -> Hearing:
    """Take a product out of a written opinion into a meeting: opinions differ, or with a reason (Art. 7.6d).

    The ballots stay as they are; in the meeting each member starts from the own ballot, after a new answer at the door.
    """
    locked = lock_hearing(hearing)
    check_chair(by, day_of(at), locked)
    check_open(locked)
    session = locked.session
    if session.kind != SessionKind.WRITTEN:
        raise Refused("Sản phẩm này đang ở phiên họp, không phải lấy ý kiến bằng văn bản.")
    if not ballots_over(locked, at):
        assert session.ballots_by is not None
        raise Refused(
            f"Thành viên còn gửi phiếu đến {spoken(session.ballots_by)}. Chuyển ra phiên họp được từ lúc đó, "
            "hoặc ngay khi mọi thành viên đã gửi phiếu."
        )
    meeting = Session.objects.select_for_update(of=("self",)).select_related("council").get(pk=to.pk)
    if meeting.kind != SessionKind.MEETING or meeting.council_id != session.council_id:
        raise Refused("Chọn một phiên họp của chính Hội đồng này.", field="to")
    if meeting.batch_id != session.batch_id:
        raise Refused(f"{meeting} thuộc đợt khác. Chọn phiên họp của {session.batch}.", field="to")
    if meeting.held_on < day_of(at):
        raise Refused(f"{meeting} đã họp ngày {meeting.held_on:%d/%m/%Y}. Chọn phiên sắp tới.", field="to")
    if meeting.hearings.filter(dossier=locked.dossier).exists():
        raise Refused(f"Sản phẩm này đã ở {meeting}.", field="to")
    standing = standing_of_sheets(locked, day_of(at))
    reason = tidy(reason)
    if standing.evaluation.refusals == ("spread",):
        reason = reason or SPREAD_WORDS
    elif not reason:
        told = refusal_words(standing.evaluation, locked, standing.size) if standing.evaluation.refusals else []
        raise Refused(" ".join([*told, "Ghi lý do chuyển ra phiên họp; lý do nằm trong biên bản."]), field="reason")
    check_length(reason, LONGEST_REASON, what="Lý do", field="reason")
    locked.state, locked.closed_at = HearingState.ESCALATED, at
    locked.save(update_fields=["state", "closed_at"])
    places = meeting.hearings.order_by("-place").values_list("place", flat=True)
    made = Hearing.objects.create(
        session=meeting, dossier=locked.dossier, place=(places.first() or 0) + 1, came_from=locked
    )
    bar_reading(
        dossier=locked.dossier,
        users=[seat.user for seat in seats_on(meeting.council, meeting.held_on).filter(votes=True)],
        at=at,
    )
    Sheet.objects.bulk_create(
        Sheet(
            hearing=made,
            seat=sheet.seat,
            choices=sheet.choices,
            notes=sheet.notes,
            opinion=sheet.opinion,
            saved_at=at,
        )
        for sheet in standing.sheets
    )
    beat(session)
    beat(meeting)
    record(
        act="escalate_hearing",
        words=f"Chuyển ra {meeting.name}, họp ngày {meeting.held_on:%d/%m/%Y}: {reason}",
        on=made,
        thread=locked.dossier,
        facts={"from_hearing": locked.pk, "session": meeting.pk, "reason": reason, "sheets": len(standing.sheets)},
        by=by,
        at=at,
    )
    return made
