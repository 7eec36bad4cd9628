"""The catalogues of questions and of kinds of paper: their shape, and that what they name exists. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ocop.regime.documents import (
    Problem,
    Report,
    Shape,
    flag,
    kind_of,
    many,
    one_of,
    read_document,
    record,
    repeated,
    rows_in,
    text,
    under,
    whole,
)
from ocop.rubric.checks.shape import Found
from ocop.rubric.measures import FACTS_FILE, PAPERS_FILE
from ocop.rubric.rules.facts import PERIODS

UNITS = ("people", "count", "amount", "dong", "percent", "months", "yes_no", "choice", "date")
NUMBERS = ("people", "count", "amount", "dong", "percent", "months")
NEED = ("required", "optional", "none")
MARKS = ("V", "S", "R", "U")


def mapping_of(key: Shape, inner: Shape) -> Shape:
    """A mapping whose keys and values have the shapes."""

    def shape(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report(path, f"phải là các khóa và giá trị, đang là {kind_of(value)}")
            return
        for name, item in value.items():
            key(name, under(path, name), report)
            inner(item, under(path, name), report)

    return shape


def _answer(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, (bool, str)):
        report(path, f"phải là chữ, true hoặc false, đang là {kind_of(value)}")


FACT = record(
    {
        "code": text,
        "about": text,
        "ask": text,
        "unit": one_of(UNITS),
        "scope": one_of(("subject", "product")),
        "mark": one_of(MARKS),
    },
    {
        "help": text,
        "years": whole(2, len(PERIODS)),
        "negative": flag,
        "options": mapping_of(text, text),
        "only_when": mapping_of(text, many(_answer, 1)),
        "at_most": many(text, 1),
        "counted_in": text,
    },
)
PAPER = record(
    {
        "code": text,
        "name": text,
        "rows": many(text),
        "number": one_of(NEED),
        "expires": one_of(NEED),
        "issuer_hint": text,
        "mark": one_of(MARKS),
    },
    {"months": whole(1), "help": text, "example": text},
)
FACTS = record({"schema": whole(1, 1), "facts": many(FACT, 1)})
PAPERS = record({"schema": whole(1, 1), "kinds": many(PAPER, 1)})


def check_catalogues(facts_file: Path = FACTS_FILE, papers_file: Path = PAPERS_FILE) -> list[Problem]:
    """Everything wrong in the two catalogues."""
    return [*_check(facts_file, FACTS, _facts), *_check(papers_file, PAPERS, _papers)]


def _check(path: Path, shape: Shape, test: Any) -> Iterator[Problem]:
    content, problems = read_document(path, str(path))
    yield from problems
    if content is None:
        return
    found: list[tuple[str, str]] = []
    shape(content, "", lambda place, message: found.append((place, message)))
    for place, message in found or test(content):
        yield Problem(str(path), place, message)


def _facts(content: dict[str, Any]) -> Found:
    rows = {row["code"]: row for _, row in rows_in(content, "facts")}
    yield from _codes(content, "facts")
    for at, row in rows_in(content, "facts"):
        path = f"facts[{at}]"
        if (row["unit"] == "choice") != ("options" in row):
            yield f"{path}.options", "câu chọn phải có options, câu khác thì không"
        if row.get("negative") and row["unit"] != "dong":
            yield f"{path}.negative", "chỉ số tiền mới có thể âm"
        if (row["unit"] == "amount") != ("counted_in" in row):
            yield f"{path}.counted_in", "câu về số lượng phải có counted_in, câu khác thì không"
        if "counted_in" in row and rows.get(row["counted_in"], {}).get("unit") != "choice":
            yield f"{path}.counted_in", f"“{row['counted_in']}” không phải một câu chọn đơn vị tính"
        for code in row.get("at_most", ()):
            other = rows.get(code)
            if other is None or other["unit"] != row["unit"] or other.get("years", 0) < row.get("years", 0):
                yield f"{path}.at_most", f"“{code}” không phải một câu cùng đơn vị, cùng số năm"
        for code, values in row.get("only_when", {}).items():
            if not set(values) <= _offered(rows.get(code, {})):
                yield f"{path}.only_when", f"“{code}” không phải câu có, không hoặc câu chọn với các câu trả lời đó"
        if row["code"] in _asked_before(rows, row["code"]):
            yield f"{path}.only_when", "các câu hỏi chờ nhau thành vòng"


def _offered(row: dict[str, Any]) -> set[Any]:
    return {True, False} if row.get("unit") == "yes_no" else set(row.get("options", ()))


def _asked_before(rows: dict[str, dict[str, Any]], code: str) -> set[str]:
    """The questions whose answers decide whether this one is asked, at any remove."""
    found: set[str] = set()
    waiting = [code]
    while waiting:
        new = rows.get(waiting.pop(), {}).get("only_when", {}).keys() - found
        found |= new
        waiting.extend(new)
    return found


def _papers(content: dict[str, Any]) -> Found:
    yield from _codes(content, "kinds")
    for at, row in rows_in(content, "kinds"):
        if "months" in row and row["expires"] == "none":
            yield f"kinds[{at}].months", "giấy không có hạn thì không ghi số tháng"


def _codes(content: dict[str, Any], key: str) -> Found:
    for path, code, first in repeated([(f"{key}[{at}].code", row["code"]) for at, row in rows_in(content, key)]):
        yield path, f"mã “{code}” đã dùng ở {first}"
    for at, row in rows_in(content, key):
        if not row["code"].replace("_", "").isalnum() or not row["code"].isascii():
            yield f"{key}[{at}].code", "mã chỉ gồm chữ không dấu, chữ số và dấu gạch dưới"
