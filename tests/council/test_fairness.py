"""How alike a session scored: only after closing, never more than the reader may read, names for the chair alone."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.models import User
from ocop.council.actions import close_hearing
from ocop.council.queries import fairness_of, scored_in
from tests.factories import city_2024, closed_hearing, council_of, session_of
from tests.factories.council import Evening, evening
from tests.factories.tasting import sheet_without, table, taste

pytestmark = pytest.mark.django_db


def page(scene: Evening, who: str) -> str:
    client = Client()
    user = scene.people[who]
    if user is not None:
        client.force_login(user)
    answer = client.get(reverse("council:fairness", args=[scene.session.pk]))
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def test_figures_are_of_closed_products_alone() -> None:
    scene = evening()
    found = fairness_of(scored_in(scene.session, {scene.open.pk, scene.closed.pk}))
    assert [row.sheets for row in found.products] == [6]
    spread = found.products[0].spread
    assert spread is not None
    assert (spread.lowest, spread.highest) == (61, 67)
    assert found.alpha_totals is None  # one product alone says nothing
    assert found.alpha_criteria is not None
    assert len(found.severities) == 6
    assert found.severities[0].shift < 0 < found.severities[-1].shift


def test_what_is_not_readable_is_left_out() -> None:
    scene = evening()
    found = fairness_of(scored_in(scene.session, {scene.open.pk}))
    assert found.products == ()
    assert found.severities == ()
    assert found.alpha_criteria is None


def test_copied_sheets_are_told_with_their_products() -> None:
    scene = evening()
    found = fairness_of(scored_in(scene.session, {scene.closed.pk}))
    same = {str(seat.pk) for seat in scene.seats[3:7]}  # four sheets of 63 points, ticked alike
    assert {key for pair in found.same for key in pair[:2]} == same
    assert len(found.same) == 6


def test_the_chair_reads_names_and_nobody_else_does() -> None:
    scene = evening()
    for place, seat in enumerate(scene.seats):
        User.objects.filter(pk=seat.user_id).update(full_name=f"Bùi Văn Số {place}")
    chair = page(scene, "chair")
    assert "Chấm chặt, chấm rộng" in chair
    assert "Phiếu giống hệt nhau" in chair
    assert "Bùi Văn Số 2</td>" in chair
    for who in ("member let in", "member handed in", "secretary", "lead officer"):
        told = page(scene, who)
        assert "Bánh đa Kế" in told
        assert "Chấm chặt" not in told
        assert "giống hệt" not in told
        assert "Bùi Văn" not in told.split("<main", 1)[1].split("</main>", 1)[0]
        assert "xếp ngẫu nhiên" in told


@pytest.mark.parametrize("who", ["member conflicted", "member not declared", "leader"])
def test_a_shut_door_keeps_the_figures_shut_too(who: str) -> None:
    told = page(evening(), who)
    assert "Bánh đa Kế" not in told
    assert "67,00" not in told
    assert "Chưa có gì để so sánh" in told


@pytest.mark.parametrize("who", ["subject", "commune officer", "helper", "other council's member", "anonymous"])
def test_others_do_not_open_the_page(who: str) -> None:
    assert page(evening(), who) in ("302", "403")


def test_nothing_of_the_open_product_is_told_before_closing() -> None:
    scene = evening()
    for who in ("chair", "secretary"):
        told = page(scene, who)
        assert "Mỳ gạo Chũ" not in told
        assert "Còn 1 sản phẩm đang chấm" in told


def test_the_anonymous_numbers_are_drawn_anew_each_time() -> None:
    scene = evening()
    seen = {
        tuple(re.findall(r"Thành viên \d+: <span class=\"num\">([^<]+)", page(scene, "secretary"))) for _ in range(8)
    }
    assert len(seen) > 1
    assert len({tuple(sorted(row)) for row in seen}) == 1


def test_two_sheets_are_too_few_to_tell_apart() -> None:
    world = city_2024()
    council = council_of(world, members=2)
    session = session_of(world, council)
    result = closed_hearing(world, session=session, totals=(60, 62))
    found = fairness_of(scored_in(session, {result.hearing_id}))
    assert found.products[0].spread is None
    assert found.products[0].apart == ()
    assert found.criteria == ()
    assert found.severities == ()
    assert found.alpha_criteria is None


def test_what_was_tasted_counts() -> None:
    found = table(members=3)
    hearing = found.hearings[0]
    for seat, place in zip(found.seats[:-1], (1, 1, 3), strict=True):
        sheet_without(found, hearing, seat)
        taste(found, hearing, seat, place)
    close_hearing(hearing=hearing, by=found.seats[0].user, at=found.world.at)
    told = fairness_of(scored_in(found.session, {hearing.pk}))
    assert {row.code.split(".")[0] for row in told.criteria} == {"6"}
    assert told.severities[-1].member == str(found.seats[2].pk)


def test_the_page_costs_the_same_for_one_product_and_three() -> None:
    world, counts = city_2024(), []
    for products in (1, 3):
        session = session_of(world)
        for _ in range(products):
            closed_hearing(world, session=session)
        client = Client()
        client.force_login(session.council.seats.get(role="chair").user)
        address = reverse("council:fairness", args=[session.pk])
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
