"""The dossier locked, while the team may still work on it."""

from __future__ import annotations

from ocop.advisory.models import Team
from ocop.advisory.queries import is_at_work, report_of
from ocop.core.errors import Refused
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers


class WorkOver(Refused):
    """The team's time with the dossier is over: nothing more can be kept for it."""


def at_work(dossier: Dossier, *, before_report: bool = True) -> Dossier:
    """The dossier locked; refused outside the team's time, and after its report where `before_report`."""
    locked = dossiers().select_for_update(of=("self",)).get(pk=dossier.pk)
    name = locked.registration.product.name
    if not is_at_work(locked):
        raise WorkOver(
            f"“{name}” đang ở bước “{locked.state_label}”. Tổ làm việc từ khi hồ sơ đến cơ quan chủ trì "
            "cho đến khi Hội đồng chốt điểm."
        )
    report = report_of(locked) if before_report else None
    if report is not None:
        raise WorkOver(
            f"Tổ đã báo cáo về “{name}” lúc {report.at:%d/%m/%Y}. Muốn sửa, Tổ trưởng lập bản báo cáo mới có lý do."
        )
    return locked


def lock_team(team: Team) -> Team:
    """The team locked: its work is given out by one person at a time."""
    return Team.objects.select_for_update(of=("self",)).select_related("unit").get(pk=team.pk)
