"""Results that are out, appeals against them and meetings to hear them anew, by the real actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ocop.appeals.actions import answer_appeal, file_appeal
from ocop.appeals.models import Answer, Appeal
from ocop.council.actions import call_session
from ocop.council.actions.publishing import publish_results
from ocop.council.models import Result, Session
from ocop.dossiers.models import Dossier
from tests.factories.cycle import closed_hearing, fresh, owner_of
from tests.factories.world import World

BELOW = (40,) * 9  # points without a certificate under either regime
TEXT = "Phiếu kiểm nghiệm và hợp đồng liên kết đã nộp mà Hội đồng chưa tính."


def out(world: World, *, totals: tuple[int, ...] = BELOW, **more: Any) -> Result:
    """A result that its council let out: below fifty points it ends with a letter."""
    result = closed_hearing(world, totals=totals, **more)
    publish_results(
        session=result.hearing.session,
        ticked=[result.pk],
        signed_on=world.at.date(),
        signer="Nguyễn Văn Trưởng Phòng",
        by=world.leader,
        at=world.at,
    )
    return Result.objects.get(pk=result.pk)


def dossier_of(result: Result) -> Dossier:
    """The result's dossier as it is now."""
    return fresh(result.hearing.dossier)


def appealed(world: World, result: Result | None = None, **more: Any) -> Appeal:
    """An appeal by the subject's own person."""
    dossier = dossier_of(result or out(world))
    by = more.pop("by", None) or owner_of(dossier.registration.product.subject)
    return file_appeal(dossier=dossier, text=TEXT, by=by, at=world.later, **more)


def next_meeting(world: World, appeal: Appeal) -> Session:
    """A meeting of the same council a week later."""
    return call_session(
        council=appeal.result.hearing.session.council,
        batch=world.batch,
        name="Phiên xem xét lại",
        held_on=world.at.date() + timedelta(days=7),
        place="Phòng họp tầng 2",
        by=world.officer,
        at=world.later,
    )


def granted(world: World, appeal: Appeal | None = None) -> Answer:
    """An appeal that the leader granted."""
    appeal = appeal or appealed(world)
    to = next_meeting(world, appeal)
    return answer_appeal(
        appeal=appeal, granted=True, text="Có giấy tờ chưa được xét.", to=to, by=world.leader, at=world.later
    )
