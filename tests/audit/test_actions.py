"""The acts on accounts: each leaves one entry in the ledger; a refusal leaves nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.audit.actions import (
    change_password,
    close_account,
    end_role,
    grant_role,
    invite_again,
    open_account,
    record,
    reopen_account,
    replace_password,
)
from ocop.audit.models import LedgerEntry
from ocop.core.errors import Refused
from tests.factories import person, unit
from tests.factories.world import PASSWORD

pytestmark = pytest.mark.django_db
LONG = "bon-tu-de-nho"


@pytest.fixture
def admin():
    return person("Quản trị", Role.ADMIN, unit("Thành phố Bắc Giang"))


@pytest.fixture
def officer():
    return person("Lê Văn Xã", Role.COMMUNE_OFFICER, unit("Phường Thọ Xương"))


def acts():
    """The acts of the test itself; the rule book was published before it."""
    return list(LedgerEntry.objects.exclude(act="publish_rulebook").order_by("seq").values_list("act", flat=True))


def opening(admin, at, **changes):
    asked = {
        "full_name": "  Nguyễn  Thị Hòa ",
        "password": LONG,
        "role": Role.COMMUNE_OFFICER,
        "unit": unit("Phường Thọ Xương"),
        "email": "Hoa@Vi-Du.vn",
        "phone": "+84 912 345 678",
    }
    return open_account(**{**asked, **changes}, by=admin, at=at)


def test_an_account_is_opened_with_its_first_role(admin, at):
    user = opening(admin, at, organisation="UBND phường Thọ Xương", title="Công chức kinh tế")
    assert (user.full_name, user.email, user.phone) == ("Nguyễn Thị Hòa", "hoa@vi-du.vn", "0912345678")
    assert user.check_password(LONG)
    (grant,) = user.grants.all()
    assert (grant.role, grant.unit.name, grant.valid_from) == (Role.COMMUNE_OFFICER, "Phường Thọ Xương", at.date())
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.act, entry.actor) == ("open_account", admin)
    assert LONG not in str(entry.facts) + entry.words


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"email": "", "phone": ""}, "phone", "số điện thoại hoặc thư điện tử"),
        ({"phone": "12345"}, "phone", "10 hoặc 11 chữ số"),
        ({"email": "co@vi-du.vn"}, "email", "Người Cũ"),
        ({"phone": "0999999999"}, "phone", "Người Cũ"),
        ({"password": "ngan"}, "new", "cần ít nhất 10 ký tự"),
        ({"password": "8402817364950"}, "new", "chỉ gồm chữ số"),
        ({"password": "password123"}, "new", "dễ bị đoán"),
        ({"valid_from": date(2024, 10, 1), "valid_to": date(2024, 9, 30)}, "valid_to", "từ ngày đầu trở đi"),
        ({"valid_from": date(2025, 1, 1), "unit": "Xã Song Mai"}, "unit", "không còn hoặc chưa có"),
    ],
)
def test_an_account_is_refused_in_words(admin, at, changes, field, words):
    old = person("Người Cũ")
    User.objects.filter(pk=old.pk).update(email="co@vi-du.vn", phone="0999999999")
    if "unit" in changes:
        changes = {**changes, "unit": unit(changes["unit"])}
    before = (User.objects.count(), RoleGrant.objects.count(), LedgerEntry.objects.count())
    with pytest.raises(Refused) as refused:
        opening(admin, at, **changes)
    assert refused.value.field == field
    assert words in refused.value.message
    assert (User.objects.count(), RoleGrant.objects.count(), LedgerEntry.objects.count()) == before


def test_only_who_may_give_the_role_opens_the_account(officer, at):
    with pytest.raises(PermissionDenied):
        opening(officer, at)
    assert not User.objects.filter(phone="0912345678").exists()
    assert opening(officer, at, role=Role.SUBJECT).grants.get().role == Role.SUBJECT


def test_the_first_administrator_comes_from_the_command_line(at):
    opening(None, at, role=Role.ADMIN)
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.actor, entry.actor_name) == (None, "Hệ thống")


def test_a_role_is_given_once_at_a_time(admin, officer, at):
    ward = unit("Phường Thọ Xương")
    with pytest.raises(Refused, match="đã có vai trò"):
        grant_role(user=officer, role=Role.COMMUNE_OFFICER, unit=ward, by=admin, at=at)
    grant_role(user=officer, role=Role.SUBJECT, unit=ward, by=admin, at=at)
    assert officer.grants.count() == 2
    assert LedgerEntry.objects.latest("seq").act == "grant_role"


def test_a_role_ends_on_a_day_from_today_on(admin, officer, at):
    grant = officer.grants.get()
    end_role(grant=grant, last_day=at.date() + timedelta(days=3), by=admin, at=at)
    grant.refresh_from_db()
    assert grant.valid_to == at.date() + timedelta(days=3)
    assert "19/09/2024" in LedgerEntry.objects.latest("seq").words


def test_the_past_of_a_role_stays(admin, officer, at, nothing_written):
    with pytest.raises(Refused, match="Ngày cuối sớm nhất là 16/09/2024"):
        end_role(grant=officer.grants.get(), last_day=at.date() - timedelta(days=1), by=admin, at=at)
    assert officer.grants.get().valid_to is None


def test_a_role_that_is_over_does_not_end_again(admin, officer, at):
    officer.grants.update(valid_to=date(2024, 1, 1))
    with pytest.raises(Refused, match="đã kết thúc"):
        end_role(grant=officer.grants.get(), last_day=at.date(), by=admin, at=at)


def test_an_administrator_does_not_lock_himself_out(admin, at):
    for act, asked in (
        (end_role, {"grant": admin.grants.get(), "last_day": at.date()}),
        (close_account, {"user": admin}),
        (replace_password, {"user": admin, "password": LONG}),
    ):
        with pytest.raises(Refused):
            act(**asked, by=admin, at=at)
    assert acts() == []


def test_an_account_is_closed_and_opened_again(admin, officer, at):
    close_account(user=officer, by=admin, at=at)
    officer.refresh_from_db()
    assert not officer.is_active
    with pytest.raises(Refused, match="đã khóa"):
        close_account(user=officer, by=admin, at=at)
    reopen_account(user=officer, by=admin, at=at)
    with pytest.raises(Refused, match="đang mở"):
        reopen_account(user=officer, by=admin, at=at)
    assert acts() == ["close_account", "reopen_account"]


def test_nobody_changes_an_account_of_a_higher_level(admin, at):
    above = person("Đầu mối", Role.LIAISON, unit("Tỉnh Bắc Giang"))
    for act, asked in (
        (close_account, {"user": above}),
        (replace_password, {"user": above, "password": LONG}),
        (end_role, {"grant": above.grants.get(), "last_day": at.date()}),
    ):
        with pytest.raises(PermissionDenied):
            act(**asked, by=admin, at=at)
    assert acts() == []


def test_a_forgotten_password_is_replaced(admin, officer, at):
    replace_password(user=officer, password=LONG, by=admin, at=at)
    officer.refresh_from_db()
    assert officer.check_password(LONG)
    assert LONG not in str(LedgerEntry.objects.latest("seq").__dict__)


def test_a_replaced_password_is_shown_to_whose_it_is(admin, at):
    user = person("Chủ", Role.SUBJECT, unit("Phường Thọ Xương"))
    replace_password(user=user, password=LONG, by=admin, at=at)
    entry = LedgerEntry.objects.latest("seq")
    assert (entry.thread, entry.shown_to_subject) == (f"accounts.user:{user.pk}", True)


def test_only_people_of_subjects_are_invited_again(admin, officer, at):
    before = officer.password
    with pytest.raises(PermissionDenied):
        invite_again(user=officer, password=LONG, thread=officer, by=admin, at=at)
    officer.refresh_from_db()
    assert (officer.password, acts()) == (before, [])


def test_an_administrator_within_the_commune_does_not_take_over_a_subjects_person(at):
    ward = unit("Phường Thọ Xương")
    within, user = person("Quản trị phường", Role.ADMIN, ward), person("Chủ", Role.SUBJECT, ward)
    for act, asked in (
        (close_account, {"user": user}),
        (replace_password, {"user": user, "password": LONG}),
        (end_role, {"grant": user.grants.get(), "last_day": at.date()}),
    ):
        with pytest.raises(PermissionDenied):
            act(**asked, by=within, at=at)
    assert acts() == []


def test_ones_own_password_is_changed_by_who_knows_it(officer, at):
    change_password(old=PASSWORD, new=LONG, by=officer, at=at)
    officer.refresh_from_db()
    assert officer.check_password(LONG)


@pytest.mark.parametrize(
    ("old", "new", "field"), [("sai", LONG, "old"), (PASSWORD, PASSWORD, "new"), (PASSWORD, "ngan", "new")]
)
def test_a_password_is_not_changed_otherwise(officer, at, old, new, field):
    with pytest.raises(Refused) as refused:
        change_password(old=old, new=new, by=officer, at=at)
    assert refused.value.field == field
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    assert acts() == []


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_its_acts_transaction_is_a_fault(at):
    with pytest.raises(RuntimeError):
        record(act="move_dossier", words="x", on=person("Ai đó"), by=None, at=at)
