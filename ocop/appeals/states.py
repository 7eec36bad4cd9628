"""How an appeal stands, in words."""

from __future__ import annotations

from django.db.models import TextChoices

from ocop.dossiers.states import DossierState


class AppealState(TextChoices):
    """Waiting for its answer, or answered one way or the other."""

    FILED = "filed", "Chờ trả lời"
    REJECTED = "rejected", "Giữ nguyên kết quả"
    GRANTED = "granted", "Chấp nhận, xem xét lại"


TONES = {AppealState.FILED: "wait", AppealState.REJECTED: "neutral", AppealState.GRANTED: "good"}

S = DossierState
# The result is out and nothing of it lies with a level above or in a signed decision: it may be heard anew.
REHEARD_FROM = (S.TO_RECOGNISE, S.TO_FORWARD, S.NOT_RECOGNISED)
