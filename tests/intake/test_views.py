"""The desks' pages: who gets in, what they say, what a refusal keeps on the screen."""

from __future__ import annotations

import html
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.audit.models import LedgerEntry
from ocop.dossiers.actions import add_evidence, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.states import DossierState
from ocop.intake.actions import finish_assessment
from ocop.intake.models import FieldNote
from ocop.intake.views import assessing
from tests.factories import (
    World,
    accepted_dossier,
    city_2024,
    draft_dossier,
    fill_in,
    person,
    photo,
    province_2026,
    submitted_dossier,
)
from tests.factories.dossiers import Visits, owner
from tests.factories.intake import FOUND, at_the_province, noted, received
from tests.factories.world import PASSWORD
from tests.papers import reading

pytestmark = pytest.mark.django_db


def url(name: str, dossier: Dossier, *more: Any) -> str:
    return reverse(f"intake:{name}", args=[dossier.pk, *more])


def page_of(dossier: Dossier) -> str:
    return reverse("dossiers:dossier", args=[dossier.pk])


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.parametrize(("make", "page"), [(city_2024, "check"), (province_2026, "assess")])
def test_the_regime_chooses_the_page_of_the_step(visits: Visits, make: Any, page: str) -> None:
    world = make()
    dossier = submitted_dossier(world)
    does = world.officer if page == "check" else world.commune_officer
    client, other = visits.as_(does, world), "assess" if page == "check" else "check"
    assert client.get(url("step", dossier))["Location"] == url(page, dossier)
    assert client.get(url(other, dossier))["Location"] == url("step", dossier)
    assert client.get(url(page, dossier)).status_code == 200
    assert visits.as_(world.leader, world).get(url(page, dossier)).status_code == 403
    assert visits.as_(owner(dossier), world).post(url(page, dossier), {"act": "pass"}).status_code == 403


def test_a_check_ends_well(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city, target_star=5, total=20)
    client = visits.as_(city.officer, city)
    assert "dưới mức tối thiểu của hạng đăng ký" in text(client.get(url("check", dossier)))
    assert client.post(url("check", dossier), {"act": "pass", "note": "Đủ."})["Location"] == page_of(dossier)
    assert fresh(dossier).state == DossierState.ACCEPTED
    assert client.get(url("step", dossier))["Location"] == page_of(dossier)
    late = client.post(url("check", dossier), {"act": "pass"})
    assert late.status_code == 409
    assert "chưa được ghi" in text(late)


def test_a_refused_return_keeps_every_row(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city)
    client, address = visits.as_(city.officer, city), url("check", dossier)
    assert text(client.get(address)).count("data-row>") == 5
    rows = {"act": "return", "what": ["Nhãn", "Phiếu"], "reason": ["Ảnh mờ.", ""], "example": ["Rõ", "Còn hạn"]}
    for until, words in (
        ("", "Chưa điền mục này."),
        ("mai", "Ghi ngày dạng"),
        ("30/09/2024", "Ghi rõ thiếu gì, vì sao"),
    ):
        response = client.post(address, {**rows, "answer_by": until, "note": "Gọi lại"})
        assert response.status_code == 422
        for kept in (words, 'value="Nhãn"', 'value="Phiếu"', "Ảnh mờ.", "Gọi lại"):
            assert kept in text(response)
    for bare in ("Còn thiếu.", "chưa đúng:"):
        rows["reason"] = ["Ảnh mờ.", bare]
        assert "Ghi rõ thiếu gì, vì sao" in text(client.post(address, {**rows, "answer_by": "30/09/2024"}))
    rows["reason"] = ["Ảnh mờ.", "Hết hạn."]
    bare_example = {**rows, "answer_by": "30/09/2024", "example": ["Chụp thẳng", ""]}
    assert "Ghi một ví dụ" in text(client.post(address, bare_example))
    assert not dossier.findings.exists()
    assert client.post(address, {**rows, "answer_by": "30/09/2024"}).status_code == 302
    assert fresh(dossier).state == DossierState.RETURNED
    assert [item["what"] for item in dossier.findings.get().items] == ["Nhãn", "Phiếu"]


def test_the_commune_finds_without_any_score_and_prints_its_report(visits: Visits, province: World) -> None:
    dossier = fill_in(draft_dossier(province, name="Rượu nếp Đa Mai"), province)
    by = owner(dossier)
    upload = photo(colour=(10, 200, 10))
    add_evidence(dossier=dossier, upload=upload, title="Ảnh ruộng lúa", cites=["1.1"], by=by, at=province.at)
    visits.as_(by, province).post(reverse("dossiers:submit", args=[dossier.pk]), {"da-xem": "1"})
    client, address = visits.as_(province.commune_officer, province), url("assess", dossier)
    page = text(client.get(address))
    for words in ("Nguồn gốc ý tưởng", "Bản sắc, trí tuệ địa phương", "Ảnh ruộng lúa", "Chủ thể trình bày"):
        assert words in page
    for words in ("Tổng điểm", " điểm)", 'class="stars', "Dự báo", "tối thiểu cho", "Hạng sao", "đăng ký 3 sao"):
        assert words not in page
    assert client.get(url("report", dossier, "mau-03", "pdf")).status_code == 200  # a draft, for whoever writes it
    assert visits.as_(by, province).get(url("report", dossier, "mau-03", "pdf")).status_code == 404
    client = visits.as_(province.commune_officer, province)
    finds = {f"content-{code}": f"Nhận xét {code}." for code in ("origin", "labour", "idea")}
    response = client.post(address, {"act": "pass", **finds})
    assert response.status_code == 422
    assert "Nhận xét labour." in text(response)
    assert client.post(address, {"act": "pass", **finds, "content-identity": "Có."}).status_code == 302
    assert fresh(dossier).step == "completeness"
    report = client.get(url("report", dossier, "mau-03", "pdf"))
    assert report["Content-Type"] == "application/pdf"
    assert report.content.startswith(b"%PDF")
    assert "In: Mẫu 03" in text(client.get(url("dossier-panel", dossier)))


def test_the_commune_may_send_back(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    client = visits.as_(province.commune_officer, province)
    sent = {"act": "return", "what": ["Giấy"], "reason": ["Thiếu tờ hai."], "answer_by": "20/10/2026"}
    assert "Ghi một ví dụ" in text(client.post(url("assess", dossier), sent))
    sent["example"] = ["Đủ hai tờ"]
    assert client.post(url("assess", dossier), sent).status_code == 302
    assert fresh(dossier).state == DossierState.RETURNED


def test_a_stale_check_form_gives_back_what_was_typed(visits: Visits, city: World) -> None:
    dossier = accepted_dossier(city)
    typed = {"act": "return", "what": "Phiếu kiểm nghiệm", "reason": "Đã quá hạn", "note": "Chụp lại bằng điện thoại"}
    answer = visits.as_(city.officer, city).post(url("check", dossier), typed)
    assert answer.status_code == 409
    page = text(answer)
    for words in ("chưa được ghi", "Phiếu kiểm nghiệm", "Đã quá hạn", "Chụp lại bằng điện thoại"):
        assert words in page


def test_every_row_and_word_of_a_refused_return_stays(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city)
    things = [f"Mục {number}" for number in range(9)]
    reasons = [f"Lý do {number}" for number in range(8)] + ["x" * 1001]
    sent = {"act": "return", "what": things, "reason": reasons, "answer_by": "31/12/9999", "note": "Nhắn thêm"}
    sent["example"] = ["Như mẫu"] * 9
    client = visits.as_(city.officer, city)
    for answer_by, words in (("31/12/9999", "Năm phải từ 1990 đến 2100"), ("27/09/2024", "dài 1001 chữ cái")):
        response = client.post(url("check", dossier), sent | {"answer_by": answer_by})
        assert response.status_code == 422
        page = text(response)
        for words_typed in (*things, *reasons, answer_by, "Nhắn thêm", words):
            assert words_typed in page
    assert not dossier.findings.exists()


def test_signs_that_no_font_has_do_not_break_the_commune_s_report(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    client = visits.as_(province.commune_officer, province)
    finds = {f"content-{code}": "Tốt 😀🍯" for code in ("origin", "labour", "idea", "identity")}
    assert client.post(url("assess", dossier), {"act": "pass", **finds}).status_code == 302
    report = client.get(url("report", dossier, "mau-03", "pdf"))
    assert (report.status_code, report.content[:4]) == (200, b"%PDF")


# ── receiving ──


def test_the_slip_is_printed_with_its_number(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    client, address = visits.as_(province.commune_officer, province), url("receive", dossier)
    assert "còn 15 ngày làm việc" in text(client.get(url("assess", dossier)))
    refused = client.post(address, {"paper_on": "06/10/2026", "samples": "5", "handed_by": "Chị Hoa"})
    assert refused.status_code == 422
    for words in ("không thể sau hôm nay", "06/10/2026", "Chị Hoa"):
        assert words in text(refused)
    sent = {"paper_on": "05/10/2026", "samples": "5", "handed_by": "Chị Hoa"}
    assert client.post(address, sent)["Location"] == url("step", dossier)
    number = f"01/PĐK-24-{province.commune.code}-2026"
    assert number in text(client.get(url("assess", dossier)))
    slip = client.get(url("slip", dossier, "local_assessment", "pdf"))
    assert number in reading.text(slip.content)
    assert "Chị Hoa" in reading.text(slip.content)
    assert client.get(url("slip", dossier, "local_assessment", "docx")).content.startswith(b"PK")
    assert client.get(url("slip", dossier, "completeness", "pdf")).status_code == 404
    panel = text(visits.as_(owner(dossier), province).get(url("dossier-panel", dossier)))
    assert number in panel


# ── notes from a device ──


def sent_note(content: str = "idea", said: str = "Có.", revision: int = 0, key: str = "") -> dict[str, Any]:
    return {"content": content, "text": said, "revision": revision, "key": key or str(uuid4()), "noted_at": "không rõ"}


def test_a_device_sends_note_by_note(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    client, address = visits.as_(province.commune_officer, province), url("assess-save", dossier)
    note = sent_note() | {"latitude": "21.27340", "longitude": "999"}
    for _ in range(2):
        assert client.post(address, note).json()["revision"] == 1
    assert client.post(address, sent_note(said="Khác.")).status_code == 409
    assert client.post(address, sent_note(said="Khác.")).json()["theirs"]["text"] == "Có."
    assert client.post(address, {**sent_note(), "key": "x"}).status_code == 422
    assert client.post(address, sent_note("khac")).status_code == 422
    kept = FieldNote.objects.get()
    assert (str(kept.latitude), kept.longitude, kept.noted_at) == ("21.27340", None, None)
    photo_sent = client.post(address, {"content": "idea", "key": str(uuid4()), "photo": photo()}).json()
    assert client.get(photo_sent["url"])["Content-Type"].startswith("image/")
    assert visits.as_(owner(dossier), province).get(photo_sent["url"]).status_code == 404  # the desk's own, so far
    assert visits.as_(province.officer, province).post(address, sent_note()).status_code == 403
    client = visits.as_(province.commune_officer, province)
    client.post(photo_sent["remove_url"])
    done = accepted_dossier(province)
    assert client.post(url("assess-save", done), sent_note()).status_code == 410


def test_the_whole_form_saves_without_a_script(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    client, address = visits.as_(province.commune_officer, province), url("assess", dossier)
    sent = {
        "act": "save",
        "content-idea": "Có.",
        "verdict-idea": "partly",
        "photos-idea": [photo()],
        "camera-idea": [photo()],
    }
    assert client.post(address, sent)["Location"] == address
    page = text(client.get(address))
    assert page.count("photos__item") == 2
    assert 'name="revision-idea" value="1"' in page
    mine = {"act": "pass", "content-idea": "Bản của tôi.", "revision-idea": "0", "report_number": "7/BC"}
    answer = client.post(address, mine)
    assert answer.status_code == 409
    for words in ("Có hai bản khác nhau", "Bản của tôi.", "Có.", "7/BC", 'name="revision-idea" value="1"'):
        assert words in text(answer)
    returned = {"act": "return", "what": ["Giấy"], "reason": [""], "answer_by": "20/10/2026", "content-idea": "Giữ lại"}
    answer = client.post(address, returned)
    assert answer.status_code == 422
    for words in ("Giữ lại", 'value="Giấy"', "Ghi rõ thiếu gì, vì sao"):
        assert words in text(answer)


def test_a_finish_sent_again_is_told_as_done(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    noted(dossier, province)
    client, address = visits.as_(province.commune_officer, province), url("assess", dossier)
    for _ in range(2):
        answer = client.post(address, {"act": "pass"}, headers={"accept": "application/json"})
        assert answer.json() == {"url": page_of(dossier)}
    assert dossier.findings.count() == 1
    empty = url("assess", submitted_dossier(province))
    refused = client.post(empty, {"act": "pass"}, headers={"accept": "application/json"})
    assert refused.status_code == 422
    assert "Chưa ghi nhận xét" in refused.json()["message"]


def test_the_report_quotes_statement_and_finding(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    noted(dossier, province)
    client = visits.as_(province.commune_officer, province)
    client.post(url("assess", dossier), {"act": "pass", "report_number": "12/BC-UBND", "letter_number": "34/UBND-KT"})
    report = reading.text(client.get(url("report", dossier, "mau-03", "pdf")).content)
    for words in ("Mẫu số 03", "12/BC-UBND", FOUND, "Có sử dụng", province.commune.lower_name):
        assert words.lower() in report.lower()
    letter = reading.text(client.get(url("report", dossier, "proposal", "pdf")).content)
    assert "34/UBND-KT" in letter
    assert client.get(url("report", dossier, "proposal", "docx")).content.startswith(b"PK")
    assert client.get(url("report", dossier, "mau-01", "pdf")).status_code == 404
    before = LedgerEntry.objects.filter(act="read_personal").count()
    assert client.post(url("report", dossier, "mau-03", "pdf")).content.startswith(b"%PDF")
    assert LedgerEntry.objects.filter(act="read_personal").count() == before + 1
    assert client.post(url("numbers", dossier), {"report_number": "13/BC-UBND"}).status_code == 302
    assert "13/BC-UBND" in reading.text(client.get(url("report", dossier, "mau-03", "pdf")).content)
    assert visits.as_(province.officer, province).get(url("numbers", dossier)).status_code == 403


@pytest.mark.parametrize("make", [city_2024, province_2026])
def test_the_subject_s_form_comes_with_the_box_of_the_office_that_received(visits: Visits, make: Any) -> None:
    world = make()
    dossier = submitted_dossier(world)
    client = visits.as_(world.officer if make is city_2024 else world.commune_officer, world)
    code = "registration" if make is city_2024 else "mau-01"
    address = url("stamped", dossier, code, "pdf")
    assert client.get(address).status_code == 404
    receipt = received(dossier, world)
    for page in ("dossier-panel", "receive"):
        assert address in text(client.get(url(page, dossier)))
    words = reading.text(client.get(address).content)
    for told in (receipt.number, f"{receipt.paper_on:%d/%m/%Y}", dossier.registration.product.name):
        assert told in words
    assert client.get(url("stamped", dossier, code, "docx")).content.startswith(b"PK")
    assert client.get(url("stamped", dossier, "mau-03", "pdf")).status_code == 404
    assert visits.as_(person(), world).get(address).status_code == 404


# ── the check ──


def test_marks_become_one_drafted_request(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city)
    client, address = visits.as_(city.officer, city), url("check", dossier)
    first = "form:registration"
    sent = {"item": first, "mark": "missing", "note": "Thiếu chữ ký trang 2", "revision": 0}
    assert client.post(url("check-save", dossier), sent).json()["revision"] == 1
    page = text(client.get(address))
    assert "1 thiếu" in page
    assert "Thiếu chữ ký trang 2." in page.split('id="ket-luan"')[1]
    assert "30/09/2024" in page.split('id="ket-luan"')[1]  # ten working days from 16 September
    assert client.post(url("check-save", dossier), {**sent, "mark": "ok", "revision": 0}).status_code == 409
    answer = client.post(address, {"act": "pass", f"mark-{first}": "missing", f"note-{first}": "Thiếu chữ ký trang 2"})
    assert answer.status_code == 422
    assert "Còn 1 dòng Thiếu hoặc Sai" in text(answer)
    row = {"what": ["Phiếu"], "reason": ["Thiếu chữ ký."], "example": ["Xem mẫu"]}
    assert client.post(address, {"act": "return", "answer_by": "30/09/2024", **row}).status_code == 302
    assert dossier.findings.get().items == [{"what": "Phiếu", "reason": "Thiếu chữ ký.", "example": "Xem mẫu"}]
    assert client.post(url("check-save", dossier), sent).status_code == 410


def test_the_commune_s_own_papers_are_asked_of_the_commune(visits: Visits, province: World) -> None:
    dossier = at_the_province(province)
    client, address = visits.as_(province.officer, province), url("check", dossier)
    report = "form:mau-03"
    page = text(client.get(address))
    assert f"Do {province.commune} chuyển" in page
    sent = {"act": "return", "answer_by": "20/10/2026", f"mark-{report}": "missing", f"note-{report}": "Chưa đóng dấu"}
    answer = client.post(address, sent, follow=True)
    page = text(answer)
    for words in ("ở lại bước này", "Đã nhắn lúc", "Chưa đóng dấu.", province.commune.committee):
        assert words in page
    assert 'data-row-of="form:mau-03"' not in page
    assert fresh(dossier).step == "completeness"
    desk = text(visits.as_(province.commune_officer, province).get(reverse("desk:today")))
    assert "Bổ sung giấy tờ của xã, phường" in desk


def test_marks_are_for_the_step_s_officer(visits: Visits, city: World) -> None:
    dossier = submitted_dossier(city)
    sent = {"item": "form:registration", "mark": "ok"}
    assert visits.as_(owner(dossier), city).post(url("check-save", dossier), sent).status_code == 403
    assert visits.as_(person(), city).post(url("check-save", dossier), sent).status_code == 404


# ── how much a page asks ──


@pytest.mark.parametrize(
    ("make", "name"), [(city_2024, "check"), (province_2026, "assess"), (province_2026, "dossier-panel")]
)
def test_pages_ask_a_fixed_number_of_questions(visits: Visits, make: Any, name: str) -> None:
    world = make()
    counts = []
    for files in (1, 4):
        dossier = fill_in(draft_dossier(world), world)
        for _ in range(files):
            add_evidence(dossier=dossier, upload=photo(), title="Ảnh", by=owner(dossier), at=world.at)
        submit_dossier(dossier=dossier, by=owner(dossier), at=world.at)
        officer = world.officer if name == "check" else world.commune_officer
        client = visits.as_(officer, world)
        if name == "assess":
            for _ in range(files):
                client.post(url("assess-save", dossier), {"content": "idea", "key": str(uuid4()), "photo": photo()})
        client.get(url(name, dossier))  # the law is parsed once a process
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url(name, dossier)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ── without a line ──


def test_the_worker_and_the_session_are_for_every_device(visits: Visits, province: World) -> None:
    client = visits.as_(province.commune_officer, province)
    worker = client.get("/sw.js")
    assert worker["Content-Type"].startswith("text/javascript")
    assert worker["Service-Worker-Allowed"] == "/"
    told = client.get(reverse("intake:session")).json()
    assert told["user"] == province.commune_officer.pk
    assert told["token"]
    gone = client.post(reverse("accounts:sign-out"))
    assert gone["Clear-Site-Data"] == '"storage"'
    assert client.get(reverse("intake:session")).json()["user"] is None


# ── two finish at once ──


def test_whoever_loses_a_simultaneous_finish_reads_who_ended_the_step(
    visits: Visits, province: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = submitted_dossier(province)
    noted(dossier, province)
    colleague = person("Đỗ Thị Đồng Nghiệp", "commune_officer", province.commune)

    def meanwhile(*_: Any) -> None:
        finish_assessment(dossier=fresh(dossier), by=colleague, at=province.at)

    monkeypatch.setattr(assessing, "check_find", meanwhile)
    mine = {"act": "pass", "step": "local_assessment", "content-idea": "Bản của tôi.", "verdict-idea": "partly"}
    answer = visits.as_(province.commune_officer, province).post(url("assess", dossier), mine)
    assert answer.status_code == 409
    for words in ("đã xong, do <b>Đỗ Thị Đồng Nghiệp</b>", "Bản của tôi.", "chưa được ghi"):
        assert words in text(answer)
    assert "<li>partly</li>" not in text(answer)
    assert dossier.findings.count() == 1
    assert not FieldNote.objects.filter(text="Bản của tôi.").exists()


def test_a_form_opened_at_an_earlier_step_is_given_back(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    client = visits.as_(province.commune_officer, province)
    assert 'name="step" value="local_assessment"' in text(client.get(url("receive", dossier)))
    noted(dossier, province)
    finish_assessment(dossier=fresh(dossier), by=province.commune_officer, at=province.at)
    late = {"step": "local_assessment", "handed_by": "Chị Hoa", "note": "Bộ giấy đủ"}
    answer = client.post(url("receive", dossier), late)
    assert answer.status_code == 409
    assert "Bộ giấy đủ" in text(answer)
    assert "local_assessment" not in text(answer)
    assert not dossier.receipts.exists()


# ── whose device it is ──


def test_a_page_says_who_holds_the_device_until_the_session_ends(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    client = visits.as_(province.commune_officer, province)
    client.logout()
    client.post(reverse("accounts:sign-in"), {"username": province.commune_officer.login, "password": PASSWORD})
    ends = client.session.get_expiry_date()
    client.get(url("check", dossier))
    assert client.session.get_expiry_date() == ends  # visits do not move it
    said = f'data-holder="{province.commune_officer.pk}" data-holder-until="{int(ends.timestamp())}"'
    assert said in text(client.get(url("assess", dossier)))
    client.logout()
    assert 'data-holder="" data-holder-until="0"' in text(client.get(reverse("accounts:sign-in")))
    assert "data-holder" not in text(client.get("/"))
