"""Ticks that add up to a wished total, the way a careful assessor would tick: everything a little, minimums last."""

from __future__ import annotations

from ocop.rubric.rules import CriteriaSet, minimums, points_of


def places_for(criteria_set: CriteriaSet, total: int, *, keep_star: int = 5, turn: int = 0) -> dict[str, int | None]:
    """Choices of exactly `total` points: from the best options down, one step at a time, beginning at criterion `turn`.

    The minimums of `keep_star` are given up last, those of lower stars after them.
    """
    criteria = list(criteria_set.criteria.values())
    order = criteria[turn % len(criteria) :] + criteria[: turn % len(criteria)]
    places: dict[str, int | None] = {
        criterion.code: max(range(len(criterion.options)), key=lambda place: criterion.options[place].points) + 1
        for criterion in criteria
    }
    over = sum(points_of(criteria_set, places).values()) - total
    for star in range(keep_star, 1, -1):
        floors = minimums(criteria_set, star)
        moved = True
        while over > 0 and moved:
            moved = False
            for criterion in order:
                now = points_of(criteria_set, {criterion.code: places[criterion.code]})[criterion.code]
                ways: list[tuple[int, int | None]] = [(0, None)]
                ways += [(option.points, place) for place, option in enumerate(criterion.options, start=1)]
                lower = [way for way in ways if floors.get(criterion.code, 0) <= way[0] < now and now - way[0] <= over]
                if lower:
                    points, places[criterion.code] = max(lower, key=lambda way: (way[0], way[1] or 0))
                    over -= now - points
                    moved = True
                if over == 0:
                    break
    if over:
        raise ValueError(f"{criteria_set.code}: no choices of {total} points")
    return places
