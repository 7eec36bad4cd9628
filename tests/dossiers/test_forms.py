"""A dossier's forms: filled from one place, frozen once handed in, personal lines for the subject's people only."""

from __future__ import annotations

import io

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.dossiers.actions import add_evidence, return_dossier, save_self_assessment, submit_dossier
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, form_values
from ocop.interview.actions import answer
from ocop.interview.queries import catalogue
from ocop.regime.forms import known_values
from ocop.registration.models import Subject
from tests.factories.cycle import accepted_dossier, draft_dossier, fill_in, fresh, photo, submitted_dossier
from tests.factories.dossiers import Visits, owner
from tests.factories.world import World, city_2024, province_2026
from tests.papers import reading

pytestmark = pytest.mark.django_db

# What the page of an idea, the receiving desks and the receipt add to what the dossier knows.
FROM_ELSEWHERE = (
    "idea.",
    "plan.",
    "slip.",
    "report.",
    "letter.",
    "commune.",
    "finding.",
    "receipt.",
    "tracking.",
    "submission.",
)


@pytest.fixture
def province() -> World:
    return province_2026()


@pytest.fixture
def city() -> World:
    return city_2024()


def page(dossier: Dossier) -> str:
    return reverse("dossiers:forms", args=[dossier.pk])


def file(dossier: Dossier, code: str, ending: str = "pdf") -> str:
    return reverse("dossiers:form", args=[dossier.pk, code, ending])


def said(dossier: Dossier, world: World, **values: object) -> None:
    product = dossier.registration.product
    answer(
        subject=product.subject,
        product=product,
        year=world.at.year,
        values=values,
        by=owner(dossier),
        at=world.at,
    )


# ── one place ───────────────────────────────────────────────────────────────────────────────


def test_every_value_a_dossier_s_form_may_show_is_given_by_it(province: World) -> None:
    dossier = accepted_dossier(province)
    given = set(form_values(dossier))
    wanted = {
        name
        for name, value in known_values().items()
        if not name.startswith(FROM_ELSEWHERE) and value.at != "interview"
    }
    assert wanted - given == set()


def test_every_answer_a_form_shows_is_asked_in_the_interview() -> None:
    for name, value in known_values().items():
        if name.startswith("answer."):
            assert catalogue().of(name.removeprefix("answer.")) is not None, name
            assert value.question == name.removeprefix("answer.").partition(".")[0]


def test_answers_are_printed_in_words_and_boxes_keep_their_choice(province: World) -> None:
    dossier = draft_dossier(province)
    said(dossier, province, has_declaration="yes", ip_rights=["trademark"], history="Từ năm 1990.")
    values = form_values(dossier)
    assert values["answer.history"] == "Từ năm 1990."
    assert values["answer.has_declaration"] is True
    assert values["answer.ip_rights"] == ["trademark"]


def test_no_intellectual_property_ticks_no_box(province: World) -> None:
    dossier = draft_dossier(province)
    said(dossier, province, ip_rights=["none"])
    assert form_values(dossier)["answer.ip_rights"] == []


def test_evidence_is_listed_in_the_order_of_the_criteria(province: World) -> None:
    dossier = draft_dossier(province)
    codes = list(criteria_of(dossier).criteria)
    for title, cites in (("Sau", [codes[5]]), ("Không viện dẫn", []), ("Trước", [codes[0], codes[5]])):
        add_evidence(dossier=dossier, upload=photo(), title=title, cites=cites, by=owner(dossier), at=province.at)
    values = form_values(dossier)
    assert [row["title"] for row in values["evidence"]] == ["Trước", "Sau", "Không viện dẫn"]
    told = {row["code"]: row["papers"] for part in values["parts"] for row in part["criteria"]}
    assert (told[codes[0]], told[codes[5]], told[codes[1]]) == ("1", "1, 2", "")


def test_points_are_told_only_when_every_criterion_is_answered(province: World) -> None:
    dossier = draft_dossier(province)
    first, second, *_ = criteria_of(dossier).criteria
    save_self_assessment(
        dossier=dossier, choices={first: 1, second: None}, explanations={}, by=owner(dossier), at=province.at
    )
    values = form_values(fresh(dossier))
    assert values["total.points"] == ""
    rows = values["parts"][0]["criteria"]
    assert rows[0]["choice"].endswith("điểm)")
    assert (rows[1]["choice"], rows[2]["choice"]) == ("Không có mức nào (0 điểm)", "")
    assert form_values(fill_in(dossier, province, total=60))["total.points"] == "60"


# ── frozen ──────────────────────────────────────────────────────────────────────────────────


def test_what_is_handed_in_is_printed_as_it_was(province: World) -> None:
    dossier = fill_in(draft_dossier(province), province)
    said(dossier, province, history="Như lúc nộp.")
    dossier = _hand_in(dossier, province)
    said(dossier, province, history="Đổi sau khi nộp.")
    Subject.objects.update(phone="0999999999")
    assert form_values(dossier)["answer.history"] == "Như lúc nộp."
    assert form_values(dossier)["submission.number"] == "1"
    assert form_values(fresh(dossier))["subject.phone"] != "0999999999"


def test_a_returned_dossier_is_printed_as_it_is_being_mended(province: World) -> None:
    dossier = _hand_in(fill_in(draft_dossier(province), province), province)
    return_dossier(
        dossier=dossier,
        items=[{"what": "Lịch sử", "reason": "Chưa ghi."}],
        answer_by=province.batch.closes_on,
        by=province.commune_officer,
        at=province.at,
    )
    said(dossier, province, history="Ghi thêm.")
    values = form_values(fresh(dossier))
    assert values["answer.history"] == "Ghi thêm."
    assert "submission.number" not in values


def _hand_in(dossier: Dossier, world: World) -> Dossier:
    submit_dossier(dossier=dossier, by=owner(dossier), at=world.at)
    return fresh(dossier)


# ── pages ───────────────────────────────────────────────────────────────────────────────────


def test_the_page_names_what_is_missing_and_where_it_is_asked(visits: Visits, province: World) -> None:
    dossier = draft_dossier(province)
    html = visits.as_(owner(dossier), province).get(page(dossier)).content.decode()
    for words in ("Mẫu 01. Phiếu đăng ký", "Mẫu 02. Báo cáo tự đánh giá", "Còn ", "Lịch sử hình thành"):
        assert words in html
    assert reverse("interview:card", args=[dossier.registration.product_id, "organisation"]) in html
    assert reverse("dossiers:self-assessment", args=[dossier.pk]) in html
    said(dossier, province, history="Từ năm 1990.")
    again = visits.as_(owner(dossier), province).get(page(dossier)).content.decode()
    assert "Lịch sử hình thành" not in again


def test_the_page_of_a_dossier_handed_in_says_which_content_is_printed(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    html = visits.as_(owner(dossier), province).get(page(dossier)).content.decode()
    assert "In theo hồ sơ đã nộp lần 1, nội dung đã khóa." in html
    assert "Còn " not in html


@pytest.mark.parametrize("world", ["city", "province"])
def test_every_form_on_the_page_opens_as_pdf_and_as_word(
    visits: Visits, world: str, request: pytest.FixtureRequest
) -> None:
    office: World = request.getfixturevalue(world)
    dossier = fill_in(draft_dossier(office), office)
    client = visits.as_(owner(dossier), office)
    rows = client.get(page(dossier)).context["rows"]
    assert len(rows) >= 2
    for row in rows:
        pdf = client.get(row["files"]["pdf"])
        assert (pdf.status_code, pdf["Content-Type"], pdf.content[:4]) == (200, "application/pdf", b"%PDF")
        assert pdf["Cache-Control"] == "private, no-store"
        word = client.get(row["files"]["docx"])
        assert word["Content-Disposition"].startswith("attachment;")
        assert docx.Document(io.BytesIO(word.content)).paragraphs
        assert dossier.registration.product.subject.name in reading.text(pdf.content)


def test_personal_lines_are_filled_for_the_subject_s_own_people_only(visits: Visits, province: World) -> None:
    dossier = fill_in(draft_dossier(province), province)
    said(dossier, province, rep_ethnicity="Sán Dìu")
    dossier = _hand_in(dossier, province)
    own = visits.as_(owner(dossier), province).get(file(dossier, "mau-02"))
    assert "Dân tộc: Sán Dìu" in reading.text(own.content)
    other = visits.as_(province.officer, province).get(file(dossier, "mau-02"))
    assert "Sán Dìu" not in reading.text(other.content)
    assert "Dân tộc: ...." in reading.text(other.content)


def test_whoever_assesses_without_points_does_not_print_them(visits: Visits, province: World) -> None:
    dossier = submitted_dossier(province)
    client = visits.as_(province.commune_officer, province)
    html = client.get(page(dossier)).content.decode()
    assert "cấp xã nhận xét nội dung, không xem điểm" in html
    assert "Mẫu 02" not in html
    assert client.get(file(dossier, "mau-02")).status_code == 404
    assert client.get(file(dossier, "mau-01")).status_code == 200


@pytest.mark.parametrize("code", ["mau-03", "proposal", "idea", "sheet", "khong-co"])
def test_forms_that_are_not_the_subject_s_have_no_address_here(visits: Visits, province: World, code: str) -> None:
    dossier = draft_dossier(province)
    assert visits.as_(owner(dossier), province).get(file(dossier, code)).status_code == 404


def test_strangers_see_no_form(visits: Visits, province: World) -> None:
    dossier, other = draft_dossier(province), draft_dossier(province)
    client = visits.as_(owner(other), province)
    for address in (page(dossier), file(dossier, "mau-01"), file(dossier, "mau-01", "docx")):
        assert client.get(address).status_code == 404


def test_the_page_costs_the_same_with_one_and_with_three_papers(visits: Visits, province: World) -> None:
    dossier = fill_in(draft_dossier(province), province)
    client = visits.as_(owner(dossier), province)
    client.get(page(dossier))
    with CaptureQueriesContext(connection) as one:
        client.get(page(dossier))
    for number in range(2):
        add_evidence(
            dossier=dossier, upload=photo(), title=f"Giấy {number}", cites=[], by=owner(dossier), at=province.at
        )
    with CaptureQueriesContext(connection) as three:
        client.get(page(dossier))
    assert len(three) == len(one)
