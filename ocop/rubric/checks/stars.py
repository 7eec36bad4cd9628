"""Star marks agree with each other, and written minimums with the marks."""

from __future__ import annotations

from typing import Any

from ocop.regime.documents import kind_of, number_in, rows_in, word_in
from ocop.rubric.checks.shape import Found, Place, criteria_of
from ocop.rubric.states import MARKED_STARS


def marks(mapping: dict[str, Any]) -> Found:
    """Star marks of one criterion: one least number of points per star, never fewer for a higher star."""
    for path, row in criteria_of(mapping):
        seen: list[tuple[int, int, Any]] = []
        for at, option in rows_in(row, "options"):
            star, points, case = number_in(option, "min_for_star"), number_in(option, "points"), option.get("case")
            if star not in MARKED_STARS or star is None or points is None:
                continue
            where = f"{path}.options[{at}].min_for_star"
            for other_star, other_points, other_case in seen:
                same_in_another_case = points == other_points and case != other_case
                if other_star == star and not same_in_another_case:
                    yield where, f"mức {star} sao đã đánh dấu ở phương án {other_points} điểm"
                elif (star - other_star) * (points - other_points) < 0:
                    low, high = sorted(((other_star, other_points), (star, points)))
                    yield where, f"{high[0]} sao chỉ cần {high[1]} điểm, ít hơn {low[0]} sao ({low[1]} điểm)"
            seen.append((star, points, case))


def given_values(mapping: dict[str, Any]) -> Found:
    """What is derived need not be written; where it is, it must be right."""
    count = number_in(mapping, "criteria_count")
    criteria = criteria_of(mapping)
    if count is not None and count != len(criteria):
        yield "criteria_count", f"ghi {count}, đếm được {len(criteria)} tiêu chí"
    if "star_minimums" not in mapping:
        return
    given = mapping["star_minimums"]
    if not isinstance(given, dict):
        yield "star_minimums", f"phải là các khóa và giá trị, đang là {kind_of(given)}"
        return
    for star, points in given.items():
        if str(star) not in {str(marked) for marked in MARKED_STARS}:
            yield f"star_minimums.{star}", f"mức sao phải thuộc {MARKED_STARS[0]}..{MARKED_STARS[-1]}"
        elif not isinstance(points, dict):
            yield f"star_minimums.{star}", f"phải là các khóa và giá trị, đang là {kind_of(points)}"
        else:
            yield from _given_minimums(criteria, int(star), points)
    for star in MARKED_STARS:
        if star not in given and str(star) not in given and _minimums(criteria, star):
            yield f"star_minimums.{star}", f"thiếu mức {star} sao"


def _given_minimums(criteria: list[Place], star: int, given: dict[Any, Any]) -> Found:
    marked = _minimums(criteria, star)
    best = {
        word_in(row, "code"): max(
            (number_in(option, "points") or 0 for _, option in rows_in(row, "options")), default=0
        )
        for _, row in criteria
    }
    for code, least in given.items():
        path = f"star_minimums.{star}.{code}"
        if code not in best:
            yield path, f"không có tiêu chí “{code}”"
        elif isinstance(least, bool) or not isinstance(least, int):
            yield path, f"phải là số nguyên, đang là {kind_of(least)}"
        elif least > best[code]:
            yield path, f"tối thiểu {least} điểm nhưng phương án cao nhất chỉ {best[code]} điểm"
        elif least != marked.get(code):
            held = f"{marked[code]} điểm" if code in marked else "không có tối thiểu"
            yield path, f"ghi {least} điểm, theo dấu sao là {held}"
    for code, least in marked.items():
        if code not in given:
            yield f"star_minimums.{star}.{code}", f"thiếu tối thiểu {least} điểm theo dấu sao"


def _minimums(criteria: list[Place], star: int) -> dict[str, int]:
    least: dict[str, int] = {}
    for _, row in criteria:
        code = word_in(row, "code")
        for _, option in rows_in(row, "options"):
            marked, points = number_in(option, "min_for_star"), number_in(option, "points")
            if code is not None and marked and marked <= star and points is not None:
                least[code] = max(points, least.get(code, 0))
    return least
