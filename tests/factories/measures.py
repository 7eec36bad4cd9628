"""Measures of the shipped rule book without a database, and what is known, written shortly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from ocop.regime.rulebook import BOOK, load_yaml
from ocop.rubric.measures import contents_by_set, parse_measures
from ocop.rubric.rulebook import read_set
from ocop.rubric.rules import FactValue, Known, Measures, PaperFact, Support, support

DAY = date(2026, 9, 1)


@lru_cache
def shipped_measures(regime_code: str, set_no: int) -> Measures:
    """The measures of a shipped set, read from the files."""
    files = [load_yaml(path) for path in sorted((BOOK / regime_code / "measures").glob("*.yaml"))]
    return parse_measures(contents_by_set(files)[set_no], read_set(regime_code, set_no))


def known(facts: Mapping[str, FactValue] | None = None, *papers: str, day: date = DAY) -> Known:
    """Answers, and the kinds of paper that lie in the wallet, valid."""
    return Known(facts or {}, {kind: [PaperFact(kind)] for kind in papers}, day)


def supported(regime_code: str, set_no: int, code: str, facts: Mapping[str, FactValue], *papers: str) -> Support:
    """What the answers and papers support for a criterion of a shipped set."""
    return support(shipped_measures(regime_code, set_no).criteria[code], known(facts, *papers))
