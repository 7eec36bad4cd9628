"""The work list: each role's waiting work, with who, by when, and one button."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Count
from django.urls import reverse

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.queries import grants_on, people
from ocop.accounts.states import COUNCIL_ROLES, Role
from ocop.certificates.queries import awaiting_decision, awaiting_register, to_sign
from ocop.coaching.queries import LATE, plans_seen
from ocop.council.queries import forwarded_below, open_to, results_for
from ocop.desk.queries.council_day import (
    advisory_work,
    appeals_to_answer,
    council_work,
    publications_waiting,
    tests_to_answer,
)
from ocop.desk.queries.own import (
    ideas_in_hand,
    improvements_due,
    own_dossiers,
    papers_to_renew,
    threads_to_answer,
    to_read_back,
)
from ocop.desk.queries.task import MOST_OF_A_KIND, Task, dossier_task
from ocop.dossiers.queries import (
    awaiting_step,
    days_left,
    in_state,
    step_of,
    unit_of_step,
    visible_to,
)
from ocop.dossiers.states import DossierState
from ocop.intake.queries import asked_of
from ocop.places.queries import within

DECIDERS = (Role.LEAD_OFFICER, Role.LEADER, Role.CHAIR, Role.SECRETARY)


def tasks_for(user: User, day: date) -> list[Task]:
    """Everything that waits for the person on `day`, what is due first on top."""
    grants = grants_on(user, day)
    found: list[Task] = [
        *own_dossiers(user, day),
        *papers_to_renew(user, day),
        *to_read_back(user, day),
        *improvements_due(user, day),
        *ideas_in_hand(user, day),
        *threads_to_answer(user, day),
    ]
    for grant in grants:
        for source in SOURCES.get(Role(grant.role), ()):
            found.extend(source(user, grant, day))
    if any(grant.role in COUNCIL_ROLES for grant in grants):
        found.extend(council_work(user, day))
    if any(grant.role in DECIDERS for grant in grants):
        found.extend(publications_waiting(user, day))
        found.extend(appeals_to_answer(user, day))
    unique = {(task.url, task.what): task for task in found}
    return sorted(unique.values(), key=lambda task: (task.due is None, task.due or date.max))


def _intake(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """The intake steps that the regime gives to this role in this unit."""
    waiting = list(awaiting_step([grant.unit_id], grant.role)[: MOST_OF_A_KIND * 2])
    left = days_left(waiting, day)
    for dossier in waiting:
        step = step_of(dossier)
        if step is None or step.by != grant.role or unit_of_step(dossier, step) != grant.unit:
            continue
        action = "Mở kiểm tra" if step.kind == "check" else "Ghi nhận xét"
        task = dossier_task(dossier, step.name, action, reverse("intake:step", args=[dossier.pk]))
        yield replace(task, left=left.get(dossier.pk))


def _asked_by_later_office(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """A later office asked this one for its own papers of a dossier."""
    for dossier, wanted in asked_of(grant.unit, grant.role)[:MOST_OF_A_KIND]:
        yield dossier_task(
            dossier,
            "Bổ sung giấy tờ của xã, phường",
            "Đọc và trả lời",
            reverse("dossiers:thread", args=[dossier.pk]),
            note="; ".join(row["what"] for row in wanted.rows),
        )


def _returned_to_help(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """The helper team and the commune stand by their subjects whose dossiers came back."""
    back = visible_to(user, day).filter(
        state=DossierState.RETURNED, registration__product__subject__unit__in=within(grant.unit)
    )
    for dossier in back.order_by("due_on", "pk")[:MOST_OF_A_KIND]:
        yield dossier_task(dossier, "Hướng dẫn bổ sung", "Mở hồ sơ", reverse("dossiers:dossier", args=[dossier.pk]))


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
        yield dossier_task(result.hearing.dossier, what, action, reverse(door, args=[result.pk]))
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
        yield dossier_task(
            result.hearing.dossier,
            "Vào sổ chứng nhận của cấp trên",
            "Ghi số chứng nhận",
            reverse("certificates:decisions"),
        )


def _late_plans(user: User, grant: RoleGrant, day: date) -> Iterator[Task]:
    """One line for the improvement plans of the office's area that are late."""
    count = plans_seen(user, day, state=LATE).count()
    if count:
        yield Task(
            what=f"{count} kế hoạch củng cố chậm hạn",
            who="Chủ thể trên địa bàn",
            url=f"{reverse('coaching:plans')}?trang-thai={LATE}",
            action="Xem và nhắc",
            status="Chậm",
            status_tone="bad",
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
        yield dossier_task(
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
    Role.COMMUNE_OFFICER: (_intake, _asked_by_later_office, _returned_to_help),
    Role.LEAD_OFFICER: (_intake, _lead_office, tests_to_answer, _late_plans),
    Role.HELPER: (advisory_work, _returned_to_help),
    Role.LEADER: (_to_sign,),
    Role.LIAISON: (_answers_from_above,),
    Role.ADMIN: (_accounts_without_role,),
}
