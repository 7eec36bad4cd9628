"""What is known of a product, and what the interview still asks for."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from ocop.interview.queries import (
    answers_of,
    cards_of,
    facts_for,
    feeds_of,
    known_for,
    missing_of,
    printed_values,
    sitting_of,
    typed_by_others,
    words_for,
)
from ocop.interview.rules import CardView
from ocop.registration.models import Product
from ocop.rubric.queries import measures_of
from ocop.rubric.rules import Measure, support
from ocop.wallet.actions import add_paper
from tests.factories import city_2024, photo, province_2026
from tests.factories.consent import consent
from tests.factories.cycle import owner_of, registration, subject
from tests.factories.interview import answered, product_of
from tests.factories.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return province_2026()


def views_of(world: World, **kwargs: Any) -> dict[str, CardView]:
    sitting = sitting_of(product_of(world, **kwargs))
    assert sitting is not None
    return {view.card.code: view for view in cards_of(sitting)}


def test_answers_are_fit_for_a_snapshot(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"workers": "52", "established_on": "12/3/2021", "source_total": "1,5", "packing": "Gói"})
    answers = answers_of(product.subject, product, 2026)
    assert answers == {
        "established_on": "2021-03-12",
        "legal_form": "cooperative",
        "packing": "Gói",
        "source_total": "1,5",
        "workers": 52,
    }
    assert list(answers) == sorted(answers)
    assert json.loads(json.dumps(answers)) == answers
    assert facts_for(product, 2026)["source_total"] == Fraction(3, 2)


def test_answers_about_a_product_stay_with_it(world: World) -> None:
    product = product_of(world)
    other = registration(world, of=product.subject).product
    answered(world, product, {"packing": "Gói", "workers": "52"})
    assert "packing" not in answers_of(product.subject, other, 2026)
    assert "packing" not in answers_of(product.subject)
    assert answers_of(other.subject, other, 2026)["workers"] == 52
    assert "workers" not in answers_of(subject(world))


def test_a_paper_in_the_wallet_answers_and_a_person_s_word_goes_before_it(world: World) -> None:
    product = product_of(world)
    by = owner_of(product.subject)
    kind = "food_safety_certificate"
    add_paper(
        subject=product.subject,
        upload=photo(),
        kind=kind,
        number="12/ATTP",
        issued_on=world.at.date(),
        expires_on=world.at.date().replace(year=2028),
        by=by,
        at=world.at,
    )
    assert answers_of(product.subject, product, 2026)["has_food_safety"] is True
    answered(world, product, {"has_food_safety": "no"})
    assert answers_of(product.subject, product, 2026)["has_food_safety"] is False
    assert known_for(product, 2026, world.at.date()).holds(kind)


def test_answers_are_worded_for_print(world: World) -> None:
    product = product_of(world)
    typed = {"revenue.last": "1614000000", "has_declaration": "yes", "ip_rights": ["none"], "rep_sex": "female"}
    answered(world, product, typed)
    answers = answers_of(product.subject, product, 2026)
    assert words_for(answers)["revenue.last"] == "1.614.000.000 đồng"
    values = printed_values(answers, {"rep_sex": "Nữ"})
    assert values["answer.has_declaration"] is True
    assert values["answer.ip_rights"] == []
    assert values["answer.rep_sex"] == "Nữ"


def test_an_amount_is_shown_with_the_unit_it_was_counted_in(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"source_total": "1.250", "sales_unit": "product", "sales_total": "80"})
    words = words_for(answers_of(product.subject, product, 2024))
    assert (words["source_total"], words["sales_total"]) == ("1.250", "80 sản phẩm")
    answered(world, product, {"source_unit": "ton"})
    answers = answers_of(product.subject, product, 2024)
    assert words_for(answers)["source_total"] == "1.250 tấn"
    assert printed_values(answers)["answer.source_total"] == "1.250 tấn"
    asked = [question.code for view in cards_of(sitting_of(product)) for question, _ in view.asked]
    assert asked.index("source_unit") == asked.index("source_total") - 1
    assert asked.index("sales_unit") < asked.index("sales_total")


def test_the_facts_given_support_an_option_of_the_set(world: World) -> None:
    product = product_of(world, set_no=6)
    answered(world, product, {"workers": "52", "workers_commune": "38"})
    made = product.registrations.get()
    known = known_for(product, 2026, world.at.date())
    said = [
        support(measure, known).words
        for measure in measures_of(made.set_version).criteria.values()
        if isinstance(measure, Measure) and "workers_commune" in measure.codes
    ]
    assert any("38/52" in words for words in said)


# What is asked


def test_every_fact_that_a_criterion_is_measured_by_is_asked(world: World) -> None:
    for set_no in (1, 6, 26):
        product = product_of(world, set_no=set_no)
        sitting = sitting_of(product)
        assert sitting is not None
        asked = {key for view in cards_of(sitting) for key in view.keys}
        hidden = {"legal_form", "local_capital"}  # a cooperative: the registration says so
        for measure in sitting.measures.criteria.values():
            if isinstance(measure, Measure):
                assert set(measure.codes) - hidden <= asked


def test_goods_are_not_asked_about_tourism_nor_a_service_about_goods(world: World) -> None:
    goods, service = views_of(world, set_no=6), views_of(world, set_no=26)
    assert not {code for code in goods if code.startswith("tour")}
    assert {code for code in service if code.startswith("tour")}
    assert not {"packing", "sample_count", "materials_area"} & {key for view in service.values() for key in view.keys}


def test_the_old_law_asks_for_the_district_and_the_new_one_does_not(world: World) -> None:
    assert "workers_district" in views_of(city_2024())["people"].keys
    assert "workers_district" not in views_of(world)["people"].keys


def test_what_the_commune_assesses_is_asked_of_the_subject(world: World) -> None:
    assert {"idea_origin", "identity"} <= set(views_of(world)["story"].keys)


def test_missing_answers_of_a_form_point_to_the_card_that_asks(world: World) -> None:
    product = product_of(world)
    before = missing_of(product, 2026, ["mau-02"])
    assert ("business_paper", "business") in [(each.code, each.card) for each in before]
    answered(world, product, {"business_paper": "Số 20B8001234"})
    after = missing_of(product, 2026, ["mau-02"])
    assert len(after) == len(before) - 1
    assert missing_of(product, 2026, ["receipt"]) == []


def test_a_card_names_the_forms_and_criteria_it_serves(world: World) -> None:
    product = product_of(world)
    sitting = sitting_of(product)
    assert sitting is not None
    (money,) = [view for view in cards_of(sitting) if view.card.code == "money"]
    feeds = feeds_of(sitting, money.card)
    assert "mau-02" in [form.code for form in feeds.forms]
    assert feeds.criteria


def test_a_product_that_is_only_planned_is_asked_for_its_plan(world: World) -> None:
    planned = Product.objects.create(subject=subject(world), name="Mỳ gạo lứt", search="")
    sitting = sitting_of(planned)
    assert sitting is not None
    asked = {key for view in cards_of(sitting) for key in view.keys}
    assert {"plan_goal", "plan_capital"} <= asked
    assert not {"packing", "sold_since"} & asked


# Typed by others


def test_what_a_helper_typed_is_listed_until_the_subject_says_otherwise(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"workers": "40"})
    consent(world, product.subject, world.commune_officer)
    helper = world.commune_officer
    answered(world, product, {"workers": "52", "rep_ethnicity": "Tày"}, by=helper, at=world.later)
    typed = typed_by_others(product.subject, product, 2026)
    assert [(each.key, each.words, each.personal, each.by) for each in typed] == [
        ("workers", "52 người", False, helper),
        ("rep_ethnicity", "", True, helper),
    ]
    answered(world, product, {"workers": "50"}, at=world.later)
    assert [each.key for each in typed_by_others(product.subject, product, 2026)] == ["rep_ethnicity"]
