"""The pages of the interview: who opens them, what they keep after a refusal, how they save by themselves."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.consent.actions import end_consent
from ocop.core.clock import spoken
from ocop.interview.models import Answer, PersonalAnswer
from ocop.interview.queries import answers_of, cards_of, sitting_of
from ocop.registration.models import Product
from tests.factories import city_2024, enter, person, province_2026
from tests.factories.consent import consent
from tests.factories.cycle import owner_of, registration, subject
from tests.factories.interview import answered, product_of
from tests.factories.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


@pytest.fixture
def product(world: World) -> Product:
    return product_of(world)


@pytest.fixture
def own(client: Client, settings: Any, world: World, product: Product) -> Client:
    return enter(client, settings, owner_of(product.subject), world)


def url(product: Product, *parts: str) -> str:
    return "/".join([f"/phong-van/{product.pk}", *parts, ""])


@pytest.mark.parametrize("build", [city_2024, province_2026])
def test_every_card_opens_and_names_what_it_feeds(client: Client, settings: Any, build: Any) -> None:
    world = build()
    product = product_of(world)
    enter(client, settings, owner_of(product.subject), world)
    overview = client.get(url(product)).content.decode()
    sitting = sitting_of(product)
    assert sitting is not None
    views = cards_of(sitting)
    assert len(views) > 10
    for view in views:
        assert view.card.name in overview
        page = client.get(url(product, view.card.code))
        assert page.status_code == 200
        assert f"còn {len(view.open)} mục" in page.content.decode()
    assert client.get(url(product, "xong")).status_code == 200
    assert client.get(url(product, "tom-tat")).status_code == 200


def test_a_whole_card_is_kept_without_script_and_leads_on(own: Client, product: Product) -> None:
    answer = own.post(url(product, "people"), {"workers": "52", "workers_commune": "38", "go": "next"})
    assert answer.status_code == 302
    assert answer["Location"] == f"{url(product, 'money')}?nam=2024"
    assert answers_of(product.subject)["workers"] == 52


@pytest.mark.parametrize(("go", "to"), [("back", "representative"), ("later", "")])
def test_one_goes_back_or_puts_off_with_what_was_typed_kept(own: Client, product: Product, go: str, to: str) -> None:
    answer = own.post(url(product, "people"), {"workers": "52", "go": go})
    assert answer["Location"].split("?")[0] == (url(product, to) if to else url(product))
    assert answers_of(product.subject)["workers"] == 52


def test_the_last_card_leads_to_what_is_ready(own: Client, product: Product) -> None:
    answer = own.post(url(product, "plan_money"), {"plan_capital": "300 triệu", "go": "next"})
    assert answer["Location"].split("?")[0] == url(product, "xong")


def test_a_refused_card_comes_back_with_everything_typed_and_says_where(own: Client, product: Product) -> None:
    typed = {"revenue.last": "hơn một tỷ", "revenue.before": "1.200.000.000", "seen-revenue.last": "", "go": "next"}
    answer = own.post(url(product, "money"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="hơn một tỷ"' in page
    assert 'value="1.200.000.000"' in page
    assert "Ghi bằng chữ số, ví dụ 1.614.000.000." in page
    assert Answer.objects.count() == 0


def test_a_table_is_kept_row_by_row_and_shown_again(own: Client, product: Product) -> None:
    typed = {"plan_schedule-0-work": "Mua lò sấy", "plan_schedule-0-time": "Quý 1", "plan_schedule-2-who": "Ông Ba"}
    assert own.post(url(product, "plan_work"), typed).status_code == 302
    rows = answers_of(product.subject, product)["plan_schedule"]
    assert rows == [{"work": "Mua lò sấy", "time": "Quý 1", "who": ""}, {"work": "", "time": "", "who": "Ông Ba"}]
    assert 'value="Ông Ba"' in own.get(url(product, "plan_work")).content.decode()


def test_ticks_can_all_be_taken_away(own: Client, product: Product) -> None:
    own.post(url(product, "rights"), {"ip_rights": ["trademark", "design"], "seen-ip_rights": ""})
    assert answers_of(product.subject, product)["ip_rights"] == ["trademark", "design"]
    row = Answer.objects.get(question="ip_rights")
    own.post(url(product, "rights"), {"seen-ip_rights": str(row.pk)})
    assert "ip_rights" not in answers_of(product.subject, product)


# Saving by itself


def test_what_is_typed_is_saved_and_the_hour_told(own: Client, product: Product) -> None:
    answer = own.post(url(product, "people", "luu"), {"workers": "52", "seen-workers": ""})
    row = Answer.objects.get()
    told = answer.json()
    assert re.fullmatch(r"\d\d:\d\d", told.pop("saved_at"))
    assert told == {"seen": {"workers": row.pk}, "message": "còn 3 mục ở phần này"}


def test_a_wrong_answer_is_told_at_its_field(own: Client, product: Product) -> None:
    answer = own.post(url(product, "people", "luu"), {"workers": "năm hai"})
    assert answer.status_code == 422
    assert set(answer.json()["wrong"]) == {"workers"}
    assert Answer.objects.count() == 0


def test_another_answer_given_meanwhile_is_told_with_its_row(own: Client, product: Product, world: World) -> None:
    theirs = answered(world, product, {"workers": "52"})
    answer = own.post(url(product, "people", "luu"), {"workers": "38", "seen-workers": ""})
    assert answer.status_code == 409
    assert answer.json()["seen"] == theirs
    page = own.post(url(product, "people"), {"workers": "38", "seen-workers": ""})
    shown = page.content.decode()
    assert page.status_code == 409
    assert f'name="seen-workers" value="{theirs["workers"]}"' in shown
    assert 'value="38"' in shown
    assert "“52 người”" in shown


def test_nothing_else_than_the_card_s_own_questions_is_taken(own: Client, product: Product) -> None:
    own.post(url(product, "people", "luu"), {"revenue.last": "1", "rep_sex": "female", "nothing": "x"})
    assert Answer.objects.count() == 0
    assert PersonalAnswer.objects.count() == 0


# Helpers and officers


def test_a_helper_sees_for_whom_it_types_and_its_name_stays_at_the_answer(
    client: Client, settings: Any, world: World, product: Product
) -> None:
    consent(world, product.subject, world.commune_officer)
    enter(client, settings, world.commune_officer, world)
    assert f"Bạn đang nhập giúp <b>{product.subject.name}</b>" in client.get(url(product, "people")).content.decode()
    client.post(url(product, "people"), {"workers": "52"})
    page = client.get(url(product, "people")).content.decode()
    said = f"{world.commune_officer.full_name} nhập giúp {product.subject.name} lúc {spoken(Answer.objects.get().at)}"
    assert said in page


def test_a_withdrawn_consent_writes_nothing_and_leaves_what_was_typed_on_the_page(
    client: Client, settings: Any, world: World, product: Product
) -> None:
    given = consent(world, product.subject, world.commune_officer)
    enter(client, settings, world.commune_officer, world)
    end_consent(consent=given, by=owner_of(product.subject), at=world.at)
    answer = client.post(url(product, "people"), {"workers": "52"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'value="52"' in page
    assert "sự đồng ý đã hết hoặc đã được rút" in page
    saved = client.post(url(product, "people", "luu"), {"workers": "52"})
    assert (saved.status_code, Answer.objects.count()) == (403, 0)


def test_an_officer_without_consent_reads_answers_but_nothing_personal(
    client: Client, settings: Any, world: World, product: Product
) -> None:
    answered(world, product, {"workers": "52", "rep_ethnicity": "La Chí"})
    enter(client, settings, world.officer, world)
    page = client.get(url(product, "people")).content.decode()
    assert "52 người" in page
    assert '<form class="form"' not in page
    for part in ("representative", "representative/lich-su"):
        assert "La Chí" not in client.get(url(product, part)).content.decode()
    assert client.post(url(product, "representative", "ca-nhan")).status_code == 403


def test_a_helper_sees_personal_answers_only_after_saying_so_in_the_ledger(
    client: Client, settings: Any, world: World, product: Product
) -> None:
    answered(world, product, {"rep_ethnicity": "La Chí", "rep_sex": "female"})
    consent(world, product.subject, world.commune_officer)
    enter(client, settings, world.commune_officer, world)
    assert "La Chí" not in client.get(url(product, "representative")).content.decode()
    page = client.post(url(product, "representative", "ca-nhan")).content.decode()
    assert 'value="La Chí"' in page
    assert LedgerEntry.objects.filter(act="read_personal", actor=world.commune_officer).count() == 1


def test_a_personal_field_that_a_helper_left_empty_stays_as_it_was(
    client: Client, settings: Any, world: World, product: Product
) -> None:
    kept = answered(world, product, {"rep_ethnicity": "La Chí"})
    consent(world, product.subject, world.commune_officer)
    enter(client, settings, world.commune_officer, world)
    typed = {"rep_ethnicity": "", "seen-rep_ethnicity": str(kept["rep_ethnicity"]), "rep_home_address": "Thôn Hạ"}
    client.post(url(product, "representative"), typed)
    assert dict(PersonalAnswer.objects.values_list("question", "value")) == {
        "rep_ethnicity": "La Chí",
        "rep_home_address": "Thôn Hạ",
    }


def test_the_subject_sees_its_own_personal_answers(own: Client, world: World, product: Product) -> None:
    answered(world, product, {"rep_ethnicity": "La Chí"})
    assert 'value="La Chí"' in own.get(url(product, "representative")).content.decode()
    assert LedgerEntry.objects.filter(act="read_personal").count() == 0


def test_another_subject_s_interview_does_not_exist(client: Client, settings: Any, world: World) -> None:
    product = product_of(world)
    stranger = person("Người Lạ", Role.SUBJECT, world.commune)
    subject(world, owner=stranger)
    enter(client, settings, stranger, world)
    for parts in ((), ("people",), ("people", "lich-su"), ("xong",), ("tom-tat",)):
        assert client.get(url(product, *parts)).status_code == 404
    assert client.post(url(product, "people"), {"workers": "1"}).status_code == 404
    assert client.get(url(product, "nothing")).status_code == 404


# History and years


def test_the_history_says_who_answered_what_before_and_after(own: Client, world: World, product: Product) -> None:
    answered(world, product, {"workers": "40"})
    consent(world, product.subject, world.commune_officer)
    answered(world, product, {"workers": "52"}, by=world.commune_officer, at=world.at + timedelta(hours=2))
    page = own.get(url(product, "people", "lich-su")).content.decode()
    assert "“52 người”, trước đó “40 người”" in page
    assert f"{world.commune_officer.full_name} nhập giúp" in page


def test_a_subject_answers_once_for_all_its_products(own: Client, world: World, product: Product) -> None:
    other = registration(world, of=product.subject).product
    own.post(url(product, "people"), {"workers": "52"})
    assert 'value="52"' in own.get(url(other, "people")).content.decode()


def test_an_unknown_year_shows_the_newest_registration(own: Client, product: Product) -> None:
    assert "Năm 2023 (đồng)" in own.get(f"{url(product, 'money')}?nam=abc").content.decode()
    assert "Năm 2023 (đồng)" in own.get(f"{url(product, 'money')}?nam=1999").content.decode()


# Speed


@pytest.mark.parametrize("parts", [(), ("people",), ("people", "lich-su"), ("xong",), ("tom-tat",)])
def test_pages_ask_the_database_the_same_number_of_times(
    own: Client, world: World, product: Product, parts: tuple[str, ...]
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert own.get(url(product, *parts)).status_code == 200
        return len(seen)

    answered(world, product, {"workers": "40"})
    one = count()
    consent(world, product.subject, world.commune_officer)
    answered(world, product, {"workers": "50", "workers_commune": "30"}, by=world.commune_officer, at=world.later)
    answered(world, product, {"staff_structure": "Ba tổ", "workers": "60"}, at=world.at + timedelta(hours=3))
    assert count() == one


def test_a_planned_product_is_interviewed_before_it_is_registered(own: Client, product: Product) -> None:
    planned = Product.objects.create(subject=product.subject, name="Mỳ gạo lứt", search="")
    assert "Chương trình OCOP" in own.get(url(planned)).content.decode()
    assert own.post(url(planned, "plan_aims"), {"plan_goal": "Bán ở ba siêu thị"}).status_code == 302
    assert answers_of(product.subject, planned)["plan_goal"] == "Bán ở ba siêu thị"
    assert own.get(url(planned, "xong")).status_code == 200


def test_numbers_in_other_signs_are_no_numbers(own: Client, world: World, product: Product) -> None:
    assert own.get(url(product) + "?nam=²²²²").status_code == own.get(url(product)).status_code == 200
    assert own.get(url(product) + "?nam=٢٠٢٤").status_code == 200
    sitting = sitting_of(product)
    assert sitting is not None
    view, column = next(
        (view, (key, next(iter(question.columns))))
        for view in cards_of(sitting)
        for question, keys in view.asked
        for key in keys
        if question.columns
    )
    sent = {f"{column[0]}-²-{column[1]}": "x", f"{column[0]}-0-{column[1]}": "Lạc", f"seen-{column[0]}": "²"}
    assert own.post(url(product, view.card.code), sent).status_code == 302
    assert [row[column[1]] for row in Answer.objects.get().value] == ["Lạc"]
