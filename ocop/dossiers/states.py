"""The states of a dossier and the ways between them. Which intake steps lie inside SUBMITTED is the regime's data."""

from __future__ import annotations

from django.db.models import TextChoices


class DossierState(TextChoices):
    """Where a dossier stands, in the officers' words."""

    DRAFT = "draft", "Nháp"
    SUBMITTED = "submitted", "Đang kiểm tra"
    RETURNED = "returned", "Yêu cầu bổ sung"
    ACCEPTED = "accepted", "Chờ Hội đồng"
    IN_COUNCIL = "in_council", "Đang thẩm định"
    TO_RECOGNISE = "to_recognise", "Chờ quyết định công nhận"
    TO_FORWARD = "to_forward", "Chờ chuyển cấp trên"
    TO_NOTIFY = "to_notify", "Chờ thông báo kết quả"
    FORWARDED = "forwarded", "Đã chuyển cấp trên"
    RECOGNISED_ABOVE = "recognised_above", "Cấp trên đã công nhận, chờ vào sổ"
    RECOGNISED = "recognised", "Đã công nhận"
    NOT_RECOGNISED = "not_recognised", "Không đạt, đã thông báo"


S = DossierState
WAYS: dict[DossierState, tuple[DossierState, ...]] = {
    S.DRAFT: (S.SUBMITTED,),
    S.SUBMITTED: (S.SUBMITTED, S.RETURNED, S.ACCEPTED),
    S.RETURNED: (S.SUBMITTED,),
    S.ACCEPTED: (S.IN_COUNCIL,),
    S.IN_COUNCIL: (S.TO_RECOGNISE, S.TO_FORWARD, S.TO_NOTIFY),
    S.TO_RECOGNISE: (S.RECOGNISED, S.IN_COUNCIL),
    S.TO_FORWARD: (S.FORWARDED, S.IN_COUNCIL),
    S.TO_NOTIFY: (S.NOT_RECOGNISED,),
    S.FORWARDED: (S.FORWARDED, S.RECOGNISED_ABOVE, S.TO_RECOGNISE, S.TO_NOTIFY, S.IN_COUNCIL),
    S.RECOGNISED_ABOVE: (S.RECOGNISED,),
    S.RECOGNISED: (),
    S.NOT_RECOGNISED: (S.IN_COUNCIL,),
}
EDITABLE = (S.DRAFT, S.RETURNED)
# Whoever comes here has its result out, published or not: `move` sets `result_out_at`.
RESULT_SHOWN = (S.FORWARDED, S.RECOGNISED_ABOVE, S.RECOGNISED, S.NOT_RECOGNISED)
# Decided; until it is out a subject reads one and the same word in all three, so that it does not tell which.
RESULT_HIDDEN = (S.TO_RECOGNISE, S.TO_FORWARD, S.TO_NOTIFY)
RESULT_HIDDEN_LABEL = "Chờ công bố kết quả"
TONES = {
    S.DRAFT: "draft",
    S.SUBMITTED: "work",
    S.RETURNED: "warn",
    S.ACCEPTED: "wait",
    S.IN_COUNCIL: "work",
    S.TO_RECOGNISE: "wait",
    S.TO_FORWARD: "wait",
    S.TO_NOTIFY: "wait",
    S.FORWARDED: "work",
    S.RECOGNISED_ABOVE: "wait",
    S.RECOGNISED: "good",
    S.NOT_RECOGNISED: "neutral",
}


class IntakeOutcome(TextChoices):
    """How an intake step ended."""

    PASSED = "passed", "Đạt, chuyển tiếp"
    RETURNED = "returned", "Trả lại để bổ sung"
