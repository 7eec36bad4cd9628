"""Closing a hearing: the refusals of the bylaws under a lock, then the result frozen with everything it came from."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.audit.rules import fingerprint
from ocop.core.clock import day_of
from ocop.core.clock import spoken as spoken_moment
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.beat import beat
from ocop.council.actions.frozen import inputs_of
from ocop.council.actions.sheets import check_open, lock_hearing
from ocop.council.models import ConfirmedFinding, Hearing, Result
from ocop.council.permissions import check_chair
from ocop.council.queries import (
    Standing,
    ballots_over,
    open_discussion,
    reopened_waiting,
    seats_on,
    sheets_not_as_recorded,
    standing_of_sheets,
    tasting_due,
    tastings_not_as_recorded,
)
from ocop.council.rules import Evaluation
from ocop.council.rules.words import spoken
from ocop.council.states import HearingState, Outcome, SessionKind
from ocop.dossiers.actions import move
from ocop.dossiers.queries import criteria_of
from ocop.dossiers.states import DossierState

LONGEST_FINDING = 1000
NEXT_STATE = {
    Outcome.RECOGNISE: DossierState.TO_RECOGNISE,
    Outcome.FORWARD: DossierState.TO_FORWARD,
    Outcome.NO_CERTIFICATE: DossierState.TO_NOTIFY,
    Outcome.REJECTED: DossierState.TO_NOTIFY,
    Outcome.RETURN: DossierState.TO_NOTIFY,
}


class NotFinal(Refused):
    """The bylaws do not allow closing yet; `reasons` lists every refusal."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def confirm_finding(*, hearing: Hearing, criterion: str, reason: str, by: User, at: datetime) -> ConfirmedFinding:
    """The council confirms, through its chair, a finding that knocks the product out."""
    locked = lock_hearing(hearing)
    check_chair(by, day_of(at), locked)
    check_open(locked)
    if criterion not in criteria_of(locked.dossier).criteria:
        raise Refused("Chọn tiêu chí trong bộ tiêu chí của sản phẩm.", field="criterion")
    reason = tidy(reason)
    if not reason:
        raise Refused("Ghi căn cứ loại: phát hiện gì, ở đâu, ai xác nhận.", field="reason")
    check_length(reason, LONGEST_FINDING, what="Căn cứ loại", field="reason")
    if locked.findings.filter(criterion=criterion).exists():
        raise Refused(f"Tiêu chí {criterion} đã có kết luận loại.", field="criterion")
    finding = ConfirmedFinding.objects.create(
        hearing=locked, criterion=criterion, reason=reason, confirmed_by=by, confirmed_at=at
    )
    beat(locked.session)
    record(
        act="confirm_finding",
        words=f"Kết luận loại ở tiêu chí {criterion}: {finding.reason}",
        on=finding,
        thread=locked.dossier,
        facts={"criterion": criterion, "reason": finding.reason},
        by=by,
        at=at,
    )
    return finding


@transaction.atomic
def close_hearing(*, hearing: Hearing, by: User, at: datetime) -> Result:
    """Close the product: refused while the bylaws do not allow it, else the result is frozen and the dossier moves."""
    locked = lock_hearing(hearing)
    check_chair(by, day_of(at), locked)
    standing = _check_ready(locked, at)
    evaluation, size = standing.evaluation, standing.size
    if evaluation.outcome == "not_final":
        raise NotFinal(refusal_words(evaluation, locked, size))
    assert evaluation.mean is not None
    locked.state, locked.closed_at = HearingState.CLOSED, at
    locked.save(update_fields=["state", "closed_at"])
    content = evaluation.as_json() | {"trace": [*_who_left(locked, size), *evaluation.trace]}
    result = _freeze(locked, evaluation.mean, content, inputs_of(locked, standing), by, at)
    outcome = Outcome(result.outcome)
    beat(locked.session)
    record(
        act="close_hearing",
        words=f"Chốt kết quả đánh giá tại {locked.session.name}",
        on=result,
        thread=locked.dossier,
        facts={
            "mean": content["mean_exact"],
            "star": result.star,
            "outcome": outcome.value,
            "sha256": result.sha256,
        },
        by=by,
        at=at,
    )
    move(
        dossier=locked.dossier,
        to=NEXT_STATE[outcome],
        due_on=_due_on(locked, outcome),
        words=f"Hội đồng đã đánh giá tại {locked.session.name}",
        facts={"result": result.pk},
        by=by,
        at=at,
    )
    return result


def _check_ready(hearing: Hearing, at: datetime) -> Standing:
    """The sheets that count, once nothing but the bylaws' own refusals could stand against closing."""
    if hearing.state == HearingState.ESCALATED:
        raise Refused("Sản phẩm này đã chuyển ra phiên họp. Chốt điểm tại phiên đó.")
    if not hearing.is_open:
        raise Refused("Sản phẩm này đã chốt điểm rồi.")
    session = hearing.session
    if not ballots_over(hearing, at):
        assert session.ballots_by is not None
        raise Refused(
            f"Thành viên còn gửi phiếu đến {spoken_moment(session.ballots_by)}. Chốt được từ lúc đó, "
            "hoặc ngay khi mọi thành viên đã gửi phiếu."
        )
    if session.kind == SessionKind.MEETING and day_of(at) < session.held_on:
        raise Refused(
            f"Phiên họp vào ngày {session.held_on:%d/%m/%Y}: chỉ chốt điểm từ ngày đó. "
            "Từ nay đến lúc họp, thành viên vẫn đọc hồ sơ và chấm được."
        )
    if open_discussion(hearing) is not None:
        raise Refused("Sản phẩm đang được thảo luận. Chủ trì kết thúc thảo luận rồi mới chốt điểm.")
    if tasting_due(hearing):
        raise Refused(
            "Quy chế yêu cầu nếm mẫu mã hóa cho sản phẩm này, mà chưa mở lượt nếm nào. "
            "Thư ký mở nếm mẫu ở trang của phiên rồi mới chốt điểm."
        )
    if waiting := reopened_waiting(hearing):
        names = ", ".join(seat.user.full_name for seat in waiting)
        raise Refused(
            f"Phiếu mở lại của {names} chưa nộp lại. Chờ nộp lại rồi mới chốt điểm, để không phiếu nào bị bỏ ra ngoài."
        )
    if doubts := [*sheets_not_as_recorded(session, hearing), *tastings_not_as_recorded(hearing)]:
        raise Refused(
            "Không chốt được vì phiếu không còn như lúc nộp: "
            + " ".join(doubt.words for doubt in doubts)
            + " Giữ nguyên hiện trạng và báo ngay quản trị hệ thống."
        )
    return standing_of_sheets(hearing, day_of(at))


def _freeze(
    hearing: Hearing, mean: Fraction, content: dict[str, Any], inputs: dict[str, Any], by: User, at: datetime
) -> Result:
    """The result as one row with everything it came from and the hash of both."""
    return Result.objects.create(
        hearing=hearing,
        mean_numerator=mean.numerator,
        mean_denominator=mean.denominator,
        star=content["star"],
        outcome=content["outcome"],
        evaluation=content,
        inputs=inputs,
        sha256=fingerprint({"evaluation": content, "inputs": inputs}),
        closed_by=by,
        closed_at=at,
    )


def _who_left(hearing: Hearing, size: int) -> list[str]:
    """The sentence before the engine's own ones when a conflict made the council smaller for this product."""
    voting = seats_on(hearing.session.council, hearing.session.held_on).filter(votes=True).count()
    if voting == size:
        return []
    return [
        f"Hội đồng có {voting} thành viên chấm điểm, {voting - size} người không tham gia sản phẩm này vì đã khai báo "
        f"xung đột lợi ích; túc số tính trên {size} người còn lại."
    ]


def _due_on(hearing: Hearing, outcome: Outcome) -> date | None:
    """The last day for what follows: the plan says "before" a day (10/6, 10/10, 15/12 in 2024)."""
    batch = hearing.session.batch
    return batch.forward_by if outcome == Outcome.FORWARD else batch.announce_by


def refusal_words(evaluation: Evaluation, hearing: Hearing, size: int) -> list[str]:
    """Why the product cannot be closed yet and what to do; never how far apart the sheets are.

    Whether they lie too far apart is told only once nothing else is missing: told earlier, to a chair who scores
    again and again, it would give away single sheets.
    """
    bylaws = hearing.session.bylaws
    told = [code for code in evaluation.refusals if code != "spread"] or list(evaluation.refusals)
    words = {
        "quorum": (
            f"Chưa đủ túc số: {len(evaluation.sheets)}/{size} phiếu, Quy chế cần ít nhất "
            f"{spoken(Fraction(bylaws.quorum) * 100)} % số thành viên. Hãy nhắc thành viên chưa nộp phiếu."
        ),
        "chair": "Chưa có phiếu của người chủ trì, Quy chế bắt buộc phải có. Chủ trì hãy nộp phiếu trước khi chốt.",
        "spread": (
            f"Điểm các phiếu chênh nhau quá mức {spoken(Fraction(bylaws.spread_limit))} điểm của Quy chế. "
            + (
                "Chuyển sản phẩm ra phiên họp để Hội đồng thảo luận."
                if hearing.session.kind == SessionKind.WRITTEN
                else "Hội đồng hãy thảo luận những tiêu chí làm điểm chênh nhau; thành viên sửa phiếu thì ghi lý do."
            )
        ),
    }
    return [words[code] for code in told]
