"""The tus protocol at the door, and previews."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from time import monotonic

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pikepdf import Pdf
from PIL import Image

from ocop.core.clock import now
from ocop.files import previews
from ocop.files.actions import hold_upload, keep_upload, start_upload
from ocop.files.contents import draw
from ocop.files.delivery import hand_out, hand_out_preview
from ocop.files.models import Upload
from ocop.files.previews import SMALL, preview_path
from tests.factories import person
from tests.factories.files import docx, heic, jpeg, mp4, pdf, sent, wav

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}


def start(client: Client, name: str, length: int):
    given = base64.b64encode(name.encode()).decode()
    headers = {**TUS, "Upload-Length": str(length), "Upload-Metadata": f"filename {given},filetype {given}"}
    return client.post(reverse("files:uploads"), headers=headers)


def send(client: Client, address: str, content: bytes, offset: int, **headers: str):
    return client.patch(
        address,
        content,
        content_type="application/offset+octet-stream",
        headers={**TUS, "Upload-Offset": str(offset), **headers},
    )


@pytest.fixture
def own(client: Client) -> Client:
    client.force_login(person(), backend="ocop.accounts.backends.EmailOrPhoneBackend")
    return client


def test_what_the_server_takes(own: Client) -> None:
    told = own.options(reverse("files:uploads"))
    assert (told.status_code, told["Tus-Version"], told["Tus-Max-Size"]) == (204, "1.0.0", str(100 * 1024**2))
    assert "creation" in told["Tus-Extension"]


def test_an_upload_from_the_first_to_the_last_byte(own: Client) -> None:
    content = jpeg()
    begun = start(own, "Giấy số 1.jpg", len(content))
    assert begun.status_code == 201
    address = begun["Location"]
    assert send(own, address, content[:50], 0)["Upload-Offset"] == "50"
    asked = own.head(address, headers=TUS)
    assert (asked["Upload-Offset"], asked["Upload-Length"], asked["Cache-Control"]) == (
        "50",
        str(len(content)),
        "no-store",
    )
    assert own.get(f"{address}xem/").status_code == 404
    last = send(own, address, content[50:], 50)
    assert (last.status_code, last["Upload-Offset"], last["Tus-Resumable"]) == (204, str(len(content)), "1.0.0")
    assert own.get(f"{address}xem/")["Content-Type"] == "image/jpeg"
    assert Upload.objects.get().name == "Giấy số 1.jpg"


def test_a_piece_at_the_wrong_place_and_of_the_wrong_kind(own: Client) -> None:
    address = start(own, "a.pdf", 100)["Location"]
    assert send(own, address, b"x" * 10, 5).status_code == 409
    assert send(own, address, b"x" * 10, 0, **{"Upload-Offset": "mot"}).status_code == 400
    assert own.patch(address, b"x", content_type="text/plain", headers={**TUS, "Upload-Offset": "0"}).status_code == 415
    assert own.head(address, headers={"Tus-Resumable": "0.2.2"}).status_code == 412
    assert Upload.objects.get().offset == 0


def test_a_refusal_is_words(own: Client) -> None:
    refused = start(own, "a.exe", 100)
    assert (refused.status_code, "không thuộc loại" in refused.json()["message"]) == (422, True)
    content = pdf(script="open")
    address = start(own, "a.pdf", len(content))["Location"]
    refused = send(own, address, content, 0)
    assert (refused.status_code, "JavaScript" in refused.json()["message"]) == (422, True)
    assert own.head(address, headers=TUS).status_code == 404


def test_another_persons_upload_is_not_found(own: Client) -> None:
    address = start(own, "a.pdf", 100)["Location"]
    own.force_login(person(), backend="ocop.accounts.backends.EmailOrPhoneBackend")
    assert own.head(address, headers=TUS).status_code == 404
    assert send(own, address, b"x", 0).status_code == 404
    assert own.delete(address, headers=TUS).status_code == 404
    assert own.get(f"{address}xem/").status_code == 404
    assert Upload.objects.get().offset == 0


def test_ending_an_upload(own: Client) -> None:
    address = start(own, "a.pdf", 100)["Location"]
    assert own.delete(address, headers=TUS).status_code == 204
    assert own.head(address, headers=TUS).status_code == 404


def test_strangers_and_forged_requests_stay_out(client: Client) -> None:
    assert start(client, "a.pdf", 10).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person(), backend="ocop.accounts.backends.EmailOrPhoneBackend")
    assert start(strict, "a.pdf", 10).status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("a.jpg", jpeg()), ("a.heic", heic())])
def test_a_picture_is_shown_as_a_jpeg_that_tells_no_place(name: str, content: bytes, at) -> None:
    stored = keep_upload(sent(name, content), by=person(), at=at)
    for small in (False, True):
        shown = hand_out_preview(stored, small=small)
        assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-store")
        with Image.open(io.BytesIO(b"".join(shown))) as picture:
            assert not picture.getexif()
    assert b"".join(hand_out(stored)) == content, "the original stays as it was"


def test_previews_of_older_files_are_made_when_first_asked_for(at) -> None:
    stored = keep_upload(sent("a.jpg", jpeg()), by=person(), at=at)
    default_storage.delete(preview_path(stored.sha256, SMALL))
    assert hand_out_preview(stored, small=True)["Content-Type"] == "image/jpeg"


def test_word_is_a_download(at) -> None:
    word = keep_upload(sent("a.docx", docx()), by=person(), at=at)
    assert word.shape == "other"
    assert hand_out_preview(word)["Content-Disposition"].startswith("attachment")


# ── the viewer: pages of a PDF, sound and film ──


@pytest.fixture
def shown(own: Client, at) -> Callable[[str, bytes], str]:
    """The address at which the signed-in person sees a file sent just now."""

    def send_whole(name: str, content: bytes) -> str:
        address = start(own, name, len(content))["Location"]
        assert send(own, address, content, 0).status_code == 204
        return f"{address}xem/"

    return send_whole


def test_a_pdf_is_shown_page_by_page(own: Client, shown) -> None:
    address = shown("a.pdf", pdf(3))
    first, second, last = (own.get(f"{address}?xem&trang={number}").content.decode() for number in (1, 2, 99))
    assert "Trang 1/3" in first
    assert 'rel="prev"' not in first
    assert "trang=1" in second
    assert "trang=3" in second
    assert "Trang 3/3" in last
    assert 'rel="next"' not in last
    assert "Mở tệp gốc" in first
    assert "<script" not in first
    with Image.open(io.BytesIO(b"".join(own.get(f"{address}?anh=2")))) as picture:
        assert (picture.format, max(picture.size)) == ("JPEG", 1600)
    with Image.open(io.BytesIO(b"".join(own.get(f"{address}?nho")))) as picture:
        assert max(picture.size) == 320
    assert own.get(f"{address}?goc")["Content-Type"] == "application/pdf"
    for wrong in ("0", "4", "x", "-1", "9" * 40):
        assert own.get(f"{address}?anh={wrong}").status_code == 404


def test_a_page_is_drawn_once(own: Client, shown, monkeypatch) -> None:
    address = shown("a.pdf", pdf(2))
    own.get(f"{address}?anh=2")
    monkeypatch.setattr(previews, "_drawn", lambda *_: pytest.fail("drawn again"))
    assert own.get(f"{address}?anh=1").status_code == 200
    assert own.get(f"{address}?anh=2").status_code == 200


def test_a_page_that_cannot_be_drawn_says_so(own: Client, shown, monkeypatch) -> None:
    monkeypatch.setattr(draw, "__file__", "/khong/co")
    address = shown("a.pdf", pdf(1))
    monkeypatch.undo()
    page = own.get(address).content.decode()
    assert "Trang 1 không hiện được thành ảnh. Hãy mở tệp gốc" in page
    assert own.get(f"{address}?anh=1").status_code == 404
    assert own.get(f"{address}?nho").status_code == 404


def test_a_page_of_endless_size_is_drawn_small(own: Client, shown) -> None:
    made = Pdf.new()
    made.add_blank_page(page_size=(600, 800))
    made.pages[0].mediabox = [0, 0, 14_400_000, 3]
    out = io.BytesIO()
    made.save(out)
    with Image.open(io.BytesIO(b"".join(own.get(f"{shown('a.pdf', out.getvalue())}?anh=1")))) as picture:
        assert max(picture.size) <= 1600


def test_a_page_that_takes_for_ever_is_given_up(own: Client, shown, monkeypatch) -> None:
    made = Pdf.new()
    page = made.add_blank_page(page_size=(600, 800))
    page.Contents = made.make_stream(b"0 0 m 600 800 l 300 700 l 10 2 l 5 900 l h B* " * 400_000)
    out = io.BytesIO()
    made.save(out)
    monkeypatch.setattr(previews, "SECONDS", 1)
    begun = monotonic()
    assert "không hiện được thành ảnh" in own.get(shown("a.pdf", out.getvalue())).content.decode()
    assert monotonic() - begun < previews.LONGEST


@pytest.mark.parametrize(("name", "content", "tag"), [("g.wav", wav(), "<audio"), ("p.mp4", mp4(), "<video")])
def test_sound_and_film_are_played_by_the_browser_when_asked(own: Client, shown, name, content, tag) -> None:
    address = shown(name, content)
    page = own.get(address)
    words = page.content.decode()
    assert f"{tag} controls" in words
    assert "autoplay" not in words
    assert "<script" not in words
    assert "media-src 'self'" in page["Content-Security-Policy"]
    whole = own.get(f"{address}?goc")
    assert (whole["Accept-Ranges"], whole["X-Content-Type-Options"]) == ("bytes", "nosniff")
    assert "media-src 'self'" in whole["Content-Security-Policy"]
    assert whole["Content-Disposition"].startswith("inline")
    assert b"".join(whole) == content


@pytest.mark.parametrize(
    ("asked", "status", "told", "part"),
    [
        ("bytes=0-3", 206, "bytes 0-3/{}", slice(0, 4)),
        ("bytes=100-", 206, "bytes 100-{last}/{}", slice(100, None)),
        ("bytes=-5", 206, "bytes {end}-{last}/{}", slice(-5, None)),
        ("bytes=10-99999999", 206, "bytes 10-{last}/{}", slice(10, None)),
        ("bytes=99999999-", 416, "bytes */{}", slice(0, 0)),
        ("bytes=5-2", 416, "bytes */{}", slice(0, 0)),
        ("bytes=0-1,5-6", 200, None, slice(None)),
        ("bytes=-", 200, None, slice(None)),
        ("dong=1-2", 200, None, slice(None)),
    ],
)
def test_a_player_asks_for_parts(own: Client, shown, asked, status, told, part) -> None:
    content = wav()
    size = len(content)
    answer = own.get(f"{shown('g.wav', content)}?goc", headers={"Range": asked})
    assert answer.status_code == status
    assert answer.get("Content-Range") == (told.format(size, last=size - 1, end=size - 5) if told else None)
    assert b"".join(answer) == content[part]
    assert answer["Content-Length"] == str(len(content[part]))


def test_a_person_sees_what_waits_and_lets_go_of_it(client: Client) -> None:
    by, at, address = person(), now(), reverse("files:waiting")
    client.force_login(by, backend="ocop.accounts.backends.EmailOrPhoneBackend")
    assert "Không có tệp nào đang chờ" in client.get(address).content.decode()
    held = hold_upload(file=sent("hop-dong.jpg", jpeg()), by=by, at=at)
    theirs = hold_upload(file=sent("cua-nguoi-khac.jpg", jpeg()), by=person(), at=at)
    with CaptureQueriesContext(connection) as one:
        page = client.get(address).content.decode()
    assert "hop-dong.jpg" in page
    assert "cua-nguoi-khac" not in page
    for number in range(2):
        start_upload(name=f"{number}.pdf", length=100, by=by, at=at)
    with CaptureQueriesContext(connection) as three:
        assert "mới tải lên" in client.get(address).content.decode()
    assert len(one) == len(three)
    for key in (theirs.key, "khong-phai-khoa"):
        client.post(address, {"drop": str(key)})
    assert Upload.objects.count() == 4
    assert "Đã bỏ “hop-dong.jpg”" in client.post(address, {"drop": str(held.key)}, follow=True).content.decode()
    assert "Đã bỏ 2 tệp đang chờ" in client.post(address, {"all": "1"}, follow=True).content.decode()
    assert list(Upload.objects.all()) == [theirs]
