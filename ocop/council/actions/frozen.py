"""What a result came from, as it is frozen with it: law, bylaws, every sheet, tasting, evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ocop.advisory.queries import report_of
from ocop.council.models import Bylaws, Hearing, Sheet, TastingSheet
from ocop.council.queries import Standing, cup_of
from ocop.council.states import SheetState
from ocop.dossiers.queries import live_evidence


def inputs_of(hearing: Hearing, standing: Standing) -> dict[str, Any]:
    """Everything the result was computed from; a hash of it stands on the minutes."""
    registration = hearing.dossier.registration
    regime_version = registration.batch.programme.regime_version
    submission = hearing.dossier.submissions.order_by("-number").first()
    report = report_of(hearing.dossier)
    handed_in = list(
        Sheet.objects.filter(hearing=hearing).exclude(state=SheetState.DRAFT).order_by("seat_id", "version")
    )
    counted = {sheet.seat_id for sheet in standing.sheets}
    choices = {member.member: member.choices for member in standing.members}
    return {
        "regime": {"code": regime_version.code, "version": regime_version.version, "sha256": regime_version.sha256},
        "set": {
            "set_no": registration.set_version.set_no,
            "version": registration.set_version.version,
            "sha256": registration.set_version.sha256,
        },
        "session": {"kind": hearing.session.kind, "came_from": hearing.came_from_id},
        "bylaws": bylaws_frozen(hearing.session.bylaws),
        "council_size": standing.size,
        "sheets": [
            {
                "member": str(sheet.seat_id),
                "name": sheet.seat.user.full_name,
                "chair": standing.chair is not None and sheet.seat_id == standing.chair.pk,
                "sheet": sheet.pk,
                "version": sheet.version,
                "sha256": sheet.sha256,
                "choices": dict(choices[str(sheet.seat_id)]),
            }
            for sheet in standing.sheets
        ],
        # Versions that were replaced, and sheets that count nowhere because of a conflict found later: only that
        # they are there and what they said, as a fingerprint.
        "earlier_versions": [_kept(sheet) for sheet in handed_in if sheet.state == SheetState.REPLACED],
        "not_counted": [
            _kept(sheet) for sheet in handed_in if sheet.state == SheetState.SUBMITTED and sheet.seat_id not in counted
        ],
        "tasting": _tasting(hearing),
        "discussions": [
            {"criteria": row.criteria, "spread": row.spread, "opened_at": row.opened_at.isoformat()}
            for row in hearing.discussions.all()
        ],
        "conflicts": [
            {"member": str(row.seat_id), "reason": row.reason} for row in hearing.declarations.filter(conflict=True)
        ],
        "advisory_report": {"report": report.pk, "version": report.version} if report is not None else None,
        "submission": submission.sha256 if submission is not None else None,
        "evidence": [item.file.sha256 for item in live_evidence(hearing.dossier)],
    }


def bylaws_frozen(bylaws: Bylaws) -> dict[str, Any]:
    """The bylaws of the session, every rule of them."""
    return {
        "version": bylaws.version,
        "document": bylaws.document,
        "quorum": str(bylaws.quorum),
        "chair_must_vote": bylaws.chair_must_vote,
        "spread_limit": str(bylaws.spread_limit),
        "round_mean_to": bylaws.round_mean_to,
        "minimums_on": bylaws.minimums_on,
        "numbers_seen": bylaws.numbers_seen,
        "reopened_by": bylaws.reopened_by,
        "blind_tasting": bylaws.blind_tasting,
        "appeal_days": bylaws.appeal_days,
        "answer_days": bylaws.answer_days,
    }


def _kept(sheet: Sheet) -> dict[str, Any]:
    return {"sheet": sheet.pk, "member": str(sheet.seat_id), "version": sheet.version, "sha256": sheet.sha256}


def _tasting(hearing: Hearing) -> Mapping[str, Any] | None:
    cup = cup_of(hearing)
    if cup is None:
        return None
    rows = TastingSheet.objects.filter(cup=cup, submitted_at__isnull=False).order_by("seat_id")
    return {
        "round": cup.round_id,
        "code": cup.code,
        "sheets": [{"member": str(row.seat_id), "choices": row.choices} for row in rows],
    }
