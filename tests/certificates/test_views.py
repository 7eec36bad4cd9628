"""The certificates' doors: who comes in, what is refused in which words, how many queries a list takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.states import Role
from ocop.certificates.models import Certificate, Decision
from tests.factories import person, unit
from tests.factories.certificates import (
    PRACTICE_DAY,
    certificates_of,
    draft,
    enter,
    entered_from_above,
    recognised_above,
    signed,
    waiting_results,
)
from tests.papers import reading

SIGNING = {
    "number": "15/QĐ-UBND",
    "decided_on": "20/09/2024",
    "signer_name": "Nguyễn Văn A",
    "signer_title": "Chủ tịch",
}


def get(client, name, *args, query=None, status=200, **headers):
    response = client.get(reverse(f"certificates:{name}", args=args), query or {}, **headers)
    assert response.status_code == status, response.content.decode()[:600]
    return response


def page(client, name, *args, **kwargs):
    return get(client, name, *args, **kwargs).content.decode()


def post(client, name, *args, data=None, status=302):
    response = client.post(reverse(f"certificates:{name}", args=args), data or {})
    assert response.status_code == status, response.content.decode()[:600]
    return response


# ── the register ──


def test_nobody_comes_in_without_signing_in(client, world):
    [issued] = certificates_of(signed(world))
    for name, args in (
        ("register", ()),
        ("decisions", ()),
        ("decision", (1,)),
        ("certificate", (issued.pk,)),
        ("certificate-paper", (issued.pk,)),
        ("dossier-panel", (issued.dossier_id,)),
    ):
        assert "/dang-nhap/" in get(client, name, *args, status=302)["Location"]


def test_the_register_shows_what_one_may_see(client, world):
    first, second = certificates_of(signed(world, 2))
    html = page(enter(client, first.product.subject.people.get()), "register")
    assert first.product_name in html
    assert second.number not in html
    assert "Còn hiệu lực" in html
    assert reverse("certificates:decisions") not in html


def test_the_register_is_searched_and_filtered(client, world):
    three, four = certificates_of(signed(world))[0], entered_from_above(world)
    enter(client, world.officer)
    assert four.number not in page(client, "register", query={"sao": "3"})
    assert three.number not in page(client, "register", query={"q": "17/gcn-bg"})
    assert "Không có giấy chứng nhận nào khớp" in page(client, "register", query={"q": "khong co"})
    assert three.number in page(client, "register", query={"sao": "chin", "truoc": "-1", "q": ""})


def test_an_empty_register_says_what_fills_it(client, world):
    assert "Khi quyết định công nhận được ký" in page(enter(client, world.officer), "register")


def test_the_register_is_read_on_from_the_last_row(client, world, monkeypatch):
    monkeypatch.setattr("ocop.core.pages.PAGE_ROWS", 2)
    issued = certificates_of(signed(world, 3))
    enter(client, world.officer)
    assert f"truoc={issued[1].pk}" in page(client, "register")
    html = page(client, "register", query={"truoc": issued[1].pk})
    assert issued[0].number in html
    assert issued[1].number not in html


@pytest.mark.parametrize("name", ["register", "decisions"])
def test_lists_take_as_many_queries_for_one_row_as_for_three(client, world, name, django_assert_num_queries):
    def fill(count, number):
        signed(world, count, number=number)
        draft(world, count)
        waiting_results(world, count)
        for _ in range(count):
            recognised_above(world)

    enter(client, world.officer)
    fill(1, "1/QĐ-UBND")
    get(client, name)
    with CaptureQueriesContext(connection) as one:
        get(client, name)
    fill(2, "2/QĐ-UBND")
    with django_assert_num_queries(len(one)):
        get(client, name)


def test_a_decision_takes_as_many_queries_for_one_product_as_for_three(client, world, django_assert_num_queries):
    one, three = signed(world, 1), signed(world, 3, number="2/QĐ-UBND")
    enter(client, world.leader)
    get(client, "decision", one.pk)
    with CaptureQueriesContext(connection) as queries:
        get(client, "decision", one.pk)
    with django_assert_num_queries(len(queries)):
        get(client, "decision", three.pk)


# ── one certificate ──


def test_a_certificate_tells_its_facts_and_leads_to_the_public_page(client, world):
    [issued] = certificates_of(signed(world))
    html = page(enter(client, issued.product.subject.people.get()), "certificate", issued.pk)
    for words in (
        issued.number,
        issued.product_code,
        "3163/QĐ-UBND",
        "16/09/2027",
        f"/xac-minh/{issued.code}/",
        "<svg",
    ):
        assert words in html
    assert "Cấp giấy chứng nhận" in html
    assert "nộp phiếu" not in html.lower()


def test_a_certificate_of_the_level_above_says_where_its_paper_is(client, world):
    entered = entered_from_above(world)
    enter(client, world.officer)
    assert "Giấy do cấp trên cấp" in page(client, "certificate", entered.pk)
    get(client, "certificate-paper", entered.pk, status=404)


def test_the_printed_certificate(client, world):
    [issued] = certificates_of(signed(world))
    enter(client, issued.product.subject.people.get())
    response = get(client, "certificate-paper", issued.pk)
    pdf = b"".join(response.streaming_content)
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert issued.number in reading.text(pdf)


def test_a_stranger_finds_neither_certificate_nor_paper(client, world):
    [issued] = certificates_of(signed(world))
    enter(client, person("", Role.COMMUNE_OFFICER, unit("Phường Mỹ Độ")))
    get(client, "certificate", issued.pk, status=404)
    assert "không thuộc phần việc của bạn" in page(client, "certificate-paper", issued.pk, status=403)


# ── drafting ──


def test_the_lead_office_drafts_out_of_what_waits(client, world):
    kept, left = waiting_results(world, 2)
    enter(client, world.officer)
    html = page(client, "decisions")
    assert html.count('name="results"') == 2
    response = post(client, "prepare", world.batch.pk, data={"results": [kept.pk]})
    made = Decision.objects.get()
    assert response["Location"] == reverse("certificates:decision", args=[made.pk])
    assert page(client, "decisions").count('name="results"') == 1
    assert left.hearing.dossier.registration.product.name in page(client, "decisions")


def test_a_draft_without_a_product_is_refused_in_words(client, world):
    waiting_results(world)
    enter(client, world.officer)
    html = post(client, "prepare", world.batch.pk, status=422).content.decode()
    assert "Chọn ít nhất một sản phẩm" in html
    assert "checked" not in html
    assert not Decision.objects.exists()


def test_a_product_drafted_meanwhile_is_refused_and_the_ticks_stay(client, world):
    taken, mine = waiting_results(world, 2)
    enter(client, world.officer)
    post(client, "prepare", world.batch.pk, data={"results": [taken.pk]})
    html = post(client, "prepare", world.batch.pk, data={"results": [taken.pk, mine.pk]}, status=422).content.decode()
    assert "không còn chờ quyết định" in html
    assert f'value="{mine.pk}" checked' in html
    html = post(client, "prepare", world.batch.pk, data={"results": ["abc"]}, status=422).content.decode()
    assert "không còn chờ quyết định" in html
    assert Decision.objects.count() == 1


def test_a_draft_of_a_batch_with_nothing_left_says_so(client, world):
    [result] = waiting_results(world)
    enter(client, world.officer)
    post(client, "prepare", world.batch.pk, data={"results": [result.pk]})
    html = post(client, "prepare", world.batch.pk, data={"results": [result.pk]}, status=422).content.decode()
    assert "có người đã đưa vào dự thảo khác" in html


def test_signs_that_no_font_has_break_neither_draft_nor_signing(client, world):
    [result] = waiting_results(world)
    product = result.hearing.dossier.registration.product
    type(product).objects.filter(pk=product.pk).update(name="Mật ong 🍯 hoa vải")
    enter(client, world.officer)
    post(client, "prepare", world.batch.pk, data={"results": [result.pk]})
    made = Decision.objects.get()
    assert "Mật ong" in reading.text(get(client, "decision-paper", made.pk).content)
    enter(client, world.leader)
    post(client, "sign", made.pk, data=SIGNING | {"line_count": "1"})
    assert Certificate.objects.get().product_name == "Mật ong 🍯 hoa vải"


def test_the_draft_is_previewed_without_number(client, world):
    made = draft(world)
    response = get(enter(client, world.leader), "decision-paper", made.pk)
    printed = reading.text(response.content)
    assert "DỰ THẢO" in printed
    assert "Số: ......./QĐ-UBND" in printed
    assert "62,00" in page(client, "decision", made.pk)


def test_a_draft_is_discarded_by_the_lead_office(client, world):
    made = draft(world)
    assert "Bỏ dự thảo" in page(enter(client, world.officer), "decision", made.pk)
    post(client, "discard", made.pk)
    assert not Decision.objects.exists()


def test_a_signed_decision_is_not_discarded(client, world):
    made = signed(world)
    enter(client, world.officer)
    response = client.post(reverse("certificates:discard", args=[made.pk]), follow=True)
    assert "đã ký, không bỏ được" in response.content.decode()
    assert Decision.objects.exists()


# ── signing ──


def test_a_leader_signs_with_the_form_filled_from_the_grant(client, world):
    made = draft(world, 2)
    html = page(enter(client, world.leader), "decision", made.pk)
    assert 'value="Nguyễn Văn Lãnh Đạo"' in html
    assert 'value="Phó Chủ tịch UBND"' in html
    assert f'value="{PRACTICE_DAY:%d/%m/%Y}"' in html
    post(client, "sign", made.pk, data=SIGNING | {"line_count": "2"})
    assert Certificate.objects.count() == 2
    html = page(client, "decision", made.pk)
    assert "Quyết định 15/QĐ-UBND" in html
    assert "01/2024/GCN-OCOP" in html
    assert "Ký và cấp" not in html
    pdf = b"".join(get(client, "decision-paper", made.pk).streaming_content)
    assert "15/QĐ-UBND" in reading.text(pdf)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"line_count": "5"}, "Dự thảo có 1 sản phẩm, bạn nhập 5"),
        ({"line_count": "một"}, "Ghi bằng chữ số."),
        ({"number": ""}, "Chưa điền mục này."),
        ({"number": "3163/QĐ-UBND"}, "đã dùng cho một quyết định khác"),
        ({"decided_on": "21/09/2024"}, "không được sau hôm nay"),
        ({"decided_on": "15/09/2024"}, "không được trước ngày soạn"),
        ({"decided_on": "hôm nay"}, "Ghi ngày dạng"),
    ],
)
def test_a_wrong_signature_is_refused_at_its_field_and_nothing_typed_is_lost(client, world, changes, words):
    signed(world)
    made = draft(world)
    enter(client, world.leader)
    data = SIGNING | {"signer_name": "Ông Ký Thay", "line_count": "1"} | changes
    html = post(client, "sign", made.pk, data=data, status=422).content.decode()
    assert words in html
    assert 'value="Ông Ký Thay"' in html
    assert Certificate.objects.count() == 1


def test_only_a_leader_signs_and_only_the_lead_office_drafts(client, world):
    made = draft(world)
    enter(client, world.officer)
    assert "Ký và cấp" not in page(client, "decision", made.pk)
    assert "lãnh đạo đơn vị" in post(client, "sign", made.pk, data=SIGNING, status=403).content.decode()
    enter(client, world.leader)
    assert "Bỏ dự thảo" not in page(client, "decision", made.pk)
    post(client, "discard", made.pk, status=403)
    post(client, "prepare", world.batch.pk, status=403)
    assert 'name="results"' not in page(client, "decisions")


def test_other_roles_and_other_units_stay_outside(client, world):
    made, result = draft(world), recognised_above(world)
    enter(client, world.commune_officer)
    for name, args in (("decisions", ()), ("decision", (made.pk,)), ("enter-higher", (result.pk,))):
        get(client, name, *args, status=403)
    province = world.unit.parent
    enter(client, person("", Role.LEAD_OFFICER, province))
    get(client, "decision", made.pk, status=404)
    get(client, "enter-higher", result.pk, status=404)
    post(client, "discard", made.pk, status=404)
    post(client, "prepare", world.batch.pk, status=403)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("name", ["prepare", "sign", "discard"])
def test_acts_are_posted(client, world, name):
    made = draft(world)
    enter(client, world.leader if name == "sign" else world.officer)
    get(client, name, world.batch.pk if name == "prepare" else made.pk, status=405)


# ── the level above ──


def test_a_certificate_of_the_level_above_is_entered(client, world):
    result = recognised_above(world)
    enter(client, world.officer)
    assert reverse("certificates:enter-higher", args=[result.pk]) in page(client, "decisions")
    assert "Ủy ban nhân dân tỉnh Bắc Giang" in page(client, "enter-higher", result.pk)
    html = post(client, "enter-higher", result.pk, data={"number": " "}, status=422).content.decode()
    assert "Chưa điền mục này." in html
    post(client, "enter-higher", result.pk, data={"number": "17/GCN-BG"})
    entered = Certificate.objects.get()
    assert "17/GCN-BG" in page(client, "certificate", entered.pk)
    get(client, "enter-higher", result.pk, status=404)


def test_a_number_entered_twice_is_refused_at_its_field(client, world):
    entered_from_above(world)
    result = recognised_above(world)
    enter(client, world.officer)
    html = post(client, "enter-higher", result.pk, data={"number": "17/GCN-BG"}, status=422).content.decode()
    assert "đã có trong sổ" in html
    assert 'value="17/GCN-BG"' in html


# ── the window on the dossier's page ──


def test_the_window_shows_each_person_what_concerns_them(client, world):
    made = draft(world)
    dossier = made.lines.get().dossier
    owner = dossier.registration.product.subject.people.get()
    window = {"HTTP_HX_REQUEST": "true"}
    assert "Dự thảo, chờ lãnh đạo ký" in page(enter(client, world.officer), "dossier-panel", dossier.pk, **window)
    assert page(enter(client, owner), "dossier-panel", dossier.pk, **window).strip() == ""
    assert "Chưa có quyết định" in page(client, "dossier-panel", dossier.pk)
    [issued] = certificates_of(signed(world))
    enter(client, issued.product.subject.people.get())
    html = page(client, "dossier-panel", issued.dossier_id, **window)
    assert issued.number in html
    assert "<html" not in html
    enter(client, person("", Role.COMMUNE_OFFICER, unit("Phường Mỹ Độ")))
    get(client, "dossier-panel", issued.dossier_id, status=404, **window)
