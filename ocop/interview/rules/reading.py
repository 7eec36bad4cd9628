"""Answers as people type them, as they are kept, and as they are read. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from ocop.core.texts import tidy
from ocop.interview.rules.questions import LONG, MANY, TABLE, TEXT, Question
from ocop.rubric.rules import FactRefused, FactValue, check_fact, fact_words, stored
from ocop.rubric.rules.facts import unit_words

LONGEST = {TEXT: 300, LONG: 5000}
LONGEST_CELL = 200
MOST_ROWS = 30

Stored = str | int | bool | list[Any] | None


class AnswerRefused(ValueError):
    """What was typed cannot be the answer; the message says in Vietnamese what to write."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def read(question: Question, raw: Any) -> Stored:
    """The answer as it is kept, from what was typed; None when nothing was typed."""
    if question.unit == TABLE:
        return _table(question, raw)
    if question.unit == MANY:
        return _many(question, raw)
    if isinstance(raw, str):
        raw = tidy(raw)
    if raw is None or raw == "":
        return None
    if question.kind is None:
        return _text(question, str(raw))
    try:
        return stored(check_fact(question.kind, raw))
    except FactRefused as refused:
        raise AnswerRefused(refused.message) from refused


def _text(question: Question, text: str) -> str:
    most = LONGEST[question.unit]
    if len(text) > most:
        raise AnswerRefused(f"Câu trả lời dài {len(text)} chữ cái, nhiều nhất {most}: hãy rút gọn.")
    return text


def _many(question: Question, raw: Any) -> Stored:
    chosen = [raw] if isinstance(raw, str) else list(raw or [])
    if any(each not in question.options for each in chosen):
        raise AnswerRefused("Hãy chọn trong danh sách.")
    if question.alone and question.alone in chosen and len(set(chosen)) > 1:
        raise AnswerRefused(f"Đã chọn “{question.options[question.alone]}” thì không chọn mục khác.")
    return [code for code in question.options if code in chosen] or None


def _table(question: Question, raw: Any) -> Stored:
    rows = [{column: tidy(str(row.get(column, ""))) for column in question.columns} for row in raw or []]
    rows = [row for row in rows if any(row.values())]
    if len(rows) > MOST_ROWS:
        raise AnswerRefused(f"Bảng có {len(rows)} dòng, nhiều nhất {MOST_ROWS}: hãy gộp bớt.")
    for number, row in enumerate(rows, start=1):
        for column, text in row.items():
            if len(text) > LONGEST_CELL:
                name = question.columns[column]
                raise AnswerRefused(f"Dòng {number}, cột “{name}” dài quá {LONGEST_CELL} chữ cái: hãy rút gọn.")
    return rows or None


def value_of(question: Question, kept: Stored) -> FactValue:
    """The exact value of a kept plain answer."""
    assert question.kind is not None
    return check_fact(question.kind, kept)


def counted_in(questions: Mapping[str, Question], answers: Mapping[str, Any], question: Question) -> str:
    """The unit in which an amount was counted, as answered (“ tấn”); empty before that, and for other questions."""
    other = questions.get(question.kind.counted_in) if question.kind is not None else None
    if question.kind is None or other is None or other.kind is None:
        return ""
    return unit_words({other.code: other.kind}, answers, question.kind)


def words_of(question: Question, kept: Stored, counted: str = "") -> str:
    """The kept answer as people read it, an amount with the unit it was `counted_in`; empty for none."""
    if kept is None:
        return ""
    if question.unit == MANY and isinstance(kept, list):
        return "; ".join(question.options.get(code, code) for code in kept)
    if question.unit == TABLE and isinstance(kept, list):
        return "\n".join(" · ".join(text for text in row.values() if text) for row in kept)
    if question.kind is None:
        return str(kept)
    words = fact_words(question.kind, value_of(question, kept), counted)
    return words[:1].upper() + words[1:] if isinstance(kept, bool) else words


def typed_as(question: Question, kept: Stored) -> Any:
    """The kept answer as it stands in a form's field, ready to be typed over."""
    if kept is None or question.kind is None or question.unit == "choice":
        return kept
    if isinstance(kept, bool):
        return "yes" if kept else "no"
    if question.unit == "date":
        return words_of(question, kept)
    if isinstance(kept, int):
        return f"{kept:,}".replace(",", ".")
    return kept


def given(question: Question, subject_kind: str, papers: Collection[str]) -> Stored:
    """The answer that the registration, or a paper of the wallet by being there, gives before anybody is asked."""
    if any(paper in papers for paper in question.proved_by):
        return True
    return question.from_kind.get(subject_kind)


def as_known(questions: Mapping[str, Question], answers: Mapping[str, Stored]) -> dict[str, FactValue]:
    """The measured answers with their exact values, by key."""
    known = {}
    for key, kept in answers.items():
        question = questions.get(key.partition(".")[0])
        if question is not None and question.kind is not None and kept is not None:
            known[key] = value_of(question, kept)
    return known
