"""What a set says about itself: gates, doubts and corrections, and whether it is complete."""

from __future__ import annotations

from typing import Any

from ocop.regime.documents import number_in, rows_in, word_in
from ocop.rubric.checks.shape import Found, criteria_of, is_complete


def gates(mapping: dict[str, Any]) -> Found:
    for path, row in criteria_of(mapping):
        if "gating_rule" in row and row.get("gating") is not True:
            yield f"{path}.gating_rule", "có gating_rule thì gating phải là true"


def doubts(mapping: dict[str, Any]) -> Found:
    by_code = {word_in(row, "code"): row for _, row in criteria_of(mapping)}
    for key in ("suspect", "corrections"):
        for at, entry in rows_in(mapping, key):
            code, option = word_in(entry, "criterion"), number_in(entry, "option")
            if code is None:
                if key == "suspect" and "where" not in entry and "criterion" not in entry:
                    yield f"suspect[{at}]", "phải nêu criterion hoặc where"
                continue
            if code not in by_code:
                yield f"{key}[{at}].criterion", f"không có tiêu chí “{code}”"
                continue
            options = by_code[code].get("options")
            if option is not None and isinstance(options, list):
                if not 1 <= option <= len(options):
                    yield f"{key}[{at}].option", f"tiêu chí {code} không có phương án {option}"
                    continue
                held = number_in(options[option - 1], "points")
            else:
                held = number_in(by_code[code], "max_points")
            used = number_in(entry, "used_value")
            if used is not None and held is not None and used != held:
                yield f"{key}[{at}].used_value", f"ghi dùng {used} nhưng bộ tiêu chí đang có {held}"


def completeness(mapping: dict[str, Any]) -> Found:
    missing = mapping.get("missing")
    if is_complete(mapping) and missing:
        yield "missing", "bộ ghi là đủ điểm thì không có missing"
    if not is_complete(mapping) and not missing:
        yield "missing", "bộ chưa đủ điểm phải ghi thiếu gì"
