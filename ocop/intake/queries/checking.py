"""The completeness check: its list of rows, and the marks on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from ocop.dossiers.models import Dossier, Evidence, Submission
from ocop.dossiers.queries import awaiting_step, criteria_of, judged_on, live_evidence, regime_of, step_of, unit_of_step
from ocop.intake.models import CheckMark
from ocop.intake.queries.receiving import latest_submission, receipts_of
from ocop.intake.rules import Cited, Item, checklist, faults, request_row
from ocop.places.models import Unit
from ocop.regime.rules import IntakeStep
from ocop.rubric.queries import paper_kinds


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
    kind = paper_kinds().get(evidence.paper.kind)
    example = (kind.example or kind.help) if kind is not None else ""
    return Cited(str(evidence.file.key), evidence.title, tuple(evidence.cites), lapsed, example)


class Wanted(NamedTuple):
    """The rows that an earlier office still has to bring; `news` where some of them were not asked for yet."""

    step: IntakeStep
    office: str
    rows: list[dict[str, str]]
    news: bool
    asked_at: datetime | None


def wanted_of_offices(dossier: Dossier, step: IntakeStep) -> list[Wanted]:
    """What the check found missing or wrong that is not the subject's to bring, by the office of an earlier step."""
    marks = marks_of(latest_submission(dossier), step.code)
    stand = {key: each.mark for key, each in marks.items()}
    found: dict[str, list[Item]] = {}
    for item in faults(checklist_of(dossier, step), stand):
        if item.owner:
            found.setdefault(item.owner, []).append(item)
    wanted = []
    for code, items in found.items():
        owner = regime_of(dossier).step(code)
        unit = unit_of_step(dossier, owner) or dossier.registration.product.subject.unit
        rows = [
            request_row(item, mark=marks[item.key].mark, note=marks[item.key].note, example=marks[item.key].example)
            for item in items
        ]
        moments = [marks[item.key].asked_at for item in items]
        asked = max((moment for moment in moments if moment is not None), default=None)
        wanted.append(Wanted(owner, unit.committee, rows, None in moments, asked))
    return wanted


def asked_of(unit: Unit, role: str) -> list[tuple[Dossier, Wanted]]:
    """The dossiers for which a later office asked this one for its own papers and had no word since, oldest first."""
    asked = CheckMark.objects.filter(submission__dossier=OuterRef("pk"), step=OuterRef("step"), asked_at__isnull=False)
    found = []
    for dossier in awaiting_step([unit.pk], role).filter(Exists(asked)):
        step = step_of(dossier)
        for wanted in wanted_of_offices(dossier, step) if step is not None else ():
            mine = wanted.step.by == role and unit_of_step(dossier, wanted.step) == unit
            if mine and wanted.asked_at is not None and not _answered(dossier, wanted.asked_at):
                found.append((dossier, wanted))
    return found


def _answered(dossier: Dossier, asked_at: datetime) -> bool:
    """Whether somebody wrote after the asking, or the office's papers were numbered again."""
    return dossier.messages.filter(at__gt=asked_at).exists() or dossier.local_papers.filter(at__gt=asked_at).exists()


def marks_of(submission: Submission, step: str) -> dict[str, CheckMark]:
    """The marks of the step's check so far, by row."""
    return {mark.item: mark for mark in submission.check_marks.filter(step=step).select_related("by")}
