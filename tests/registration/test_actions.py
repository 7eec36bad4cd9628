"""Registering subjects, their people and products: one test per way out; a refusal writes nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import OFFICE_ROLES, Role
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Refused
from ocop.core.models import NumberSeries
from ocop.registration.actions import (
    bring_in,
    correct_subject,
    invite_again,
    let_act_for,
    open_account_for,
    register_product,
    register_subject,
)
from ocop.registration.models import Product, Registration, Subject, SubjectPerson
from tests.factories import city_2024, person, province_2026, registration, subject, unit

pytestmark = pytest.mark.django_db
LONG = "bon-tu-de-nho"


@pytest.fixture
def world():
    return city_2024()


def written():
    models = (Subject, SubjectPerson, Product, Registration, NumberSeries, User, RoleGrant, LedgerEntry)
    return [model.objects.count() for model in models]


def entering(world, **changes):
    asked = {
        "name": "Hợp tác xã Mỳ gạo",
        "kind": "cooperative",
        "unit": world.commune,
        "address": "Tổ 1",
        "business_number": "2400000001",
        "representative": "Hoàng Thị Mến",
        "phone": "+84 912 345 678",
        "by": world.commune_officer,
        "at": world.at,
    }
    return register_subject(**{**asked, **changes})


def test_a_subject_is_registered(world):
    made = entering(world)
    assert made.phone == "0912345678"
    assert LedgerEntry.objects.latest("seq").act == "register_subject"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"kind": "la"}, "kind", "Chọn loại hình"),
        ({"phone": "123"}, "phone", "10 hoặc 11 chữ số"),
        ({"business_number": "2499999999"}, "business_number", "đã có trong danh sách: Cũ"),
    ],
)
def test_a_subject_is_refused_at_its_field(world, changes, field, words):
    entering(world, name="Cũ", business_number="2499999999")
    before = written()
    with pytest.raises(Refused, match=words) as refused:
        entering(world, **changes)
    assert refused.value.field == field
    assert written() == before


CONTACT = {"address": "Tổ 9", "representative": "Hoàng Thị Mận", "position": "Giám đốc", "phone": "0912 000 999"}


def test_a_subject_is_corrected_and_the_ledger_keeps_what_stood_before(world):
    made = entering(world)
    corrected = correct_subject(subject=made, **CONTACT, by=world.commune_officer, at=world.at)
    assert (corrected.address, corrected.phone) == ("Tổ 9", "0912000999")
    entry = LedgerEntry.objects.latest("seq")
    assert entry.act == "correct_subject"
    assert entry.facts["before"]["phone"] == "0912345678"


def test_a_correction_is_refused_at_its_field(world):
    made = entering(world)
    correct_subject(subject=made, **CONTACT, by=world.commune_officer, at=world.at)
    before = written()
    for changes, words in (({"phone": "123"}, "10 hoặc 11 chữ số"), ({}, "Chưa có gì khác")):
        with pytest.raises(Refused, match=words):
            correct_subject(subject=made, **{**CONTACT, **changes}, by=world.commune_officer, at=world.at)
    with pytest.raises(PermissionDenied):
        correct_subject(subject=made, **CONTACT, by=world.leader, at=world.at)
    assert written() == before


def test_a_subject_lies_in_a_commune(world):
    with pytest.raises(Refused, match="Chọn xã hoặc phường"):
        entering(world, unit=world.unit, by=world.officer)


def test_a_commune_registers_only_its_own_subjects(world):
    before = written()
    with pytest.raises(PermissionDenied):
        entering(world, unit=unit("Xã Song Mai"))
    assert written() == before


def test_an_account_is_opened_for_a_subject(world):
    made = entering(world)
    user = open_account_for(
        subject=made,
        full_name="Hoàng Thị Mến",
        phone="0912345678",
        password=LONG,
        by=world.commune_officer,
        at=world.at,
    )
    grant = user.grants.get()
    assert (grant.role, grant.unit, grant.organisation) == (Role.SUBJECT, world.commune, made.name)
    assert list(made.people.all()) == [user]


def test_an_account_that_is_refused_leaves_nothing(world):
    made = entering(world)
    before = written()
    with pytest.raises(Refused):
        open_account_for(subject=made, full_name="X", password=LONG, by=world.commune_officer, at=world.at)
    with pytest.raises(PermissionDenied):
        open_account_for(subject=made, full_name="X", phone="0912345678", password=LONG, by=world.leader, at=world.at)
    assert written() == before


def test_a_known_person_is_brought_in_with_the_role(world):
    made, known = entering(world), person("Hoàng Thị Mến")
    bring_in(subject=made, login=known.email, by=world.commune_officer, at=world.at)
    assert known.grants.get().role == Role.SUBJECT
    before = written()
    with pytest.raises(Refused, match="đã thay mặt"):
        bring_in(subject=made, login=known.email, by=world.officer, at=world.at)
    assert written() == before


@pytest.mark.parametrize("login", ["0999999999", "la@vi-du.vn", ""])
def test_an_unknown_person_is_not_brought_in(world, login):
    made = entering(world)
    before = written()
    with pytest.raises(Refused, match="Chưa có tài khoản") as refused:
        bring_in(subject=made, login=login, by=world.commune_officer, at=world.at)
    assert refused.value.field == "login"
    assert written() == before


def test_only_its_officers_say_who_acts_for_a_subject(world):
    made = entering(world)
    with pytest.raises(PermissionDenied):
        let_act_for(subject=made, user=person("Ai đó"), by=world.leader, at=world.at)
    assert not made.people.exists()


def test_a_product_gets_the_next_code_of_its_commune_and_year(world):
    made = subject(world)
    first, second = registration(world, of=made), registration(world, of=made)
    assert (first.code, second.code) == ("24-213-07201-1-2024", "24-213-07201-2-2024")
    assert first.set_version.regime_code == "qd148-2023"
    assert LedgerEntry.objects.latest("seq").facts["code"] == second.code


def test_since_2025_the_code_has_no_district():
    assert registration(province_2026()).code == "24-07228-1-2026"


def entering_product(world, made, **changes):
    asked = {
        "subject": made,
        "batch": world.batch,
        "name": "Mỳ gạo",
        "set_no": 6,
        "kind": "new",
        "target_star": 3,
        "by": made.people.get(),
        "at": world.at,
    }
    return register_product(**{**asked, **changes})


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"kind": "la"}, "kind", "Chọn loại hồ sơ"),
        ({"target_star": 2}, "target_star", "từ 3 đến 5 sao"),
        ({"target_star": 6}, "target_star", "từ 3 đến 5 sao"),
        ({"set_no": 99}, "set_no", "Chọn bộ tiêu chí"),
        ({"name": "Đã có"}, "name", "đã đăng ký trong"),
    ],
)
def test_a_product_is_refused_at_its_field(world, changes, field, words):
    made = subject(world)
    registration(world, of=made, name="Đã có")
    before = written()
    with pytest.raises(Refused, match=words) as refused:
        entering_product(world, made, **changes)
    assert refused.value.field == field
    assert written() == before


def test_a_product_waits_for_an_open_batch(world):
    made = subject(world)
    before = written()
    with pytest.raises(Refused, match="chỉ nhận đăng ký từ 01/07/2024 đến hết 30/09/2024"):
        entering_product(world, made, at=world.at + timedelta(days=15))
    assert written() == before


def test_a_product_stays_in_its_territory(world):
    made, other = subject(world), province_2026()
    with pytest.raises(Refused, match="không thuộc địa bàn"):
        entering_product(world, made, batch=other.batch)


def test_a_stranger_registers_no_product(world):
    made = subject(world)
    before = written()
    with pytest.raises(PermissionDenied):
        entering_product(world, made, by=world.leader)
    assert written() == before


def test_nobody_lets_oneself_act_for_a_subject(world):
    made = entering(world)
    for by in (world.commune_officer, world.officer):
        before = written()
        with pytest.raises(Refused, match="không tự giao mình"):
            let_act_for(subject=made, user=by, by=by, at=world.at)
        with pytest.raises(Refused, match="không tự giao mình") as refused:
            bring_in(subject=made, login=by.email, by=by, at=world.at)
        assert refused.value.field == "login"
        assert written() == before


@pytest.mark.parametrize("role", OFFICE_ROLES)
@pytest.mark.parametrize("where", ["commune", "unit", "province"])
def test_who_looks_after_or_judges_a_subject_does_not_act_for_it(world, role, where):
    made = entering(world)
    place = {"commune": world.commune, "unit": world.unit, "province": world.unit.parent}[where]
    judge = person("Vũ Văn Chấm", role, place)
    before = written()
    for bring in (
        lambda: let_act_for(subject=made, user=judge, by=world.commune_officer, at=world.at),
        lambda: bring_in(subject=made, login=judge.email, by=world.commune_officer, at=world.at),
    ):
        with pytest.raises(Refused, match=f"Vũ Văn Chấm đang giữ vai trò {role.label}"):
            bring()
        assert written() == before


def test_an_office_elsewhere_or_of_the_past_is_no_hindrance(world):
    made = entering(world)
    elsewhere = person("Lê Văn Nơi Khác", Role.COMMUNE_OFFICER, unit("Phường Mỹ Độ"))
    past = person("Lê Văn Cũ", Role.COMMUNE_OFFICER, world.commune)
    past.grants.update(valid_to=world.at.date() - timedelta(days=1))
    for user in (elsewhere, past):
        bring_in(subject=made, login=user.email, by=world.officer, at=world.at)
    assert set(made.people.all()) == {elsewhere, past}


def test_who_came_to_act_for_a_subject_is_shown_to_it(world):
    made = subject(world)
    entry = LedgerEntry.objects.get(act="let_act_for")
    assert (entry.thread, entry.shown_to_subject) == (f"registration.subject:{made.pk}", True)


def joining(world, made, by):
    """The three ways in which a person comes to act for a subject."""
    known = person("Hoàng Văn Quen")
    return (
        lambda: let_act_for(subject=made, user=known, by=by, at=world.at),
        lambda: bring_in(subject=made, login=known.email, by=by, at=world.at),
        lambda: open_account_for(
            subject=made, full_name="Hoàng Văn Mới", phone="0987654321", password=LONG, by=by, at=world.at
        ),
    )


def test_the_commune_adds_nobody_once_a_subject_has_its_person(world):
    made = subject(world)
    before = written()
    for join in joining(world, made, world.commune_officer):
        before = written()
        with pytest.raises(PermissionDenied, match="nhờ cơ quan chủ trì OCOP cấp trên"):
            join()
        assert written() == before


def test_a_subject_whose_only_person_is_gone_gets_its_next_one_from_the_commune(world):
    made = subject(world)
    made.people.update(is_active=False)
    _, _, open_new = joining(world, made, world.commune_officer)
    assert open_new() in made.people.all()


def test_its_own_people_invite_their_colleagues(world):
    made = subject(world)
    owner = made.people.get()
    _, bring, open_new = joining(world, made, owner)
    new = open_new()
    assert {bring().user, new, owner} == set(made.people.all())
    assert new.grants.get().role == Role.SUBJECT
    assert LedgerEntry.objects.filter(act="let_act_for", actor=owner, shown_to_subject=True).count() == 2


def test_people_of_another_subject_invite_nobody(world):
    made, other = subject(world), subject(world)
    for join in joining(world, made, other.people.get()):
        before = written()
        with pytest.raises(PermissionDenied):
            join()
        assert written() == before


def test_the_lead_office_above_adds_a_person(world):
    made = subject(world)
    _, _, open_new = joining(world, made, world.officer)
    assert open_new() in made.people.all()


def again(world, made, who, by):
    return invite_again(subject=made, user=who, password=LONG, by=by, at=world.at)


def test_a_lost_first_invitation_is_renewed_by_the_commune(world):
    made = subject(world)
    changed = again(world, made, made.people.get(), world.commune_officer)
    assert changed.check_password(LONG)
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.act, entry.thread, entry.shown_to_subject) == (
        "invite_again",
        f"registration.subject:{made.pk}",
        True,
    )
    assert LONG not in entry.words + str(entry.facts)


def signed_in_once(world, made):
    made.people.update(last_login=world.at)


def did_something(world, made):
    registration(world, of=made)


def has_a_colleague(world, made):
    made.people.add(person("Hoàng Thị Cùng Làm", Role.SUBJECT, world.commune))


def acts_elsewhere_too(world, made):
    other = subject(world)
    other.people.add(made.people.get())


@pytest.mark.parametrize("happened", [signed_in_once, did_something, has_a_colleague, acts_elsewhere_too])
def test_the_commune_does_not_take_over_a_person_who_came_in(world, happened):
    made = subject(world)
    owner = made.people.get()
    happened(world, made)
    before = written()
    with pytest.raises(PermissionDenied, match="cơ quan chủ trì OCOP cấp trên"):
        again(world, made, owner, world.commune_officer)
    assert written() == before
    assert not User.objects.get(pk=owner.pk).check_password(LONG)


def test_a_lead_officer_who_is_also_the_communes_officer_stands_not_above(world):
    made = subject(world)
    signed_in_once(world, made)
    RoleGrant.objects.create(
        user=world.officer, role=Role.COMMUNE_OFFICER, unit=world.commune, valid_from=world.at.date()
    )
    both = User.objects.get(pk=world.officer.pk)
    with pytest.raises(PermissionDenied):
        again(world, made, made.people.get(), both)


def test_a_lead_officer_within_the_commune_stands_not_above(world):
    made = subject(world)
    signed_in_once(world, made)
    with pytest.raises(PermissionDenied):
        again(world, made, made.people.get(), person("Ở xã", Role.LEAD_OFFICER, world.commune))


def test_a_forgotten_password_is_replaced_from_above_or_by_a_colleague(world):
    made = subject(world)
    owner = made.people.get()
    signed_in_once(world, made)
    assert again(world, made, owner, world.officer).check_password(LONG)
    colleague = person("Hoàng Thị Cùng Làm", Role.SUBJECT, world.commune)
    made.people.add(colleague)
    assert again(world, made, colleague, owner).check_password(LONG)


def test_a_colleague_who_acts_for_another_subject_too_is_helped_from_above(world):
    made = subject(world)
    consultant = person("Hoàng Thị Giúp Nhiều", Role.SUBJECT, world.commune)
    made.people.add(consultant)
    subject(world).people.add(consultant)
    owner = made.people.exclude(pk=consultant.pk).get()
    before = written()
    with pytest.raises(PermissionDenied):
        again(world, made, consultant, owner)
    with pytest.raises(PermissionDenied):
        again(world, made, owner, owner)
    assert written() == before
    assert again(world, made, consultant, world.officer).check_password(LONG)
