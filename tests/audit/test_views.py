"""The ledger's pages, and people and roles on the screen."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.urls import reverse

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.queries import invitation_of
from ocop.accounts.states import Role
from ocop.audit.actions import record
from ocop.audit.models import LedgerEntry, LedgerHead
from tests.factories import person, unit
from tests.factories.world import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return unit("Thành phố Bắc Giang")


@pytest.fixture
def admin(city):
    return person("Quản trị", Role.ADMIN, city)


@pytest.fixture
def office(client, admin, city):
    """A client signed in as the administrator of an existing unit of today."""
    admin.grants.update(unit=unit("Tỉnh Bắc Ninh", date(2026, 10, 5)))
    client.force_login(admin)
    return client


@pytest.fixture
def ward():
    return unit("Phường Đa Mai", date(2026, 10, 5))


@pytest.fixture
def officer(ward):
    return person("Lê Văn Xã", Role.COMMUNE_OFFICER, ward)


def write(count, at, by=None):
    thing = by or person("Vật")
    with transaction.atomic():
        for number in range(count):
            record(act="open_batch", words=f"Mở đợt {number}", on=thing, by=by, at=at + timedelta(minutes=number))


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMIN, Role.LEADER}])
@pytest.mark.parametrize("name", ["audit:ledger", "audit:verification"])
def test_the_ledger_is_for_administrators_and_leaders(client, city, role, name):
    client.force_login(person("Ai đó", role, city))
    response = client.get(reverse(name))
    assert response.status_code == 403
    assert "người quản trị và lãnh đạo" in response.content.decode()


def test_a_leader_reads_the_ledger(client, city, at):
    client.force_login(person("Lãnh đạo", Role.LEADER, city))
    write(2, at)
    html = client.get(reverse("audit:ledger")).content.decode()
    assert html.index("Mở đợt 1") < html.index("Mở đợt 0")
    assert LedgerEntry.objects.latest("seq").hash[:12] in html
    assert "16/09/2024 08:30" in html


@pytest.mark.parametrize("rows", [1, 3])
def test_the_ledger_costs_the_same_for_one_row_and_three(office, at, rows, django_assert_num_queries):
    write(rows, at)
    with django_assert_num_queries(4):
        assert office.get(reverse("audit:ledger")).status_code == 200


def test_the_ledger_is_read_page_by_page(office, at):
    write(30, at)
    first = office.get(reverse("audit:ledger"), {"viec": "open_batch"}).content.decode()
    assert first.count("<tr>") == 26
    link = re.search(r'href="(\?[^"]*truoc=\d+)" rel="next"', first)
    assert link is not None
    assert "viec=open_batch" in link[1]
    second = office.get(reverse("audit:ledger") + link[1].replace("&amp;", "&")).content.decode()
    assert second.count("<tr>") == 6
    assert 'rel="next"' not in second
    assert 'rel="prev"' in second


@pytest.mark.parametrize(
    "query",
    [
        "?ngay=khong-phai-ngay",
        "?ngay=31/12/9999",
        "?ngay=01/01/0001",
        "?viec=la",
        "?truoc=abc",
        "?truoc=" + "9" * 40,
    ],
)
def test_a_strange_filter_does_no_harm(office, at, query):
    write(1, at)
    assert office.get(reverse("audit:ledger") + query).status_code == 200


def test_a_filter_that_finds_nothing_leads_back(office):
    assert "Xem cả sổ" in office.get(reverse("audit:ledger"), {"nguoi": "không ai"}).content.decode()


def test_the_ledger_says_whether_it_is_whole(office, at):
    write(2, at)
    assert "Sổ nguyên vẹn" in office.get(reverse("audit:verification")).content.decode()
    end = LedgerHead.objects.get(pk=1).seq
    LedgerHead.objects.filter(pk=1).update(seq=end + 7)
    assert f"Sổ sai từ việc số {end + 1}" in office.get(reverse("audit:verification")).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_people_are_for_administrators(client, city, role):
    client.force_login(person("Ai đó", role, city))
    assert client.get(reverse("audit:people")).status_code == 403
    assert client.get(reverse("audit:person-new")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_people_costs_the_same(office, ward, rows, django_assert_num_queries):
    for number in range(rows):
        person(f"Cán bộ {number}", Role.COMMUNE_OFFICER, ward)
    with django_assert_num_queries(5):
        assert office.get(reverse("audit:people")).status_code == 200


def test_people_are_listed_by_name_page_by_page(office, ward):
    for number in range(30):
        person(f"Cán bộ {number:02}", Role.COMMUNE_OFFICER, ward)
    first = office.get(reverse("audit:people"), {"q": "can bo"}).content.decode()
    assert "Cán bộ 24" in first
    assert "Cán bộ 25" not in first
    link = re.search(r'href="(\?[^"]*truoc=\d+)" rel="next"', first)
    assert link is not None
    second = office.get(reverse("audit:people") + link[1].replace("&amp;", "&")).content.decode()
    assert "Cán bộ 25" in second
    assert "Cán bộ 24" not in second


def new_person(**changes):
    asked = {
        "full_name": "Nguyễn Thị Hòa",
        "phone": "0912345678",
        "role": "commune_officer",
        "valid_from": "05/10/2026",
    }
    return {**asked, **changes}


def test_an_account_is_opened_and_its_password_shown_once(office, client, ward):
    today = date.today()
    response = office.post(reverse("audit:person-new"), new_person(unit=ward.pk, valid_from=f"{today:%d/%m/%Y}"))
    html = response.content.decode()
    assert response.status_code == 200
    assert "chỉ hiện lần này" in html
    password = re.search(r"<code>([a-z2-9-]{14})</code>", html)
    assert password is not None
    user = User.objects.get(phone="0912345678")
    assert user.check_password(password[1])
    assert "no-store" in response["Cache-Control"]
    assert password[1] not in office.get(reverse("audit:person", args=[user.pk])).content.decode()


def test_a_refused_account_keeps_what_was_typed(office, officer, ward):
    User.objects.filter(pk=officer.pk).update(phone="0912345678")
    response = office.post(reverse("audit:person-new"), new_person(unit=ward.pk))
    html = response.content.decode()
    assert response.status_code == 422
    assert "Số điện thoại này đã là của tài khoản Lê Văn Xã." in html
    assert 'value="Nguyễn Thị Hòa"' in html


def test_a_role_is_given_and_ended_on_the_page(office, officer, ward):
    today = f"{date.today():%d/%m/%Y}"
    page = reverse("audit:person", args=[officer.pk])
    response = office.post(
        reverse("audit:role-new", args=[officer.pk]), {"role": "helper", "unit": ward.pk, "valid_from": today}
    )
    assert response["Location"] == page
    grant = RoleGrant.objects.get(user=officer, role="helper")
    assert "Tổ giúp việc" in office.get(page).content.decode()
    end = reverse("audit:role-end", args=[grant.pk])
    assert office.get(end).status_code == 200
    refused = office.post(end, {"last_day": "01/01/2020"})
    assert refused.status_code == 422
    assert "Ngày cuối sớm nhất" in refused.content.decode()
    assert office.post(end, {"last_day": today})["Location"] == page
    grant.refresh_from_db()
    assert grant.valid_to is not None


def test_a_role_twice_is_refused_at_its_field(office, officer, ward):
    response = office.post(
        reverse("audit:role-new", args=[officer.pk]),
        {"role": "commune_officer", "unit": ward.pk, "valid_from": f"{date.today():%d/%m/%Y}"},
    )
    assert response.status_code == 422
    assert "đã có vai trò" in response.content.decode()


def test_an_account_is_closed_reopened_and_given_a_password(office, officer):
    page = reverse("audit:person", args=[officer.pk])
    assert office.post(reverse("audit:account-close", args=[officer.pk]))["Location"] == page
    assert "Đã khóa" in office.get(page).content.decode()
    assert "đã khóa" in office.post(reverse("audit:account-close", args=[officer.pk]), follow=True).content.decode()
    office.post(reverse("audit:account-reopen", args=[officer.pk]))
    assert "Mật khẩu tạm" in office.post(reverse("audit:password-replace", args=[officer.pk])).content.decode()
    officer.refresh_from_db()
    assert officer.is_active
    assert not officer.check_password(PASSWORD)


def test_ones_own_account_is_not_closed(office, admin):
    page = office.post(reverse("audit:account-close", args=[admin.pk]), follow=True).content.decode()
    assert "không tự khóa" in page
    assert "Khóa tài khoản</button>" not in page


def test_people_of_other_units_are_not_found(office):
    stranger = person("Xa lạ", Role.LEAD_OFFICER, unit("Thành phố Bắc Giang"))
    for name in ("audit:person", "audit:role-new"):
        assert office.get(reverse(name, args=[stranger.pk])).status_code == 404
    for name in ("audit:account-close", "audit:account-reopen", "audit:password-replace"):
        assert office.post(reverse(name, args=[stranger.pk])).status_code == 404
    assert office.get(reverse("audit:role-end", args=[stranger.grants.get().pk])).status_code == 404


def test_ones_own_password(client, officer):
    client.force_login(officer)
    page = reverse("audit:change-password")
    new = "bon-tu-de-nho"
    wrong = client.post(page, {"old": "sai", "new": new, "again": new})
    assert wrong.status_code == 422
    assert "Mật khẩu hiện nay chưa đúng." in wrong.content.decode()
    unlike = client.post(page, {"old": PASSWORD, "new": new, "again": "khac"})
    assert "không giống nhau" in unlike.content.decode()
    assert client.post(page, {"old": PASSWORD, "new": new, "again": new})["Location"] == reverse("accounts:me")
    assert client.get(reverse("accounts:me")).status_code == 200


def test_the_first_administrator_from_the_command_line(capsys):
    call_command("people", "add-admin", name="Quản Trị", login="0912345678", unit="Tỉnh Bắc Ninh")
    password = capsys.readouterr().out.split()[-1]
    assert User.objects.get(phone="0912345678").check_password(password)
    with pytest.raises(CommandError, match="đã là của tài khoản"):
        call_command("people", "add-admin", name="Khác", login="0912345678", unit="Tỉnh Bắc Ninh")
    with pytest.raises(CommandError, match="0 đơn vị"):
        call_command("people", "add-admin", name="Khác", login="0912345679", unit="Tỉnh Không Có")


def invitation_for(whom):
    return reverse("audit:invitation", args=invitation_of(whom))


def test_an_invited_person_chooses_a_password_and_is_in(client, city):
    newcomer = person("Chủ hộ mới", Role.SUBJECT, city)
    address = invitation_for(newcomer)
    assert "Chào Chủ hộ mới" in client.get(address).content.decode()
    answer = client.post(address, {"new": "con-trau-di-truoc", "again": "con-trau-di-truoc"}, follow=True)
    assert answer.redirect_chain
    assert "Đã đặt mật khẩu" in answer.content.decode()
    assert User.objects.get(pk=newcomer.pk).check_password("con-trau-di-truoc")
    assert LedgerEntry.objects.filter(act="accept_invitation", actor=newcomer).exists()


def test_an_invitation_works_once(client, city):
    newcomer = person("Chủ hộ mới", Role.SUBJECT, city)
    address = invitation_for(newcomer)
    client.post(address, {"new": "con-trau-di-truoc", "again": "con-trau-di-truoc"})
    client.logout()
    answer = client.post(address, {"new": "cai-cay-theo-sau", "again": "cai-cay-theo-sau"})
    assert answer.status_code == 410
    assert User.objects.get(pk=newcomer.pk).check_password("con-trau-di-truoc")


@pytest.mark.parametrize(("new", "again", "words"), [
    ("ngan", "ngan", "ít nhất 10 ký tự"),
    ("con-trau-di-truoc", "con-trau-di-sau", "không giống nhau"),
])  # fmt: skip
def test_a_poor_password_leaves_the_invitation_open(client, city, new, again, words):
    newcomer = person("Chủ hộ mới", Role.SUBJECT, city)
    answer = client.post(invitation_for(newcomer), {"new": new, "again": again})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert client.get(invitation_for(newcomer)).status_code == 200


def test_a_forged_or_shut_invitation_opens_nothing(client, city):
    newcomer = person("Chủ hộ mới", Role.SUBJECT, city)
    who, token = invitation_of(newcomer)
    other = invitation_of(person("Cán bộ", Role.LEAD_OFFICER, city))[0]
    for forged in ((who, f"{token}x"), (other, token), ("zz", token), (who, "abc-def")):
        assert client.get(reverse("audit:invitation", args=forged)).status_code == 410
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    assert client.get(reverse("audit:invitation", args=(who, token))).status_code == 410
