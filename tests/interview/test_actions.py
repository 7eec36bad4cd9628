"""Answering: one test for each way out; a refusal writes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.consent.actions import end_consent
from ocop.core.errors import Refused
from ocop.interview.actions import AnsweredElsewhere, NotAnswers, answer, read_personal
from ocop.interview.models import Answer, PersonalAnswer
from ocop.interview.queries import answers_of, facts_for, personal_answers
from tests.factories import city_2024, person, subject
from tests.factories.consent import consent
from tests.factories.cycle import owner_of
from tests.factories.interview import answered, product_of
from tests.factories.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return city_2024()


def test_what_was_typed_is_kept_once_and_only_where_it_says_something_new(world: World) -> None:
    product = product_of(world)
    first = answered(world, product, {"workers": "52", "packing": "Gói 500 g", "history": ""})
    again = answered(world, product, {"workers": "52", "packing": "Gói 1 kg"}, at=world.later)
    assert again["workers"] == first["workers"]
    assert again["packing"] != first["packing"]
    assert Answer.objects.count() == 3
    row = Answer.objects.get(pk=first["workers"])
    assert (row.product, row.year, row.value, row.consent) == (None, None, 52, None)
    assert row.typed_by == owner_of(product.subject)
    assert Answer.objects.get(pk=first["packing"]).product == product
    assert LedgerEntry.objects.filter(act="answer").count() == 0


def test_an_answer_can_be_taken_back_and_stays_in_the_history(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"packing": "Gói 500 g"})
    answered(world, product, {"packing": " "}, at=world.later)
    assert "packing" not in answers_of(product.subject, product, 2024)
    assert list(Answer.objects.values_list("value", flat=True)) == ["Gói 500 g", None]


def test_a_yearly_answer_is_kept_under_its_year(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"revenue.last": "1.614.000.000", "revenue.before": "1.200.000.000"})
    assert dict(Answer.objects.values_list("year", "value")) == {2023: 1_614_000_000, 2022: 1_200_000_000}
    assert facts_for(product, 2024)["revenue.last"] == 1_614_000_000
    assert facts_for(product, 2025)["revenue.before"] == 1_614_000_000


def test_everything_wrong_is_said_at_once_each_at_its_field(world: World) -> None:
    product = product_of(world)
    with pytest.raises(NotAnswers) as caught:
        answered(world, product, {"local_capital": "120", "revenue.last": "hơn một tỷ", "workers": "52"})
    assert set(caught.value.wrong) == {"local_capital", "revenue.last"}
    assert Answer.objects.count() == 0


def test_answers_that_cannot_both_be_true_are_refused_at_the_field_just_typed(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"workers": "52"})
    with pytest.raises(NotAnswers) as caught:
        answered(world, product, {"workers_commune": "60"})
    assert "60 người" in caught.value.wrong["workers_commune"]
    assert "52 người" in caught.value.wrong["workers_commune"]
    assert Answer.objects.count() == 1


def test_both_numbers_of_a_contradiction_can_be_put_right_together(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"workers": "52", "workers_commune": "38"})
    with pytest.raises(NotAnswers):
        answered(world, product, {"workers": "30"})
    answered(world, product, {"workers": "30", "workers_commune": "20"})
    assert answers_of(product.subject)["workers"] == 30


def test_more_profit_than_revenue_is_refused(world: World) -> None:
    product = product_of(world)
    with pytest.raises(NotAnswers) as caught:
        answered(world, product, {"revenue.last": "100.000.000", "profit.last": "200.000.000"})
    assert set(caught.value.wrong) == {"profit.last"}
    assert Answer.objects.count() == 0


def test_a_day_still_to_come_is_refused(world: World) -> None:
    product = product_of(world)
    with pytest.raises(NotAnswers, match="chưa tới"):
        answered(world, product, {"established_on": "01/01/2030"})
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("key", ["nothing", "revenue", "workers.last"])
def test_a_question_that_does_not_exist_is_refused(world: World, key: str) -> None:
    product = product_of(world)
    with pytest.raises(Refused, match="không còn trong phần phỏng vấn"):
        answered(world, product, {key: "1"})


def test_a_question_about_a_product_needs_the_product(world: World) -> None:
    owner = subject(world)
    with pytest.raises(Refused, match="cho sản phẩm nào"):
        answer(subject=owner, values={"packing": "Gói"}, by=owner_of(owner), at=world.at)


def test_a_product_of_another_subject_is_not_answered_for(world: World) -> None:
    product, other = product_of(world), subject(world)
    with pytest.raises(PermissionDenied):
        answer(subject=other, product=product, values={"packing": "Gói"}, by=owner_of(other), at=world.at)
    assert Answer.objects.count() == 0


# Two people at one interview


def test_another_answer_given_meanwhile_is_shown_and_not_overwritten(world: World) -> None:
    product = product_of(world)
    shown = answered(world, product, {"workers": "40"})
    theirs = answered(world, product, {"workers": "52"}, at=world.later)
    with pytest.raises(AnsweredElsewhere) as caught:
        answered(world, product, {"workers": "38", "packing": "Gói"}, seen={"workers": shown["workers"]})
    assert "“52 người”" in caught.value.wrong["workers"]
    assert "“38 người”" in caught.value.wrong["workers"]
    assert caught.value.newer == {"workers": theirs["workers"]}
    assert Answer.objects.count() == 2
    answered(world, product, {"workers": "38"}, seen=caught.value.newer, at=world.later)
    assert answers_of(product.subject)["workers"] == 38


def test_an_answer_given_where_none_was_shown_is_not_overwritten(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"workers": "52"})
    with pytest.raises(AnsweredElsewhere):
        answered(world, product, {"workers": "38"}, seen={"workers": None})


def test_the_same_answer_given_meanwhile_is_fine(world: World) -> None:
    product = product_of(world)
    theirs = answered(world, product, {"workers": "52"})
    assert answered(world, product, {"workers": "52"}, seen={"workers": None}) == theirs


def test_a_field_left_as_it_was_shown_does_not_bring_the_old_answer_back(world: World) -> None:
    product = product_of(world)
    shown = answered(world, product, {"workers": "40"})
    theirs = answered(world, product, {"workers": "52"}, at=world.later)
    kept = answered(world, product, {"workers": "40", "packing": "Gói"}, seen={"workers": shown["workers"]})
    assert kept["workers"] == theirs["workers"]
    assert answers_of(product.subject)["workers"] == 52


# Who may


def test_a_helper_answers_under_a_consent_which_the_answer_remembers(world: World) -> None:
    product = product_of(world)
    given = consent(world, product.subject, world.commune_officer)
    answered(world, product, {"workers": "52", "rep_sex": "female"}, by=world.commune_officer)
    assert Answer.objects.get().consent == given
    assert PersonalAnswer.objects.get().consent == given


def test_a_stranger_an_officer_without_consent_and_one_whose_consent_ended_are_refused(world: World) -> None:
    product = product_of(world)
    given = consent(world, product.subject, world.commune_officer)
    end_consent(consent=given, by=owner_of(product.subject), at=world.at)
    for who in (world.commune_officer, world.officer, person("Người Lạ", Role.SUBJECT, world.commune)):
        with pytest.raises(PermissionDenied):
            answered(world, product, {"workers": "52"}, by=who)
    assert Answer.objects.count() == 0


def test_kept_answers_never_change(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"workers": "52", "rep_sex": "female"})
    for table in (Answer, PersonalAnswer):
        with pytest.raises(DatabaseError, match="chi duoc them"), transaction.atomic():
            table._default_manager.update(value=1)
        with pytest.raises(DatabaseError, match="chi duoc them"), transaction.atomic():
            table._default_manager.all()._raw_delete("default")


# Personal answers


def test_personal_answers_are_kept_apart_and_read_by_the_subject_alone(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"rep_sex": "female", "rep_ethnicity": "Tày"})
    assert Answer.objects.count() == 0
    assert answers_of(product.subject, product, 2024).keys().isdisjoint({"rep_sex", "rep_ethnicity"})
    own = personal_answers(product.subject, by=owner_of(product.subject), at=world.at)
    assert own == {"rep_sex": "Nữ", "rep_ethnicity": "Tày"}
    for who in (world.commune_officer, world.officer, world.leader):
        assert personal_answers(product.subject, by=who, at=world.at) == {}


@pytest.mark.parametrize("seen", [None, "older", "current", "not said"])
def test_a_helper_cannot_find_out_a_personal_answer_by_guessing(world: World, seen: str | None) -> None:
    product = product_of(world)
    consent(world, product.subject, world.commune_officer)
    older = answered(world, product, {"rep_ethnicity": "Nùng"})["rep_ethnicity"]
    current = answered(world, product, {"rep_ethnicity": "Tày"}, at=world.later)["rep_ethnicity"]
    shown = {"older": older, "current": current}.get(seen or "")

    def guessed(value: str) -> object:
        """How a guess ends, the number of its new row aside."""
        given = None if seen == "not said" else {"rep_ethnicity": shown}
        at = transaction.savepoint()
        try:
            kept = answered(
                world, product, {"rep_ethnicity": value}, by=world.commune_officer, seen=given, at=world.later
            )
            return kept["rep_ethnicity"] in {older, current}
        except AnsweredElsewhere as crossed:
            return crossed.wrong["rep_ethnicity"].replace(value, "…"), crossed.newer
        finally:
            transaction.savepoint_rollback(at)

    assert guessed("Tày") == guessed("Nùng") == guessed("Kinh")


def test_a_helper_s_own_personal_answer_is_kept_once(world: World) -> None:
    product = product_of(world)
    consent(world, product.subject, world.commune_officer)
    typed = answered(world, product, {"rep_sex": "female"}, by=world.commune_officer)
    assert answered(world, product, {"rep_sex": "female"}, by=world.commune_officer, seen=typed) == typed
    assert PersonalAnswer.objects.count() == 1


@pytest.mark.parametrize("key", ["workers", "rep_sex"])
def test_a_row_that_was_never_shown_is_no_row(world: World, key: str) -> None:
    product = product_of(world)
    value = {"workers": "52", "rep_sex": "female"}[key]
    assert answered(world, product, {key: value}, seen={key: 999_999}).keys() == {key}


def test_the_commune_s_officer_reads_personal_answers_and_leaves_an_entry(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"rep_sex": "female"})
    read = read_personal(subject=product.subject, why="in Mẫu 03", by=world.commune_officer, at=world.at)
    assert read == {"rep_sex": "Nữ"}
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.act, entry.actor, entry.shown_to_subject) == ("read_personal", world.commune_officer, True)
    assert "in Mẫu 03" in entry.words
    assert "Nữ" not in entry.words


def test_nobody_else_reads_personal_answers(world: World) -> None:
    product = product_of(world)
    answered(world, product, {"rep_sex": "female"})
    before = LedgerEntry.objects.count()
    for who in (world.officer, world.leader, world.liaison):
        with pytest.raises(PermissionDenied):
            read_personal(subject=product.subject, why="xem", by=who, at=world.at)
    assert LedgerEntry.objects.count() == before


def test_a_consent_lets_read_only_while_it_lasts(world: World) -> None:
    product = product_of(world)
    consent(world, product.subject, world.officer, days=1)
    read_personal(subject=product.subject, why="", by=world.officer, at=world.at)
    assert world.at.date() == date(2024, 9, 16)
    with pytest.raises(PermissionDenied):
        read_personal(subject=product.subject, why="", by=world.officer, at=world.at + timedelta(days=2))
