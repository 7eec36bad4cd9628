"""Every way out of the team's acts; a refusal writes nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.advisory.actions import (
    AdviceDraft,
    QuestionDraft,
    TeamSeatDraft,
    add_seat,
    end_seat,
    finish_review,
    finish_survey,
    form_team,
    give,
    give_evenly,
    plan_survey,
    remove_photo,
    reopen_review,
    save_review,
    save_survey,
    take_back,
    write_report,
)
from ocop.advisory.actions.locking import WorkOver
from ocop.advisory.models import AdviceRow, AdvisoryReport, Assignment, Review, SurveyNote, SurveyPhoto, Team
from ocop.advisory.queries import advice_on, report_of, team_work
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Refused, Stale
from ocop.dossiers.queries import criteria_of
from ocop.intake.actions import NoteDraft, PhotoDraft
from ocop.intake.actions.fieldwork import NoteConflict
from ocop.paperwork.queries import latest_paper
from ocop.registration.models import Subject
from tests.factories import World, accepted_dossier, closed_hearing, person, photo, subject, submitted_dossier
from tests.factories.advisory import (
    SECRET_ADVICE,
    again,
    given,
    helper,
    report_words,
    reported,
    reviewed,
    seats,
    surveyed,
    team_of,
)
from tests.factories.cycle import owner_of

pytestmark = pytest.mark.django_db


# ── forming ──


def _formed(world: World, *drafts: TeamSeatDraft, by: object = None, **changes: object) -> Team:
    said: dict[str, object] = {
        "unit": world.unit,
        "level": "district",
        "name": "Tổ tư vấn",
        "decision_number": "77/QĐ-UBND",
        "decided_on": world.at.date(),
        "seats": drafts,
        "by": by or world.officer,
        "at": world.at,
    }
    return form_team(**(said | changes))  # type: ignore[arg-type]


def test_a_team_is_entered_as_its_decision_forms_it(city: World) -> None:
    lead, member = helper(city), helper(city)
    team = _formed(
        city,
        TeamSeatDraft(user=lead, role="lead", organisation="Phòng Kinh tế"),
        TeamSeatDraft(user=member, role="member", field="An toàn thực phẩm"),
    )
    assert [(seat.user, seat.role) for seat in seats(team)] == [(lead, "lead"), (member, "member")]
    assert LedgerEntry.objects.filter(act="form_advisory_team").count() == 1


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (["member", "member"], "đúng một Tổ trưởng"),
        (["lead", "lead"], "đúng một Tổ trưởng"),
        ([], "đúng một Tổ trưởng"),
    ],
)
def test_a_team_has_one_lead(city: World, roles: list[str], words: str) -> None:
    drafts = [TeamSeatDraft(user=helper(city), role=role) for role in roles]
    with pytest.raises(Refused, match=words):
        _formed(city, *drafts)
    assert not Team.objects.exists()


def test_nobody_sits_twice_and_no_decision_is_entered_twice(city: World) -> None:
    one = helper(city)
    with pytest.raises(Refused, match="một chỗ"):
        _formed(city, TeamSeatDraft(user=one, role="lead"), TeamSeatDraft(user=one, role="member"))
    _formed(city, TeamSeatDraft(user=one, role="lead"))
    with pytest.raises(Refused, match="đã được nhập"):
        _formed(city, TeamSeatDraft(user=one, role="lead"))


def test_who_scores_for_the_council_does_not_advise_it(city: World) -> None:
    both = helper(city)
    both.grants.create(role=Role.MEMBER, unit=city.unit, valid_from=city.at.date() - timedelta(days=9))
    with pytest.raises(Refused, match="người chấm điểm của Hội đồng"):
        _formed(city, TeamSeatDraft(user=both, role="lead"))
    with pytest.raises(Refused, match="chưa có vai trò"):
        _formed(city, TeamSeatDraft(user=person("Ai đó"), role="lead"))
    assert not Team.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"decision_number": " "}, "số quyết định"),
        ({"name": ""}, "tên Tổ"),
        ({"decided_on": "later"}, "không thể sau hôm nay"),
        ({"term_to": "before"}, "sau ngày đầu"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(city: World, changes: dict[str, object], words: str) -> None:
    day = city.at.date()
    if changes == {"decided_on": "later"}:
        changes = {"decided_on": day + timedelta(days=1)}
    if changes == {"term_to": "before"}:
        changes = {"term_from": day, "term_to": day - timedelta(days=1)}
    with pytest.raises(Refused, match=words):
        _formed(city, TeamSeatDraft(user=helper(city), role="lead"), **changes)
    assert not Team.objects.exists()


def test_an_unknown_field_of_products_or_role_is_refused(city: World) -> None:
    with pytest.raises(Refused, match="nhóm sản phẩm"):
        _formed(city, TeamSeatDraft(user=helper(city), role="lead", sectors=("Không có",)))
    with pytest.raises(Refused, match="vai trò trong danh sách"):
        _formed(city, TeamSeatDraft(user=helper(city), role="lead"), TeamSeatDraft(user=helper(city), role="boss"))


def test_only_the_lead_office_forms_a_team(city: World) -> None:
    with pytest.raises(PermissionDenied):
        _formed(city, TeamSeatDraft(user=helper(city), role="lead"), by=city.leader)


def test_people_come_and_go_by_a_document_and_open_work_goes_back(city: World) -> None:
    dossier = accepted_dossier(city)
    team = team_of(city, members=2)
    _, member = seats(team)
    given(dossier, member, city)
    ended = end_seat(seat=member, document="90/QĐ", by=city.officer, at=city.at)
    assert ended.ended_on == city.at.date()
    assert not Assignment.objects.filter(ended_at__isnull=True).exists()
    with pytest.raises(Refused, match="đã thôi"):
        end_seat(seat=member, document="90/QĐ", by=city.officer, at=city.at)
    new = helper(city)
    add_seat(team=team, seat=TeamSeatDraft(user=new, role="member"), document="91/QĐ", by=city.officer, at=city.at)
    assert team.seats.filter(user=new).exists()
    with pytest.raises(Refused, match="đã ở trong Tổ"):
        add_seat(team=team, seat=TeamSeatDraft(user=new, role="member"), document="91/QĐ", by=city.officer, at=city.at)
    with pytest.raises(Refused, match="đã có Tổ trưởng"):
        add_seat(
            team=team, seat=TeamSeatDraft(user=helper(city), role="lead"), document="9", by=city.officer, at=city.at
        )
    with pytest.raises(Refused, match="số văn bản"):
        add_seat(
            team=team, seat=TeamSeatDraft(user=helper(city), role="member"), document="", by=city.officer, at=city.at
        )


# ── giving out ──


def test_dossiers_are_given_by_field_and_evenly(city: World) -> None:
    rice = [accepted_dossier(city) for _ in range(3)]
    drink = accepted_dossier(city, set_no=16)
    sector = drink.registration.set_version.sector
    assert sector != rice[0].registration.set_version.sector
    team = team_of(city, members=3, sectors=[(rice[0].registration.set_version.sector,), (sector,)])
    give_evenly(team=team, dossiers=[*rice, drink], by=city.officer, at=city.at)
    lead, of_drink, anything = seats(team)
    holder = {row.dossier_id: row.seat_id for row in Assignment.objects.all()}
    assert holder[drink.pk] in (of_drink.pk, anything.pk)
    assert all(holder[dossier.pk] != of_drink.pk for dossier in rice)
    counts = sorted(list(holder.values()).count(seat.pk) for seat in (lead, of_drink, anything))
    assert counts == [1, 1, 2]
    assert LedgerEntry.objects.filter(act="assign_reviewers").count() == 1


def test_nobody_is_given_the_own_cause(city: World) -> None:
    """The lead worked for the cooperative before coming to the office."""
    insider, producer = _once_of_a_subject(city)
    dossier = accepted_dossier(city, of=producer)
    team = _joins_the_office(city, insider, members=1)
    (lead,) = seats(team)
    with pytest.raises(Refused, match="người của chủ thể"):
        give_evenly(team=team, dossiers=[dossier], by=city.officer, at=city.at)
    with pytest.raises(Refused, match="người của chủ thể"):
        given(dossier, lead, city)
    assert not Assignment.objects.exists()


def _once_of_a_subject(world: World) -> tuple[User, Subject]:
    insider = person("Người của hợp tác xã", Role.SUBJECT, world.commune)
    return insider, subject(world, owner=insider)


def _joins_the_office(world: World, insider: User, *, members: int) -> Team:
    insider.grants.create(role=Role.HELPER, unit=world.unit, valid_from=world.at.date())
    insider = User.objects.get(pk=insider.pk)  # its roles are read anew
    people = [insider, *(helper(world) for _ in range(members - 1))]
    drafts = [TeamSeatDraft(user=user, role="member" if user != insider else "lead") for user in people]
    return _formed(world, *drafts)


def test_two_may_look_at_one_dossier_and_whoever_has_it_keeps_it(city: World) -> None:
    dossier = accepted_dossier(city)
    team = team_of(city, members=3)
    give_evenly(team=team, dossiers=[dossier], by=city.officer, at=city.at)
    give_evenly(team=team, dossiers=[dossier], each=2, by=seats(team)[0].user, at=city.at)
    assert Assignment.objects.values("seat").distinct().count() == 2
    with pytest.raises(Refused, match="đủ người xem"):
        give_evenly(team=team, dossiers=[dossier], each=2, by=city.officer, at=city.at)


@pytest.mark.parametrize(("each", "words"), [(0, "từ 1 đến 3"), (4, "từ 1 đến 3")])
def test_how_many_is_bounded(city: World, each: int, words: str) -> None:
    team = team_of(city)
    with pytest.raises(Refused, match=words):
        give_evenly(team=team, dossiers=[accepted_dossier(city)], each=each, by=city.officer, at=city.at)
    with pytest.raises(Refused, match="ít nhất một hồ sơ"):
        give_evenly(team=team, dossiers=[], by=city.officer, at=city.at)


def test_a_team_gives_out_its_own_dossiers_only(city: World) -> None:
    old, _new = team_of(city), team_of(city)
    with pytest.raises(Refused, match="không thuộc phần việc"):
        give_evenly(team=old, dossiers=[accepted_dossier(city)], by=city.officer, at=city.at)


def test_by_hand_with_a_reason_and_taken_back_with_a_reason(city: World) -> None:
    dossier = accepted_dossier(city)
    team = team_of(city)
    _, member, _ = seats(team)
    with pytest.raises(Refused, match="Ghi lý do"):
        give(dossier=dossier, seat=member, reason=" ", by=city.officer, at=city.at)
    row = given(dossier, member, city)
    with pytest.raises(Refused, match="đã được giao"):
        given(dossier, member, city)
    with pytest.raises(Refused, match="Ghi lý do"):
        take_back(assignment=row, reason="", by=city.officer, at=city.at)
    with pytest.raises(PermissionDenied):
        take_back(assignment=row, reason="Bận", by=member.user, at=city.at)
    taken = take_back(assignment=row, reason="Bận công tác", by=city.officer, at=city.later)
    assert taken.ended_for == "Bận công tác"
    with pytest.raises(Refused, match="đã được rút"):
        take_back(assignment=row, reason="Lần nữa", by=city.officer, at=city.later)
    assert LedgerEntry.objects.filter(act="assign_reviewer").count() == 2


def test_outside_the_teams_time_nothing_is_given(city: World) -> None:
    dossier = closed_hearing(city).hearing.dossier
    team = team_of(city)
    with pytest.raises(WorkOver, match="cho đến khi Hội đồng chốt điểm"):
        given(again(dossier), seats(team)[1], city)
    assert not Assignment.objects.exists()


def test_under_the_law_of_2026_the_communes_step_comes_first(province: World) -> None:
    dossier = submitted_dossier(province)
    team = team_of(province)
    with pytest.raises(WorkOver):
        given(dossier, seats(team)[1], province)
    assert given(accepted_dossier(province), seats(team)[1], province).pk


# ── reviewing ──


def test_a_review_is_kept_as_it_comes_and_keeps_every_version(city: World) -> None:
    dossier = accepted_dossier(city)
    member = seats(team_of(city))[1]
    given(dossier, member, city)
    code, other, *_ = criteria_of(dossier).criteria
    by = {"by": member.user, "at": city.at}
    first = save_review(dossier=dossier, places={code: 1}, advice={}, revision=0, **by)
    assert first.revision == 1
    second = save_review(dossier=dossier, places={}, advice={code: "Thiếu phiếu"}, revision=1, **by)
    assert second.revision == 2
    rows = AdviceRow.objects.order_by("pk").values_list("criterion", "revision", "place", "words")
    assert list(rows) == [(code, 1, 1, ""), (code, 2, 1, "Thiếu phiếu")]
    # The first answer was lost on the line: the same again is answered as kept.
    assert save_review(dossier=dossier, places={}, advice={code: "Thiếu phiếu"}, revision=1, **by).revision == 2
    with pytest.raises(Stale):
        save_review(dossier=dossier, places={other: 1}, advice={}, revision=1, **by)
    assert AdviceRow.objects.count() == 2
    assert not LedgerEntry.objects.filter(act="finish_review").exists()


def test_a_review_is_done_when_every_criterion_has_an_option_or_words(city: World) -> None:
    dossier = accepted_dossier(city)
    member = seats(team_of(city))[1]
    given(dossier, member, city)
    first, *rest = criteria_of(dossier).criteria
    by = {"by": member.user, "at": city.at}
    with pytest.raises(Refused, match="chưa có ý kiến") as refused:
        finish_review(dossier=dossier, places=dict.fromkeys(rest, 0), **by)
    assert refused.value.field == first
    assert not Review.objects.exists()
    done = finish_review(dossier=dossier, places=dict.fromkeys(rest, 0), advice={first: "Chưa có giấy"}, **by)
    assert done.state == "done"
    with pytest.raises(Refused, match="đã ghi là xem xong"):
        save_review(dossier=dossier, places={first: 1}, advice={}, **by)
    assert reopen_review(dossier=dossier, **by).state == "draft"
    with pytest.raises(Refused, match="vẫn sửa được"):
        reopen_review(dossier=dossier, **by)
    acts = list(LedgerEntry.objects.filter(act__endswith="_review").order_by("seq").values_list("act", flat=True))
    assert acts == ["finish_review", "reopen_review"]


def test_what_is_not_in_the_set_is_refused(city: World) -> None:
    dossier = accepted_dossier(city)
    member = seats(team_of(city))[1]
    given(dossier, member, city)
    code = next(iter(criteria_of(dossier).criteria))
    for places, advice in (({"99.9": 1}, {}), ({code: 99}, {}), ({}, {"99.9": "x"}), ({}, {code: "x" * 2001})):
        with pytest.raises(Refused):
            save_review(dossier=dossier, places=places, advice=advice, by=member.user, at=city.at)
    assert not Review.objects.exists()


def test_who_was_not_given_the_dossier_does_not_review_it(city: World) -> None:
    dossier = accepted_dossier(city)
    lead, member, _ = seats(team_of(city))
    row = given(dossier, member, city)
    for user in (lead.user, city.officer, helper(city)):
        with pytest.raises(PermissionDenied):
            save_review(dossier=dossier, places={}, advice={}, by=user, at=city.at)
    take_back(assignment=row, reason="Đổi người", by=lead.user, at=city.at)
    with pytest.raises(PermissionDenied):
        save_review(dossier=dossier, places={}, advice={}, by=member.user, at=city.at)
    assert not Review.objects.exists()


# ── surveying ──


def _note(code: str, **more: object) -> NoteDraft:
    said = {"verdict": "as_stated", "text": "", "revision": 0, "key": uuid4()}
    return NoteDraft(content=code, **(said | more))  # type: ignore[arg-type]


def test_a_survey_arrives_once_however_often_it_is_sent(city: World) -> None:
    dossier = accepted_dossier(city)
    member = seats(team_of(city))[1]
    given(dossier, member, city)
    survey = surveyed(dossier, member, city)
    note = _note("q1", verdict="differs", text="Kho chỉ có 2 tấn")
    key = uuid4()
    for _ in range(2):
        picture = PhotoDraft(content="q1", key=key, upload=photo(colour=(1, 2, 3)), latitude=None)
        save_survey(survey=survey, notes=[note], photos=[picture], by=member.user, at=city.at)
    assert SurveyNote.objects.count() == SurveyPhoto.objects.count() == 1
    with pytest.raises(Refused, match="chưa có kết luận") as refused:
        finish_survey(survey=survey, by=member.user, at=city.at)
    assert refused.value.field == "verdict-q2"
    with pytest.raises(Refused, match="hãy viết rõ thêm"):
        finish_survey(survey=survey, notes=[_note("q2", verdict="not_checked")], by=member.user, at=city.at)
    assert SurveyNote.objects.count() == 1
    done = finish_survey(survey=survey, notes=[_note("q2")], conclusion="Đạt", by=member.user, at=city.at)
    assert (done.state, done.conclusion) == ("done", "Đạt")
    with pytest.raises(WorkOver, match="đã ghi là xong"):
        save_survey(survey=survey, notes=[_note("q1", text="Trễ", revision=1)], by=member.user, at=city.at)
    entry = LedgerEntry.objects.get(act="finish_survey")
    assert set(entry.facts["notes"]) == {"q1", "q2"}
    assert len(entry.facts["photos"]) == 1


def test_a_colleagues_note_is_never_overwritten_unseen(city: World) -> None:
    dossier = accepted_dossier(city)
    lead, member, _ = seats(team_of(city))
    given(dossier, member, city)
    survey = surveyed(dossier, member, city)
    save_survey(survey=survey, notes=[_note("q1", text="Bản của tổ trưởng")], by=lead.user, at=city.at)
    with pytest.raises(NoteConflict, match="chưa bản nào bị ghi đè"):
        save_survey(survey=survey, notes=[_note("q1", text="Bản của tôi")], by=member.user, at=city.at)
    assert SurveyNote.objects.get().text == "Bản của tổ trưởng"


def test_a_photo_can_be_taken_out_and_stays_in_the_table(city: World) -> None:
    dossier = accepted_dossier(city)
    member = seats(team_of(city))[1]
    given(dossier, member, city)
    survey = surveyed(dossier, member, city)
    key = uuid4()
    save_survey(survey=survey, photos=[PhotoDraft(content="q1", key=key, upload=photo())], by=member.user, at=city.at)
    remove_photo(survey=survey, key=key, by=member.user, at=city.at)
    assert SurveyPhoto.objects.get().removed_at == city.at


def test_a_survey_asks_something(city: World) -> None:
    dossier = accepted_dossier(city)
    lead, member, other = seats(team_of(city))
    given(dossier, member, city)
    asked = [QuestionDraft(text="Xem kho")]
    with pytest.raises(Refused, match="ít nhất một điều"):
        plan_survey(dossier=dossier, questions=[QuestionDraft(text=" ")], by=member.user, at=city.at)
    with pytest.raises(Refused, match="không có tiêu chí"):
        plan_survey(dossier=dossier, questions=[QuestionDraft(text="Kho", criterion="99")], by=member.user, at=city.at)
    with pytest.raises(Refused, match="trước hôm nay"):
        plan_survey(
            dossier=dossier,
            questions=asked,
            planned_on=city.at.date() - timedelta(days=1),
            by=member.user,
            at=city.at,
        )
    with pytest.raises(PermissionDenied):
        plan_survey(dossier=dossier, questions=asked, by=other.user, at=city.at)
    assert plan_survey(dossier=dossier, questions=asked, by=lead.user, at=city.at).seat == lead


# ── reporting ──


def test_the_report_freezes_the_advice_and_is_a_numbered_paper(city: World) -> None:
    dossier = accepted_dossier(city)
    report = reported(dossier, city)
    assert report.version == 1
    paper = latest_paper(report, "advisory_report")
    assert paper is not None
    assert paper.number.endswith("/BC-TTV")
    assert (paper.unit, paper.year) == (city.unit, city.at.year)
    advice = advice_on(dossier)
    first = next(iter(criteria_of(dossier).criteria))
    assert advice[first].words == SECRET_ADVICE
    assert advice[first].option == criteria_of(dossier).criteria[first].options[0].label
    assert LedgerEntry.objects.filter(act="report_advice").count() == 1


def test_before_the_report_there_is_no_advice(city: World) -> None:
    dossier = accepted_dossier(city)
    member = seats(team_of(city))[1]
    given(dossier, member, city)
    reviewed(dossier, member, city, words=SECRET_ADVICE)
    assert report_of(dossier) is None
    assert advice_on(dossier) == {}


def test_a_report_waits_for_every_reviewer(city: World) -> None:
    dossier = accepted_dossier(city)
    lead, one, two = seats(team_of(city))
    said = report_words(dossier)
    with pytest.raises(Refused, match="chưa giao cho ai"):
        write_report(dossier=dossier, **said, by=lead.user, at=city.at)
    given(dossier, one, city)
    given(dossier, two, city)
    reviewed(dossier, one, city)
    with pytest.raises(Refused, match=f"{two.user.full_name} chưa xem xong"):
        write_report(dossier=dossier, **said, by=lead.user, at=city.at)
    reviewed(dossier, two, city, place=2)
    assert write_report(dossier=dossier, **said, by=lead.user, at=city.at).version == 1


def test_a_report_says_something_on_every_criterion(city: World) -> None:
    dossier = accepted_dossier(city)
    lead, member, _ = seats(team_of(city))
    given(dossier, member, city)
    reviewed(dossier, member, city)
    first = next(iter(criteria_of(dossier).criteria))
    said = report_words(dossier)
    by = {"by": lead.user, "at": city.at}
    for changes in (
        {"advice": {first: AdviceDraft(place=1)}},
        {"advice": {**said["advice"], first: AdviceDraft(place=None)}},  # type: ignore[dict-item]
        {"advice": {**said["advice"], first: AdviceDraft(place=99)}},  # type: ignore[dict-item]
        {"advice": {**said["advice"], "99.9": AdviceDraft(place=1)}},  # type: ignore[dict-item]
        {"conclusion": " "},
        {"signed_on": city.at.date() + timedelta(days=1)},
        {"version": 7},
    ):
        with pytest.raises(Refused):
            write_report(dossier=dossier, **(said | changes), **by)
    assert not AdvisoryReport.objects.exists()
    words = {**said["advice"], first: AdviceDraft(place=None, words="Chưa có phiếu")}  # type: ignore[dict-item]
    write_report(dossier=dossier, **(said | {"advice": words}), **by)
    assert advice_on(dossier)[first] == (None, "", "Chưa có phiếu")


def test_a_report_is_replaced_by_a_new_version_with_a_reason_and_stays(city: World) -> None:
    dossier = accepted_dossier(city)
    team = team_of(city)
    reported(dossier, city, team=team)
    lead, member, _ = seats(team)
    with pytest.raises(WorkOver, match="lập bản báo cáo mới"):
        reopen_review(dossier=dossier, by=member.user, at=city.at)
    said = report_words(dossier, place=0)
    with pytest.raises(Refused, match="Ghi lý do"):
        write_report(dossier=dossier, **said, by=lead.user, at=city.at)
    new = write_report(dossier=dossier, **said, reason="Có kết quả kiểm nghiệm", by=lead.user, at=city.later)
    assert (new.version, AdvisoryReport.objects.count()) == (2, 2)
    assert {advice.place for advice in advice_on(dossier).values()} == {0}


def test_only_the_lead_reports(city: World) -> None:
    dossier = accepted_dossier(city)
    _, member, _ = seats(team_of(city))
    given(dossier, member, city)
    reviewed(dossier, member, city)
    said = report_words(dossier)
    for user in (member.user, city.officer, city.leader, owner_of(dossier.registration.product.subject)):
        with pytest.raises(PermissionDenied):
            write_report(dossier=dossier, **said, by=user, at=city.at)
    assert not AdvisoryReport.objects.exists()


def test_a_reviewer_reports_where_the_lead_keeps_away(city: World) -> None:
    insider, producer = _once_of_a_subject(city)
    dossier = accepted_dossier(city, of=producer)
    lead, member = seats(_joins_the_office(city, insider, members=2))
    given(dossier, member, city)
    reviewed(dossier, member, city)
    said = report_words(dossier)
    with pytest.raises(PermissionDenied):
        write_report(dossier=dossier, **said, by=lead.user, at=city.at)
    assert write_report(dossier=dossier, **said, by=member.user, at=city.at).by == member.user


def test_after_the_council_closed_no_report_comes(city: World) -> None:
    team = team_of(city)
    dossier = again(closed_hearing(city).hearing.dossier)
    with pytest.raises(WorkOver):
        write_report(dossier=dossier, **report_words(dossier), by=seats(team)[0].user, at=city.at)
    assert not team_work(team, city.officer).exists()


def test_under_both_laws_the_report_goes_to_the_chair_of_the_first_council(province: World) -> None:
    dossier = accepted_dossier(province)
    assert reported(dossier, province).team.level == "province"
