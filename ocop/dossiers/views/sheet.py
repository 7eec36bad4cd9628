"""The self-assessment as the score sheet shows it: options, what the figures support of them, who typed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from ocop.dossiers.actions.writing import LONGEST_EXPLANATION
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import Weighed
from ocop.dossiers.rules import NO_OPTION, Forecast
from ocop.dossiers.views.cards import typed_words
from ocop.dossiers.views.links import cards_asking
from ocop.rubric.rules import CriteriaSet, Criterion, Unmeasurable, minimums


def sheet_parts(
    dossier: Dossier,
    criteria_set: CriteriaSet,
    files: Sequence[Mapping[str, Any]],
    *,
    choices: Mapping[str, int | None],
    explanations: Mapping[str, str],
    weighed: Mapping[str, Weighed],
    locked: bool,
    wrong: tuple[str, str] = ("", ""),
) -> list[dict[str, Any]]:
    """The product's own criteria as the score sheet shows them, part by part."""
    add_url = reverse("dossiers:evidence", args=[dossier.pk])
    return [
        {
            "title": f"Phần {part.code}. {part.name}",
            "max": part.max_points,
            "criteria": [
                {
                    "code": criterion.code,
                    "title": criterion.name,
                    "legal": _wanted(criterion),
                    "max": criterion.max_points,
                    "options": _options(criterion, weighed.get(criterion.code)),
                    "chosen": (choices[criterion.code] or 0) if criterion.code in choices else None,
                    "note": explanations.get(criterion.code, ""),
                    "note_label": "Giải trình",
                    "note_max": LONGEST_EXPLANATION,
                    "error": wrong[1] if wrong[0] == criterion.code else "",
                    "locked": locked,
                    "evidence": [file for file in files if criterion.code in file["cites"]],
                    "add_url": "" if locked else f"{add_url}?tieu-chi={criterion.code}",
                    "measured": _measured(dossier, weighed.get(criterion.code), locked=locked),
                    "typed": _typed(dossier, criterion.code),
                }
                for group in part.groups
                for criterion in group.criteria
            ],
        }
        for part in criteria_set.parts
    ]


def below_minimums(
    criteria_set: CriteriaSet, forecast: Forecast, choices: Mapping[str, int | None], wished_star: int
) -> dict[str, list[dict[str, Any]]]:
    """The criteria that keep the wished star away whatever the total: those chosen too low, and those not answered."""
    least = minimums(criteria_set, wished_star)
    rows: dict[str, list[dict[str, Any]]] = {"low": [], "open": []}
    for code in forecast.missed:
        criterion = criteria_set.criteria[code]
        wanted = next((option.label for option in criterion.options if option.points >= least[code]), "")
        row = {"code": code, "name": criterion.name, "wanted": wanted, "points": least[code]}
        rows["low" if code in choices else "open"].append(row)
    return rows


def _wanted(criterion: Criterion) -> str:
    wanted = f"Minh chứng thường dùng: {'; '.join(criterion.evidence)}." if criterion.evidence else ""
    return " ".join(part for part in (criterion.requirement, wanted) if part)


def _options(criterion: Criterion, weighed: Weighed | None) -> list[dict[str, Any]]:
    supported, ceiling = _supported(weighed)
    offered: list[dict[str, Any]] = [
        {
            "value": place,
            "label": option.label,
            "points": option.points,
            "star_min": option.min_for_star,
            "why": option.case,
            "supported": place == supported,
            "above": ceiling is not None and option.points > _points(criterion, ceiling),
        }
        for place, option in enumerate(criterion.options, start=1)
    ]
    return [*offered, {"value": 0, "label": NO_OPTION, "points": 0}]


def _supported(weighed: Weighed | None) -> tuple[int | None, int | None]:
    """The option that the figures support, and the one above which a claim is warned of (0 for none at all)."""
    if weighed is None or isinstance(weighed.measure, Unmeasurable):
        return None, None
    return weighed.support.place, weighed.ceiling


def _points(criterion: Criterion, place: int) -> int:
    return criterion.options[place - 1].points if place else 0


def _measured(dossier: Dossier, weighed: Weighed | None, *, locked: bool) -> dict[str, Any] | None:
    """The sum in words, what is still to be answered and where, and what cannot be right."""
    if weighed is None:
        return None
    measure, support = weighed
    if isinstance(measure, Unmeasurable):
        return {"words": f"Tiêu chí này không đo bằng số: {support.words}", "mark": measure.mark}
    return {
        "words": support.words,
        "mark": measure.mark,
        "rest": f"Còn lại Hội đồng xem xét: {measure.rest}" if measure.rest else "",
        "contradictions": support.contradictions,
        "unproven": [measure.papers[kind].name for kind in support.unproven if kind in measure.papers],
        "cards": [] if locked else cards_asking(dossier, support.missing),
    }


def _typed(dossier: Dossier, code: str) -> list[str]:
    return [
        f"{what}: {words}"
        for field, what in ((f"choice-{code}", "Mức chọn"), (f"note-{code}", "Giải trình"))
        if (words := typed_words(dossier.typed.get(field)))
    ]
