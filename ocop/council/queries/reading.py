"""What a member reads beside the criteria of a product: figures, evidence, tests, advice, who presents it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ocop.advisory.models import AdvisoryReport
from ocop.advisory.queries import Advice, advice_in
from ocop.council.models import Hearing, Reader, Seat, Session, Sheet
from ocop.council.queries.hearings import hearings, let_in_among
from ocop.council.states import HearingState, SheetState
from ocop.dossiers.models import Evidence, Submission
from ocop.rubric.queries import measures_of
from ocop.rubric.rules import Measure, Measures
from ocop.samples.models import LabTest


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything beside one product's criteria, as it was handed in or found since; never the subject's own points.

    `supports`: criterion → what figures and papers supported when the dossier was handed in (place, known, words).
    """

    supports: Mapping[str, Mapping[str, Any]]
    measures: Measures
    evidence: Sequence[Evidence]
    tests: Sequence[LabTest]
    advice: Mapping[str, Advice]
    report: AdvisoryReport | None
    reader: Seat | None

    def rest(self, code: str) -> str:
        """What the council looks at besides the figures."""
        measure = self.measures.criteria.get(code)
        return measure.rest if isinstance(measure, Measure) else ""


def matter_of(hearing: Hearing) -> Matter:
    """What is read beside one product's criteria."""
    return matters_of([hearing])[hearing.pk]


def matters_of(found: Sequence[Hearing]) -> dict[int, Matter]:
    """What is read beside each product's criteria; the same number of queries for one product and for ten."""
    dossiers = [hearing.dossier_id for hearing in found]
    supports = dict(
        Submission.objects.filter(dossier__in=dossiers)
        .order_by("number")
        .values_list("dossier", "content__supports")  # the last one counts
    )
    evidence = _by_dossier(
        Evidence.objects.filter(dossier__in=dossiers, removed_at__isnull=True).select_related("paper__file")
    )
    tests = _by_dossier(LabTest.objects.filter(dossier__in=dossiers).select_related("sample").order_by("pk"))
    reports = {
        row.dossier_id: row
        for row in AdvisoryReport.objects.filter(dossier__in=dossiers).select_related("team").order_by("version")
    }
    readers = {
        row.hearing_id: row.seat
        for row in Reader.objects.filter(hearing__in=found).select_related("seat__user").order_by("pk")
    }
    sets = {hearing.dossier.registration.set_version_id: hearing.dossier.registration.set_version for hearing in found}
    measures = {key: measures_of(version) for key, version in sets.items()}
    made = {}
    for hearing in found:
        report = reports.get(hearing.dossier_id)
        if report is not None:
            report.dossier = hearing.dossier
        made[hearing.pk] = Matter(
            supports=supports.get(hearing.dossier_id) or {},
            measures=measures[hearing.dossier.registration.set_version_id],
            evidence=evidence.get(hearing.dossier_id, []),
            tests=tests.get(hearing.dossier_id, []),
            advice=advice_in(report) if report is not None else {},
            report=report,
            reader=readers.get(hearing.pk),
        )
    return made


def open_for_reading(session: Session, seat: Seat) -> list[Hearing]:
    """The session's open products that the door has let the seat into, in order, each with its `own_sheet` or None."""
    keys = let_in_among(session, seat)
    found = list(hearings().filter(session=session, pk__in=keys, state=HearingState.OPEN).order_by("place"))
    sheets = {
        row.hearing_id: row
        for row in Sheet.objects.filter(hearing__in=found, seat=seat).exclude(state=SheetState.REPLACED)
    }
    for hearing in found:
        hearing.own_sheet = sheets.get(hearing.pk)  # type: ignore[attr-defined]
    return found


def evidence_to_read(found: Sequence[Hearing]) -> dict[int, list[Evidence]]:
    """The live evidence of each product, in one query."""
    rows = _by_dossier(
        Evidence.objects.filter(
            dossier__in=[hearing.dossier_id for hearing in found], removed_at__isnull=True
        ).select_related("paper__file")
    )
    return {hearing.pk: rows.get(hearing.dossier_id, []) for hearing in found}


def _by_dossier(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.dossier_id, []).append(row)
    return found
