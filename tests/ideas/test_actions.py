"""From an idea to a plan carried out, by every way and every refusal."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Refused, Stale
from ocop.ideas import actions
from ocop.ideas.models import Idea, Opinion, PlanStep, StepReport
from ocop.ideas.queries import ideas_of, plan_gaps, sectors_of, waiting_for
from ocop.registration.models import Product
from tests.factories import city_2024, person, province_2026, subject, unit
from tests.factories.consent import consent
from tests.factories.cycle import owner_of, photo
from tests.factories.ideas import TEXTS, accepted, author, fresh, idea, reviewing, sent, villagers_idea, with_step

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[city_2024, province_2026])
def world(request):
    return request.param()


def test_the_whole_way(world, monkeypatch):
    made = accepted(world)
    assert made.product is not None
    assert made.product.subject == made.subject
    step = with_step(world, made)
    monkeypatch.setattr("ocop.ideas.actions.planning.plan_gaps", lambda idea: [])
    actions.send_plan(idea=made, by=author(made), at=world.at)
    actions.decide(idea=made, verdict="plan_agreed", words="", by=world.officer, at=world.at)
    actions.report_step(step=step, percent=40, spent=9_000_000, by=author(made), at=world.at)
    with pytest.raises(Refused, match="1 việc chưa xong"):
        actions.finish(idea=made, by=author(made), at=world.at)
    actions.report_step(step=step, percent=100, photo=photo(), by=author(made), at=world.at)
    actions.finish(idea=made, by=author(made), at=world.at)
    assert fresh(made).state == "done"
    acts = set(LedgerEntry.objects.filter(thread=f"ideas.idea:{made.pk}").values_list("act", flat=True))
    assert acts >= {"propose_idea", "send_idea", "judge_idea", "send_plan", "report_step", "finish_plan"}


def test_an_idea_lacking_texts_is_not_sent_and_all_of_them_are_named(world):
    made = idea(world, texts={"description": "Mỳ"})
    with pytest.raises(Refused, match="Nguyên liệu, Điểm khác biệt, Khách hàng"):
        actions.send_idea(idea=made, by=author(made), at=world.at)
    assert fresh(made).state == "draft"


@pytest.mark.parametrize(("change", "words"), [
    ({"name": "  "}, "Ghi tên"),
    ({"name": "a" * 201}, "nhiều nhất 200"),
    ({"kind": "old"}, "sản phẩm mới"),
    ({"sector": "Máy bay"}, "nhóm sản phẩm"),
    ({"texts": {"description": "a" * 3001}}, "nhiều nhất 3000"),
])  # fmt: skip
def test_what_an_idea_may_not_be(world, change, words):
    producer = subject(world)
    sector = sectors_of(world.batch.programme.regime_version.code)[0]
    said = {"kind": "new", "name": "Mỳ", "sector": sector, "texts": TEXTS} | change
    with pytest.raises(Refused, match=words):
        actions.propose(subject=producer, unit=producer.unit, **said, by=owner_of(producer), at=world.at)
    assert not Idea.objects.exists()


def test_a_villager_who_is_no_subject(world):
    made = villagers_idea(world)
    assert (made.whose, made.contact_phone) == ("Bà Giáp Thị Nếp", "0912345678")
    made = reviewing(world, made)
    with pytest.raises(Refused, match="chưa là chủ thể"):
        actions.decide(idea=made, verdict="accepted", words="", by=world.officer, at=world.at)
    assert not Opinion.objects.filter(verdict="accepted").exists()
    producer = subject(world, name="Hộ kinh doanh Giáp Thị Nếp")
    actions.link_subject(idea=made, subject=producer, by=world.commune_officer, at=world.at)
    actions.decide(idea=made, verdict="accepted", words="", by=world.officer, at=world.at)
    assert fresh(made).product == Product.objects.get(subject=producer)
    with pytest.raises(Refused, match="đã là của"):
        actions.link_subject(idea=made, subject=producer, by=world.commune_officer, at=world.at)


def test_a_subject_of_another_commune_is_not_linked(world):
    made = villagers_idea(world)
    producer = subject(world)
    producer.unit = next(each for each in type(producer.unit).objects.filter(parent=producer.unit.parent).exclude(
        pk=producer.unit_id)[:1])  # fmt: skip
    with pytest.raises(Refused, match="không ở"):
        actions.link_subject(idea=made, subject=producer, by=world.commune_officer, at=world.at)


@pytest.mark.parametrize("verdict", ["needs_work", "not_taken"])
def test_bad_news_needs_a_reason(world, verdict):
    made = reviewing(world)
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.decide(idea=made, verdict=verdict, words=" ", by=world.officer, at=world.at)
    actions.decide(idea=made, verdict=verdict, words="Nêu rõ nguyên liệu.", by=world.officer, at=world.at)
    assert fresh(made).state == verdict


def test_an_idea_that_needs_work_is_mended_and_sent_again(world):
    made = reviewing(world)
    actions.decide(idea=made, verdict="needs_work", words="Nêu rõ nguyên liệu.", by=world.officer, at=world.at)
    said = {"kind": "new", "name": made.name, "sector": made.sector, "texts": TEXTS | {"materials": "Gạo của 20 hộ."}}
    actions.rewrite(idea=made, revision=0, **said, by=author(made), at=world.at)
    with pytest.raises(Stale):
        actions.rewrite(idea=made, revision=0, **said, by=author(made), at=world.at)
    assert sent(world, made).materials == "Gạo của 20 hộ."


@pytest.mark.parametrize("verdict", ["accepted", "needs_work", "khac"])
def test_the_commune_only_says_what_it_thinks(world, verdict):
    made = sent(world)
    with pytest.raises(Refused):
        actions.give_opinion(idea=made, verdict=verdict, words="", by=world.commune_officer, at=world.at)
    assert fresh(made).state == "sent"


def test_a_plan_goes_back_and_forth(world, monkeypatch):
    made = accepted(world)
    with pytest.raises(Refused, match="chưa có bước nào"):
        actions.send_plan(idea=made, by=author(made), at=world.at)
    step = with_step(world, made)
    monkeypatch.setattr("ocop.ideas.actions.planning.plan_gaps", lambda idea: [])
    actions.send_plan(idea=made, by=author(made), at=world.at)
    with pytest.raises(Refused, match="Chờ thống nhất"):
        with_step(world, made)
    actions.decide(idea=made, verdict="plan_returned", words="Thêm bước kiểm nghiệm.", by=world.officer, at=world.at)
    day = world.at.date()
    actions.put_step(idea=made, step=step, what="Kiểm nghiệm", who="Tổ", starts_on=day, ends_on=day, by=author(made),
                     at=world.at)  # fmt: skip
    assert PlanStep.objects.get().what == "Kiểm nghiệm"


@pytest.mark.parametrize(("change", "words"), [
    ({"what": " "}, "Ghi việc"),
    ({"days": -1}, "Ngày xong"),
    ({"own_money": -1}, "Số tiền"),
    ({"support_money": 10**13}, "Số tiền"),
])  # fmt: skip
def test_what_a_step_may_not_be(world, change, words):
    made = accepted(world)
    day = world.at.date()
    said = {"what": "Mua máy", "who": "Tổ", "own_money": 0, "support_money": 0, "days": 3} | change
    ends = day + timedelta(days=said.pop("days"))
    with pytest.raises(Refused, match=words):
        actions.put_step(idea=made, **said, starts_on=day, ends_on=ends, by=author(made), at=world.at)
    assert not PlanStep.objects.exists()


def carrying_out(world, monkeypatch):
    made = accepted(world)
    step = with_step(world, made)
    monkeypatch.setattr("ocop.ideas.actions.planning.plan_gaps", lambda idea: [])
    actions.send_plan(idea=made, by=author(made), at=world.at)
    actions.decide(idea=made, verdict="plan_agreed", words="", by=world.officer, at=world.at)
    return fresh(made), step


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_step_is_done_from_nothing_to_whole(world, monkeypatch, percent):
    made, step = carrying_out(world, monkeypatch)
    with pytest.raises(Refused, match="0 đến 100"):
        actions.report_step(step=step, percent=percent, by=author(made), at=world.at)
    assert not StepReport.objects.exists()


def test_going_back_needs_a_reason(world, monkeypatch):
    made, step = carrying_out(world, monkeypatch)
    actions.report_step(step=step, percent=60, by=author(made), at=world.at)
    with pytest.raises(Refused, match="60 %"):
        actions.report_step(step=step, percent=50, by=author(made), at=world.at)
    actions.report_step(step=step, percent=50, words="Máy hỏng, phải làm lại.", by=author(made), at=world.at)
    assert step.reports.count() == 2


def test_who_does_what(world):
    made = reviewing(world)
    strangers = [world.commune_officer, author(made), world.leader, person("Người ngoài")]
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            actions.decide(idea=made, verdict="accepted", words="", by=stranger, at=world.at)
    other = sent(world)
    for stranger in [world.officer, author(other), world.leader, person("Người ngoài")]:
        with pytest.raises(PermissionDenied):
            actions.give_opinion(idea=other, verdict="supported", words="", by=stranger, at=world.at)
    draft = idea(world)
    for stranger in [world.officer, world.commune_officer, author(other)]:
        with pytest.raises(PermissionDenied):
            actions.send_idea(idea=draft, by=stranger, at=world.at)


def test_a_helper_writes_with_consent_and_it_is_remembered(world):
    producer = subject(world)
    given = consent(world, producer, world.commune_officer)
    sector = sectors_of(world.batch.programme.regime_version.code)[0]
    made = actions.propose(subject=producer, unit=producer.unit, kind="new", name="Mỳ", sector=sector, texts=TEXTS,
                           by=world.commune_officer, at=world.at)  # fmt: skip
    assert made.consent == given


def test_who_reads_an_idea(world):
    draft, waiting = idea(world), sent(world)
    day = world.at.date()
    assert set(ideas_of(world.officer, day)) == {waiting}
    assert set(ideas_of(world.commune_officer, day)) == {waiting}
    assert set(ideas_of(author(draft), day)) == {draft}
    elsewhere = person("Xã khác", Role.COMMUNE_OFFICER, world.commune.__class__.objects.filter(
        parent=world.commune.parent).exclude(pk=world.commune.pk).first())  # fmt: skip
    assert not ideas_of(elsewhere, day).exists()
    assert not ideas_of(person("Người ngoài"), day).exists()


def test_who_wrote_a_villagers_idea_down_reads_it_in_office_only(world):
    made, day = villagers_idea(world), world.at.date()
    officer = world.commune_officer
    assert set(ideas_of(officer, day)) == {made}
    officer.grants.update(valid_to=day - timedelta(days=1))
    assert not ideas_of(User.objects.get(pk=officer.pk), day).exists()


def test_whose_move_it_is(world):
    draft, waiting, judged, taken = idea(world), sent(world), reviewing(world), accepted(world)
    day = world.at.date()
    assert set(waiting_for(author(draft), day)) == {draft}
    assert set(waiting_for(world.commune_officer, day)) == {waiting}
    assert set(waiting_for(world.officer, day)) == {judged}
    assert set(waiting_for(author(taken), day)) == {taken}


def test_no_programme_no_idea():
    world = city_2024()
    elsewhere = unit("Phường Đa Mai", date(2026, 10, 5))
    officer = person("Cán bộ", Role.COMMUNE_OFFICER, elsewhere)
    at = world.at.replace(year=2026)
    with pytest.raises(Refused, match="chưa có chương trình"):
        actions.propose(subject=None, unit=elsewhere, contact_name="Ai đó", kind="new", name="Mỳ", sector="x",
                        texts=TEXTS, by=officer, at=at)  # fmt: skip


def test_opinions_and_reports_never_change(world, monkeypatch):
    made, step = carrying_out(world, monkeypatch)
    actions.report_step(step=step, percent=10, by=author(made), at=world.at)
    for rows in (Opinion.objects.all(), StepReport.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_a_plan_with_open_questions_names_them(world):
    made = accepted(world)
    with_step(world, made)
    with pytest.raises(Refused, match=r"Còn \d+ câu hỏi của phương án chưa trả lời: "):
        actions.send_plan(idea=made, by=author(made), at=world.at)
    assert fresh(made).state == "accepted"
    assert plan_gaps(made)
