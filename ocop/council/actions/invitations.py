"""Calling the members: one numbered letter per seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.council.actions.beat import beat
from ocop.council.models import Seat, Session
from ocop.council.papers.invitation import compose_invitation
from ocop.council.permissions import check_run_session
from ocop.council.queries import hearings, invitation_kind, invitations_of, readers_of, seats_on
from ocop.council.states import SessionKind
from ocop.paperwork.actions import issue_paper
from ocop.paperwork.models import IssuedPaper


@transaction.atomic
def invite(*, session: Session, seats: Sequence[Seat] | None = None, by: User, at: datetime) -> list[IssuedPaper]:
    """Issue the letters of the seats that have none yet; for `seats` given, a new letter to each of them.

    A written session asks the voting members for their opinion, a meeting invites every seat.
    """
    locked = (
        Session.objects.select_for_update(of=("self",))
        .select_related("council__unit", "batch__programme__unit")
        .get(pk=session.pk)
    )
    check_run_session(by, day_of(at), locked.council)
    if day_of(at) > locked.held_on:
        raise Refused(f"Phiên họp ngày {locked.held_on:%d/%m/%Y} đã qua, không gửi giấy mời nữa.")
    listed = list(hearings().filter(session=locked).order_by("place"))
    if not listed:
        raise Refused("Phiên chưa có sản phẩm nào. Đưa hồ sơ ra phiên họp trước, rồi gửi giấy mời.")
    sitting = seats_on(locked.council, locked.held_on)
    if locked.kind == SessionKind.WRITTEN:
        sitting = sitting.filter(votes=True)
    if seats is not None:
        called = list(sitting.filter(pk__in=[seat.pk for seat in seats]))
    else:
        has = invitations_of(locked)
        called = [seat for seat in sitting if seat.pk not in has]
    if not called:
        raise Refused("Mọi thành viên của phiên đều đã có giấy mời.")
    readers = readers_of(locked)
    kind = invitation_kind(locked)
    issued = [
        issue_paper(
            kind=kind,
            unit=locked.council.unit,
            compose=compose_invitation(
                locked, seat, listed, frozenset(key for key, reader in readers.items() if reader.pk == seat.pk)
            ),
            title=f"{'Phiếu xin ý kiến' if kind != 'invitation' else 'Giấy mời'}: {locked.name}, {seat.user.full_name}",
            signed_on=day_of(at),
            on=seat,
            thread=locked,
            by=by,
            at=at,
        )
        for seat in called
    ]
    beat(locked)
    return issued
