"""Subjects, their people and products on the screen."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.planning.actions import close_batch, open_batch
from ocop.registration.models import Registration, Subject
from tests.factories import city_2024, enter, person, province_2026, registration, subject, unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


@pytest.fixture
def commune(client, settings, world):
    return enter(client, settings, world.commune_officer, world)


@pytest.fixture
def owned(world):
    """A subject whose person can sign in."""
    return subject(world, owner=person("Hoàng Thị Mến", Role.SUBJECT, world.commune), name="Hợp tác xã Sông Thương")


@pytest.fixture
def owner(client, settings, world, owned):
    return enter(client, settings, owned.people.get(), world)


def test_a_stranger_signs_in_first(client):
    assert client.get(reverse("registration:subjects")).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(commune, world, count, django_assert_num_queries):
    for _ in range(count):
        subject(world)
    with django_assert_num_queries(4):
        assert commune.get(reverse("registration:subjects")).status_code == 200


def test_the_list_is_searched_and_paged(commune, world):
    for number in range(27):
        subject(world, name=f"Hợp tác xã {number:02}")
    page = reverse("registration:subjects")
    first = commune.get(page, {"q": "hop tac"}).content.decode()
    assert "Hợp tác xã 24" in first
    assert "Hợp tác xã 25" not in first
    link = re.search(r'href="(\?[^"]*truoc=\d+)" rel="next"', first)
    assert link is not None
    second = commune.get(page + link[1].replace("&amp;", "&")).content.decode()
    assert "Hợp tác xã 26" in second
    assert "Không thấy chủ thể nào khớp" in commune.get(page, {"q": "khong co"}).content.decode()


def test_a_producer_sees_its_own_subject_first(owner, owned, world):
    other = subject(world)
    html = owner.get(reverse("registration:subjects")).content.decode()
    assert "Chủ thể của tôi" in html
    assert owned.name in html
    assert other.name not in html
    assert owner.get(reverse("registration:subject", args=[other.pk])).status_code == 404
    assert owner.get(reverse("registration:product-new", args=[other.pk])).status_code == 404
    assert owner.get(reverse("registration:subject-new")).status_code == 403
    assert owner.get(reverse("registration:person-new", args=[other.pk])).status_code == 404


def test_somebody_without_a_subject_reads_what_to_do(client):
    client.force_login(person("Mới"))
    assert "Bạn chưa thay mặt chủ thể nào" in client.get(reverse("registration:subjects")).content.decode()


def typed(world, **changes):
    return {
        "name": "Hợp tác xã Mỳ gạo",
        "kind": "cooperative",
        "business_number": "2400000001",
        "unit": world.commune.pk,
        "address": "Tổ 1",
        "representative": "Hoàng Thị Mến",
        "phone": "0912 345 678",
        **changes,
    }


def test_a_subject_is_registered_on_the_page(commune, world):
    page = reverse("registration:subject-new")
    assert "Phường Thọ Xương" in commune.get(page).content.decode()
    response = commune.post(page, typed(world))
    assert response["Location"] == reverse("registration:subject", args=[Subject.objects.get().pk])
    again = commune.post(page, typed(world, name="Tên khác"))
    assert again.status_code == 422
    assert "đã có trong danh sách" in again.content.decode()
    assert 'value="Tên khác"' in again.content.decode()


def test_a_subject_of_another_commune_cannot_even_be_chosen(commune, world):
    response = commune.post(reverse("registration:subject-new"), typed(world, unit=unit("Xã Song Mai").pk))
    assert response.status_code == 422
    assert not Subject.objects.exists()


def test_the_page_of_a_subject(owner, owned, world):
    entered = registration(world, of=owned, name="Mỳ gạo truyền thống")
    html = owner.get(reverse("registration:subject", args=[owned.pk])).content.decode()
    for words in ("Mỳ gạo truyền thống", entered.code, owned.business_number, "Lê Văn Xã", "Đợt 2"):
        assert words in html
    assert reverse("dossiers:registration-panel", args=[entered.pk]) in html
    assert "Thêm người thay mặt" not in html
    assert "Mời người cùng làm" in html


@pytest.fixture
def alone(world, owned):
    """A subject that nobody acts for yet."""
    owned.people.update(is_active=False)
    return owned


def test_the_officer_opens_the_first_account_and_reads_the_password_once(commune, alone):
    owned, page = alone, reverse("registration:person-new", args=[alone.pk])
    assert page in commune.get(reverse("registration:subject", args=[owned.pk])).content.decode()
    assert "Thêm người thay mặt" in commune.get(page).content.decode()
    response = commune.post(page, {"full_name": "Hoàng Văn Con", "phone": "0987654321"})
    password = re.search(r"<code>([a-z2-9-]{14})</code>", response.content.decode())
    assert password is not None
    user = User.objects.get(phone="0987654321")
    assert user.check_password(password[1])
    assert user in owned.people.all()
    assert commune.post(page, {"full_name": "Người Khác", "phone": "0987654322"}).status_code == 403


def test_an_account_that_is_taken_is_refused_with_what_was_typed(commune, alone):
    page, known = reverse("registration:person-new", args=[alone.pk]), person("Hoàng Văn Con")
    taken = commune.post(page, {"full_name": "Người Khác", "email": known.email})
    assert taken.status_code == 422
    assert "đã là của tài khoản Hoàng Văn Con" in taken.content.decode()
    assert 'value="Người Khác"' in taken.content.decode()


def test_the_officer_brings_in_somebody_with_an_account(commune, alone):
    page = reverse("registration:person-new", args=[alone.pk])
    known = person("Người Quen")
    unknown = commune.post(page, {"login": "0999999999"})
    assert unknown.status_code == 422
    assert "Chưa có tài khoản" in unknown.content.decode()
    assert commune.post(page, {"login": known.email}).status_code == 302
    assert known in alone.people.all()


def test_a_person_of_the_subject_invites_a_colleague(owner, owned):
    page = reverse("registration:person-new", args=[owned.pk])
    html = owner.get(page).content.decode()
    assert "Mời người cùng làm" in html
    assert f'value="{owned.representative}"' not in html
    response = owner.post(page, {"full_name": "Hoàng Văn Con", "phone": "0987654321"}).content.decode()
    assert "Mã QR mở lời mời" in response
    assert owned.people.filter(phone="0987654321").exists()
    page_of_subject = owner.get(reverse("registration:subject", args=[owned.pk])).content.decode()
    assert "Giao Hoàng Văn Con thay mặt Hợp tác xã Sông Thương" in page_of_subject


def test_the_commune_officer_reads_whom_to_ask_once_a_subject_has_its_person(commune, owned, world):
    owned.people.update(last_login=world.at)
    page = reverse("registration:person-new", args=[owned.pk])
    html = commune.get(reverse("registration:subject", args=[owned.pk])).content.decode()
    assert page not in html
    assert "cấp lại</button>" not in html
    assert "Chủ thể đã có người thay mặt" in html
    assert world.officer.full_name in html
    assert "cơ quan chủ trì OCOP cấp trên" in commune.get(page).content.decode()
    assert commune.post(page, {"login": person("Người Quen").email}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_people_of_a_subject_cost_the_same(client, settings, world, count, django_assert_num_queries):
    made = subject(world)
    for _ in range(count):
        made.people.add(person("Cùng làm", Role.SUBJECT, world.commune))
    visitor = enter(client, settings, world.officer, world)
    with django_assert_num_queries(20):
        html = visitor.get(reverse("registration:subject", args=[made.pk])).content.decode()
    assert html.count("cấp lại</button>") == count + 1


def test_the_officer_does_not_take_over_the_subjects_own_person(commune, owned, world):
    user = owned.people.get()
    user.last_login = world.at
    user.save()
    response = commune.post(reverse("registration:person-password", args=[owned.pk, user.pk]))
    assert response.status_code == 403
    assert "cơ quan chủ trì OCOP cấp trên" in response.content.decode()
    assert User.objects.get(pk=user.pk).password == user.password


def test_the_officer_renews_an_invitation_that_was_lost(commune, owned):
    user = owned.people.get()
    page = reverse("registration:person-password", args=[owned.pk, user.pk])
    assert page in commune.get(reverse("registration:subject", args=[owned.pk])).content.decode()
    assert "chỉ hiện lần này" in commune.post(page).content.decode()
    stranger = person("Xa lạ", Role.SUBJECT, unit("Xã Song Mai"))
    assert commune.post(reverse("registration:person-password", args=[owned.pk, stranger.pk])).status_code == 404


def test_an_officer_is_not_given_a_password_through_a_subject(commune, owned, world):
    owned.people.add(world.officer)
    page = reverse("registration:person-password", args=[owned.pk, world.officer.pk])
    assert commune.post(page).status_code == 403


def product(**changes):
    return {"set_no": 6, "name": "Mỳ gạo", "kind": "new", "target_star": 3, **changes}


def test_a_product_is_registered_on_the_page(owner, owned):
    page = reverse("registration:product-new", args=[owned.pk])
    html = owner.get(page).content.decode()
    assert html.count('name="set_no"') == 26
    assert "còn 14 ngày" in html
    response = owner.post(page, product())
    made = Registration.objects.get()
    assert response["Location"] == reverse("registration:registration", args=[made.pk])
    twice = owner.post(page, product())
    assert twice.status_code == 422
    assert "đã đăng ký trong" in twice.content.decode()
    assert re.search(r'value="6" checked', twice.content.decode())


def test_a_group_must_be_picked(owner, owned):
    response = owner.post(reverse("registration:product-new", args=[owned.pk]), product(set_no=""))
    assert response.status_code == 422
    assert "Chọn một nhóm sản phẩm" in response.content.decode()


def test_groups_are_searched_without_accents_and_the_chosen_one_stays(owner, owned):
    page = reverse("registration:product-new", args=[owned.pk])
    html = owner.get(page, {"tim": "ruou trang", "set_no": 6}).content.decode()
    assert "Rượu trắng" in html
    assert html.count('name="set_no"') == 2
    assert "Không có nhóm nào khớp" in owner.get(page, {"tim": "xe may"}).content.decode()


def test_without_an_open_batch_the_page_says_when_and_whom_to_ask(owner, owned, world):
    close_batch(batch=world.batch, by=world.officer, at=world.at)
    page = reverse("registration:product-new", args=[owned.pk])
    html = owner.get(page).content.decode()
    assert "Chưa có lịch đợt tiếp theo" in html
    assert "Phòng Kinh tế" in html
    assert "Lê Văn Xã" in html
    day = world.at.date()
    open_batch(
        programme=world.batch.programme,
        number=3,
        name="Đợt 3",
        opens_on=day + timedelta(days=15),
        closes_on=date(2024, 12, 1),
        by=world.officer,
        at=world.at,
    )
    assert "mở ngày <strong>01/10/2024</strong>" in owner.get(page).content.decode()


def test_a_registration_and_the_way_to_its_dossier(owner, owned, world):
    made = registration(world, of=owned)
    html = owner.get(reverse("registration:registration", args=[made.pk])).content.decode()
    for words in (made.code, "Lập hồ sơ", "Đánh giá lần đầu", reverse("rubric:set", args=["qd148-2023", 6])):
        assert words in html
    panel = reverse("dossiers:registration-panel", args=[made.pk])
    assert "Lập hồ sơ" in owner.get(panel).content.decode()
    owner.post(reverse("dossiers:open", args=[made.pk]))
    assert "Mở hồ sơ" in owner.get(panel).content.decode()
    assert "Nháp" in owner.get(panel, {"gon": 1}).content.decode()


def test_a_registration_of_others_is_not_found(owner):
    made = registration(province_2026())
    assert owner.get(reverse("registration:registration", args=[made.pk])).status_code == 404
    assert owner.get(reverse("dossiers:registration-panel", args=[made.pk])).status_code == 404


def test_its_own_people_ask_the_officer_for_a_correction(owner, owned):
    page = reverse("registration:subject-correct", args=[owned.pk])
    assert page not in owner.get(reverse("registration:subject", args=[owned.pk])).content.decode()
    assert owner.get(page).status_code == 403


def test_a_subject_is_corrected_on_its_page(commune, owned):
    page = reverse("registration:subject-correct", args=[owned.pk])
    assert page in commune.get(reverse("registration:subject", args=[owned.pk])).content.decode()
    assert owned.phone in commune.get(page).content.decode()
    typed = {"address": "Tổ 9", "representative": "Hoàng Thị Mận", "position": "", "phone": "123", "email": ""}
    wrong = commune.post(page, typed)
    assert (wrong.status_code, "Hoàng Thị Mận" in wrong.content.decode()) == (422, True)
    assert commune.post(page, {**typed, "phone": "0912000999"}).status_code == 302
