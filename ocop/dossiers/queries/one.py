"""What one dossier is: its law, its step, who holds it, what it lacks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings

from ocop.accounts.states import Role
from ocop.core.clock import day_of, spoken
from ocop.dossiers.models import Dossier, IntakeFinding, Submission
from ocop.dossiers.queries.evidence import live_evidence
from ocop.dossiers.queries.kinds import has_changed, needs_recognition, recognition_of
from ocop.dossiers.queries.law import criteria_of, kind_of, regime_of
from ocop.dossiers.queries.typed import unread_of
from ocop.dossiers.rules import Lacking, clock_ends, missing_before_submission, outside_window
from ocop.dossiers.states import EDITABLE, DossierState, IntakeOutcome
from ocop.places.models import Unit
from ocop.places.queries import above_at
from ocop.regime.queries import days_off
from ocop.regime.rules import IntakeStep

LONGEST_COUNT = timedelta(days=366)  # no step's clock runs longer: the calendars of this year and the next are enough
# Who holds the ball after intake; the lead office where a state is not named here.
HOLDERS = {DossierState.IN_COUNCIL: "Hội đồng", DossierState.FORWARDED: "Cấp trên"}
ENDED = (DossierState.RECOGNISED, DossierState.NOT_RECOGNISED)


def step_of(dossier: Dossier) -> IntakeStep | None:
    """The intake step the dossier is at, or None."""
    return regime_of(dossier).step(dossier.step) if dossier.step else None


def unit_of_step(dossier: Dossier, step: IntakeStep) -> Unit | None:
    """The unit that carries out the step for this dossier."""
    return above_at(dossier.registration.product.subject.unit, step.at)


def holder_of(dossier: Dossier) -> str:
    """Who holds the ball, in words; empty when nothing is left to do."""
    state = DossierState(dossier.state)
    if state in EDITABLE:
        return str(dossier.registration.product.subject)
    step = step_of(dossier)
    if step is not None:
        unit = unit_of_step(dossier, step)
        return f"{Role(step.by).label} · {unit}" if unit is not None else Role(step.by).label
    if state in ENDED:
        return ""
    return HOLDERS.get(state) or dossier.registration.batch.programme.lead_office


def lacking_of(dossier: Dossier) -> list[Lacking]:
    """What the dossier still lacks before it may be handed in."""
    kind = kind_of(dossier)
    told = any(dossier.change_comments.values()) or bool(dossier.changes_note)
    return missing_before_submission(
        criteria_of(dossier),
        kind,
        dossier.choices,
        live_evidence(dossier).count(),
        dossier.changes_note,
        len(unread_of(dossier)),
        changed=told or (kind.changes_required and has_changed(dossier)),
        recognised=not needs_recognition(dossier),
    )


def why_not_now(dossier: Dossier, day: date) -> str:
    """Why a dossier of its kind may not be filed on `day` by its recognition's expiry; empty when it may.

    What was filed in time may be completed later.
    """
    kind = kind_of(dossier)
    if not kind.window or dossier.submitted_at is not None:
        return ""
    recognition = recognition_of(dossier)
    return outside_window(regime_of(dossier), kind, recognition.until if recognition is not None else None, day)


def why_closed(dossier: Dossier, day: date) -> str:
    """Why the batch does not take the dossier in on `day`, and what to do; empty when it does.

    A returned dossier comes in until its own day, even after the batch closed.
    """
    batch = dossier.registration.batch
    due_on = dossier.due_on if dossier.state == DossierState.RETURNED else None
    if batch.is_open_on(day) or (due_on is not None and day <= due_on):
        return ""
    kept = f"Nội dung đã nhập vẫn được giữ: hãy liên hệ {batch.programme.lead_office} để chuyển sang đợt sau."
    if due_on is not None:
        return f"Hạn bổ sung đã qua ngày {due_on:%d/%m/%Y} và {batch} không còn nhận hồ sơ. {kept}"
    if batch.closed_at is not None:
        return f"{batch} đã đóng nhận hồ sơ lúc {spoken(batch.closed_at)}. {kept}"
    return (
        f"{batch} nhận hồ sơ từ {batch.opens_on:%d/%m/%Y} đến hết {batch.closes_on:%d/%m/%Y} và hiện không nhận. {kept}"
    )


def local_assessment_of(dossier: Dossier) -> IntakeFinding | None:
    """The latest assessment of the local contents that passed, or None (also where the regime has no such step)."""
    codes = [step.code for step in regime_of(dossier).intake if step.contents]
    return dossier.findings.filter(step__in=codes, outcome=IntakeOutcome.PASSED).select_related("submission").last()


def step_taking(dossier: Dossier, submission: Submission | None = None) -> IntakeStep | None:
    """The step that a submission enters, the next one if none is named: the first, or the one that asked for more.

    What the steps before that one found stands. None where the regime has no intake steps.
    """
    regime, found = regime_of(dossier), dossier.findings.order_by("-pk")
    if submission is not None:
        found = found.filter(submission__number__lt=submission.number)
    rows = list(found.values_list("step", "outcome"))
    if rows and rows[0][1] == IntakeOutcome.RETURNED:
        passed = {code for code, outcome in rows if outcome == IntakeOutcome.PASSED}
        order = [step.code for step in regime.intake]
        if passed.issuperset(order[: order.index(rows[0][0])]):
            return regime.step(rows[0][0])
    return regime.step_after(None)


class Next(NamedTuple):
    """What comes after a submission: the step, who carries it out, and until when where the law says so.

    `office` is where the dossier was filed and whose receipt it gets, `town` the place that office writes on papers.
    """

    name: str
    who: str
    until: date | None
    office: str
    town: str

    @property
    def words(self) -> str:
        """All of it in one line."""
        until = f", chậm nhất ngày {self.until:%d/%m/%Y}" if self.until is not None else ""
        return f"{self.name} ({self.who}){until}"


def next_after(dossier: Dossier, submission: Submission) -> Next:
    """The intake step that took a submission in, as the law counted it on that day."""
    return _next(dossier, step_taking(dossier, submission), day_of(submission.submitted_at))


def _next(dossier: Dossier, step: IntakeStep | None, day: date) -> Next:
    """The step that a submission of `day` enters; filed with the office that carries the step out."""
    programme = dossier.registration.batch.programme
    lead = (programme.lead_office, programme.unit.bare_name)
    if step is None:
        return Next("Chờ Hội đồng đánh giá", programme.lead_office, None, *lead)
    unit = unit_of_step(dossier, step)
    until = clock_ends(step.clock, day, days_off(day, day + LONGEST_COUNT)) if step.clock else None
    if unit is None:
        return Next(step.name, Role(step.by).label, until, *lead)
    filed = lead if unit == programme.unit else (unit.committee, unit.bare_name)
    return Next(step.name, f"{Role(step.by).label} · {unit}", until, *filed)


def late_for_batch(dossier: Dossier, day: date, submission: Submission | None = None) -> str:
    """What to know where the days of the office that takes the dossier in end after the batch does; else empty.

    Of a submission on its `day`, else of a draft that is handed in on `day`. Only where that office hands on to
    another one: it does so by the batch's last day, and its own days may run longer.
    """
    step, batch = step_taking(dossier, submission), dossier.registration.batch
    if step is None or regime_of(dossier).step_after(step.code) is None or not batch.is_open_on(day):
        return ""
    coming = _next(dossier, step, day)
    if coming.until is None or coming.until <= batch.closes_on:
        return ""
    advice = "Nộp sớm hơn, hoặc hỏi xã." if dossier.state in EDITABLE else "Hãy hỏi xã để kịp đợt này."
    return (
        f"{coming.office} có đến hết {coming.until:%d/%m/%Y} để đánh giá, sau hạn {batch.closes_on:%d/%m/%Y} của đợt: "
        f"hồ sơ có thể sang đợt sau. {advice}"
    )


def tracking_page() -> str:
    """Where anybody types a tracking code."""
    return f"{settings.OCOP_PUBLIC_URL}/theo-doi/"


def tracking_address(dossier: Dossier) -> str:
    """Where anybody who has the code follows the dossier; empty before it was handed in."""
    return f"{tracking_page()}{dossier.tracking_code}/" if dossier.tracking_code else ""
