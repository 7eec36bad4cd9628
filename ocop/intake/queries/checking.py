"""The completeness check: its list of rows, and the marks on them."""

from __future__ import annotations

from datetime import date

from ocop.dossiers.models import Dossier, Evidence, Submission
from ocop.dossiers.queries import criteria_of, judged_on, live_evidence, regime_of
from ocop.intake.models import CheckMark
from ocop.intake.queries.receiving import receipts_of
from ocop.intake.rules import Cited, Item, checklist
from ocop.regime.rules import IntakeStep


def checklist_of(dossier: Dossier, step: IntakeStep) -> list[Item]:
    """Everything that is checked for the dossier's set, kind and star."""
    samples = [receipt.samples for receipt in receipts_of(dossier) if receipt.samples is not None]
    judged = judged_on(dossier.registration.batch)
    return checklist(
        regime=regime_of(dossier),
        step=step,
        criteria_set=criteria_of(dossier),
        target_star=dossier.registration.target_star,
        choices=dossier.choices,
        evidence=[_cited(each, judged.day, judged.name) for each in live_evidence(dossier)],
        samples_received=samples[-1] if samples else None,
    )


def _cited(evidence: Evidence, day: date, name: str) -> Cited:
    lapses = evidence.paper.expires_on
    lapsed = f"hết hạn {lapses:%d/%m/%Y}, trước {name} {day:%d/%m/%Y}" if lapses is not None and lapses < day else ""
    return Cited(str(evidence.file.key), evidence.title, tuple(evidence.cites), lapsed)


def marks_of(submission: Submission, step: str) -> dict[str, CheckMark]:
    """The marks of the step's check so far, by row."""
    return {mark.item: mark for mark in submission.check_marks.filter(step=step).select_related("by")}
