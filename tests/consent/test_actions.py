"""Consent by code and by statement, its end, and every way it is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from ocop.accounts.models import User
from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry
from ocop.consent.actions import end_consent, give_consent, make_code, use_code
from ocop.consent.models import Consent, SpokenCode
from ocop.consent.permissions import can_type_for
from ocop.consent.queries import consent_of, has_account
from ocop.consent.rules import MOST_TRIES
from ocop.consent.states import Purpose
from ocop.core.errors import Refused
from ocop.registration.models import SubjectPerson
from tests.factories import city_2024, person, subject, unit
from tests.factories.consent import consent, shut_accounts
from tests.factories.cycle import owner_of, photo
from tests.factories.files import sent, wav

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return city_2024()


@pytest.fixture
def producer(world):
    return subject(world)


def day(world):
    return world.at.date()


def test_the_code_that_the_subject_reads_out_lets_the_officer_type(world, producer):
    helper = world.commune_officer
    assert not can_type_for(helper, day(world), producer)
    given = consent(world, producer, helper)
    assert given.how == "code"
    assert can_type_for(helper, day(world), producer)
    assert can_type_for(helper, given.until, producer)
    assert not can_type_for(helper, given.until + timedelta(days=1), producer)
    assert LedgerEntry.objects.get(act="give_consent").shown_to_subject


def test_the_code_is_kept_as_a_digest_and_works_once(world, producer):
    code = make_code(subject=producer, purpose=Purpose.CONSENT, by=owner_of(producer), at=world.at)
    assert code.isdigit()
    assert len(code) == 6
    assert code not in SpokenCode.objects.get().digest
    until = day(world)
    give_consent(subject=producer, code=f" {code[:3]} {code[3:]}", until=until, by=world.commune_officer, at=world.at)
    with pytest.raises(Refused, match="đã dùng"):
        give_consent(subject=producer, code=code, until=until, by=world.officer, at=world.at)
    assert consent_of(world.officer, producer, until) is None


def test_a_code_ends_after_a_quarter_of_an_hour(world, producer):
    code = make_code(subject=producer, purpose=Purpose.CONSENT, by=owner_of(producer), at=world.at)
    late = world.at + timedelta(minutes=15)
    with pytest.raises(Refused, match="15 phút"):
        give_consent(subject=producer, code=code, until=day(world), by=world.commune_officer, at=late)
    assert not Consent.objects.exists()


def test_a_newer_code_replaces_the_older(world, producer):
    first = make_code(subject=producer, purpose=Purpose.CONSENT, by=owner_of(producer), at=world.at)
    second = make_code(
        subject=producer, purpose=Purpose.CONSENT, by=owner_of(producer), at=world.at + timedelta(seconds=1)
    )
    at = world.at + timedelta(seconds=2)
    if first != second:
        with pytest.raises(Refused):
            give_consent(subject=producer, code=first, until=day(world), by=world.commune_officer, at=at)
    give_consent(subject=producer, code=second, until=day(world), by=world.commune_officer, at=at)


def test_five_wrong_guesses_spend_the_code(world, producer):
    code = make_code(subject=producer, purpose=Purpose.CONSENT, by=owner_of(producer), at=world.at)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(MOST_TRIES):
        with pytest.raises(Refused):
            give_consent(subject=producer, code=wrong, until=day(world), by=world.commune_officer, at=world.at)
    with pytest.raises(Refused):
        give_consent(subject=producer, code=code, until=day(world), by=world.commune_officer, at=world.at)
    assert not Consent.objects.exists()


def test_a_code_of_another_subject_does_not_fit(world, producer):
    other = subject(world)
    code = make_code(subject=other, purpose=Purpose.CONSENT, by=owner_of(other), at=world.at)
    with pytest.raises(Refused):
        give_consent(subject=producer, code=code, until=day(world), by=world.commune_officer, at=world.at)


def test_a_code_to_read_back_gives_no_consent(world, producer):
    code = make_code(subject=producer, purpose=Purpose.READ_BACK, by=owner_of(producer), at=world.at)
    with pytest.raises(Refused, match="bấm “Mã cho nhập giúp”"):
        give_consent(subject=producer, code=code, until=day(world), by=world.commune_officer, at=world.at)
    assert not Consent.objects.exists()
    assert SpokenCode.objects.get().used_at is None
    use_code(subject=producer, purpose=Purpose.READ_BACK, code=code, at=world.at)


def test_codes_for_both_purposes_live_beside_each_other(world, producer):
    owner = owner_of(producer)
    codes = {each: make_code(subject=producer, purpose=each, by=owner, at=world.at) for each in Purpose}
    for purpose, code in codes.items():
        use_code(subject=producer, purpose=purpose, code=code, at=world.at)
    assert not SpokenCode.objects.filter(used_at=None).exists()


def test_a_subject_with_an_account_speaks_by_code_only(world, producer):
    stated = {"subject": producer, "statement": photo(), "words": "Bà Mến đồng ý", "until": day(world)}
    with pytest.raises(Refused, match="có tài khoản riêng nên nói bằng mã"):
        give_consent(**stated, by=world.commune_officer, at=world.at)
    assert not Consent.objects.exists()
    assert not LedgerEntry.objects.filter(act="give_consent").exists()


@pytest.mark.parametrize("how", ["shut", "role over", "nobody"])
def test_an_account_that_cannot_speak_is_none(world, producer, how):
    assert has_account(producer, day(world))
    owner = owner_of(producer)
    if how == "shut":
        shut_accounts(producer)
    elif how == "role over":
        owner.grants.update(valid_to=day(world) - timedelta(days=1))
    else:
        SubjectPerson.objects.filter(subject=producer).delete()
    assert not has_account(producer, day(world))


def test_a_recorded_statement_is_kept_with_its_words(world, producer):
    shut_accounts(producer)
    given = give_consent(
        subject=producer,
        statement=photo("dong-y.jpg"),
        words="Bà Mến đồng ý tại nhà văn hóa thôn, có chữ ký.",
        until=day(world),
        by=world.commune_officer,
        at=world.at,
    )
    assert given.statement is not None
    assert given.statement.name == "dong-y.jpg"


def test_a_statement_may_be_spoken(world, producer):
    shut_accounts(producer)
    given = give_consent(
        subject=producer,
        statement=sent("dong-y.wav", wav()),
        words="Bà Mến nói đồng ý tại nhà, có ghi âm.",
        until=day(world),
        by=world.commune_officer,
        at=world.at,
    )
    assert given.statement is not None
    assert given.statement.shape == "sound"


def test_a_statement_without_words_is_refused(world, producer):
    shut_accounts(producer)
    with pytest.raises(Refused, match="Ghi lại chủ thể đã đồng ý điều gì"):
        give_consent(subject=producer, statement=photo(), until=day(world), by=world.commune_officer, at=world.at)
    assert not Consent.objects.exists()


def test_neither_code_nor_statement_is_refused(world, producer):
    shut_accounts(producer)
    with pytest.raises(Refused, match="Nhập mã"):
        give_consent(subject=producer, words="Đồng ý", until=day(world), by=world.commune_officer, at=world.at)


@pytest.mark.parametrize("days", [-1, 367])
def test_a_consent_lasts_from_today_to_a_year(world, producer, days):
    code = make_code(subject=producer, purpose=Purpose.CONSENT, by=owner_of(producer), at=world.at)
    until = day(world) + timedelta(days=days)
    with pytest.raises(Refused, match="nhiều nhất một năm"):
        give_consent(subject=producer, code=code, until=until, by=world.commune_officer, at=world.at)
    # A refused day does not spend the code.
    give_consent(subject=producer, code=code, until=day(world), by=world.commune_officer, at=world.at)


def strangers(world) -> list[User]:
    return [
        person("Cán bộ xã khác", Role.COMMUNE_OFFICER, unit("Phường Mỹ Độ")),
        person("Thành viên", Role.MEMBER, world.unit),
        world.leader,
        person("Người ngoài"),
    ]


def test_only_officers_and_helpers_of_its_place_ask(world, producer):
    for stranger in [*strangers(world), owner_of(producer)]:
        code = make_code(subject=producer, purpose=Purpose.CONSENT, by=owner_of(producer), at=world.at)
        with pytest.raises(PermissionDenied):
            give_consent(subject=producer, code=code, until=day(world), by=stranger, at=world.at)
    assert not Consent.objects.exists()


def test_only_the_subject_makes_a_code(world, producer):
    for other in [*strangers(world), world.officer, world.commune_officer]:
        with pytest.raises(PermissionDenied):
            make_code(subject=producer, purpose=Purpose.CONSENT, by=other, at=world.at)
    assert not SpokenCode.objects.exists()


@pytest.mark.parametrize("who", ["subject", "helper"])
def test_consent_ends_at_once(world, producer, who):
    helper = world.commune_officer
    given = consent(world, producer, helper)
    by = owner_of(producer) if who == "subject" else helper
    end_consent(consent=given, by=by, at=world.at)
    assert not can_type_for(helper, day(world), producer)
    with pytest.raises(Refused, match="đã được rút"):
        end_consent(consent=given, by=by, at=world.at)


def test_nobody_else_ends_it(world, producer):
    given = consent(world, producer, world.commune_officer)
    for other in [world.officer, *strangers(world)]:
        with pytest.raises(PermissionDenied):
            end_consent(consent=given, by=other, at=world.at)
    assert consent_of(world.commune_officer, producer, day(world)) == given


def test_a_new_consent_takes_the_place_of_the_old(world, producer):
    old = consent(world, producer, world.commune_officer)
    new = consent(world, producer, world.commune_officer, days=60)
    old.refresh_from_db()
    assert old.ended_at is not None
    assert consent_of(world.commune_officer, producer, day(world)) == new


def test_a_helper_who_lost_the_office_types_no_more(world, producer):
    helper = person("Tổ giúp việc", Role.HELPER, world.unit)
    consent(world, producer, helper)
    assert can_type_for(helper, day(world), producer)
    helper.grants.update(valid_to=day(world) - timedelta(days=1))
    assert not can_type_for(User.objects.get(pk=helper.pk), day(world), producer)


# ── what is kept ──


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("consent_consent", ["words = ''", "until = '2030-01-01'", "helper_id = 1", "how = 'account'"]),
        ("consent_spokencode", ["digest = ''", "purpose = 'read_back'", "subject_id = 1", "made_at = expires_at"]),
    ],
)
def test_consents_and_codes_are_never_rewritten(world, producer, table, changes):
    consent(world, producer, world.commune_officer)
    for statement in [*(f"UPDATE {table} SET {change}" for change in changes), f"DELETE FROM {table}"]:
        with pytest.raises(DatabaseError, match="chi duoc them"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_ending_locks_the_subject_first(world, producer):
    given, owner = consent(world, producer, world.commune_officer), owner_of(producer)
    with CaptureQueriesContext(connection) as told:
        end_consent(consent=given, by=owner, at=world.at)
    read = [query["sql"] for query in told if query["sql"].startswith("SELECT")]
    assert 'FROM "registration_subject"' in read[0]
    assert 'FROM "consent_consent"' in read[1]
