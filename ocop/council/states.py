"""Seats, sheets and hearings: their words."""

from __future__ import annotations

from django.db.models import TextChoices


class SeatRole(TextChoices):
    """A person's seat on a council."""

    CHAIR = "chair", "Chủ tịch Hội đồng"
    VICE_CHAIR = "vice_chair", "Phó Chủ tịch Hội đồng"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Ủy viên"


class SheetState(TextChoices):
    """A version of a member's sheet: being filled in, handed in, or replaced after reopening (and kept)."""

    DRAFT = "draft", "Đang chấm"
    SUBMITTED = "submitted", "Đã nộp"
    REPLACED = "replaced", "Đã mở lại"


class HearingState(TextChoices):
    """A product before a session."""

    OPEN = "open", "Đang chấm"
    CLOSED = "closed", "Đã chốt"
    ESCALATED = "escalated", "Đã chuyển ra phiên họp"


class SessionKind(TextChoices):
    """How a session decides."""

    MEETING = "meeting", "Họp Hội đồng"
    WRITTEN = "written", "Lấy ý kiến bằng văn bản"


class NumbersSeen(TextChoices):
    """From when on the bylaws let a member see colleagues' totals, without names."""

    CLOSING = "closing", "Sau khi chốt điểm"
    DISCUSSION = "discussion", "Khi chủ trì mở thảo luận"
    OWN_SHEET = "own_sheet", "Sau khi đã nộp phiếu của mình"


class ReopenedBy(TextChoices):
    """Who may reopen a handed-in sheet under the bylaws."""

    CHAIR = "chair", "Chỉ chủ trì"
    CHAIR_OR_SECRETARY = "chair_or_secretary", "Chủ trì hoặc thư ký"


class Outcome(TextChoices):
    """What a result means, in the words of the minutes."""

    RECOGNISE = "recognise", "Đề nghị công nhận"
    FORWARD = "forward", "Chuyển cấp trên"
    RETURN = "return", "Trả kết quả về cấp dưới"
    NO_CERTIFICATE = "no_certificate", "Không đủ điều kiện công nhận"
    REJECTED = "rejected", "Bị loại"
