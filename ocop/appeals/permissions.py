"""Who appeals, who gives an opinion, who answers, who reads."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import holds, sits_in
from ocop.accounts.queries import grants_on
from ocop.accounts.states import Role
from ocop.appeals.models import Appeal
from ocop.council.models import Result
from ocop.council.permissions import can_read_hearing
from ocop.council.queries import seat_of
from ocop.council.states import SeatRole
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import is_own
from ocop.dossiers.queries import is_barred
from ocop.registration.queries import is_of

TAKERS = (Role.COMMUNE_OFFICER, Role.LEAD_OFFICER)


def can_appeal(user: User, day: date, dossier: Dossier) -> bool:
    """Only the subject's own people appeal: a helper types, but does not speak for it (Art. 7.1)."""
    return is_own(user, day, dossier)


def can_take_in(user: User, day: date, dossier: Dossier) -> bool:
    """The commune and the lead office enter an appeal that was brought on paper."""
    subject = dossier.registration.product.subject
    return holds(user, day, *TAKERS, unit=subject.unit) and not is_of(user, subject) and not is_barred(user, dossier)


def check_file(user: User, day: date, dossier: Dossier, *, on_paper: bool) -> None:
    """Refuse whoever neither is the subject nor enters its paper."""
    if on_paper and can_take_in(user, day, dossier):
        return
    if on_paper or not can_appeal(user, day, dossier):
        raise PermissionDenied(
            "Kiến nghị do chủ thể gửi. Chủ thể gửi bằng giấy thì cán bộ xã hoặc cơ quan chủ trì nhập, kèm bản chụp."
        )


def _works_on(user: User, dossier: Dossier) -> bool:
    return not is_barred(user, dossier) and not is_of(user, dossier.registration.product.subject)


def can_advise(user: User, day: date, appeal: Appeal) -> bool:
    """The lead office and the council's secretary lay their opinion before whoever answers."""
    seat = seat_of(user, day, appeal.result.hearing.session.council)
    unit = appeal.dossier.registration.batch.programme.unit
    secretary = seat is not None and seat.role == SeatRole.SECRETARY
    return (secretary or sits_in(user, day, Role.LEAD_OFFICER, unit=unit)) and _works_on(user, appeal.dossier)


def check_advise(user: User, day: date, appeal: Appeal) -> None:
    """Refuse whoever has no opinion to give."""
    if not can_advise(user, day, appeal):
        raise PermissionDenied("Chỉ cơ quan chủ trì và thư ký Hội đồng mới trình ý kiến về kiến nghị.")


def title_to_answer(user: User, day: date, result: Result) -> str:
    """By what the person answers an appeal against the result: the office's leader or the council's chair; else "".

    Not who has an interest in the product, nor who never passed the council's door for it: both are barred.
    """
    dossier = result.hearing.dossier
    if not _works_on(user, dossier):
        return ""
    unit = dossier.registration.batch.programme.unit
    leads = [grant for grant in grants_on(user, day) if grant.role == Role.LEADER and grant.unit_id == unit.pk]
    if leads:
        return leads[0].title or f"Lãnh đạo {unit.committee}"
    seat = seat_of(user, day, result.hearing.session.council)
    return seat.get_role_display() if seat is not None and seat.role == SeatRole.CHAIR else ""


def check_answer(user: User, day: date, appeal: Appeal) -> str:
    """By what the person answers; refuses everybody else, the officer who prepared the result too."""
    title = title_to_answer(user, day, appeal.result)
    if not title:
        raise PermissionDenied("Chỉ lãnh đạo đơn vị hoặc Chủ tịch Hội đồng mới trả lời kiến nghị.")
    return title


def in_office(user: User, day: date, appeal: Appeal) -> bool:
    """Whoever works on the answer: leader, chair, secretary, lead office."""
    return can_advise(user, day, appeal) or bool(title_to_answer(user, day, appeal.result))


def can_read(user: User, day: date, appeal: Appeal) -> bool:
    """The subject, who works on the answer, who entered it, and members whom the door let in to the new hearing."""
    if can_appeal(user, day, appeal.dossier) or in_office(user, day, appeal):
        return True
    if can_take_in(user, day, appeal.dossier) and appeal.filed_by_id == user.pk:
        return True
    answer = getattr(appeal, "answer", None)
    return answer is not None and answer.hearing is not None and can_read_hearing(user, day, answer.hearing)
