"""Who was there, who reads which product first, whose invitation went out."""

from __future__ import annotations

from datetime import date

from ocop.audit.actions import thing_of
from ocop.audit.models import LedgerEntry
from ocop.council.models import Attendance, Declaration, Reader, Seat, Session
from ocop.council.queries.councils import seats_on
from ocop.council.states import SessionKind
from ocop.paperwork.models import IssuedPaper
from ocop.paperwork.queries import papers

INVITATION = "invitation"
OPINION_REQUEST = "opinion_request"


def present_at(session: Session) -> dict[int, Attendance]:
    """Seat → whether its holder was there, as last noted; seats of which nothing was noted are missing."""
    return {row.seat_id: row for row in session.attendance.select_related("by").order_by("pk")}


def attendance_list(session: Session) -> list[tuple[Seat, Attendance | None]]:
    """The seats of the session's day, each with what was last noted of it."""
    noted = present_at(session)
    return [(seat, noted.get(seat.pk)) for seat in seats_on(session.council, session.held_on)]


def can_be_present(session: Session, day: date) -> bool:
    """Whether a presence may be noted: from the session's day on, for a meeting."""
    return session.kind == SessionKind.MEETING and day >= session.held_on


def readers_of(session: Session) -> dict[int, Seat]:
    """Hearing → the member who reads it first; nobody where that member has since left for a conflict."""
    rows = Reader.objects.filter(hearing__session=session).select_related("seat__user").order_by("pk")
    found = {row.hearing_id: row.seat for row in rows}
    left = set(Declaration.objects.filter(hearing__session=session, conflict=True).values_list("hearing_id", "seat_id"))
    return {hearing: seat for hearing, seat in found.items() if (hearing, seat.pk) not in left}


def invitation_kind(session: Session) -> str:
    """The kind of paper that calls a member: an invitation, or the request for a written opinion."""
    return OPINION_REQUEST if session.kind == SessionKind.WRITTEN else INVITATION


def invitations_of(session: Session) -> dict[int, IssuedPaper]:
    """Seat → the newest invitation issued to it for this session (the ledger's thread ties paper and session)."""
    prefix = "paperwork.issuedpaper:"
    things = LedgerEntry.objects.filter(thread=thing_of(session), act="issue_paper").values_list("thing", flat=True)
    keys = [int(thing.removeprefix(prefix)) for thing in things if thing.startswith(prefix)]
    found = papers().filter(pk__in=keys, kind__in=(INVITATION, OPINION_REQUEST)).order_by("pk")
    return {int(paper.thing.rpartition(":")[2]): paper for paper in found}
