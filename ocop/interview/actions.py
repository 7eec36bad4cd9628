"""Answering, and reading what is personal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.consent.permissions import check_type_for
from ocop.consent.queries import consent_of
from ocop.core.clock import day_of, spoken
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.interview.models import Answer, PersonalAnswer
from ocop.interview.permissions import check_read_personal
from ocop.interview.queries import catalogue, live_answers, live_personal
from ocop.interview.queries.personal import personal_words
from ocop.interview.rules import AnswerRefused, Question, Stored, as_known, key_of, read, words_of, year_of
from ocop.registration.models import Product, Subject
from ocop.registration.queries import acts_for
from ocop.rubric.rules import contradictions

LONGEST_WHY = 200

SaidRow = Answer | PersonalAnswer


class NotAnswers(Refused):
    """Some of the answers cannot be kept; `wrong` says at each key why. Nothing was written."""

    def __init__(self, wrong: Mapping[str, str]) -> None:
        field, message = next(iter(wrong.items()))
        super().__init__(message, field=field)
        self.wrong = dict(wrong)


class AnsweredElsewhere(Stale):
    """Others answered meanwhile and otherwise: `wrong` shows both answers at each key, `newer` the rows that count."""

    def __init__(self, wrong: Mapping[str, str], newer: Mapping[str, int]) -> None:
        field, message = next(iter(wrong.items()))
        super().__init__(message, field=field)
        self.wrong = dict(wrong)
        self.newer = dict(newer)


@dataclass(frozen=True, slots=True)
class Current:
    """The rows that count, by key, before the act.

    `hidden` are personal ones that others typed and whoever acts may not read: whether they say the same is not told.
    """

    rows: Mapping[str, SaidRow]
    hidden: frozenset[str]

    def value(self, key: str) -> Stored:
        """The current answer, None without one."""
        return self.rows[key].value if key in self.rows else None

    def pk(self, key: str) -> int | None:
        """The row of the current answer."""
        return self.rows[key].pk if key in self.rows else None


@transaction.atomic
def answer(
    *,
    subject: Subject,
    product: Product | None = None,
    year: int | None = None,
    values: Mapping[str, Any],
    seen: Mapping[str, int | None] | None = None,
    by: User,
    at: datetime,
) -> dict[str, int]:
    """Keep what was typed where it says something new; gives the rows now counting, by key.

    `year` is the programme's; `seen` the row that each field was shown with: a field left as it was shown changes
    nothing, one changed over a newer answer is refused with both answers. Each row remembers who typed it and under
    which consent, which is why the ledger gets no entry.
    """
    Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)
    check_type_for(by, day_of(at), subject)
    if product is not None and product.subject_id != subject.pk:
        raise PermissionDenied("Sản phẩm này không phải của chủ thể.")
    asked = {key: _question(key, product, year) for key in values}
    typed = _read(asked, values)
    reader = None if acts_for(by, day_of(at), subject) else by
    current = _current(subject, product, year, reader)
    changed = _changed(subject, asked, typed, current, seen or {}, reader)
    _check_together(changed, current, year, day_of(at))
    consent = consent_of(by, subject, day_of(at))
    kept = {key: pk for key in values if (pk := current.pk(key)) is not None}
    for key, value in changed.items():
        said = {"subject": subject, "question": asked[key].code, "value": value}
        row: SaidRow
        if asked[key].sensitive:
            row = PersonalAnswer(**said, typed_by=by, consent=consent, at=at)
        else:
            of_product = product if asked[key].scope == "product" else None
            about = year_of(key, year) if year is not None else None
            row = Answer(**said, product=of_product, year=about, typed_by=by, consent=consent, at=at)
        row.save(force_insert=True)
        kept[key] = row.pk
    return kept


def _question(key: str, product: Product | None, year: int | None) -> Question:
    question = catalogue().of(key)
    if question is None:
        raise Refused("Câu hỏi này không còn trong phần phỏng vấn. Hãy mở lại trang.")
    if (question.years and year is None) or (question.scope == "product" and product is None):
        raise Refused(f"Câu “{question.ask}” cần biết đang hỏi cho sản phẩm nào, năm nào.", field=key)
    return question


def _read(asked: Mapping[str, Question], values: Mapping[str, Any]) -> dict[str, Stored]:
    """Every answer as it will be kept; all that cannot be one are refused together."""
    typed, wrong = {}, {}
    for key, raw in values.items():
        try:
            typed[key] = read(asked[key], raw)
        except AnswerRefused as refused:
            wrong[key] = refused.message
    if wrong:
        raise NotAnswers(wrong)
    return typed


def _current(subject: Subject, product: Product | None, year: int | None, reader: User | None) -> Current:
    """The rows that count; for a `reader` who is none of the subject's people, others' personal ones are hidden."""
    rows: dict[str, SaidRow] = {row.question: row for row in live_personal(subject)}
    hidden = frozenset(key for key, row in rows.items() if reader is not None and row.typed_by_id != reader.pk)
    for row in live_answers(subject, product):
        key = key_of(row.question, row.year, year)
        if key is not None:
            rows[key] = row
    return Current(rows, hidden)


def _changed(
    subject: Subject,
    asked: Mapping[str, Question],
    typed: Mapping[str, Stored],
    current: Current,
    seen: Mapping[str, int | None],
    reader: User | None,
) -> dict[str, Stored]:
    """What this person changed; refused where somebody else answered otherwise since the page was shown.

    A hidden answer is always taken as another one: the same and a different guess end alike.
    """
    other = {key: value for key, value in typed.items() if key in current.hidden or value != current.value(key)}
    late = {key for key in other if key in seen and key in current.rows and seen[key] != current.pk(key)}
    shown = _shown(subject, [(asked[key], pk) for key in late if (pk := seen[key]) is not None], reader)
    untouched = {key for key in late if typed[key] == shown.get((asked[key].sensitive, seen[key]))}
    crossed = late - untouched
    if crossed:
        raise AnsweredElsewhere(
            {key: _crossed(asked[key], typed[key], current.rows[key]) for key in typed if key in crossed},
            {key: current.rows[key].pk for key in crossed},
        )
    return {key: value for key, value in other.items() if key not in untouched}


def _shown(
    subject: Subject, rows: Iterable[tuple[Question, int]], reader: User | None
) -> dict[tuple[bool, int | None], Stored]:
    """The values of older rows of the subject, by table and row; of personal ones those that `reader` typed."""
    found: dict[tuple[bool, int | None], Stored] = {}
    for sensitive, table in ((False, Answer), (True, PersonalAnswer)):
        pks = [pk for question, pk in rows if question.sensitive == sensitive]
        if pks:
            older = table._default_manager.filter(subject=subject, pk__in=pks)
            if sensitive and reader is not None:
                older = older.filter(typed_by=reader)
            found |= {(sensitive, pk): value for pk, value in older.values_list("pk", "value")}
    return found


def _crossed(question: Question, typed: Stored, row: SaidRow) -> str:
    theirs = "đã có câu trả lời khác" if question.sensitive else f"ghi “{words_of(question, row.value) or 'trống'}”"
    mine = words_of(question, typed) or "trống"
    return (
        f"{row.typed_by.full_name} vừa trả lời câu này lúc {spoken(row.at)}: {theirs}. Bạn đang ghi “{mine}”. "
        "Bấm lưu lần nữa để giữ câu của bạn, hoặc sửa lại cho đúng."
    )


def _check_together(changed: Mapping[str, Stored], current: Current, year: int | None, day: date) -> None:
    """Refuse answers that cannot be true beside the others, at a field that was just typed."""
    book = catalogue()
    together = {key: row.value for key, row in current.rows.items()} | dict(changed)
    wrong: dict[str, str] = {}
    for found in contradictions(book.kinds, as_known(book.questions, together), day):
        at_field = next((code for code in found.codes if code in changed), None)
        if at_field is not None:
            wrong.setdefault(at_field, found.words)
    if wrong:
        raise NotAnswers(wrong)


@transaction.atomic
def read_personal(*, subject: Subject, why: str, by: User, at: datetime) -> dict[str, str]:
    """The personal answers in words, for whoever needs them for the subject; each reading leaves an entry."""
    check_read_personal(by, day_of(at), subject)
    why = tidy(why)
    check_length(why, LONGEST_WHY, what="Lý do xem", field="why")
    record(
        act="read_personal",
        words=f"Xem thông tin cá nhân của người đại diện {subject.name}{f': {why}' if why else ''}",
        on=subject,
        thread=subject,
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return personal_words(subject)
