"""The home of everybody: what waits, for whom, in a fixed number of queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.desk.queries import tasks_for
from tests.factories import (
    World,
    accepted_dossier,
    city_2024,
    council_of,
    draft_dossier,
    open_hearing,
    person,
    province_2026,
    session_of,
    subject,
    submitted_dossier,
    unit,
)

pytestmark = pytest.mark.django_db


def words(user: User, day: date) -> list[str]:
    user.__dict__.pop("_grants", None)
    return [task.what for task in tasks_for(user, day)]


def test_an_intake_step_waits_for_the_role_and_unit_that_the_law_names() -> None:
    city, province = city_2024(), province_2026()
    old, new = submitted_dossier(city), submitted_dossier(province)
    assert words(city.officer, city.at.date()) == [f"Kiểm tra hồ sơ: {old.registration.product.name}"]
    assert words(city.commune_officer, city.at.date()) == []
    assert len(words(province.commune_officer, province.at.date())) == 1
    assert words(province.officer, province.at.date()) == []
    elsewhere = person("Xã Khác", Role.COMMUNE_OFFICER, unit("Phường Bắc Giang", province.at.date()))
    assert words(elsewhere, province.at.date()) == []
    assert new.registration.product.name in words(province.commune_officer, province.at.date())[0]


def test_a_task_goes_when_its_work_is_done() -> None:
    world = city_2024()
    dossier = accepted_dossier(world)
    assert words(world.officer, world.at.date()) == ["Đưa 1 hồ sơ ra Hội đồng"]
    open_hearing(world, dossier=dossier)
    assert words(world.officer, world.at.date()) == []


def test_a_member_sees_each_product_until_the_sheet_is_in() -> None:
    world = city_2024()
    session = session_of(world, council_of(world, members=3))
    hearing = open_hearing(world, session=session)
    member = session.council.seats.filter(role="member").get().user
    assert words(member, world.at.date()) == [f"Chấm điểm: {hearing.dossier.registration.product.name}"]
    secretary = session.council.seats.get(role="secretary").user
    assert words(secretary, world.at.date()) == ["Theo dõi phiếu: Phiên 1"]


def test_roles_end_with_their_dates() -> None:
    world = city_2024()
    submitted_dossier(world)
    world.officer.grants.update(valid_to=date(2024, 9, 15))
    assert words(world.officer, world.at.date()) == []


def _page(client: Client, user: User, path: str) -> int:
    client.force_login(user, backend="ocop.accounts.backends.EmailOrPhoneBackend")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def _live_on(world: World, settings: object, *users: User) -> None:
    settings.OCOP_DEMO = True  # type: ignore[attr-defined]
    for user in users:
        user.practice_day = world.at.date()
        user.save()


def test_the_desk_takes_the_same_queries_with_one_and_three_tasks(client: Client, settings: object) -> None:
    world = city_2024()
    _live_on(world, settings, world.officer)
    submitted_dossier(world)
    _page(client, world.officer, "/viec-hom-nay/")
    first = _page(client, world.officer, "/viec-hom-nay/")
    for _ in range(2):
        submitted_dossier(world)
    assert _page(client, world.officer, "/viec-hom-nay/") == first


def test_the_subjects_desk_takes_the_same_queries_with_one_and_three_drafts(client: Client, settings: object) -> None:
    world = city_2024()
    dossier = draft_dossier(world)
    producer = dossier.registration.product.subject
    owner = producer.people.get()
    _live_on(world, settings, owner)
    _page(client, owner, "/viec-hom-nay/")
    first = _page(client, owner, "/viec-hom-nay/")
    for _ in range(2):
        draft_dossier(world, of=producer)
    assert _page(client, owner, "/viec-hom-nay/") == first


def test_search_finds_without_accents_and_only_what_one_sees(client: Client, settings: object) -> None:
    world = city_2024()
    dossier = submitted_dossier(world, name="Bánh đa Kế vừng đen")
    stranger = person("Người Lạ", Role.SUBJECT, world.commune)
    _live_on(world, settings, world.officer, stranger)
    for user, found in ((world.officer, True), (stranger, False)):
        client.force_login(user, backend="ocop.accounts.backends.EmailOrPhoneBackend")
        page = client.get("/tim/", {"q": "banh da ke"}).content.decode()
        assert (dossier.registration.product.name in page) is found


def test_a_stranger_is_sent_to_the_door(client: Client) -> None:
    answer = client.get("/viec-hom-nay/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/dang-nhap/")


def test_a_new_producer_is_shown_the_first_step() -> None:
    world = city_2024()
    owner = person("Người Mới", Role.SUBJECT, world.commune)
    subject(world, owner=owner)
    assert words(owner, world.at.date()) == ["Đăng ký sản phẩm đầu tiên"]
