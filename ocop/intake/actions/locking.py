"""The dossier at its present step, locked: what every act of a desk starts from."""

from __future__ import annotations

from datetime import datetime

from ocop.accounts.models import User
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.dossiers.models import Dossier, Submission
from ocop.dossiers.permissions import check_find
from ocop.dossiers.queries import dossiers, regime_of
from ocop.dossiers.states import DossierState
from ocop.intake.queries import latest_submission
from ocop.regime.rules import IntakeStep


class StepOver(Stale):
    """The step that the page was opened at ended meanwhile, by somebody else or in another tab."""


def at_step(dossier: Dossier, *, kind: str = "", by: User, at: datetime) -> tuple[Dossier, IntakeStep, Submission]:
    """The dossier locked, its step and its submission; refused when its step ended meanwhile or is not `by`'s."""
    locked = dossiers().select_for_update(of=("self",)).get(pk=dossier.pk)
    if locked.state != DossierState.SUBMITTED:
        raise StepOver(f"Hồ sơ đang ở bước “{locked.told_label}”, không còn ở bộ phận tiếp nhận.")
    if locked.step != dossier.step:
        raise StepOver(f"Hồ sơ đã sang bước “{locked.told_label}”.")
    check_find(by, day_of(at), locked)
    step = regime_of(locked).step(locked.step)
    if kind and step.kind != kind:
        raise Refused(f"Hồ sơ đã sang bước “{step.name}”.")
    return locked, step, latest_submission(locked)
