"""The way to a star, plans and steps on the screen."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ocop.coaching.actions import end_improvement, update_task
from ocop.coaching.letters import cost_words
from ocop.coaching.models import ImprovementPlan, StepAdvice
from ocop.coaching.queries import standing_of
from ocop.coaching.rules import Money
from ocop.coaching.states import TaskState
from ocop.coaching.views.cards import money_words
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of
from ocop.rubric.rules import minimums
from tests.factories import city_2024, enter, province_2026
from tests.factories.coaching import assessed, office_step, planned
from tests.factories.cycle import draft_dossier, fresh, owner_of, subject
from tests.factories.wallet import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


@pytest.fixture
def dossier(world):
    return assessed(world, total=60)


@pytest.fixture
def own(client, settings, world, dossier):
    return enter(client, settings, owner_of(dossier.registration.product.subject), world)


def body(response):
    return response.content.decode()


def way_url(dossier):
    return reverse("coaching:way", args=[dossier.pk])


# The way


def test_the_way_says_what_is_missing_and_that_it_is_a_forecast(own, dossier, world):
    asked = criteria_of(dossier)
    below = next(code for code, least in minimums(asked, 4).items() if asked.criteria[code].options[0].points < least)
    Dossier.objects.filter(pk=dossier.pk).update(choices={**dossier.choices, below: 1})
    html = body(own.get(way_url(dossier)))
    way = standing_of(fresh(dossier), None, world.at.date()).way
    assert way.forced
    for words in (
        "Dự báo, không phải kết quả công nhận",
        f"Còn {way.missing} điểm và 1 mức tối thiểu nữa là 4 sao",
        "Bắt buộc: mức tối thiểu của 4 sao",
        "Lưu thành kế hoạch củng cố",
        "Chưa kiểm chứng",
    ):
        assert words in html
    assert html.index("Bắt buộc") < html.index("rẻ nhất trước")
    for step in way.steps:
        assert f'value="{step.key}"' in html


def test_an_unknown_cost_is_said_never_a_zero(own, dossier):
    html = body(own.get(way_url(dossier)))
    assert "Tự bỏ ra 0\xa0đ<" not in html


def test_an_empty_self_assessment_is_asked_for_first(client, settings, world):
    empty = draft_dossier(world)
    enter(client, settings, owner_of(empty.registration.product.subject), world)
    html = body(client.get(way_url(empty)))
    assert "chưa tự chấm" in html
    assert reverse("dossiers:self-assessment", args=[empty.pk]) in html


def test_the_ticked_steps_become_the_plan(own, dossier, world):
    way = standing_of(dossier, None, world.at.date()).way
    response = own.post(way_url(dossier), {"star": "4", "picks": [way.steps[0].key]})
    plan = ImprovementPlan.objects.get()
    assert response.url == reverse("coaching:plan", args=[plan.pk])
    assert plan.tasks.count() == 1
    html = body(own.get(way_url(dossier)))
    assert "Đã có kế hoạch củng cố" in html
    assert "Lưu thành kế hoạch" not in html


def test_a_refusal_keeps_what_was_ticked(own, dossier, world):
    way = standing_of(dossier, None, world.at.date()).way
    response = own.post(way_url(dossier), {"star": "4", "picks": [way.steps[0].key, "9.z:9"]})
    assert response.status_code == 422
    html = body(response)
    assert "hãy chọn lại" in html
    assert html.count(" checked") == 1
    assert own.post(way_url(dossier), {"star": "\0x"}).status_code in (400, 422)
    assert not ImprovementPlan.objects.exists()


def test_the_commune_that_only_assesses_contents_does_not_see_it(client, settings):
    world = province_2026()
    made = assessed(world)
    plan = planned(world, made)
    enter(client, settings, world.commune_officer, world)
    for name, args in (("way", [made.pk]), ("plan", [plan.pk]), ("paper", [plan.pk, "pdf"])):
        assert client.get(reverse(f"coaching:{name}", args=args)).status_code == 403
    panel = client.get(reverse("coaching:dossier-panel", args=[made.pk]), headers={"HX-Request": "true"})
    assert panel.status_code == 200
    assert "sao" not in body(panel)


def test_strangers_find_nothing(client, settings, world, dossier):
    plan = planned(world, dossier)
    enter(client, settings, owner_of(subject(world)), world)
    for name, args in (
        ("way", [dossier.pk]),
        ("dossier-panel", [dossier.pk]),
        ("plan", [plan.pk]),
        ("end", [plan.pk]),
        ("task", [plan.pk, plan.tasks.first().pk]),
    ):
        assert client.get(reverse(f"coaching:{name}", args=args)).status_code == 404


def test_the_window_on_the_dossier_shows_way_and_plan(own, dossier, world):
    url = reverse("coaching:dossier-panel", args=[dossier.pk])
    assert "Xem cách ít tiền nhất" in body(own.get(url, headers={"HX-Request": "true"}))
    planned(world, dossier)
    assert "Kế hoạch củng cố lên 4 sao" in body(own.get(url))


@pytest.mark.parametrize("answers", [0, 1])
def test_the_way_costs_the_same_whatever_offices_wrote(own, dossier, world, answers, django_assert_max_num_queries):
    for _ in range(answers * 3):
        office_step(world)
    own.get(way_url(dossier))
    with django_assert_max_num_queries(30):
        own.get(way_url(dossier))


# Plans


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_plan_and_three(client, settings, world, count, django_assert_num_queries):
    for _ in range(count):
        planned(world)
    enter(client, settings, world.officer, world)
    client.get(reverse("coaching:plans"))
    with django_assert_num_queries(7):
        html = body(client.get(reverse("coaching:plans")))
    assert html.count("Đang làm</span>") == count


def test_late_plans_stand_first_and_pages_go_on(client, settings, world, monkeypatch):
    first, second = planned(world), planned(world)
    task = second.tasks.first()
    early = world.at.date().replace(day=1)
    update_task(task=task, state=TaskState.DOING, due_on=early, by=world.officer, at=world.at)
    monkeypatch.setattr("ocop.core.pages.PAGE_ROWS", 1)
    enter(client, settings, world.officer, world)
    response = client.get(reverse("coaching:plans"))
    assert second.dossier.registration.product.name in body(response)
    assert first.dossier.registration.product.name not in body(response)
    assert "Có việc trễ" in body(response)
    html = body(client.get(reverse("coaching:plans") + response.context["next_url"]))
    assert first.dossier.registration.product.name in html


def test_a_plan_with_its_tasks_and_one_added_by_hand(own, dossier, world):
    plan = planned(world, dossier)
    url = reverse("coaching:plan", args=[plan.pk])
    html = body(own.get(url))
    for task in plan.tasks.all():
        assert reverse("coaching:task", args=[plan.pk, task.pk]) in html
    wrong = own.post(url, {"what": "Sửa xưởng", "due_on": "hôm qua", "cost": "5.000.000"})
    assert wrong.status_code == 422
    assert "Sửa xưởng" in body(wrong)
    assert "5.000.000" in body(wrong)
    assert own.post(url, {"what": "Sửa xưởng", "due_on": "30/09/2024", "cost": "5.000.000"}).status_code == 302
    assert plan.tasks.last().cost == 5_000_000


@pytest.mark.parametrize("count", [1, 3])
def test_a_plan_costs_the_same_for_one_note_and_three(own, dossier, world, count, django_assert_num_queries):
    plan = planned(world, dossier)
    for task in list(plan.tasks.all())[:count]:
        update_task(task=task, state=TaskState.DOING, note="Đang làm", by=world.officer, at=world.at)
    own.get(reverse("coaching:plan", args=[plan.pk]))
    with django_assert_num_queries(9):
        own.get(reverse("coaching:plan", args=[plan.pk]))


def test_a_task_is_reported_and_a_refusal_keeps_the_words(own, dossier, world):
    plan = planned(world, dossier)
    task, shown = plan.tasks.first(), paper(world, dossier.registration.product.subject)
    url = reverse("coaching:task", args=[plan.pk, task.pk])
    kept = {"responsible": "Chị Hoa", "due_on": "30/09/2024", "paper": str(shown.pk)}
    refused = own.post(url, {"state": "dropped", "note": "", **kept})
    assert refused.status_code == 422
    assert "Chị Hoa" in body(refused)
    assert "Ghi lý do" in body(refused)
    assert own.post(url, {"state": "done", "note": "Xong", **kept}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.paper) == ("done", shown)
    assert "Xong" in body(own.get(url))
    other = planned(world, assessed(world))
    assert own.get(reverse("coaching:task", args=[plan.pk, other.tasks.first().pk])).status_code == 404


def test_ending_asks_for_a_reason(own, dossier, world):
    plan = planned(world, dossier)
    url = reverse("coaching:end", args=[plan.pk])
    assert own.get(url).status_code == 200
    assert own.post(url, {"why": ""}).status_code == 422
    assert own.post(url, {"why": "Đổi hướng"}).status_code == 302
    html = body(own.get(reverse("coaching:plan", args=[plan.pk])))
    assert "Đổi hướng" in html
    assert "Thêm việc" not in html


def test_readers_see_the_plan_but_do_not_write(client, settings, world, dossier):
    plan = planned(world, dossier)
    enter(client, settings, world.leader, world)
    assert "Cập nhật" not in body(client.get(reverse("coaching:plan", args=[plan.pk])))
    task_url = reverse("coaching:task", args=[plan.pk, plan.tasks.first().pk])
    assert client.get(task_url).status_code == 403
    assert client.post(task_url, {"state": "done"}).status_code == 403
    assert client.post(reverse("coaching:plan", args=[plan.pk]), {"what": "x"}).status_code == 403


@pytest.mark.parametrize(("ending", "kind"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_plan_on_paper(own, dossier, world, ending, kind):
    plan = planned(world, dossier)
    end_improvement(plan=plan, why="x", by=world.officer, at=world.at)
    response = own.get(reverse("coaching:paper", args=[plan.pk, ending]))
    assert response.status_code == 200
    assert response.content.startswith(kind)


# Steps


@pytest.fixture
def lead(client, settings, world):
    return enter(client, settings, world.officer, world)


def test_the_list_tells_shipped_estimates_from_the_offices_own(lead, world):
    office_step(world, name="Tem điện tử", code="barcode", papers=("barcode",))
    html = body(lead.get(reverse("coaching:steps")))
    assert "Chưa kiểm chứng" in html
    assert "Tem điện tử" in html
    assert "Đăng ký mã số mã vạch" not in html
    assert "Tem điện tử" in body(lead.get(reverse("coaching:steps") + "?q=tem dien"))
    assert "Không có bước nào khớp" in body(lead.get(reverse("coaching:steps") + "?q=zzz"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_steps_costs_the_same(lead, world, count, django_assert_num_queries):
    for _ in range(count):
        office_step(world)
    lead.get(reverse("coaching:steps"))
    with django_assert_num_queries(4):
        lead.get(reverse("coaching:steps"))


def test_a_shipped_step_is_corrected(lead, world):
    url = reverse("coaching:step", args=["linkage"])
    page = lead.get(url)
    assert "1.000.000" in body(page)
    typed = {
        "name": "Ký hợp đồng",
        "criteria": "Liên kết chuỗi\nLiên kết sản xuất",
        "cost_low": "2.000.000",
        "cost_high": "1.000.000",
        "days": "30",
        "valid_from": "16/09/2024",
    }
    wrong = lead.post(url, typed)
    assert wrong.status_code == 422
    assert "Ký hợp đồng" in body(wrong)
    assert lead.post(url, {**typed, "cost_high": "9" * 40}).status_code == 422
    assert not StepAdvice.objects.exists()
    assert lead.post(url, {**typed, "cost_high": "3.000.000"}).status_code == 302
    row = StepAdvice.objects.get()
    assert (row.code, row.cost_low, row.cost_high, row.criteria) == (
        "linkage",
        2_000_000,
        3_000_000,
        ["Liên kết chuỗi", "Liên kết sản xuất"],
    )
    assert "2.000.000\xa0đ đến 3.000.000\xa0đ" in body(lead.get(url))


def test_a_step_of_ones_own_and_taking_it_off(lead, world):
    typed = {"name": "Đo nồng độ", "criteria": "Vị", "valid_from": "16/09/2024"}
    assert lead.post(reverse("coaching:step-new"), typed).status_code == 302
    assert "chưa có ước tính" in body(lead.get(reverse("coaching:steps") + "?q=nong do"))
    url = reverse("coaching:step-withdraw", args=["do-nong-do"])
    assert lead.get(url).status_code == 200
    assert lead.post(url).status_code == 302
    assert lead.get(url).status_code == 404
    assert lead.get(reverse("coaching:step", args=["khong-co"])).status_code == 404


def test_only_the_lead_office_opens_the_steps(client, settings, world):
    enter(client, settings, world.leader, world)
    for name, args in (("steps", []), ("step-new", []), ("step", ["barcode"]), ("step-withdraw", ["barcode"])):
        assert client.get(reverse(f"coaching:{name}", args=args)).status_code == 403


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(0, 0, "0\xa0đ"), (5, 5, "5\xa0đ"), (0, 5, "nhiều nhất 5\xa0đ"), (1, 5, "1\xa0đ đến 5\xa0đ")],
)
def test_a_sum_between_two_in_words(low, high, words):
    assert cost_words(low, high) == words


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (Money(0, 0, 0, 0), "Không phải tự bỏ tiền."),
        (Money(0, 0, 9, 0), "Không phải tự bỏ tiền, được hỗ trợ khoảng 9\xa0đ."),
        (Money(0, 0, 0, 2), "Có 2 việc chưa có ước tính chi phí."),
        (
            Money(0, 0, 9, 1),
            "Không phải tự bỏ tiền, được hỗ trợ khoảng 9\xa0đ. Còn 1 việc chưa có ước tính chi phí, chưa cộng vào đây.",
        ),
        (Money(5, 5, 0, 1), "Tự bỏ ra 5\xa0đ. Còn 1 việc chưa có ước tính chi phí, chưa cộng vào đây."),
    ],
)
def test_the_whole_in_words_never_calls_the_unknown_nothing(total, words):
    assert money_words(total) == words
