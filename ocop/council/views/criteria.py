"""The criteria of a sheet as the page draws them; the subject's own choice only in words, never as a number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse

from ocop.council.actions.sheets import LONGEST_NOTE
from ocop.council.models import Hearing
from ocop.council.queries import Matter
from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.queries import live_evidence
from ocop.files.delivery import shown_at
from ocop.regime.rules import Regime
from ocop.rubric.rules import CriteriaSet, Criterion, Option, missed, total_of

PICTURED = {"image", "pdf"}  # shapes whose files have a small picture
NONE_OF_THESE = {"value": 0, "label": "Không có: không mức nào đạt", "points": 0, "star_min": None, "supported": False}


def evidence_files(hearing: Hearing, evidence: Iterable[Evidence] | None = None) -> list[dict[str, Any]]:
    """The dossier's files for the viewer, each at the council's own door, with the criteria it is cited for."""
    found = live_evidence(hearing.dossier) if evidence is None else evidence
    return [_file(item, reverse("council:evidence-file", args=[hearing.pk, item.file.key])) for item in found]


def _file(item: Evidence, door: str) -> dict[str, Any]:
    file = item.file
    return {
        "name": item.title,
        "url": shown_at(file, door),
        "thumb": f"{door}?xem&nho" if file.shape in PICTURED else "",
        "kind": file.shape,
        "size": file.size,
        "note": f"Tiêu chí {', '.join(item.cites)}" if item.cites else "",
        "cites": item.cites,
    }


def parts_of(
    hearing: Hearing,
    criteria_set: CriteriaSet,
    choices: Mapping[str, int | None],
    notes: Mapping[str, str],
    files: Sequence[Mapping[str, Any]],
    matter: Matter,
    *,
    locked: bool,
    lacking: Collection[str] = (),
    tasted: Collection[str] = (),
) -> list[dict[str, Any]]:
    """The set part by part and group by group, every criterion ready for `ui/criterion.html`.

    The criteria that members taste blind are not answered here.
    """

    def row(criterion: Criterion, before: Criterion | None) -> dict[str, Any]:
        code = criterion.code
        above = before.parent_name if before is not None else None
        support = matter.supports.get(code)
        known = support is not None and support["known"]
        held = (support["place"] or 0) if support is not None and known else None
        options = [_option(place, option, held) for place, option in enumerate(criterion.options, start=1)]
        return {
            "heading": criterion.parent_name if criterion.parent_name != above else None,
            "code": code,
            "title": criterion.name,
            "legal": " ".join(filter(None, [criterion.requirement, *criterion.notes])),
            "warning": _warning(criterion.gating, criterion.gating_rule),
            "max": criterion.max_points,
            "options": [*options, NONE_OF_THESE],
            "chosen": (choices[code] or 0) if code in choices and code not in tasted else None,
            "note": notes.get(code, ""),
            "note_max": LONGEST_NOTE,
            "locked": locked,
            "elsewhere": "Chấm ở phần nếm mẫu, theo mã mẫu; không chấm trên phiếu." if code in tasted else "",
            "error": "Chưa chấm tiêu chí này. Nếu không mức nào đạt, chọn “Không có”." if code in lacking else "",
            "evidence": [file for file in files if code in file["cites"]],
            "claim": _claim(hearing.dossier, criteria_set, code),
            "measured": _measured(criterion, matter, support, held),
            "advice": matter.advice.get(code),
        }

    return [
        {
            "part": part,
            "groups": [
                {
                    "group": group,
                    "criteria": [row(*pair) for pair in zip(group.criteria, (None, *group.criteria), strict=False)],
                }
                for group in part.groups
            ],
        }
        for part in criteria_set.parts
    ]


def _measured(
    criterion: Criterion, matter: Matter, support: Mapping[str, Any] | None, held: int | None
) -> dict[str, Any] | None:
    """The sum that the figures and papers came to when the dossier was handed in, and what it says of the options."""
    if support is None:
        return None
    if held is None:
        told = "Số liệu chưa đủ để nói mức nào."
    elif held:
        told = f"Số liệu, giấy tờ ủng hộ mức: {criterion.options[held - 1].label}."
    else:
        told = "Số liệu, giấy tờ chưa ủng hộ mức nào."
    rest = matter.rest(criterion.code)
    return {"words": support["words"], "told": told, "rest": f"Hội đồng xem xét thêm: {rest}" if rest else ""}


def unanswered(criteria_set: CriteriaSet, choices: Mapping[str, int | None]) -> list[str]:
    """The criteria without an answer, in the order of the set."""
    return [code for code in criteria_set.criteria if code not in choices]


def missed_words(regime: Regime, criteria_set: CriteriaSet, choices: Mapping[str, int | None]) -> str:
    """Which answered criteria of this sheet stay below the minimums of the star its total points to."""
    star = regime.star_by_points(total_of(criteria_set, choices))  # type: ignore[arg-type]
    below = [code for code in missed(criteria_set, choices, star) if code in choices]
    return f"Phiếu này chưa đạt mức tối thiểu của {star} sao ở tiêu chí {', '.join(below)}." if below else ""


def _option(place: int, option: Option, held: int | None) -> dict[str, Any]:
    return {
        "value": place,
        "label": option.label,
        "points": option.points,
        "star_min": option.min_for_star,
        "supported": place == held,
        "why": option.case or "",
    }


def _warning(gating: bool, rule: str | None) -> str:
    if rule == "zero_points_stops_evaluation":
        return "Quá nửa số phiếu chấm 0 điểm thì sản phẩm bị loại"
    return "Tiêu chí có thể loại sản phẩm, Hội đồng kết luận" if gating else ""


def _claim(dossier: Dossier, criteria_set: CriteriaSet, code: str) -> dict[str, str]:
    place = dossier.choices.get(code)
    chosen = criteria_set.criteria[code].options[place - 1].label if place else "không có mức nào"
    return {"words": f"Chủ thể tự chọn mức: {chosen}", "explanation": dossier.explanations.get(code, "")}
