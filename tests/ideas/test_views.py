"""Ideas on the screen: from the list to the plan, with what is refused."""

import pytest
from django.urls import reverse

from ocop.accounts.states import Role
from ocop.ideas.actions import decide, send_plan
from ocop.ideas.models import Idea, PlanStep
from tests.factories import city_2024, enter, person, province_2026, subject
from tests.factories.cycle import owner_of, photo
from tests.factories.ideas import TEXTS, accepted, author, fresh, idea, reviewing, sent, villagers_idea, with_step

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[city_2024, province_2026])
def world(request):
    return request.param()


def typed(made=None, **change):
    return {"kind": "new", "name": "Mỳ gạo lứt", **TEXTS, **change}


def test_a_subject_writes_an_idea_down_and_sends_it(client, settings, world):
    producer = subject(world)
    own = enter(client, settings, owner_of(producer), world)
    listed = own.get(reverse("ideas:list")).content.decode()
    address = f"{reverse('ideas:new')}?chu-the={producer.pk}"
    assert address.replace("&", "&amp;") in listed
    sector = reviewing(world).sector
    answer = own.post(address, typed(sector=sector), follow=True)
    made = Idea.objects.get(subject=producer)
    assert "Đã ghi ý tưởng" in answer.content.decode()
    answer = own.post(reverse("ideas:send", args=[made.pk]), follow=True)
    assert "Đã gửi ý tưởng" in answer.content.decode()
    assert "Đang chờ" in answer.content.decode()


def test_a_refused_idea_keeps_what_was_typed(client, settings, world):
    producer = subject(world)
    own = enter(client, settings, owner_of(producer), world)
    answer = own.post(f"{reverse('ideas:new')}?chu-the={producer.pk}", typed(name="", sector="Máy bay"))
    assert answer.status_code == 422
    assert TEXTS["materials"] in answer.content.decode()
    assert not Idea.objects.exists()


def test_an_older_page_does_not_overwrite_a_newer(client, settings, world):
    made = idea(world)
    own = enter(client, settings, author(made), world)
    page = reverse("ideas:edit", args=[made.pk])
    assert own.post(page, typed(sector=made.sector, revision=0)).status_code == 302
    answer = own.post(page, typed(sector=made.sector, revision=0, materials="Gạo khác"))
    assert answer.status_code == 422
    assert "vừa được sửa ở nơi khác" in answer.content.decode()
    assert "Gạo khác" in answer.content.decode()
    assert fresh(made).materials == TEXTS["materials"]
    assert own.post(page, typed(sector=made.sector, revision=1, materials="Gạo khác")).status_code == 302


def test_the_commune_writes_down_a_villagers_idea_and_links_it(client, settings, world):
    officer = enter(client, settings, world.commune_officer, world)
    listed = officer.get(reverse("ideas:list")).content.decode()
    assert f"?xa={world.commune.pk}" in listed
    made = villagers_idea(world)
    producer = subject(world)
    page = reverse("ideas:link", args=[made.pk])
    assert page in officer.get(reverse("ideas:idea", args=[made.pk])).content.decode()
    officer.post(page, {"subject": producer.pk})
    assert fresh(made).subject == producer


def test_opinion_and_decision_on_one_page(client, settings, world):
    made = sent(world)
    page = reverse("ideas:idea", args=[made.pk])
    commune = enter(client, settings, world.commune_officer, world)
    assert "Đề nghị chọn" in commune.get(page).content.decode()
    assert commune.post(page, {"verdict": "accepted", "words": ""}).status_code == 422
    assert commune.post(page, {"verdict": "supported", "words": "Hợp với vùng."}).status_code == 302
    assert commune.post(page, {"verdict": "supported", "words": ""}).status_code == 403
    office = enter(client, settings, world.officer, world)
    answer = office.post(page, {"verdict": "not_taken", "words": ""})
    assert answer.status_code == 422
    assert "Ghi lý do" in answer.content.decode()
    assert office.post(page, {"verdict": "accepted", "words": ""}).status_code == 302
    assert fresh(made).state == "accepted"


def test_steps_and_reports(client, settings, world, monkeypatch):
    made = accepted(world)
    own = enter(client, settings, author(made), world)
    day = f"{world.at:%d/%m/%Y}"
    bad = own.post(reverse("ideas:step-new", args=[made.pk]), {"what": "Mua máy", "who": "Tổ", "starts_on": day,
                                                               "ends_on": "xx", "own_money": "hai chục"})  # fmt: skip
    assert bad.status_code == 422
    assert "hai chục" in bad.content.decode()
    good = {"what": "Mua máy", "who": "Tổ", "starts_on": day, "ends_on": day, "own_money": "20.000.000"}
    assert own.post(reverse("ideas:step-new", args=[made.pk]), good).status_code == 302
    step = PlanStep.objects.get()
    assert (step.own_money, step.support_money) == (20_000_000, 0)
    monkeypatch.setattr("ocop.ideas.actions.planning.plan_gaps", lambda idea: [])
    send_plan(idea=made, by=author(made), at=world.at)
    decide(idea=made, verdict="plan_agreed", words="", by=world.officer, at=world.at)
    report = reverse("ideas:report", args=[made.pk, step.pk])
    assert own.post(report, {"percent": 120}).status_code == 422
    assert own.post(report, {"percent": 50, "photo": photo()}).status_code == 302
    taken = step.reports.get()
    assert own.get(reverse("ideas:photo", args=[made.pk, taken.pk])).status_code == 200
    assert "50 %" in own.get(reverse("ideas:idea", args=[made.pk])).content.decode()


def test_the_forms_are_printed(client, settings, world):
    made = accepted(world)
    with_step(world, made)
    own = enter(client, settings, author(made), world)
    page = own.get(reverse("ideas:idea", args=[made.pk]))
    forms = page.context["forms"]
    assert forms
    for form in forms:
        for ending, start in (("pdf", b"%PDF"), ("docx", b"PK")):
            answer = own.get(reverse("ideas:paper", args=[made.pk, form.code, ending]))
            assert answer.status_code == 200
            assert answer.content.startswith(start)
    assert own.get(reverse("ideas:paper", args=[made.pk, "mau-99", "pdf"])).status_code == 404


def test_a_strangers_idea_is_not_found(client, settings, world):
    made = sent(world)
    stranger = enter(client, settings, person("Chủ thể khác", Role.SUBJECT, world.commune), world)
    assert stranger.get(reverse("ideas:idea", args=[made.pk])).status_code == 404
    assert stranger.post(reverse("ideas:send", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_page_cost_the_same(client, settings, world, count, django_assert_num_queries):
    for _ in range(count):
        made = accepted(world)
        for _ in range(count):
            with_step(world, made)
    office = enter(client, settings, world.officer, world)
    with django_assert_num_queries(6):
        office.get(reverse("ideas:list"))
    office.get(reverse("ideas:idea", args=[made.pk]))  # the law is parsed once a process
    with django_assert_num_queries({2024: 21, 2026: 19}[world.at.year]):  # the city lies one level deeper
        office.get(reverse("ideas:idea", args=[made.pk]))


def test_the_list_is_filtered(client, settings, world):
    sent(world, idea(world, name="Mỳ gạo lứt"))
    sent(world, idea(world, name="Bánh gai"))
    office = enter(client, settings, world.officer, world)
    text = office.get(reverse("ideas:list"), {"q": "banh gai", "nam": world.at.year}).content.decode()
    assert "Bánh gai" in text
    assert "Mỳ gạo lứt" not in text
    empty = office.get(reverse("ideas:list"), {"trang-thai": "done"}).content.decode()
    assert "Không có ý tưởng nào khớp" in empty
