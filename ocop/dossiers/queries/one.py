"""What one dossier is: its law, its step, who holds it, what it lacks, its snapshot."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from ocop.accounts.states import Role
from ocop.core.clock import spoken
from ocop.dossiers.models import Dossier, Evidence, IntakeFinding
from ocop.dossiers.rules import Lacking, missing_before_submission
from ocop.dossiers.states import EDITABLE, DossierState, IntakeOutcome
from ocop.places.models import Unit
from ocop.places.queries import above_at
from ocop.regime.queries import as_rules
from ocop.regime.rules import DossierKind, IntakeStep, Regime
from ocop.rubric.queries import as_rules as set_as_rules
from ocop.rubric.rules import CriteriaSet

# Who holds the ball after intake; the lead office where a state is not named here.
HOLDERS = {DossierState.IN_COUNCIL: "Hội đồng", DossierState.FORWARDED: "Cấp trên"}
ENDED = (DossierState.RECOGNISED, DossierState.NOT_RECOGNISED)


def regime_of(dossier: Dossier) -> Regime:
    """The regime under which the dossier runs, as published."""
    return as_rules(dossier.registration.batch.programme.regime_version)


def criteria_of(dossier: Dossier) -> CriteriaSet:
    """The criteria set of the dossier, in the version it was registered under."""
    return set_as_rules(dossier.registration.set_version)


def step_of(dossier: Dossier) -> IntakeStep | None:
    """The intake step the dossier is at, or None."""
    return regime_of(dossier).step(dossier.step) if dossier.step else None


def unit_of_step(dossier: Dossier, step: IntakeStep) -> Unit | None:
    """The unit that carries out the step for this dossier."""
    return above_at(dossier.registration.product.subject.unit, step.at)


def holder_of(dossier: Dossier) -> str:
    """Who holds the ball, in words; empty when nothing is left to do."""
    state = DossierState(dossier.state)
    if state in EDITABLE:
        return str(dossier.registration.product.subject)
    step = step_of(dossier)
    if step is not None:
        unit = unit_of_step(dossier, step)
        return f"{Role(step.by).label} · {unit}" if unit is not None else Role(step.by).label
    if state in ENDED:
        return ""
    return HOLDERS.get(state) or dossier.registration.batch.programme.lead_office


def kind_of(dossier: Dossier) -> DossierKind:
    """The kind of the dossier, as its regime names it."""
    return next(kind for kind in regime_of(dossier).dossier_kinds if kind.code == dossier.registration.kind)


def lacking_of(dossier: Dossier) -> list[Lacking]:
    """What the dossier still lacks before it may be handed in."""
    return missing_before_submission(
        criteria_of(dossier),
        kind_of(dossier),
        dossier.choices,
        live_evidence(dossier).count(),
        dossier.changes_note,
    )


def why_closed(dossier: Dossier, day: date) -> str:
    """Why the batch does not take the dossier in on `day`, and what to do; empty when it does.

    A returned dossier comes in until its own day, even after the batch closed.
    """
    batch = dossier.registration.batch
    due_on = dossier.due_on if dossier.state == DossierState.RETURNED else None
    if batch.is_open_on(day) or (due_on is not None and day <= due_on):
        return ""
    kept = f"Nội dung đã nhập vẫn được giữ: hãy liên hệ {batch.programme.lead_office} để chuyển sang đợt sau."
    if due_on is not None:
        return f"Hạn bổ sung đã qua ngày {due_on:%d/%m/%Y} và {batch} không còn nhận hồ sơ. {kept}"
    if batch.closed_at is not None:
        return f"{batch} đã đóng nhận hồ sơ lúc {spoken(batch.closed_at)}. {kept}"
    return (
        f"{batch} nhận hồ sơ từ {batch.opens_on:%d/%m/%Y} đến hết {batch.closes_on:%d/%m/%Y} và hiện không nhận. {kept}"
    )


def local_assessment_of(dossier: Dossier) -> IntakeFinding | None:
    """The latest assessment of the local contents that passed, or None (also where the regime has no such step)."""
    codes = [step.code for step in regime_of(dossier).intake if step.contents]
    return dossier.findings.filter(step__in=codes, outcome=IntakeOutcome.PASSED).select_related("submission").last()


def live_evidence(dossier: Dossier) -> QuerySet[Evidence]:
    """The dossier's evidence that was not removed, with its files."""
    return dossier.evidence.filter(removed_at__isnull=True).select_related("paper__file")


def snapshot(dossier: Dossier) -> dict[str, Any]:
    """Everything the subject hands in, as one content to be frozen."""
    registration = dossier.registration
    subject = registration.product.subject
    programme = registration.batch.programme
    return {
        "product": {"name": registration.product.name, "code": registration.code},
        "subject": {"name": subject.name, "kind": subject.kind, "business_number": subject.business_number},
        "unit": {"code": subject.unit.code, "name": subject.unit.name},
        "batch": {"year": programme.year, "number": registration.batch.number},
        "kind": registration.kind,
        "target_star": registration.target_star,
        "regime": {"code": programme.regime_version.code, "version": programme.regime_version.version},
        "set": {
            "regime": registration.set_version.regime_code,
            "set_no": registration.set_version.set_no,
            "version": registration.set_version.version,
            "sha256": registration.set_version.sha256,
        },
        "choices": dossier.choices,
        "explanations": dossier.explanations,
        "changes_note": dossier.changes_note,
        "evidence": [
            {"title": item.title, "file": item.file.name, "sha256": item.file.sha256, "cites": item.cites}
            for item in live_evidence(dossier)
        ],
    }
