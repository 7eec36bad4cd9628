"""The traffic light in words, and what cannot be right about a paper."""

from __future__ import annotations

from datetime import date

import pytest

from ocop.rubric.rules import PaperKind
from ocop.wallet.rules import faults, light

DAY = date(2026, 10, 5)
MEETING = date(2026, 12, 20)
KIND = PaperKind(code="k", name="Giấy an toàn thực phẩm", rows=(), number="required", expires="required")
PLAIN = PaperKind(code="p", name="Ảnh cơ sở", rows=(), number="none", expires="none")


@pytest.mark.parametrize(
    ("expires_on", "tone", "words"),
    [
        (date(2026, 10, 4), "bad", "đã hết hạn 04/10/2026"),
        (date(2026, 12, 12), "bad", "hết hạn 12/12/2026, trước ngày họp 20/12/2026"),
        (date(2026, 12, 20), "good", "còn hạn đến 20/12/2026"),
        (date(2028, 1, 1), "good", "còn hạn đến 01/01/2028"),
        (None, "neutral", "không có hạn"),
    ],
)
def test_a_paper_seen_before_a_meeting(expires_on: date | None, tone: str, words: str) -> None:
    assert light(expires_on, DAY, MEETING, "ngày họp") == (tone, words)


@pytest.mark.parametrize(
    ("expires_on", "tone", "words"),
    [
        (date(2026, 10, 5), "warn", "còn hạn đến 05/10/2026, chỉ còn 0 ngày"),
        (date(2026, 12, 4), "warn", "còn hạn đến 04/12/2026, chỉ còn 60 ngày"),
        (date(2026, 12, 5), "good", "còn hạn đến 05/12/2026"),
    ],
)
def test_sixty_days_before_the_end_one_is_reminded(expires_on: date, tone: str, words: str) -> None:
    assert light(expires_on, DAY) == (tone, words)


def test_a_kind_that_carries_a_last_day_asks_for_it() -> None:
    assert light(None, DAY, dated=True) == ("wait", "chưa ghi ngày hết hạn")


def test_lights_are_ranked_by_what_wants_a_hand() -> None:
    ranks = [light(day, DAY).rank for day in (date(2026, 1, 1), date(2026, 11, 1), date(2029, 1, 1), None)]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("kind", "number", "issued_on", "expires_on", "wrong"),
    [
        (KIND, "12/2026", date(2026, 1, 1), date(2029, 1, 1), {}),
        (KIND, "12/2026", DAY, DAY, {}),
        (KIND, " ", date(2026, 1, 1), date(2029, 1, 1), {"number": "Loại giấy này có số"}),
        (KIND, "1", date(2026, 1, 1), None, {"expires_on": "Loại giấy này có hạn"}),
        (KIND, "1", date(2026, 10, 6), date(2029, 1, 1), {"issued_on": "còn chưa tới (hôm nay 05/10/2026)"}),
        (KIND, "1", date(2026, 9, 1), date(2025, 1, 1), {"issued_on": "lại sau ngày hết hạn 01/01/2025"}),
        (KIND, "", date(2027, 9, 1), None, {"issued_on": "còn chưa tới", "number": "có số", "expires_on": "có hạn"}),
        (PLAIN, "", None, None, {}),
        (None, "", None, None, {}),
        (None, "", date(2026, 9, 1), date(2025, 1, 1), {"issued_on": "lại sau ngày hết hạn"}),
    ],
)
def test_every_fault_is_said_at_its_field(kind, number, issued_on, expires_on, wrong: dict[str, str]) -> None:
    found = faults(kind, number=number, issued_on=issued_on, expires_on=expires_on, day=DAY)
    assert found.keys() == wrong.keys()
    assert all(words in found[field] for field, words in wrong.items())
