"""Roles, as the programme's people call them."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person may do, within a unit and between two dates."""

    SUBJECT = "subject"
    COMMUNE_OFFICER = "commune_officer"
    LEAD_OFFICER = "lead_officer"
    HELPER = "helper"
    MEMBER = "member"
    SECRETARY = "secretary"
    CHAIR = "chair"
    LEADER = "leader"
    LIAISON = "liaison"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The role in Vietnamese."""
        return ROLE_LABELS[self]


class GrantState(StrEnum):
    """How a role stands on a day."""

    HELD = "held"
    COMING = "coming"
    OVER = "over"


ROLE_LABELS = {
    Role.SUBJECT: "Chủ thể",
    Role.COMMUNE_OFFICER: "Cán bộ xã, phường",
    Role.LEAD_OFFICER: "Cơ quan chủ trì OCOP",
    Role.HELPER: "Tổ giúp việc",
    Role.MEMBER: "Thành viên Hội đồng",
    Role.SECRETARY: "Thư ký Hội đồng",
    Role.CHAIR: "Chủ tịch Hội đồng",
    Role.LEADER: "Lãnh đạo",
    Role.LIAISON: "Đầu mối cấp trên",
    Role.ADMIN: "Quản trị",
}
# The roles of an office (everybody but the subject).
OFFICE_ROLES = tuple(role for role in Role if role is not Role.SUBJECT)
COUNCIL_ROLES = (Role.MEMBER, Role.SECRETARY, Role.CHAIR)
# The roles by which a subject's account may be opened for it on the spot (QĐ 26/2026 Art. 7.2: the commune guides it).
SUBJECT_OPENERS = (Role.COMMUNE_OFFICER, Role.LEAD_OFFICER)
# Who gives the role of subject: they, and the subject's own people to those they work with. The role alone opens
# nothing: whom a subject has is said by room `registration`.
SUBJECT_GIVERS = (*SUBJECT_OPENERS, Role.SUBJECT)
# Accounts of the demo have an address that no mail reaches.
DEMO_DOMAIN = "demo.saolang.vn"
