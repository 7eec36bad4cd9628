"""Keyset paging: every row once, in order, also where the column ties; a strange key is the first page."""

import pytest

from ocop.accounts.models import User
from ocop.core.pages import PAGE_ROWS, page_after, whole
from tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("9" * 15, 10**15 - 1),
        ("9" * 16, None),
        ("9" * 5000, None),
        ("", None),
        (" 1", None),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        ("٣", None),
    ],
)
def test_a_whole_number_is_plain_digits_and_not_too_many(typed, number):
    assert whole(typed) == number


@pytest.mark.parametrize("order", ["-pk", "full_name"])
def test_every_row_once_in_order(order):
    for number in range(2 * PAGE_ROWS + 3):
        person("Cùng tên" if number % 2 else f"Tên {number:02}")
    seen, key, pages = [], "", 0
    while key is not None:
        page = page_after(User.objects.all(), str(key), order=order)
        assert page.first is (pages == 0)
        seen += page.rows
        key, pages = page.last, pages + 1
    expected = list(User.objects.order_by(order, "pk") if order != "-pk" else User.objects.order_by("-pk"))
    assert seen == expected
    assert pages == 3


@pytest.mark.parametrize("key", ["", "abc", "-1", "1.5", "²", "9" * 40])
def test_a_strange_key_is_the_first_page(key):
    person("Một")
    page = page_after(User.objects.all(), key)
    assert (len(page.rows), page.last, page.first) == (1, None, True)
