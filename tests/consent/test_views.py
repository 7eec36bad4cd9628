"""Consent on the screen: the subject's side and the helper's side."""

import re

import pytest
from django.urls import reverse

from ocop.accounts.models import RoleGrant
from ocop.accounts.states import Role
from ocop.consent.models import Consent, SpokenCode
from tests.factories import city_2024, enter, person, registration, subject, unit
from tests.factories.consent import consent, shut_accounts
from tests.factories.cycle import owner_of, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


@pytest.fixture
def producer(world):
    return subject(world)


def page(producer):
    return reverse("consent:consent", args=[producer.pk])


def test_the_subject_makes_a_code_and_the_officer_enters_it(client, settings, world, producer):
    own = enter(client, settings, owner_of(producer), world)
    ways = own.get(page(producer)).content.decode()
    for words in ("Mã cho nhập giúp", "Mã xác nhận đã đọc lại"):
        assert words in ways
    shown = own.post(reverse("consent:code", args=[producer.pk]), {"purpose": "consent"}).content.decode()
    assert "được nhập hồ sơ giúp" in shown
    found = re.search(r"\b(\d{3}) (\d{3})\b", shown)
    assert found is not None
    officer = enter(client, settings, world.commune_officer, world)
    answer = officer.post(page(producer), {"code": "".join(found.groups()), "until": "16/10/2024"}, follow=True)
    assert "được nhập giúp đến hết ngày 16/10/2024" in answer.content.decode()
    assert Consent.objects.get().helper == world.commune_officer


def test_a_wrong_code_keeps_what_was_typed(client, settings, world, producer):
    officer = enter(client, settings, world.commune_officer, world)
    answer = officer.post(page(producer), {"code": "123456", "words": "Bà Mến đồng ý", "until": "16/10/2024"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Mã chưa đúng" in text
    assert "Bà Mến đồng ý" in text
    assert "16/10/2024" in text


def test_the_page_of_a_code_says_what_it_is_good_for(client, settings, world, producer):
    own = enter(client, settings, owner_of(producer), world)
    address = reverse("consent:code", args=[producer.pk])
    assert "bạn đã đọc lại và xác nhận" in own.post(address, {"purpose": "read_back"}).content.decode()
    for posted in ({}, {"purpose": "x"}):
        assert "Chọn mã để làm gì" in own.post(address, posted, follow=True).content.decode()
    assert SpokenCode.objects.get().purpose == "read_back"


def test_where_the_subject_has_an_account_no_statement_is_asked_for(client, settings, world, producer):
    officer = enter(client, settings, world.commune_officer, world)
    text = officer.get(page(producer)).content.decode()
    assert "Chủ thể có tài khoản riêng nên không dùng bản ghi" in text
    assert 'name="statement"' not in text
    posted = {"statement": photo(), "words": "Đồng ý tại nhà", "until": "16/10/2024"}
    answer = officer.post(page(producer), posted)
    assert answer.status_code == 422
    for words in ("bấm “Mã cho nhập giúp”", "Đồng ý tại nhà"):
        assert words in answer.content.decode()
    assert not Consent.objects.exists()


def test_code_and_statement_together_are_refused(client, settings, world, producer):
    shut_accounts(producer)
    officer = enter(client, settings, world.commune_officer, world)
    posted = {"code": "123456", "statement": photo(), "words": "Đồng ý", "until": "16/10/2024"}
    answer = officer.post(page(producer), posted)
    assert answer.status_code == 422
    assert "Chọn một cách" in answer.content.decode()


def test_the_subject_takes_it_back(client, settings, world, producer):
    given = consent(world, producer, world.commune_officer)
    own = enter(client, settings, owner_of(producer), world)
    answer = own.post(reverse("consent:end", args=[producer.pk, given.pk]), follow=True)
    assert "không còn nhập giúp" in answer.content.decode()
    again = own.post(reverse("consent:end", args=[producer.pk, given.pk]), follow=True)
    assert "đã được rút trước đó" in again.content.decode()


def test_the_statement_is_heard_by_the_subject_and_its_helpers_only(client, settings, world, producer):
    shut_accounts(producer)
    officer = enter(client, settings, world.commune_officer, world)
    posted = {"statement": photo(), "words": "Đồng ý tại nhà", "until": "16/10/2024"}
    officer.post(page(producer), posted)
    given = Consent.objects.get()
    address = reverse("consent:statement", args=[producer.pk, given.pk])
    assert officer.get(address).status_code == 200
    elsewhere = person("Xã khác", Role.COMMUNE_OFFICER, unit("Phường Mỹ Độ"))
    assert enter(client, settings, elsewhere, world).get(address).status_code == 404
    leader = enter(client, settings, world.leader, world)
    assert leader.get(address).status_code == 403
    assert address not in leader.get(page(producer)).content.decode()
    producer.people.update(is_active=True)
    own = enter(client, settings, owner_of(producer), world)
    assert address in own.get(page(producer)).content.decode()
    assert own.get(address).status_code == 200


def test_a_leader_reads_but_does_not_type(client, settings, world, producer):
    leader = enter(client, settings, world.leader, world)
    assert leader.get(page(producer)).status_code == 200
    assert leader.post(page(producer), {"code": "123456", "until": "16/10/2024"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_and_its_window_cost_the_same(client, settings, world, producer, count, django_assert_num_queries):
    for _ in range(count):
        consent(world, producer, person("Tổ giúp việc", Role.HELPER, world.unit))
    own = enter(client, settings, owner_of(producer), world)
    with django_assert_num_queries(9):
        own.get(page(producer))
    with django_assert_num_queries(9):
        own.get(reverse("consent:panel", args=[producer.pk]))


@pytest.mark.parametrize("office", [Role.HELPER, Role.LEAD_OFFICER])
def test_a_voting_member_reads_no_wallet_or_answers_by_an_office_held_besides(client, settings, world, office):
    producer = registration(world).product.subject
    product = producer.products.get()
    both = person("Vừa là ủy viên", office, world.unit)
    doors = [reverse("wallet:wallet", args=[producer.pk]), reverse("interview:cards", args=[product.pk])]
    visitor = enter(client, settings, both, world)
    assert [visitor.get(door).status_code for door in doors] == [200, 200]
    RoleGrant.objects.create(user=both, role=Role.MEMBER, unit=world.unit, valid_from=world.at.date())
    assert [visitor.get(door).status_code for door in doors] == [403, 403]
    leader = enter(client, settings, world.leader, world)
    assert [leader.get(door).status_code for door in doors] == [403, 403]
