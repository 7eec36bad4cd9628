"""Whether measures are sound: they name what exists, cover every criterion once, and leave no gap or doubt. Pure.

What the thresholds say is looked at by `ocop.rubric.checks.thresholds`; this module makes sure that it can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from ocop.regime.documents import (
    Problem,
    Report,
    kind_of,
    many,
    number_in,
    one_of,
    record,
    repeated,
    rows_in,
    text,
    under,
    whole,
    word_in,
)
from ocop.rubric.checks.catalogues import MARKS, NUMBERS, mapping_of
from ocop.rubric.checks.shape import Found, criteria_of
from ocop.rubric.checks.thresholds import thresholds
from ocop.rubric.measures import FORMULAS, fact_catalogue, paper_catalogue
from ocop.rubric.rules.facts import FactKind

BOUNDS = ("from", "above", "below", "to", "is")


def _place(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, str) or not value.partition(":")[0].isdecimal() or not value.partition(":")[2]:
        report(path, f"phải là “số bộ:mã tiêu chí”, đang là {value!r}")


def _nullable_place(value: Any, path: str, report: Report) -> None:
    if value is not None:
        whole(1)(value, path, report)


def _condition(value: Any, path: str, report: Report) -> None:
    """The form of a condition; whether its names exist is asked later."""
    if not isinstance(value, dict):
        report(path, f"điều kiện phải là các khóa và giá trị, đang là {kind_of(value)}")
        return
    for name, wanted in value.items():
        here = under(path, name)
        if name in ("any_of", "all_of"):
            many(_condition, 1)(wanted, here, report)
        elif name == "paper":
            (many(text, 1) if isinstance(wanted, list) else text)(wanted, here, report)
        elif isinstance(wanted, dict):
            _bound(wanted, here, report)
        elif isinstance(wanted, list):
            many(text, 1)(wanted, here, report)
        elif not isinstance(wanted, bool):
            report(here, f"phải là true, false, danh sách hoặc giới hạn, đang là {kind_of(wanted)}")


def _bound(value: dict[Any, Any], path: str, report: Report) -> None:
    for key, number in value.items():
        one_of(BOUNDS)(key, under(path, key), report)
        if exact(number) is None:
            report(under(path, key), f"phải là số nguyên, số lẻ viết thành chữ ('2.5'), đang là {number!r}")
    if not value or ("is" in value and len(value) > 1) or {"from", "above"} <= value.keys():
        report(path, "giới hạn phải có: is, hoặc một trong from, above, hoặc (và) một trong below, to")
    elif {"below", "to"} <= value.keys():
        report(path, "chỉ dùng một trong below, to")


def exact(number: Any) -> Fraction | None:
    """A whole number, or a decimal written as text; None for anything else (a float is not exact)."""
    if isinstance(number, bool) or not isinstance(number, (int, str)):
        return None
    try:
        return Fraction(number)
    except ValueError:
        return None


def _formula(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, dict) or len(value) != 1:
        report(path, f"phải là một trong: {', '.join(FORMULAS)}")
        return
    ((kind, codes),) = value.items()
    one_of(FORMULAS)(kind, path, report)
    if kind == "months_since":
        text(codes, under(path, kind), report)
    else:
        many(text, 2)(codes, under(path, kind), report)
        if isinstance(codes, list) and kind != "sum" and len(codes) != 2:
            report(under(path, kind), "cần đúng hai số")


MEASURE = record(
    {
        "code": text,
        "about": text,
        "mark": one_of(MARKS),
        "places": many(_place, 1),
        "options": mapping_of(whole(1), _condition),
    },
    {
        "values": mapping_of(text, _formula),
        "seams": many(record({"when": _condition, "place": _nullable_place, "says": text})),
        "otherwise": text,
        "at_most": text,
        "at_least": text,
        "proof": many(text, 1),
        "note": text,
    },
)
UNMEASURABLE = record({"reason": text, "places": many(_place, 1)}, {"mark": one_of(MARKS)})
FILE = record({"schema": whole(1, 1), "regime": text}, {"measures": many(MEASURE), "unmeasurable": many(UNMEASURABLE)})


def check_measures(
    files: list[tuple[str, dict[str, Any]]], sets: list[dict[str, Any]], regime: dict[str, Any]
) -> list[Problem]:
    """Everything wrong in the measures of a regime, whose set files are given as far as they could be read."""
    problems: list[Problem] = []
    sound: list[tuple[str, dict[str, Any]]] = []
    regime_code = word_in(regime, "code")
    for file, content in files:
        before = len(problems)
        FILE(content, "", lambda path, message, file=file: problems.append(Problem(file, path, message)))  # type: ignore[misc]
        if regime_code is not None and content.get("regime") != regime_code:
            problems.append(Problem(file, "regime", f"phải là “{regime_code}”"))
        if len(problems) == before:
            sound.append((file, content))
    if len(sound) < len(files) or not files:
        return problems
    criteria = {f"{given.get('set_no')}:{row.get('code')}": row for given in sets for _, row in criteria_of(given)}
    unread = {str(number) for number in range(1, (number_in(regime, "set_count") or 0) + 1)}
    unread -= {str(given.get("set_no")) for given in sets}
    problems.extend(_coverage(sound, criteria, unread))
    for file, content in sound:
        for at, row in enumerate(content.get("measures", ())):
            for path, message in _measure(row, criteria):
                problems.append(Problem(file, f"measures[{at}] {row['code']}: {path}", message))
    return problems


def _coverage(
    files: list[tuple[str, dict[str, Any]]], criteria: Mapping[str, Any], unread: set[str]
) -> Iterator[Problem]:
    """Every criterion stands in exactly one measure or unmeasurable; codes are used once. Sets not read are spared."""
    codes, places = [], []
    for file, content in files:
        codes += [(file, row["code"]) for row in content.get("measures", ())]
        rows = [*content.get("measures", ()), *content.get("unmeasurable", ())]
        places += [(file, place) for row in rows for place in row["places"]]
    for file, code, first in repeated(codes):
        yield Problem(file, "code", f"mã “{code}” đã dùng ở {first}")
    for file, place, first in repeated(places):
        yield Problem(file, "places", f"tiêu chí {place} đã ghi ở {first}")
    for file, place in places:
        if place not in criteria and place.partition(":")[0] not in unread:
            yield Problem(file, "places", f"không có tiêu chí {place}")
    folder = files[0][0].rpartition("/")[0]
    for place in criteria.keys() - {place for _, place in places}:
        yield Problem(folder, "places", f"tiêu chí {place} chưa có cách tính, cũng chưa ghi là không đo được")


def _measure(row: dict[str, Any], criteria: Mapping[str, Any]) -> Found:
    before = list(_names(row))
    yield from before
    labels = {}
    for place in row["places"]:
        if place not in criteria:
            continue
        options = labels[place] = [word_in(option, "label") or "" for _, option in rows_in(criteria[place], "options")]
        if sorted(row["options"]) != list(range(1, len(options) + 1)):
            yield "options", f"tiêu chí {place} có {len(options)} phương án, phải ghi đủ từ 1 đến {len(options)}"
            return
        if any(seam["place"] is not None and seam["place"] > len(options) for seam in row.get("seams", ())):
            yield "seams", f"tiêu chí {place} chỉ có {len(options)} phương án"
    if "at_most" in row and "at_least" in row:
        yield "at_most", "chỉ ghi một trong at_most, at_least"
    if not before:
        yield from thresholds(row, labels)


def _names(row: dict[str, Any]) -> Found:
    """Facts, values and kinds of paper that are named exist, and are used for what they are."""
    facts, papers = fact_catalogue(), paper_catalogue()
    known = {code: kind for kind in facts.values() for code in kind.codes}
    formulas = row.get("values", {})
    for name, formula in formulas.items():
        if name in known:
            yield f"values.{name}", "trùng mã của một số liệu"
        yield from _formula_names(f"values.{name}", formula, known)
    conditions = [(f"options.{place}", written) for place, written in row["options"].items()]
    conditions += [(f"seams[{at}].when", seam["when"]) for at, seam in enumerate(row.get("seams", ()))]
    for path, written in conditions:
        yield from _condition_names(path, written, known, formulas)
    for code in row.get("proof", ()):
        if code not in papers:
            yield "proof", f"không có loại giấy tờ “{code}”"


def _formula_names(path: str, formula: dict[str, Any], known: Mapping[str, FactKind]) -> Found:
    ((kind, written),) = formula.items()
    codes = [written] if isinstance(written, str) else written
    for code in codes:
        wanted = ("date",) if kind == "months_since" else NUMBERS
        if code not in known or known[code].unit not in wanted:
            yield path, f"“{code}” không phải {'một ngày' if kind == 'months_since' else 'một số'} trong danh mục"
            return
    if kind == "share" and codes[1].partition(".")[0] not in known[codes[0]].at_most:
        yield path, f"“{codes[0]}” phải ghi at_most: [{codes[1]}] trong danh mục, để phần không quá tổng"


def _condition_names(path: str, written: dict[str, Any], known: Mapping[str, FactKind], formulas: Any) -> Found:
    for name, wanted in written.items():
        if name in ("any_of", "all_of"):
            for part in wanted:
                yield from _condition_names(f"{path}.{name}", part, known, formulas)
        elif name == "paper":
            for code in [wanted] if isinstance(wanted, str) else wanted:
                if code not in paper_catalogue():
                    yield path, f"không có loại giấy tờ “{code}”"
        elif name in formulas:
            if not isinstance(wanted, dict):
                yield path, f"“{name}” là một số, phải ghi giới hạn"
        elif name not in known:
            yield path, f"không có số liệu “{name}” (số liệu theo năm thì ghi thêm .last, .before, .earlier)"
        elif not _fits(known[name], wanted):
            yield path, f"“{name}” ({known[name].unit}) không so được với {wanted!r}"


def _fits(kind: FactKind, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return kind.unit in NUMBERS
    if isinstance(wanted, bool):
        return kind.unit == "yes_no"
    return kind.unit == "choice" and set(wanted) <= kind.options.keys()
