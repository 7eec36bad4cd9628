"""How a batch stands on a day."""

from __future__ import annotations

from enum import StrEnum


class BatchState(StrEnum):
    """Before its first day, open, past its last day, or closed by the office before it."""

    COMING = "coming"
    OPEN = "open"
    OVER = "over"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return BATCH_WORDS[self][0]

    @property
    def tone(self) -> str:
        """The tone of the state's chip."""
        return BATCH_WORDS[self][1]


BATCH_WORDS = {
    BatchState.COMING: ("Chưa mở", "wait"),
    BatchState.OPEN: ("Đang nhận hồ sơ", "good"),
    BatchState.OVER: ("Hết hạn nhận", "neutral"),
    BatchState.CLOSED: ("Đã đóng sớm", "neutral"),
}
