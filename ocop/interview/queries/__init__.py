"""Reads of answers: what is known of a product, and what the interview still asks for."""

from ocop.interview.queries.answers import answers_of, catalogue, facts_for, known_for, live_answers, words_for
from ocop.interview.queries.cards import Feeds, Missing, Sitting, cards_of, feeds_of, missing_of, sitting_of
from ocop.interview.queries.personal import live_personal, personal_answers
from ocop.interview.queries.printed import printed_values
from ocop.interview.queries.provenance import Typed, history_of, typed_by_others

__all__ = [
    "Feeds",
    "Missing",
    "Sitting",
    "Typed",
    "answers_of",
    "cards_of",
    "catalogue",
    "facts_for",
    "feeds_of",
    "history_of",
    "known_for",
    "live_answers",
    "live_personal",
    "missing_of",
    "personal_answers",
    "printed_values",
    "sitting_of",
    "typed_by_others",
    "words_for",
]
