"""The notice of results to a subject, in plain words (QĐ 26, Art. 7.3g)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

from ocop.ui.papers import Frame, render


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPoints:
    """Points of one part (A, B, C) of the criteria set."""

    code: str
    name: str
    points: Fraction
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedMinimum:
    """A criterion below the least points that a star asks for."""

    criterion: str
    star: int
    needs: Fraction
    has: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class WorthRaising:
    """A criterion where more points can be won."""

    criterion: str
    has: Fraction
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultLetterFacts:
    """One product's result for its subject.

    `outcome`: recognise (the `authority` will decide), forward (goes up to `authority`), no_certificate (below
    `least_for_certificate` points), excluded (knocked out: `reasons` say why; no points are printed).
    """

    frame: Frame
    subject: str
    product: str
    product_code: str
    council: str
    evaluated_on: date
    outcome: Literal["recognise", "forward", "no_certificate", "excluded"]
    authority: str
    least_for_certificate: int
    mean: Fraction | None
    star: int | None
    parts: tuple[PartPoints, ...] = ()
    missed: tuple[MissedMinimum, ...] = ()
    worth_raising: tuple[WorthRaising, ...] = ()
    reasons: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    contact: str


def result_letter(facts: ResultLetterFacts) -> bytes:
    """The letter: result, points by part, what was missed, what to raise, what comes next, whom to ask."""
    return render(Path(__file__).with_suffix(".typ"), asdict(facts))
