"""The shape of a set file, and ways through one whose shape may be wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ocop.regime.documents import Report, day, flag, kind_of, many, maybe, one_of, record, rows_in, text, under, whole
from ocop.rubric.states import GATING_RULES, MARKED_STARS, TOTAL

Found = Iterator[tuple[str, str]]
POINTS = whole(0, TOTAL)


def _totals(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, dict):
        report(path, f"phải là các khóa và giá trị, đang là {kind_of(value)}")
        return
    if "total" not in value:
        report(under(path, "total"), "thiếu khóa bắt buộc")
    for key, points in value.items():
        POINTS(points, under(path, key), report)


def _source_value(value: Any, path: str, report: Report) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        report(path, f"phải là số nguyên hoặc chữ như nguồn in, đang là {kind_of(value)}")


def _anything(value: Any, path: str, report: Report) -> None:
    """Passes: `stars.given_values` looks at what may be written although it is derived."""


OPTION = record(
    {"label": text, "points": POINTS},
    {"min_for_star": whole(MARKED_STARS[0], MARKED_STARS[-1]), "case": text, "suspect": text},
)
CRITERION = record(
    {"code": text, "name": text, "max_points": POINTS, "options": many(OPTION, 1)},
    {
        "evidence": many(text),
        "notes": many(text),
        "requirement": text,
        "gating": flag,
        "gating_rule": one_of(GATING_RULES),
        "options_derived": text,
        "parent": record({"code": text, "name": text, "max_points": POINTS}),
    },
)
GROUP = record(
    {"code": text, "name": text, "max_points": POINTS, "criteria": many(CRITERION, 1)}, {"notes": many(text)}
)
PART = record({"code": text, "name": text, "max_points": POINTS, "groups": many(GROUP, 1)})
BOOK_KEYS = {"schema": whole(1, 1), "regime": text, "complete": flag}
REQUIRED = {
    "code": text,
    "set_no": whole(1),
    "name": text,
    "sector": record({"name": text}, {"code": text}),
    "group": record({"name": text}, {"number": text}),
    "managing_ministry": many(text, 1),
    "legal_basis": text,
    "effective_from": day,
    "totals": _totals,
    "source": text,
    "confidence": text,
    "parts": many(PART, 1),
}
OPTIONAL = {
    "subgroup": maybe(record({"name": text}, {"letter": text})),
    "effective_to": maybe(day),
    "effective_to_note": text,
    "code_note": text,
    "classification_note": text,
    "evidence_note": text,
    "note": text,
    "header_line": text,
    "product_code_format": text,
    "star_marker_rule": text,
    "samples": record({"required": flag, "count": whole(0)}),
    "dossier_rejected_when": many(text),
    "missing": many(text),
    "corrections": many(
        record(
            {"criterion": text, "source_value": _source_value, "used_value": POINTS, "reason": text},
            {"option": whole(1)},
        )
    ),
    "suspect": many(record({"note": text}, {"criterion": text, "option": whole(1), "where": text})),
    "star_minimums": _anything,
    "star_minimums_note": text,
    "criteria_count": whole(1),
}
LOOSE = record(REQUIRED, {**OPTIONAL, **BOOK_KEYS})
IN_BOOK = record({**BOOK_KEYS, **REQUIRED}, OPTIONAL)


class Place(NamedTuple):
    """A criterion as written, and where."""

    path: str
    row: dict[str, Any]


def groups_of(mapping: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for at, part in rows_in(mapping, "parts"):
        for place, group in rows_in(part, "groups"):
            yield f"parts[{at}].groups[{place}]", group


def criteria_of(mapping: dict[str, Any]) -> list[Place]:
    return [
        Place(f"{path}.criteria[{place}]", row)
        for path, group in groups_of(mapping)
        for place, row in rows_in(group, "criteria")
    ]


def is_complete(mapping: dict[str, Any]) -> bool:
    """Whether the set says that its points add up, so that it may be scored with."""
    return mapping.get("complete", True) is not False
