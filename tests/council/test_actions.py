"""Every way out of the council's actions; a refusal writes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Stale
from ocop.council.actions import (
    adopt_bylaws,
    call_session,
    cast_sheet,
    close_hearing,
    confirm_finding,
    declare,
    form_council,
    forward_dossier,
    put_before,
    record_higher_result,
    reopen_sheet,
    save_sheet,
    send_result_letter,
)
from ocop.council.actions.forming import SeatDraft
from ocop.council.models import Hearing, Result, Seat, Sheet
from ocop.council.queries import acting_chair
from ocop.council.states import Outcome, SheetState
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of, regime_of
from ocop.dossiers.states import DossierState
from tests.council.refusing import refused
from tests.factories import (
    World,
    accepted_dossier,
    city_2024,
    closed_hearing,
    council_of,
    open_hearing,
    person,
    province_2026,
    score,
    session_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


def seats_of(hearing: Hearing) -> list[Seat]:
    return list(hearing.session.council.seats.select_related("user").order_by("pk"))


def full(hearing: Hearing, total: int = 60) -> dict[str, int | None]:
    return places_for(criteria_of(hearing.dossier), total)


# ── forming ──


def drafts(world: World, *roles: str) -> list[SeatDraft]:
    return [SeatDraft(user=person(role=Role.MEMBER, where=world.unit), role=role) for role in roles]


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ((), "đúng một Chủ tịch"),
        (("member", "member"), "đúng một Chủ tịch"),
        (("chair", "chair"), "đúng một Chủ tịch"),
        (("chair", "guest"), "Chọn vai trò trong danh sách"),
    ],
)
def test_a_council_has_one_chair_and_known_roles(world: World, roles: tuple[str, ...], words: str) -> None:
    seats = drafts(world, *roles)
    with refused(words):
        form_council(
            unit=world.unit,
            level="district",
            name="Hội đồng",
            decision_number="1/QĐ",
            decided_on=date(2024, 8, 1),
            seats=seats,
            by=world.officer,
            at=world.at,
        )


def test_nobody_sits_twice_and_a_decision_is_entered_once(world: World) -> None:
    seats = drafts(world, "chair", "member")
    facts = {
        "unit": world.unit,
        "level": "district",
        "name": "Hội đồng",
        "decision_number": "1/QĐ",
        "decided_on": date(2024, 8, 1),
        "by": world.officer,
        "at": world.at,
    }
    with refused("một ghế"):
        form_council(**facts, seats=[*seats, SeatDraft(user=seats[0].user, role="member")])
    with refused("ít nhất một thành viên chấm điểm"):
        form_council(**facts, seats=[SeatDraft(user=seats[0].user, role="chair", votes=False)])
    with refused("cơ quan chủ trì", PermissionDenied):
        form_council(**facts | {"by": world.commune_officer}, seats=seats)
    council = form_council(**facts, seats=seats)
    assert LedgerEntry.objects.filter(act="form_council").count() == 1
    assert council.seats.count() == 2
    others = drafts(world, "chair")
    with refused("đã được nhập"):
        form_council(**facts, seats=others)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"quorum": Decimal(0)}, "Túc số"),
        ({"quorum": Decimal("1.1")}, "Túc số"),
        ({"spread_limit": Decimal(-1)}, "không được âm"),
        ({"minimums_on": "median"}, "tối thiểu"),
    ],
)
def test_bylaws_keep_to_what_can_be_computed(world: World, changed: dict[str, object], words: str) -> None:
    council = council_of(world)
    facts = {
        "quorum": Decimal("0.5"),
        "chair_must_vote": False,
        "spread_limit": Decimal(5),
        "round_mean_to": 2,
        "minimums_on": "all",
    }
    with refused(words):
        adopt_bylaws(council=council, **facts | changed, by=world.officer, at=world.at)
    assert adopt_bylaws(council=council, **facts, by=world.officer, at=world.at).version == 2


def test_a_called_session_keeps_its_bylaws(world: World) -> None:
    session = session_of(world)
    adopt_bylaws(
        council=session.council,
        quorum=Decimal("0.5"),
        chair_must_vote=False,
        spread_limit=Decimal(5),
        round_mean_to=None,
        minimums_on="mean",
        by=world.officer,
        at=world.at,
    )
    session.refresh_from_db()
    assert session.bylaws.version == 1


def test_a_session_needs_bylaws_and_a_batch_of_its_unit(world: World) -> None:
    elsewhere = province_2026()
    bare = form_council(
        unit=world.unit,
        level="district",
        name="Hội đồng",
        decision_number="1/QĐ",
        decided_on=date(2024, 8, 1),
        seats=drafts(world, "chair"),
        by=world.officer,
        at=world.at,
    )
    facts = {
        "name": "Phiên 1",
        "held_on": date(2024, 9, 20),
        "place": "Hội trường",
        "by": world.officer,
        "at": world.at,
    }
    with refused("chưa có Quy chế"):
        call_session(council=bare, batch=world.batch, **facts)
    council = council_of(world)
    with refused("không thuộc đơn vị"):
        call_session(council=council, batch=elsewhere.batch, **facts)


def test_only_accepted_dossiers_of_the_batch_come_before_the_session(world: World) -> None:
    session, dossier = session_of(world), accepted_dossier(world)
    foreign = accepted_dossier(province_2026())
    with refused("Chọn ít nhất một hồ sơ"):
        put_before(session=session, dossiers=[], by=world.officer, at=world.at)
    with refused("không thuộc Đợt 2"):
        put_before(session=session, dossiers=[foreign], by=world.officer, at=world.at)
    put_before(session=session, dossiers=[dossier], by=world.officer, at=world.at)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.IN_COUNCIL
    later = session_of(world)
    with refused("Đang thẩm định"):
        put_before(session=later, dossiers=[dossier], by=world.officer, at=world.at)


# ── the door and the sheets ──


def test_a_member_answers_once_and_a_conflict_says_why(world: World) -> None:
    hearing = open_hearing(world)
    chair, *_, secretary = seats_of(hearing)
    with refused("không phải thành viên chấm điểm", PermissionDenied):
        declare(hearing=hearing, conflict=False, by=secretary.user, at=world.at)
    with refused("Ghi ngắn gọn mối liên quan"):
        declare(hearing=hearing, conflict=True, reason=" ", by=chair.user, at=world.at)
    declare(hearing=hearing, conflict=True, reason="Cổ đông", by=chair.user, at=world.at)
    with refused("đã khai báo"):
        declare(hearing=hearing, conflict=False, by=chair.user, at=world.at)
    deputy = acting_chair(hearing, world.at.date())
    assert deputy is not None
    assert deputy.role == "vice_chair"


def test_no_tick_before_the_door_nor_from_the_wrong_list_nor_over_a_newer_one(world: World) -> None:
    hearing = open_hearing(world)
    user = seats_of(hearing)[2].user
    facts = {"hearing": hearing, "notes": {}, "by": user, "at": world.at}
    with refused("khai báo xung đột", PermissionDenied):
        save_sheet(choices={"1.a": 1}, **facts)
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    with refused("không có phương án 9"):
        save_sheet(choices={"1.a": 9}, **facts)
    assert save_sheet(choices={"1.a": 1}, revision=0, **facts).revision == 1
    with refused("máy khác", Stale):
        save_sheet(choices={"1.a": 2}, revision=0, **facts)
    assert save_sheet(choices={"1.b": None}, revision=1, **facts).choices == {"1.a": 1, "1.b": None}
    assert not LedgerEntry.objects.filter(act="save_sheet").exists()


def test_a_sheet_is_handed_in_whole_and_once(world: World) -> None:
    hearing = open_hearing(world)
    user = seats_of(hearing)[2].user
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    choices = full(hearing)
    last = list(choices)[-1]
    with refused("Còn 1 tiêu chí chưa chấm") as caught:
        cast_sheet(hearing=hearing, choices={c: p for c, p in choices.items() if c != last}, by=user, at=world.at)
    assert caught.value.field == last  # type: ignore[attr-defined]
    sheet = cast_sheet(hearing=hearing, choices=choices, by=user, at=world.at)
    entry = LedgerEntry.objects.get(act="cast_sheet")
    assert entry.facts["sha256"] == sheet.sha256
    assert "60" not in entry.words
    with refused("đã nộp phiếu này"):
        cast_sheet(hearing=hearing, choices=choices, by=user, at=world.at)


def test_a_sheet_saved_elsewhere_is_not_overwritten_by_handing_in(world: World) -> None:
    hearing = open_hearing(world)
    user = seats_of(hearing)[2].user
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    facts = {"hearing": hearing, "by": user, "at": world.at}
    mine = full(hearing)
    code = next(code for code, place in mine.items() if place)
    save_sheet(choices=mine, notes={code: "Một\nhai"}, revision=0, **facts)
    # The first answer was lost on the line: the same again is kept already.
    assert save_sheet(choices=mine, notes={code: "Một\r\nhai"}, revision=0, **facts).revision == 1
    save_sheet(choices={code: None}, notes={}, opinion="Ở máy kia", revision=1, **facts)
    with refused(f"khác với màn hình này ở tiêu chí {code}\\.", Stale):
        cast_sheet(choices=mine, revision=1, **facts)
    with refused(f"tiêu chí {code} và ý kiến chung", Stale):
        cast_sheet(choices=mine, notes={code: ""}, opinion="", revision=1, **facts)
    assert Sheet.objects.get().choices[code] is None
    # What says the same is handed in, on whatever revision; so is the other once its member was told.
    cast = cast_sheet(choices=mine | {code: None}, notes={code: "Một\r\nhai"}, opinion="Ở máy kia", revision=1, **facts)
    assert (cast.state, cast.choices[code]) == (SheetState.SUBMITTED, None)


def test_no_text_is_cut_short(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, (60,) * 3, world)
    chair, _, member, *others = seats_of(hearing)
    user = others[0].user
    with refused("Mối liên quan dài 501 chữ cái, nhiều nhất 500"):
        declare(hearing=hearing, conflict=True, reason="x" * 501, by=user, at=world.at)
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    code = next(iter(full(hearing)))
    facts = {"hearing": hearing, "choices": {}, "by": user, "at": world.at}
    with refused(f"Ghi chú tiêu chí {code} dài 1001 chữ cái, nhiều nhất 1000"):
        save_sheet(notes={code: "x" * 1001}, **facts)
    with refused("Ý kiến chung dài 5001 chữ cái, nhiều nhất 5000"):
        save_sheet(notes={}, opinion="x" * 5001, **facts)
    with refused("Lý do dài 501 chữ cái, nhiều nhất 500"):
        reopen_sheet(hearing=hearing, seat=member, reason="x" * 501, by=chair.user, at=world.at)
    with refused("Căn cứ loại dài 1001 chữ cái, nhiều nhất 1000"):
        confirm_finding(hearing=hearing, criterion=code, reason="x" * 1001, by=chair.user, at=world.at)


def test_a_sheet_is_reopened_with_a_reason_and_its_first_version_stays(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, (60,) * 3, world)
    chair, _, member, absent, *_, secretary = seats_of(hearing)
    with refused("Chỉ chủ trì hoặc thư ký", PermissionDenied):
        reopen_sheet(hearing=hearing, seat=chair, reason="Xem lại", by=member.user, at=world.at)
    with refused("Ghi lý do mở lại"):
        reopen_sheet(hearing=hearing, seat=member, reason="", by=chair.user, at=world.at)
    with refused("chưa nộp phiếu"):
        reopen_sheet(hearing=hearing, seat=absent, reason="Xem lại", by=chair.user, at=world.at)
    fresh = reopen_sheet(hearing=hearing, seat=member, reason="Xem lại", by=secretary.user, at=world.at)
    old = Sheet.objects.get(hearing=hearing, seat=member, version=1)
    assert (old.state, fresh.version, fresh.choices) == (SheetState.REPLACED, 2, old.choices)


# ── closing ──


def test_only_the_acting_chair_closes_and_only_after_the_door(world: World) -> None:
    hearing = open_hearing(world)
    seats = seats_of(hearing)
    for seat in seats[1:9]:
        declare(hearing=hearing, conflict=False, by=seat.user, at=world.at)
        cast_sheet(hearing=hearing, choices=full(hearing), by=seat.user, at=world.at)
    with refused("Chỉ người chủ trì", PermissionDenied):
        close_hearing(hearing=hearing, by=seats[9].user, at=world.at)
    with refused("trước khi chủ trì", PermissionDenied):
        close_hearing(hearing=hearing, by=seats[0].user, at=world.at)
    declare(hearing=hearing, conflict=True, reason="Cổ đông", by=seats[0].user, at=world.at)
    result = close_hearing(hearing=hearing, by=seats[1].user, at=world.at)
    assert result.inputs["council_size"] == 8


@pytest.mark.parametrize(
    ("totals", "words"),
    [
        ((60,) * 6, "Chưa đủ túc số: 6/9 phiếu"),
        ((50, 61, 60, 60, 60, 60, 60), "quá mức 10 điểm"),
    ],
)
def test_the_bylaws_hold_the_closing_back(world: World, totals: tuple[int, ...], words: str) -> None:
    hearing = open_hearing(world)
    score(hearing, totals, world)
    with refused(words):
        close_hearing(hearing=hearing, by=seats_of(hearing)[0].user, at=world.at)


@pytest.mark.parametrize(
    ("total", "outcome", "state"),
    [
        (45, Outcome.NO_CERTIFICATE, DossierState.TO_NOTIFY),
        (60, Outcome.RECOGNISE, DossierState.TO_RECOGNISE),
        (75, Outcome.FORWARD, DossierState.TO_FORWARD),
    ],
)
def test_a_closed_product_moves_on_and_nothing_more_comes_in(
    world: World, total: int, outcome: str, state: str
) -> None:
    result = closed_hearing(world, totals=(total,) * 9)
    hearing = Hearing.objects.get()
    assert (result.outcome, hearing.dossier.state) == (outcome, state)
    assert str(total) not in LedgerEntry.objects.get(act="close_hearing").words
    chair, user = seats_of(hearing)[0].user, seats_of(hearing)[2].user
    code = next(iter(criteria_of(hearing.dossier).criteria))
    with refused("đã chốt điểm rồi"):
        close_hearing(hearing=hearing, by=chair, at=world.at)
    with refused("đã chốt điểm"):
        save_sheet(hearing=hearing, choices={code: 1}, notes={}, by=user, at=world.at)
    with refused("đã chốt điểm"):
        reopen_sheet(hearing=hearing, seat=seats_of(hearing)[2], reason="Xem lại", by=chair, at=world.at)
    with refused("đã chốt điểm"):
        confirm_finding(hearing=hearing, criterion=code, reason="Giả mạo", by=chair, at=world.at)


def test_a_confirmed_finding_rejects(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, (60,) * 9, world)
    chair, member = seats_of(hearing)[0].user, seats_of(hearing)[2].user
    code = next(iter(criteria_of(hearing.dossier).criteria))
    facts = {"hearing": hearing, "criterion": code, "reason": "Phiếu kiểm nghiệm giả", "at": world.at}
    with refused("Chỉ người chủ trì", PermissionDenied):
        confirm_finding(**facts, by=member)
    with refused("Chọn tiêu chí"):
        confirm_finding(**facts | {"criterion": "9.z"}, by=chair)
    with refused("Ghi căn cứ loại"):
        confirm_finding(**facts | {"reason": " "}, by=chair)
    confirm_finding(**facts, by=chair)
    with refused("đã có kết luận loại"):
        confirm_finding(**facts, by=chair)
    result = close_hearing(hearing=hearing, by=chair, at=world.at)
    assert (result.outcome, result.star) == (Outcome.REJECTED, None)


# ── onward ──


def letter(result: Result, by: User, world: World, **changed: str) -> object:
    facts = {"number": "45/TB", "signer": "Nguyễn Văn Trưởng"} | changed
    return send_result_letter(result=result, signed_on=date(2024, 9, 16), **facts, by=by, at=world.at)


def test_the_letter_is_sent_once_by_the_programmes_office(world: World) -> None:
    result = closed_hearing(world, totals=(45,) * 9)
    with refused("cơ quan chủ trì của chương trình", PermissionDenied):
        letter(result, world.commune_officer, world)
    with refused("người ký thông báo"):
        letter(result, world.officer, world, signer="")
    letter(result, world.officer, world)
    result.hearing.dossier.refresh_from_db()
    assert result.hearing.dossier.state == DossierState.NOT_RECOGNISED
    with refused("không chờ thông báo"):
        letter(result, world.officer, world)


def hand_over(result: Result, by: User, world: World, **changed: object) -> object:
    parts = [part.code for part in regime_of(result.hearing.dossier).forward_parts]
    facts: dict[str, object] = {
        "letter_number": "312/CV",
        "parts": parts,
        "samples": 5,
        "handed_on": world.at.date(),
        "received_by": "Trần Văn Tỉnh",
        "signer": "Nguyễn Văn Trưởng",
    }
    return forward_dossier(result=result, **facts | changed, by=by, at=world.at)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"parts": []}, "còn thiếu: Báo cáo kết quả đánh giá của Hội đồng"),
        ({"parts": ["gift"]}, "không có trong quy định"),
        ({"samples": 4}, "đủ 5 mẫu"),
        ({"samples": 101}, "quá lớn"),
        ({"letter_number": "x" * 61}, "nhiều nhất 60"),
        ({"received_by": " "}, "người nhận bàn giao"),
        ({"signer": ""}, "người ký công văn"),
        ({"handed_on": date(2024, 9, 17)}, "đến hôm nay"),
        ({"handed_on": date(2024, 9, 15)}, "từ ngày Hội đồng chốt"),
    ],
)
def test_a_hand_over_is_complete(world: World, changed: dict[str, object], words: str) -> None:
    result = closed_hearing(world, totals=(75,) * 9)
    with refused(words):
        hand_over(result, world.officer, world, **changed)


def above(result: Result, by: User, world: World, **changed: object) -> object:
    facts: dict[str, object] = {
        "mean": Decimal("78.5"),
        "star": 4,
        "document": "99/QĐ-UBND",
        "decided_on": world.at.date(),
    }
    return record_higher_result(result=result, **facts | changed, by=by, at=world.at)  # type: ignore[arg-type]


def test_the_hand_over_and_the_answer_happen_in_turn_and_once(world: World) -> None:
    result = closed_hearing(world, totals=(75,) * 9)
    with refused("không chờ kết quả"):
        above(result, world.officer, world)
    with refused("khi hồ sơ đã chuyển lên", PermissionDenied):
        above(result, world.liaison, world)
    with refused("cơ quan chủ trì", PermissionDenied):
        hand_over(result, world.commune_officer, world)
    hand_over(result, world.officer, world)
    with refused("không chờ chuyển"):
        hand_over(result, world.officer, world)
    for changed, words in (
        ({"document": " "}, "số quyết định"),
        ({"decided_on": world.at.date() - timedelta(days=1)}, "từ ngày bàn giao"),
        ({"mean": Decimal(101)}, "từ 0 đến 100"),
        ({"star": 5}, "tối đa 4 sao"),
    ):
        with refused(words):
            above(result, world.liaison, world, **changed)
    with refused("đầu mối cấp trên", PermissionDenied):
        above(result, world.commune_officer, world)
    above(result, world.liaison, world)
    with refused("không chờ kết quả"):
        above(result, world.liaison, world)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"mean": Decimal(78), "star": 4}, DossierState.RECOGNISED_ABOVE),
        ({"mean": Decimal(66), "star": 3}, DossierState.TO_RECOGNISE),
        ({"mean": Decimal(45), "star": 2}, DossierState.TO_NOTIFY),
        ({"mean": Decimal(93), "star": 5, "sent_higher": True}, DossierState.FORWARDED),
    ],
)
def test_the_star_from_above_says_who_decides(world: World, answer: dict[str, object], state: str) -> None:
    result = closed_hearing(world, totals=(75,) * 9)
    hand_over(result, world.officer, world)
    above(result, world.liaison, world, **answer)
    result.hearing.dossier.refresh_from_db()
    assert result.hearing.dossier.state == state


def test_a_product_is_closed_on_the_day_of_the_meeting_and_not_before(world: World) -> None:
    council = council_of(world, members=3)
    session = call_session(
        council=council,
        batch=world.batch,
        name="Phiên tuần sau",
        held_on=world.at.date() + timedelta(days=7),
        place="Phòng họp",
        by=world.officer,
        at=world.at,
    )
    hearing = open_hearing(world, session=session)
    score(hearing, [60, 61, 62], world)
    chair = acting_chair(hearing, world.at.date())
    assert chair is not None
    with refused("chỉ chốt điểm từ ngày đó"):
        close_hearing(hearing=hearing, by=chair.user, at=world.at)
    assert close_hearing(hearing=hearing, by=chair.user, at=world.at + timedelta(days=7)).star == 3


def test_whether_sheets_lie_apart_is_told_only_when_nothing_else_is_missing(world: World) -> None:
    """A chair who scores again and again must not read single sheets off the refusals."""
    hearing = open_hearing(world, session=session_of(world, council_of(world, members=4)))
    score(hearing, [80, 40], world)
    chair = acting_chair(hearing, world.at.date())
    assert chair is not None
    with refused("Chưa đủ túc số") as first:
        close_hearing(hearing=hearing, by=chair.user, at=world.at)
    assert "chênh" not in str(first.value)


def test_nobody_reopens_the_own_sheet(world: World) -> None:
    hearing = open_hearing(world, session=session_of(world, council_of(world, members=3)))
    score(hearing, [60, 61, 62], world)
    chair = acting_chair(hearing, world.at.date())
    assert chair is not None
    with refused("Không ai tự mở lại"):
        reopen_sheet(hearing=hearing, seat=chair, reason="Xem lại", by=chair.user, at=world.at)


def test_a_conflict_is_told_before_the_engines_own_sentences(world: World) -> None:
    hearing = open_hearing(world, session=session_of(world, council_of(world, members=4)))
    left = seats_of(hearing)[3]
    declare(hearing=hearing, conflict=True, reason="Em ruột là giám đốc", by=left.user, at=world.at)
    score(hearing, [60, 61, 62], world)
    chair = acting_chair(hearing, world.at.date())
    assert chair is not None
    result = close_hearing(hearing=hearing, by=chair.user, at=world.at)
    assert "4 thành viên chấm điểm, 1 người không tham gia" in result.evaluation["trace"][0]
