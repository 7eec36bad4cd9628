"""Anybody checks a paper: by code, by the end of the ledger printed on it, by the file; and is told nothing else."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ocop.audit.models import LedgerEntry
from ocop.files.models import StoredFile
from ocop.paperwork.actions import sign_paper
from ocop.paperwork.queries import checked
from tests.factories.paperwork import issued, with_signer
from tests.factories.world import city_2024

pytestmark = pytest.mark.django_db
CHECK = "/kiem-tra-van-ban/"


@pytest.fixture
def world():
    return city_2024()


@pytest.fixture
def paper(world):
    return issued(world)


def content(stored):
    with default_storage.open(stored.path) as file:
        return file.read()


def page(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def ask(client, **asked):
    return client.get(CHECK, asked)


def show(client, file, **also):
    return client.post(CHECK, {"tep": SimpleUploadedFile("van-ban.pdf", file), **also})


def test_the_page_asks_for_no_account_and_leaves_no_cookie(client):
    response = client.get(CHECK)
    assert "Gõ mã kiểm tra" in page(response)
    assert not response.cookies


def test_a_code_tells_what_was_issued(client, paper):
    for typed in (paper.code, paper.shown_code.lower(), f"http://127.0.0.1/kiem-tra-van-ban/{paper.code}/"):
        text = page(ask(client, ma=typed))
        assert "CÓ VĂN BẢN NÀY" in text
        assert "Biên bản họp Hội đồng đợt 2" in text
        assert "01/BB-HĐ" in text
        assert "Thành phố Bắc Giang" in text
        assert "Chưa ký số" in text
        assert "vẫn nằm trong sổ" in text
    assert page(client.get(reverse("paperwork:check-code", args=[paper.code])))


def test_the_title_of_a_letter_on_one_product_is_not_told(client, world):
    letter = issued(world, kind="result_letter", title="Thông báo kết quả Mật ong của ông Nguyễn Văn A")
    text = page(ask(client, ma=letter.code))
    assert "Thông báo kết quả" in text
    assert "Mật ong" not in text
    assert "Nguyễn Văn A" not in text


def test_no_name_of_a_person_is_told(client, world, settings, tmp_path):
    with_signer(settings, tmp_path)
    paper = sign_paper(paper=issued(world), by=world.officer, at=world.at)
    text = page(ask(client, ma=paper.code))
    assert "Đã ký ngày 16/09/2024" in text
    assert world.officer.full_name not in text


def test_nothing_of_the_ledger_is_told(client, paper):
    text = page(ask(client, ma=paper.code))
    for entry in LedgerEntry.objects.all():
        assert entry.words not in text
        assert entry.hash not in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("7K3M9QXT2FA", "Mã gồm 11 chữ và số"),
        ("abc", "Mã gồm 11 chữ và số"),
        ("' OR 1=1 --", "Mã gồm 11 chữ và số"),
        ("0000000000" + "0", "không có trong sổ"),
    ],
)
def test_an_unknown_code_is_said_plainly(client, paper, typed, words):
    assert words in page(ask(client, ma=typed), 404)


def test_each_file_of_the_paper_is_known_byte_for_byte(client, world, settings, tmp_path):
    with_signer(settings, tmp_path)
    paper = sign_paper(paper=issued(world), by=world.officer, at=world.at)
    kept = StoredFile.objects.count()
    assert "bản trước khi ký số" in page(show(client, content(paper.pdf)))
    assert "ĐÚNG BẢN PHÁT HÀNH" in page(show(client, content(paper.signed_pdf)))
    assert "bản Word lúc phát hành" in page(show(client, content(paper.docx)))
    assert StoredFile.objects.count() == kept


def test_one_changed_byte_and_the_file_is_another(client, paper):
    changed = content(paper.pdf)[:-1] + b"x"
    assert "KHÔNG NHẬN RA TỆP" in page(show(client, changed), 404)
    assert "TỆP KHÁC BẢN PHÁT HÀNH" in page(show(client, changed, ma=paper.code))


def test_a_file_hashed_by_the_browser_never_travels(client, paper):
    assert "ĐÚNG BẢN PHÁT HÀNH" in page(ask(client, dau_tep=paper.sha256))
    assert "ĐÚNG BẢN PHÁT HÀNH" in page(ask(client, dau_tep=paper.sha256.upper(), ma=paper.code))
    assert "KHÔNG NHẬN RA TỆP" in page(ask(client, dau_tep="0" * 64), 404)
    page(ask(client, dau_tep="xyz"), 422)


def test_no_file_and_no_code(client, paper):
    assert "Chưa chọn tệp" in page(client.post(CHECK), 422)
    assert "KHÔNG NHẬN RA TỆP" in page(show(client, b""), 404)


def test_a_stranger_sends_no_large_file(client, paper):
    assert show(client, b"x" * (2 * 1024 * 1024)).status_code == 400


def test_somebody_of_the_house_sends_no_huge_one(client, world, paper, monkeypatch):
    monkeypatch.setattr("ocop.paperwork.views.checking.MOST_FILE_MB", 0)
    client.force_login(world.officer)
    assert "nặng quá" in page(show(client, b"x"), 422)


def test_the_printed_end_of_the_ledger_is_found(client, paper):
    for dau in (paper.head_hash, paper.head_hash[:12], f" {paper.head_hash[:20].upper()} {paper.head_hash[20:]}"):
        assert "KHỚP SỔ NHẬT KÝ" in page(ask(client, so=paper.head_seq, dau=dau))


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ({"so": 1, "dau": "f" * 64}, 404, "KHÔNG KHỚP"),
        ({"so": 10**11, "dau": "f" * 64}, 404, "KHÔNG KHỚP"),
        ({"so": 1}, 422, "Gõ cả số"),
        ({"dau": "f" * 64}, 422, "Gõ cả số"),
        ({"so": 1, "dau": "f" * 11}, 422, "ít nhất 12"),
        ({"so": 1, "dau": "%" * 20}, 422, "ít nhất 12"),
        ({"so": "x", "dau": "f" * 64}, 422, "Việc số"),
    ],
)
def test_a_printed_end_that_is_not_there(client, paper, asked, status, words):
    assert words in page(ask(client, **asked), status)


def test_a_paper_whose_printed_end_is_gone_says_so(client, world):
    """Nothing can change the row of a paper here, so the paper is told as it would be after a rewriting."""
    paper = issued(world)
    paper.head_hash = "f" * 64
    assert not checked(paper).on_the_chain
    assert checked(paper, paper.docx_sha256).file == "word"


def test_the_answer_costs_the_same_for_every_paper(client, world, django_assert_num_queries):
    first = issued(world)
    with django_assert_num_queries(2):
        ask(client, ma=first.code)
    for _ in range(2):
        issued(world)
    with django_assert_num_queries(2):
        ask(client, ma=first.code)
