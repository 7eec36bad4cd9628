"""The values that the dossier's forms show, gathered in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ocop.core.clock import day_of, spoken
from ocop.core.codes import shown_code
from ocop.dossiers.models import Dossier, Submission
from ocop.dossiers.queries.content import content_of
from ocop.dossiers.queries.kinds import changes_told
from ocop.dossiers.queries.law import criteria_of, kind_of, regime_of
from ocop.dossiers.queries.one import next_after, tracking_address
from ocop.dossiers.rules import NO_OPTION
from ocop.dossiers.states import EDITABLE
from ocop.interview.queries import Missing, missing_of, printed_values
from ocop.places.models import Level
from ocop.places.queries import above_at
from ocop.registration.queries import subject_values
from ocop.rubric.rules import CriteriaSet, points_of


def missing_on_forms(dossier: Dossier) -> list[Missing]:
    """The answers the dossier's forms still lack: they print as dots, which hinders nobody from handing in."""
    registration = dossier.registration
    codes = [form.code for form in regime_of(dossier).forms]
    return missing_of(registration.product, registration.batch.programme.year, codes)


def form_values(dossier: Dossier, *, personal: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Everything the forms of the dossier show. What is handed in is shown as it was frozen, a draft as it stands now.

    `personal` holds the personal answers in words where the reader may have them; left out, they print as dots.
    """
    submission = None if dossier.state in EDITABLE else dossier.submissions.order_by("-number").first()
    content = submission.content if submission is not None else content_of(dossier)
    return {
        **_subject(dossier, content),
        **_registration(dossier),
        **printed_values(content.get("answers", {}), personal),
        **_self_assessment(criteria_of(dossier), content),
        **_submission(dossier, submission),
        "changes": changes_told(dossier, content),
        "changes_note": content["changes_note"],
        "submission.evidence_count": str(len(content["evidence"])),
    }


def receipt_values(dossier: Dossier, submission: Submission) -> dict[str, Any]:
    """What the receipt of one submission shows: the same whenever it is printed."""
    coming = next_after(dossier, submission)
    return {
        **_subject(dossier, submission.content),
        **_registration(dossier),
        **_submission(dossier, submission),
        "submission.evidence_count": str(len(submission.content["evidence"])),
        "receipt.next": coming.words,
        "receipt.issuer": coming.office,
        "receipt.town": coming.town,
        "tracking.address": tracking_address(dossier),
        "tracking.code": shown_code(dossier.tracking_code) if dossier.tracking_code else "",
    }


def _subject(dossier: Dossier, content: Mapping[str, Any]) -> dict[str, str]:
    """The subject as it stood in the content; submissions of earlier versions of the program have only its name."""
    frozen: dict[str, str] | None = content["subject"].get("printed")
    return frozen or subject_values(dossier.registration.product.subject)


def _registration(dossier: Dossier) -> dict[str, str]:
    registration, criteria_set = dossier.registration, criteria_of(dossier)
    subject, programme = registration.product.subject, registration.batch.programme
    samples = regime_of(dossier).samples_for(criteria_set.set_no)
    classes = (criteria_set.sector, criteria_set.group_name, criteria_set.subgroup or criteria_set.name)
    return {
        "registration.code": registration.code,
        "registration.kind": registration.kind,
        "registration.kind_name": kind_of(dossier).name,
        "registration.class": "; ".join(dict.fromkeys(_spoken(name) for name in classes if name)),
        "registration.target_star": f"{registration.target_star} sao",
        "product.name": registration.product.name,
        "programme.place": programme.unit.lower_name,
        "programme.committee": programme.unit.committee,
        "programme.lead_office": programme.lead_office,
        "batch.name": str(registration.batch),
        "batch.year": str(programme.year),
        "year.last": str(programme.year - 1),
        "year.before": str(programme.year - 2),
        "samples.count": f"{samples:02d} sản phẩm mẫu" if samples else "",
        **{
            f"unit.{level.value}_code": unit.code if (unit := above_at(subject.unit, level)) is not None else ""
            for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)
        },
    }


def _spoken(name: str) -> str:
    """A name inside a sentence, where the decision prints it in capitals."""
    return name.capitalize() if name.isupper() else name


def _submission(dossier: Dossier, submission: Submission | None) -> dict[str, Any]:
    if submission is None:
        return {}
    return {
        "submission.number": str(submission.number),
        "submission.at": spoken(submission.submitted_at),
        "submission.on": day_of(submission.submitted_at),
        "submission.by": submission.submitted_by.full_name,
        "submission.sha256": submission.sha256,
        "receipt.number": submission.receipt_number,
        "tracking.code": dossier.tracking_code or "",
    }


# ── self-assessment and evidence ────────────────────────────────────────────────────────────


def _self_assessment(criteria_set: CriteriaSet, content: Mapping[str, Any]) -> dict[str, Any]:
    evidence = _in_order(criteria_set, content["evidence"])
    numbers: dict[str, list[str]] = {}
    for number, item in enumerate(evidence, start=1):
        for code in item["cites"]:
            numbers.setdefault(code, []).append(str(number))
    points = points_of(criteria_set, content["choices"])
    parts = [
        {
            "part": part.code,
            "name": part.name,
            "max": str(part.max_points),
            "points": str(sum(points[criterion.code] for group in part.groups for criterion in group.criteria)),
            "criteria": [
                {
                    "code": criterion.code,
                    "name": criterion.name,
                    "max": str(criterion.max_points),
                    "points": str(points[criterion.code]) if criterion.code in content["choices"] else "",
                    "choice": _choice(criteria_set, criterion.code, content["choices"]),
                    "explanation": content["explanations"].get(criterion.code, ""),
                    "papers": ", ".join(numbers.get(criterion.code, ())),
                }
                for group in part.groups
                for criterion in group.criteria
            ],
        }
        for part in criteria_set.parts
    ]
    answered = all(code in content["choices"] for code in criteria_set.criteria)
    return {
        "parts": parts,
        "total.points": str(sum(points.values())) if answered else "",
        "total.max": str(criteria_set.total_points),
        "evidence": [_paper(number, item) for number, item in enumerate(evidence, start=1)],
    }


def _choice(criteria_set: CriteriaSet, code: str, choices: Mapping[str, int | None]) -> str:
    if code not in choices:
        return ""
    place = choices[code]
    if place is None:
        return f"{NO_OPTION} (0 điểm)"
    option = criteria_set.criteria[code].options[place - 1]
    return f"{option.label.rstrip(' .;')} ({option.points} điểm)"


def _in_order(criteria_set: CriteriaSet, evidence: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The evidence in the order of the criteria it is cited for first; uncited last, else as it was added."""
    order = {code: place for place, code in enumerate(criteria_set.criteria)}
    return sorted(evidence, key=lambda item: min((order.get(code, len(order)) for code in item["cites"]), default=999))


def _paper(number: int, item: Mapping[str, Any]) -> dict[str, str]:
    told = (
        f"Số {item['number']}" if item.get("number") else "",
        f"ngày {_day(item.get('issued_on'))}" if item.get("issued_on") else "",
        item.get("issuer", ""),
    )
    return {
        "number": str(number),
        "title": item["title"],
        "issued": ", ".join(part for part in told if part),
        "until": _day(item.get("expires_on")),
        "cited_for": ", ".join(item["cites"]),
    }


def _day(iso: str | None) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""
