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
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.sheets import check_open, lock_hearing
from ocop.council.models import ConfirmedFinding, Hearing, Result, Seat, Sheet
from ocop.council.permissions import check_chair
from ocop.council.queries import acting_chair, as_sheets, council_size, sheets_in
from ocop.council.rules import Evaluation, Finding, evaluate
from ocop.council.rules.words import spoken
from ocop.council.states import HearingState, Outcome
from ocop.dossiers.actions import move
from ocop.dossiers.queries import criteria_of, live_evidence, regime_of
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
    if not locked.is_open:
        raise Refused("Sản phẩm này đã chốt điểm rồi.")
    if day_of(at) < locked.session.held_on:
        raise Refused(
            f"Phiên họp vào ngày {locked.session.held_on:%d/%m/%Y}: chỉ chốt điểm từ ngày đó. "
            "Từ nay đến lúc họp, thành viên vẫn đọc hồ sơ và chấm được."
        )
    chair = acting_chair(locked, day_of(at))
    sheets = sheets_in(locked)
    size = council_size(locked)
    findings = [Finding(row.criterion, row.reason) for row in locked.findings.all()]
    regime, criteria_set = regime_of(locked.dossier), criteria_of(locked.dossier)
    evaluation = evaluate(
        regime,
        criteria_set,
        locked.session.council.level,
        size,
        locked.session.bylaws.as_rules(),
        as_sheets(sheets, chair),
        findings,
    )
    if evaluation.outcome == "not_final":
        raise NotFinal(refusal_words(evaluation, locked, size))
    assert evaluation.mean is not None
    locked.state, locked.closed_at = HearingState.CLOSED, at
    locked.save(update_fields=["state", "closed_at"])
    content = evaluation.as_json() | {"trace": [*_who_left(locked, size), *evaluation.trace]}
    result = _freeze(locked, evaluation.mean, content, _inputs(locked, sheets, chair, size), by, at)
    outcome = Outcome(result.outcome)
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
    voting = hearing.session.council.seats.filter(votes=True).count()
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
            "Hội đồng hãy thảo luận rồi mở lại những phiếu cần xem xét."
        ),
    }
    return [words[code] for code in told]


def _inputs(hearing: Hearing, sheets: list[Sheet], chair: Seat | None, size: int) -> dict[str, Any]:
    registration, bylaws = hearing.dossier.registration, hearing.session.bylaws
    regime_version = registration.batch.programme.regime_version
    submission = hearing.dossier.submissions.order_by("-number").first()
    return {
        "regime": {"code": regime_version.code, "version": regime_version.version, "sha256": regime_version.sha256},
        "set": {
            "set_no": registration.set_version.set_no,
            "version": registration.set_version.version,
            "sha256": registration.set_version.sha256,
        },
        "bylaws": {
            "version": bylaws.version,
            "quorum": str(bylaws.quorum),
            "chair_must_vote": bylaws.chair_must_vote,
            "spread_limit": str(bylaws.spread_limit),
            "round_mean_to": bylaws.round_mean_to,
            "minimums_on": bylaws.minimums_on,
        },
        "council_size": size,
        "sheets": [
            {
                "member": str(sheet.seat_id),
                "name": sheet.seat.user.full_name,
                "chair": chair is not None and sheet.seat_id == chair.pk,
                "version": sheet.version,
                "choices": sheet.choices,
            }
            for sheet in sheets
        ],
        "conflicts": [
            {"member": str(row.seat_id), "reason": row.reason} for row in hearing.declarations.filter(conflict=True)
        ],
        "submission": submission.sha256 if submission is not None else None,
        "evidence": [item.file.sha256 for item in live_evidence(hearing.dossier)],
    }
