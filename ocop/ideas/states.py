"""The way of an idea: from a thought to a plan that is carried out (steps 2–4 of the OCOP cycle)."""

from __future__ import annotations

from django.db.models import TextChoices


class IdeaKind(TextChoices):
    """Whether the product is to be made for the first time or to be perfected."""

    NEW = "new", "Sản phẩm mới"
    EXISTING = "existing", "Sản phẩm đã có, muốn hoàn thiện"


class IdeaState(TextChoices):
    """Where an idea stands."""

    DRAFT = "draft", "Nháp"
    SENT = "sent", "Chờ ý kiến cấp xã"
    REVIEWING = "reviewing", "Chờ cơ quan chủ trì xem xét"
    NEEDS_WORK = "needs_work", "Cần bổ sung"
    NOT_TAKEN = "not_taken", "Chưa chọn"
    ACCEPTED = "accepted", "Được chọn, đang lập phương án"
    PLAN_SENT = "plan_sent", "Chờ thống nhất phương án"
    CARRYING_OUT = "carrying_out", "Đang thực hiện phương án"
    DONE = "done", "Đã thực hiện xong"


S = IdeaState
WAYS: dict[IdeaState, tuple[IdeaState, ...]] = {
    S.DRAFT: (S.SENT,),
    S.SENT: (S.REVIEWING,),
    S.REVIEWING: (S.ACCEPTED, S.NEEDS_WORK, S.NOT_TAKEN),
    S.NEEDS_WORK: (S.SENT,),
    S.NOT_TAKEN: (),
    S.ACCEPTED: (S.PLAN_SENT,),
    S.PLAN_SENT: (S.CARRYING_OUT, S.ACCEPTED),
    S.CARRYING_OUT: (S.DONE,),
    S.DONE: (),
}
IDEA_OPEN = (S.DRAFT, S.NEEDS_WORK)
# From here on the idea is a product with a plan.
PLANNED = (S.ACCEPTED, S.PLAN_SENT, S.CARRYING_OUT, S.DONE)
TONES = {
    S.DRAFT: "draft",
    S.SENT: "wait",
    S.REVIEWING: "wait",
    S.NEEDS_WORK: "warn",
    S.NOT_TAKEN: "neutral",
    S.ACCEPTED: "work",
    S.PLAN_SENT: "wait",
    S.CARRYING_OUT: "work",
    S.DONE: "good",
}


class Verdict(TextChoices):
    """What an office says of an idea or a plan."""

    SUPPORTED = "supported", "Đề nghị chọn"
    NOT_SUPPORTED = "not_supported", "Chưa đề nghị chọn"
    ACCEPTED = "accepted", "Chọn, cho lập phương án"
    NEEDS_WORK = "needs_work", "Cần bổ sung"
    NOT_TAKEN = "not_taken", "Chưa chọn"
    PLAN_AGREED = "plan_agreed", "Thống nhất phương án"
    PLAN_RETURNED = "plan_returned", "Phương án cần sửa"


COMMUNE_VERDICTS = (Verdict.SUPPORTED, Verdict.NOT_SUPPORTED)
# What the lead office may decide in each state, and where the idea goes then.
DECISIONS: dict[IdeaState, dict[Verdict, IdeaState]] = {
    S.REVIEWING: {
        Verdict.ACCEPTED: S.ACCEPTED,
        Verdict.NEEDS_WORK: S.NEEDS_WORK,
        Verdict.NOT_TAKEN: S.NOT_TAKEN,
    },
    S.PLAN_SENT: {Verdict.PLAN_AGREED: S.CARRYING_OUT, Verdict.PLAN_RETURNED: S.ACCEPTED},
}
# These end well and need no reason.
GOOD_VERDICTS = (Verdict.SUPPORTED, Verdict.ACCEPTED, Verdict.PLAN_AGREED)
