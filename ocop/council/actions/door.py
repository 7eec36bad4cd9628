"""The conflict door: what a member answers for one product, and what that opens or shuts at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.beat import beat
from ocop.council.actions.sheets import check_open, lock_hearing
from ocop.council.models import Declaration, Hearing
from ocop.council.permissions import voting_seat
from ocop.council.queries import declaration_of, hints_between
from ocop.dossiers.actions import bar_reading, lift_reading_bar

LONGEST_REASON = 500


@transaction.atomic
def declare(*, hearing: Hearing, conflict: bool, reason: str = "", by: User, at: datetime) -> Declaration:
    """A member answers at the door of one product; a conflict, also one found later, takes the member out at once."""
    locked = lock_hearing(hearing)
    seat = voting_seat(by, day_of(at), locked)
    check_open(locked)
    known = declaration_of(locked, seat)
    if known is not None and known.conflict:
        raise Refused(
            "Bạn đã khai báo có xung đột lợi ích với sản phẩm này; lời khai đó không rút lại. "
            "Nếu khai nhầm, hãy báo thư ký Hội đồng ghi vào biên bản."
        )
    if known is not None and not conflict:
        raise Refused("Bạn đã khai báo không có xung đột lợi ích cho sản phẩm này.")
    reason = tidy(reason) if conflict else ""
    if conflict and not reason:
        raise Refused("Ghi ngắn gọn mối liên quan của bạn với chủ thể hoặc sản phẩm.", field="reason")
    check_length(reason, LONGEST_REASON, what="Mối liên quan", field="reason")
    ties = hints_between([locked], [seat])[locked.pk, seat.pk]
    if not conflict and any(tie.forced for tie in ties):
        raise Refused("Bạn thay mặt chủ thể này nên phải khai có xung đột.", field="conflict")
    declaration = Declaration.objects.create(
        hearing=locked, seat=seat, conflict=conflict, reason=reason, declared_at=at
    )
    if conflict:
        bar_reading(dossier=locked.dossier, users=[by], at=at)
    else:
        lift_reading_bar(dossier=locked.dossier, user=by, at=at)
    beat(locked.session)
    record(
        act="declare",
        words="Khai báo có xung đột lợi ích" if conflict else "Khai báo không có xung đột lợi ích",
        on=declaration,
        thread=locked.dossier,
        facts={
            "seat": seat.pk,
            "conflict": conflict,
            "late": known is not None,
            "hints": [] if conflict else [tie.told for tie in ties],
        },
        by=by,
        at=at,
    )
    return declaration
