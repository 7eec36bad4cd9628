"""How a dossier's result is computed: pure, exact, and with its reasons in words (docs/rules/result.md)."""

from .decision import evaluate, knock_outs, outcome
from .divergence import Diverging, diverging
from .merging import merged
from .numbers import exact, rounded, shown
from .stars import classify
from .tally import aggregate, refusals, row_of
from .values import (
    MINIMUMS_ON,
    OUTCOMES,
    REFUSALS,
    Bylaws,
    Decision,
    Evaluation,
    Finding,
    MissedMinimum,
    SheetOfMember,
    SheetTotal,
    Stars,
    Tally,
)

__all__ = [
    "MINIMUMS_ON",
    "OUTCOMES",
    "REFUSALS",
    "Bylaws",
    "Decision",
    "Diverging",
    "Evaluation",
    "Finding",
    "MissedMinimum",
    "SheetOfMember",
    "SheetTotal",
    "Stars",
    "Tally",
    "aggregate",
    "classify",
    "diverging",
    "evaluate",
    "exact",
    "knock_outs",
    "merged",
    "outcome",
    "refusals",
    "rounded",
    "row_of",
    "shown",
]
