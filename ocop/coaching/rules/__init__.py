"""The arithmetic of coaching: what a step costs, and the cheapest way to a star. Pure."""

from ocop.coaching.rules.advice import Advice, advice_for, cannot_be_raised, matches
from ocop.coaching.rules.path import Ladder, Raise, Weight, cheapest, weight_of
from ocop.coaching.rules.way import (
    Backing,
    Money,
    Overclaim,
    Way,
    last_step,
    missing_words,
    money_of,
    overclaims,
    way_to,
)

__all__ = [
    "Advice",
    "Backing",
    "Ladder",
    "Money",
    "Overclaim",
    "Raise",
    "Way",
    "Weight",
    "advice_for",
    "cannot_be_raised",
    "cheapest",
    "last_step",
    "matches",
    "missing_words",
    "money_of",
    "overclaims",
    "way_to",
    "weight_of",
]
