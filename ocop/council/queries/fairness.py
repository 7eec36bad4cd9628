"""How alike the members of a session scored, over closed products that the reader may read; never part of a result."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ocop.council.models import Seat, Session, Sheet
from ocop.council.queries.hearings import counted_sheets, hearings
from ocop.council.queries.tasting import revised_codes, tastings_of
from ocop.council.rules import merged, row_of
from ocop.council.rules.fairness import FEWEST, Severity, Spread, alpha, same_sheets, severities, spread_of
from ocop.council.states import HearingState
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import CriteriaSet, Criterion

MOST_CRITERIA = 25


@dataclass(frozen=True, slots=True)
class Scored:
    """A thing that members scored by a criteria set: choices by seat."""

    name: str
    criteria_set: CriteriaSet
    choices: Mapping[int, Mapping[str, int | None]]

    @property
    def totals(self) -> dict[str, int]:
        """The totals by seat."""
        return {str(seat): sum(row_of(self.criteria_set, chosen)) for seat, chosen in self.choices.items()}

    def points(self) -> dict[str, dict[str, int]]:
        """Criterion → seat → points."""
        rows = {str(seat): row_of(self.criteria_set, chosen) for seat, chosen in self.choices.items()}
        return {
            code: {seat: row[place] for seat, row in rows.items()}
            for place, code in enumerate(self.criteria_set.criteria)
        }


@dataclass(frozen=True, slots=True)
class ProductSpread:
    """A product's totals: how many, how far apart, and each one's distance from the others' mean, nobody named."""

    name: str
    sheets: int
    spread: Spread | None
    apart: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class CriterionSpread:
    """A criterion over all products scored by it: mean distance from the mean, widest range."""

    set_name: str
    code: str
    name: str
    legal: str
    most: int
    products: int
    deviation: Fraction
    range: int


@dataclass(frozen=True, slots=True)
class Fairness:
    """Everything the page says. `severities` and `same` are by seat: for the chair alone."""

    products: tuple[ProductSpread, ...]
    criteria: tuple[CriterionSpread, ...]
    alpha_totals: Fraction | None
    alpha_criteria: Fraction | None
    severities: tuple[Severity, ...]
    same: tuple[tuple[str, str, tuple[str, ...]], ...]


def scored_in(session: Session, readable: Collection[int]) -> list[Scored]:
    """The session's closed products among those readable, with the sheets that counted, tasting included."""
    rows = list(hearings().filter(session=session, state=HearingState.CLOSED, pk__in=list(readable)).order_by("place"))
    sheets: dict[int, list[Sheet]] = {}
    for sheet in counted_sheets().filter(hearing__in=rows).order_by("seat_id"):
        sheets.setdefault(sheet.hearing_id, []).append(sheet)
    tasted, revised = tastings_of(rows), revised_codes(rows)
    return [
        Scored(
            name=f"{row.place}. {row.dossier.registration.product.name}",
            criteria_set=criteria_of(row.dossier),
            choices={
                sheet.seat_id: merged(
                    sheet.choices,
                    tasted.get(row.pk, {}).get(sheet.seat_id, {}),
                    revised.get((row.pk, sheet.seat_id), ()),
                )
                for sheet in sheets.get(row.pk, [])
            },
        )
        for row in rows
    ]


def fairness_of(scored: Sequence[Scored]) -> Fairness:
    """The figures over what was scored; where too few scored, none is given."""
    totals = [thing.totals for thing in scored]
    enough = [row for row in totals if len(row) >= FEWEST]
    shares = [
        {seat: Fraction(points, thing.criteria_set.criteria[code].max_points) for seat, points in row.items()}
        for thing in scored
        for code, row in thing.points().items()
        if len(row) >= FEWEST and thing.criteria_set.criteria[code].max_points
    ]
    return Fairness(
        products=tuple(_product(thing, row) for thing, row in zip(scored, totals, strict=True)),
        criteria=tuple(_criteria(scored)[:MOST_CRITERIA]),
        alpha_totals=alpha(enough) if len(enough) > 1 else None,
        alpha_criteria=alpha(shares) if shares else None,
        severities=tuple(severities(totals)),
        same=tuple(_same(scored)),
    )


def seats_named(keys: Collection[str]) -> dict[str, str]:
    """The names of the seats of these keys."""
    found = Seat.objects.filter(pk__in=[int(key) for key in keys]).select_related("user")
    return {str(seat.pk): seat.user.full_name for seat in found}


def wording_of(criterion: Criterion) -> str:
    """The criterion as the law words it: its requirement and notes, then its options."""
    said = [*filter(None, [criterion.requirement, *criterion.notes]), "; ".join(row.label for row in criterion.options)]
    return " ".join(said)


def _product(thing: Scored, totals: Mapping[str, int]) -> ProductSpread:
    apart = [row.shift for row in severities([totals])]
    return ProductSpread(thing.name, len(totals), spread_of(list(totals.values())), tuple(apart))


def _criteria(scored: Sequence[Scored]) -> list[CriterionSpread]:
    """Every criterion on which sheets differed, the one that divides most first, as a share of its points."""
    found: dict[tuple[str, str, str], list[tuple[CriteriaSet, Spread]]] = {}
    for thing in scored:
        for code, row in thing.points().items():
            spread = spread_of(list(row.values()))
            if spread is not None:
                key = (thing.criteria_set.regime, thing.criteria_set.code, code)
                found.setdefault(key, []).append((thing.criteria_set, spread))
    rows = []
    for (_, _, code), spreads in found.items():
        criterion = spreads[0][0].criteria[code]
        deviation = sum((spread.deviation for _, spread in spreads), Fraction()) / len(spreads)
        if deviation:
            rows.append(
                CriterionSpread(
                    set_name=spreads[0][0].name,
                    code=code,
                    name=criterion.name,
                    legal=wording_of(criterion),
                    most=criterion.max_points,
                    products=len(spreads),
                    deviation=deviation,
                    range=max(spread.range for _, spread in spreads),
                )
            )
    return sorted(rows, key=lambda row: (-row.deviation / row.most, row.set_name, row.code))


def _same(scored: Sequence[Scored]) -> list[tuple[str, str, tuple[str, ...]]]:
    """The pairs of seats whose sheets say the same at every criterion, with the products."""
    found: dict[tuple[str, str], list[str]] = {}
    for thing in scored:
        for pair in same_sheets({str(seat): chosen for seat, chosen in thing.choices.items()}):
            found.setdefault(pair, []).append(thing.name)
    pairs = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(one, other, tuple(products)) for (one, other), products in pairs]
