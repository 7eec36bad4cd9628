"""Values for every form, and what a form says: its labels, in order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import docx

from ocop.regime.forms import Layout, known_values, layouts_of
from ocop.regime.forms.reading import known_tables
from ocop.regime.rulebook import codes
from tests.papers import reading

EVERY_FORM = [(regime, form) for regime in codes() for form in layouts_of(regime)]
DAYS = ("submission.on", "report.signed_on", "letter.signed_on", "idea.sent_on")
BOXES = {"has_business_registration": True, "has_declaration": False, "has_food_safety": True}


def values_of(put: str = "{words}", rows: int = 3) -> dict[str, Any]:
    """A value for every name a form may show: `put` with the name's own words in it."""
    values: dict[str, Any] = {name: put.format(words=value.words) for name, value in known_values().items()}
    values |= dict.fromkeys(DAYS, date(2026, 10, 5))
    values |= {f"answer.{code}": ticked for code, ticked in BOXES.items()}
    values |= {
        "answer.has_production_permit": None,
        "answer.ip_rights": ["trademark", "copyright"],
        "registration.kind": "upgrade",
        "idea.kind": "new",
        "tracking.address": "https://vi-du.vn/theo-doi/K7QX9M2T/",
    }
    return values | {name: _rows(name, put, rows) for name in known_tables() if name in known_values()}


def _rows(table: str, put: str, rows: int) -> list[dict[str, Any]]:
    columns = known_tables()[table]
    return [
        {
            column: _rows(column, put, rows) if column in known_tables() else put.format(words=f"{column} {number}")
            for column in columns
        }
        for number in range(1, rows + 1)
    ]


def labels_of(layout: Layout, *, groups: bool = True) -> list[str]:
    """The fixed words of a form in its order; without those that are printed with a value only when not `groups`."""
    return [label for label in _labels(list(layout.blocks), groups) if label]


def _labels(blocks: list[Mapping[str, Any]], groups: bool) -> Iterator[str]:
    for block in blocks:
        ((kind, told),) = block.items()
        match kind:
            case "each" | "group":
                yield from _labels(told["blocks"], groups) if groups or kind == "each" else ()
            case "fields":
                yield from (fixed(item["label"]) for item in told)
            case "field" | "tick":
                yield fixed(told["label"])
            case "ticks":
                yield fixed(told.get("label", ""))
                yield from told["options"].values()
            case "table":
                yield from (fixed(column["head"]) for column in told["columns"])
            case "title":
                yield fixed(told["kind"]).upper()
            case "signatures":
                yield from (fixed(line).upper() for cell in told["cells"] for line in cell["lines"])
            case "part" | "heading" | "bold" | "small" | "corner" | "paragraph":
                yield fixed(told)


def fixed(text: str) -> str:
    """The longest piece of a text that no value interrupts."""
    return max(re.split(r"\{[^}]+\}|\n", text), key=len).strip()


def pdf_text(pdf: bytes) -> str:
    return squeezed(" ".join(_without_number(page) for page in reading.page_texts(pdf)))


def word_text(file: bytes) -> str:
    """The words of a Word file in reading order, cells row by row."""
    parts = docx.Document(io.BytesIO(file)).element.body.iter(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
    )
    return squeezed(" ".join(part.text or "" for part in parts))


def squeezed(text: str) -> str:
    """The text without spaces and dots: lines break differently in the two papers."""
    return re.sub(r"[\s.…\u00ad\u2010\ufffe-]+", "", text)


def _without_number(page: str) -> str:
    first, _, rest = page.partition("\n")
    return rest if first.strip().isdigit() else page
