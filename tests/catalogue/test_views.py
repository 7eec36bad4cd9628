"""The public side: anybody, no cookie, no script needed, the real day, and words that say what to do."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from ocop.core.codes import check_sign, shown_code
from tests.factories.certificates import PRACTICE_DAY, certificates_of, enter, entered_from_above, signed

PUBLIC = ("/", "/xac-minh/", "/xac-minh/?ma=khong-co", "/xac-minh/khong-co/")


@pytest.fixture
def on_day(monkeypatch):
    def set_day(day):
        moment = datetime(day.year, day.month, day.day, 2, 15, tzinfo=UTC)
        monkeypatch.setattr("ocop.catalogue.views.now", lambda: moment)
        monkeypatch.setattr("ocop.catalogue.api.now", lambda: moment)

    return set_day


def page_of(certificate):
    return reverse("catalogue:check-certificate", args=[certificate.code])


@pytest.mark.parametrize("address", PUBLIC)
def test_anybody_comes_in_and_no_cookie_is_set(client, world, address):
    response = client.get(address)
    assert response.status_code == (404 if "khong-co" in address else 200)
    assert not response.cookies
    assert 'name="ma"' in response.content.decode()


def test_the_front_page_shows_the_latest_products_and_the_way_in(client, world):
    [issued] = certificates_of(signed(world))
    html = client.get("/").content.decode()
    assert issued.product_name in html
    assert page_of(issued) in html
    assert reverse("accounts:sign-in") in html


def test_an_empty_front_page_says_when_products_come(client, db):
    assert "ngay khi quyết định công nhận được ký" in client.get("/").content.decode()


def test_who_has_signed_in_goes_on_to_the_days_work(client, world):
    response = enter(client, world.officer).get("/")
    assert response.status_code == 302
    assert response["Location"] == reverse("desk:today")


def test_the_front_page_takes_as_many_queries_for_one_product_as_for_three(client, world, django_assert_num_queries):
    signed(world)
    client.get("/")
    with django_assert_num_queries(1):
        client.get("/")
    signed(world, 2, number="2/QĐ-UBND")
    with django_assert_num_queries(1):
        client.get("/")


@pytest.mark.parametrize("way", ["{code}", "{dashed}", "{lower}", "{number}", "https://a.vn/xac-minh/{code}/"])
def test_whatever_names_a_certificate_leads_to_its_page(client, world, way):
    [issued] = certificates_of(signed(world))
    dashed = shown_code(issued.code)
    typed = way.format(code=issued.code, dashed=dashed, lower=dashed.lower(), number=issued.number)
    response = client.get("/xac-minh/", {"ma": typed})
    assert (response.status_code, response["Location"]) == (302, page_of(issued))


def test_a_number_of_two_authorities_is_left_to_the_reader(client, world):
    [own] = certificates_of(signed(world))
    above = entered_from_above(world, number=own.number)
    html = client.get("/xac-minh/", {"ma": own.number}).content.decode()
    assert page_of(own) in html
    assert page_of(above) in html


def test_the_code_in_another_dress_is_sent_to_its_stored_form(client, world):
    [issued] = certificates_of(signed(world))
    response = client.get(f"/xac-minh/{shown_code(issued.code).lower()}/")
    assert (response.status_code, response["Location"]) == (301, page_of(issued))


def test_the_answer_in_big_words_with_everything_to_compare(client, world, on_day):
    [issued] = certificates_of(signed(world))
    on_day(PRACTICE_DAY)
    html = client.get(page_of(issued)).content.decode()
    assert re.search(r'class="verdict verdict--good".*?CÒN HIỆU LỰC', html, re.DOTALL)
    for words in (
        "Tính đến 20/09/2024 09:15",
        "đến hết ngày 16/09/2027",
        issued.product_name,
        issued.set_name,
        issued.product_code,
        issued.subject_name,
        f"{issued.address}, {issued.unit_name}",
        issued.number,
        "3163/QĐ-UBND, ngày 16/09/2024",
        "Ủy ban nhân dân thành phố Bắc Giang",
        "3 sao",
        shown_code(issued.code),
    ):
        assert words in html


@pytest.mark.parametrize(
    ("shift", "tone", "words", "note"),
    [
        (1, "bad", "HẾT HẠN", "từ sau ngày 16/09/2027"),
        (-2000, "neutral", "CHƯA CÓ HIỆU LỰC", "có hiệu lực từ 16/09/2024"),
    ],
)
def test_a_certificate_that_does_not_hold(client, world, on_day, shift, tone, words, note):
    [issued] = certificates_of(signed(world))
    on_day(issued.valid_to.fromordinal(issued.valid_to.toordinal() + shift))
    html = client.get(page_of(issued)).content.decode()
    assert f"verdict--{tone}" in html
    assert words in html
    assert note in html


def test_the_answer_goes_by_the_real_day_whoever_asks(client, world, on_day):
    [issued] = certificates_of(signed(world))
    on_day(issued.valid_to.replace(year=2030))
    assert "HẾT HẠN" in enter(client, world.officer).get(page_of(issued)).content.decode()


def test_a_mistyped_code_is_told_from_one_that_nobody_gave(client, world):
    mistyped = client.get("/xac-minh/7K3M9QXT2FU/")
    assert mistyped.status_code == 404
    assert "Trong mã không có chữ I, L, O, U" in mistyped.content.decode()
    body = "7K3M9QXT2F"
    unknown = client.get(f"/xac-minh/{body}{check_sign(body)}/")
    assert unknown.status_code == 404
    assert "đúng dạng nhưng không có trong sổ" in unknown.content.decode()
    assert 'name="ma"' in unknown.content.decode()


@pytest.mark.parametrize("typed", ["a" * 301, "<script>alert(1)</script>", "%", "١٢٣"])
def test_nonsense_is_not_found_and_harms_nothing(client, world, typed):
    response = client.get("/xac-minh/", {"ma": typed})
    assert response.status_code == 404
    assert "<script>alert" not in response.content.decode()


def test_a_cache_may_keep_the_answer_for_a_minute(client, world, on_day):
    [issued] = certificates_of(signed(world))
    on_day(PRACTICE_DAY)
    response = client.get(page_of(issued))
    assert response["Cache-Control"] == "max-age=60"
    assert "Cookie" in response["Vary"]
    again = client.get(page_of(issued), headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


def test_the_public_page_is_light(client, world):
    [issued] = certificates_of(signed(world))
    response = client.get(page_of(issued))
    assert len(response.content) < 12_000
    html = response.content.decode()
    assert "htmx" not in html.replace("htmx-config", "")
    assert "score-sheet" not in html


def test_only_reading(client, world):
    assert client.post("/xac-minh/").status_code == 405
    assert client.head("/").status_code == 200
