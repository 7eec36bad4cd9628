"""The rule book's pages: open to everybody, two queries, doubts shown at their place."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def page(client, name, *args):
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_the_book_lists_regimes_and_their_sets(client, django_assert_num_queries):
    with django_assert_num_queries(2):
        html = page(client, "rubric:book")
    assert html.index("QĐ 26/2026") < html.index("QĐ 148/2023") < html.index("QĐ 1048/2019")
    assert html.count("Chỉ để đọc, thiếu điểm") == 8
    assert html.count("Chấm điểm</span>") == 70


def test_a_search_narrows_the_sets(client):
    html = client.get(reverse("rubric:book"), {"q": "ruou trang"}).content.decode()
    assert "Rượu trắng" in html
    assert "Cây cảnh" not in html


def test_a_regime_tells_its_facts_with_article_and_mark(client):
    html = page(client, "regime:regime", "qd26-2026")
    for words in (
        "15 ngày làm việc",
        "Điều 7.2",
        "Bản sắc, trí tuệ địa phương",
        "nhận hồ sơ trước 30/4, đánh giá xong trước 30/6",
        "công nhận 3 sao, 4 sao",
        "từ 180 ngày trước khi hết hạn đến 120 ngày",
        "(mã tỉnh)-(mã xã)-(số thứ tự)-(năm)",
        "Mẫu 03",
        "Nguyên văn",
    ):
        assert words in html


@pytest.mark.parametrize(
    ("set_no", "words"),
    [
        (4, "Đã sửa: nguồn in 13, dùng 3"),
        (7, "phương án giống hệt ở 25 bộ khác là 2 điểm"),
        (16, "0 điểm thì dừng đánh giá"),
        (21, "Phương án do chúng tôi đặt"),
        (26, "Trường hợp 1"),
        (26, "Nghi ngờ: Tiêu đề phần A"),
    ],
)
def test_a_set_shows_its_doubts_and_gates(client, set_no, words):
    assert words in page(client, "rubric:set", "qd26-2026", set_no)


def test_a_doubt_stands_in_the_summary_and_at_its_place(client):
    html = page(client, "rubric:set", "qd26-2026", 4)
    assert html.count("Đã sửa: nguồn in 13, dùng 3") == 2
    assert html.index('href="#tieu-chi-7"') < html.index('id="tieu-chi-7"')


def test_an_incomplete_set_says_so_first(client):
    html = page(client, "rubric:set", "qd148-2023", 11)
    assert "Chưa đủ điểm, không dùng để chấm" in html
    assert "Phần C: các nhóm cộng lại được 32 điểm, phần in 35." in html


@pytest.mark.parametrize("address", ["/bo-tieu-chi/qd99/", "/bo-tieu-chi/qd26-2026/27/", "/bo-tieu-chi/qd99/1/"])
def test_what_is_not_published_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_no_inline_style_or_script(client):
    html = page(client, "rubric:set", "qd26-2026", 11)
    assert "style=" not in html
    assert "onclick=" not in html


def test_each_criterion_says_what_it_is_measured_by_or_why_it_is_not(client):
    html = page(client, "rubric:set", "qd26-2026", 6)
    assert "Tính từ số liệu, giấy tờ: lao động trong xã; lao động." in html
    assert "Luật in mức đúng 75 % ở cả hai phương án: tính phương án cao hơn." in html
    assert "Không đo được bằng số: Độc đáo, đặc trưng là nhận xét của Hội đồng." in html
    assert "nhiều nhất mức nào; Hội đồng xem thêm: hướng dẫn có đủ chi tiết, cụ thể không." in html
    assert html.count("Tính từ số liệu") + html.count("Không đo được bằng số") == 32


def test_a_law_that_is_only_read_measures_nothing(client):
    html = page(client, "rubric:set", "qd1048-2019", 6)
    assert "Tính từ số liệu" not in html
    assert "Quy định này chỉ để đọc" in html
