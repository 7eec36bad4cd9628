"""Words of the advisory team."""

from __future__ import annotations

from django.db.models import TextChoices

from ocop.accounts.states import Role


class TeamRole(TextChoices):
    """A person's place on the team."""

    LEAD = "lead", "Tổ trưởng"
    MEMBER = "member", "Thành viên"


class ReviewState(TextChoices):
    """One member's desk review of one dossier."""

    DRAFT = "draft", "Đang xem"
    DONE = "done", "Đã xem xong"


class SurveyState(TextChoices):
    """A field survey: to be made, or finished."""

    OPEN = "open", "Đang khảo sát"
    DONE = "done", "Đã khảo sát xong"


class SurveyVerdict(TextChoices):
    """What the survey found for one question."""

    AS_STATED = "as_stated", "Đúng như hồ sơ"
    DIFFERS = "differs", "Khác hồ sơ"
    NOT_CHECKED = "not_checked", "Không kiểm tra được"


class Standing(TextChoices):
    """Where a dossier stands with the team."""

    UNASSIGNED = "unassigned", "Chưa giao"
    ASSIGNED = "assigned", "Đã giao"
    REVIEWING = "reviewing", "Đang xem"
    REVIEWED = "reviewed", "Chờ báo cáo"
    REPORTED = "reported", "Đã báo cáo"


STANDING_TONES = {
    Standing.UNASSIGNED: "warn",
    Standing.ASSIGNED: "wait",
    Standing.REVIEWING: "work",
    Standing.REVIEWED: "wait",
    Standing.REPORTED: "good",
}
# Whoever scores for the council does not also advise it: the reading bar would shut the dossier for the team's work.
SCORING_ROLES = (Role.MEMBER, Role.CHAIR)
