"""Opening accounts and giving roles.

The ledger is a later room: `ocop.audit.actions` calls these and writes the entry in the same transaction, and every
page goes through it.
"""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from ocop.accounts.models import RoleGrant, User
from ocop.accounts.permissions import check_give_role, check_invite_again, check_manage_person
from ocop.accounts.rules import normal_phone, phone_is_plausible
from ocop.accounts.states import Role
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.places.models import Unit

# Django's own sentences are in part not translated; a validator added to the settings needs its sentence here.
PASSWORD_WORDS = {
    "password_too_short": "Mật khẩu cần ít nhất {min_length} ký tự.",
    "password_too_common": "Mật khẩu này quá nhiều người dùng, dễ bị đoán.",
    "password_entirely_numeric": "Mật khẩu không được chỉ gồm chữ số.",
}


@transaction.atomic
def open_account(
    *,
    full_name: str,
    password: str,
    role: Role,
    unit: Unit,
    email: str = "",
    phone: str = "",
    organisation: str = "",
    title: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: User | None,
    at: datetime,
) -> User:
    """Open an account with its first role; e-mail address and phone number belong to one account each.

    `by` is None only at the command line, where the first administrator comes from.
    """
    email, phone = email.strip().lower(), normal_phone(phone)
    if not email and not phone:
        raise Refused("Ghi số điện thoại hoặc thư điện tử: người dùng đăng nhập bằng một trong hai.", field="phone")
    if phone and not phone_is_plausible(phone):
        raise Refused("Số điện thoại gồm 10 hoặc 11 chữ số, bắt đầu bằng 0.", field="phone")
    for field, words, known in (
        ("email", "Thư điện tử", User.objects.filter(email__iexact=email).first() if email else None),
        ("phone", "Số điện thoại", User.objects.filter(phone=phone).first() if phone else None),
    ):
        if known is not None:
            raise Refused(f"{words} này đã là của tài khoản {known.full_name}.", field=field)
    user = User(
        full_name=" ".join(full_name.split()),
        email=email or None,
        phone=phone or None,
        created_at=at,
        practice_day=by.practice_day if by is not None else None,  # a newcomer of the demo lives on its day too
    )
    user.set_password(_accepted(password, user))
    user.save(force_insert=True)
    grant_role(
        user=user,
        role=role,
        unit=unit,
        organisation=organisation,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
        by=by,
        at=at,
    )
    return user


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: Role,
    unit: Unit,
    organisation: str = "",
    title: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    by: User | None,
    at: datetime,
) -> RoleGrant:
    """Give a role in a unit from one day (today unless told) to another; never the same role there twice at once."""
    first = valid_from or day_of(at)
    if by is not None:
        check_give_role(by, day_of(at), role, unit)
    if valid_to is not None and valid_to < first:
        raise Refused("Ngày cuối phải từ ngày đầu trở đi.", field="valid_to")
    if unit.valid_from > first or (unit.valid_to is not None and unit.valid_to < first):
        raise Refused(f"{unit} không còn hoặc chưa có vào ngày {first:%d/%m/%Y}.", field="unit")
    locked = User.objects.select_for_update().get(pk=user.pk)
    for held in locked.grants.filter(role=role, unit=unit):
        if (held.valid_to is None or held.valid_to >= first) and (valid_to is None or held.valid_from <= valid_to):
            raise Refused(
                f"{locked.full_name} đã có vai trò “{role.label}” ở {unit.lower_name} trong thời gian này.",
                field="role",
            )
    user.__dict__.pop("_grants", None)
    return RoleGrant.objects.create(
        user=locked,
        role=role,
        unit=unit,
        organisation=organisation,
        title=title,
        valid_from=first,
        valid_to=valid_to,
    )


@transaction.atomic
def end_role(*, grant: RoleGrant, last_day: date, by: User, at: datetime) -> RoleGrant:
    """Let a role end on a day from today on; the past stays as it was."""
    locked = (
        RoleGrant.objects.select_for_update(of=("self",))
        .select_related("unit__parent__parent", "user")
        .get(pk=grant.pk)
    )
    day = day_of(at)
    check_manage_person(by, day, locked.user)
    if locked.user_id == by.pk and locked.role == Role.ADMIN:
        raise Refused("Bạn không tự kết thúc vai trò quản trị của mình. Hãy nhờ một người quản trị khác.")
    if locked.valid_to is not None and locked.valid_to < day:
        raise Refused("Vai trò này đã kết thúc.")
    if last_day < max(day, locked.valid_from):
        raise Refused(
            f"Ngày cuối sớm nhất là {max(day, locked.valid_from):%d/%m/%Y}. "
            "Cần ngừng ngay trong ngày thì khóa tài khoản.",
            field="last_day",
        )
    locked.valid_to = last_day
    locked.save(update_fields=["valid_to"])
    return locked


@transaction.atomic
def close_account(*, user: User, by: User, at: datetime) -> User:
    """Let the person sign in no more; whoever is signed in is out at the next page."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    check_manage_person(by, day_of(at), locked)
    if locked.pk == by.pk:
        raise Refused("Bạn không tự khóa tài khoản của mình.")
    if not locked.is_active:
        raise Refused("Tài khoản này đã khóa.")
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    return locked


@transaction.atomic
def reopen_account(*, user: User, by: User, at: datetime) -> User:
    """Let the person sign in again."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    check_manage_person(by, day_of(at), locked)
    if locked.is_active:
        raise Refused("Tài khoản này đang mở.")
    locked.is_active = True
    locked.save(update_fields=["is_active"])
    return locked


@transaction.atomic
def replace_password(*, user: User, password: str, by: User, at: datetime) -> User:
    """Give a person who forgot the password a temporary one; it ends the person's open sessions."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    check_manage_person(by, day_of(at), locked)
    if locked.pk == by.pk:
        raise Refused("Mật khẩu của mình thì đổi ở trang tài khoản.")
    locked.set_password(_accepted(password, locked))
    locked.save(update_fields=["password"])
    return locked


@transaction.atomic
def invite_again(*, user: User, password: str, by: User, at: datetime) -> User:
    """Give a person of a subject a new invitation; old password, old invitations and open sessions end with it."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    check_invite_again(by, day_of(at), locked)
    locked.set_password(_accepted(password, locked))
    locked.save(update_fields=["password"])
    return locked


@transaction.atomic
def change_password(*, old: str, new: str, by: User, at: datetime) -> User:
    """Change the own password, knowing the old one."""
    locked = User.objects.select_for_update().get(pk=by.pk)
    if not locked.check_password(old):
        raise Refused("Mật khẩu hiện nay chưa đúng.", field="old")
    if old == new:
        raise Refused("Mật khẩu mới phải khác mật khẩu hiện nay.", field="new")
    locked.set_password(_accepted(new, locked))
    locked.save(update_fields=["password"])
    return locked


@transaction.atomic
def accept_invitation(*, user: User, password: str, at: datetime) -> User:
    """The invited person chooses the own password; the invitation is spent with it."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active or locked.password != user.password:
        raise Refused("Lời mời này đã dùng rồi hoặc không còn hiệu lực. Hãy đăng nhập, hoặc xin lời mời mới.")
    locked.set_password(_accepted(password, locked))
    locked.save(update_fields=["password"])
    return locked


def _accepted(password: str, user: User) -> str:
    try:
        validate_password(password, user)
    except ValidationError as error:
        words = (PASSWORD_WORDS[problem.code or ""].format(**(problem.params or {})) for problem in error.error_list)
        raise Refused(" ".join(words), field="new") from error
    return password
