"""The team's pages: who gets in, what they keep on a refusal, the same number of queries however many rows."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.advisory.models import AdviceRow, AdvisoryReport, Assignment, Review, Survey, SurveyNote, Team
from ocop.advisory.queries import team_work
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of
from ocop.samples.models import LabTest
from tests.factories import World, accepted_dossier, person, photo, registration
from tests.factories.advisory import (
    SECRET_ADVICE,
    given,
    helper,
    reported,
    reviewed,
    seats,
    surveyed,
    team_of,
)
from tests.factories.cycle import owner_of
from tests.factories.dossiers import Visits

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"advisory:{name}", args=args)


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


@pytest.fixture
def dossier(city: World) -> Dossier:
    return accepted_dossier(city)


@pytest.fixture
def team(city: World) -> Team:
    return team_of(city)


# ── who gets in ──


def _everybody(world: World, team: Team, dossier: Dossier) -> dict[str, User]:
    lead, reviewer, other = (seat.user for seat in seats(team))
    return {
        "lead": lead,
        "reviewer": reviewer,
        "other of the team": other,
        "helper outside the team": helper(world),
        "lead officer": world.officer,
        "leader": world.leader,
        "commune officer": world.commune_officer,
        "liaison": world.liaison,
        "subject": owner_of(dossier.registration.product.subject),
        "council member": person("Ủy viên", Role.MEMBER, world.unit),
        "secretary": person("Thư ký", Role.SECRETARY, world.unit),
        "admin": person("Quản trị", Role.ADMIN, world.unit),
    }


def test_every_page_opens_only_for_whom_it_is_for(visits: Visits, city: World, dossier: Dossier, team: Team) -> None:
    _, member, _ = seats(team)
    survey = surveyed_by(dossier, member, city)
    reported_by_lead(dossier, team, city)
    people = _everybody(city, team, dossier)
    office, all_of_team = {"lead officer", "leader"}, {"lead", "reviewer", "other of the team"}
    pages = {
        url("team", team.pk): all_of_team | office,
        url("work", team.pk): all_of_team | office,
        url("dossier", dossier.pk): all_of_team | office,
        url("review", dossier.pk): {"reviewer"},
        url("survey", dossier.pk, survey.number): all_of_team | office,
        url("survey-plan", dossier.pk): {"lead", "reviewer"},
        url("report", dossier.pk): {"lead"},
        url("paper", dossier.pk, 1, "pdf"): all_of_team | office,
        url("team-new"): {"lead officer"},
        url("seat-add", team.pk): {"lead officer"},
        url("seat-end", member.pk): {"lead officer"},
    }
    for page, allowed in pages.items():
        for who, user in people.items():
            answer = visits.as_(user, city).get(page)
            assert (answer.status_code == 200) == (who in allowed), (page, who, answer.status_code)
            if who not in allowed and answer.status_code != 302:
                assert SECRET_ADVICE not in text(answer)
    visits.client.logout()
    assert all(visits.client.get(page).status_code == 302 for page in pages)


def surveyed_by(dossier: Dossier, member: Any, world: World) -> Survey:
    given(dossier, member, world)
    return surveyed(dossier, member, world)


def reported_by_lead(dossier: Dossier, team: Team, world: World) -> None:
    from ocop.advisory.actions import write_report
    from tests.factories.advisory import report_words

    lead, member, _ = seats(team)
    reviewed(dossier, member, world, words=SECRET_ADVICE)
    write_report(dossier=dossier, **report_words(dossier, words=SECRET_ADVICE), by=lead.user, at=world.at)


def test_the_subject_never_reads_the_teams_words_on_its_dossier(visits: Visits, city: World, dossier: Dossier) -> None:
    reported(dossier, city)
    client = visits.as_(owner_of(dossier.registration.product.subject), city)
    assert SECRET_ADVICE not in text(client.get(reverse("dossiers:dossier", args=[dossier.pk])))
    assert client.get(url("dossier-panel", dossier.pk)).content == b""
    assert visits.as_(city.commune_officer, city).get(url("dossier-panel", dossier.pk)).content == b""
    assert "Đã báo cáo" in text(visits.as_(city.officer, city).get(url("dossier-panel", dossier.pk)))


# ── forming ──


def _seat_rows(*rows: dict[str, Any]) -> dict[str, Any]:
    data: dict[str, Any] = {"ghe-TOTAL_FORMS": len(rows), "ghe-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        data |= {f"ghe-{place}-{name}": value for name, value in row.items()}
    return data


def test_a_team_is_formed_on_the_page_and_a_refusal_keeps_what_was_typed(visits: Visits, city: World) -> None:
    one, two = helper(city), helper(city)
    client = visits.as_(city.officer, city)
    data = {
        "unit": city.unit.pk,
        "level": "district",
        "name": "Tổ tư vấn thành phố",
        "decision_number": "15/QĐ",
        "decided_on": "10/09/2024",
    }
    rows = ({"user": one.pk, "role": "member"}, {"user": two.pk, "role": "member", "field": "Bao bì"})
    answer = client.post(url("team-new"), data | _seat_rows(*rows))
    assert answer.status_code == 422
    assert "đúng một Tổ trưởng" in text(answer)
    assert "Bao bì" in text(answer)
    assert not Team.objects.exists()
    more = client.post(url("team-new"), data | _seat_rows(*rows) | {"more": "1"})
    assert (more.status_code, "ghe-4-user" in text(more), "Bao bì" in text(more)) == (200, True, True)
    rows[0]["role"] = "lead"
    made = client.post(url("team-new"), data | _seat_rows(*rows))
    team = Team.objects.get()
    assert made.url == url("work", team.pk)
    added = client.post(url("seat-add", team.pk), {"user": helper(city).pk, "role": "member", "document": "16/QĐ"})
    assert added.status_code == 302
    assert client.post(url("seat-add", team.pk), {"user": one.pk, "role": "member", "document": ""}).status_code == 422
    assert client.post(url("seat-end", seats(team)[1].pk), {"document": ""}).status_code == 422
    assert client.post(url("seat-end", seats(team)[1].pk), {"document": "17/QĐ"}).status_code == 302
    assert "thôi" in text(client.get(url("team", team.pk))).lower()


# ── giving out ──


def test_ticked_dossiers_are_given_out(visits: Visits, city: World, dossier: Dossier, team: Team) -> None:
    lead, member, _ = seats(team)
    client = visits.as_(lead.user, city)
    empty = client.post(url("work", team.pk), {"each": "1"})
    assert (empty.status_code, "ít nhất một hồ sơ" in text(empty)) == (422, True)
    assert client.post(url("work", team.pk), {"each": "2", "dossier": [dossier.pk]}).status_code == 302
    assert Assignment.objects.count() == 2
    assert visits.as_(member.user, city).post(url("work", team.pk), {"each": "1"}).status_code == 403
    page = text(visits.as_(city.leader, city).get(url("work", team.pk)))
    assert "Đã giao" in page
    assert 'name="dossier"' not in page


def test_by_hand_a_reason_is_asked_for(visits: Visits, city: World, dossier: Dossier, team: Team) -> None:
    _, member, _ = seats(team)
    client = visits.as_(city.officer, city)
    answer = client.post(url("give", dossier.pk), {"seat": member.pk, "reason": ""})
    assert (answer.status_code, Assignment.objects.count()) == (422, 0)
    assert client.post(url("give", dossier.pk), {"seat": member.pk, "reason": "Biết nghề"}).status_code == 302
    row = Assignment.objects.get()
    client.post(url("take-back", dossier.pk, row.pk), {"reason": ""})
    assert Assignment.objects.get().ended_at is None
    client.post(url("take-back", dossier.pk, row.pk), {"reason": "Đi công tác"})
    assert Assignment.objects.get().ended_for == "Đi công tác"
    assert client.post(url("take-back", dossier.pk, row.pk), {"reason": "Nữa"}).status_code == 404


def test_the_list_costs_the_same_with_one_and_three_rows_and_is_narrowed(
    visits: Visits, city: World, dossier: Dossier, team: Team
) -> None:
    member = seats(team)[1]
    given(dossier, member, city)
    client = visits.as_(city.officer, city)
    client.get(url("work", team.pk))
    with CaptureQueriesContext(connection) as one:
        client.get(url("work", team.pk))
    others = [accepted_dossier(city), accepted_dossier(city)]
    for other in others:
        given(other, member, city)
    reviewed(others[0], member, city)
    with CaptureQueriesContext(connection) as three:
        page = text(client.get(url("work", team.pk)))
    assert len(three) == len(one)
    assert page.count('name="dossier"') == 3
    names = {row.pk: row.registration.product.name for row in (dossier, *others)}
    narrowed = text(client.get(url("work", team.pk), {"tinh-trang": "reviewed"}))
    assert names[others[0].pk] in narrowed
    assert names[dossier.pk] not in narrowed
    assert len(client.get(url("work", team.pk), {"tinh-trang": "assigned"}).context["rows"]) == 2
    for wanted in ("unassigned", "reviewing", "reported"):
        assert not client.get(url("work", team.pk), {"tinh-trang": wanted}).context["rows"]


def test_the_list_is_read_on_by_key(visits: Visits, city: World, team: Team) -> None:
    first = accepted_dossier(city)
    Dossier.objects.bulk_create(
        Dossier(
            registration=registration(city, of=first.registration.product.subject),
            state="accepted",
            opened_at=city.at,
            search="",
        )
        for _ in range(26)
    )
    client = visits.as_(city.officer, city)
    page = client.get(url("work", team.pk))
    assert len(page.context["rows"]) == 25
    following = client.get(url("work", team.pk) + page.context["next_url"])
    assert len(following.context["rows"]) == 2
    assert team_work(team, city.officer).count() == 27


# ── reviewing ──


def test_the_review_shows_law_claim_support_and_evidence_and_no_sum(
    visits: Visits, city: World, dossier: Dossier, team: Team
) -> None:
    member = seats(team)[1]
    given(dossier, member, city)
    page = text(visits.as_(member.user, city).get(url("review", dossier.pk)))
    assert "Chủ thể tự chọn mức" in page
    assert "Ảnh cơ sở sản xuất" in page
    assert "data-sheet-total" not in page
    assert "data-score-sheet" in page


def test_autosave_keeps_and_answers(visits: Visits, city: World, dossier: Dossier, team: Team) -> None:
    member = seats(team)[1]
    given(dossier, member, city)
    code, other, *_ = criteria_of(dossier).criteria
    client = visits.as_(member.user, city)
    where = url("review-save", dossier.pk)
    kept = client.post(where, {f"choice-{code}": "1", f"note-{code}": "Đủ", "note-words": "Khá", "revision": "0"})
    assert kept.json() == {"saved_at": "08:30", "answered": 1, "revision": 1} | {"saved_at": kept.json()["saved_at"]}
    assert Review.objects.get().words == "Khá"
    assert client.post(where, {f"choice-{other}": "1", "revision": "0"}).status_code == 409
    assert client.post(where, {f"choice-{other}": "abc", "revision": "1"}).status_code == 422
    assert client.post(where, {f"choice-{code}": "", "revision": "1"}).json()["answered"] == 0
    assert visits.as_(city.officer, city).post(where, {f"choice-{code}": "1"}).status_code == 403
    reported_anyway = AdviceRow.objects.count()
    assert reported_anyway == 2


def test_what_was_typed_stays_when_the_review_is_not_whole(
    visits: Visits, city: World, dossier: Dossier, team: Team
) -> None:
    member = seats(team)[1]
    given(dossier, member, city)
    first, *rest = criteria_of(dossier).criteria
    client = visits.as_(member.user, city)
    answer = client.post(url("review", dossier.pk), {f"note-{rest[0]}": "Cần xem lại sổ", "revision": "0"})
    assert answer.status_code == 422
    assert "Cần xem lại sổ" in text(answer)
    assert f"#tieu-chi-{first}" in text(answer)
    assert not AdviceRow.objects.exists()
    whole = {f"choice-{code}": "1" for code in (first, *rest)}
    assert client.post(url("review", dossier.pk), whole | {"revision": "0"}).status_code == 302
    assert "Bạn đã xem xong" in text(client.get(url("review", dossier.pk)))
    assert client.post(url("review-again", dossier.pk)).url == url("review", dossier.pk)
    assert Review.objects.get().state == "draft"
    client.post(url("review-again", dossier.pk))
    assert "vẫn sửa được" in text(client.get(url("dossier", dossier.pk)))


# ── surveying ──


def test_a_survey_is_planned_filled_in_and_finished(visits: Visits, city: World, dossier: Dossier, team: Team) -> None:
    member = seats(team)[1]
    given(dossier, member, city)
    code = next(iter(criteria_of(dossier).criteria))
    client = visits.as_(member.user, city)
    assert client.post(url("survey-plan", dossier.pk), {"place": "Xưởng", "question": [" "]}).status_code == 422
    planned = client.post(
        url("survey-plan", dossier.pk),
        {"place": "Xưởng", "question": ["Xem kho", "Hỏi công nhân", ""], "criterion": [code, "", ""]},
    )
    survey = Survey.objects.get()
    where = url("survey", dossier.pk, survey.number)
    assert planned.url == where
    assert [row["criterion"] for row in survey.questions] == [code, ""]
    half = client.post(where, {"act": "pass", "content-q1": "Gọn", "revision-q1": "0", "verdict-q1": "as_stated"})
    assert half.status_code == 422
    assert "Gọn" in text(half)
    assert not SurveyNote.objects.exists()
    client.post(where, {"act": "save", "content-q1": "Gọn", "revision-q1": "0", "verdict-q1": "as_stated"})
    assert SurveyNote.objects.get().text == "Gọn"
    sent = {"content": "q2", "verdict": "differs", "text": "Ít người", "revision": "0", "key": str(uuid4())}
    for _ in range(2):
        kept = client.post(url("survey-save", dossier.pk, survey.number), sent)
        assert kept.json()["revision"] == 1
    crossed = client.post(url("survey-save", dossier.pk, survey.number), sent | {"key": str(uuid4()), "text": "Khác"})
    assert (crossed.status_code, crossed.json()["theirs"]["text"]) == (409, "Ít người")
    picture = {"content": "q1", "key": str(uuid4()), "photo": photo(), "latitude": "21.27", "longitude": "106.19"}
    shown = client.post(url("survey-save", dossier.pk, survey.number), picture).json()
    assert client.get(shown["url"]).status_code == 200
    assert "21.27" in text(client.get(where))
    assert client.post(shown["remove_url"]).status_code == 302
    assert "21.27" not in text(client.get(where))
    assert client.post(where, {"act": "pass", "note": "Đạt"}, headers={"accept": "application/json"}).json() == {
        "url": url("dossier", dossier.pk)
    }
    # The answer was lost on the line; the device sends its finish again.
    again = client.post(where, {"act": "pass", "note": "Đạt"}, headers={"accept": "application/json"})
    assert again.json() == {"url": url("dossier", dossier.pk)}
    late = client.post(url("survey-save", dossier.pk, survey.number), sent | {"key": str(uuid4()), "text": "Trễ"})
    assert late.status_code == 410
    assert "Đã khảo sát xong" in text(client.get(where))
    assert "data-field-notes" not in text(client.get(where))


def test_only_the_survey_people_write(visits: Visits, city: World, dossier: Dossier, team: Team) -> None:
    _, member, other = seats(team)
    survey = surveyed_by(dossier, member, city)
    sent = {"content": "q1", "verdict": "differs", "text": "x", "revision": "0", "key": str(uuid4())}
    for user in (other.user, city.officer):
        client = visits.as_(user, city)
        assert client.post(url("survey-save", dossier.pk, survey.number), sent).status_code == 403
        assert client.post(url("survey", dossier.pk, survey.number), {"act": "pass"}).status_code == 403
    assert not SurveyNote.objects.exists()


# ── tests, report ──


def test_an_extra_test_is_asked_for(visits: Visits, city: World, dossier: Dossier, team: Team) -> None:
    member = seats(team)[1]
    given(dossier, member, city)
    client = visits.as_(member.user, city)
    assert client.post(url("test", dossier.pk), {"what": ""}).status_code == 422
    assert client.post(url("test", dossier.pk), {"what": "Dư lượng hàn the"}).status_code == 302
    assert LabTest.objects.get().what == "Dư lượng hàn the"
    assert "Dư lượng hàn the" in text(client.get(url("dossier", dossier.pk)))


def test_the_lead_settles_what_reviewers_saw_differently(
    visits: Visits, city: World, dossier: Dossier, team: Team
) -> None:
    lead, one, two = seats(team)
    for seat, place in ((one, 1), (two, 2)):
        given(dossier, seat, city)
        reviewed(dossier, seat, city, place=place, words=f"Lời của {seat.pk}")
    client = visits.as_(lead.user, city)
    page = text(client.get(url("report", dossier.pk)))
    codes = list(criteria_of(dossier).criteria)
    assert page.count("Người xem nêu mức khác nhau") == len(codes)
    assert f"Lời của {one.pk}" in page
    said = {f"choice-{code}": "2" for code in codes[1:]} | {"version": "0", "conclusion": "Khá, cần hỏi thêm"}
    answer = client.post(url("report", dossier.pk), said | {"proposal": "Mời chủ thể giải trình"})
    assert answer.status_code == 422
    assert "Mời chủ thể giải trình" in text(answer)
    assert not AdvisoryReport.objects.exists()
    said |= {f"choice-{codes[0]}": "-", f"note-{codes[0]}": ""}
    answer = client.post(url("report", dossier.pk), said)
    assert (answer.status_code, "chọn một mức hoặc ghi bằng lời" in text(answer)) == (422, True)
    said |= {f"note-{codes[0]}": "Chưa có phiếu"}
    assert client.post(url("report", dossier.pk), said).status_code == 302
    report = AdvisoryReport.objects.get()
    assert report.advice[codes[0]] == {"place": None, "words": "Chưa có phiếu"}
    for ending, kind in (("pdf", "application/pdf"), ("docx", "wordprocessingml")):
        paper = client.get(url("paper", dossier.pk, 1, ending))
        assert kind in paper["Content-Type"]
    assert "đang dùng" not in text(client.get(url("dossier", dossier.pk)))
    again = client.post(url("report", dossier.pk), said | {"version": "1"})
    assert again.status_code == 422  # a new version says why
    assert client.post(url("report", dossier.pk), said | {"version": "1", "reason": "Bổ sung"}).status_code == 302
    assert client.post(url("report", dossier.pk), said | {"version": "1", "reason": "Cũ"}).status_code == 422
    page = text(client.get(url("dossier", dossier.pk)))
    assert "đã thay" in page
    assert re.search(r"số \d+/BC-TTV", page)
