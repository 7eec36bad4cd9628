"""Registering subjects, correcting what is known of them, and letting people act for them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.permissions import holds
from ocop.accounts.queries import find_by_login
from ocop.accounts.rules import normal_phone, phone_is_plausible
from ocop.accounts.states import Role
from ocop.audit.actions import grant_role, open_account, record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.search import fold
from ocop.places.models import Level, Unit
from ocop.registration.models import Subject, SubjectPerson
from ocop.registration.permissions import check_register_subject
from ocop.registration.queries import offices_over
from ocop.registration.states import SubjectKind


@transaction.atomic
def register_subject(
    *,
    name: str,
    kind: str,
    unit: Unit,
    address: str,
    business_number: str,
    representative: str,
    phone: str,
    position: str = "",
    email: str = "",
    by: User,
    at: datetime,
) -> Subject:
    """Enter a subject of a commune; its business number is entered once."""
    check_register_subject(by, day_of(at), unit)
    if unit.level != Level.COMMUNE:
        raise Refused("Chọn xã hoặc phường nơi chủ thể đặt cơ sở.", field="unit")
    if kind not in SubjectKind.values:
        raise Refused("Chọn loại hình chủ thể trong danh sách.", field="kind")
    known = Subject.objects.filter(business_number=business_number).first()
    if known is not None:
        raise Refused(
            f"Số đăng ký kinh doanh {business_number} đã có trong danh sách: {known.name} ({known.unit}).",
            field="business_number",
        )
    phone = _checked_phone(phone)
    subject = Subject.objects.create(
        name=name,
        kind=kind,
        unit=unit,
        address=address,
        business_number=business_number,
        representative=representative,
        position=position,
        phone=phone,
        email=email,
        registered_at=at,
        search=fold(name, representative, business_number, phone, unit.name),
    )
    record(
        act="register_subject",
        words=f"Đăng ký chủ thể {name}",
        on=subject,
        facts={"unit": unit.code, "kind": kind, "business_number": business_number},
        by=by,
        at=at,
    )
    return subject


@transaction.atomic
def correct_subject(
    *,
    subject: Subject,
    address: str,
    representative: str,
    phone: str,
    position: str = "",
    email: str = "",
    by: User,
    at: datetime,
) -> Subject:
    """Correct how a subject is reached and who represents it; the ledger keeps what stood before."""
    check_register_subject(by, day_of(at), subject.unit)
    row = Subject.objects.select_for_update(of=("self",)).select_related("unit").get(pk=subject.pk)
    new = {
        "address": address,
        "representative": representative,
        "position": position,
        "phone": _checked_phone(phone),
        "email": email,
    }
    before = {field: getattr(row, field) for field, value in new.items() if getattr(row, field) != value}
    if not before:
        raise Refused("Chưa có gì khác so với thông tin đang có.")
    for field, value in new.items():
        setattr(row, field, value)
    row.search = fold(row.name, row.representative, row.business_number, row.phone, row.unit.name)
    row.save(update_fields=[*new, "search"])
    record(
        act="correct_subject",
        words=f"Sửa thông tin chủ thể {row.name}",
        on=row,
        facts={"before": before, "after": {field: new[field] for field in before}},
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def let_act_for(*, subject: Subject, user: User, by: User, at: datetime) -> SubjectPerson:
    """Let a person with an account act for the subject: never oneself, and nobody whose office is over the subject."""
    check_register_subject(by, day_of(at), subject.unit)
    _check_no_judge(user, subject, by, at)
    person, created = SubjectPerson.objects.get_or_create(subject=subject, user=user)
    if not created:
        raise Refused(f"{user.full_name} đã thay mặt chủ thể này.", field="user")
    record(
        act="let_act_for",
        words=f"Giao {user.full_name} thay mặt {subject.name}",
        on=subject,
        facts={"user": user.pk},
        by=by,
        at=at,
    )
    return person


@transaction.atomic
def bring_in(*, subject: Subject, login: str, by: User, at: datetime) -> SubjectPerson:
    """Let the person who signs in with that phone number or e-mail address act for the subject, as its role."""
    check_register_subject(by, day_of(at), subject.unit)
    user = find_by_login(login)
    if user is None or not user.is_active:
        raise Refused(
            "Chưa có tài khoản nào dùng số điện thoại hoặc thư điện tử này. Hãy mở tài khoản mới ở bên dưới.",
            field="login",
        )
    if not holds(user, day_of(at), Role.SUBJECT, unit=subject.unit):
        grant_role(user=user, role=Role.SUBJECT, unit=subject.unit, organisation=subject.name[:160], by=by, at=at)
    return let_act_for(subject=subject, user=user, by=by, at=at)


@transaction.atomic
def open_account_for(
    *, subject: Subject, full_name: str, password: str, email: str = "", phone: str = "", by: User, at: datetime
) -> User:
    """Open an account for a person of the subject and let that person act for it."""
    check_register_subject(by, day_of(at), subject.unit)
    user = open_account(
        full_name=full_name,
        password=password,
        role=Role.SUBJECT,
        unit=subject.unit,
        email=email,
        phone=phone,
        organisation=subject.name[:160],
        by=by,
        at=at,
    )
    let_act_for(subject=subject, user=user, by=by, at=at)
    return user


def _checked_phone(typed: str) -> str:
    phone = normal_phone(typed)
    if not phone_is_plausible(phone):
        raise Refused("Số điện thoại gồm 10 hoặc 11 chữ số, bắt đầu bằng 0.", field="phone")
    return phone


def _check_no_judge(user: User, subject: Subject, by: User, at: datetime) -> None:
    """Whoever looks after or judges the subject's products does not act for it."""
    if user == by:
        raise Refused("Bạn không tự giao mình thay mặt chủ thể. Hãy chọn người khác của chủ thể.", field="login")
    offices = offices_over(user, day_of(at), subject)
    if offices:
        raise Refused(
            f"{user.full_name} đang giữ vai trò {offices[0].label}, {offices[0].unit} nên không thay mặt chủ thể "
            "trên địa bàn này được. Hãy chọn người khác của chủ thể, hoặc nhờ quản trị cho thôi vai trò đó trước.",
            field="login",
        )
