"""A layout and the values of one case make a document, or the list of what it still lacks."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ocop.regime.forms.reading import NAME, Layout, known_values
from ocop.ui.papers.document import (
    Block,
    Corner,
    Document,
    Field,
    Fields,
    Heading,
    National,
    PageBreak,
    Qr,
    Signatures,
    Signed,
    Table,
    Text,
    Tick,
    Ticks,
    Title,
)

DOTS = "………"

Values = Mapping[str, Any]


def fill(layout: Layout, values: Values, *, title: str = "", author: str = "") -> Document:
    """The form with its values; what is unknown or empty prints as dots."""
    return Document(title=title or layout.form, author=author, blocks=tuple(_blocks(layout.blocks, values)))


def missing(layout: Layout, values: Values) -> list[str]:
    """The names of what the form still lacks, in its order; optional values and those of an office are no lack."""
    known = known_values()
    wanted = dict.fromkeys(_names(layout.blocks, values))
    return [
        name
        for name in wanted
        if name in known and not known[name].optional and known[name].at != "office" and _is_empty(values.get(name))
    ]


def said(value: Any) -> str:
    """The value as it is printed; nothing for none."""
    match value:
        case None:
            return ""
        case bool():
            return "Có" if value else "Không"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case str():
            return value.strip()
        case list() | tuple():
            return ", ".join(said(item) for item in value)
        case _:
            return str(value)


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, (str, list, tuple, Mapping)) and not value)


def _template(text: str, values: Values, empty: str = DOTS) -> str:
    def put(found: re.Match[str]) -> str:
        value = said(values.get(found[1]))
        # the number of a paper that still awaits it starts with the stroke
        return empty + value if value.startswith("/") else value or empty

    return NAME.sub(put, text)


def _lacks(text: str, values: Values) -> bool:
    return any(_is_empty(values.get(name)) for name in NAME.findall(text))


# ── blocks ──────────────────────────────────────────────────────────────────────────────────


def _blocks(rows: Sequence[Mapping[str, Any]], values: Values) -> Iterator[Block]:
    for row in rows:
        ((kind, told),) = row.items()
        if kind == "group":
            if not _is_empty(values.get(told["when"])):
                yield from _blocks(told["blocks"], values)
        elif kind == "each":
            for item in values.get(told["of"]) or ():
                yield from _blocks(told["blocks"], ChainMap(dict(item), dict(values)))
        else:
            yield BUILDERS[kind](told, values)


def _text(style: str) -> Callable[[str, Values], Text]:
    return lambda told, values: Text(text=_template(told, values), style=style)


def _title(texts: Any) -> Title:
    return Title(**texts)


def _national(told: Mapping[str, str], values: Values) -> National:
    texts: Any = {
        key: _template(told[key], values, "") for key in ("parent", "issuer", "about", "place") if key in told
    }
    number = _template(told.get("number", ""), values, "") or told.get("blank_number", "")
    return National(**texts, number=number, signed_on=_day(values.get(told.get("signed_on", ""))))


def _field(told: Mapping[str, Any], values: Values) -> Field:
    lines = [said(values.get(told.get("value", "")))]
    lines += [_template(more, values) for more in told.get("more", ()) if not _lacks(more, values)]
    value = "\n".join(line for line in lines if line) or _template(told.get("blank", ""), values)
    return Field(label=_template(told["label"], values), value=value, lines=told.get("lines", 1))


def _ticks(told: Mapping[str, Any], values: Values) -> Ticks:
    chosen = values.get(told["of"])
    taken: Collection[str] = [chosen] if isinstance(chosen, str) else chosen or ()
    options = tuple(Tick(label=label, chosen=code in taken) for code, label in told["options"].items())
    return Ticks(label=told.get("label", ""), options=options, inline=told.get("inline", False))


def _tick(told: Mapping[str, Any], values: Values) -> Ticks:
    value = values.get(told["value"])
    return Ticks(options=(Tick(label=told["label"], chosen=bool(value)),))


def _table(told: Mapping[str, Any], values: Values) -> Table:
    columns = told["columns"]
    if "of" in told:
        rows = [
            tuple(_template(column["value"], ChainMap(dict(item), dict(values)), "") for column in columns)
            for item in values.get(told["of"]) or ()
        ]
    else:
        rows = [tuple(_template(cell, values, "") for cell in row) for row in told["rows"]]
    return Table(
        head=tuple(_template(column["head"], values) for column in columns),
        rows=tuple(rows),
        widths=tuple(column.get("width", 0) for column in columns),
        aligns=tuple(column.get("align", "left") for column in columns),
    )


def _signatures(told: Mapping[str, Any], values: Values) -> Signatures:
    return Signatures(
        cells=tuple(
            Signed(
                dated="signed_on" in cell,
                place=_template(cell.get("place", ""), values, ""),
                signed_on=_day(values.get(cell.get("signed_on", ""))),
                lines=tuple(_template(line, values) for line in cell["lines"]),
                note=cell.get("note", ""),
                name=said(values.get(cell.get("name", ""))),
            )
            for cell in told["cells"]
        ),
        recipients=tuple(_template(name, values) for name in told.get("recipients", ())),
    )


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


BUILDERS: dict[str, Callable[[Any, Values], Block]] = {
    "corner": lambda told, values: Corner(text=told),
    "national": _national,
    "title": lambda told, values: _title({key: _template(text, values) for key, text in told.items()}),
    "part": lambda told, values: Heading(text=_template(told, values), centred=True),
    "heading": lambda told, values: Heading(text=_template(told, values)),
    "paragraph": _text("body"),
    "bold": _text("bold"),
    "italic": _text("italic"),
    "centre": _text("centre"),
    "small": _text("small"),
    "field": lambda told, values: Fields(items=(_field(told, values),)),
    "fields": lambda told, values: Fields(items=tuple(_field(item, values) for item in told)),
    "tick": _tick,
    "ticks": _ticks,
    "table": _table,
    "signatures": _signatures,
    "qr": lambda told, values: Qr(
        address=_template(told["address"], values, ""), words=_template(told.get("words", ""), values)
    ),
    "page_break": lambda told, values: PageBreak(),
}


# ── what a layout asks for ──────────────────────────────────────────────────────────────────


def _names(rows: Sequence[Mapping[str, Any]], values: Values) -> Iterator[str]:
    """The values that the blocks ask a person for, as far as the blocks are printed."""
    for row in rows:
        ((kind, told),) = row.items()
        match kind:
            case "group":
                if not _is_empty(values.get(told["when"])):
                    yield from _names(told["blocks"], values)
            case "each":
                yield told["of"]
            case "tick":
                yield told["value"]
            case "field" | "fields":
                for item in [told] if kind == "field" else told:
                    yield item.get("value", "")
                    yield from (name for more in item.get("more", ()) for name in NAME.findall(more))
            case "ticks":
                yield told["of"]
            case "table" if "of" in told:
                yield told["of"]
            case "table":
                yield from (name for cells in told["rows"] for cell in cells for name in NAME.findall(cell))
            case "paragraph" | "bold" | "centre" | "italic":
                yield from NAME.findall(told)
