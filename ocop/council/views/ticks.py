"""What a sheet without dossier sends and shows: cups of a tasting, cases of a calibration."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.council.views.criteria import NONE_OF_THESE
from ocop.rubric.rules import Criterion

MISSING = "Chưa chấm tiêu chí này. Nếu không mức nào đạt, chọn “Không có”."


def row_of(
    criterion: Criterion, choices: Mapping[str, int | None], *, locked: bool, lacking: Collection[str]
) -> dict[str, Any]:
    """A criterion for `council/plain_criterion.html`: its wording and options, nothing of any product."""
    options = [
        {"value": place, "label": option.label, "points": option.points, "star_min": option.min_for_star}
        for place, option in enumerate(criterion.options, start=1)
    ]
    return {
        "code": criterion.code,
        "title": criterion.name,
        "heading": criterion.parent_name,
        "legal": " ".join(filter(None, [criterion.requirement, *criterion.notes])),
        "max": criterion.max_points,
        "options": [*options, NONE_OF_THESE],
        "chosen": (choices[criterion.code] or 0) if criterion.code in choices else None,
        "locked": locked,
        "error": MISSING if criterion.code in lacking else "",
    }


def typed(sent: Mapping[str, str], criteria: Mapping[str, Criterion]) -> dict[str, int | None]:
    """The sent choices that these criteria offer, to stay on the page of a refusal."""
    return {
        code: place
        for code, place in _readable(sent).items()
        if code in criteria and (place is None or 1 <= place <= len(criteria[code].options))
    }


def choices_in(sent: Mapping[str, str]) -> dict[str, int | None]:
    """The sent choices; refuses one that is no place in a list."""
    readable = _readable(sent)
    for name, value in sent.items():
        code = name.removeprefix("choice-")
        if name.startswith("choice-") and value and code not in readable:
            raise Refused(f"Tiêu chí {code}: phương án chọn không đọc được. Hãy chọn lại.", field=code)
    return readable


def _readable(sent: Mapping[str, str]) -> dict[str, int | None]:
    """`choice-<code>`: the option's place from 1, 0 for none; an empty or unreadable one says nothing."""
    places = {name.removeprefix("choice-"): whole(value) for name, value in sent.items() if name.startswith("choice-")}
    return {code: place or None for code, place in places.items() if place is not None}
