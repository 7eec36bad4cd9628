"""Signing in by phone or e-mail, the lock-out, the demo's doors, one's own account."""

from datetime import date

import pytest
from django.urls import reverse

from ocop.accounts.states import Role
from tests.factories import person, unit
from tests.factories.world import PASSWORD

pytestmark = pytest.mark.django_db
ME = "/tai-khoan/"


@pytest.fixture
def hoa():
    made = person("Nguyễn Thị Hòa", Role.LEAD_OFFICER, unit("Thành phố Bắc Giang"))
    made.email, made.phone = "hoa@vi-du.vn", "0912345678"
    made.save()
    return made


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(reverse("accounts:sign-in"), {"username": username, "password": password, **more})


@pytest.mark.parametrize("username", ["hoa@vi-du.vn", "HOA@vi-du.vn", "0912345678", "+84 912 345 678"])
def test_sign_in_by_phone_or_mail(client, hoa, username):
    response = sign_in(client, username, next=ME)
    assert response.status_code == 302
    assert response["Location"] == ME
    assert client.session["_auth_user_id"] == str(hoa.pk)


@pytest.mark.parametrize(("username", "password"), [("hoa@vi-du.vn", "sai"), ("la@vi-du.vn", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_sound_the_same(client, hoa, username, password):
    response = sign_in(client, username, password)
    html = response.content.decode()
    assert response.status_code == 422
    assert "mật khẩu chưa đúng" in html
    assert "_auth_user_id" not in client.session


def test_a_name_that_no_database_can_hold_is_refused(client, hoa):
    assert sign_in(client, "a\x00b", "x").status_code == 400


def test_what_was_typed_stays_but_not_the_password(client, hoa):
    html = sign_in(client, "hoa@vi-du.vn", "mat-khau-sai", next=ME).content.decode()
    assert 'value="hoa@vi-du.vn"' in html
    assert "mat-khau-sai" not in html
    assert f'name="next" value="{ME}"' in html


@pytest.mark.parametrize("wanted", ["https://ke-gian.vn/", "//ke-gian.vn/", "javascript:alert(1)", "", r"\\ke-gian.vn"])
def test_next_never_leaves_the_site(client, hoa, wanted):
    assert sign_in(client, "hoa@vi-du.vn", next=wanted)["Location"] == reverse("desk:today")


def test_a_closed_account_does_not_come_in(client, hoa):
    hoa.is_active = False
    hoa.save()
    assert sign_in(client, "hoa@vi-du.vn").status_code == 422


def test_five_wrong_passwords_lock_the_account_here_however_its_name_is_typed(client, hoa):
    for _ in range(5):
        response = sign_in(client, "0912345678", "sai")
    assert response.status_code == 429
    html = response.content.decode()
    assert "15 phút" in html
    assert "Cần làm" in html
    assert sign_in(client, "+84912345678").status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_stranger_is_sent_to_sign_in_and_back(client):
    assert client.get(ME)["Location"] == f"{reverse('accounts:sign-in')}?next={ME}"


def test_somebody_signed_in_passes_the_sign_in_page(client, hoa):
    client.force_login(hoa)
    assert client.get(reverse("accounts:sign-in"), {"next": ME})["Location"] == ME


def test_sign_out_is_a_post(client, hoa):
    client.force_login(hoa)
    assert client.get(reverse("accounts:sign-out")).status_code == 405
    assert client.post(reverse("accounts:sign-out")).status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.fixture
def demo_account():
    made = person("Trần Thị Thu Hà", Role.LEAD_OFFICER, unit("Thành phố Bắc Giang"))
    made.email, made.practice_day = "phongkinhte@demo.saolang.vn", date(2024, 9, 16)
    made.save()
    return made


def test_the_demo_offers_its_roles_by_programme(client, settings, demo_account, hoa):
    settings.OCOP_DEMO = True
    html = client.get(reverse("accounts:sign-in")).content.decode()
    assert "Năm 2024 · thành phố Bắc Giang" in html
    assert "Trần Thị Thu Hà" in html
    assert "Nguyễn Thị Hòa" not in html


def test_a_demo_account_opens_with_one_press(client, settings, demo_account):
    settings.OCOP_DEMO = True
    response = client.post(reverse("accounts:demo-sign-in"), {"account": demo_account.pk, "next": ME})
    assert response["Location"] == ME
    assert "hôm nay được đặt là 16/09/2024" in client.get(ME).content.decode()


def test_without_the_demo_there_is_no_such_door(client, settings, demo_account):
    settings.OCOP_DEMO = False
    assert "demo.saolang.vn" not in client.get(reverse("accounts:sign-in")).content.decode()
    assert client.post(reverse("accounts:demo-sign-in"), {"account": demo_account.pk}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_demo_door_opens_no_real_account(client, settings, hoa):
    settings.OCOP_DEMO = True
    hoa.practice_day = date(2024, 9, 16)
    hoa.save()
    for account in (hoa.pk, "", "abc", "9" * 40):
        assert client.post(reverse("accounts:demo-sign-in"), {"account": account}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_my_account_shows_my_roles_with_dates_and_units(client, hoa):
    client.force_login(hoa)
    html = client.get(ME).content.decode()
    for words in ("0912345678", "Cơ quan chủ trì OCOP", "Thành phố Bắc Giang", "từ 01/01/2020", "Đổi mật khẩu"):
        assert words in html


def test_somebody_without_a_role_reads_what_to_do(client):
    client.force_login(person("Mới"))
    assert "Chưa được giao vai trò nào" in client.get(ME).content.decode()
