"""Where a sample stands, and the hand-overs that lead from one place to the next."""

from __future__ import annotations

from django.db.models import TextChoices


class SampleState(TextChoices):
    """Where a sample stands, in the words of whoever keeps the samples."""

    STORED = "stored", "Đang bảo quản"
    ON_TABLE = "on_table", "Đã mở, trên bàn Hội đồng"
    TASTED = "tasted", "Đã nếm, đã xem xong"
    SENT_TO_LAB = "sent_to_lab", "Đang ở phòng kiểm nghiệm"
    BACK = "back", "Đã nhận lại"
    HANDED_UP = "handed_up", "Đã bàn giao cấp trên"
    DISPOSED = "disposed", "Đã xử lý, hủy"


S = SampleState
# A sample that stays in storage may change its shelf or its keeper: that is a hand-over as well.
WAYS: dict[SampleState, tuple[SampleState, ...]] = {
    S.STORED: (S.ON_TABLE, S.SENT_TO_LAB, S.STORED, S.HANDED_UP, S.DISPOSED),
    S.ON_TABLE: (S.TASTED, S.STORED, S.SENT_TO_LAB, S.DISPOSED),
    S.TASTED: (S.DISPOSED, S.SENT_TO_LAB),
    S.SENT_TO_LAB: (S.BACK, S.DISPOSED),
    S.BACK: (S.STORED, S.ON_TABLE, S.DISPOSED),
    S.HANDED_UP: (S.BACK,),
    S.DISPOSED: (),
}
TONES = {
    S.STORED: "good",
    S.ON_TABLE: "work",
    S.TASTED: "neutral",
    S.SENT_TO_LAB: "wait",
    S.BACK: "work",
    S.HANDED_UP: "wait",
    S.DISPOSED: "draft",
}
# What is done, as a button says it.
MOVE_WORDS = {
    S.STORED: "Cất vào kho",
    S.ON_TABLE: "Mở, đặt lên bàn",
    S.TASTED: "Đã nếm, xem xong",
    S.SENT_TO_LAB: "Gửi kiểm nghiệm",
    S.BACK: "Nhận lại",
    S.HANDED_UP: "Bàn giao cấp trên",
    S.DISPOSED: "Xử lý, hủy",
}
# Whoever hands a sample out of the house says to whom, whoever does away with it says how.
NEEDS_TAKER = (S.SENT_TO_LAB, S.HANDED_UP)
NEEDS_NOTE = (S.DISPOSED,)
# Still whole and in the house: what can be laid before a council, sent to a laboratory or handed up.
AT_HAND = (S.STORED, S.ON_TABLE, S.BACK)
