"""Lists, counts, who holds the ball, and what a subject is told of its own result."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ocop.accounts.states import Role
from ocop.core.clock import day_of
from ocop.dossiers import queries
from ocop.dossiers.states import RESULT_HIDDEN_LABEL
from ocop.registration.models import Subject
from tests.factories import (
    World,
    accepted_dossier,
    city_2024,
    closed_hearing,
    draft_dossier,
    person,
    province_2026,
    registration,
    subject,
    submitted_dossier,
)
from tests.factories.cycle import fresh, owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> World:
    return city_2024()


def names(found) -> list[str]:
    return [dossier.registration.product.name for dossier in found]


def test_a_list_is_narrowed_by_words_without_marks_state_batch_and_unit(city: World) -> None:
    draft_dossier(city, name="Chè Đồng Sơn")
    submitted_dossier(city, name="Bánh đa Kế")
    day = day_of(city.at)
    rows = [
        ({}, ["Bánh đa Kế", "Chè Đồng Sơn"]),
        ({"query": "dong son"}, ["Chè Đồng Sơn"]),
        ({"query": "giám đốc bánh"}, ["Bánh đa Kế"]),
        ({"state": "submitted"}, ["Bánh đa Kế"]),
        ({"state": "nonsense"}, ["Bánh đa Kế", "Chè Đồng Sơn"]),
        ({"batch": city.batch.pk + 1}, []),
        ({"batch": city.batch.pk, "unit": city.commune.pk}, ["Bánh đa Kế", "Chè Đồng Sơn"]),
        ({"unit": city.unit.pk}, []),
    ]
    for filters, expected in rows:
        assert names(queries.dossier_list(city.officer, day, **filters)) == expected, filters
    first = queries.dossier_list(city.officer, day)[0]
    assert names(queries.dossier_list(city.officer, day, before=first.pk)) == ["Chè Đồng Sơn"]


def test_everybody_sees_their_own_part(city: World) -> None:
    mine = draft_dossier(city)
    submitted_dossier(city)
    day = day_of(city.at)
    assert list(queries.visible_to(owner_of(mine.registration.product.subject), day)) == [mine]
    assert queries.visible_to(city.commune_officer, day).count() == 2
    assert queries.visible_to(person(), day).count() == 0


def test_the_word_of_the_state_does_not_tell_a_subject_its_result_early(city: World) -> None:
    day = day_of(city.at)
    director = person("", Role.SUBJECT, city.commune)
    producer: Subject = subject(city, owner=director)
    for total in (62, 20):  # one waits for a decision, the other for a letter
        closed_hearing(city, of=producer, totals=(total,) * 9)
    own = queries.visible_to(director, day)
    assert {queries.shown_as(dossier) for dossier in own} == {("wait", RESULT_HIDDEN_LABEL)}
    assert queries.counts_by_batch(director, day)[city.batch.pk] == {RESULT_HIDDEN_LABEL: 2}
    for state in ("to_recognise", "to_notify"):
        assert not queries.dossier_list(director, day, state=state)
        assert queries.dossier_list(city.officer, day, state=state).count() == 1
    assert queries.counts_by_batch(city.officer, day)[city.batch.pk] == {
        "Chờ quyết định công nhận": 1,
        "Chờ thông báo kết quả": 1,
    }


def test_who_holds_the_ball(city: World) -> None:
    province = province_2026()
    draft = draft_dossier(city)
    assert queries.holder_of(draft) == draft.registration.product.subject.name
    assert queries.holder_of(submitted_dossier(city)) == "Cơ quan chủ trì OCOP · Thành phố Bắc Giang"
    assert queries.holder_of(submitted_dossier(province)) == "Cán bộ xã, phường · Phường Đa Mai"
    assert queries.holder_of(accepted_dossier(city)) == "Phòng Kinh tế"


def test_batches_of_ones_office_and_of_ones_own_dossiers(city: World) -> None:
    day = day_of(city.at)
    mine = draft_dossier(city)
    for user in (city.officer, city.commune_officer, owner_of(mine.registration.product.subject)):
        assert list(queries.visible_batches(user, day)) == [city.batch]
    assert not queries.visible_batches(person(), day)


def test_only_an_assessment_that_passed_gives_a_report(city: World) -> None:
    province = province_2026()
    assert queries.local_assessment_of(accepted_dossier(city)) is None
    assert queries.local_assessment_of(submitted_dossier(province)) is None
    found = queries.local_assessment_of(accepted_dossier(province))
    assert found is not None
    assert set(found.contents) == {"origin", "labour", "idea", "identity"}


def test_a_board_does_not_grow_with_its_batch(city: World) -> None:
    for _ in range(3):
        submitted_dossier(city)
    registration(city)
    day = day_of(city.at)
    (column,) = queries.board_of(city.batch, city.officer, day, most=2)
    assert (column.total, column.late, len(column.first)) == (3, 0, 2)
    assert queries.registered_only(city.batch, city.officer, day) == 1


def test_days_are_counted_as_the_step_counts_them(city: World) -> None:
    province = province_2026()
    counted = submitted_dossier(province)  # the commune's fifteen working days
    assert counted.due_on is not None
    day = province.at.date()
    [left] = queries.days_left([fresh(counted)], day).values()
    assert left == (15, "ngày làm việc")
    assert (counted.due_on - day).days > left.days
    back = fresh(submitted_dossier(city))
    assert queries.days_left([back], day) == {}
    back.due_on = day - timedelta(days=2)
    assert queries.days_left([back], day) == {back.pk: (-2, "ngày")}
