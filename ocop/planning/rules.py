"""When a batch takes in dossiers, and the dates that the law offers for a year's batches. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ocop.planning.states import BatchState
from ocop.regime.rules import BatchDates


@dataclass(frozen=True, slots=True)
class BatchOffer:
    """The dates of one numbered batch as the regime gives them; None where it is silent."""

    number: int
    name: str
    closes_on: date | None
    forward_before: date | None
    announce_before: date | None
    article: str


def batch_state(opens_on: date, closes_on: date, closed_early: bool, day: date) -> BatchState:
    """Open from its first to its last day, both included, unless the office has closed it."""
    if closed_early:
        return BatchState.CLOSED
    if day < opens_on:
        return BatchState.COMING
    return BatchState.OPEN if day <= closes_on else BatchState.OVER


def batch_is_open(opens_on: date, closes_on: date, closed_early: bool, day: date) -> bool:
    """Whether dossiers come in on `day`."""
    return batch_state(opens_on, closes_on, closed_early, day) is BatchState.OPEN


def batch_offers(batches: Sequence[BatchDates], level: str, year: int) -> list[BatchOffer]:
    """The regime's cut-offs (QĐ 26/2026 Art. 5) as dates of the programme of a unit of `level` in `year`.

    "Nộp trước 30/4" makes 29/4 the last day; the cut-off of the level above is the day to forward before. Where the
    regime names no cut-off for the level itself, only the day to forward before is offered.
    """
    own = {row.number: row for row in batches if row.level == level}
    above = {row.number: row for row in batches if row.level != level}
    offers = []
    for number in sorted(own or above):
        row, higher = own.get(number), above.get(number)
        named = row or higher
        assert named is not None
        closes = _before(row.submit_before, year) if row else None
        announce = _in_year(row.finish_before, year, after=closes) if row else None
        offers.append(
            BatchOffer(
                number=number,
                name=named.name,
                closes_on=closes,
                forward_before=_in_year(higher.submit_before, year, after=announce or closes) if higher else None,
                announce_before=announce,
                article=named.article,
            )
        )
    return offers


def _before(cut_off: tuple[int, int] | None, year: int) -> date | None:
    return date(year, cut_off[1], cut_off[0]) - timedelta(days=1) if cut_off else None


def _in_year(cut_off: tuple[int, int] | None, year: int, *, after: date | None) -> date | None:
    """The day in `year`, or in the next one where it would lie before `after` (30/1 follows 30/12)."""
    if cut_off is None:
        return None
    day = date(year, cut_off[1], cut_off[0])
    return day if after is None or day >= after else date(year + 1, cut_off[1], cut_off[0])


def day_before(limit: date | None) -> date | None:
    """The last day that keeps a limit which says "before" that day."""
    return limit - timedelta(days=1) if limit is not None else None
