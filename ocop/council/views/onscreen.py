"""What the screen of a meeting shows of the product on the table: to each reader what that reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ocop.accounts.models import User
from ocop.council.models import Discussion, Hearing, Seat, Session
from ocop.council.permissions import can_read_hearing, can_see_numbers, can_see_points
from ocop.council.queries import (
    Differing,
    Standing,
    acting_chair,
    declaration_of,
    hearings,
    open_discussion,
    positions_on,
    progress_of,
    seat_of,
    standing_of_sheets,
    submitted_sheets,
    was_discussed,
)
from ocop.council.wording import ShownResult, shown_result
from ocop.dossiers.queries import criteria_of
from ocop.samples.models import Sample
from ocop.samples.queries import samples_of
from ocop.samples.states import SampleState


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The product on the table. Without `open` only its line is shown; points only as the bylaws say, never names."""

    hearing: Hearing
    open: bool
    left: bool = False
    unanswered: bool = False
    chair: Seat | None = None
    leaving: tuple[Seat, ...] = ()
    silent: tuple[Seat, ...] = ()
    handed_in: int = 0
    expected: int = 0
    samples: tuple[Sample, ...] = ()
    spread: str = ""
    discussion: Discussion | None = None
    discussed: tuple[str, ...] = ()
    positions: Sequence[Differing] = ()
    totals: tuple[int, ...] = ()
    shown: ShownResult | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """How far the session has come, and what comes next."""

    done: int
    count: int
    rows: Sequence[Hearing] = field(default_factory=tuple)
    next: Hearing | None = None


def agenda_of(session: Session) -> Agenda:
    """The session's products in order, in one query."""
    rows = list(
        session.hearings.select_related("dossier__registration__product__subject").order_by("place"),
    )
    now = next((row.place for row in rows if row.pk == session.on_table_id), 0)
    waiting = [row for row in rows if row.is_open and row.pk != session.on_table_id]
    following = next((row for row in waiting if row.place > now), waiting[0] if waiting else None)
    return Agenda(sum(not row.is_open for row in rows), len(rows), rows, following)


def on_screen(session: Session, user: User, day: date) -> OnScreen | None:
    """The product on the table as this person may see it, or None while the table is empty."""
    if session.on_table_id is None:
        return None
    hearing = hearings().get(pk=session.on_table_id)
    if not can_read_hearing(user, day, hearing):
        return _only_its_line(hearing, user, day)
    rows = progress_of(hearing)
    standing = standing_of_sheets(hearing, day)
    discussion = open_discussion(hearing)
    # The room looks at one screen: what shows arguments or numbers waits until nobody in it is blind any more.
    all_in = len(standing.sheets) == standing.size
    told = can_see_points(user, day, hearing)
    criteria_set = criteria_of(hearing.dossier)
    return OnScreen(
        hearing=hearing,
        open=True,
        chair=standing.chair if hearing.is_open else acting_chair(hearing, session.held_on),
        leaving=tuple(row.seat for row in rows if row.conflict),
        silent=tuple(row.seat for row in rows if not row.declared) if hearing.is_open else (),
        handed_in=submitted_sheets().filter(hearing=hearing).count() if hearing.is_open else len(standing.sheets),
        expected=standing.size,
        samples=tuple(samples_of(hearing.dossier).filter(state=SampleState.ON_TABLE)),
        spread=_spread(hearing, standing, all_in),
        discussion=discussion,
        discussed=tuple(
            f"{code} {criteria_set.criteria[code].name}" for code in (discussion.criteria if discussion else ())
        ),
        positions=positions_on(hearing, discussion.criteria, None) if discussion is not None and all_in else (),
        totals=_totals(standing) if hearing.is_open and all_in and can_see_numbers(user, day, hearing) else (),
        shown=shown_result(hearing.result, criteria_set) if told else None,
    )


def _only_its_line(hearing: Hearing, user: User, day: date) -> OnScreen:
    seat = seat_of(user, day, hearing.session.council)
    if seat is None or not seat.votes:
        return OnScreen(hearing, False)
    answer = declaration_of(hearing, seat)
    return OnScreen(hearing, False, left=answer is not None, unanswered=answer is None and hearing.is_open)


def _totals(standing: Standing) -> tuple[int, ...]:
    return tuple(sorted((row.total for row in standing.evaluation.sheets), reverse=True))


def _spread(hearing: Hearing, standing: Standing, all_in: bool) -> str:
    """Whether the sheets lie too far apart; never told while anything else is missing, and never how far."""
    refusals = set(standing.evaluation.refusals)
    if not hearing.is_open or refusals - {"spread"} or not (all_in or was_discussed(hearing)):
        return ""
    return "beyond" if refusals else "within"
