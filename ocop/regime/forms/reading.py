"""Reading layouts and the list of value names. A file that `checks` accepts parses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ocop.regime.rulebook import BOOK, load_yaml

FOLDER = "forms"
NAME = re.compile(r"\{([a-z0-9_.]+)\}")
VALUES = Path(__file__).parents[1] / "book" / "values.yaml"


@dataclass(frozen=True, slots=True)
class ValueName:
    """A value that forms show: the words for it, where it is filled in, and by whom.

    `at` names the place (`subject`, `registration`, `interview`, `self-assessment`, `evidence`, or `office` for what an
    office writes); `question` is the interview's question. An `optional` one may stay empty in a finished form.
    """

    name: str
    words: str
    at: str
    question: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A form's layout: what it belongs to (`dossier`, `idea`), who fills it in, and its blocks as written."""

    regime: str
    form: str
    part_of: tuple[str, ...]
    filled_by: str
    blocks: tuple[Mapping[str, Any], ...]


@lru_cache(maxsize=64)
def layout_of(regime_code: str, form_code: str) -> Layout:
    """The layout of that form; KeyError when the regime has none."""
    path = _files(regime_code).get(form_code)
    if path is None:
        raise KeyError(form_code)
    mapping = load_yaml(path)
    if "same_as" in mapping:
        source = layout_of(mapping["same_as"], form_code)
        return Layout(regime_code, form_code, tuple(mapping["part_of"]), source.filled_by, source.blocks)
    return Layout(regime_code, form_code, tuple(mapping["part_of"]), mapping["filled_by"], tuple(mapping["blocks"]))


def asks_for(layout: Layout, name: str) -> bool:
    """Whether the layout shows that value or table."""
    return name in names_in(layout)


def layouts_of(regime_code: str) -> Mapping[str, Layout]:
    """The layouts that are shipped for a regime, by form code; empty when there are none."""
    return {code: layout_of(regime_code, code) for code in _files(regime_code)}


@lru_cache(maxsize=1)
def known_values() -> Mapping[str, ValueName]:
    """Every value name a layout may use, in the order of the list."""
    rows = load_yaml(VALUES)["values"]
    return {
        name: ValueName(name, row["words"], row["at"], row.get("question", ""), row.get("optional", False))
        for name, row in rows.items()
    }


def names_in(layout: Layout) -> frozenset[str]:
    """Every value that the layout shows, in whatever block."""
    known = known_values()
    return frozenset(name for text in _words(layout.blocks) for name in [text, *NAME.findall(text)] if name in known)


@lru_cache(maxsize=1)
def known_tables() -> Mapping[str, frozenset[str]]:
    """The tables a layout may walk through, each with the names of its columns; a column may be a table itself."""
    rows = load_yaml(VALUES)["tables"]
    return {name: frozenset(columns) for name, columns in rows.items()}


def _words(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for item in told.values():
            yield from _words(item)
    elif isinstance(told, Sequence):
        for item in told:
            yield from _words(item)


@lru_cache(maxsize=32)
def _files(regime_code: str) -> Mapping[str, Path]:
    return {path.stem: path for path in sorted((BOOK / regime_code / FOLDER).glob("*.yaml"))}
