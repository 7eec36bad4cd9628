"""The criteria of a review as the page draws them: the law's words, the claim, what the facts support, the evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.urls import reverse

from ocop.advisory.actions.reviewing import LONGEST_ADVICE
from ocop.advisory.queries import NONE_REACHED
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import Weighed, live_evidence, weighed
from ocop.files.delivery import shown_at
from ocop.rubric.rules import CriteriaSet, Criterion, Unmeasurable


def evidence_of(dossier: Dossier) -> list[dict[str, Any]]:
    """The dossier's files for the viewer, each with the criteria it is cited for."""
    return [
        {
            "name": item.title,
            "url": shown_at(item.file, reverse("dossiers:evidence-file", args=[dossier.pk, item.file.key])),
            "kind": item.file.shape,
            "size": item.file.size,
            "note": f"Tiêu chí {', '.join(item.cites)}" if item.cites else "",
            "cites": item.cites,
        }
        for item in live_evidence(dossier)
    ]


def parts_of(
    dossier: Dossier,
    criteria_set: CriteriaSet,
    files: Sequence[Mapping[str, Any]],
    places: Mapping[str, int | None],
    advice: Mapping[str, str],
    *,
    locked: bool,
    lacking: Collection[str],
) -> list[dict[str, Any]]:
    """The set part by part, every criterion ready for `ui/criterion.html`."""
    supported = weighed(dossier)

    def row(criterion: Criterion) -> dict[str, Any]:
        code = criterion.code
        return {
            "code": code,
            "title": criterion.name,
            "legal": " ".join(filter(None, [criterion.requirement, *criterion.notes])),
            "max": criterion.max_points,
            "options": _options(criterion, supported.get(code)),
            "chosen": places.get(code),
            "note": advice.get(code, ""),
            "note_label": "Ý kiến, minh chứng còn thiếu",
            "note_max": LONGEST_ADVICE,
            "locked": locked,
            "error": "Chọn một mức, hoặc ghi vì sao chưa kết luận được." if code in lacking else "",
            "evidence": [file for file in files if code in file["cites"]],
            "measured": _measured(supported.get(code)),
            "claim": claim_of(dossier, criterion),
        }

    return [
        {
            "title": f"Phần {part.code}. {part.name}",
            "criteria": [row(criterion) for group in part.groups for criterion in group.criteria],
        }
        for part in criteria_set.parts
    ]


def claim_of(dossier: Dossier, criterion: Criterion) -> dict[str, str]:
    """What the subject chose, in words, and how it explained it."""
    place = dossier.choices.get(criterion.code)
    chosen = criterion.options[place - 1].label if place else "không có mức nào"
    return {"words": f"Chủ thể tự chọn mức: {chosen}", "explanation": dossier.explanations.get(criterion.code, "")}


def _options(criterion: Criterion, found: Weighed | None) -> list[dict[str, Any]]:
    best = None if found is None or isinstance(found.measure, Unmeasurable) else found.support.place
    offered: list[dict[str, Any]] = [
        {
            "value": place,
            "label": option.label,
            "points": option.points,
            "star_min": option.min_for_star,
            "why": option.case or "",
            "supported": place == best,
        }
        for place, option in enumerate(criterion.options, start=1)
    ]
    return [*offered, {"value": 0, "label": NONE_REACHED, "points": 0}]


def _measured(found: Weighed | None) -> dict[str, Any] | None:
    """The sum in words, what cannot be right, which papers are not there."""
    if found is None:
        return None
    measure, support = found
    if isinstance(measure, Unmeasurable):
        return {"words": f"Tiêu chí này không đo bằng số: {support.words}", "mark": measure.mark}
    return {
        "words": support.words,
        "mark": measure.mark,
        "rest": f"Còn lại xem bằng mắt: {measure.rest}" if measure.rest else "",
        "contradictions": support.contradictions,
        "unproven": [measure.papers[kind].name for kind in support.unproven if kind in measure.papers],
    }
