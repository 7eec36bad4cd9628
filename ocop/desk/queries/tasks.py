"""The work list: each role's waiting work, with who, by when, and one button."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.queries import grants_on, people
from ocop.accounts.states import COUNCIL_ROLES, Role
from ocop.certificates.queries import awaiting_decision, awaiting_register, to_sign
from ocop.core.clock import OFFICE_ZONE
from ocop.council.models import Declaration
from ocop.council.queries import forwarded_below, open_to, results_for, seats_held, waiting_for_member
from ocop.council.queries import sessions_of as sessions_seen
from ocop.council.states import HearingState, SeatRole, SheetState
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import (
    awaiting_step,
    dossiers,
    in_state,
    step_of,
    unit_of_step,
    visible_to,
    without_dossier,
)
from ocop.dossiers.states import EDITABLE, RESULT_SHOWN, DossierState
from ocop.ideas.queries import waiting_for as ideas_waiting_for
from ocop.ideas.states import IdeaState
from ocop.places.queries import within
from ocop.registration.queries import own_subjects

# A desk shows this many tasks of one kind; the rest is a line with the number and a link to the list.
MOST_OF_A_KIND = 20
# A subject reads of a result on the desk for so long.
NEWS_DAYS = 30


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for a person: what, of whom, until when, and where to do it."""

    what: str
    who: str
    url: str
    action: str
    due: date | None = None
    note: str = ""
    status: str = ""
    status_tone: str = "neutral"


def tasks_for(user: User, day: date) -> list[Task]:
    """Everything that waits for the person on `day`, what is due first on top."""
    grants = grants_on(user, day)
    found: list[Task] = [*_own_dossiers(user, day), *_ideas(user, day)]
    for grant in grants:
        for source in SOURCES.get(Role(grant.role), ()):
            found.extend(source(user, grant, day))
    if any(grant.role in COUNCIL_ROLES for grant in grants):
        found.extend(_council_work(user, day))
    unique = {(task.url, task.what): task for task in found}
    return sorted(unique.values(), key=lambda task: (task.due is None, task.due or date.max))


def _where(dossier: Dossier) -> str:
    subject = dossier.registration.product.subject
    return f"{subject.name} · {subject.unit.name}"


def _dossier_task(dossier: Dossier, what: str, action: str, url: str, note: str = "") -> Task:
    return Task(
        what=f"{what}: {dossier.registration.product.name}",
        who=_where(dossier),
        url=url,
        action=action,
        due=dossier.due_on,
        note=note,
        status=dossier.state_label,
        status_tone=dossier.tone,
    )


def _own_dossiers(user: User, day: date) -> Iterator[Task]:
    """A subject's own work: open the dossier, go on with a draft, complete what was returned; and fresh results."""
    for subject in own_subjects(user, day).filter(products__isnull=True)[:MOST_OF_A_KIND]:
        yield Task(
            what="Đăng ký sản phẩm đầu tiên",
            who=subject.name,
            url=reverse("registration:product-new", args=[subject.pk]),
            action="Đăng ký sản phẩm",
            note="Chọn nhóm sản phẩm và hạng sao muốn đạt, rồi lập hồ sơ.",
        )
    for registration in without_dossier(user, day)[:MOST_OF_A_KIND]:
        yield Task(
            what=f"Lập hồ sơ: {registration.product.name}",
            who=str(registration.batch),
            url=reverse("registration:registration", args=[registration.pk]),
            action="Lập hồ sơ",
            due=registration.batch.closes_on,
            status="Đã đăng ký",
            status_tone="wait",
        )
    own = own_subjects(user, day).values("pk")
    mine = dossiers().filter(registration__product__subject__in=own, state__in=EDITABLE).order_by("pk")
    for dossier in mine[:MOST_OF_A_KIND]:
        if dossier.state == DossierState.RETURNED:
            url = reverse("dossiers:dossier", args=[dossier.pk])
            yield _dossier_task(dossier, "Bổ sung theo yêu cầu", "Xem cần bổ sung gì", url)
        else:
            task = _dossier_task(
                dossier,
                "Hoàn thiện hồ sơ",
                "Làm tiếp",
                reverse("dossiers:self-assessment", args=[dossier.pk]),
                note="Chưa nộp. Những gì đã nhập vẫn được giữ.",
            )
            yield replace(task, due=dossier.registration.batch.closes_on)
    told = dossiers().filter(
        registration__product__subject__in=own,
        state__in=RESULT_SHOWN,
        step_since__gte=datetime.combine(day - timedelta(days=NEWS_DAYS), time(), tzinfo=OFFICE_ZONE),
    )
    for dossier in told.order_by("-step_since")[:MOST_OF_A_KIND]:
        url = reverse("dossiers:dossier", args=[dossier.pk])
        task = _dossier_task(dossier, "Đã có kết quả", "Xem kết quả", url, note="Tin mới, không có việc phải làm.")
        yield replace(task, due=None)


IDEA_WORK = {
    IdeaState.DRAFT: ("Gửi ý tưởng", "Xem lại và gửi"),
    IdeaState.NEEDS_WORK: ("Bổ sung ý tưởng", "Xem ý kiến"),
    IdeaState.SENT: ("Cho ý kiến về ý tưởng", "Cho ý kiến"),
    IdeaState.REVIEWING: ("Xem xét ý tưởng", "Xem xét"),
    IdeaState.ACCEPTED: ("Lập phương án", "Lập phương án"),
    IdeaState.PLAN_SENT: ("Thống nhất phương án", "Xem phương án"),
    IdeaState.CARRYING_OUT: ("Thực hiện phương án", "Báo cáo"),
}


def _ideas(user: User, day: date) -> Iterator[Task]:
    """Ideas and plans in which the next move is this person's."""
    for idea in ideas_waiting_for(user, day)[:MOST_OF_A_KIND]:
        what, action = IDEA_WORK[IdeaState(idea.state)]
        yield Task(
            what=f"{what}: {idea.name}",
            who=f"{idea.whose} · {idea.unit.name}",
            url=reverse("ideas:idea", args=[idea.pk]),
            action=action,
            status=idea.state_label,
            status_tone=idea.tone,
        )


def _intake(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """The intake steps that the regime gives to this role in this unit."""
    for dossier in awaiting_step([grant.unit_id], grant.role)[: MOST_OF_A_KIND * 2]:
        step = step_of(dossier)
        if step is None or step.by != grant.role or unit_of_step(dossier, step) != grant.unit:
            continue
        action = "Mở kiểm tra" if step.kind == "check" else "Ghi nhận xét"
        yield _dossier_task(dossier, step.name, action, reverse("intake:step", args=[dossier.pk]))


def _returned_to_help(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """The helper team and the commune stand by their subjects whose dossiers came back."""
    back = visible_to(user, day).filter(
        state=DossierState.RETURNED, registration__product__subject__unit__in=within(grant.unit)
    )
    for dossier in back.order_by("due_on", "pk")[:MOST_OF_A_KIND]:
        yield _dossier_task(dossier, "Hướng dẫn bổ sung", "Mở hồ sơ", reverse("dossiers:dossier", args=[dossier.pk]))


def _lead_office(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """What the lead office carries on: to the council, letters, hand-overs, decisions, the register."""
    waiting = (
        in_state(grant.unit, DossierState.ACCEPTED)
        .order_by()
        .values("registration__batch", "registration__batch__name", "registration__batch__programme__year")
        .annotate(n=Count("pk"))
    )
    for row in waiting:
        yield Task(
            what=f"Đưa {row['n']} hồ sơ ra Hội đồng",
            who=f"{row['registration__batch__name']} · {row['registration__batch__programme__year']}",
            url=reverse("council:councils"),
            action="Chọn phiên họp",
            status=DossierState.ACCEPTED.label,
            status_tone="wait",
        )
    onward = {
        DossierState.TO_NOTIFY: ("Thông báo kết quả", "Soạn thông báo", "council:letter"),
        DossierState.TO_FORWARD: ("Chuyển hồ sơ và mẫu lên cấp trên", "Ghi bàn giao", "council:forward"),
    }
    for result in open_to(user, results_for([grant.unit], *onward))[: MOST_OF_A_KIND * 2]:
        what, action, door = onward[DossierState(result.hearing.dossier.state)]
        yield _dossier_task(result.hearing.dossier, what, action, reverse(door, args=[result.pk]))
    if count := len(awaiting_decision(grant.unit, user)):
        yield Task(
            what=f"Soạn quyết định công nhận {count} sản phẩm",
            who=grant.unit.name,
            url=reverse("certificates:decisions"),
            action="Soạn quyết định",
            status=DossierState.TO_RECOGNISE.label,
            status_tone="wait",
        )
    for result in awaiting_register([grant.unit], user)[:MOST_OF_A_KIND]:
        yield _dossier_task(
            result.hearing.dossier,
            "Vào sổ chứng nhận của cấp trên",
            "Ghi số chứng nhận",
            reverse("certificates:decisions"),
        )


def _to_sign(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """A leader's drafts to sign."""
    for decision in to_sign(user, day)[:MOST_OF_A_KIND]:
        yield Task(
            what=f"Ký quyết định công nhận {decision.line_count} sản phẩm",  # type: ignore[attr-defined]
            who=str(decision.batch),
            url=reverse("certificates:decision", args=[decision.pk]),
            action="Xem và ký",
            due=decision.batch.announce_by,
            note=", ".join(line.dossier.registration.product.name for line in list(decision.lines.all())[:3]),
            status="Chờ ký",
            status_tone="wait",
        )


def _answers_from_above(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """Forwarded dossiers whose result the liaison still has to record."""
    for result in open_to(user, forwarded_below([grant.unit]))[:MOST_OF_A_KIND]:
        yield _dossier_task(
            result.hearing.dossier,
            "Ghi kết quả của cấp trên",
            "Ghi kết quả",
            reverse("council:answer", args=[result.pk]),
        )


def _accounts_without_role(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """Accounts that can sign in but hold no role."""
    count = people().filter(is_active=True, grants__isnull=True).count()
    if count:
        yield Task(
            what=f"Giao vai trò cho {count} tài khoản mới",
            who="Tài khoản chưa có vai trò nào",
            url=reverse("audit:people"),
            action="Mở danh sách",
            status="Chờ giao vai trò",
            status_tone="wait",
        )


SOURCES: dict[Role, tuple[Callable[[User, RoleGrant, date], Iterator[Task]], ...]] = {
    Role.COMMUNE_OFFICER: (_intake, _returned_to_help),
    Role.LEAD_OFFICER: (_intake, _lead_office),
    Role.HELPER: (_returned_to_help,),
    Role.LEADER: (_to_sign,),
    Role.LIAISON: (_answers_from_above,),
    Role.ADMIN: (_accounts_without_role,),
}


def _council_work(user: User, day: date) -> Iterator[Task]:
    """Sheets to hand in; for chair and secretary, products that can be closed or wait for members."""
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
        .annotate(
            sheets_in=Count(
                "hearings__sheets",
                filter=Q(hearings__sheets__state=SheetState.SUBMITTED, hearings__state=HearingState.OPEN),
                distinct=True,
            )
        )
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
