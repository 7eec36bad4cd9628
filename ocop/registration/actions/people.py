"""Who acts for a subject: its first person by its office, further ones by its own people or from above (ADR 13)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.permissions import holds
from ocop.accounts.queries import find_by_login
from ocop.accounts.states import Role
from ocop.audit import actions as audit
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.registration.models import Subject, SubjectPerson
from ocop.registration.permissions import check_invite_person_again, check_let_act_for
from ocop.registration.queries import offices_over


@transaction.atomic
def let_act_for(*, subject: Subject, user: User, by: User, at: datetime) -> SubjectPerson:
    """Let a person with an account act for the subject: never oneself, and nobody whose office is over the subject."""
    _lock(subject)
    check_let_act_for(by, day_of(at), subject)
    return _join(subject, user, by, at)


@transaction.atomic
def bring_in(*, subject: Subject, login: str, by: User, at: datetime) -> SubjectPerson:
    """Let the person who signs in with that phone number or e-mail address act for the subject, as its role."""
    _lock(subject)
    check_let_act_for(by, day_of(at), subject)
    user = find_by_login(login)
    if user is None or not user.is_active:
        raise Refused(
            "Chưa có tài khoản nào dùng số điện thoại hoặc thư điện tử này. Hãy mở tài khoản mới ở bên trên.",
            field="login",
        )
    if not holds(user, day_of(at), Role.SUBJECT, unit=subject.unit):
        audit.grant_role(user=user, role=Role.SUBJECT, unit=subject.unit, organisation=subject.name[:160], by=by, at=at)
    return _join(subject, user, by, at)


@transaction.atomic
def open_account_for(
    *, subject: Subject, full_name: str, password: str, email: str = "", phone: str = "", by: User, at: datetime
) -> User:
    """Open an account for a person of the subject and let that person act for it."""
    _lock(subject)
    check_let_act_for(by, day_of(at), subject)
    user = audit.open_account(
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
    _join(subject, user, by, at)
    return user


@transaction.atomic
def invite_again(*, subject: Subject, user: User, password: str, by: User, at: datetime) -> User:
    """Give a person of the subject a new invitation and a temporary password in place of the old one."""
    _lock(subject)
    # The person's row too: an invitation that is being accepted comes first.
    person = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    check_invite_person_again(by, day_of(at), subject, person)
    return audit.invite_again(user=person, password=password, thread=subject, by=by, at=at)


def _lock(subject: Subject) -> None:
    """Two people cannot both become a subject's first."""
    Subject.objects.select_for_update(of=("self",)).get(pk=subject.pk)


def _join(subject: Subject, user: User, by: User, at: datetime) -> SubjectPerson:
    _check_no_judge(user, subject, by, at)
    person, created = SubjectPerson.objects.get_or_create(subject=subject, user=user)
    if not created:
        raise Refused(f"{user.full_name} đã thay mặt chủ thể này.", field="login")
    record(
        act="let_act_for",
        words=f"Giao {user.full_name} thay mặt {subject.name}",
        on=subject,
        thread=subject,
        facts={"user": user.pk},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return person


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
