"""Reading a rule book file with suspicion, and the vocabulary for saying which shape it must have. Pure.

Whatever the file holds, the answer is a list of problems in Vietnamese, never an exception: broken YAML, text that is
not UTF-8, duplicate keys, aliases (a few lines of them can unfold to gigabytes) and nesting deep enough to end the
process are all refused before anything is built.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from ocop.regime.rulebook import RuleBookLoader

LARGEST = 1_000_000  # bytes; the largest printed set takes 30 000
DEEPEST = 20  # levels; the schema needs 10


class Problem(NamedTuple):
    """One thing wrong in a rule book: the file, the place in it, and what is wrong in Vietnamese."""

    file: str
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.message}"


Report = Callable[[str, str], None]
Shape = Callable[[Any, str, Report], None]


def read_document(path: Path, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The mapping in the file and what is wrong with its form; None when nothing can be read from it."""
    try:
        return _read(path, file)
    except yaml.YAMLError as error:
        # `str(error)` is English and shows the library's own words; the place is what helps.
        message = "không đúng cú pháp YAML (xem thụt dòng, dấu hai chấm, ngoặc và nháy quanh chỗ này)"
        return None, [Problem(file, _place(getattr(error, "problem_mark", None)), message)]
    except (ValueError, RecursionError):
        return None, [Problem(file, "tệp", "có giá trị không đọc được")]


def _read(path: Path, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    if path.exists() and not path.is_file():
        return None, [Problem(file, "tệp", "không phải một tệp thường")]
    try:
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem(file, "tệp", f"không mở được tệp ({error.__class__.__name__})")]
    if len(raw) > LARGEST:
        return None, [Problem(file, "tệp", f"tệp quá lớn: {len(raw)} byte, nhiều nhất {LARGEST}")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return None, [Problem(file, f"dòng {line}", "tệp không phải UTF-8")]
    problems = list(_traps(text, file))
    if problems:
        return None, problems
    loader = RuleBookLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, [Problem(file, "tệp", "tệp rỗng")]
        problems = [
            Problem(file, _place(key.start_mark), f"khóa “{key.value}” viết hai lần") for key in _repeated_keys(node)
        ]
        content = loader.construct_document(node)
    finally:
        loader.dispose()
    if not isinstance(content, dict):
        return None, [*problems, Problem(file, "tệp", "nội dung phải là các khóa và giá trị")]
    return content, problems


def _traps(text: str, file: str) -> Iterator[Problem]:
    """What must not reach the builder: anchors, aliases, tags, and nesting that would overflow its stack."""
    depth = 0
    for event in yaml.parse(text, Loader=RuleBookLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield Problem(file, _place(event.start_mark), "không dùng neo và bí danh YAML (& và *)")
            return
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
            yield Problem(file, _place(event.start_mark), "không dùng thẻ kiểu YAML (!)")
            return
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            yield Problem(file, _place(event.start_mark), f"lồng sâu quá {DEEPEST} lớp")
            return


def _repeated_keys(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated_keys(item)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in seen:
                    yield key
                seen.add((key.tag, key.value))
            yield from _repeated_keys(value)


def _place(mark: Any) -> str:
    return f"dòng {mark.line + 1}" if mark is not None else "tệp"


# Shapes: each looks at one value and reports every breach below it.


def text(value: Any, path: str, report: Report) -> None:
    """Words; a number must stand in quotes."""
    if not isinstance(value, str):
        report(path, f"phải là chữ, đang là {kind_of(value)}")
    elif not value.strip():
        report(path, "không được để trống")


def flag(value: Any, path: str, report: Report) -> None:
    """true or false."""
    if not isinstance(value, bool):
        report(path, f"phải là true hoặc false, đang là {kind_of(value)}")


def whole(least: int = 0, most: int | None = None) -> Shape:
    """A whole number within the bounds; true and 3.0 are none."""

    def shape(value: Any, path: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            report(path, f"phải là số nguyên, đang là {kind_of(value)}")
        elif value < least:
            report(path, f"phải từ {least} trở lên, đang là {value}")
        elif most is not None and value > most:
            report(path, f"nhiều nhất là {most}, đang là {value}")

    return shape


def day(value: Any, path: str, report: Report) -> None:
    """A date, year first."""
    if day_of(value) is None:
        report(path, "phải là ngày có thật, dạng năm-tháng-ngày như 2026-05-22")


def one_of(words: tuple[str, ...]) -> Shape:
    """One of the words."""

    def shape(value: Any, path: str, report: Report) -> None:
        if value not in words or not isinstance(value, str):
            report(path, f"“{value}” không thuộc: {', '.join(words)}")

    return shape


def maybe(inner: Shape) -> Shape:
    """The shape, or null."""

    def shape(value: Any, path: str, report: Report) -> None:
        if value is not None:
            inner(value, path, report)

    return shape


def many(inner: Shape, least: int = 0) -> Shape:
    """A list of the shape."""

    def shape(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, list):
            report(path, f"phải là danh sách, đang là {kind_of(value)}")
            return
        if len(value) < least:
            report(path, "danh sách không được rỗng")
        for place, item in enumerate(value):
            inner(item, f"{path}[{place}]", report)

    return shape


def record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """A mapping with all the required keys, perhaps the optional ones, and no other."""
    known = {**required, **(optional or {})}

    def shape(value: Any, path: str, report: Report) -> None:
        if not isinstance(value, dict):
            report(path or "tệp", f"phải là các khóa và giá trị, đang là {kind_of(value)}")
            return
        for key in required:
            if key not in value:
                report(under(path, key), "thiếu khóa bắt buộc")
        for key, item in value.items():
            if key in known:
                known[key](item, under(path, key), report)
            else:
                report(under(path, key), f"khóa lạ{_nearest(key, known)}")

    return shape


def _nearest(key: Any, known: Mapping[str, Shape]) -> str:
    close = difflib.get_close_matches(str(key), known, n=1)
    return f" (có phải “{close[0]}”?)" if close else ""


def under(path: str, key: Any) -> str:
    """The path of a key inside `path`."""
    return f"{path}.{key}" if path else str(key)


def kind_of(value: Any) -> str:
    """What a YAML value is, in words."""
    if value is None:
        return "trống"
    if isinstance(value, bool):
        return "true" if value else "false"
    names = {int: "số nguyên", float: "số thập phân", str: "chữ", list: "danh sách", dict: "các khóa và giá trị"}
    return names.get(type(value), "giá trị lạ")


# Readers for checks that go on although the shape may be wrong elsewhere: what is not usable counts as absent.


def day_of(value: Any) -> date | None:
    """The date, or None when the value is none."""
    if not isinstance(value, str) or len(value) != 10:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def number_in(mapping: Any, key: str) -> int | None:
    """The whole number of zero or more under `key`, or None."""
    value = mapping.get(key) if isinstance(mapping, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def word_in(mapping: Any, key: str) -> str | None:
    """The non-empty text under `key`, or None."""
    value = mapping.get(key) if isinstance(mapping, dict) else None
    return value if isinstance(value, str) and value.strip() else None


def rows_in(mapping: Any, key: str) -> list[tuple[int, dict[str, Any]]]:
    """The mappings in the list under `key`, each with its place."""
    value = mapping.get(key) if isinstance(mapping, dict) else None
    return [(place, row) for place, row in enumerate(value) if isinstance(row, dict)] if isinstance(value, list) else []


def repeated(codes: list[tuple[str, Any]]) -> Iterator[tuple[str, Any, str]]:
    """Of (path, code) pairs, those whose code came before, with the path where it came first."""
    first: dict[Any, str] = {}
    for path, code in codes:
        if code is None:
            continue
        if code in first:
            yield path, code, first[code]
        first.setdefault(code, path)
