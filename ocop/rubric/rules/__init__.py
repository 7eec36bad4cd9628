"""The arithmetic of criteria: sets and sheets, what can be asked, and which option the answers support. Pure."""

from ocop.rubric.rules.conditions import Known, PaperFact
from ocop.rubric.rules.facts import (
    Contradiction,
    FactKind,
    FactRefused,
    FactValue,
    PaperKind,
    check_fact,
    contradictions,
    fact_words,
    stored,
)
from ocop.rubric.rules.measured import Measure, Measures, Unmeasurable
from ocop.rubric.rules.measures import Need, Support, needs, support
from ocop.rubric.rules.sets import (
    ChoiceRefused,
    CriteriaSet,
    Criterion,
    Group,
    Option,
    Part,
    check_choices,
    minimums,
    missed,
    part_totals,
    points_of,
    total_of,
)

__all__ = [
    "ChoiceRefused",
    "Contradiction",
    "CriteriaSet",
    "Criterion",
    "FactKind",
    "FactRefused",
    "FactValue",
    "Group",
    "Known",
    "Measure",
    "Measures",
    "Need",
    "Option",
    "PaperFact",
    "PaperKind",
    "Part",
    "Support",
    "Unmeasurable",
    "check_choices",
    "check_fact",
    "contradictions",
    "fact_words",
    "minimums",
    "missed",
    "needs",
    "part_totals",
    "points_of",
    "stored",
    "support",
    "total_of",
]
