"""A subject appeals, an office answers, a product is heard anew: every way out of every action."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from ocop.accounts.states import Role
from ocop.appeals.actions import advise, answer_appeal, file_appeal
from ocop.appeals.models import Answer, Appeal, AppealFile, Opinion
from ocop.appeals.queries import new_result_of, standing_of, why_not_again
from ocop.audit.models import LedgerEntry
from ocop.certificates.actions import prepare_decision, sign_decision
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.council.actions import close_hearing, declare, send_result_letter
from ocop.council.models import Hearing, Result
from ocop.council.queries import acting_chair, result_of, results_for
from ocop.dossiers.actions import bar_reading
from ocop.dossiers.queries import is_barred
from ocop.dossiers.states import DossierState
from ocop.files.actions import hold_upload
from ocop.paperwork.queries import latest_paper
from tests.council.refusing import refused
from tests.factories import city_2024, closed_hearing, person, province_2026, score
from tests.factories.appeals import TEXT, appealed, dossier_of, granted, next_meeting, out
from tests.factories.cycle import owner_of, photo

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[city_2024, province_2026])
def either(request):
    return request.param()


@pytest.fixture
def world():
    return city_2024()


def owner(dossier):
    return owner_of(dossier.registration.product.subject)


# ── filing ──────────────────────────────────────────────────────────────────────────────────


def test_a_subject_appeals_within_the_days_of_the_bylaws(either):
    result = out(either)
    dossier = dossier_of(result)
    standing = standing_of(dossier, either.at.date())
    days = result.hearing.session.bylaws.appeal_days
    assert standing.until == either.at.date() + timedelta(days=days)
    assert standing.why_not == ""
    held = hold_upload(file=photo(), by=owner(dossier), at=either.at)
    appeal = appealed(either, result, held=[held.key])
    assert (appeal.text, appeal.until, appeal.state) == (TEXT, standing.until, "filed")
    assert appeal.due_on > either.at.date()
    assert appeal.files.count() == 1
    entry = LedgerEntry.objects.get(act="file_appeal")
    assert entry.shown_to_subject
    assert entry.facts["result_sha256"] == result.sha256


def test_the_last_day_counts_and_the_day_after_names_the_further_way(world):
    dossier = dossier_of(out(world))
    days = standing_of(dossier, world.at.date()).days
    late = world.at + timedelta(days=days + 1)
    with refused("đã hết ngày .* Luật Khiếu nại"):
        file_appeal(dossier=dossier, text=TEXT, by=owner(dossier), at=late)
    file_appeal(dossier=dossier, text=TEXT, by=owner(dossier), at=world.at + timedelta(days=days))


def test_nothing_is_asked_of_a_result_that_is_not_out(world):
    dossier = dossier_of(closed_hearing(world))
    with refused("chưa công bố"):
        file_appeal(dossier=dossier, text=TEXT, by=owner(dossier), at=world.at)


def test_a_result_is_appealed_once(world):
    appeal = appealed(world)
    with refused("đã có kiến nghị"):
        appealed(world, appeal.result)


@pytest.mark.parametrize(("text", "words"), [("  ", "Ghi rõ"), ("x" * 5001, "dài")])
def test_an_appeal_says_something_of_a_bearable_length(world, text, words):
    dossier = dossier_of(out(world))
    with refused(words):
        file_appeal(dossier=dossier, text=text, by=owner(dossier), at=world.at)


def test_nobody_but_the_subject_appeals(world):
    dossier = dossier_of(out(world))
    others = [
        world.officer,
        world.commune_officer,
        world.leader,
        world.liaison,
        person("Ai đó", Role.SUBJECT, world.commune),
    ]
    for by in others:
        with refused("do chủ thể gửi", PermissionDenied):
            file_appeal(dossier=dossier, text=TEXT, by=by, at=world.at)


def test_an_appeal_on_paper_is_entered_with_its_scan_on_the_day_it_came(world):
    dossier, by = dossier_of(out(world)), world.commune_officer
    later = world.at + timedelta(days=standing_of(dossier, world.at.date()).days + 3)
    came = world.at.date() + timedelta(days=2)
    said = {"dossier": dossier, "text": TEXT, "brought_by": "Anh Nam", "by": by, "at": later}
    with refused("có chữ ký"):
        file_appeal(**said, received_on=came)
    held = hold_upload(file=photo(), by=by, at=later)
    with refused("đến hôm nay"):
        file_appeal(**said, received_on=world.at.date() - timedelta(days=1), held=[held.key])
    with refused("đã hết ngày"):
        file_appeal(**said, received_on=day_of(later), held=[held.key])
    with refused("do chủ thể gửi", PermissionDenied):
        file_appeal(**{**said, "by": world.liaison}, received_on=came, held=[held.key])
    appeal = file_appeal(**said, received_on=came, held=[held.key])
    assert (appeal.received_on, appeal.brought_by) == (came, "Anh Nam")


# ── opinions ────────────────────────────────────────────────────────────────────────────────


def test_the_office_lays_its_opinion_before_whoever_answers(world):
    appeal = appealed(world)
    secretary = appeal.result.hearing.session.council.seats.get(role="secretary").user
    for by in (world.officer, secretary):
        advise(appeal=appeal, text="Đề nghị xem lại tiêu chí 1.1.", by=by, at=world.later)
    assert not LedgerEntry.objects.filter(act="advise_appeal", shown_to_subject=True).exists()
    with refused("Ghi ý kiến"):
        advise(appeal=appeal, text=" ", by=world.officer, at=world.later)
    for by in (owner(appeal.dossier), world.leader, world.commune_officer):
        with refused("Chỉ cơ quan chủ trì", PermissionDenied):
            advise(appeal=appeal, text="Ý kiến", by=by, at=world.later)


# ── answers ─────────────────────────────────────────────────────────────────────────────────


def test_kept_as_it_is_the_answer_is_a_numbered_paper_with_reasons(either):
    appeal = appealed(either)
    answer_appeal(appeal=appeal, granted=False, text="Giấy tờ đã được xét.", by=either.leader, at=either.later)
    appeal = Appeal.objects.select_related("answer").get()
    assert appeal.state == "rejected"
    assert dossier_of(appeal.result).state == DossierState.NOT_RECOGNISED
    paper = latest_paper(appeal, "appeal_answer")
    assert paper.number.endswith("/TL-OCOP")
    assert Hearing.objects.count() == 1
    with refused("đã được trả lời"):
        answer_appeal(appeal=appeal, granted=False, text="Lần nữa.", by=either.leader, at=either.later)
    with refused("đã được trả lời"):
        advise(appeal=appeal, text="Ý kiến muộn", by=either.officer, at=either.later)


def test_granted_the_product_is_heard_anew_beside_the_old_hearing(either):
    old = out(either)
    inputs, evaluation = old.inputs, old.evaluation
    answer = granted(either, appealed(either, old))
    new = answer.hearing
    assert (new.came_from, new.is_open, new.dossier_id) == (old.hearing, True, old.hearing.dossier_id)
    dossier = dossier_of(old)
    assert dossier.state == DossierState.IN_COUNCIL
    assert not dossier.result_is_out
    members = [seat.user for seat in new.session.council.seats.filter(votes=True)]
    assert all(is_barred(user, dossier) for user in members)
    assert new.declarations.count() == 0
    score(new, [62] * 9, either)
    chair = acting_chair(new, either.at.date())
    result = close_hearing(hearing=new, by=chair.user, at=either.at + timedelta(days=7))
    assert result_of(dossier) == result
    assert dossier_of(old).state == DossierState.TO_RECOGNISE
    kept = Result.objects.get(pk=old.pk)
    assert (kept.inputs, kept.evaluation, kept.sha256) == (inputs, evaluation, old.sha256)
    assert [row.pk for row in results_for([either.unit], DossierState.TO_RECOGNISE)] == [result.pk]


def test_the_new_result_is_told_only_when_it_is_out(world):
    answer = granted(world)
    score(answer.hearing, [62] * 9, world)
    chair = acting_chair(answer.hearing, world.at.date())
    close_hearing(hearing=answer.hearing, by=chair.user, at=world.at + timedelta(days=7))
    appeal = Appeal.objects.select_related("answer__hearing", "dossier").get()
    assert new_result_of(appeal) is None


def test_no_letter_goes_out_on_the_old_result_any_more(world):
    answer = granted(world)
    old = answer.appeal.result
    score(answer.hearing, [40] * 9, world)
    chair = acting_chair(answer.hearing, world.at.date())
    close_hearing(hearing=answer.hearing, by=chair.user, at=world.at + timedelta(days=7))
    assert dossier_of(old).state == DossierState.TO_NOTIFY
    with refused("kết quả mới hơn"):
        send_result_letter(
            result=old, signed_on=world.at.date(), signer="Ai đó", by=world.officer, at=world.at + timedelta(days=8)
        )


def test_only_a_leader_or_the_chair_answers(world):
    appeal = appealed(world)
    council = appeal.result.hearing.session.council
    chair = council.seats.get(role="chair").user
    others = [
        world.officer,
        world.liaison,
        world.commune_officer,
        owner(appeal.dossier),
        council.seats.get(role="secretary").user,
        council.seats.get(role="vice_chair").user,
        council.seats.filter(role="member").first().user,
    ]
    for by in others:
        with refused("Chỉ lãnh đạo đơn vị hoặc Chủ tịch", PermissionDenied):
            answer_appeal(appeal=appeal, granted=False, text="Không.", by=by, at=world.later)
    answer = answer_appeal(appeal=appeal, granted=False, text="Đã xét đủ.", by=chair, at=world.later)
    assert answer.by_title == "Chủ tịch Hội đồng"


def test_a_chair_or_leader_whom_the_door_keeps_out_answers_nothing(world):
    appeal = appealed(world)
    chair = appeal.result.hearing.session.council.seats.get(role="chair").user
    bar_reading(dossier=appeal.dossier, users=[chair, world.leader], at=world.at)
    for by in (chair, world.leader):
        with refused("Chỉ lãnh đạo đơn vị hoặc Chủ tịch", PermissionDenied):
            answer_appeal(appeal=appeal, granted=False, text="Không.", by=by, at=world.later)


def test_an_answer_gives_reasons_and_a_grant_names_its_meeting(world):
    appeal = appealed(world)
    by, at = world.leader, world.later
    to = next_meeting(world, appeal)
    with refused("Ghi lý do"):
        answer_appeal(appeal=appeal, granted=True, text=" ", to=to, by=by, at=at)
    with refused("Chọn phiên họp"):
        answer_appeal(appeal=appeal, granted=True, text="Có.", by=by, at=at)
    with refused("đã họp ngày|đã ở"):
        answer_appeal(
            appeal=appeal, granted=True, text="Có.", to=appeal.result.hearing.session, by=by,
            at=at + timedelta(days=1),
        )  # fmt: skip
    other = next_meeting(world, appealed(world))
    with refused("chính Hội đồng này"):
        answer_appeal(appeal=appeal, granted=True, text="Có.", to=other, by=by, at=at)
    assert dossier_of(appeal.result).state == DossierState.NOT_RECOGNISED


def test_what_a_signed_decision_holds_is_not_heard_anew(world):
    result = out(world, totals=(62,) * 9)
    appeal = appealed(world, result)
    to = next_meeting(world, appeal)
    decision = prepare_decision(unit=world.unit, batch=world.batch, results=[result], by=world.officer, at=world.later)
    with refused("dự thảo quyết định"):
        answer_appeal(appeal=appeal, granted=True, text="Có.", to=to, by=world.leader, at=world.later)
    sign_decision(
        decision=decision,
        number="9/QĐ-UBND",
        decided_on=world.at.date(),
        signer_name="Nguyễn Văn Lãnh Đạo",
        signer_title="Phó Chủ tịch",
        by=world.leader,
        at=world.later,
    )
    with refused("đã có quyết định công nhận.*nâng hạng"):
        answer_appeal(appeal=appeal, granted=True, text="Có.", to=to, by=world.leader, at=world.later)
    answer_appeal(appeal=appeal, granted=False, text="Đăng ký nâng hạng đợt sau.", by=world.leader, at=world.later)


def test_a_published_result_before_its_decision_is_heard_anew(world):
    appeal = appealed(world, out(world, totals=(62,) * 9))
    assert dossier_of(appeal.result).state == DossierState.TO_RECOGNISE
    assert why_not_again(appeal) == ""
    granted(world, appeal)
    assert dossier_of(appeal.result).state == DossierState.IN_COUNCIL


def test_a_conflict_at_the_old_hearing_is_answered_anew(world):
    answer = granted(world)
    seat = answer.hearing.session.council.seats.filter(votes=True).order_by("pk")[2]
    declare(hearing=answer.hearing, conflict=True, reason="Mới góp vốn", by=seat.user, at=world.later)
    assert is_barred(seat.user, answer.hearing.dossier)


def test_what_was_written_stays(world):
    appeal = appealed(world, held=[])
    advise(appeal=appeal, text="Ý kiến", by=world.officer, at=world.later)
    answer_appeal(appeal=appeal, granted=False, text="Đã xét.", by=world.leader, at=world.later)
    for model in (Appeal, Opinion, Answer):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(text="Khác")
    assert AppealFile.objects.count() == 0


def test_refusals_speak_of_a_field(world):
    dossier = dossier_of(out(world))
    with pytest.raises(Refused) as caught:
        file_appeal(dossier=dossier, text="", by=owner(dossier), at=world.at)
    assert caught.value.field == "text"
