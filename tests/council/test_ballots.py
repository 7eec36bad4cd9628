"""Written opinion: which dossiers, until when, and the way to a meeting when opinions differ (QĐ 26/2026 Art. 7.6d)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from ocop.council.actions import (
    begin_discussion,
    call_session,
    cast_sheet,
    close_hearing,
    declare,
    escalate_hearing,
    put_before,
    put_on_table,
    save_sheet,
)
from ocop.council.models import Hearing, Result, Sheet
from ocop.council.permissions import can_see_ballots, can_see_points
from ocop.council.queries import ballots_behind, ballots_differ_on, ballots_due, declaration_of, positions_on
from ocop.council.states import HearingState, SessionKind, SheetState
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of
from tests.council.refusing import refused
from tests.factories import accepted_dossier, city_2024, council_of, province_2026
from tests.factories.meeting import Meeting, after_deadline, meeting_ahead, written
from tests.factories.world import enter

pytestmark = pytest.mark.django_db

APART = (72, 60, 60, 60, 60)


def escalated(totals: tuple[int, ...] = APART) -> tuple[Meeting, Hearing]:
    """A written opinion with opinions far apart, taken to a meeting by the chair."""
    made = written(province_2026(), totals)
    at = made.world.at if len(totals) == 5 else after_deadline(made).at
    return made, escalate_hearing(hearing=made.hearing, to=meeting_ahead(made), by=made.chair.user, at=at)


@pytest.mark.parametrize(
    ("world", "words"),
    [
        (province_2026, "theo Điều 7.6d QĐ 26/2026 chỉ lấy ý kiến bằng văn bản hồ sơ “Đánh giá, phân hạng lại”"),
        (city_2024, "QĐ 148/2023 không cho lấy ý kiến bằng văn bản"),
    ],
)
def test_only_the_kinds_that_the_regime_names_are_decided_by_written_opinion(world: Any, words: str) -> None:
    here = world()
    session = call_session(
        council=council_of(here),
        batch=here.batch,
        name="Lấy ý kiến",
        held_on=here.at.date(),
        place="Qua hệ thống",
        kind=SessionKind.WRITTEN,
        ballots_by=here.at + timedelta(days=3),
        by=here.officer,
        at=here.at,
    )
    dossier = accepted_dossier(here)
    with refused(words):
        put_before(session=session, dossiers=[dossier], by=here.officer, at=here.at)


def test_a_written_opinion_is_closed_when_all_have_answered() -> None:
    made = written(province_2026(), (62, 60, 60, 60))
    with refused("Thành viên còn gửi phiếu đến"):
        close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    declare(hearing=made.hearing, conflict=True, reason="Em ruột", by=made.seats[4].user, at=made.world.at)
    result = close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    assert result.inputs["session"]["kind"] == SessionKind.WRITTEN


def test_after_the_deadline_no_ballot_comes_in_and_the_quorum_decides() -> None:
    made = written(province_2026(), (62, 60, 60, 60))
    late, world = made.seats[4].user, after_deadline(made)
    declare(hearing=made.hearing, conflict=False, by=late, at=made.world.at)
    choices = places_for(criteria_of(made.hearing.dossier), 60)
    with refused("Đã hết hạn gửi phiếu"):
        save_sheet(hearing=made.hearing, choices=choices, notes={}, by=late, at=world.at)
    with refused("Đã hết hạn gửi phiếu"):
        cast_sheet(hearing=made.hearing, choices=choices, by=late, at=world.at)
    assert close_hearing(hearing=made.hearing, by=made.chair.user, at=world.at).mean == 60 + 1 / 2


def test_too_few_ballots_are_no_result() -> None:
    made = written(province_2026(), (60, 60))
    with refused("Chưa đủ túc số"):
        close_hearing(hearing=made.hearing, by=made.chair.user, at=after_deadline(made).at)


def test_opinions_far_apart_are_not_closed_and_not_discussed_but_go_to_a_meeting() -> None:
    made = written(province_2026(), APART)
    with refused("Chuyển sản phẩm ra phiên họp"):
        close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    with refused("chuyển sản phẩm ra phiên họp"):
        begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    with refused("không có màn chiếu"):
        put_on_table(session=made.session, hearing=made.hearing, by=made.chair.user, at=made.world.at)
    assert not Result.objects.exists()


def test_a_product_goes_over_with_its_ballots_and_everybody_answers_anew_at_the_door() -> None:
    made, again = escalated()
    old = Hearing.objects.get(pk=made.hearing.pk)
    assert (old.state, again.state, again.came_from) == (HearingState.ESCALATED, HearingState.OPEN, old)
    assert Sheet.objects.filter(hearing=old, state=SheetState.SUBMITTED).count() == 5
    drafts = Sheet.objects.filter(hearing=again)
    assert {sheet.state for sheet in drafts} == {SheetState.DRAFT}
    assert drafts.get(seat=made.seats[0]).choices == old.sheets.get(seat=made.seats[0]).choices
    assert declaration_of(again, made.seats[0]) is None
    with refused("khai báo", PermissionDenied):
        cast_sheet(hearing=again, by=made.seats[0].user, at=made.world.at)
    with refused("đã chuyển ra phiên họp"):
        close_hearing(hearing=old, by=made.chair.user, at=made.world.at)
    assert not can_see_points(made.seats[0].user, made.world.at.date(), old)


def test_both_arguments_stand_side_by_side_in_the_meeting_for_those_let_in_with_a_ballot() -> None:
    made, again = escalated((72, 60, 60, 60))
    day = made.world.at.date()
    assert not can_see_ballots(made.seats[0].user, day, again)
    for place in (0, 4):
        declare(hearing=again, conflict=False, by=made.seats[place].user, at=made.world.at)
    assert can_see_ballots(made.seats[0].user, day, again)
    assert not can_see_ballots(made.seats[4].user, day, again)  # no ballot of the own: still blind
    declare(hearing=again, conflict=True, reason="Em ruột", by=made.seats[0].user, at=made.world.at)
    assert not can_see_ballots(made.seats[0].user, day, again)
    before = ballots_behind(again)
    assert before is not None
    for row in positions_on(before, ballots_differ_on(before), made.seats[1]):
        assert len(row.positions) == 2


@pytest.mark.parametrize("totals", [(60, 60), (60,) * 5])
def test_without_differing_opinions_going_to_a_meeting_needs_a_reason(totals: tuple[int, ...]) -> None:
    made = written(province_2026(), totals)
    world, to = after_deadline(made), meeting_ahead(made)
    with refused("Ghi lý do chuyển ra phiên họp"):
        escalate_hearing(hearing=made.hearing, to=to, by=made.chair.user, at=world.at)
    again = escalate_hearing(hearing=made.hearing, to=to, reason="Phức tạp", by=made.chair.user, at=world.at)
    assert again.session == to


def test_who_takes_a_product_to_which_meeting_and_when() -> None:
    made = written(province_2026(), (72, 60, 60))
    to = meeting_ahead(made)
    with refused("Chỉ người chủ trì", PermissionDenied):
        escalate_hearing(hearing=made.hearing, to=to, by=made.seats[5].user, at=made.world.at)
    with refused("còn gửi phiếu đến"):
        escalate_hearing(hearing=made.hearing, to=to, reason="Phức tạp", by=made.chair.user, at=made.world.at)
    late = after_deadline(made)
    with refused("của chính Hội đồng này"):
        escalate_hearing(hearing=made.hearing, to=made.session, reason="x", by=made.chair.user, at=late.at)
    with refused("đã họp ngày"):
        later = late.at + timedelta(days=30)
        escalate_hearing(hearing=made.hearing, to=to, reason="x", by=made.chair.user, at=later)


def test_the_ballots_page_says_what_is_left_and_who_is_missing(settings: Any) -> None:
    made = written(province_2026(), (60, 60))
    address = reverse("council:ballots", args=[made.session.pk])
    assert {(user.pk, count) for user, count in ballots_due(made.session)} == {
        (made.seats[place].user.pk, 1) for place in (2, 3, 4)
    }
    secretary = enter(Client(), settings, made.seats[5].user, made.world).get(address)
    assert made.seats[2].user.full_name in secretary.content.decode()
    member = enter(Client(), settings, made.seats[2].user, made.world).get(address).content.decode()
    assert "Chờ bạn khai báo" in member
    assert made.seats[3].user.full_name not in member
    outsider = made.world.commune_officer
    assert enter(Client(), settings, outsider, made.world).get(address).status_code == 403


def test_the_chair_takes_a_product_to_a_meeting_on_its_page(settings: Any) -> None:
    made = written(province_2026(), APART)
    to = meeting_ahead(made)
    client = enter(Client(), settings, made.chair.user, made.world)
    address = reverse("council:escalate", args=[made.hearing.pk])
    assert to.name in client.get(address).content.decode()
    wrong = client.post(address, {"to": "", "reason": "Ghi rồi"})
    assert wrong.status_code == 422
    assert "Ghi rồi" in wrong.content.decode()
    assert client.post(address, {"to": to.pk}).status_code == 302
    page = client.get(reverse("council:hearing", args=[made.hearing.pk])).content.decode()
    assert "xét lại" in page
    assert "72,00" not in page
