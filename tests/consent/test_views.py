"""Consent on the screen: the subject's side and the helper's side."""

import re

import pytest
from django.urls import reverse

from ocop.accounts.models import RoleGrant
from ocop.accounts.states import Role
from ocop.consent.models import Consent
from tests.factories import city_2024, enter, person, registration, subject, unit
from tests.factories.consent import consent
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
    assert "Tạo mã" in own.get(page(producer)).content.decode()
    shown = own.post(reverse("consent:code", args=[producer.pk])).content.decode()
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


def test_code_and_statement_together_are_refused(client, settings, world, producer):
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


def test_the_statement_is_read_by_those_who_see_the_subject(client, settings, world, producer):
    officer = enter(client, settings, world.commune_officer, world)
    posted = {"statement": photo(), "words": "Đồng ý tại nhà", "until": "16/10/2024"}
    officer.post(page(producer), posted)
    given = Consent.objects.get()
    address = reverse("consent:statement", args=[producer.pk, given.pk])
    assert officer.get(address).status_code == 200
    elsewhere = person("Xã khác", Role.COMMUNE_OFFICER, unit("Phường Mỹ Độ"))
    assert enter(client, settings, elsewhere, world).get(address).status_code == 404


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
