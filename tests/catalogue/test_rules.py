"""The code or number in whatever was typed or pasted."""

import pytest

from ocop.catalogue.rules import sought


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("7K3M-9QXT-2FA", "7K3M-9QXT-2FA"),
        ("  01/2024/GCN-OCOP\n", "01/2024/GCN-OCOP"),
        ("https://saolang.vn/xac-minh/7K3M9QXT2FA/", "7K3M9QXT2FA"),
        ("saolang.vn/Xac-Minh/7K3M9QXT2FA?x=1", "7K3M9QXT2FA"),
        ("Xem http://a.vn/xac-minh/7K3M9QXT2FA/#a nhé", "7K3M9QXT2FA"),
        ("", ""),
    ],
)
def test_what_is_sought(typed, text):
    assert sought(typed) == text
