"""Whether a criteria set is sound: its shape, that its points add up, and that its star marks agree. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ocop.regime.documents import Problem, day_of, word_in
from ocop.rubric.checks import doubts, points, stars
from ocop.rubric.checks.shape import IN_BOOK, LOOSE, Found, is_complete

__all__ = ["check_set", "is_complete"]

TESTS = (
    points.codes,
    points.sums,
    points.options,
    stars.marks,
    doubts.gates,
    doubts.doubts,
    doubts.completeness,
    stars.given_values,
)


def check_set(mapping: dict[str, Any], file: str, *, regime: dict[str, Any] | None = None) -> list[Problem]:
    """Everything wrong in a set file; with `regime` (its regime file) also what must agree with the regime.

    A set on its own may leave out `schema`, `regime` and `complete` (then it counts as complete); in a rule book not.
    """
    problems: list[Problem] = []
    shape = LOOSE if regime is None else IN_BOOK
    shape(mapping, "", lambda path, message: problems.append(Problem(file, path, message)))
    for test in TESTS:
        problems.extend(Problem(file, path, message) for path, message in test(mapping))
    if regime is not None:
        problems.extend(Problem(file, path, message) for path, message in _agreement(mapping, regime))
    return problems


def _agreement(mapping: dict[str, Any], regime: dict[str, Any]) -> Found:
    """A set belongs to its regime: same code, in force over the same days (`effective_to` is the first day after)."""
    own, wanted = word_in(mapping, "regime"), word_in(regime, "code")
    if own is not None and wanted is not None and own != wanted:
        yield "regime", f"ghi “{own}”, tệp nằm trong “{wanted}”"
    in_force = regime.get("in_force")
    if not isinstance(in_force, dict):
        return
    start, first = day_of(in_force.get("from")), day_of(mapping.get("effective_from"))
    if start and first and start != first:
        yield "effective_from", f"ghi {first:%d/%m/%Y}, quy định có hiệu lực từ {start:%d/%m/%Y}"
    last, ended = day_of(in_force.get("to")), day_of(mapping.get("effective_to"))
    if ended and in_force.get("to", "") is None:
        yield "effective_to", "quy định chưa hết hiệu lực"
    elif ended and last and ended != last + timedelta(days=1):
        yield "effective_to", f"ghi {ended:%d/%m/%Y}, quy định có hiệu lực đến hết {last:%d/%m/%Y}"
