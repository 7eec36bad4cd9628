"""What a product lacks for the points it did not get: the answers and papers that would have shown it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ocop.council.models import Result
from ocop.council.rules import SheetOfMember, aggregate
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, judged_on, live_evidence, proved_by
from ocop.interview.queries import known_for
from ocop.rubric.queries import measures_of, paper_kinds
from ocop.rubric.rules import CriteriaSet, Criterion, Measure, needs

MOST_WORTH_RAISING = 3
MOST_PAPERS = 3


@dataclass(frozen=True, slots=True)
class Lack:
    """A minimum of a star that was missed, and the evidence that would have been needed for it."""

    star: int
    criterion: str
    needs: str
    has: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """A criterion with many points still to be won: the next option to reach, and what it asks for."""

    criterion: str
    reach: str
    mean: Fraction
    most: int
    evidence: tuple[str, ...]


def criterion_means(result: Result, criteria_set: CriteriaSet) -> dict[str, Fraction]:
    """The exact mean points of every criterion, from the frozen sheets."""
    sheets = [SheetOfMember(row["member"], row["chair"], row["choices"]) for row in result.inputs["sheets"]]
    tally = aggregate(criteria_set, sheets)
    return {
        code: Fraction(total, len(sheets)) for code, total in zip(criteria_set.criteria, tally.criteria, strict=True)
    }


def worth_raising(result: Result) -> list[Worth]:
    """The criteria where most points are still to be won, the largest gap first, with the next option above."""
    dossier = result.hearing.dossier
    criteria_set = criteria_of(dossier)
    means = criterion_means(result, criteria_set)
    gaps = sorted(
        (row for row in criteria_set.criteria.values() if means[row.code] < row.max_points),
        key=lambda row: (means[row.code] - row.max_points, row.place),
    )[:MOST_WORTH_RAISING]
    asked = _Asked(dossier)
    found = []
    for row in gaps:
        place = _place_above(row, means[row.code])
        reach = f"{row.options[place - 1].label} ({row.options[place - 1].points} điểm)" if place else ""
        found.append(
            Worth(f"{row.code} {row.name}", reach, means[row.code], row.max_points, tuple(asked.of(row, place)))
        )
    return found


def missed_minimums(result: Result) -> list[Lack]:
    """Every minimum the result missed, as frozen, with the evidence that was missing for it."""
    rows: Sequence[dict[str, object]] = result.evaluation["missed_minimums"]
    if not rows:
        return []
    dossier = result.hearing.dossier
    criteria_set, asked = criteria_of(dossier), _Asked(dossier)
    return [_lack(row, criteria_set, asked) for row in rows]


def _lack(row: dict[str, object], criteria_set: CriteriaSet, asked: _Asked) -> Lack:
    code, least, has = str(row["criterion"]), Fraction(str(row["needs"])), row["has"]
    criterion = criteria_set.criteria[code]
    got = f"{has} phiếu đạt" if isinstance(has, int) else f"trung bình {str(has).replace('.', ',')} điểm"
    place = _place_above(criterion, least, itself=True)
    return Lack(
        star=int(str(row["star"])),
        criterion=f"{code} {criterion.name}",
        needs=f"{row['needs']} điểm",
        has=got,
        evidence=tuple(asked.of(criterion, place)),
    )


def _place_above(criterion: Criterion, points: Fraction, *, itself: bool = False) -> int | None:
    """The place of the lowest option above so many points (or at them), None when there is none."""
    above = [
        (option.points, place)
        for place, option in enumerate(criterion.options, start=1)
        if option.points > points or (itself and option.points == points)
    ]
    return min(above)[1] if above else None


class _Asked:
    """What an option of a criterion asks for that the dossier does not show, read once for a whole letter."""

    def __init__(self, dossier: Dossier) -> None:
        registration = dossier.registration
        batch = registration.batch
        self.known = known_for(registration.product, batch.programme.year, judged_on(batch).day)
        self.measures = measures_of(registration.set_version).criteria
        self.kinds = paper_kinds()
        self.proved = proved_by(dossier)
        self.cited = [(set(row.cites), row.paper.kind) for row in live_evidence(dossier)]

    def of(self, criterion: Criterion, place: int | None) -> Iterator[str]:
        """By its measure what the option still needs; where no measure says so, papers of the form not cited for it."""
        measure = self.measures.get(criterion.code)
        if place is not None and isinstance(measure, Measure):
            said = [need.words for need in needs(measure, self.known, place)]
            if said:
                yield from said[:MOST_PAPERS]
                return
        cited = {kind for cites, kind in self.cited if criterion.code in cites}
        lacking = [
            self.kinds[kind].name
            for kind, criteria in self.proved.items()
            if criterion.code in criteria and kind not in cited
        ]
        yield from lacking[:MOST_PAPERS]
