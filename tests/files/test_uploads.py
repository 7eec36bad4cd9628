"""Files on their way: pieces, lost signals, killed processes, limits, tidying."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction

from ocop.core.clock import now
from ocop.core.errors import Refused
from ocop.files.actions import (
    WrongOffset,
    append_upload,
    claim_uploads,
    end_upload,
    end_waiting_uploads,
    finish_upload,
    finish_uploads,
    hold_upload,
    join_pages,
    keep_upload,
    start_upload,
    sweep_store,
    tidy_uploads,
    uploads,
)
from ocop.files.models import StoredFile, Upload
from ocop.files.queries import held_uploads, pages_in, waiting_uploads
from ocop.files.store import part_path, part_size, write_part
from tests.factories import person
from tests.factories.files import docx, heic, jpeg, pdf, sent, wav

pytestmark = pytest.mark.django_db


def piece(upload: Upload, content: bytes, offset: int, by, at) -> Upload:
    return append_upload(upload=upload, offset=offset, content=io.BytesIO(content), size=len(content), by=by, at=at)


@pytest.fixture
def by():
    return person()


def test_a_file_comes_in_pieces_and_is_kept_with_the_last_one(by, at) -> None:
    content = jpeg()
    upload = start_upload(name="giay.jpg", length=len(content), by=by, at=at)
    upload = piece(upload, content[:100], 0, by, at)
    assert (upload.offset, upload.stored, part_size(upload.key)) == (100, None, 100)
    piece(upload, content[100:], 100, by, at)
    upload.refresh_from_db()
    assert upload.stored is not None
    with default_storage.open(upload.stored.path) as kept:
        assert kept.read() == content
    assert not part_path(upload.key).exists()


def test_a_piece_sent_twice_is_told_where_to_go_on(by, at) -> None:
    content = jpeg()
    upload = start_upload(name="giay.jpg", length=len(content), by=by, at=at)
    piece(upload, content[:100], 0, by, at)
    with pytest.raises(WrongOffset):
        piece(upload, content[:100], 0, by, at)
    assert Upload.objects.get().offset == 100


def test_what_a_killed_process_wrote_without_noting_it_is_written_over(by, at) -> None:
    content = jpeg()
    upload = start_upload(name="giay.jpg", length=len(content), by=by, at=at)
    piece(upload, content[:100], 0, by, at)
    write_part(upload.key, 100, io.BytesIO(b"\0" * 500))  # and the power fails before the row is written
    piece(upload, content[100:], 100, by, at)
    assert Upload.objects.get().stored is not None


def test_a_process_killed_before_the_file_was_kept_is_finished_later(by, at) -> None:
    content = pdf()
    upload = start_upload(name="giay.pdf", length=len(content), by=by, at=at)
    write_part(upload.key, 0, io.BytesIO(content))
    Upload.objects.update(offset=len(content))
    [stored] = finish_uploads(keys=[upload.key], by=by, at=at)
    assert stored.content_type == "application/pdf"
    upload.refresh_from_db()
    assert finish_upload(upload=upload, by=by, at=at) == stored
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("giay.pdf", jpeg(), "hãy đổi đúng đuôi .jpg"),
        ("giay.pdf", pdf(script="open"), "JavaScript"),
        ("giay.pdf", pdf(3)[:600], "bị hỏng|thiếu phần cuối"),
    ],
)
def test_a_file_refused_with_its_last_byte_leaves_nothing(name: str, content: bytes, words: str, by, at) -> None:
    upload = start_upload(name=name, length=len(content), by=by, at=at)
    with pytest.raises(Refused, match=f"(?i){words}"):
        piece(upload, content, 0, by, at)
    assert not Upload.objects.exists()
    assert not StoredFile.objects.exists()
    assert not part_path(upload.key).exists()


@pytest.mark.parametrize(
    ("name", "length", "words"),
    [
        ("giay.exe", 10, "không thuộc loại được nhận"),
        ("giay.pdf", 0, "rỗng"),
        ("giay.pdf", 26 * 1024**2, "quá mức 25 MB"),
        ("phim.mp4", 101 * 1024**2, "quá mức 100 MB. Hãy ghi ngắn hơn"),
    ],
)
def test_what_would_be_refused_at_the_end_is_refused_at_the_start(name: str, length: int, words: str, by, at) -> None:
    with pytest.raises(Refused, match=words):
        start_upload(name=name, length=length, by=by, at=at)
    assert not Upload.objects.exists()


def test_nobody_holds_more_than_a_bounded_number_and_weight(by, at, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "MOST_WAITING", 2)
    start_upload(name="a.pdf", length=10, by=by, at=at)
    start_upload(name="b.pdf", length=10, by=by, at=at)
    with pytest.raises(Refused, match="đang có 2 tệp chờ"):
        start_upload(name="c.pdf", length=10, by=by, at=at)
    start_upload(name="c.pdf", length=10, by=person(), at=at)
    monkeypatch.setattr(uploads, "MOST_WAITING_BYTES", 25)
    monkeypatch.setattr(uploads, "MOST_WAITING", 20)
    with pytest.raises(Refused, match="nặng quá"):
        start_upload(name="c.pdf", length=10, by=by, at=at)


def test_a_file_sent_with_a_form_counts_as_well_and_its_owner_can_make_room(by, at, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "MOST_WAITING", 2)
    held = [hold_upload(file=sent(f"{n}.jpg", jpeg((n, 0, 0))), by=by, at=at) for n in range(2)]
    with pytest.raises(Refused, match=r"2 tệp chờ.* bỏ bớt ở trang “Tệp đang chờ”"):
        hold_upload(file=sent("ba.jpg", jpeg()), by=by, at=at)
    assert (Upload.objects.count(), StoredFile.objects.count()) == (2, 2)
    end_upload(upload=held[0], by=by, at=at)
    hold_upload(file=sent("ba.jpg", jpeg()), by=by, at=at)
    monkeypatch.setattr(uploads, "MOST_WAITING", 20)
    monkeypatch.setattr(uploads, "MOST_WAITING_BYTES", held[0].length * 2)
    with pytest.raises(Refused, match="nặng quá"):
        hold_upload(file=sent("tu.jpg", jpeg((4, 4, 4))), by=by, at=at)
    hold_upload(file=sent("tu.jpg", jpeg((4, 4, 4))), by=person(), at=at)


def test_a_file_sent_with_a_form_waits_one_day(by, at) -> None:
    held = hold_upload(file=sent("giay.jpg", jpeg()), by=by, at=at)
    assert held_uploads(by, at + timedelta(hours=23), [held.key])
    assert not waiting_uploads(by, at + timedelta(days=1)).exists()


def test_everything_that_waits_can_be_let_go_at_once_but_not_what_is_claimed(by, at) -> None:
    claimed, dropped = (hold_upload(file=sent(f"{n}.jpg", jpeg((n, 0, 0))), by=by, at=at) for n in range(2))
    half = start_upload(name="giay.pdf", length=100, by=by, at=at)
    theirs = start_upload(name="giay.pdf", length=100, by=person(), at=at)
    with transaction.atomic():
        claim_uploads(keys=[claimed.key], by=by, at=at)
    assert end_waiting_uploads(by=by, at=at) == 2
    assert set(Upload.objects.values_list("key", flat=True)) == {claimed.key, theirs.key}
    assert list(StoredFile.objects.all()) == [claimed.stored]
    assert not Upload.objects.filter(key__in=[dropped.key, half.key]).exists()


def test_more_bytes_than_announced(by, at) -> None:
    upload = start_upload(name="giay.pdf", length=10, by=by, at=at)
    with pytest.raises(Refused, match="dài hơn đã báo"):
        piece(upload, b"x" * 11, 0, by, at)
    assert Upload.objects.get().offset == 0


def test_an_upload_is_its_owners_alone(by, at) -> None:
    upload = start_upload(name="giay.pdf", length=10, by=by, at=at)
    with pytest.raises(PermissionDenied):
        piece(upload, b"x", 0, person(), at)
    with pytest.raises(PermissionDenied):
        end_upload(upload=upload, by=person(), at=at)
    with pytest.raises(Refused), transaction.atomic():
        claim_uploads(keys=[upload.key], by=person(), at=at)


def test_bytes_that_are_gone_from_the_store_are_asked_for_again(by, at) -> None:
    upload = start_upload(name="giay.pdf", length=100, by=by, at=at)
    piece(upload, b"x" * 50, 0, by, at)
    part_path(upload.key).unlink()
    with pytest.raises(Refused, match="chọn lại tệp"):
        piece(upload, b"x" * 50, 50, by, at)


def test_a_claimed_file_no_longer_counts_as_waiting(by, at) -> None:
    held = hold_upload(file=sent("giay.jpg", jpeg()), by=by, at=at)
    assert [each.pk for each in held_uploads(by, at, [held.key])] == [held.pk]
    with transaction.atomic():
        assert claim_uploads(keys=[held.key], by=by, at=at) == [held.stored]
    assert not waiting_uploads(by, at).exists()
    assert held_uploads(by, at, [held.key]), "a form sent twice still finds it"


def test_half_a_file_cannot_be_claimed(by, at) -> None:
    upload = start_upload(name="giay.pdf", length=10, by=by, at=at)
    with pytest.raises(Refused, match="chưa tải lên hết"):
        finish_uploads(keys=[upload.key], by=by, at=at)
    with pytest.raises(Refused), transaction.atomic():
        claim_uploads(keys=[upload.key], by=by, at=at)


def test_whoever_drops_a_file_loses_its_row_and_bytes(by, at) -> None:
    held = hold_upload(file=sent("giay.jpg", jpeg()), by=by, at=at)
    end_upload(upload=held, by=by, at=at)
    assert not Upload.objects.exists()
    assert not StoredFile.objects.exists()


def test_tidying_lets_go_of_what_is_over_and_keeps_what_is_used(by, at) -> None:
    half = start_upload(name="giay.pdf", length=100, by=by, at=at)
    piece(half, b"x" * 50, 0, by, at)
    dropped = hold_upload(file=sent("bo.jpg", jpeg((1, 2, 3))), by=by, at=at)
    kept = keep_upload(sent("giu.jpg", jpeg((9, 9, 9))), by=by, at=at)
    assert tidy_uploads(at=at + timedelta(hours=23)) == 0
    assert tidy_uploads(at=at + timedelta(days=3)) == 2
    assert list(StoredFile.objects.all()) == [kept]
    assert not part_path(half.key).exists()

    assert sweep_store(at=now()) == 0, "bytes of today may belong to a row that is just being written"
    old = (now() - timedelta(days=2)).timestamp()
    for place in Path(default_storage.path("")).rglob("*"):
        os.utime(place, (old, old))
    sweep_store(at=now())
    assert default_storage.exists(kept.path)
    assert not default_storage.exists(dropped.stored.path)


def test_the_command_tidies(at) -> None:
    out = StringIO()
    call_command("files", "tidy", stdout=out)
    assert "Đã dọn 0 tệp tải dở" in out.getvalue()


def test_several_photographed_pages_become_one_pdf(by, at) -> None:
    pages = [
        keep_upload(sent(name, content), by=by, at=at) for name, content in (("1.jpg", jpeg()), ("2.heic", heic()))
    ]
    joined = join_pages(pages, name="Hợp đồng", by=by, at=at)
    assert (joined.name, joined.content_type, pages_in(joined)) == ("Hợp đồng.pdf", "application/pdf", 2)
    assert join_pages(pages, name="Hợp đồng", by=by, at=at).sha256 == joined.sha256


def test_what_cannot_be_joined_is_said(by, at) -> None:
    pages = [
        keep_upload(sent(name, content), by=by, at=at) for name, content in (("1.jpg", jpeg()), ("2.docx", docx()))
    ]
    with pytest.raises(Refused, match=r"Chỉ ghép được ảnh và PDF; “2\.docx”"):
        join_pages(pages, name="x", by=by, at=at)
    pages[1] = keep_upload(sent("ghi.wav", wav()), by=by, at=at)
    with pytest.raises(Refused, match=r"“ghi\.wav” là bản ghi âm hoặc đoạn phim, không ghép được"):
        join_pages(pages, name="x", by=by, at=at)
    with pytest.raises(Refused, match="nhiều nhất 40 tệp, đang có 41"):
        join_pages(pages[:1] * 41, name="x", by=by, at=at)
