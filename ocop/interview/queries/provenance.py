"""How answers came about: what others typed for the subject, and what was said before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ocop.accounts.models import User
from ocop.consent.models import Consent
from ocop.interview.models import Answer, PersonalAnswer
from ocop.interview.queries.answers import catalogue, live_answers
from ocop.interview.queries.personal import live_personal
from ocop.interview.rules import counted_in, key_of, merged_history, name_of, words_of
from ocop.registration.models import Product, Subject

MOST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class Typed:
    """A live answer that somebody else typed for the subject. `words` stay empty for a personal answer."""

    pk: int
    key: str
    about: str
    words: str
    personal: bool
    by: User
    consent: Consent
    at: datetime


def typed_by_others(subject: Subject, product: Product, year: int) -> list[Typed]:
    """The live answers that were typed under a consent, for the subject to read back."""
    found, answers = [], list(live_answers(subject, product))
    units = {row.question: row.value for row in answers}
    for row in [*answers, *live_personal(subject)]:
        key = key_of(row.question, row.year if isinstance(row, Answer) else None, year)
        question = catalogue().of(key) if key is not None else None
        if row.consent is None or row.value is None or key is None or question is None:
            continue
        hidden = isinstance(row, PersonalAnswer)
        words = "" if hidden else words_of(question, row.value, counted_in(catalogue().questions, units, question))
        about = name_of(question, key, year)
        found.append(Typed(row.pk, key, about, words, hidden, row.typed_by, row.consent, row.at))
    return found


def history_of(
    subject: Subject, product: Product, codes: Iterable[str]
) -> list[tuple[Answer | PersonalAnswer, Answer | PersonalAnswer | None]]:
    """The newest changes of these questions as (after, before), the newest first; one sitting is one change."""
    own = Answer.objects.filter(subject=subject, question__in=codes).filter(Q(product=None) | Q(product=product))
    shut = PersonalAnswer.objects.filter(subject=subject, question__in=codes)
    rows: list[Answer | PersonalAnswer] = []
    rows += own.select_related("typed_by", "consent").order_by("-pk")[:MOST_HISTORY]
    rows += shut.select_related("typed_by", "consent").order_by("-pk")[:MOST_HISTORY]
    steps = merged_history(sorted(rows, key=lambda row: (row.at, row.pk)))
    return sorted(steps, key=lambda step: (step[0].at, step[0].pk), reverse=True)[:MOST_HISTORY]
