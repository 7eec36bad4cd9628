"""A product heard again: a new hearing beside the old one, whose sheets and result stay as they are."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.council.actions.beat import beat
from ocop.council.models import Hearing, Session
from ocop.council.queries import seats_on
from ocop.council.states import SessionKind
from ocop.dossiers.actions import bar_reading, move
from ocop.dossiers.states import DossierState


@transaction.atomic
def hear_again(*, old: Hearing, to: Session, words: str, by: User, at: datetime) -> Hearing:
    """Put the dossier of a closed hearing before a meeting once more; for an act that has its own permission and entry.

    Every voting member answers anew at the door.
    """
    meeting = Session.objects.select_for_update(of=("self",)).select_related("council").get(pk=to.pk)
    if meeting.kind != SessionKind.MEETING or meeting.council_id != old.session.council_id:
        raise Refused("Chọn một phiên họp của chính Hội đồng này.", field="to")
    if meeting.held_on < day_of(at):
        raise Refused(f"{meeting} đã họp ngày {meeting.held_on:%d/%m/%Y}. Chọn phiên sắp tới.", field="to")
    if meeting.hearings.filter(dossier=old.dossier_id).exists():
        raise Refused(f"Sản phẩm này đã ở {meeting}.", field="to")
    last = meeting.hearings.order_by("-place").values_list("place", flat=True).first() or 0
    made = Hearing.objects.create(session=meeting, dossier=old.dossier, place=last + 1, came_from=old)
    move(
        dossier=old.dossier,
        to=DossierState.IN_COUNCIL,
        words=words,
        facts={"hearing": made.pk, "came_from": old.pk},
        by=by,
        at=at,
    )
    voting = seats_on(meeting.council, meeting.held_on).filter(votes=True)
    bar_reading(dossier=old.dossier, users=[seat.user for seat in voting], at=at)
    beat(meeting)
    return made
