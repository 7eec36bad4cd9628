"""Who receives, assesses and checks: whom the regime names for the present step, in the unit that carries it out."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_find
from ocop.dossiers.queries import regime_of, unit_of_step
from ocop.dossiers.states import IntakeOutcome


def can_number_papers(user: User, day: date, dossier: Dossier) -> bool:
    """Whether the person writes the commune's papers: at the step, and afterwards when the clerk gives the number."""
    for step in regime_of(dossier).intake:
        if not step.contents:
            continue
        unit = unit_of_step(dossier, step)
        if unit is not None and sits_in(user, day, Role(step.by), unit=unit):
            return can_find(user, day, dossier) or has_assessed(dossier)
    return False


def check_number_papers(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever does not write the commune's papers."""
    if not can_number_papers(user, day, dossier):
        raise PermissionDenied("Số, ngày ký báo cáo và văn bản đề nghị do cán bộ của Ủy ban nhân dân cấp xã ghi.")


def has_assessed(dossier: Dossier) -> bool:
    """Whether an assessment of contents passed already."""
    codes = [step.code for step in regime_of(dossier).intake if step.contents]
    return dossier.findings.filter(step__in=codes, outcome=IntakeOutcome.PASSED).exists()


def can_see_notes(user: User, day: date, dossier: Dossier) -> bool:
    """Notes and photos are the desk's own until its finding stands; then of everybody who may open the dossier."""
    return can_find(user, day, dossier) or has_assessed(dossier)
