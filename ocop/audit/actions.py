"""Adding to the ledger, and the acts on accounts, which the room below cannot enter itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from ocop.accounts import actions as accounts
from ocop.accounts.models import RoleGrant, User
from ocop.accounts.states import Role
from ocop.audit.models import LedgerEntry, LedgerHead
from ocop.audit.queries import content_of
from ocop.audit.rules import entry_hash
from ocop.core.clock import now
from ocop.places.models import Unit

SYSTEM_NAME = "Hệ thống"


def thing_of(thing: models.Model) -> str:
    """How the ledger names a row: room.model:key."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def record(
    *,
    act: str,
    words: str,
    on: models.Model,
    thread: models.Model | None = None,
    facts: Mapping[str, Any] | None = None,
    shown_to_subject: bool = False,
    by: User | None,
    at: datetime,
) -> LedgerEntry:
    """Add one entry to the end of the chain, inside the caller's transaction.

    `words` says in Vietnamese what was done; `thread` is the row whose history shows it (a dossier).
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A ledger entry belongs to the transaction of its act.")
    LedgerHead.objects.get_or_create(pk=1)
    head = LedgerHead.objects.select_for_update().get(pk=1)
    entry = LedgerEntry(
        seq=head.seq + 1,
        at=at,
        recorded_at=now(),
        actor=by,
        actor_name=by.full_name if by is not None else SYSTEM_NAME,
        act=act,
        words=words[:300],
        thing=thing_of(on),
        thread=thing_of(thread) if thread is not None else "",
        shown_to_subject=shown_to_subject,
        facts=dict(facts or {}),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(head.hash, content_of(entry))
    entry.save(force_insert=True)
    LedgerHead.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash)
    return entry


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
    """Open an account with its first role; `by` is None only at the command line."""
    user = accounts.open_account(
        full_name=full_name,
        password=password,
        role=role,
        unit=unit,
        email=email,
        phone=phone,
        organisation=organisation,
        title=title,
        valid_from=valid_from,
        valid_to=valid_to,
        by=by,
        at=at,
    )
    record(
        act="open_account",
        words=f"Mở tài khoản cho {user.full_name}: {role.label}, {unit}",
        on=user,
        facts={"role": role.value, "unit": unit.code},
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
    by: User,
    at: datetime,
) -> RoleGrant:
    """Give a role in a unit from one day to another."""
    grant = accounts.grant_role(
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
    record(
        act="grant_role",
        words=f"Giao {user.full_name} vai trò {role.label}, {unit}",
        on=grant,
        facts={
            "user": user.pk,
            "role": role.value,
            "unit": unit.code,
            "from": grant.valid_from.isoformat(),
            "to": grant.valid_to.isoformat() if grant.valid_to else None,
        },
        by=by,
        at=at,
    )
    return grant


@transaction.atomic
def end_role(*, grant: RoleGrant, last_day: date, by: User, at: datetime) -> RoleGrant:
    """Let a role end on a day from today on."""
    ended = accounts.end_role(grant=grant, last_day=last_day, by=by, at=at)
    record(
        act="end_role",
        words=f"{ended.user.full_name} thôi vai trò {ended.label}, {ended.unit}, hết ngày {last_day:%d/%m/%Y}",
        on=ended,
        facts={"user": ended.user_id, "to": last_day.isoformat()},
        by=by,
        at=at,
    )
    return ended


@transaction.atomic
def close_account(*, user: User, by: User, at: datetime) -> User:
    """Let the person sign in no more."""
    closed = accounts.close_account(user=user, by=by, at=at)
    record(act="close_account", words=f"Khóa tài khoản của {closed.full_name}", on=closed, by=by, at=at)
    return closed


@transaction.atomic
def reopen_account(*, user: User, by: User, at: datetime) -> User:
    """Let the person sign in again."""
    opened = accounts.reopen_account(user=user, by=by, at=at)
    record(act="reopen_account", words=f"Mở lại tài khoản của {opened.full_name}", on=opened, by=by, at=at)
    return opened


@transaction.atomic
def replace_password(*, user: User, password: str, by: User, at: datetime) -> User:
    """Give a person who forgot the password a temporary one."""
    changed = accounts.replace_password(user=user, password=password, by=by, at=at)
    record(
        act="replace_password",
        words=f"Cấp mật khẩu tạm cho {changed.full_name}",
        on=changed,
        thread=changed,
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return changed


@transaction.atomic
def invite_again(*, user: User, password: str, thread: models.Model, by: User, at: datetime) -> User:
    """Give a person of a subject a new invitation and a temporary password; the subject (`thread`) sees that."""
    changed = accounts.invite_again(user=user, password=password, by=by, at=at)
    record(
        act="invite_again",
        words=f"Cấp lại lời mời, mật khẩu tạm cho {changed.full_name}",
        on=changed,
        thread=thread,
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return changed


@transaction.atomic
def accept_invitation(*, user: User, password: str, at: datetime) -> User:
    """The invited person chooses the own password."""
    changed = accounts.accept_invitation(user=user, password=password, at=at)
    record(act="accept_invitation", words="Nhận lời mời, đặt mật khẩu của mình", on=changed, by=changed, at=at)
    return changed


@transaction.atomic
def change_password(*, old: str, new: str, by: User, at: datetime) -> User:
    """Change the own password, knowing the old one."""
    changed = accounts.change_password(old=old, new=new, by=by, at=at)
    record(act="change_password", words="Đổi mật khẩu của mình", on=changed, by=by, at=at)
    return changed
