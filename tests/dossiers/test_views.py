"""The pages: who gets in, what they say, what a refusal keeps on the screen."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.core.clock import day_of
from ocop.dossiers.actions import add_evidence, return_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, live_evidence
from ocop.dossiers.states import RESULT_HIDDEN_LABEL, DossierState
from ocop.planning.models import Batch
from tests.factories import (
    World,
    accepted_dossier,
    city_2024,
    closed_hearing,
    draft_dossier,
    fill_in,
    person,
    photo,
    province_2026,
    registration,
    submitted_dossier,
)
from tests.factories.cycle import owner_of
from tests.factories.dossiers import Visits, owner
from tests.factories.interview import answered

pytestmark = pytest.mark.django_db
PAGES = ("dossier", "self-assessment", "evidence", "submit")
READ = {"da-xem": "1"}  # the tick under what to look at once more


@pytest.fixture
def city() -> World:
    return city_2024()


@pytest.fixture
def province() -> World:
    return province_2026()


def url(name: str, dossier: Dossier, *more: Any) -> str:
    return reverse(f"dossiers:{name}", args=[dossier.pk, *more])


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


def file_url(dossier: Dossier, name: str = "evidence-file") -> str:
    kept = live_evidence(dossier).first()
    assert kept is not None
    return url(name, dossier, kept.file.key)


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


# ── doors ──


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_those_who_see_the_dossier(client: Client, visits: Visits, city: World, name: str) -> None:
    dossier = submitted_dossier(city)
    response = client.get(url(name, dossier))
    assert response.status_code == 302
    assert reverse("accounts:sign-in") in response["Location"]
    assert visits.as_(person(), city).get(url(name, dossier)).status_code == 404


def test_a_file_is_handed_only_to_those_who_see_its_dossier(client: Client, visits: Visits, city: World) -> None:
    dossier, other = submitted_dossier(city), submitted_dossier(city)
    address = file_url(dossier)
    assert client.get(address).status_code == 302
    for user, status in ((owner(dossier), 200), (city.officer, 200), (owner(other), 404), (person(), 404)):
        for asked in ("", "?xem", "?xem&goc"):
            assert visits.as_(user, city).get(address + asked).status_code == status
    kept = live_evidence(dossier).get()
    assert visits.as_(owner(other), city).get(url("evidence-file", other, kept.file.key)).status_code == 404


def test_a_file_may_stand_in_a_page_of_this_house_only(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city)
    response = visits.as_(city.officer, city).get(file_url(dossier))
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "private, no-store"


def test_writing_is_the_subject_s(visits: Visits, city: World) -> None:
    dossier = fill_in(draft_dossier(city), city)
    client = visits.as_(city.officer, city)
    addresses = [url(name, dossier) for name in ("self-assessment", "self-assessment-save", "evidence", "submit")]
    addresses += [file_url(dossier, name) for name in ("evidence-cite", "evidence-remove")]
    for address in addresses:
        assert client.post(address, {"choice-1.a": "1"}).status_code == 403, address
    assert live_evidence(dossier).count() == 1


# ── opening, lists, boards ──


def test_a_registration_s_dossier_is_opened_by_a_post(visits: Visits, city: World) -> None:
    made = registration(city)
    client = visits.as_(owner_of(made.product.subject), city)
    assert "Đã đăng ký, chưa lập hồ sơ" in text(client.get(reverse("dossiers:list")))
    address = reverse("dossiers:open", args=[made.pk])
    assert client.get(address).status_code == 405
    assert client.post(address)["Location"] == url("dossier", made.dossier)
    assert visits.as_(person(), city).post(address).status_code == 403


@pytest.mark.parametrize("name", ["list", "boards", "board"])
def test_lists_ask_a_fixed_number_of_questions(visits: Visits, city: World, name: str) -> None:
    address = reverse(f"dossiers:{name}", args=[city.batch.pk] if name == "board" else [])
    client = visits.as_(city.officer, city)
    counts = []
    for _ in range(2):
        for _ in range(len(counts) + 1):
            submitted_dossier(city)
        client.get(address)  # the law is parsed once a process
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_list_is_narrowed_and_turned_by_key(visits: Visits, city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ocop.dossiers.views.lists.PAGE", 1)
    draft_dossier(city, name="Chè Đồng Sơn")
    newest = submitted_dossier(city, name="Bánh đa Kế")
    client = visits.as_(city.officer, city)
    first = text(client.get(reverse("dossiers:list"), {"dot": city.batch.pk}))
    assert "Bánh đa Kế" in first
    assert "Chè Đồng Sơn" not in first
    assert f"dot={city.batch.pk}&truoc={newest.pk}" in first
    assert "Chè Đồng Sơn" in text(client.get(reverse("dossiers:list"), {"truoc": newest.pk}))
    assert "Chè Đồng Sơn" in text(client.get(reverse("dossiers:list"), {"q": "che dong"}))
    assert "Không có hồ sơ nào khớp" in text(client.get(reverse("dossiers:list"), {"trang-thai": "accepted"}))
    assert client.get(reverse("dossiers:list"), {"truoc": "x", "dot": "²"}).status_code == 200


def test_the_board_links_every_number_to_its_list(visits: Visits, city: World) -> None:
    submitted_dossier(city)
    page = text(visits.as_(city.officer, city).get(reverse("dossiers:board", args=[city.batch.pk])))
    assert f"?trang-thai=submitted&dot={city.batch.pk}" in page
    assert "Cơ quan chủ trì OCOP · Thành phố Bắc Giang" in page
    assert visits.as_(person(), city).get(reverse("dossiers:board", args=[city.batch.pk])).status_code == 404


def test_no_page_tells_a_subject_its_result_before_it_is_out(visits: Visits, city: World) -> None:
    dossier = closed_hearing(city).hearing.dossier
    client = visits.as_(owner(dossier), city)
    board = reverse("dossiers:board", args=[city.batch.pk])
    for address in (url("dossier", dossier), reverse("dossiers:list"), reverse("dossiers:boards"), board):
        page = text(client.get(address))
        assert RESULT_HIDDEN_LABEL in page, address
        assert DossierState.TO_RECOGNISE.label not in page.replace(f">{DossierState.TO_RECOGNISE.label}</option>", "")


# ── the dossier ──


def test_one_thing_to_do_for_each_person(visits: Visits, city: World, province: World) -> None:
    empty, draft, local = draft_dossier(city), fill_in(draft_dossier(city), city), submitted_dossier(province)
    checked, accepted, begun = submitted_dossier(city), accepted_dossier(city), draft_dossier(city)
    answered(city, begun.registration.product, {"workers": "52"})
    rows = [
        (empty, owner(empty), city, "Bắt đầu phỏng vấn"),
        (begun, owner(begun), city, "Tiếp tục tự đánh giá"),
        (draft, owner(draft), city, "Nộp hồ sơ"),
        (draft, city.officer, city, "Chưa đến lượt bạn"),
        (checked, owner(checked), city, "Đang chờ: Cơ quan chủ trì OCOP · Thành phố Bắc Giang"),
        (checked, city.officer, city, "Kiểm tra hồ sơ</a>"),
        (local, province.commune_officer, province, "Ghi nhận xét</a>"),
        (local, province.officer, province, "Đang chờ: Cán bộ xã, phường · Phường Đa Mai"),
        (accepted, city.officer, city, "Đến Hội đồng"),
    ]
    for dossier, user, world, words in rows:
        page = text(visits.as_(user, world).get(url("dossier", dossier)))
        assert words in page, words
        assert page.count('class="button" href') <= 1, words


def test_the_steps_are_the_regime_s(visits: Visits, city: World, province: World) -> None:
    for world, labels in (
        (city, ["Đăng ký", "Lập hồ sơ", "Kiểm tra hồ sơ", "Hội đồng", "Kết quả"]),
        (
            province,
            [
                "Đăng ký",
                "Lập hồ sơ",
                "Ủy ban nhân dân cấp xã kiểm tra, đánh giá hồ sơ",
                "Cơ quan tham mưu quản lý OCOP cấp tỉnh tiếp nhận, kiểm tra hồ sơ",
                "Hội đồng",
                "Kết quả",
            ],
        ),
    ):
        response = visits.as_(world.officer, world).get(url("dossier", submitted_dossier(world)))
        assert [step["label"] for step in response.context["way"]] == labels
        assert [step["state"] for step in response.context["way"]][:4] == ["done", "done", "current", "todo"]


def test_a_subject_reads_what_is_missing_and_until_when(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city)
    items = [{"what": "Phiếu kiểm nghiệm", "reason": "Đã hết hạn ngày 01/09/2024."}]
    until = day_of(city.at).replace(day=27)
    return_dossier(dossier=dossier, items=items, answer_by=until, by=city.officer, at=city.at)
    page = text(visits.as_(owner(dossier), city).get(url("dossier", dossier)))
    for words in ("Phiếu kiểm nghiệm", "Đã hết hạn ngày 01/09/2024.", "27/09/2024", "không phải kết quả công nhận"):
        assert words in page


# ── self-assessment ──


def test_autosave_keeps_what_was_typed_and_tells_the_standing(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    client, address = visits.as_(owner(dossier), city), url("self-assessment-save", dossier)
    told = client.post(address, {"choice-1.a": "2", "note-1.a": "Có sổ", "revision": "0"}).json()
    assert (told["total"], told["answered"], told["revision"]) == ("3,00", 1, 1)
    assert "Dự báo 1 sao" in told["message"]
    assert "mức tối thiểu của 3 sao" in told["message"]
    told = client.post(address, {"choice-1.a": "0", "choice-1.b": "", "note-changes": "Mới", "revision": "1"}).json()
    assert (told["total"], told["answered"]) == ("0,00", 2)
    kept = fresh(dossier)
    assert (kept.choices, kept.explanations, kept.changes_note) == ({"1.a": None, "1.b": None}, {"1.a": "Có sổ"}, "Mới")


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"choice-1.a": "9"}, 422, "không có phương án 9"),
        ({"choice-1.a": "-1"}, 422, "chọn một mức"),
        ({"choice-9.z": "1"}, 422, "không có tiêu chí"),
        ({"choice-1.a": "1", "revision": "5"}, 409, "lưu ở nơi khác"),
    ],
)
def test_autosave_refused(visits: Visits, city: World, typed: dict, status: int, words: str) -> None:
    dossier = draft_dossier(city)
    response = visits.as_(owner(dossier), city).post(url("self-assessment-save", dossier), typed)
    assert response.status_code == status
    assert words in response.json()["message"]
    assert fresh(dossier).choices == {}


def test_a_whole_post_saves_and_a_refused_one_stays_on_the_screen(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    client, address = visits.as_(owner(dossier), city), url("self-assessment", dossier)
    assert "Không có mức nào" in text(client.get(address))
    response = client.post(address, {"choice-1.a": "3", "note-1.b": "Xay xát", "revision": "4"})
    assert response.status_code == 409
    assert 'name="choice-1.a" value="3" data-points="5,00" checked' in text(response)
    assert "Xay xát" in text(response)
    assert client.post(address, {"choice-1.a": "3", "note-1.b": "Xay xát", "revision": "0"}).status_code == 302
    assert fresh(dossier).choices == {"1.a": 3}


def test_after_handing_in_the_sheet_is_only_read(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city)
    page = text(visits.as_(owner(dossier), city).get(url("self-assessment", dossier)))
    assert "Chỉ xem" in page
    assert "data-sheet-bar" not in page


def test_the_interview_says_that_a_dossier_handed_in_stays_as_it_is(visits: Visits, city: World) -> None:
    draft, sent = draft_dossier(city), submitted_dossier(city)
    notes = []
    for dossier in (draft, sent):
        registered = dossier.registration
        browser = visits.as_(owner(dossier), city)
        address = reverse("dossiers:interview-note", args=[registered.pk])
        for name in ([], ["product"]):
            page = text(
                browser.get(reverse(f"interview:{'card' if name else 'cards'}", args=[registered.product_id, *name]))
            )
            assert f'hx-get="{address}"' in page
        notes.append(text(browser.get(address)))
    assert notes[0].strip() == ""
    assert "đã nộp: sửa ở đây không đổi bản đã nộp, chỉ dùng cho lần sau" in notes[1]
    assert sent.registration.product.name in notes[1]
    assert visits.as_(person(), city).get(address).status_code == 404


# ── evidence ──


def test_good_files_are_kept_and_each_refused_one_is_named(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    code = next(iter(criteria_of(dossier).criteria))
    uploads = [
        photo("nhan-truoc.jpg", (200, 10, 10)),
        SimpleUploadedFile("ghi-chu.txt", b"xin chao", content_type="text/plain"),
        SimpleUploadedFile("hong.jpg", photo().read()[:200], content_type="image/jpeg"),
        photo("nhan-sau.jpg", (10, 200, 10)),
    ]
    client = visits.as_(owner(dossier), city)
    response = client.post(url("evidence", dossier), {"papers": uploads[:3], "photos": uploads[3:], "cites": [code]})
    assert response.status_code == 422
    assert {each.title: each.cites for each in live_evidence(dossier)} == {
        "nhan-truoc": [code],
        "nhan-sau": [code],
    }
    for words in ("ghi-chu.txt", "không thuộc loại được nhận", "hong.jpg", "Đã nhận 2 tệp còn lại"):
        assert words in text(response)


def test_uploads_one_title_none_at_all(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    client, address = visits.as_(owner(dossier), city), url("evidence", dossier)
    response = client.post(address, {"title": "Nhãn"})
    assert response.status_code == 422
    assert "Chưa chọn tệp nào" in text(response)
    assert 'value="Nhãn"' in text(response)
    both = [photo(colour=(200, 10, 10)), photo(colour=(10, 200, 10))]
    assert client.post(address, {"papers": both, "title": "Nhãn"})["Location"] == address
    assert [each.title for each in live_evidence(dossier)] == ["Nhãn (1)", "Nhãn (2)"]


def test_an_upload_from_a_criterion_is_cited_for_it(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    client = visits.as_(owner(dossier), city)
    page = text(client.get(f"{url('evidence', dossier)}?tieu-chi=1.b"))
    assert re.findall(r'name="cites" value="([^"]+)"[^>]* checked', page) == ["1.b"]
    assert 'capture="environment"' in page


def test_citing_and_removing(visits: Visits, city: World) -> None:
    dossier = fill_in(draft_dossier(city), city)
    client = visits.as_(owner(dossier), city)
    cite, remove = file_url(dossier, "evidence-cite"), file_url(dossier, "evidence-remove")
    response = client.post(cite, {"title": "", "cites": ["1.a"]})
    assert response.status_code == 422
    assert "Chưa điền mục này." in text(response)
    assert client.post(cite, {"title": "Nhãn mới", "cites": ["1.a", "1.b"]}).status_code == 302
    kept = live_evidence(dossier).get()
    assert (kept.title, kept.cites) == ("Nhãn mới", ["1.a", "1.b"])
    assert "Bỏ “Nhãn mới” khỏi hồ sơ?" in text(client.get(remove))
    assert live_evidence(dossier).count() == 1
    assert client.post(remove).status_code == 302
    assert live_evidence(dossier).count() == 0
    assert client.get(cite).status_code == 404


def test_evidence_of_a_dossier_handed_in_stays(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city)
    client = visits.as_(owner(dossier), city)
    for name, typed in (("evidence-cite", {"title": "Khác"}), ("evidence-remove", {})):
        response = client.post(file_url(dossier, name), typed)
        assert response.status_code == 422
        assert "không sửa được nữa" in text(response)
    assert client.post(url("evidence", dossier), {"papers": [photo()]}).status_code == 422
    assert live_evidence(dossier).get().title == "Ảnh cơ sở sản xuất"


# ── handing in ──


def test_what_is_missing_is_named_with_the_way_to_it(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    client, address = visits.as_(owner(dossier), city), url("submit", dossier)
    page = text(client.get(address))
    assert "tiêu chí chưa tự chấm" in page
    assert url("self-assessment", dossier) in page
    assert url("evidence", dossier) in page
    assert 'name="revision"' not in page
    assert client.post(address).status_code == 422
    assert fresh(dossier).state == DossierState.DRAFT


def test_handing_in_once(visits: Visits, city: World) -> None:
    dossier = fill_in(draft_dossier(city), city)
    client, address = visits.as_(owner(dossier), city), url("submit", dossier)
    assert "Bước tiếp theo: Kiểm tra hồ sơ" in text(client.get(address))
    assert client.post(address, {"revision": dossier.revision + 1, **READ}).status_code == 409
    response = client.post(address, {"revision": dossier.revision, **READ}, follow=True)
    assert "Đã nộp hồ sơ lần 1" in text(response)
    again = client.post(address, {"revision": dossier.revision})
    assert again.status_code == 422
    assert "đã nộp rồi" in text(again)
    assert dossier.submissions.count() == 1
    assert "Không cần nộp lần nữa" in text(client.get(address))


def test_a_closed_batch_says_what_to_do(visits: Visits, city: World) -> None:
    dossier = fill_in(draft_dossier(city), city)
    Batch.objects.update(closes_on=city.batch.opens_on)
    client, address = visits.as_(owner(dossier), city), url("submit", dossier)
    assert "hãy liên hệ Phòng Kinh tế" in text(client.get(address))
    assert "hãy liên hệ Phòng Kinh tế" in text(client.get(url("dossier", dossier)))
    assert client.post(address).status_code == 422


# ── second thoughts ──


def test_an_empty_file_is_named_and_its_companion_is_kept(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    empty = SimpleUploadedFile("rong.pdf", b"", content_type="application/pdf")
    answer = visits.as_(owner(dossier), city).post(url("evidence", dossier), {"papers": [empty, photo("co-so.jpg")]})
    assert answer.status_code == 422
    assert "“rong.pdf” rỗng" in text(answer)
    assert [each.file.name for each in live_evidence(dossier)] == ["co-so.jpg"]


def test_a_returned_dossier_without_any_change_is_not_taken_again(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city)
    items = [{"what": "Phiếu kiểm nghiệm", "reason": "Đã quá hạn"}]
    return_dossier(dossier=dossier, items=items, answer_by=city.batch.closes_on, by=city.officer, at=city.at)
    client = visits.as_(owner(dossier), city)
    assert "Phiếu kiểm nghiệm" in text(client.get(url("submit", dossier)))
    answer = client.post(url("submit", dossier), READ)
    assert answer.status_code == 422
    assert "chưa có gì khác" in text(answer)
    add_evidence(dossier=dossier, upload=photo(), title="Phiếu mới", by=owner(dossier), at=city.at)
    assert client.post(url("submit", dossier), READ).status_code == 302
    assert fresh(dossier).state == DossierState.SUBMITTED


def test_whoever_assesses_contents_reads_no_points(visits: Visits, province: World, city: World) -> None:
    dossier = accepted_dossier(province)
    commune = visits.as_(province.commune_officer, province)
    page = text(commune.get(url("dossier", dossier)))
    assert "Dự báo" not in page
    assert "Tổng điểm tự chấm" not in page
    assert commune.get(url("self-assessment", dossier)).status_code == 403
    assert "Tổng điểm tự chấm" in text(visits.as_(province.officer, province).get(url("dossier", dossier)))
    # Under QĐ 148 the commune has no such step: it helps its subject and reads along.
    old = accepted_dossier(city)
    assert "Tổng điểm tự chấm" in text(visits.as_(city.commune_officer, city).get(url("dossier", old)))


# ── nothing typed is lost ──


def test_a_refused_page_is_still_the_one_that_was_filled_in(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    client, address = visits.as_(owner(dossier), city), url("self-assessment", dossier)
    assert 'name="revision" value="0"' in text(client.get(address))
    client.post(url("self-assessment-save", dossier), {"choice-1.a": "1", "revision": "0"})  # elsewhere
    mine = {"choice-1.a": "2", "note-1.b": "x" * 2001, "revision": "0"}
    refused = client.post(address, mine)
    assert (refused.status_code, 'name="revision" value="0"' in text(refused)) == (422, True)
    stale = client.post(address, mine | {"note-1.b": "x"})
    assert (stale.status_code, 'name="revision" value="1"' in text(stale)) == (409, True)
    assert fresh(dossier).choices == {"1.a": 1}


def test_numbers_without_end_are_no_numbers(visits: Visits, city: World) -> None:
    dossier = draft_dossier(city)
    client, endless = visits.as_(owner(dossier), city), "9" * 5000
    save = url("self-assessment-save", dossier)
    assert client.post(save, {"choice-1.a": endless}).status_code == 422
    assert client.post(save, {"choice-1.a": "1", "revision": endless}).status_code == 200
    assert client.get(reverse("dossiers:list"), {"dot": endless, "truoc": endless}).status_code == 200
