"""Codes are used once and points add up: options, criteria, groups, parts, the total."""

from __future__ import annotations

from typing import Any

from ocop.regime.documents import number_in, repeated, rows_in, under, word_in
from ocop.rubric.checks.shape import Found, criteria_of, groups_of, is_complete
from ocop.rubric.states import TOTAL


def codes(mapping: dict[str, Any]) -> Found:
    parts = [(f"parts[{at}].code", word_in(part, "code")) for at, part in rows_in(mapping, "parts")]
    groups = [(f"{path}.code", word_in(group, "code")) for path, group in groups_of(mapping)]
    criteria = [(f"{path}.code", word_in(row, "code")) for path, row in criteria_of(mapping)]
    for kind, pairs in (("phần", parts), ("nhóm", groups), ("tiêu chí", criteria)):
        for path, code, first in repeated(pairs):
            yield path, f"mã {kind} “{code}” đã dùng ở {first}"


def sums(mapping: dict[str, Any]) -> Found:
    totals = mapping.get("totals")
    if isinstance(totals, dict):
        yield from _printed_totals(mapping, totals)
    if not is_complete(mapping):
        return
    for at, part in rows_in(mapping, "parts"):
        yield from _adds_up(part, "groups", f"parts[{at}]", "các nhóm", "phần")
    for path, group in groups_of(mapping):
        yield from _adds_up(group, "criteria", path, "các tiêu chí", "nhóm")
        yield from _parents(path, group)


def _printed_totals(mapping: dict[str, Any], totals: dict[str, Any]) -> Found:
    total = number_in(totals, "total")
    if total is not None and total != TOTAL:
        yield "totals.total", f"tổng điểm phải là {TOTAL}, đang là {total}"
    parts = {word_in(part, "code"): (at, part) for at, part in rows_in(mapping, "parts")}
    points = {key: number_in(totals, key) for key in totals if key != "total"}
    for key, wanted in points.items():
        if key not in parts:
            yield under("totals", key), f"không có phần “{key}”"
        elif wanted is not None:
            at, part = parts[key]
            given = number_in(part, "max_points")
            if given is not None and given != wanted:
                yield f"parts[{at}].max_points", f"phần {key} ghi {given} điểm, totals ghi {wanted}"
    for code, (at, _) in parts.items():
        if code is not None and code not in points:
            yield f"parts[{at}].code", f"totals không có phần “{code}”"
    known = [number for number in points.values() if number is not None]
    if total is not None and len(known) == len(points) and sum(known) != total:
        yield "totals.total", f"các phần cộng lại được {sum(known)} điểm, tổng ghi {total}"


def _adds_up(mapping: dict[str, Any], key: str, path: str, below: str, here: str) -> Found:
    written = mapping.get(key)
    wanted = number_in(mapping, "max_points")
    points = [number_in(row, "max_points") for _, row in rows_in(mapping, key)]
    if wanted is None or not isinstance(written, list) or len(points) != len(written) or None in points:
        return
    got = sum(number for number in points if number is not None)
    if got != wanted:
        yield f"{path}.max_points", f"{below} cộng lại được {got} điểm, {here} ghi {wanted}"


def _parents(path: str, group: dict[str, Any]) -> Found:
    """Sub-criteria printed under one heading add up to the heading's points (e.g. 6.1.1 … under 6.1)."""
    sums: dict[tuple[str, int], int] = {}
    for _, row in rows_in(group, "criteria"):
        parent = row.get("parent")
        code, wanted, points = word_in(parent, "code"), number_in(parent, "max_points"), number_in(row, "max_points")
        if code is not None and wanted is not None and points is not None:
            sums[code, wanted] = sums.get((code, wanted), 0) + points
    for (code, wanted), got in sums.items():
        if got != wanted:
            yield f"{path}.criteria", f"các tiêu chí thuộc mục {code} cộng lại được {got} điểm, mục ghi {wanted}"


def options(mapping: dict[str, Any]) -> Found:
    doubted = {word_in(entry, "criterion") for _, entry in rows_in(mapping, "suspect")}
    for path, row in criteria_of(mapping):
        most = number_in(row, "max_points")
        points = [(at, number_in(option, "points")) for at, option in rows_in(row, "options")]
        usable = [number for _, number in points if number is not None]
        if most is None or not usable:
            continue
        for at, number in points:
            if number is not None and number > most:
                yield f"{path}.options[{at}].points", f"{number} điểm, cao hơn điểm tối đa {most} của tiêu chí"
        if max(usable) < most and len(usable) == len(points) and word_in(row, "code") not in doubted:
            short = f"phương án cao nhất {max(usable)} điểm, thấp hơn điểm tối đa {most}"
            yield f"{path}.options", f"{short}; nếu bản in như vậy, ghi tiêu chí vào suspect"
