"""Keeping files by their content, and handing them out."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import Http404

from ocop.core.errors import Refused
from ocop.files.actions import clean_name, keep_paper, keep_upload
from ocop.files.delivery import hand_out
from ocop.files.models import StoredFile, path_of
from tests.factories import person, photo
from tests.factories.files import box, mp4, sent, wav

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("nhãn.jpg", "nhãn.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Anh\\nhan.jpg", "nhan.jpg"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("  ", "tep"),
        ("x" * 200 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_lose_folders_and_control_signs(typed: str, kept: str) -> None:
    assert clean_name(typed) == kept


def test_the_same_content_is_kept_once(at) -> None:
    by = person()
    first = keep_upload(photo("một.jpg", (9, 9, 9)), by=by, at=at)
    second = keep_upload(photo("hai.jpg", (9, 9, 9)), by=by, at=at)
    assert (first.sha256, first.path) == (second.sha256, second.path)
    assert first.key != second.key
    assert default_storage.exists(path_of(first.sha256))


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("rong.pdf", b""), "rỗng"),
        (SimpleUploadedFile("hong.jpg", photo().read()[:120]), "bị hỏng"),
        (SimpleUploadedFile("x.exe", b"MZ" + b"\0" * 400), "không thuộc loại"),
        (SimpleUploadedFile("phim.mp4", photo().read()), "đổi đúng đuôi .jpg"),
        (SimpleUploadedFile("phim.mp4", b""), "rỗng"),
        (SimpleUploadedFile("phim.mp4", mp4(between=box("free", b"<html><script>"))), "đoạn mã trang web"),
        (SimpleUploadedFile("ghi.wav", wav()[:-200]), "thiếu một phần"),
    ],
)
def test_a_refused_upload_leaves_nothing(upload: SimpleUploadedFile, words: str, at) -> None:
    before = set(Path(default_storage.path("")).rglob("*"))
    with pytest.raises(Refused, match=words) as refused:
        keep_upload(upload, by=person(), at=at)
    assert refused.value.field == "file"
    assert not StoredFile.objects.exists()
    assert set(Path(default_storage.path("")).rglob("*")) == before


def test_too_heavy(settings, at) -> None:
    settings.OCOP_MAX_FILE_MB = 0
    with pytest.raises(Refused, match="quá mức 0 MB"):
        keep_upload(photo(), by=person(), at=at)
    kept = keep_upload(sent("ghi.wav", wav()), by=person(), at=at)
    assert (kept.shape, kept.content_type) == ("sound", "audio/wav"), "a recording has a limit of its own"
    settings.OCOP_MAX_MEDIA_MB = 0
    with pytest.raises(Refused, match=r"quá mức 0 MB\. Hãy ghi ngắn hơn"):
        keep_upload(sent("ghi.wav", wav()), by=person(), at=at)


def test_pictures_and_pdf_are_shown_all_else_is_downloaded(at) -> None:
    shown = hand_out(keep_upload(photo(), by=person(), at=at))
    assert shown["Content-Disposition"].startswith("inline")
    sheet = keep_paper(b"PK", name="bảng.xlsx", content_type="application/vnd.ms-excel", by=None, at=at)
    saved = hand_out(sheet)
    assert saved["Content-Disposition"].startswith("attachment")
    for response in (shown, saved):
        assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "private, no-store")


def test_bytes_that_are_gone_are_not_found(at) -> None:
    stored = keep_paper(b"mat", name="mat.pdf", content_type="application/pdf", by=None, at=at)
    default_storage.delete(stored.path)
    with pytest.raises(Http404):
        hand_out(stored)


def test_a_stump_is_replaced_by_the_whole_file(at) -> None:
    """A process killed by an older program may have left half a file under the hash."""
    kept = keep_paper(b"toan bo noi dung", name="a.txt", content_type="text/plain", by=None, at=at)
    Path(default_storage.path(kept.path)).write_bytes(b"toan bo")
    with pytest.raises(CommandError, match="1/1 tệp thiếu hoặc hỏng"):
        call_command("files", "verify", stderr=StringIO())
    keep_paper(b"toan bo noi dung", name="a.txt", content_type="text/plain", by=None, at=at)
    with default_storage.open(kept.path) as again:
        assert again.read() == b"toan bo noi dung"
    out = StringIO()
    call_command("files", "verify", stdout=out)
    assert "nguyên vẹn: 1 tệp" in out.getvalue()


def test_a_write_that_breaks_off_leaves_no_file_under_the_name(at) -> None:
    class Torn(ContentFile):
        def chunks(self, chunk_size=None):
            yield b"nua dau"
            raise OSError("dây mạng tuột")

    with pytest.raises(OSError, match="tuột"):
        default_storage.save("aa/bb/aabb", Torn(b""))
    assert not default_storage.exists("aa/bb/aabb")
    assert default_storage.listdir("aa/bb") == ([], [])
