"""What may be uploaded."""

from __future__ import annotations

import pytest

from ocop.files.rules import ACCEPT, Kind, kind_of, size_refusal

PDF, JPEG, PNG = b"%PDF-1.7\n", b"\xff\xd8\xff\xe0" + b"\0" * 20, b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.mark.parametrize(
    ("head", "name", "content_type"),
    [
        (PDF, "phieu.pdf", "application/pdf"),
        (JPEG, "ANH.JPG", "image/jpeg"),
        (JPEG, "anh.jpeg", "image/jpeg"),
        (PNG, "nhãn sau.png", "image/png"),
    ],
)
def test_kinds_are_told_by_content(head: bytes, name: str, content_type: str) -> None:
    kind = kind_of(head, name)
    assert isinstance(kind, Kind)
    assert kind.content_type == content_type


@pytest.mark.parametrize(
    ("head", "name", "words"),
    [
        (b"", "rong.pdf", "rỗng"),
        (b"MZ\x90\x00", "anh.jpg", "nội dung không phải ảnh JPG"),
        (b"<html><script>", "trang.html", "không thuộc loại được nhận"),
        (b"<svg onload=alert(1)>", "anh.svg", "không thuộc loại được nhận"),
        (JPEG, "phieu.pdf", "hãy đổi đúng đuôi .jpg"),
        (PDF, "phieu", "(không có)"),
    ],
)
def test_refusals_say_what_to_do(head: bytes, name: str, words: str) -> None:
    refusal = kind_of(head, name)
    assert isinstance(refusal, str)
    assert words.lower() in refusal.lower()


def test_sizes() -> None:
    assert size_refusal(1024, 1024, "a.pdf") is None
    assert "nặng 2,0 MB, quá mức 1 MB" in str(size_refusal(2 * 1024**2, 1024**2, "a.pdf"))


def test_the_picker_offers_what_is_accepted() -> None:
    assert ACCEPT.split(",")[:3] == [".pdf", ".jpg", ".jpeg"]
