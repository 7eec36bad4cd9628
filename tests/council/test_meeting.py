"""The meeting: a product on the table, a discussion of what the sheets differ in, one's own sheet revised there."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from ocop.audit.models import LedgerEntry
from ocop.core.errors import Stale
from ocop.council.actions import (
    begin_discussion,
    close_hearing,
    declare,
    end_discussion,
    put_on_table,
    reopen_sheet,
    revise_sheet,
)
from ocop.council.models import Bylaws, Discussion, Session, Sheet
from ocop.council.permissions import can_put_on_table, can_see_numbers, can_see_positions
from ocop.council.queries import positions_on, sheets_not_as_recorded
from ocop.council.states import NumbersSeen, SheetState
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import total_of
from tests.council.refusing import refused
from tests.factories import open_hearing, session_of
from tests.factories.council import evening
from tests.factories.meeting import Meeting, meeting, noted_sheet

pytestmark = pytest.mark.django_db


def lower(made: Meeting, code: str) -> int | None:
    """The chair's sheet with the least option at the criterion."""
    options = criteria_of(made.hearing.dossier).criteria[code].options
    return min(range(len(options)), key=lambda place: options[place].points) + 1


def revising(made: Meeting, discussion: Discussion, **changed: object) -> dict[str, object]:
    """The chair gives every discussed criterion its least option."""
    facts = {
        "hearing": made.hearing,
        "choices": {code: lower(made, code) for code in discussion.criteria},
        "notes": {},
        "reason": "Xem lại phiếu kiểm nghiệm",
        "by": made.chair.user,
        "at": made.world.at,
    }
    return facts | changed


# ── on the table ──


def test_the_secretary_puts_a_product_on_the_table_and_clears_it() -> None:
    made = meeting(totals=())
    session, secretary = made.session, made.seats[9].user
    beat = session.beat
    put_on_table(session=session, hearing=made.hearing, by=secretary, at=made.world.at)
    assert made.session.on_table == made.hearing
    assert made.session.beat == beat + 1
    put_on_table(session=session, hearing=None, by=made.seats[0].user, at=made.world.at)
    assert made.session.on_table is None
    assert LedgerEntry.objects.filter(act="put_on_table").count() == 2


def test_only_products_of_the_session_come_on_its_table() -> None:
    made = meeting(totals=())
    other = open_hearing(made.world, session=session_of(made.world))
    with refused("không thuộc phiên họp"):
        put_on_table(session=made.session, hearing=other, by=made.seats[9].user, at=made.world.at)
    with refused("đưa sản phẩm lên bàn", PermissionDenied):
        put_on_table(session=made.session, hearing=made.hearing, by=made.seats[3].user, at=made.world.at)


def test_who_leads_the_meeting() -> None:
    scene = evening()
    day, session = scene.world.at.date(), scene.session
    may = {who for who, user in scene.people.items() if user and can_put_on_table(user, day, session)}
    assert may == {"chair", "member let in", "secretary", "lead officer"}  # the one let in is the vice-chair


# ── opening a discussion ──


def test_a_discussion_holds_only_the_criteria_that_cause_the_spread() -> None:
    made = meeting()
    discussion = begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    chair, other = (made.hearing.sheets.get(seat=made.seats[place]) for place in (0, 1))
    criteria = criteria_of(made.hearing.dossier)
    assert discussion.spread == "12"
    assert 0 < len(discussion.criteria) < len(criteria.criteria)
    left = [
        total_of(criteria, {code: place for code, place in sheet.choices.items() if code not in discussion.criteria})
        for sheet in (chair, other)
    ]
    assert abs(left[0] - left[1]) <= 10


@pytest.mark.parametrize(
    ("totals", "words"),
    [
        ((72, 60, 60), "túc số"),
        ((60,) * 7, "không cần thảo luận"),
    ],
)
def test_a_discussion_opens_only_when_nothing_but_the_spread_stands_in_the_way(
    totals: tuple[int, ...], words: str
) -> None:
    made = meeting(totals)
    with refused(words) as caught:
        begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    assert "chênh nhau quá mức 10" not in str(caught.value)


def test_a_discussion_is_opened_once_by_who_chairs_and_stops_the_closing() -> None:
    made = meeting()
    with refused("Chỉ người chủ trì", PermissionDenied):
        begin_discussion(hearing=made.hearing, by=made.seats[9].user, at=made.world.at)
    begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    with refused("đang được thảo luận"):
        begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    with refused("kết thúc thảo luận"):
        close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)


def test_a_discussion_is_ended_once_by_who_chairs() -> None:
    made = meeting()
    with refused("không có thảo luận"):
        end_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    with refused("Chỉ người chủ trì", PermissionDenied):
        end_discussion(hearing=made.hearing, by=made.seats[3].user, at=made.world.at)
    end_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    with refused("quá mức 10 điểm"):
        close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)


# ── revising ──


def test_a_revised_sheet_is_handed_in_at_once_and_the_old_one_stays() -> None:
    made = meeting()
    discussion = begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    old = Sheet.objects.get(hearing=made.hearing, seat=made.chair)
    said = dict(old.choices)
    fresh = revise_sheet(**revising(made, discussion, version=1))
    old.refresh_from_db()
    assert (old.state, old.choices, old.reopened_reason) == (SheetState.REPLACED, said, "Xem lại phiếu kiểm nghiệm")
    assert (fresh.version, fresh.state, fresh.revised_in) == (2, SheetState.SUBMITTED, discussion)
    assert {code for code in said if said[code] != fresh.choices[code]} <= set(discussion.criteria)
    assert not sheets_not_as_recorded(made.session)
    end_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    result = close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    assert [row["sheet"] for row in result.inputs["earlier_versions"]] == [old.pk]
    assert result.inputs["discussions"][0]["spread"] == "12"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reason": "  "}, "Ghi lý do"),
        ({"reason": "a" * 501}, "Lý do dài"),
        ({"choices": {}}, "chưa đổi mức"),
        ({"choices": {"9.z": 1}}, "chỉ sửa được tiêu chí"),
        ({"notes": {"9.z": "Khác"}}, "chỉ sửa được tiêu chí"),
    ],
)
def test_a_revision_is_refused(changed: dict[str, object], words: str) -> None:
    made = meeting()
    discussion = begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    with refused(words):
        revise_sheet(**revising(made, discussion, **changed))


def test_no_option_that_is_not_in_the_list() -> None:
    made = meeting()
    discussion = begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    with refused("phương án"):
        revise_sheet(**revising(made, discussion, choices={discussion.criteria[0]: 99}))


def test_only_a_handed_in_sheet_in_an_open_discussion_is_revised() -> None:
    made = meeting()
    late = made.seats[8].user
    with refused("Thảo luận đã kết thúc"):
        revise_sheet(hearing=made.hearing, choices={}, notes={}, reason="x", by=made.chair.user, at=made.world.at)
    discussion = begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    with refused("khai báo", PermissionDenied):
        revise_sheet(**revising(made, discussion, by=late))
    declare(hearing=made.hearing, conflict=False, by=late, at=made.world.at)
    with refused("chưa nộp phiếu"):
        revise_sheet(**revising(made, discussion, by=late))
    declare(hearing=made.hearing, conflict=True, reason="Em ruột", by=made.chair.user, at=made.world.at)
    with refused("khai báo", PermissionDenied):
        revise_sheet(**revising(made, discussion, by=made.seats[0].user))


def test_a_revision_sent_twice_is_kept_once_and_an_old_page_overwrites_nothing() -> None:
    made = meeting()
    discussion = begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    first = revise_sheet(**revising(made, discussion, version=1))
    assert revise_sheet(**revising(made, discussion, version=1)) == first
    with refused("vừa được sửa ở máy khác", Stale):
        revise_sheet(**revising(made, discussion, version=1, choices={discussion.criteria[0]: None}))
    assert made.hearing.sheets.filter(seat=made.chair).count() == 2


# ── who sees what when ──


def with_bylaws(made: Meeting, **changed: object) -> None:
    """Bylaws never change; a session under other ones is what a test needs."""
    old = made.session.bylaws
    names = [field.attname for field in Bylaws._meta.concrete_fields if field.name != "id"]
    fields = {name: getattr(old, name) for name in names}
    other = Bylaws.objects.create(**fields | {"version": old.version + 1} | changed)
    Session.objects.filter(pk=made.hearing.session_id).update(bylaws=other)
    made.hearing = type(made.hearing).objects.get(pk=made.hearing.pk)


@pytest.mark.parametrize(
    ("moment", "before", "discussed"),
    [
        (NumbersSeen.CLOSING, (False, False, False), (False, False, False)),
        (NumbersSeen.DISCUSSION, (False, False, False), (True, False, True)),
        (NumbersSeen.OWN_SHEET, (True, False, False), (True, False, True)),
    ],
)
def test_colleagues_numbers_wait_for_the_bylaws_moment_and_the_own_sheet(
    moment: str, before: tuple[bool, ...], discussed: tuple[bool, ...]
) -> None:
    made = meeting()
    with_bylaws(made, numbers_seen=moment)
    declare(hearing=made.hearing, conflict=False, by=made.seats[8].user, at=made.world.at)
    people = [made.seats[2].user, made.seats[8].user, made.seats[9].user]  # handed in, not yet, the secretary

    def seen() -> tuple[bool, ...]:
        return tuple(can_see_numbers(user, made.world.at.date(), made.hearing) for user in people)

    assert seen() == before
    begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    assert seen() == discussed
    declare(hearing=made.hearing, conflict=True, reason="Em ruột", by=people[0], at=made.world.at)
    assert seen()[0] is False


def test_bylaws_that_ask_for_a_blind_tasting_are_not_closed_around() -> None:
    made = meeting((60,) * 9)
    with_bylaws(made, blind_tasting=True)
    with refused("chưa mở lượt nếm nào"):
        close_hearing(hearing=made.hearing, by=made.chair.user, at=made.world.at)


def test_arguments_are_for_those_who_have_handed_in_their_own_sheet() -> None:
    made = meeting()
    declare(hearing=made.hearing, conflict=False, by=made.seats[8].user, at=made.world.at)
    people = [made.seats[2].user, made.seats[7].user, made.seats[8].user, made.seats[9].user]

    def seen() -> list[bool]:
        return [can_see_positions(user, made.world.at.date(), made.hearing) for user in people]

    assert seen() == [False] * 4
    begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    assert seen() == [True, False, False, True]
    reopen_sheet(hearing=made.hearing, seat=made.seats[2], reason="Nhầm", by=made.chair.user, at=made.world.at)
    assert seen() == [False, False, False, True]
    end_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    assert seen() == [False] * 4


def test_positions_stand_without_names_and_ones_own_is_marked() -> None:
    made = meeting((60,) * 6)
    noted_sheet(made, 6, 72, "Có hợp đồng bao tiêu ba năm")
    discussion = begin_discussion(hearing=made.hearing, by=made.chair.user, at=made.world.at)
    rows = positions_on(made.hearing, discussion.criteria, made.seats[6])
    for row in rows:
        assert len(row.positions) >= 2
        assert sum(position.sheets for position in row.positions) == 7
        assert [position.mine for position in row.positions].count(True) == 1
        mine = next(position for position in row.positions if position.mine)
        assert "Có hợp đồng bao tiêu ba năm" in mine.reasons
        points = [position.points for position in row.positions]
        assert points == sorted(points, reverse=True)
