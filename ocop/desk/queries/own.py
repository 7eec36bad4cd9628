"""What waits for a subject's own people, and for whoever takes part in an idea or a thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.urls import reverse

from ocop.accounts.models import User
from ocop.coaching.models import PlanTask
from ocop.coaching.queries import tasks_due
from ocop.core.clock import OFFICE_ZONE
from ocop.desk.queries.task import MOST_OF_A_KIND, Task, dossier_task, where
from ocop.dossiers.queries import dossiers, unanswered, without_dossier
from ocop.dossiers.states import EDITABLE, DossierState
from ocop.ideas.queries import waiting_for as ideas_waiting_for
from ocop.ideas.states import IdeaState
from ocop.registration.queries import own_subjects
from ocop.wallet.queries import rows_of

# A subject reads of a result on the desk for so long.
NEWS_DAYS = 30
# Somebody who acts for many subjects is told of the papers of these.
MOST_WALLETS = 5


def own_dossiers(user: User, day: date) -> Iterator[Task]:
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
            yield dossier_task(dossier, "Bổ sung theo yêu cầu", "Xem cần bổ sung gì", url)
        else:
            task = dossier_task(
                dossier,
                "Hoàn thiện hồ sơ",
                "Làm tiếp",
                reverse("dossiers:dossier", args=[dossier.pk]),
                note="Chưa nộp. Những gì đã nhập vẫn được giữ.",
            )
            yield replace(task, due=dossier.registration.batch.closes_on)
    told = dossiers().filter(
        registration__product__subject__in=own,
        result_out_at__gte=datetime.combine(day - timedelta(days=NEWS_DAYS), time(), tzinfo=OFFICE_ZONE),
    )
    for dossier in told.order_by("-result_out_at")[:MOST_OF_A_KIND]:
        url = reverse("dossiers:dossier", args=[dossier.pk])
        task = dossier_task(dossier, "Đã có kết quả", "Xem kết quả", url, note="Tin mới, không có việc phải làm.")
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


def ideas_in_hand(user: User, day: date) -> Iterator[Task]:
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


def papers_to_renew(user: User, day: date) -> Iterator[Task]:
    """Papers of one's own wallets that lapsed, or will before the batch is decided."""
    for subject in own_subjects(user, day)[:MOST_WALLETS]:
        lapsing = [row for row in rows_of(subject, day) if row.light.tone == "bad"]
        if lapsing:
            yield Task(
                what=f"{len(lapsing)} giấy tờ hết hạn hoặc sắp hết hạn",
                who=subject.name,
                url=reverse("wallet:wallet", args=[subject.pk]),
                action="Mở ví minh chứng",
                due=min((row.paper.expires_on for row in lapsing if row.paper.expires_on), default=None),
                note=", ".join(row.paper.title for row in lapsing[:3]),
            )


def to_read_back(user: User, day: date) -> Iterator[Task]:
    """Drafts of one's own that somebody else typed in and that were not read back yet."""
    own = own_subjects(user, day).values("pk")
    mine = dossiers().filter(registration__product__subject__in=own, state__in=EDITABLE, read_backs__isnull=True)
    for dossier in mine.exclude(typed={}).order_by("pk")[:MOST_OF_A_KIND]:
        task = dossier_task(
            dossier,
            "Đọc lại phần nhập giúp",
            "Đọc lại và xác nhận",
            reverse("dossiers:read-back", args=[dossier.pk]),
            note="Người khác đã nhập giúp. Đọc lại rồi mới nộp được hồ sơ.",
        )
        yield replace(task, due=dossier.registration.batch.closes_on)


def improvements_due(user: User, day: date) -> Iterator[Task]:
    """One's own improvement plans in which something is late or due soon, a line for each plan."""
    for _, group in groupby(sorted(tasks_due(user, day)[:MOST_OF_A_KIND], key=_plan_of), key=_plan_of):
        due = list(group)
        yield Task(
            what=f"Củng cố hồ sơ {due[0].plan.dossier.registration.product.name}: {len(due)} việc đến hạn",
            who=due[0].plan.dossier.registration.product.subject.name,
            url=reverse("coaching:plan", args=[due[0].plan_id]),
            action="Mở kế hoạch",
            due=min(task.due_on for task in due if task.due_on is not None),
            note="; ".join(task.what for task in due[:3]),
        )


def _plan_of(task: PlanTask) -> int:
    return task.plan_id


def threads_to_answer(user: User, day: date) -> Iterator[Task]:
    """Threads on dossiers in which the other side had the last word."""
    for message in unanswered(user, day)[:MOST_OF_A_KIND]:
        yield Task(
            what=f"Trả lời trao đổi: {message.dossier.registration.product.name}",
            who=where(message.dossier),
            url=reverse("dossiers:thread", args=[message.dossier_id]),
            action="Đọc và trả lời",
            note=f"{message.by.full_name}: {message.text[:80]}",
        )
