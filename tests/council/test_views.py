"""The council's pages as their users meet them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.council.actions import cast_sheet, declare
from ocop.council.models import Bylaws, Council, Declaration, Hearing, Result, Session, Sheet
from ocop.council.states import HearingState, SheetState
from ocop.desk.demo.choices import places_for
from ocop.dossiers.queries import criteria_of, live_evidence
from ocop.dossiers.states import DossierState
from tests.factories import (
    World,
    accepted_dossier,
    city_2024,
    closed_hearing,
    council_of,
    open_hearing,
    person,
    score,
    session_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(name: str, *args: object) -> str:
    return reverse(f"council:{name}", args=args)


def member(hearing: Hearing, place: int = 2) -> User:
    return hearing.session.council.seats.order_by("pk")[place].user


def let_in(hearing: Hearing, world: World, place: int = 2) -> User:
    user = member(hearing, place)
    declare(hearing=hearing, conflict=False, by=user, at=world.at)
    return user


def all_choices(hearing: Hearing, total: int = 60) -> dict[str, str]:
    places = places_for(criteria_of(hearing.dossier), total)
    return {f"choice-{code}": str(place or 0) for code, place in places.items()}


# ── forming a council ──


def council_form(people: list[User], world: World, **changes: str) -> dict[str, str]:
    form = {
        "unit": str(world.unit.pk),
        "level": "district",
        "name": "Hội đồng OCOP thành phố",
        "decision_number": "1520/QĐ-UBND",
        "decided_on": "16/08/2024",
        "ghe-TOTAL_FORMS": "4",
        "ghe-INITIAL_FORMS": "0",
    }
    for place, user in enumerate(people):
        form[f"ghe-{place}-user"] = str(user.pk)
        form[f"ghe-{place}-role"] = "chair" if place == 0 else "member"
        form[f"ghe-{place}-votes"] = "on"
    return form | changes


def test_the_lead_office_forms_a_council_then_writes_its_bylaws_and_calls_a_session(world: World) -> None:
    people = [person(f"Người {n}", Role.MEMBER, world.unit) for n in range(3)]
    client = signed_in(world.officer)
    assert "cấp huyện" in client.get(at("council-new")).content.decode()
    answer = client.post(at("council-new"), council_form(people, world))
    council = Council.objects.get()
    assert answer.headers["Location"] == at("bylaws-new", council.pk)
    assert council.seats.count() == 3

    page = client.get(at("bylaws-new", council.pk)).content.decode()
    assert page.count("Luật không quy định, do Quy chế.") == 10
    rules = {
        "quorum": "75",
        "chair_must_vote": "on",
        "spread_limit": "10",
        "minimums_on": "mean",
        "numbers_seen": "discussion",
        "reopened_by": "chair",
        "appeal_days": "15",
        "answer_days": "12",
    }
    client.post(at("bylaws-new", council.pk), rules)
    bylaws = Bylaws.objects.get()
    assert (str(bylaws.quorum), bylaws.round_mean_to) == ("0.7500", None)
    assert (bylaws.numbers_seen, bylaws.reopened_by, bylaws.blind_tasting, bylaws.appeal_days) == (
        "discussion",
        "chair",
        False,
        15,
    )

    session = {
        "batch": world.batch.pk,
        "name": "Phiên 1",
        "kind": "meeting",
        "held_on": "24/09/2024",
        "place": "Hội trường",
    }
    answer = client.post(at("session-new", council.pk), session)
    assert answer.headers["Location"] == at("session", Session.objects.get().pk)
    told = client.get(at("council", council.pk)).content.decode()
    assert "ít nhất 75 % số thành viên chấm điểm" in told


def test_a_council_without_a_chair_is_refused_and_everything_typed_stays(world: World) -> None:
    people = [person(f"Người {n}", Role.MEMBER, world.unit) for n in range(2)]
    answer = signed_in(world.officer).post(
        at("council-new"), council_form(people, world) | {"ghe-0-role": "member", "ghe-0-organisation": "Phòng Kinh tế"}
    )
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Hội đồng phải có đúng một Chủ tịch." in told
    assert "1520/QĐ-UBND" in told
    assert 'value="Phòng Kinh tế"' in told
    assert not Council.objects.exists()


def test_more_rows_keep_what_was_typed(world: World) -> None:
    people = [person(f"Người {n}", Role.MEMBER, world.unit) for n in range(2)]
    told = signed_in(world.officer).post(
        at("council-new"), council_form(people, world, more="1", name="Hội đồng đang nhập")
    )
    assert told.status_code == 200
    assert 'value="Hội đồng đang nhập"' in told.content.decode()
    assert 'name="ghe-8-user"' in told.content.decode()


@pytest.mark.parametrize("quorum", ["0", "101", "bảy lăm"])
def test_bylaws_outside_their_bounds_are_refused(world: World, quorum: str) -> None:
    council = council_of(world)
    rules = {"quorum": quorum, "spread_limit": "10", "minimums_on": "mean"}
    assert signed_in(world.officer).post(at("bylaws-new", council.pk), rules).status_code == 422
    assert council.bylaws.count() == 1


def test_only_the_lead_office_forms_councils_and_only_it_or_the_secretary_calls_sessions(world: World) -> None:
    council = council_of(world)
    seats = council.seats.order_by("pk")
    secretary, plain = seats.get(role="secretary").user, seats[3].user
    for user, name, status in (
        (secretary, "bylaws-new", 403),
        (secretary, "session-new", 200),
        (plain, "bylaws-new", 403),
        (plain, "session-new", 403),
        (plain, "council", 200),
        (world.commune_officer, "council", 403),
    ):
        assert signed_in(user).get(at(name, council.pk)).status_code == status
    assert signed_in(plain).get(at("council-new")).status_code == 403
    assert signed_in(plain).get(at("council", council_of(world).pk)).status_code == 404


# ── the session ──


def test_dossiers_are_put_before_the_session(world: World) -> None:
    session, dossier = session_of(world), accepted_dossier(world)
    client = signed_in(world.officer)
    assert dossier.registration.product.name in client.get(at("session", session.pk)).content.decode()
    empty = client.post(at("put-before", session.pk), {})
    assert (empty.status_code, "Chọn ít nhất một hồ sơ" in empty.content.decode()) == (422, True)
    assert client.post(at("put-before", session.pk), {"dossiers": [dossier.pk]}).status_code == 302
    assert session.hearings.get().dossier_id == dossier.pk
    again = client.post(at("put-before", session.pk), {"dossiers": [dossier.pk]})
    assert (again.status_code, "không còn chờ Hội đồng" in again.content.decode()) == (422, True)


def test_a_member_finds_one_next_button_and_the_state_of_every_product(world: World) -> None:
    session = session_of(world)
    first, second, third = (open_hearing(world, session=session) for _ in range(3))
    user = member(first)
    declare(hearing=first, conflict=True, reason="Em ruột là giám đốc", by=user, at=world.at)
    declare(hearing=second, conflict=False, by=user, at=world.at)
    told = signed_in(user).get(at("session", session.pk)).content.decode()
    assert told.count("Chấm sản phẩm tiếp theo") == 1
    assert f'href="{at("sheet", second.pk)}">Chấm sản phẩm tiếp theo' in told
    for words in ("Không tham gia: có xung đột lợi ích", "Chờ chấm", "Chờ bạn khai báo"):
        assert words in told
    assert at("door", third.pk) in told
    assert "Tiến độ của phiên" not in told


# ── the door and the sheet ──


def test_three_taps_through_the_door(world: World) -> None:
    hearing = open_hearing(world)
    client = signed_in(member(hearing))
    assert client.get(at("sheet", hearing.pk)).headers["Location"] == at("door", hearing.pk)
    answer = client.post(at("door", hearing.pk), {"conflict": "khong"})
    assert answer.headers["Location"] == at("sheet", hearing.pk)
    assert client.get(at("sheet", hearing.pk)).status_code == 200


def test_a_conflict_needs_its_reason_and_leads_back_to_the_session(world: World) -> None:
    hearing = open_hearing(world)
    client = signed_in(member(hearing))
    bare = client.post(at("door", hearing.pk), {"conflict": "co"})
    assert (bare.status_code, "Ghi ngắn gọn mối liên quan" in bare.content.decode()) == (422, True)
    assert not Declaration.objects.exists()
    answer = client.post(at("door", hearing.pk), {"conflict": "co", "reason": "Em ruột là giám đốc"})
    assert answer.headers["Location"] == at("session", hearing.session_id)
    assert client.get(at("sheet", hearing.pk)).status_code == 403


def test_the_sheet_is_never_filled_in_from_the_subjects_own_choice(world: World) -> None:
    hearing = open_hearing(world)
    told = signed_in(let_in(hearing, world)).get(at("sheet", hearing.pk)).content.decode()
    assert " checked" not in told
    assert "Chủ thể tự chọn mức" in told
    for words in ("0 điểm", "tối thiểu cho 3 sao", "data-score-sheet", "Không có: không mức nào đạt"):
        assert words in told


def test_autosave_keeps_the_changed_fields_and_answers_with_ones_own_figures(world: World) -> None:
    hearing = open_hearing(world)
    user = let_in(hearing, world)
    code, other = list(criteria_of(hearing.dossier).criteria)[:2]
    client = signed_in(user)
    sent = {
        f"choice-{code}": "1",
        f"choice-{other}": "0",
        f"note-{code}": "Đã xem",
        "note-opinion": "Khá",
        "revision": "0",
    }
    told = client.post(at("sheet-save", hearing.pk), sent).json()
    sheet = Sheet.objects.get()
    assert sheet.choices == {code: 1, other: None}
    assert (sheet.notes, sheet.opinion) == ({code: "Đã xem"}, "Khá")
    points = criteria_of(hearing.dossier).criteria[code].options[0].points
    assert (told["answered"], told["revision"], told["total"]) == (2, 1, f"{points},00")
    assert set(told) == {"saved_at", "total", "answered", "revision", "message"}


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"choice-1.a": "99"}, 422, "không có phương án 99"),
        ({"choice-9.z": "1"}, 422, "không có tiêu chí 9.z"),
        ({"choice-1.a": "một"}, 422, "không đọc được"),
        ({"choice-1.a": "1", "revision": "7"}, 409, "vừa được lưu ở máy khác"),
    ],
)
def test_autosave_refuses_in_words_and_writes_nothing(
    world: World, sent: dict[str, str], status: int, words: str
) -> None:
    hearing = open_hearing(world)
    answer = signed_in(let_in(hearing, world)).post(at("sheet-save", hearing.pk), sent)
    assert (answer.status_code, words in answer.json()["message"]) == (status, True)
    assert not Sheet.objects.exists()


def test_autosave_before_the_door_is_refused_as_json(world: World) -> None:
    hearing = open_hearing(world)
    answer = signed_in(member(hearing)).post(at("sheet-save", hearing.pk), {"choice-1.a": "1"})
    assert (answer.status_code, "khai báo xung đột" in answer.json()["message"]) == (403, True)


def test_an_unfinished_sheet_is_not_handed_in_and_lists_what_lacks_with_links(world: World) -> None:
    hearing = open_hearing(world)
    user = let_in(hearing, world)
    choices = all_choices(hearing)
    gone = list(choices)[4].removeprefix("choice-")
    del choices[f"choice-{gone}"]
    answer = signed_in(user).post(at("sheet-submit", hearing.pk), choices | {"note-opinion": "Ý kiến chưa lưu"})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert "Còn 1 tiêu chí chưa chấm" in told
    assert f'href="#tieu-chi-{gone}"' in told
    assert told.count(" checked") == len(choices)
    assert "Ý kiến chưa lưu" in told
    assert not Sheet.objects.exists()


def test_a_handed_in_sheet_is_read_only_with_number_time_total_and_hash(world: World) -> None:
    hearing = open_hearing(world)
    user = let_in(hearing, world)
    client = signed_in(user)
    assert client.post(at("sheet-submit", hearing.pk), all_choices(hearing, 63)).status_code == 302
    sheet = Sheet.objects.get()
    told = client.get(at("sheet", hearing.pk)).content.decode()
    for words in (f"Phiếu số {sheet.pk} đã nộp", "63,00", sheet.sha256):
        assert words in told
    assert "data-sheet-bar" not in told
    assert '<fieldset class="options" disabled>' in told
    again = client.post(at("sheet-submit", hearing.pk), all_choices(hearing, 40))
    assert (again.status_code, "Bạn đã nộp phiếu này" in again.content.decode()) == (422, True)
    assert Sheet.objects.get().choices == sheet.choices


def test_handing_in_an_older_sheet_is_refused_once_with_the_own_ticks_on_the_screen(world: World) -> None:
    hearing = open_hearing(world)
    client = signed_in(let_in(hearing, world))
    mine = all_choices(hearing) | {"note-opinion": "", "revision": "0"}
    name = next(name for name, place in mine.items() if place == "1")
    page = client.get(at("sheet", hearing.pk)).content.decode()
    assert '<input type="hidden" name="revision" value="0" autocomplete="off">' in page
    client.post(at("sheet-save", hearing.pk), {name: "0", "revision": "0"})  # on the other device

    # Refused for something else first: the page is still the old one.
    long = client.post(at("sheet-submit", hearing.pk), mine | {"note-opinion": "x" * 5001})
    assert (long.status_code, 'name="revision" value="0"' in long.content.decode()) == (422, True)
    stale = client.post(at("sheet-submit", hearing.pk), mine)
    told = stale.content.decode()
    assert (stale.status_code, "vừa được lưu ở máy khác" in told) == (409, True)
    assert stale.context["total"] == 60
    assert Sheet.objects.get().choices == {name.removeprefix("choice-"): None}
    assert 'name="revision" value="1"' in told
    assert client.post(at("sheet-submit", hearing.pk), mine | {"revision": "1"}).status_code == 302


def test_numbers_without_end_are_no_numbers(world: World) -> None:
    hearing = open_hearing(world)
    client, endless = signed_in(let_in(hearing, world)), "9" * 5000
    code = next(iter(criteria_of(hearing.dossier).criteria))
    assert client.post(at("sheet-save", hearing.pk), {f"choice-{code}": "1", "revision": endless}).status_code == 200
    assert client.post(at("sheet-save", hearing.pk), {f"choice-{code}": endless}).status_code == 422
    assert client.post(at("sheet-submit", hearing.pk), {f"choice-{code}": endless}).status_code == 422
    office = signed_in(world.officer)
    for name, query in (("results", "sau"), ("councils", "truoc")):
        for typed in (endless, "²", "9" * 16):
            assert office.get(at(name), {query: typed}).status_code == 200


def test_handing_in_and_going_on_leads_to_the_next_product(world: World) -> None:
    session = session_of(world)
    first, second = (open_hearing(world, session=session) for _ in range(2))
    user = let_in(first, world)
    client = signed_in(user)
    answer = client.post(at("sheet-submit", first.pk), all_choices(first) | {"next": "1"})
    assert answer.headers["Location"] == at("door", second.pk)
    declare(hearing=second, conflict=False, by=user, at=world.at)
    answer = client.post(at("sheet-submit", second.pk), all_choices(second) | {"next": "1"})
    assert answer.headers["Location"] == at("sheet", second.pk)  # nothing is left


def test_evidence_of_another_dossier_is_not_behind_this_door(world: World) -> None:
    session = session_of(world)
    first, second = (open_hearing(world, session=session) for _ in range(2))
    foreign = live_evidence(second.dossier).get().file.key
    client = signed_in(let_in(first, world))
    own = live_evidence(first.dossier).get().file.key
    for asked in ("", "?xem", "?xem&goc"):
        assert client.get(at("evidence-file", first.pk, own) + asked).status_code == 200
        assert client.get(at("evidence-file", first.pk, foreign) + asked).status_code == 404
    assert client.get(at("evidence-file", second.pk, foreign)).status_code == 403


# ── running and closing ──


def test_a_reopened_sheet_is_scored_again_and_both_versions_are_shown_after_closing(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, (60,) * 9, world)
    seats = list(hearing.session.council.seats.select_related("user").order_by("pk"))
    chair, user = signed_in(seats[0].user), seats[2].user
    bare = chair.post(at("reopen", hearing.pk), {"mo-lai-seat": seats[2].pk, "mo-lai-reason": " "})
    assert (bare.status_code, SheetState.REPLACED in Sheet.objects.values_list("state", flat=True)) == (422, False)
    chair.post(at("reopen", hearing.pk), {"mo-lai-seat": seats[2].pk, "mo-lai-reason": "Xem lại tiêu chí 2"})
    page = signed_in(user).get(at("sheet", hearing.pk)).content.decode()
    assert "Xem lại tiêu chí 2" in page
    signed_in(user).post(at("sheet-submit", hearing.pk), all_choices(hearing, 64))
    chair.post(at("close", hearing.pk), {"confirm_number": "1"})
    told = chair.get(at("hearing", hearing.pk)).content.decode()
    for words in ("Phiếu được mở lại", "60,00", "64,00", "Xem lại tiêu chí 2"):
        assert words in told


def test_closing_asks_for_the_products_number(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, (60,) * 9, world)
    chair = signed_in(member(hearing, 0))
    page = chair.get(at("close", hearing.pk)).content.decode()
    for words in ("Việc này không thu hồi được", "9/9 phiếu đã nộp được khoá", "QĐ 148/2023"):
        assert words in page
    wrong = chair.post(at("close", hearing.pk), {"confirm_number": "7"})
    assert (wrong.status_code, "Gõ số 1" in wrong.content.decode()) == (422, True)
    assert not Result.objects.exists()
    assert chair.post(at("close", hearing.pk), {"confirm_number": "1"}).status_code == 302
    told = chair.get(at("hearing", hearing.pk)).content.decode()
    result = Result.objects.get()
    for words in ("60,00", "Đề nghị công nhận", result.sha256, "Kết quả này được tính thế nào", "qd148-2023, bộ 6"):
        assert words in told


def test_a_refused_closing_lists_every_reason_and_not_how_far_apart_the_sheets_are(world: World) -> None:
    hearing = open_hearing(world)
    seats = list(hearing.session.council.seats.select_related("user").order_by("pk"))
    for seat, total in zip(seats[1:4], (50, 60, 73), strict=True):
        declare(hearing=hearing, conflict=False, by=seat.user, at=world.at)
        cast_sheet(hearing=hearing, choices=places_for(criteria_of(hearing.dossier), total), by=seat.user, at=world.at)
    chair = signed_in(let_in(hearing, world, 0))
    answer = chair.post(at("close", hearing.pk), {"confirm_number": "1"})
    told = answer.content.decode()
    assert answer.status_code == 422
    for words in ("3/9 phiếu", "ít nhất 75 %", "Chưa có phiếu của người chủ trì"):
        assert words in told
    assert "chênh nhau quá mức" not in told
    assert Hearing.objects.get().state == HearingState.OPEN


def test_a_finding_rejects_the_product_when_it_is_closed(world: World) -> None:
    hearing = open_hearing(world)
    score(hearing, (60,) * 9, world)
    chair = signed_in(member(hearing, 0))
    code = next(iter(criteria_of(hearing.dossier).criteria))
    bare = chair.post(at("finding", hearing.pk), {"loai-criterion": code, "loai-reason": ""})
    assert (bare.status_code, hearing.findings.exists()) == (422, False)
    chair.post(at("finding", hearing.pk), {"loai-criterion": code, "loai-reason": "Phiếu kiểm nghiệm giả"})
    twice = chair.post(at("finding", hearing.pk), {"loai-criterion": code, "loai-reason": "Lần nữa"})
    assert (twice.status_code, "đã có kết luận loại" in twice.content.decode()) == (422, True)
    chair.post(at("close", hearing.pk), {"confirm_number": "1"})
    told = chair.get(at("hearing", hearing.pk)).content.decode()
    assert "Bị loại" in told
    assert "Phiếu kiểm nghiệm giả" in told


# ── after closing ──


def test_the_letter_goes_to_the_subject_with_what_to_improve(world: World) -> None:
    result = closed_hearing(world, totals=(45,) * 9)
    client = signed_in(world.officer)
    assert result.hearing.dossier.registration.product.name in client.get(at("results")).content.decode()
    lacking = client.post(at("letter", result.pk), {"number": "45/TB-KT", "signed_on": "17/09/2024", "signer": ""})
    assert (lacking.status_code, "45/TB-KT" in lacking.content.decode()) == (422, True)
    sent = {"number": "45/TB-KT", "signed_on": "17/09/2024", "signer": "Nguyễn Văn Trưởng"}
    assert client.post(at("letter", result.pk), sent).status_code == 302
    owner = result.hearing.dossier.registration.product.subject.people.get()
    subject = signed_in(owner)
    panel = subject.get(at("dossier-panel", result.hearing.dossier_id), HTTP_HX_REQUEST="true").content.decode()
    for words in ("45,00", "Ba tiêu chí nên nâng trước", at("letter-paper", result.pk)):
        assert words in panel
    assert "<html" not in panel
    paper = subject.get(at("letter-paper", result.pk))
    assert b"".join(paper.streaming_content)[:4] == b"%PDF"  # type: ignore[arg-type]
    assert signed_in(person("Người lạ")).get(at("letter-paper", result.pk)).status_code == 403
    again = client.post(at("letter", result.pk), sent)
    assert (again.status_code, "không chờ thông báo" in again.content.decode()) == (422, True)


def test_the_hand_over_needs_every_part_and_sample_then_the_answer_comes_back(world: World) -> None:
    result = closed_hearing(world, totals=(75,) * 9)
    dossier = result.hearing.dossier
    client = signed_in(world.officer)
    today = date.today().strftime("%d/%m/%Y")
    parts = [part["value"] for part in _choices(client.get(at("forward", result.pk)).context["form"]["parts"])]
    sent = {
        "letter_number": "312/CV-KT",
        "signer": "Nguyễn Văn Trưởng",
        "parts": parts[:1],
        "samples": "5",
        "handed_on": today,
        "received_by": "Trần Văn Tỉnh",
        "late_reason": "Chờ kết quả kiểm nghiệm",  # today is long after the batch of 2024
    }
    lacking = client.post(at("forward", result.pk), sent)
    told = lacking.content.decode()
    assert (lacking.status_code, "còn thiếu" in told, "Trần Văn Tỉnh" in told) == (422, True, True)
    few = client.post(at("forward", result.pk), sent | {"parts": parts, "samples": "2"})
    assert (few.status_code, "đủ 5 mẫu" in few.content.decode()) == (422, True)
    assert client.post(at("forward", result.pk), sent | {"parts": parts}).status_code == 302
    paper = client.get(at("forward-paper", result.pk))
    assert b"".join(paper.streaming_content)[:4] == b"%PDF"  # type: ignore[arg-type]

    liaison = signed_in(world.liaison)
    assert dossier.registration.product.name in liaison.get(at("results")).content.decode()
    answer = {"document": "99/QĐ-UBND tỉnh", "decided_on": today, "mean": "78,5", "star": "5"}
    high = liaison.post(at("answer", result.pk), answer)
    assert (high.status_code, "tối đa 4 sao" in high.content.decode()) == (422, True)
    assert liaison.post(at("answer", result.pk), answer | {"star": "4"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RECOGNISED_ABOVE
    owner = dossier.registration.product.subject.people.get()
    assert "78,5 điểm, 4 sao" in signed_in(owner).get(at("dossier-panel", dossier.pk)).content.decode()


def _choices(bound: object) -> list[dict[str, str]]:
    return [{"value": str(one.data["value"])} for one in bound]  # type: ignore[attr-defined]


def test_results_are_for_the_lead_office_and_the_liaison(world: World) -> None:
    result = closed_hearing(world, totals=(45,) * 9)
    other = person("Cơ quan nơi khác", Role.LEAD_OFFICER, world.commune)
    for user, status in (
        (world.officer, 200),
        (world.liaison, 200),
        (world.leader, 403),
        (world.commune_officer, 403),
        (member(result.hearing), 403),
    ):
        assert signed_in(user).get(at("results")).status_code == status
    for name in ("letter", "forward"):
        assert signed_in(other).get(at(name, result.pk)).status_code == 403


# ── lists ──


def test_lists_ask_the_database_the_same_number_of_times(world: World) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    council = council_of(world)
    session = session_of(world, council)
    first = open_hearing(world, session=session)
    chair = member(first, 0)

    def counts() -> list[int]:
        found = []
        for user, address in (
            (world.officer, at("councils")),
            (world.officer, at("session", session.pk)),
            (chair, at("session", session.pk)),
            (world.officer, at("results")),
        ):
            client = signed_in(user)
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    closed_hearing(world, totals=(45,) * 9, session=session)
    few = counts()
    for _ in range(2):
        open_hearing(world, session=session)
        closed_hearing(world, totals=(45,) * 9, session=session)
        session_of(world, council)
    assert counts() == few


def test_sessions_come_in_pages(world: World) -> None:
    council = council_of(world)
    for _ in range(27):
        session_of(world, council)
    client = signed_in(world.officer)
    page = client.get(at("councils"))
    assert len(page.context["sessions"]) == 25
    following = client.get(at("councils") + page.context["next_url"])
    assert len(following.context["sessions"]) == 2
