"""Texts are tidied and measured, never cut."""

from __future__ import annotations

import pytest

from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy


def test_a_form_and_a_script_send_the_same_text():
    assert tidy(" một\r\nhai \r\n") == tidy("một\nhai") == "một\nhai"


def test_a_text_too_long_is_refused_with_both_numbers_at_its_field():
    check_length("x" * 10, 10, what="Ghi chú", field="note")
    with pytest.raises(Refused, match="Ghi chú dài 11 chữ cái, nhiều nhất 10: hãy rút gọn") as refused:
        check_length("x" * 11, 10, what="Ghi chú", field="note")
    assert refused.value.field == "note"
