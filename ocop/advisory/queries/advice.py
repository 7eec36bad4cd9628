"""What the team advises: read by the council, only once the team's report is in."""

from __future__ import annotations

from typing import NamedTuple

from ocop.advisory.models import AdvisoryReport
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of

NONE_REACHED = "Không có: không mức nào đạt"


class Advice(NamedTuple):
    """The team's advice on one criterion; `place` is the option from 1, 0 for none reached, None for words only."""

    place: int | None
    option: str
    words: str


def report_of(dossier: Dossier) -> AdvisoryReport | None:
    """The report on the dossier that counts; None while the team has not reported."""
    return AdvisoryReport.objects.filter(dossier=dossier).select_related("team", "by").order_by("-version").first()


def advice_on(dossier: Dossier) -> dict[str, Advice]:
    """Criterion → what the team's report advises: an option and words, never a sum; empty before the report."""
    report = report_of(dossier)
    return advice_in(report) if report is not None else {}


def advice_in(report: AdvisoryReport) -> dict[str, Advice]:
    """Criterion → advice, as one version of the report froze it."""
    criteria = criteria_of(report.dossier).criteria
    found = {}
    for code, said in report.advice.items():
        place = said["place"]
        option = NONE_REACHED if place == 0 else criteria[code].options[place - 1].label if place else ""
        found[code] = Advice(place, option, said["words"])
    return found
