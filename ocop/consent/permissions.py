"""Who may type for a subject: its own people, and whom it let do so. Handing in stays with its own people."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import holds
from ocop.accounts.states import Role
from ocop.consent.queries import consent_of
from ocop.registration.models import Subject
from ocop.registration.queries import acts_for, is_of

# Who stands by subjects (Art. 7.1 keeps the responsibility with the subject, whoever types).
HELPERS = (Role.COMMUNE_OFFICER, Role.HELPER, Role.LEAD_OFFICER)
VOTERS = (Role.MEMBER, Role.CHAIR)


def can_help(user: User, day: date, subject: Subject) -> bool:
    """Whether `user` may ask the subject for consent: an officer or helper of its unit, not one of its own people."""
    return holds(user, day, *HELPERS, unit=subject.unit) and not is_of(user, subject)


def check_help(user: User, day: date, subject: Subject) -> None:
    """Refuse whoever may not type for subjects of that unit."""
    if not can_help(user, day, subject):
        raise PermissionDenied("Chỉ cán bộ hoặc tổ giúp việc phụ trách địa bàn mới được nhập giúp chủ thể này.")


def can_type_for(user: User, day: date, subject: Subject) -> bool:
    """Whether `user` may type for the subject on `day`: one of its people, or a helper with its live consent."""
    return acts_for(user, day, subject) or (can_help(user, day, subject) and consent_of(user, subject, day) is not None)


def check_type_for(user: User, day: date, subject: Subject) -> None:
    """Refuse whoever may not type for the subject."""
    if not can_type_for(user, day, subject):
        raise PermissionDenied(
            "Chỉ người của chủ thể, hoặc người được chủ thể đồng ý cho nhập giúp, mới nhập được vào đây."
        )


def can_look_into(user: User, day: date, subject: Subject) -> bool:
    """Who reads what the subject keeps for itself, its papers and answers: whoever types for it, and its helpers.

    Not the voting members of a council over it, whatever office they also hold: they read a dossier by the council's
    door, after answering for that product (ADR 8).
    """
    if can_type_for(user, day, subject):
        return True
    return can_help(user, day, subject) and not holds(user, day, *VOTERS, unit=subject.unit)


def check_look_into(user: User, day: date, subject: Subject) -> None:
    """Refuse whoever may not read the subject's papers and answers."""
    if not can_look_into(user, day, subject):
        raise PermissionDenied(
            "Giấy tờ và câu trả lời của chủ thể chỉ dành cho chủ thể và cán bộ giúp chủ thể. "
            "Thành viên Hội đồng, lãnh đạo xem minh chứng trong hồ sơ."
        )


def can_open_statement(user: User, day: date, subject: Subject, by: User) -> bool:
    """Who opens the recording of a subject's word: its people, whoever recorded it (`by`), and its helpers."""
    return user == by or can_look_into(user, day, subject)


def check_open_statement(user: User, day: date, subject: Subject, by: User) -> None:
    """Refuse whoever neither recorded the subject's word nor stands by it."""
    if not can_open_statement(user, day, subject, by):
        raise PermissionDenied("Bản ghi lời của chủ thể chỉ dành cho chủ thể và cán bộ giúp chủ thể.")
