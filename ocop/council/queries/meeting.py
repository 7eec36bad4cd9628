"""Reads of a meeting: how the sheets of a product stand, and the positions on the criteria under discussion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.council.models import Declaration, Discussion, Hearing, Seat, Session, Sheet
from ocop.council.queries.councils import seats_on
from ocop.council.queries.hearings import acting_chair, council_size, hearings, sheets_in
from ocop.council.queries.tasting import with_tasting
from ocop.council.rules import Evaluation, Finding, SheetOfMember, diverging, evaluate
from ocop.council.states import HearingState, SessionKind, SheetState
from ocop.dossiers.queries import criteria_of, regime_of
from ocop.rubric.rules import Criterion


@dataclass(frozen=True, slots=True)
class Standing:
    """The sheets that count at this moment and what they would give; nobody sees it before closing."""

    sheets: list[Sheet]
    members: list[SheetOfMember]
    size: int
    chair: Seat | None
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class Position:
    """An option that sheets chose, with how many and with what reasons; never whose, but for the reader's own."""

    label: str
    points: int
    sheets: int
    reasons: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """A criterion on which the sheets differ, with the positions from the most points to the least."""

    criterion: Criterion
    positions: tuple[Position, ...]


def standing_of_sheets(hearing: Hearing, day: date) -> Standing:
    """The sheets that count now, and what the engine says of them."""
    chair, sheets, size = acting_chair(hearing, day), sheets_in(hearing), council_size(hearing)
    members = with_tasting(hearing, sheets, chair)
    evaluation = evaluate(
        regime_of(hearing.dossier),
        criteria_of(hearing.dossier),
        hearing.session.council.level,
        size,
        hearing.session.bylaws.as_rules(),
        members,
        [Finding(row.criterion, row.reason) for row in hearing.findings.all()],
    )
    return Standing(sheets, members, size, chair, evaluation)


def open_discussion(hearing: Hearing) -> Discussion | None:
    """The discussion that is open on this product, or None."""
    return Discussion.objects.filter(hearing=hearing, ended_at__isnull=True).select_related("opened_by").first()


def discussed_in(session: Session) -> set[int]:
    """The keys of the session's hearings on which a discussion is open."""
    return set(
        Discussion.objects.filter(hearing__session=session, ended_at__isnull=True).values_list("hearing", flat=True)
    )


def was_discussed(hearing: Hearing) -> bool:
    """Whether a discussion was ever opened on this product."""
    return Discussion.objects.filter(hearing=hearing).exists()


def positions_on(hearing: Hearing, codes: Sequence[str], own: Seat | None) -> list[Differing]:
    """What the counted sheets chose at these criteria, option by option."""
    criteria = criteria_of(hearing.dossier).criteria
    sheets = sheets_in(hearing)
    members = with_tasting(hearing, sheets)
    return [_differing(criteria[code], sheets, members, own) for code in codes if code in criteria]


def _differing(
    criterion: Criterion, sheets: Sequence[Sheet], members: Sequence[SheetOfMember], own: Seat | None
) -> Differing:
    found: dict[int | None, list[Sheet]] = {}
    for sheet, member in zip(sheets, members, strict=True):
        found.setdefault(member.choices.get(criterion.code), []).append(sheet)
    rows = []
    for place, chosen in found.items():
        option = criterion.options[place - 1] if place else None
        rows.append(
            Position(
                label=option.label if option is not None else "Không có: không mức nào đạt",
                points=option.points if option is not None else 0,
                sheets=len(chosen),
                # In order of the words, not of the seats: the order must not tell whose they are.
                reasons=tuple(sorted(filter(None, (sheet.notes.get(criterion.code, "") for sheet in chosen)))),
                mine=own is not None and any(sheet.seat_id == own.pk for sheet in chosen),
            )
        )
    return Differing(criterion, tuple(sorted(rows, key=lambda row: (-row.points, row.label))))


def ballots_behind(hearing: Hearing) -> Hearing | None:
    """The written ballots that this product came from, or None."""
    if hearing.came_from_id is None:
        return None
    before = hearings().get(pk=hearing.came_from_id)
    return before if before.state == HearingState.ESCALATED else None


def ballots_differ_on(hearing: Hearing) -> list[str]:
    """The criteria on which written ballots lie too far apart, widest first."""
    sheets = sheets_in(hearing)
    limit = hearing.session.bylaws.as_rules().spread_limit
    found = diverging(criteria_of(hearing.dossier), with_tasting(hearing, sheets), limit)
    return [row.criterion for row in found]


def ballots_over(hearing: Hearing, at: datetime) -> bool:
    """Whether a written opinion has run out: its deadline passed, or all who vote have answered."""
    if hearing.session.kind != SessionKind.WRITTEN:
        return True
    assert hearing.session.ballots_by is not None
    return at >= hearing.session.ballots_by or len(sheets_in(hearing)) == council_size(hearing)


def meetings_ahead(hearing: Hearing, day: date) -> QuerySet[Session]:
    """The meetings of the same council and batch, from `day` on, to which a written opinion may go over."""
    session = hearing.session
    return Session.objects.filter(
        council=session.council_id, batch=session.batch_id, kind=SessionKind.MEETING, held_on__gte=day
    ).order_by("held_on", "pk")


def ballots_due(session: Session) -> list[tuple[User, int]]:
    """Who still owes ballots of open products, with how many; the same few queries for any number of products."""
    open_ones = set(session.hearings.filter(state=HearingState.OPEN).values_list("pk", flat=True))
    answered = Sheet.objects.filter(hearing__in=open_ones, state=SheetState.SUBMITTED).order_by()
    left = Declaration.objects.filter(hearing__in=open_ones, conflict=True).order_by()
    done: dict[int, set[int]] = {}
    for seat_key, hearing in answered.values_list("seat", "hearing").union(left.values_list("seat", "hearing")):
        done.setdefault(seat_key, set()).add(hearing)
    voting = seats_on(session.council, session.held_on).filter(votes=True).select_related("user")
    rows = [(seat.user, len(open_ones - done.get(seat.pk, set()))) for seat in voting]
    return [row for row in rows if row[1]]
