"""Search without accents."""

from __future__ import annotations

import pytest

from ocop.core.search import fold, matching
from ocop.places.models import Unit


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Bánh đa Kế", "banh da ke"),
        ("NƯỚC MẮM  Đồng   Sơn", "nuoc mam dong son"),
        ("", ""),
        ("Mỳ gạo 3★", "my gao 3★"),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_decomposed_and_composed_letters_meet() -> None:
    assert fold("Thọ Xương") == fold("Tho\u0323 Xu\u031bo\u031bng")


@pytest.mark.django_db
def test_only_the_first_ten_words_count() -> None:
    words = [f"w{number}" for number in range(2000)]
    assert list(Unit.objects.filter(matching(" ".join(words), "name"))) == []
    assert matching(" ".join(words)) == matching(" ".join(words[:10]))
