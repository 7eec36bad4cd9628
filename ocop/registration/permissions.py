"""Who may register subjects and products."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import can_invite_again, holds, stands_above
from ocop.accounts.states import Role
from ocop.places.models import Unit
from ocop.registration.models import Subject
from ocop.registration.queries import OVERSEERS, active_people, acts_for, own_subjects, people_of, untouched


def can_register_subject(user: User, day: date, unit: Unit | None = None) -> bool:
    """Commune officers and the lead office register subjects of their units."""
    return holds(user, day, Role.COMMUNE_OFFICER, Role.LEAD_OFFICER, unit=unit)


def check_register_subject(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever may not register a subject of that unit."""
    if not can_register_subject(user, day, unit):
        raise PermissionDenied("Chỉ cán bộ xã, phường hoặc cơ quan chủ trì mới đăng ký chủ thể trên địa bàn này.")


def can_see_subject(user: User, day: date, subject: Subject) -> bool:
    """Its own people, and those who oversee its unit."""
    return acts_for(user, day, subject) or holds(user, day, *OVERSEERS, unit=subject.unit)


def check_see_subject(user: User, day: date, subject: Subject) -> None:
    """Refuse whoever may not see the subject."""
    if not can_see_subject(user, day, subject):
        raise PermissionDenied("Bạn không phụ trách chủ thể này.")


def can_register_product(user: User, day: date, subject: Subject) -> bool:
    """The subject's own people, its commune's officer, and the lead office above it."""
    return acts_for(user, day, subject) or can_register_subject(user, day, subject.unit)


def check_register_product(user: User, day: date, subject: Subject) -> None:
    """Refuse whoever may not register a product of the subject."""
    if not can_register_product(user, day, subject):
        raise PermissionDenied("Bạn không đăng ký được sản phẩm cho chủ thể này.")


def can_let_act_for(user: User, day: date, subject: Subject) -> bool:
    """Who lets a person act for the subject (ADR 13).

    Its first person: whoever registers subjects there. Once it has one: its own people, and the lead office above.
    """
    if active_people(subject, day).exists():
        return acts_for(user, day, subject) or stands_above(user, day, Role.LEAD_OFFICER, unit=subject.unit)
    return can_register_subject(user, day, subject.unit)


def check_let_act_for(user: User, day: date, subject: Subject) -> None:
    """Refuse whoever may not let a person act for the subject."""
    if can_let_act_for(user, day, subject):
        return
    if can_register_subject(user, day, subject.unit):
        raise PermissionDenied(
            "Chủ thể đã có người thay mặt. Muốn thêm người thì người của chủ thể tự mời ở trang của chủ thể, "
            "hoặc nhờ cơ quan chủ trì OCOP cấp trên."
        )
    raise PermissionDenied("Chỉ người của chủ thể và cơ quan phụ trách địa bàn mới thêm người thay mặt chủ thể này.")


def people_to_invite_again(user: User, day: date, subject: Subject) -> list[User]:
    """Whose lost invitation or forgotten password `user` may replace by a new invitation (ADR 13).

    The lead office above: anybody's. The subject's own people: a colleague's who acts for no subject but theirs.
    Whoever registers subjects there: only a first person's who never came in.
    """
    known = people_of(subject).prefetch_related("grants__unit__parent__parent", "subjects__people")
    people = [person for person in known if can_invite_again(user, day, person)]
    if stands_above(user, day, Role.LEAD_OFFICER, unit=subject.unit):
        return people
    if acts_for(user, day, subject):
        own = set(own_subjects(user, day))
        return [person for person in people if own.issuperset(person.subjects.all())]
    if can_register_subject(user, day, subject.unit):
        alone = [person for person in people if all(len(each.people.all()) == 1 for each in person.subjects.all())]
        return untouched(alone)
    return []


def check_invite_person_again(user: User, day: date, subject: Subject, person: User) -> None:
    """Refuse whoever may not send that person of the subject a new invitation."""
    if person not in people_to_invite_again(user, day, subject):
        raise PermissionDenied(
            "Bạn không cấp lại mật khẩu cho người này được. Người cùng làm của chủ thể hoặc cơ quan chủ trì OCOP "
            "cấp trên cấp lại lời mời ở trang của chủ thể."
        )
