"""What waits for the people of a council day: members, chair and secretary, the advisory team, who keeps samples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from ocop.accounts.models import RoleGrant, User
from ocop.advisory.queries import to_report, to_review
from ocop.appeals.queries import appeals_before
from ocop.council.models import Declaration, Discussion, Result, Sheet
from ocop.council.queries import calibrations_waiting, counted_sheets, seats_held, tastings_waiting, waiting_for_member
from ocop.council.queries import sessions_of as sessions_seen
from ocop.council.states import HearingState, SeatRole, SheetState
from ocop.desk.queries.task import MOST_OF_A_KIND, Task, dossier_task
from ocop.samples.queries import open_tests


def council_work(user: User, day: date) -> Iterator[Task]:
    """Sheets to hand in; for chair and secretary, products that can be closed or wait for members."""
    yield from _tasting_and_calibration(user, day)
    yield from _doors(user, day)
    yield from _discussions(user, day)
    let_in = set(Declaration.objects.filter(seat__user=user, conflict=False).values_list("hearing", flat=True))
    for hearing in waiting_for_member(user, day)[:MOST_OF_A_KIND]:
        door = "council:sheet" if hearing.pk in let_in else "council:door"
        yield Task(
            what=f"Chấm điểm: {hearing.dossier.registration.product.name}",
            who=f"{hearing.session.name} · họp {hearing.session.held_on:%d/%m/%Y}",
            url=reverse(door, args=[hearing.pk]),
            action="Chấm điểm",
            due=hearing.session.held_on,
            status="Chờ phiếu của bạn",
            status_tone="wait",
        )
    seats = {
        seat.council_id: seat.role
        for seat in seats_held(user, day).filter(role__in=(SeatRole.CHAIR, SeatRole.SECRETARY))
    }
    if not seats:
        return
    sessions = (
        sessions_seen(user, day)
        .filter(council__in=seats, hearings__state=HearingState.OPEN)
        .annotate(sheets_in=Count("hearings__sheets", filter=Q(hearings__sheets__in=counted_sheets()), distinct=True))
    )
    for session in sessions[:MOST_OF_A_KIND]:
        still_open = session.hearing_count - session.closed_count  # type: ignore[attr-defined]
        chairs = seats[session.council_id] != SeatRole.SECRETARY
        yield Task(
            what=f"{'Chủ trì và chốt điểm' if chairs else 'Theo dõi phiếu'}: {session.name}",
            who=f"{session.batch} · {session.place}",
            url=reverse("council:session", args=[session.pk]),
            action="Mở phiên họp",
            due=session.held_on,
            note=f"Còn {still_open} sản phẩm chưa chốt, đã nhận {session.sheets_in} phiếu.",
            status="Đang chấm",
            status_tone="work",
        )


def _tasting_and_calibration(user: User, day: date) -> Iterator[Task]:
    """Cups to taste on the day of the session; past dossiers to score before it."""
    for session in tastings_waiting(user, day)[:MOST_OF_A_KIND]:
        yield Task(
            what=f"Nếm mẫu mã hóa: {session.name}",
            who=session.place,
            url=reverse("council:tasting", args=[session.pk]),
            action="Nếm mẫu",
            due=session.held_on,
            status="Chờ phiếu nếm của bạn",
            status_tone="wait",
        )
    for calibration in calibrations_waiting(user, day)[:MOST_OF_A_KIND]:
        yield Task(
            what=f"Chấm thử: {calibration.name}",
            who=calibration.council.name,
            url=reverse("council:calibrations", args=[calibration.council_id]),
            action="Chấm thử",
            status="Chờ phiếu của bạn",
            status_tone="wait",
        )


def publications_waiting(user: User, day: date) -> Iterator[Task]:
    """Sessions of one's councils with closed results that are not out yet: to prepare, or to let out."""
    seen = sessions_seen(user, day).values("pk")
    pending = (
        Result.objects.filter(
            hearing__session__in=seen, publications__isnull=True, hearing__dossier__result_out_at__isnull=True
        )
        .order_by()
        .values("hearing__session", "hearing__session__name", "hearing__session__batch__name")
        .annotate(n=Count("pk"))
        .order_by("hearing__session")
    )
    for row in pending[:MOST_OF_A_KIND]:
        yield Task(
            what=f"Công bố {row['n']} kết quả: {row['hearing__session__name']}",
            who=row["hearing__session__batch__name"],
            url=reverse("council:publish", args=[row["hearing__session"]]),
            action="Xem và công bố",
            status="Đã chốt, chưa công bố",
            status_tone="wait",
        )


def appeals_to_answer(user: User, day: date) -> Iterator[Task]:
    """Appeals that wait for the office's word or the council's answer."""
    for appeal in appeals_before(user, day)[:MOST_OF_A_KIND]:
        yield dossier_task(
            appeal.dossier, "Trả lời kiến nghị", "Đọc kiến nghị", reverse("appeals:appeal", args=[appeal.pk])
        )


def tests_to_answer(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """Extra tests that were asked for and have no result yet."""
    for test in open_tests(user, day)[:MOST_OF_A_KIND]:
        yield Task(
            what=f"Ghi kết quả kiểm nghiệm: {test.what}",
            who=test.dossier.registration.product.name,
            url=reverse("samples:test", args=[test.pk]),
            action="Ghi kết quả",
            status="Chờ phòng thử nghiệm",
            status_tone="wait",
        )


def advisory_work(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """Dossiers given to a member of the advisory team, and for its lead the reports to write."""
    for assignment in to_review(user, day)[:MOST_OF_A_KIND]:
        yield dossier_task(
            assignment.dossier,
            "Thẩm tra cho Tổ tư vấn",
            "Mở phiếu thẩm tra",
            reverse("advisory:review", args=[assignment.dossier_id]),
        )
    for dossier in to_report(user, day)[:MOST_OF_A_KIND]:
        yield dossier_task(
            dossier, "Viết báo cáo của Tổ tư vấn", "Viết báo cáo", reverse("advisory:report", args=[dossier.pk])
        )


def _doors(user: User, day: date) -> Iterator[Task]:
    """Sessions with products for which the member has not answered at the door: all of them on one page."""
    answered = Declaration.objects.filter(hearing=OuterRef("pk"), seat__user=user)
    waiting = (
        waiting_for_member(user, day)
        .filter(~Exists(answered))
        .order_by()
        .values("session", "session__name", "session__held_on")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .order_by("session__held_on", "session")
    )
    for row in waiting[:MOST_OF_A_KIND]:
        yield Task(
            what=f"Khai báo xung đột lợi ích cho {row['n']} sản phẩm",
            who=row["session__name"],
            url=reverse("council:doors", args=[row["session"]]),
            action="Khai báo",
            due=row["session__held_on"],
            status="Chờ bạn khai báo",
            status_tone="wait",
        )


def _discussions(user: User, day: date) -> Iterator[Task]:
    """Open discussions of products for which the member has handed in a sheet."""
    mine = Sheet.objects.filter(hearing=OuterRef("hearing"), seat__in=seats_held(user, day), state=SheetState.SUBMITTED)
    left = Declaration.objects.filter(hearing=OuterRef("hearing"), seat__user=user, conflict=True)
    found = (
        Discussion.objects.filter(~Exists(left), Exists(mine), ended_at__isnull=True)
        .select_related("hearing__session", "hearing__dossier__registration__product")
        .order_by("opened_at")
    )
    for discussion in found[:MOST_OF_A_KIND]:
        yield Task(
            what=f"Thảo luận: {discussion.hearing.dossier.registration.product.name}",
            who=discussion.hearing.session.name,
            url=reverse("council:discussion", args=[discussion.hearing_id]),
            action="Vào thảo luận",
            due=discussion.hearing.session.held_on,
            status="Các phiếu chênh nhau quá mức",
            status_tone="warn",
        )
