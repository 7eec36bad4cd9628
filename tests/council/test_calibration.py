"""Calibration: past dossiers without names, scored by all, compared once it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.models import User
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Refused, Stale
from ocop.council.actions import (
    cast_calibration,
    end_calibration,
    open_calibration,
    save_calibration,
)
from ocop.council.models import CalibrationCase, CalibrationRound, CalibrationSheet, Council, Seat
from ocop.council.queries import (
    calibrations_waiting,
    cases_for,
    expected_sheets,
    fairness_of,
    past_dossiers,
    scored_by_council,
    told_of,
)
from ocop.council.rules.anonymous import core_of, masked
from ocop.dossiers.actions import bar_reading
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of
from tests.factories import city_2024, council_of, open_hearing, person, places_for, recognised
from tests.factories.world import World

pytestmark = pytest.mark.django_db


@dataclass
class Scene:
    """A council of four and a secretary, and two dossiers that another council of the unit recognised."""

    world: World
    council: Council
    past: list[Dossier]

    @property
    def seats(self) -> list[Seat]:
        """The voting seats in order, then the secretary's."""
        return list(self.council.seats.select_related("user").order_by("pk"))

    @property
    def secretary(self) -> User:
        """Who runs the calibration."""
        return self.seats[-1].user


def scene(members: int = 4) -> Scene:
    world = city_2024()
    past = [recognised(world).dossier for _ in range(2)]
    return Scene(world, council_of(world, members=members), past)


def opened(found: Scene) -> CalibrationRound:
    return open_calibration(
        council=found.council, name="Chấm thử", dossiers=found.past, by=found.secretary, at=found.world.at
    )


def cast(found: Scene, case: CalibrationCase, seat: Seat, total: int = 60) -> CalibrationSheet:
    choices = places_for(criteria_of(case.dossier), total)
    return cast_calibration(case=case, choices=choices, by=seat.user, at=found.world.at)


def refuses(act: Callable[[], Any], *words: str, error: type[Exception] = Refused) -> None:
    models: tuple[Any, ...] = (CalibrationRound, CalibrationCase, CalibrationSheet, LedgerEntry)
    before = [model.objects.count() for model in models]
    with pytest.raises(error) as caught:
        act()
    assert [model.objects.count() for model in models] == before
    for word in words:
        assert word in str(caught.value), str(caught.value)


# ── names ──

NAMES = (
    ("Hợp tác xã Mỳ Chũ Xuân Trường", "[chủ thể]"),
    (core_of("Hợp tác xã Mỳ Chũ Xuân Trường"), "[chủ thể]"),
    ("Chũ", "[địa phương]"),
    ("Nguyễn Văn An", "[người]"),
)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Hợp tác xã Mỳ Chũ Xuân Trường có 12 lao động", "[chủ thể] có 12 lao động"),
        ("HTX mỳ chũ  xuân trường", "HTX [chủ thể]"),
        ("my chu xuan truong", "[chủ thể]"),
        ("Chủ thể ở Chũ, gần chợ", "Chủ thể ở [địa phương], gần chợ"),
        ("ông NGUYỄN VĂN AN ký", "ông [người] ký"),
        ("Nguyễn Văn Anh không phải", "Nguyễn Văn Anh không phải"),
        ("gọi 0912 345 678 hoặc an@vi-du.vn", "gọi [số điện thoại] hoặc [thư điện tử]"),
        ("xem https://mychu.vn/gioi-thieu", "xem [trang mạng]"),
        ("doanh thu 1.614.000.000 đ năm 2023", "doanh thu 1.614.000.000 đ năm 2023"),
    ],
)
def test_names_go_and_everything_else_stays(said: str, told: str) -> None:
    assert masked(said, NAMES) == told


def test_a_name_is_what_is_left_without_the_kind_of_business() -> None:
    assert core_of("Công ty TNHH MTV Thiên Phúc") == "Thiên Phúc"
    assert core_of("Hợp tác xã") == ""


# ── opening ──


def test_chair_and_secretary_choose_past_dossiers() -> None:
    found = scene()
    assert {dossier.pk for dossier in past_dossiers(found.council, found.secretary)} == {row.pk for row in found.past}
    made = opened(found)
    assert [case.letter for case in made.cases.all()] == ["A", "B"]
    assert LedgerEntry.objects.get(act="open_calibration").facts == {"dossiers": [row.pk for row in found.past]}


def test_opening_is_refused_with_its_reason() -> None:
    found = scene()
    running = open_hearing(found.world).dossier

    def opening(name: str = "Chấm thử", dossiers: Any = None, by: User | None = None) -> Callable[[], Any]:
        return lambda: open_calibration(
            council=found.council,
            name=name,
            dossiers=found.past if dossiers is None else dossiers,
            by=by or found.secretary,
            at=found.world.at,
        )

    refuses(opening(name=" "), "Đặt tên")
    refuses(opening(name="x" * 161), "Tên lượt")
    refuses(opening(dossiers=found.past[:1]), "từ 2 đến 4")
    refuses(opening(dossiers=[found.past[0], running]), "đã công bố kết quả")
    for seat in found.seats[1:-1]:
        refuses(opening(by=seat.user), error=PermissionDenied)
    refuses(opening(by=found.world.officer), error=PermissionDenied)
    opening(by=found.seats[0].user)()
    refuses(opening(), "đang có một lượt")


# ── scoring ──


def test_a_member_scores_each_case_once_and_the_last_sheet_ends_it() -> None:
    found = scene()
    made = opened(found)
    cases, voting = list(made.cases.all()), found.seats[:-1]
    kept = save_calibration(case=cases[0], choices={"1.a": 1}, by=voting[0].user, at=found.world.at)
    assert kept.choices == {"1.a": 1}
    refuses(lambda: cast_calibration(case=cases[0], by=voting[0].user, at=found.world.at), "chưa chấm")
    for case in cases:
        for seat in voting:
            assert CalibrationRound.objects.get().ended_at is None
            cast(found, case, seat)
    assert CalibrationRound.objects.get().ended_at == found.world.at
    refuses(lambda: cast(found, cases[0], voting[0]), "đã kết thúc")


def test_a_calibration_waits_for_a_member_until_all_cases_are_in() -> None:
    found = scene()
    made = opened(found)
    day, seat = found.world.at.date(), found.seats[1]
    for case in made.cases.all():
        assert list(calibrations_waiting(seat.user, day)) == [made]
        cast(found, case, seat)
    assert list(calibrations_waiting(seat.user, day)) == []
    assert list(calibrations_waiting(found.secretary, day)) == []


def test_refusals_of_a_sheet() -> None:
    found = scene()
    case, seat = opened(found).cases.all()[0], found.seats[0]
    at = found.world.at
    refuses(lambda: save_calibration(case=case, choices={"9.9": 1}, by=seat.user, at=at), "không có tiêu chí")
    save_calibration(case=case, choices={"1.a": 1}, revision=0, by=seat.user, at=at)
    save_calibration(case=case, choices={"1.a": 1}, revision=0, by=seat.user, at=at)
    refuses(lambda: save_calibration(case=case, choices={"1.a": 2}, revision=0, by=seat.user, at=at), error=Stale)
    refuses(lambda: cast(found, case, found.seats[-1]), error=PermissionDenied)
    cast(found, case, seat)
    refuses(lambda: cast(found, case, seat), "đã nộp phiếu chấm thử")


def test_whoever_was_shut_out_of_the_dossier_is_shut_out_of_the_case() -> None:
    found = scene()
    seat = found.seats[1]
    bar_reading(dossier=found.past[0], users=[seat.user], at=found.world.at)
    made = opened(found)
    shut, free = made.cases.all()
    assert [case.pk for case in cases_for(made, seat.user, seat)] == [free.pk]
    assert (shut.pk, seat.pk) not in expected_sheets(made, found.world.at.date())
    refuses(lambda: cast(found, shut, seat), "không mở cho bạn")
    client = Client()
    client.force_login(seat.user)
    assert client.get(reverse("council:calibration-case", args=[shut.pk])).status_code == 404


def test_chair_or_secretary_end_it_early_and_once() -> None:
    found = scene()
    made = opened(found)
    refuses(lambda: end_calibration(round=made, by=found.seats[1].user, at=found.world.at), error=PermissionDenied)
    end_calibration(round=made, by=found.seats[0].user, at=found.world.at)
    refuses(lambda: end_calibration(round=made, by=found.secretary, at=found.world.at), "đã kết thúc")


# ── pages ──


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_case_tells_no_name() -> None:
    found = scene()
    dossier = found.past[0]
    product = dossier.registration.product
    made = opened(found)
    case = made.cases.get(letter="A")
    page = signed_in(found.seats[1].user).get(reverse("council:calibration-case", args=[case.pk]))
    told = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    subject = product.subject
    for name in (product.name, subject.name, subject.representative, subject.address, subject.phone, subject.unit.name):
        assert name not in told
    assert dossier.registration.code not in told
    assert set(told_of(case)) == set(criteria_of(dossier).criteria)


def test_comparison_only_once_over_and_names_for_the_chair_alone() -> None:
    found = scene()
    made = opened(found)
    address = reverse("council:calibration", args=[made.pk])
    for case in made.cases.all():
        for seat, total in zip(found.seats[:3], (50, 60, 70), strict=True):
            cast(found, case, seat, total)
    assert "Theo sản phẩm" not in signed_in(found.seats[0].user).get(address).content.decode()
    end_calibration(round=made, by=found.secretary, at=found.world.at)
    compared = fairness_of(scored_by_council(made, found.seats[0].user))
    assert [row.shift for row in compared.severities] == [-15, 0, 15]
    chair = signed_in(found.seats[0].user).get(address).content.decode()
    assert "Chấm chặt, chấm rộng" in chair
    assert "-15,00" in chair
    for seat in (found.seats[1], found.seats[-1]):
        told = signed_in(seat.user).get(address).content.decode()
        assert "Hồ sơ A" in told
        assert "Tiêu chí chấm khác nhau nhiều nhất" in told
        assert "Chấm chặt" not in told


def test_the_pages_open_score_and_end() -> None:
    found = scene(members=1)
    page = reverse("council:calibrations", args=[found.council.pk])
    secretary = signed_in(found.secretary)
    assert found.past[0].registration.product.name in secretary.get(page).content.decode()
    assert secretary.post(page, {"name": "Chấm thử", "dossiers": [found.past[0].pk]}).status_code == 422
    sent = {"name": "Chấm thử", "dossiers": [row.pk for row in found.past]}
    assert secretary.post(page, sent).status_code == 302
    case = CalibrationCase.objects.first()
    assert case is not None
    member = signed_in(found.seats[0].user)
    save = reverse("council:calibration-case-save", args=[case.pk])
    answer = member.post(save, {"choice-1.a": "1", "revision": "0"})
    assert set(answer.json()) == {"saved_at", "total", "answered", "revision"}
    assert member.post(save, {"choice-9.9": "1"}).status_code == 422
    assert member.post(save, {"choice-1.a": "2", "revision": "0"}).status_code == 409
    submit = reverse("council:calibration-case-submit", args=[case.pk])
    assert member.post(submit, {"choice-1.a": "1"}).status_code == 422
    whole = {f"choice-{code}": str(place or 0) for code, place in places_for(criteria_of(case.dossier), 60).items()}
    assert member.post(submit, whole).status_code == 302
    end = reverse("council:calibration-end", args=[case.round_id])
    assert secretary.post(end).status_code == 302
    assert CalibrationRound.objects.get().ended_at is not None
    assert secretary.get(reverse("council:calibration", args=[case.round_id])).status_code == 200
    assert secretary.get(reverse("council:calibration-case", args=[case.pk])).status_code == 200


def test_the_council_alone_opens_them() -> None:
    found = scene()
    made = opened(found)
    addresses = [
        reverse("council:calibrations", args=[found.council.pk]),
        reverse("council:calibration", args=[made.pk]),
        reverse("council:calibration-case", args=[made.cases.all()[0].pk]),
    ]
    other = council_of(found.world).seats.exclude(role="chair").first()
    assert other is not None
    for user in (found.world.officer, found.world.leader, found.world.liaison, other.user, person("Người lạ")):
        for address in addresses:
            assert signed_in(user).get(address).status_code == 403


def test_the_list_costs_the_same_for_one_round_and_three() -> None:
    found, counts = scene(), []
    client = signed_in(found.seats[1].user)
    address = reverse("council:calibrations", args=[found.council.pk])
    for rounds in (1, 3):
        while CalibrationRound.objects.count() < rounds:
            end_calibration(round=opened(found), by=found.secretary, at=found.world.at)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        counts.append(len(captured))
    assert counts[0] == counts[1]
