"""Reads of hearings, answers at the door and sheets: before closing who has handed in, never how many points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from ocop.accounts.models import User
from ocop.council.models import Declaration, Hearing, Seat, Session, Sheet
from ocop.council.queries.councils import added_later, live_on, seats_held, seats_on, sits_in_session
from ocop.council.queries.hints import hints_kept
from ocop.council.queries.tasting import complete_rows, seats_tasted
from ocop.council.rules import SheetOfMember
from ocop.council.states import HearingState, SeatRole, SheetState

HEARING_JOINS = (
    "session__council__unit",
    "session__batch__programme__regime_version",
    "session__batch__programme__unit",
    "session__bylaws",
    "dossier__registration__product__subject__unit__parent__parent",
    "dossier__registration__batch__programme__regime_version",
    "dossier__registration__batch__programme__unit",
    "dossier__registration__set_version",
)
HEAVY = (
    "session__batch__programme__regime_version__content",
    "dossier__registration__batch__programme__regime_version__content",
    "dossier__registration__set_version__content",
)


@dataclass(frozen=True, slots=True)
class SeatProgress:
    """What anybody on the council may know of a seat before closing: answered at the door? handed in? Never points."""

    seat: Seat
    declared: bool
    conflict: bool
    state: str
    handed_in_at: datetime | None
    lacks_tasting: bool = False
    hints: tuple[str, ...] = ()


def hearings() -> QuerySet[Hearing]:
    """Hearings with everything a page says of them, in one query."""
    return Hearing.objects.select_related(*HEARING_JOINS).defer(*HEAVY)


def declaration_of(hearing: Hearing, seat: Seat) -> Declaration | None:
    """What the seat last answered at the door for this product, or None."""
    return Declaration.objects.filter(hearing=hearing, seat=seat).last()


def is_let_in(hearing: Hearing, seat: Seat) -> bool:
    """Whether the seat has answered for this product and has no conflict: only then anything non-public opens."""
    answer = declaration_of(hearing, seat)
    return answer is not None and not answer.conflict


def current_sheet(hearing: Hearing, seat: Seat) -> Sheet | None:
    """The seat's current sheet, or None before the first tick."""
    return Sheet.objects.filter(hearing=hearing, seat=seat).exclude(state=SheetState.REPLACED).first()


def own_versions(hearing: Hearing, seat: Seat) -> QuerySet[Sheet]:
    """All versions of the seat's own sheet."""
    return Sheet.objects.filter(hearing=hearing, seat=seat).order_by("version")


def progress_of(hearing: Hearing) -> list[SeatProgress]:
    """Who has answered and handed in, for secretary and chair; without any point."""
    answers = {row.seat_id: row for row in hearing.declarations.order_by("pk")}
    sheets = {
        row.seat_id: row
        for row in Sheet.objects.filter(hearing=hearing)
        .exclude(state=SheetState.REPLACED)
        .only("seat_id", "state", "submitted_at", "hearing_id")
    }
    tasted = seats_tasted(hearing)
    kept = hints_kept([hearing])
    rows = []
    for seat in seats_on(hearing.session.council, hearing.session.held_on).filter(votes=True):
        answer, sheet = answers.get(seat.pk), sheets.get(seat.pk)
        if answer is not None and answer.conflict:
            sheet = None  # what was handed in before the conflict came to light counts nowhere
        rows.append(
            SeatProgress(
                seat=seat,
                declared=answer is not None,
                conflict=answer is not None and answer.conflict,
                state=sheet.state if sheet else "",
                handed_in_at=sheet.submitted_at if sheet and sheet.state == SheetState.SUBMITTED else None,
                lacks_tasting=tasted is not None and seat.pk not in tasted,
                hints=tuple(kept.get((hearing.pk, seat.pk), ())),
            )
        )
    return rows


def session_hearings(session: Session) -> QuerySet[Hearing]:
    """The session's hearings in order, each with how many sheets are in and how many seats left for a conflict."""
    return (
        hearings()
        .filter(session=session)
        .annotate(
            sheets_in=Count("sheets", filter=Q(sheets__in=submitted_sheets()), distinct=True),
            conflicts=Count(
                "declarations",
                filter=Q(declarations__conflict=True) & live_on(F("session__held_on"), "declarations__seat__"),
                distinct=True,
            ),
        )
        .select_related("result")
        .order_by("place")
    )


def hearings_of_seat(seat: Seat, session: Session) -> QuerySet[Hearing]:
    """The session's hearings as one member sees them: own answer and own sheet's state; `result` when closed."""
    own_sheet = Sheet.objects.filter(seat=seat).exclude(state=SheetState.REPLACED)
    own_answer = Declaration.objects.filter(seat=seat).order_by("-pk")  # the last one counts
    return (
        hearings()
        .filter(session=session)
        .prefetch_related(
            Prefetch("sheets", queryset=own_sheet, to_attr="own_sheets"),
            Prefetch("declarations", queryset=own_answer, to_attr="own_answers"),
        )
        .select_related("result")
        .order_by("place")
    )


def waiting_for_member(user: User, day: date) -> QuerySet[Hearing]:
    """Open hearings for which a voting member still has to answer at the door or hand in a sheet."""
    seats = seats_held(user, day).filter(
        live_on(OuterRef("session__held_on")),
        ~added_later(OuterRef(OuterRef("session__held_on"))),
        votes=True,
        council=OuterRef("session__council"),
    )
    handed_in = Sheet.objects.filter(hearing=OuterRef("pk"), seat__user=user, state=SheetState.SUBMITTED)
    left = Declaration.objects.filter(hearing=OuterRef("pk"), seat__user=user, conflict=True)
    return (
        hearings()
        .filter(Exists(seats), ~Exists(handed_in), ~Exists(left), state=HearingState.OPEN)
        .order_by("session__held_on", "session", "place")
    )


def acting_chair(hearing: Hearing, day: date) -> Seat | None:
    """Who chairs this product on `day`: the chair, or the first vice-chair when the chair left or holds no role."""
    left = set(hearing.declarations.filter(conflict=True).values_list("seat_id", flat=True))
    for role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR):
        for seat in seats_on(hearing.session.council, hearing.session.held_on).filter(role=role):
            if seat.pk not in left and seats_held(seat.user, day).filter(pk=seat.pk).exists():
                return seat
    return None


def submitted_sheets() -> QuerySet[Sheet]:
    """The handed-in sheets of voting seats of the session's day that have no conflict with the product.

    What screens count: whether a tasting is still missing would tell which cup is the product's.
    """
    left = Declaration.objects.filter(hearing=OuterRef("hearing"), seat=OuterRef("seat"), conflict=True)
    return Sheet.objects.filter(
        ~Exists(left), sits_in_session("hearing__session"), state=SheetState.SUBMITTED, seat__votes=True
    )


def counted_sheets() -> QuerySet[Sheet]:
    """The sheets that count in a result: where the product is tasted blind, only with the tasting handed in too."""
    return complete_rows(submitted_sheets())


def reopened_waiting(hearing: Hearing) -> list[Seat]:
    """The seats whose handed-in sheet was reopened and has not come back: closing now would leave their scores out."""
    left = Declaration.objects.filter(hearing=OuterRef("hearing"), seat=OuterRef("seat"), conflict=True)
    drafts = Sheet.objects.filter(
        ~Exists(left), sits_in_session("hearing__session"), hearing=hearing, state=SheetState.DRAFT, version__gt=1
    )
    return [sheet.seat for sheet in drafts.select_related("seat__user").order_by("seat_id")]


def sheets_in(hearing: Hearing) -> list[Sheet]:
    """The sheets of the product that count, in order of the seats."""
    return list(counted_sheets().filter(hearing=hearing).select_related("seat__user").order_by("seat_id"))


def council_size(hearing: Hearing) -> int:
    """The voting seats of the session's day less those that left for a conflict: what the quorum is counted of."""
    voting = seats_on(hearing.session.council, hearing.session.held_on).filter(votes=True)
    return voting.exclude(declarations__in=hearing.declarations.filter(conflict=True)).count()


def as_sheets(sheets: Sequence[Sheet], chair: Seat | None) -> list[SheetOfMember]:
    """The sheets as the result engine takes them."""
    return [
        SheetOfMember(
            member=str(sheet.seat_id), chair=chair is not None and sheet.seat_id == chair.pk, choices=sheet.choices
        )
        for sheet in sheets
    ]


def let_in_among(session: Session, seat: Seat) -> set[int]:
    """The keys of the session's hearings for which the seat has answered that it has no conflict."""
    answers = Declaration.objects.filter(hearing__session=session, seat=seat).order_by("pk")
    last = dict(answers.values_list("hearing_id", "conflict"))
    return {hearing for hearing, conflict in last.items() if not conflict}


def next_for_member(user: User, day: date, hearing: Hearing) -> Hearing | None:
    """The product of the same session that the member turns to after this one: the next in order, then round again."""
    waiting = list(waiting_for_member(user, day).filter(session=hearing.session_id).exclude(pk=hearing.pk))
    return next((row for row in waiting if row.place > hearing.place), waiting[0] if waiting else None)


def handed_in_versions(hearing: Hearing) -> QuerySet[Sheet]:
    """Every version that was handed in, replaced ones too, seat by seat; only for a closed hearing."""
    return (
        Sheet.objects.filter(hearing=hearing, hearing__state=HearingState.CLOSED)
        .exclude(state=SheetState.DRAFT)
        .select_related("seat__user")
        .order_by("seat_id", "version")
    )
