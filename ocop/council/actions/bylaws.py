"""The council's bylaws: what the law leaves to it, one version after the other."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.council.models import Bylaws, Council
from ocop.council.permissions import check_form_council
from ocop.council.queries import current_bylaws
from ocop.council.rules import MINIMUMS_ON
from ocop.council.states import NumbersSeen, ReopenedBy

APPEAL_DAYS = ANSWER_DAYS = 10  # what stands in the form; the council's bylaws decide
LONGEST_APPEAL = 365


@transaction.atomic
def adopt_bylaws(
    *,
    council: Council,
    quorum: Decimal,
    chair_must_vote: bool,
    spread_limit: Decimal,
    round_mean_to: int | None,
    minimums_on: str,
    numbers_seen: str = NumbersSeen.CLOSING,
    reopened_by: str = ReopenedBy.CHAIR_OR_SECRETARY,
    blind_tasting: bool = False,
    appeal_days: int = APPEAL_DAYS,
    answer_days: int = ANSWER_DAYS,
    document: str = "",
    by: User,
    at: datetime,
) -> Bylaws:
    """Enter a new version of the council's bylaws; sessions already called keep theirs."""
    check_form_council(by, day_of(at), council.unit)
    if not 0 < quorum <= 1:
        raise Refused("Túc số là một tỉ lệ lớn hơn 0 và không quá 100 %.", field="quorum")
    if spread_limit < 0:
        raise Refused("Mức chênh lệch điểm không được âm.", field="spread_limit")
    if minimums_on not in MINIMUMS_ON:
        raise Refused("Chọn cách xét yêu cầu tối thiểu trong danh sách.", field="minimums_on")
    if numbers_seen not in NumbersSeen.values:
        raise Refused("Chọn lúc thành viên thấy điểm của nhau trong danh sách.", field="numbers_seen")
    if reopened_by not in ReopenedBy.values:
        raise Refused("Chọn người được mở lại phiếu trong danh sách.", field="reopened_by")
    if not 1 <= appeal_days <= LONGEST_APPEAL:
        raise Refused(f"Thời hạn kiến nghị từ 1 đến {LONGEST_APPEAL} ngày.", field="appeal_days")
    if not 1 <= answer_days <= LONGEST_APPEAL:
        raise Refused(f"Thời hạn trả lời kiến nghị từ 1 đến {LONGEST_APPEAL} ngày làm việc.", field="answer_days")
    Council.objects.select_for_update().get(pk=council.pk)
    newest = current_bylaws(council)
    bylaws = Bylaws.objects.create(
        council=council,
        version=newest.version + 1 if newest else 1,
        document=document,
        quorum=quorum,
        chair_must_vote=chair_must_vote,
        spread_limit=spread_limit,
        round_mean_to=round_mean_to,
        minimums_on=minimums_on,
        numbers_seen=numbers_seen,
        reopened_by=reopened_by,
        blind_tasting=blind_tasting,
        appeal_days=appeal_days,
        answer_days=answer_days,
        adopted_at=at,
    )
    record(
        act="adopt_bylaws",
        words=f"Ghi {bylaws}",
        on=bylaws,
        facts={
            "quorum": str(quorum),
            "chair_must_vote": chair_must_vote,
            "spread_limit": str(spread_limit),
            "round_mean_to": round_mean_to,
            "minimums_on": minimums_on,
            "numbers_seen": numbers_seen,
            "reopened_by": reopened_by,
            "blind_tasting": blind_tasting,
            "appeal_days": appeal_days,
            "answer_days": answer_days,
        },
        by=by,
        at=at,
    )
    return bylaws
