"""Programmes and batches on the screen."""

from datetime import date

import pytest
from django.urls import reverse

from ocop.accounts.states import Role
from ocop.planning.actions import open_batch
from ocop.planning.models import Batch, Programme
from ocop.regime.queries import current
from tests.factories import city_2024, enter, person, province_2026

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


@pytest.fixture
def lead(client, settings, world):
    return enter(client, settings, world.officer, world)


def test_programmes_with_their_batches(lead, world):
    html = lead.get(reverse("planning:programmes")).content.decode()
    for words in (
        "Chương trình OCOP thành phố Bắc Giang năm 2024",
        "Đợt 2",
        "Đang nhận hồ sơ",
        "còn 14 ngày",
        "QĐ 148/2023",
    ):
        assert words in html
    assert reverse("dossiers:board", args=[world.batch.pk]) in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_batch_and_three(lead, world, count, django_assert_num_queries):
    for number in range(3, 2 + count):
        open_batch(
            programme=world.batch.programme,
            number=number,
            name=f"Đợt {number}",
            opens_on=date(2024, 11, 1),
            closes_on=date(2024, 11, 30),
            by=world.officer,
            at=world.at,
        )
    lead.get(reverse("planning:programmes"))
    with django_assert_num_queries(5):
        assert lead.get(reverse("planning:programmes")).status_code == 200


def test_others_see_but_do_not_plan(client, settings, world):
    enter(client, settings, world.leader, world)
    html = client.get(reverse("planning:programme", args=[world.batch.programme_id])).content.decode()
    assert "Mở đợt mới" not in html
    assert "Đóng đợt" not in html
    for name, args in [
        ("planning:programme-new", []),
        ("planning:batch-new", [world.batch.programme_id]),
        ("planning:batch-close", [world.batch.pk]),
    ]:
        response = client.get(reverse(name, args=args))
        assert response.status_code == 403
        assert "cơ quan chủ trì OCOP" in response.content.decode()


def test_the_lead_office_below_does_not_plan_above(client, settings, world):
    ward = person("Cán bộ phường", Role.LEAD_OFFICER, world.commune)
    enter(client, settings, ward, world)
    assert client.get(reverse("planning:batch-new", args=[world.batch.programme_id])).status_code == 403
    assert client.post(reverse("planning:batch-close", args=[world.batch.pk])).status_code == 403


def test_a_programme_of_other_units_is_not_found(lead):
    other = province_2026()
    assert lead.get(reverse("planning:programme", args=[other.batch.programme_id])).status_code == 404
    assert lead.get(reverse("planning:batch-new", args=[other.batch.programme_id])).status_code == 404
    assert lead.get(reverse("planning:batch-close", args=[other.batch.pk])).status_code == 404


def asked(world, regime, **changes):
    return {
        "unit": world.unit.pk,
        "year": 2025,
        "title": "Chương trình OCOP năm 2025",
        "regime": current(regime).pk,
        "lead_office": "Phòng Kinh tế",
        **changes,
    }


def test_a_programme_under_the_law_of_the_day(lead, world):
    page = reverse("planning:programme-new")
    html = lead.get(page).content.decode()
    assert "QĐ 148/2023: đang có hiệu lực" in html
    assert "QĐ 26/2026: chưa có hiệu lực" in html
    assert "QĐ 1048/2019: đã hết hiệu lực" in html
    response = lead.post(page, asked(world, "qd148-2023"))
    assert response["Location"] == reverse("planning:programme", args=[Programme.objects.get(year=2025).pk])


def test_a_law_that_is_not_in_force_asks_for_a_tick(lead, world):
    page = reverse("planning:programme-new")
    response = lead.post(page, asked(world, "qd1048-2019"))
    assert response.status_code == 422
    assert "QĐ 1048/2019 không có hiệu lực hôm nay" in response.content.decode()
    assert 'value="Phòng Kinh tế"' in response.content.decode()
    assert not Programme.objects.filter(year=2025).exists()
    assert lead.post(page, asked(world, "qd1048-2019", old_law="on")).status_code == 302


def test_a_second_programme_of_the_year_is_refused_at_the_year(lead, world):
    response = lead.post(reverse("planning:programme-new"), asked(world, "qd148-2023", year=2024))
    assert response.status_code == 422
    assert "đã có chương trình năm 2024" in response.content.decode()


def test_the_cut_offs_of_the_law_fill_the_form(client, settings):
    world = province_2026()
    enter(client, settings, world.officer, world)
    page = reverse("planning:batch-new", args=[world.batch.programme_id])
    html = client.get(page, {"mau": 1}).content.decode()
    assert 'value="29/04/2026"' in html
    assert 'value="30/07/2026"' in html
    assert "Đợt 2, đã điền" not in html


def test_a_batch_is_opened_on_the_page(lead, world):
    page = reverse("planning:batch-new", args=[world.batch.programme_id])
    dates = {"number": 3, "name": "Đợt 3", "opens_on": "01/10/2024", "closes_on": "30/09/2024"}
    refused = lead.post(page, dates)
    assert refused.status_code == 422
    assert "phải sau ngày mở đợt" in refused.content.decode()
    assert lead.post(page, {**dates, "closes_on": "30/11/2024"}).status_code == 302
    assert Batch.objects.get(number=3).closes_on == date(2024, 11, 30)


def test_a_batch_is_closed_after_its_number_was_typed(lead, world):
    page = reverse("planning:batch-close", args=[world.batch.pk])
    assert "không ai đăng ký sản phẩm" in lead.get(page).content.decode()
    wrong = lead.post(page, {"confirm_number": "9"})
    assert wrong.status_code == 422
    assert "Gõ đúng số 2" in wrong.content.decode()
    assert lead.post(page, {"confirm_number": "2"}).status_code == 302
    world.batch.refresh_from_db()
    assert world.batch.closed_at is not None
    again = lead.post(page, {"confirm_number": "2"})
    assert again.status_code == 422
    assert "đã đóng" in again.content.decode()


def test_no_programme_says_whom_to_ask(client):
    client.force_login(person("Mới"))
    assert "Hỏi cơ quan chủ trì" in client.get(reverse("planning:programmes")).content.decode()
