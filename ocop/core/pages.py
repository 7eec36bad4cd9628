"""Numbers in requests, and keyset paging: a list is read on from the row shown last, never counted off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)

PAGE_ROWS = 25
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page; `last` is the key the next page starts after, None on the last page."""

    rows: list[Row]
    last: int | None
    first: bool


def whole(text: str) -> int | None:
    """The whole number a request's text writes in plain digits, at most 15 of them; None for everything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def page_after(rows: QuerySet[Row], key: str, *, order: str = "-pk") -> Page[Row]:
    """At most PAGE_ROWS rows in the order of one column (ties by key), after the row of key `key` if it is a number."""
    column, down = order.lstrip("-"), order.startswith("-")
    ordered = rows.order_by(*(order,) if column == "pk" else (order, "-pk" if down else "pk"))
    after = whole(key)
    if after is not None:
        ordered = ordered.filter(_beyond(rows.model, column, "lt" if down else "gt", after))
    found = list(ordered[: PAGE_ROWS + 1])
    shown = found[:PAGE_ROWS]
    return Page(shown, shown[-1].pk if len(found) > PAGE_ROWS else None, after is None)


def _beyond(model: type[Model], column: str, side: str, key: int) -> Q:
    if column == "pk":
        return Q(**{f"pk__{side}": key})
    value: Any = model._default_manager.filter(pk=key).values_list(column, flat=True).first()
    if value is None:
        return Q()
    return Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"pk__{side}": key})
