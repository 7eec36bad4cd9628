"""The tus protocol at the door, and previews."""

from __future__ import annotations

import base64
import io

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from ocop.files.actions import keep_upload
from ocop.files.delivery import hand_out, hand_out_preview
from ocop.files.models import Upload
from ocop.files.previews import SMALL, preview_path
from tests.factories import person
from tests.factories.files import docx, heic, jpeg, pdf, sent

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
    assert (told.status_code, told["Tus-Version"], told["Tus-Max-Size"]) == (204, "1.0.0", str(25 * 1024**2))
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


def test_pdf_is_its_own_preview_and_word_a_download(at) -> None:
    by = person()
    assert hand_out_preview(keep_upload(sent("a.pdf", pdf()), by=by, at=at))["Content-Type"] == "application/pdf"
    word = keep_upload(sent("a.docx", docx()), by=by, at=at)
    assert word.shape == "other"
    assert hand_out_preview(word)["Content-Disposition"].startswith("attachment")
