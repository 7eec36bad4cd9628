"""Whether a layout is sound: known blocks, known value names, a form its regime knows. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
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
    rows_in,
    text,
    under,
    whole,
    word_in,
)
from ocop.regime.forms.filling import BUILDERS, NAME
from ocop.regime.forms.reading import FOLDER, known_tables, known_values
from ocop.regime.rulebook import BOOK

PARTS = ("dossier", "idea")
FILLED_BY = ("subject", "commune", "office")
ALIGNS = ("left", "center", "right")
KINDS = (*BUILDERS, "group", "each")


def _blocks(value: Any, path: str, report: Report) -> None:
    many(_block, 1)(value, path, report)


def _block(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, dict) or len(value) != 1:
        report(path, f"mỗi khối là đúng một khóa và nội dung của nó, đang là {kind_of(value)}")
        return
    ((kind, told),) = value.items()
    if kind not in SHAPES:
        report(path, f"không có loại khối “{kind}”; có: {', '.join(KINDS)}")
    else:
        SHAPES[kind](told, under(path, kind), report)


def _options(value: Any, path: str, report: Report) -> None:
    if not isinstance(value, dict) or not value:
        report(path, "phải là các khóa và chữ của từng ô đánh dấu")
        return
    for code, label in value.items():
        text(label, under(path, code), report)


_FIELD = record({"label": text}, {"value": text, "more": many(text), "blank": text, "lines": whole(1, 12)})
_CELL = record({"lines": many(text, 1)}, {"signed_on": text, "place": text, "note": text, "name": text})
_COLUMN = record({"head": text}, {"value": text, "width": whole(0, 163), "align": one_of(ALIGNS)})
_TOP = ("parent", "issuer", "number", "blank_number", "about", "place", "signed_on")
_WORDS = ("corner", "part", "heading", "paragraph", "bold", "italic", "centre", "small")
SHAPES: dict[str, Shape] = {
    **dict.fromkeys(_WORDS, text),
    "national": record({}, dict.fromkeys(_TOP, text)),
    "title": record({"kind": text}, {"about": text, "note": text}),
    "field": _FIELD,
    "fields": many(_FIELD, 2),
    "tick": record({"label": text, "value": text}),
    "ticks": record({"of": text, "options": _options}, {"label": text, "inline": flag}),
    "table": record({"columns": many(_COLUMN, 1)}, {"of": text, "rows": many(many(text))}),
    "signatures": record({"cells": many(_CELL, 1)}, {"recipients": many(text)}),
    "qr": record({"address": text}, {"words": text}),
    "page_break": flag,
    "group": record({"when": text, "blocks": _blocks}),
    "each": record({"of": text, "blocks": _blocks}),
}
HEAD = {"schema": whole(1, 1), "form": text, "part_of": many(one_of(PARTS), 1)}
SHAPE = record({**HEAD, "filled_by": one_of(FILLED_BY), "blocks": _blocks})
SAME = record({**HEAD, "same_as": text})


def check_layouts(folder: Path, regime: Mapping[str, Any]) -> list[Problem]:
    """Everything wrong in the layouts beside a regime file; none need be there."""
    problems: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        written, found = read_document(path, str(path))
        problems.extend(found)
        if written is not None:
            problems.extend(check_layout(written, str(path), regime=regime, name=path.stem, book=folder.parent))
    return problems


def check_layout(
    mapping: dict[str, Any], file: str, *, regime: Mapping[str, Any], name: str, book: Path
) -> list[Problem]:
    """Everything wrong in one layout file."""
    problems: list[Problem] = []

    def report(path: str, message: str) -> None:
        problems.append(Problem(file, path, message))

    same = "same_as" in mapping
    (SAME if same else SHAPE)(mapping, "", report)
    form = word_in(mapping, "form")
    if form is not None and form != name:
        report("form", f"ghi “{form}”, tên tệp là “{name}”")
    codes = {word_in(row, "code") for _, row in rows_in(regime, "forms")}
    if form is not None and form not in codes:
        report("form", f"không có biểu mẫu “{form}” trong forms của quy định")
    if same:
        way = Path(str(mapping["same_as"])) / FOLDER / f"{name}.yaml"
        if not (book / way).is_file() and not (BOOK / way).is_file():  # a regime on its own leans on the shipped book
            report("same_as", f"không có mẫu “{name}” ở quy định “{mapping['same_as']}”")
    elif not problems:
        for path, used, columns in _used(mapping["blocks"], "blocks", frozenset()):
            if used not in known_values() and used not in columns:
                report(path, f"không có giá trị “{used}” trong danh sách giá trị của biểu mẫu")
    return problems


Found = Iterator[tuple[str, str, Collection[str]]]


def _used(blocks: list[Any], path: str, columns: frozenset[str]) -> Found:
    """Every value name in the blocks, with its place and the columns of the tables around it."""
    for place, row in enumerate(blocks):
        ((kind, told),) = row.items()
        here = f"{path}[{place}].{kind}"
        if kind in ("group", "each"):
            if kind == "group":
                yield under(here, "when"), told["when"], columns
            inner = columns
            if kind == "each":
                yield under(here, "of"), told["of"], columns
                inner = columns | known_tables().get(told["of"], frozenset())
            yield from _used(told["blocks"], under(here, "blocks"), inner)
        else:
            around = columns
            if kind == "table" and "of" in told:
                around = columns | known_tables().get(told["of"], frozenset())
            for name in _names(kind, told):
                yield here, name, around


_BY_NAME: dict[str, Callable[[Any], list[str]]] = {
    "field": lambda told: [told["value"]] if "value" in told else [],
    "fields": lambda told: [item["value"] for item in told if "value" in item],
    "tick": lambda told: [told["value"]],
    "ticks": lambda told: [told["of"]],
    "table": lambda told: [told["of"]] if "of" in told else [],
    "national": lambda told: [told["signed_on"]] if "signed_on" in told else [],
    "signatures": lambda told: [cell[key] for cell in told["cells"] for key in ("signed_on", "name") if key in cell],
}


def _names(kind: str, told: Any) -> Iterator[str]:
    yield from _BY_NAME.get(kind, lambda _: [])(told)
    for words in _texts(told):
        yield from NAME.findall(words)


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for item in told.values():
            yield from _texts(item)
    elif isinstance(told, list):
        for item in told:
            yield from _texts(item)
