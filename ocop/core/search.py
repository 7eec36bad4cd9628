"""Search without accents: one folded column per table, every word of the query must occur in it."""

from __future__ import annotations

import unicodedata

from django.db.models import Q


def fold(*texts: str) -> str:
    """Lower case, no marks, đ as d, single spaces: "Chè Đồng Sơn" → "che dong son"."""
    joined = " ".join(text for text in texts if text).lower().replace("đ", "d").replace("\0", " ")
    plain = "".join(ch for ch in unicodedata.normalize("NFD", joined) if not unicodedata.combining(ch))
    return " ".join(plain.split())


MOST_WORDS = 10  # every word is one more condition of the query; the database bears only so many


def matching(query: str, column: str = "search") -> Q:
    """A condition that every word of `query` occurs in the folded `column`; an empty query matches all.

    Only the first ten words count.
    """
    condition = Q()
    for word in fold(query).split()[:MOST_WORDS]:
        condition &= Q(**{f"{column}__contains": word})
    return condition
