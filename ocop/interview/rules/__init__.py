"""Questions, what may be an answer to them, and how far the interview has come. Pure."""

from ocop.interview.rules.progress import Answered, CardView, merged_history, view_of
from ocop.interview.rules.questions import (
    LONG,
    MANY,
    OWN_UNITS,
    PRODUCT,
    SUBJECT,
    TABLE,
    TEXT,
    Card,
    Catalogue,
    Question,
    Scene,
    key_of,
    name_of,
    year_of,
)
from ocop.interview.rules.reading import AnswerRefused, Stored, as_known, counted_in, given, read, typed_as, words_of

__all__ = [
    "LONG",
    "MANY",
    "OWN_UNITS",
    "PRODUCT",
    "SUBJECT",
    "TABLE",
    "TEXT",
    "AnswerRefused",
    "Answered",
    "Card",
    "CardView",
    "Catalogue",
    "Question",
    "Scene",
    "Stored",
    "as_known",
    "counted_in",
    "given",
    "key_of",
    "merged_history",
    "name_of",
    "read",
    "typed_as",
    "view_of",
    "words_of",
    "year_of",
]
