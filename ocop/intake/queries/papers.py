"""The values that the desks' papers show, beside those that come from the dossier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ocop.core.clock import day_of
from ocop.dossiers.models import Dossier, IntakeFinding
from ocop.dossiers.queries import regime_of, unit_of_step
from ocop.intake.models import Receipt
from ocop.intake.queries.assessing import local_papers_of, statements_of
from ocop.intake.queries.receiving import receipts_of
from ocop.regime.forms import asks_for, layouts_of
from ocop.regime.rules import Form

# How a form calls the office that received: the commune, or the office that manages the programme.
SLIPS = {"commune": "commune", "district": "office", "province": "office"}


def report_values(
    dossier: Dossier, finding: IntakeFinding | None, contents: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the commune's report and letter show; before the step ends `contents` are its findings as they stand."""
    regime = regime_of(dossier)
    step = regime.step(finding.step) if finding is not None else regime.step(dossier.step)
    submission = finding.submission if finding is not None else dossier.submissions.latest("number")
    unit = unit_of_step(dossier, step) or dossier.registration.product.subject.unit
    papers = local_papers_of(dossier)
    values: dict[str, Any] = {
        "commune.committee": unit.committee,
        "commune.place": unit.bare_name,
        "commune.name": unit.name,
        "report.number": _numbered(papers.report_number if papers else "", "BC-UBND"),
        "letter.number": _numbered(papers.letter_number if papers else "", "UBND-KT"),
        "report.signed_on": papers.signed_on if papers else None,
        "letter.signed_on": papers.signed_on if papers else None,
        "report.signer": papers.signer if papers else "",
        "letter.signer": papers.signer if papers else "",
        **slip_values(receipts_of(dossier), dossier),
    }
    samples = [receipt.samples for receipt in receipts_of(dossier) if receipt.samples is not None]
    if samples:
        values["samples.count"] = f"{samples[-1]:02d} sản phẩm mẫu" if samples[-1] else ""
    stated = statements_of(dossier, submission, step)
    found = finding.contents if finding is not None else contents or {}
    when = day_of(submission.submitted_at)
    for content in step.contents:
        said = stated[content.code].words
        values[f"finding.{content.code}.said"] = (
            said or f"theo hồ sơ nộp lần {submission.number} ngày {when:%d/%m/%Y} và minh chứng kèm theo."
        )
        values[f"finding.{content.code}.found"] = found.get(content.code, "")
    return values


class Paper(NamedTuple):
    """A paper of the commune's assessment, as a button names it."""

    code: str
    short: str


def papers_of(dossier: Dossier, finding: IntakeFinding | None) -> list[Paper]:
    """The report and the letter of an assessment that passed."""
    if finding is None:
        return []
    regime = regime_of(dossier)
    step = regime.step(finding.step)
    names = {form.code: form.name for form in regime.forms}
    return [Paper(code, names[code]) for code in (step.form, step.letter) if code in names]


def stamped_forms(dossier: Dossier) -> list[Form]:
    """The subject's forms of the dossier's regime on which a receiving office fills in its own box."""
    regime = regime_of(dossier)
    layouts = layouts_of(regime.code)
    return [
        form
        for form in regime.forms
        if form.code in layouts
        and layouts[form.code].filled_by == "subject"
        and any(asks_for(layouts[form.code], f"slip.{box}.number") for box in SLIPS.values())
    ]


def slip_values(receipts: list[Receipt], dossier: Dossier) -> dict[str, Any]:
    """The boxes of the receiving offices on the registration form, as far as they received."""
    values: dict[str, Any] = {}
    regime = regime_of(dossier)
    for receipt in receipts:
        box = SLIPS.get(regime.step(receipt.step).at)
        if box is not None:
            values |= {
                f"slip.{box}.number": receipt.number,
                f"slip.{box}.received_on": receipt.paper_on or day_of(receipt.submission.submitted_at),
                f"slip.{box}.received_by": receipt.by.full_name,
            }
    return values


def _numbered(number: str, kind: str) -> str:
    """A paper's number; one that still awaits it starts with the stroke."""
    return number or f"/{kind}"
