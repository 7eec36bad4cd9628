"""Whether the thresholds of a measure say what the law's labels say, without gap, overlap or silent hole. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import Any

from ocop.rubric.checks.shape import Found
from ocop.rubric.measures import condition_of, fact_catalogue
from ocop.rubric.rules.conditions import (
    AllOf,
    AnyOf,
    Bound,
    Condition,
    Known,
    PaperFact,
    Reading,
    names_of,
    papers_of,
)
from ocop.rubric.rules.facts import WHOLE, FactKind

PLAIN = (0, 1)  # "none" and "some" are words in the labels, not numbers
ABSENT = "?"  # stands for a value that does not exist: no condition on it holds
MOST_COMBINATIONS = 100_000


def thresholds(row: Mapping[str, Any], labels: Mapping[str, list[str]]) -> Found:
    """Everything wrong with the thresholds of a measure whose names exist; `labels` are the options' by place."""
    options = {place: condition_of(written) for place, written in row["options"].items()}
    seams = [condition_of(seam["when"]) for seam in row.get("seams", ())]
    yield from _wording(options, seams, labels)
    yield from _holes(row, options, seams)
    yield from _silence(row, options, seams)


def _wording(options: Mapping[int, Condition], seams: list[Condition], labels: Mapping[str, list[str]]) -> Found:
    for place, printed in labels.items():
        for number, condition in options.items():
            own = _numbers(printed[number - 1])
            for bound in bounds_of(condition):
                for limit in _limits(bound):
                    if limit not in own and limit not in PLAIN:
                        yield f"options.{number}", f"nhãn phương án ở {place} không có số {limit}"
        everywhere = {number for label in printed for number in _numbers(label)}
        for at, condition in enumerate(seams):
            for bound in bounds_of(condition):
                for limit in _limits(bound):
                    if limit not in everywhere and limit not in PLAIN:
                        yield f"seams[{at}]", f"không nhãn nào ở {place} có số {limit}"


def _numbers(label: str) -> set[Fraction]:
    return {Fraction(number.replace(",", ".")) for number in re.findall(r"\d+(?:,\d+)?", label)}


def _limits(bound: Bound) -> Iterator[Fraction]:
    if bound.least is not None:
        yield bound.least
    if bound.most is not None:
        yield bound.most


def bounds_of(condition: Condition) -> Iterator[Bound]:
    """Every bound in the condition."""
    if isinstance(condition, (AllOf, AnyOf)):
        for part in condition.parts:
            yield from bounds_of(part)
    elif isinstance(condition, Bound):
        yield condition


def _holes(row: Mapping[str, Any], options: Mapping[int, Condition], seams: list[Condition]) -> Found:
    """The intervals of one value leave nothing between them, and share no point unless one contains the other."""
    written = [bound for condition in options.values() for bound in bounds_of(condition)]
    spoken = [bound for condition in seams for bound in bounds_of(condition)]
    for name in dict.fromkeys(bound.name for bound in written):
        own = [bound for bound in dict.fromkeys(written) if bound.name == name]
        said = [bound for bound in spoken if bound.name == name]
        points = _points(row, name, [*own, *said])
        covered = [point for point in points if any(bound.admits(point) for bound in [*own, *said])]
        for point in points:
            if covered and covered[0] < point < covered[-1] and point not in covered:
                yield "options", f"“{name}” hở ở chỗ {_shown(point)}: ghi thêm một seam"
        for at, first in enumerate(own):
            for second in own[at + 1 :]:
                shared = {point for point in points if first.admits(point) and second.admits(point)}
                alone = [{point for point in points if one.admits(point)} - shared for one in (first, second)]
                doubtful = [point for point in sorted(shared) if not any(bound.admits(point) for bound in said)]
                if all(alone) and doubtful:
                    yield "options", f"“{name}” chồng nhau ở chỗ {_shown(doubtful[0])}: ghi thêm một seam"


def _points(row: Mapping[str, Any], name: str, bounds: list[Bound]) -> list[Fraction]:
    """Values that tell all intervals apart: the limits, and one between, before and after them."""
    limits = sorted({limit for bound in bounds for limit in _limits(bound)})
    if _is_whole(row, name):
        return sorted({point for limit in limits for point in (limit - 1, limit, limit + 1) if point >= 0})
    between = [(low + high) / 2 for low, high in pairwise(limits)]
    return sorted({*limits, *between, limits[0] - 1, limits[-1] + 1})


def _is_whole(row: Mapping[str, Any], name: str) -> bool:
    formula = row.get("values", {}).get(name)
    if formula is None:
        return fact_catalogue()[name.partition(".")[0]].unit in WHOLE
    ((kind, codes),) = formula.items()
    if kind == "months_since":
        return True
    return kind == "sum" and all(fact_catalogue()[code.partition(".")[0]].unit in WHOLE for code in codes)


def _silence(row: Mapping[str, Any], options: Mapping[int, Condition], seams: list[Condition]) -> Found:
    """Whatever the answers, an option or a seam holds, or `otherwise` says what then."""
    conditions = [*options.values(), *seams]
    if "otherwise" in row or any(condition == AllOf() for condition in conditions):
        return
    names = list(dict.fromkeys(name for condition in conditions for name in names_of(condition)))
    groups = list(dict.fromkeys(kind for condition in conditions for kind in papers_of(condition)))
    bounds = [bound for condition in conditions for bound in bounds_of(condition)]
    choices = [_values(row, name, bounds) for name in names]
    if prod(map(len, choices)) * 2 ** len(groups) > MOST_COMBINATIONS:
        yield "options", "quá nhiều tổ hợp để kiểm tra: ghi otherwise"
        return
    plain = {name.partition(".")[0]: FactKind(name, name, "", "count", "product") for name in names}
    for values in product(*choices):
        for held in product((False, True), repeat=len(groups)):
            papers = {kind: [PaperFact(kind)] for kind, here in zip(groups, held, strict=True) if here}
            facts = dict(zip(names, values, strict=True))
            reading = Reading(Known(facts, papers, date.max), {}, plain)
            if not any(reading.truth(condition) for condition in conditions):
                shown = ", ".join(f"{name} = {_shown(value)}" for name, value in facts.items())
                yield "otherwise", f"thiếu: không phương án nào đúng khi {shown or 'ví không có giấy tờ nào'}"
                return


def _values(row: Mapping[str, Any], name: str, bounds: list[Bound]) -> list[Any]:
    own = [bound for bound in bounds if bound.name == name]
    kind = fact_catalogue().get(name.partition(".")[0])
    if name in row.get("values", {}):
        formula = next(iter(row["values"][name]))
        return [*_points(row, name, own), *([ABSENT] if formula == "share" else [])]
    if kind is None or own:
        return list(_points(row, name, own))
    values: list[Any] = [True, False] if kind.unit == "yes_no" else list(kind.options)
    return [*values, *([ABSENT] if kind.only_when else [])]


def _shown(value: Any) -> str:
    return str(float(value)) if isinstance(value, Fraction) and value.denominator != 1 else str(value)
