"""What may be uploaded."""

from __future__ import annotations

import pytest

from ocop.files.rules import ACCEPT, Kind, kind_of, size_refusal
from tests.factories.files import mp3, mp4, ogg, wav, webm

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


@pytest.mark.parametrize(
    ("head", "name", "content_type"),
    [
        (mp4(), "phim.mp4", "video/mp4"),
        (mp4("qt  "), "IMG_0001.MOV", "video/quicktime"),
        (mp4("M4A "), "ghi.m4a", "audio/mp4"),
        (mp4("mp42"), "ghi.m4a", "audio/mp4"),
        (mp4("M4A "), "ghi.mp4", "audio/mp4"),
        (mp3(), "ghi.mp3", "audio/mpeg"),
        (mp3(b"x" * 300), "ghi.mp3", "audio/mpeg"),
        (ogg(), "ghi.ogg", "audio/ogg"),
        (wav(), "ghi.wav", "audio/wav"),
        (webm(b"V_VP9", b"A_OPUS"), "phim.webm", "video/webm"),
        (webm(b"A_OPUS"), "ghi.webm", "audio/webm"),
    ],
)
def test_sound_and_film_are_told_by_content(head: bytes, name: str, content_type: str) -> None:
    kind = kind_of(head, name)
    assert isinstance(kind, Kind)
    assert kind.content_type == content_type
    assert kind.is_media


@pytest.mark.parametrize(
    ("head", "name", "words"),
    [
        (JPEG, "phim.mp4", "đổi đúng đuôi .jpg"),
        (b"<html><script>alert(1)</script>", "phim.mp4", "nội dung không phải phim MP4"),
        (b"\0" * 300, "ghi.mp3", "nội dung không phải ghi âm MP3"),
        (mp4(), "giay.pdf", "đổi đúng đuôi .mp4"),
        (b"", "ghi.m4a", "rỗng"),
    ],
)
def test_what_only_calls_itself_sound_or_film(head: bytes, name: str, words: str) -> None:
    assert words in str(kind_of(head, name))


def test_sizes() -> None:
    assert size_refusal(1024, 1024, "a.pdf") is None
    assert "nặng 2,0 MB, quá mức 1 MB" in str(size_refusal(2 * 1024**2, 1024**2, "a.pdf"))
    assert "Hãy ghi ngắn hơn" in str(size_refusal(2 * 1024**2, 1024**2, "a.MP4"))


def test_the_picker_offers_what_is_accepted() -> None:
    assert ACCEPT.split(",")[:3] == [".pdf", ".jpg", ".jpeg"]
    assert {".m4a", ".mp3", ".mov", ".webm"} <= set(ACCEPT.split(","))
