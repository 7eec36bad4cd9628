"""Who writes an idea, who says what of it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import holds, sits_in
from ocop.accounts.states import Role
from ocop.consent.permissions import can_type_for
from ocop.ideas.models import Idea
from ocop.places.models import Unit
from ocop.registration.models import Subject
from ocop.registration.queries import is_of


def can_propose(user: User, day: date, *, subject: Subject | None, unit: Unit) -> bool:
    """Whoever types for the subject; for somebody who is no subject yet, the commune's officer."""
    if subject is not None:
        return can_type_for(user, day, subject)
    return holds(user, day, Role.COMMUNE_OFFICER, unit=unit)


def can_write(user: User, day: date, idea: Idea) -> bool:
    """Whether `user` may write the idea, its plan and its reports."""
    return can_propose(user, day, subject=idea.subject, unit=idea.unit)


def check_write(user: User, day: date, idea: Idea) -> None:
    """Refuse whoever may not write the idea."""
    if not can_write(user, day, idea):
        raise PermissionDenied("Chỉ người nêu ý tưởng, hoặc người được đồng ý cho nhập giúp, mới sửa được.")


def can_give_opinion(user: User, day: date, idea: Idea) -> bool:
    """The officer of the idea's commune, never for the own subject."""
    return sits_in(user, day, Role.COMMUNE_OFFICER, unit=idea.unit) and not _own(user, idea)


def can_decide(user: User, day: date, idea: Idea) -> bool:
    """The lead office of the idea's programme, never for the own subject."""
    return sits_in(user, day, Role.LEAD_OFFICER, unit=idea.programme.unit) and not _own(user, idea)


def check_give_opinion(user: User, day: date, idea: Idea) -> None:
    """Refuse whoever is not the commune's officer."""
    if not can_give_opinion(user, day, idea):
        raise PermissionDenied("Chỉ cán bộ của xã, phường nơi có ý tưởng mới ghi ý kiến.")


def check_decide(user: User, day: date, idea: Idea) -> None:
    """Refuse whoever is not of the lead office."""
    if not can_decide(user, day, idea):
        raise PermissionDenied("Chỉ cơ quan chủ trì của chương trình mới xem xét ý tưởng, phương án.")


def _own(user: User, idea: Idea) -> bool:
    return idea.subject is not None and is_of(user, idea.subject)
