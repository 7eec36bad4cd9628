"""Answers as the printed forms show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ocop.interview.queries.answers import catalogue, words_for
from ocop.interview.rules import MANY, Stored


def printed_values(answers: Mapping[str, Stored], personal: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Answers by the names of the forms' values (`answer.history`): words; yes or no and ticks as they are.

    `personal` holds the personal answers in words, where the reader may have them.
    """
    book = catalogue()
    values: dict[str, Any] = {f"answer.{key}": words for key, words in words_for(answers).items()}
    for key, kept in answers.items():
        question = book.of(key)
        if isinstance(kept, bool):
            values[f"answer.{key}"] = kept
        elif question is not None and question.unit == MANY and isinstance(kept, list):
            values[f"answer.{key}"] = [code for code in kept if code != question.alone]
    return values | {f"answer.{code}": words for code, words in (personal or {}).items()}
