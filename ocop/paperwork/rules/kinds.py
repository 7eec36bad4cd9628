"""Kinds of papers as data: name, number, merge fields with their labels, groups of rows. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
KEYS = {"name", "number", "series", "title_public", "fields", "groups"}
GROUP_KEYS = {"label", "fields"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A merge field: its name in a Word template and what it stands for."""

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Merge fields that stand in one row of a table, repeated for every row of the paper."""

    name: str
    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of paper. `number` is a pattern with {seq}; kinds of one `series` are counted together.

    The check page tells anybody the title of a paper only where it is `title_public`: it names nobody, no product.
    """

    code: str
    name: str
    number: str
    series: str
    title_public: bool = False
    fields: tuple[Field, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def lower_name(self) -> str:
        """The name inside a sentence."""
        return self.name[:1].lower() + self.name[1:]

    @property
    def first_number(self) -> str:
        """How the year's first number looks."""
        return self.number.format(seq=1)

    @property
    def names(self) -> frozenset[str]:
        """Every merge field, those of the groups too."""
        return frozenset(each.name for each in (*self.fields, *(f for group in self.groups for f in group.fields)))


def parse_kinds(content: Any) -> dict[str, Kind]:
    """The kinds of a book; ValueError names the place of the first mistake."""
    book = _mapping(content, "kinds.yaml")
    shared = _fields(book.get("shared", {}), "shared")
    return {
        code: _kind(code, entry, shared, f"kinds.{code}")
        for code, entry in _mapping(book.get("kinds"), "kinds").items()
    }


def _kind(code: str, content: Any, shared: tuple[Field, ...], path: str) -> Kind:
    entry = _mapping(content, path)
    if not NAME.fullmatch(code):
        raise ValueError(f"{path}: mã loại văn bản chỉ gồm chữ thường không dấu, số và gạch dưới")
    unknown = set(entry) - KEYS
    if unknown:
        raise ValueError(f"{path}: không có mục {', '.join(sorted(unknown))}")
    number = _text(entry.get("number"), f"{path}.number")
    try:
        first, second = number.format(seq=1), number.format(seq=2)
    except (KeyError, IndexError, ValueError):
        first = second = ""
    if first == second or "/" not in first:
        raise ValueError(f"{path}.number: phải có {{seq}} và dấu /, đang là “{number}”")
    own = _fields(entry.get("fields", {}), f"{path}.fields")
    groups = tuple(
        _group(name, group, f"{path}.groups.{name}")
        for name, group in _mapping(entry.get("groups", {}), f"{path}.groups").items()
    )
    names = [each.name for each in (*shared, *own)]
    for group in groups:
        names += [group.name, *(each.name for each in group.fields)]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{path}: tên {', '.join(sorted(twice))} có hai lần")
    return Kind(
        code=code,
        name=_text(entry.get("name"), f"{path}.name"),
        number=number,
        series=_text(entry.get("series", code), f"{path}.series"),
        title_public=_flag(entry.get("title_public", False), f"{path}.title_public"),
        fields=(*shared, *own),
        groups=groups,
    )


def _group(name: str, content: Any, path: str) -> Group:
    entry = _mapping(content, path)
    if set(entry) - GROUP_KEYS or not NAME.fullmatch(name):
        raise ValueError(f"{path}: nhóm dòng gồm label và fields, tên là chữ thường không dấu")
    fields = _fields(entry.get("fields"), f"{path}.fields")
    if not fields:
        raise ValueError(f"{path}.fields: nhóm dòng cần ít nhất một trường")
    return Group(name=name, label=_text(entry.get("label"), f"{path}.label"), fields=fields)


def _fields(content: Any, path: str) -> tuple[Field, ...]:
    found = []
    for name, label in _mapping(content, path).items():
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise ValueError(f"{path}.{name}: tên trường chỉ gồm chữ thường không dấu, số và gạch dưới")
        found.append(Field(name=name, label=_text(label, f"{path}.{name}")))
    return tuple(found)


def _mapping(content: Any, path: str) -> Mapping[str, Any]:
    if not isinstance(content, Mapping):
        raise ValueError(f"{path}: phải là các cặp tên: giá trị")
    return content


def _text(content: Any, path: str) -> str:
    if not isinstance(content, str) or not content.strip():
        raise ValueError(f"{path}: phải là chữ và không để trống")
    return content.strip()


def _flag(content: Any, path: str) -> bool:
    if not isinstance(content, bool):
        raise ValueError(f"{path}: phải là true hoặc false")
    return content
