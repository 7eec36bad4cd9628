"""Who forms the team, gives out its work, reviews, reports, and reads what it wrote."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied

from ocop.accounts.models import User
from ocop.accounts.permissions import sits_in
from ocop.accounts.states import Role
from ocop.advisory.models import Assignment, Team
from ocop.advisory.queries import assignment_of, lead_of, live_assignments, seat_of, team_for
from ocop.advisory.states import TeamRole
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import is_barred
from ocop.places.models import Unit
from ocop.registration.queries import is_of


def can_form_team(user: User, day: date, unit: Unit) -> bool:
    """The lead office of the unit enters its team as the decision forms it."""
    return sits_in(user, day, Role.LEAD_OFFICER, unit=unit)


def check_form_team(user: User, day: date, unit: Unit) -> None:
    """Refuse whoever may not form a team of the unit."""
    if not can_form_team(user, day, unit):
        raise PermissionDenied("Chỉ cơ quan chủ trì OCOP mới lập và sửa Tổ tư vấn.")


def can_give_work(user: User, day: date, team: Team) -> bool:
    """The lead office of the team's unit and the team's lead give out its work."""
    seat = seat_of(user, day, team)
    return (seat is not None and seat.role == TeamRole.LEAD) or can_form_team(user, day, team.unit)


def check_give_work(user: User, day: date, team: Team) -> None:
    """Refuse whoever does not give out the team's work."""
    if not can_give_work(user, day, team):
        raise PermissionDenied("Chỉ Tổ trưởng hoặc cơ quan chủ trì mới giao hồ sơ cho thành viên của Tổ.")


def can_open_team(user: User, day: date, team: Team) -> bool:
    """The team's own people, and the office and leaders of its unit."""
    return seat_of(user, day, team) is not None or sits_in(user, day, Role.LEAD_OFFICER, Role.LEADER, unit=team.unit)


def keeps_away(user: User, dossier: Dossier) -> bool:
    """Nobody advises or reads advice in the own cause, nor past the council's door."""
    return is_barred(user, dossier) or is_of(user, dossier.registration.product.subject)


def reviewing(user: User, day: date, dossier: Dossier) -> Assignment:
    """The person's assignment to the dossier; refuses whoever it is not given to."""
    found = assignment_of(user, day, dossier)
    if found is None:
        raise PermissionDenied("Hồ sơ này chưa được giao cho bạn. Hãy đề nghị Tổ trưởng giao.")
    return found


def can_report(user: User, day: date, dossier: Dossier) -> bool:
    """The team's lead; a reviewer of the dossier where there is no lead, or the lead has to keep away."""
    team = team_for(dossier, day)
    if team is None or keeps_away(user, dossier):
        return False
    lead = lead_of(team, day)
    if lead is not None and not keeps_away(lead.user, dossier):
        own = seat_of(user, day, team)
        return own is not None and own.pk == lead.pk
    return assignment_of(user, day, dossier) is not None


def check_report(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever does not write the team's report on the dossier."""
    if not can_report(user, day, dossier):
        raise PermissionDenied("Báo cáo của Tổ do Tổ trưởng lập. Bạn hoàn tất phần xem của mình, Tổ trưởng tổng hợp.")


def can_read_work(user: User, day: date, dossier: Dossier) -> bool:
    """What the team writes is read by its people, the lead office and its leaders; never by the subject."""
    team = team_for(dossier, day)
    return team is not None and can_open_team(user, day, team) and not keeps_away(user, dossier)


def check_read_work(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever may not read what the team wrote."""
    if not can_read_work(user, day, dossier):
        raise PermissionDenied("Ý kiến của Tổ tư vấn chỉ dành cho Tổ, cơ quan chủ trì và lãnh đạo đơn vị.")


def can_survey(user: User, day: date, dossier: Dossier) -> bool:
    """The dossier's reviewers, and the team's lead, go out and note."""
    if keeps_away(user, dossier):
        return False
    if assignment_of(user, day, dossier) is not None:
        return True
    team = team_for(dossier, day)
    seat = seat_of(user, day, team) if team is not None else None
    return seat is not None and seat.role == TeamRole.LEAD and live_assignments().filter(dossier=dossier).exists()


def check_survey(user: User, day: date, dossier: Dossier) -> None:
    """Refuse whoever does not survey the dossier."""
    if not can_survey(user, day, dossier):
        raise PermissionDenied("Khảo sát do thành viên được giao hồ sơ và Tổ trưởng thực hiện.")
