"""Rows ready for the templates: the way of a dossier, its criteria, its evidence, its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from ocop.audit.models import LedgerEntry
from ocop.core.clock import day_of, spoken
from ocop.dossiers.models import Dossier, Evidence, IntakeFinding
from ocop.dossiers.queries import DaysLeft, days_left, hides_result, holder_of, regime_of, shown_as
from ocop.dossiers.rules import Forecast
from ocop.dossiers.states import DossierState, IntakeOutcome
from ocop.files.delivery import shown_at
from ocop.rubric.rules import CriteriaSet, Criterion, Option
from ocop.ui.templatetags.ui import points

BEFORE_COUNCIL = (DossierState.DRAFT, DossierState.SUBMITTED, DossierState.RETURNED)
AT_COUNCIL = (DossierState.ACCEPTED, DossierState.IN_COUNCIL)


def lines_of(found: Sequence[Dossier], day: date) -> list[dict[str, Any]]:
    """Dossiers as lists and boards show them."""
    left = days_left(found, day)
    return [_line_of(dossier, left.get(dossier.pk)) for dossier in found]


def _line_of(dossier: Dossier, left: DaysLeft | None) -> dict[str, Any]:
    registration = dossier.registration
    tone, word = shown_as(dossier)
    return {
        "pk": dossier.pk,
        "product": registration.product.name,
        "subject": registration.product.subject.name,
        "unit": registration.product.subject.unit.name,
        "code": registration.code,
        "batch": str(registration.batch),
        "tone": tone,
        "word": word,
        "left": left,
        "holder": holder_of(dossier),
    }


def way_of(dossier: Dossier) -> list[dict[str, str]]:
    """The steps of the dossier: those of its regime between registration and result."""
    intake = regime_of(dossier).intake
    labels = ["Đăng ký", "Lập hồ sơ", *(step.name for step in intake), "Hội đồng", "Kết quả"]
    state, last = DossierState(dossier.state), len(labels) - 1
    if state == DossierState.SUBMITTED:
        here = 2 + [step.code for step in intake].index(dossier.step)
    elif state in BEFORE_COUNCIL:
        here = 1
    else:
        here = last - 1 if state in AT_COUNCIL else last
    ended = {DossierState.RECOGNISED: "done", DossierState.NOT_RECOGNISED: "bad"}.get(state, "current")
    steps = [
        {"label": label, "state": "done" if place < here else ended if place == here else "todo", "note": ""}
        for place, label in enumerate(labels)
    ]
    steps[0]["note"] = f"{day_of(dossier.registration.registered_at):%d/%m/%Y}"
    if dossier.submitted_at and here > 1:
        steps[1]["note"] = f"nộp {day_of(dossier.submitted_at):%d/%m/%Y}"
    if dossier.due_on and ended == "current" and not hides_result(dossier):
        steps[here]["note"] = f"hạn {dossier.due_on:%d/%m/%Y}"
    return steps


def file_of(dossier: Dossier, evidence: Evidence) -> dict[str, Any]:
    """A piece of evidence as the viewer shows it."""
    address = reverse("dossiers:evidence-file", args=[dossier.pk, evidence.file.key])
    return {
        "name": evidence.title,
        "url": shown_at(evidence.file, address),
        "kind": evidence.file.shape,
        "size": evidence.file.size,
        "note": f"viện dẫn cho {', '.join(evidence.cites)}" if evidence.cites else "chưa viện dẫn cho tiêu chí nào",
        "cites": evidence.cites,
        "key": evidence.file.key,
        "file_name": evidence.file.name,
        "added_at": evidence.added_at,
    }


def claims_of(
    criteria_set: CriteriaSet, dossier: Dossier, files: Sequence[Mapping[str, Any]], missed: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """What the subject states for every criterion: the option, its words, the evidence cited."""
    below = set(missed)
    return [
        {
            "code": criterion.code,
            "name": criterion.name,
            "option": _claimed(criterion, dossier.choices),
            "explanation": dossier.explanations.get(criterion.code, ""),
            "files": [file for file in files if criterion.code in file["cites"]],
            "missed": criterion.code in below,
        }
        for criterion in criteria_set.criteria.values()
    ]


def _claimed(criterion: Criterion, choices: Mapping[str, int | None]) -> Option | None:
    place = choices.get(criterion.code)
    return criterion.options[place - 1] if place else None


def typed_words(mark: Mapping[str, Any] | None) -> str:
    """Who typed a field for the subject and when; empty where the subject did it itself."""
    return f"{mark['name']} nhập giúp lúc {spoken(datetime.fromisoformat(mark['at']))}" if mark else ""


def forecast_words(forecast: Forecast, wished_star: int) -> str:
    """The forecast in one sentence, what it lacks for the wished star included; it always says what it is not."""
    words = f"Dự báo {forecast.star} sao"
    if forecast.star < forecast.by_points:
        words += f" (đủ điểm {forecast.by_points} sao nhưng thiếu mức tối thiểu)"
    if forecast.missed:
        words += f". Chưa đạt mức tối thiểu của {wished_star} sao ở tiêu chí {', '.join(forecast.missed)}"
    return f"{words}."


def standing(dossier: Dossier, forecast: Forecast, saved_at: str) -> dict[str, Any]:
    """What the score sheet's script is told after a save."""
    return {
        "saved_at": saved_at,
        "total": points(forecast.total),
        "answered": forecast.answered,
        "revision": dossier.revision,
        "message": forecast_words(forecast, dossier.registration.target_star),
    }


def found_row(finding: IntakeFinding, content_names: Mapping[str, str]) -> dict[str, Any]:
    """How an intake step ended, for the dossier's page."""
    passed = finding.outcome == IntakeOutcome.PASSED
    return {
        "title": finding.step_name,
        "tone": "good" if passed else "warn",
        "outcome": finding.get_outcome_display(),
        "who": finding.found_by.full_name,
        "when": finding.found_at,
        "items": finding.items,
        "contents": [(content_names.get(code, code), text) for code, text in finding.contents.items()],
        "note": finding.note,
        "answer_by": finding.answer_by,
    }


def history_row(entry: LedgerEntry) -> dict[str, Any]:
    """An act of the ledger, for the timeline."""
    return {"when": entry.at, "who": entry.actor_name, "act": entry.words}
