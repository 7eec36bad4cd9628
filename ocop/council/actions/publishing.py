"""Pending becomes published in one step: every closed result of a session that is not out, with its letter."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.council.actions.beat import beat
from ocop.council.actions.letters import check_letter, end_by_letter, press_letter
from ocop.council.models import Publication, Session
from ocop.council.permissions.publishing import check_publish
from ocop.council.queries.publishing import Pending, pending_results, shut_pending
from ocop.dossiers.actions import let_result_out
from ocop.dossiers.models import Dossier
from ocop.dossiers.states import DossierState


@transaction.atomic
def publish_results(
    *, session: Session, ticked: Collection[int], signed_on: date, signer: str, by: User, at: datetime
) -> Publication:
    """Let every closed, unpublished result of the session out, each with its numbered letter.

    `ticked` are the keys of the results whose warning was read: every result that gets no certificate from this
    council, or a lower star than its points, has to be among them.
    """
    locked = (
        Session.objects.select_for_update(of=("self",))
        .select_related("council__unit", "bylaws", "batch__programme__regime_version")
        .get(pk=session.pk)
    )
    check_publish(by, day_of(at), locked)
    keys = [row.result.hearing.dossier_id for row in pending_results(locked, by)]
    list(Dossier.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    pending = pending_results(locked, by)
    if not pending:
        raise Refused(_why_none(locked, by))
    unread = [row for row in pending if row.warning and row.result.pk not in ticked]
    if unread:
        names = "; ".join(row.result.hearing.dossier.registration.product.name for row in unread)
        raise Refused(f"Đọc và đánh dấu từng sản phẩm cần lưu ý trước khi công bố: {names}.", field="ticked")
    for row in pending:
        check_letter(row.result, signed_on=signed_on, signer=signer, at=at)
    publication = Publication.objects.create(
        session=locked,
        warnings=[row.words for row in pending if row.warning],
        published_by=by,
        published_at=at,
    )
    publication.results.set(row.result for row in pending)
    beat(locked)
    record(
        act="publish_results",
        words=f"Công bố kết quả {len(pending)} sản phẩm của {locked.name}",
        on=publication,
        facts={
            "session": locked.pk,
            "results": [row.result.pk for row in pending],
            "sha256": [row.result.sha256 for row in pending],
            "warnings": publication.warnings,
        },
        by=by,
        at=at,
    )
    for row in pending:
        _let_out(row, signed_on=signed_on, signer=signer, by=by, at=at)
    return publication


def _let_out(row: Pending, *, signed_on: date, signer: str, by: User, at: datetime) -> None:
    result = row.result
    dossier = let_result_out(dossier=result.hearing.dossier, at=at)
    paper = press_letter(result, number="", signed_on=signed_on, signer=signer, by=by, at=at)
    if dossier.state == DossierState.TO_NOTIFY:
        end_by_letter(result, paper, signer=signer, by=by, at=at)


def _why_none(session: Session, user: User) -> str:
    if shut_pending(session, user):
        return "Các kết quả chưa công bố đang đóng với bạn. Hãy nhờ lãnh đạo đơn vị công bố."
    if session.publications.exists():
        return "Mọi kết quả đã chốt của phiên này đã công bố rồi."
    return "Chưa có sản phẩm nào chốt điểm để công bố."
