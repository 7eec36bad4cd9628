"""Who may open, write, hand in and check a dossier. State is the actions' matter, not this file's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.consent.permissions import can_type_for
from ocop.consent.queries import consents_of
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import regime_of, step_of, unit_of_step, visible_to
from ocop.regime.rules import IntakeStep
from ocop.registration.queries import acts_for


def can_view(user: User, day: date, dossier: Dossier) -> bool:
    """Whether the dossier is among those the person may open."""
    return visible_to(user, day).filter(pk=dossier.pk).exists()


def check_view(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not open the dossier."""
    if not can_view(user, day, dossier):
        raise PermissionDenied("Hồ sơ này không thuộc phần việc của bạn.")


def can_write(user: User, day: date, dossier: Dossier) -> bool:
    """The subject's own people write its dossier, and whoever it lets type for it on that day."""
    return can_type_for(user, day, dossier.registration.product.subject)


def is_own(user: User, day: date, dossier: Dossier) -> bool:
    """Whether the person acts for the dossier's subject: the subject itself, not a helper."""
    return acts_for(user, day, dossier.registration.product.subject)


def check_write(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not write the dossier."""
    if not can_write(user, day, dossier):
        raise PermissionDenied("Chỉ người của chủ thể, hoặc người được chủ thể cho nhập giúp, mới sửa hồ sơ này.")


def check_may_try(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever never might write the dossier; a helper whose consent is over is answered by the action itself.

    Being answered is not being shown: a page that refuses shows no more than the person may read (`views.refusals`).
    """
    if not consents_of(dossier.registration.product.subject).filter(helper=user).exists():
        check_write(user, day, dossier)


def can_find(user: User, day: date, dossier: Dossier) -> bool:
    """The role that the regime names for the dossier's present step, in the unit that carries it out."""
    step = step_of(dossier)
    unit = unit_of_step(dossier, step) if step is not None else None
    return step is not None and unit is not None and sits_in(user, day, Role(step.by), unit=unit)


def check_find(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever does not carry out the dossier's present step."""
    if not can_find(user, day, dossier):
        step = step_of(dossier)
        who = f"{Role(step.by).label.lower()} của đơn vị phụ trách" if step is not None else "đơn vị phụ trách"
        raise PermissionDenied(f"Bước này do {who} thực hiện.")


def _carries_out(user: User, day: date, dossier: Dossier, steps: Iterable[IntakeStep]) -> bool:
    units = [(step, unit_of_step(dossier, step)) for step in steps]
    return any(unit is not None and sits_in(user, day, Role(step.by), unit=unit) for step, unit in units)


def takes_in(user: User, day: date, dossier: Dossier) -> bool:
    """Whether any intake step of the dossier, now or later, is this person's office to carry out."""
    return _carries_out(user, day, dossier, regime_of(dossier).intake)


def can_read_points(user: User, day: date, dossier: Dossier) -> bool:
    """Points and stars are not for whoever only assesses contents: that step has no score (QĐ 26/2026 Art. 7.2).

    Nor while that person types for the subject: the eyes that assess later are the same.
    """
    steps = [step for step in regime_of(dossier).intake if step.kind == "assessment"]
    return not _carries_out(user, day, dossier, steps) or is_own(user, day, dossier)


def can_type_points(user: User, day: date, dossier: Dossier) -> bool:
    """Whoever writes the dossier types its self-assessment, but those who assess its contents."""
    return can_write(user, day, dossier) and can_read_points(user, day, dossier)


def check_read_points(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever assesses contents only."""
    if not can_read_points(user, day, dossier):
        raise PermissionDenied("Cấp xã nhận xét nội dung, không xem điểm tự chấm và dự báo sao của hồ sơ.")
