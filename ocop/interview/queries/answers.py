"""The answers that count today, and how they came about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.db.models import Max, Q, QuerySet

from ocop.interview.book import read_catalogue
from ocop.interview.models import Answer
from ocop.interview.rules import Catalogue, Stored, as_known, counted_in, given, key_of, words_of
from ocop.registration.models import Product, Subject
from ocop.rubric.queries import fact_catalogue
from ocop.rubric.rules import FactValue, Known
from ocop.wallet.queries import paper_facts, papers_of


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Every card and question, read once a process."""
    return read_catalogue(fact_catalogue())


def live_answers(subject: Subject, product: Product | None = None) -> QuerySet[Answer]:
    """The newest row of every question of the subject, and of the product; a row without value was taken back."""
    own = Answer.objects.filter(subject=subject).filter(Q(product=None) | Q(product=product))
    newest = own.values("product", "year", "question").annotate(newest=Max("pk")).values("newest")
    return Answer.objects.filter(pk__in=newest).select_related("typed_by", "consent").order_by("question", "pk")


def answers_of(subject: Subject, product: Product | None = None, year: int | None = None) -> dict[str, Stored]:
    """The current answers by key, personal ones excepted, fit for JSON and in a fixed order.

    Yearly answers go by how far back they lie from `year`, the programme's (`revenue.last`). What the
    registration or a paper of the wallet says already is answered.
    """
    said = values_by_key(live_answers(subject, product), year)
    return dict(sorted((_given(subject) | said).items()))


def values_by_key(rows: Iterable[Answer], year: int | None) -> dict[str, Stored]:
    """The values of live rows by key; rows without value and of other years are left out."""
    found = ((key_of(row.question, row.year, year), row.value) for row in rows)
    return {key: value for key, value in found if key is not None and value is not None}


def _given(subject: Subject) -> dict[str, Stored]:
    """What the registration and the papers of the wallet answer before anybody is asked."""
    papers = set(papers_of(subject).values_list("kind", flat=True))
    found = {code: given(question, subject.kind, papers) for code, question in catalogue().questions.items()}
    return {code: value for code, value in found.items() if value is not None}


def facts_for(product: Product, year: int) -> dict[str, FactValue]:
    """The measured answers with exact values, as a criterion of that programme's year needs them."""
    return as_known(catalogue().questions, answers_of(product.subject, product, year))


def known_for(product: Product, year: int, day: date) -> Known:
    """Everything that a criterion can be measured by on `day`: answers and papers."""
    return Known(facts=facts_for(product, year), papers=paper_facts(product.subject), day=day)


def words_for(answers: Mapping[str, Stored]) -> dict[str, str]:
    """Answers as they are printed: choices, days, sums and amounts with their unit in words."""
    book = catalogue()
    found = ((key, book.of(key), value) for key, value in answers.items())
    return {
        key: words_of(question, value, counted_in(book.questions, answers, question))
        for key, question, value in found
        if question is not None
    }
