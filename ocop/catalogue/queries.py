"""What anybody may read: certificates by code or number, and the latest recognised products."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ocop.accounts.states import Role
from ocop.catalogue.rules import sought
from ocop.certificates.models import Certificate
from ocop.certificates.queries import by_code, certificates, status_of
from ocop.certificates.states import STATUS_TONES, CertificateStatus
from ocop.core.codes import clean_code
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers, regime_of, step_of, unit_of_step
from ocop.dossiers.states import EDITABLE, RESULT_HIDDEN, RESULT_HIDDEN_LABEL, DossierState

ENDED = (DossierState.RECOGNISED, DossierState.NOT_RECOGNISED)
# From the council's result to its end a stranger reads one word: any other would tell how it went.
RESULT_SETTLED = (
    *RESULT_HIDDEN,
    DossierState.FORWARDED,
    DossierState.RECOGNISED_ABOVE,
)
PUBLIC_WORDS = {DossierState.NOT_RECOGNISED: "Đã có kết quả, đã thông báo cho chủ thể"}
MOST_FOUND = 20  # numbers are given once per authority, so a few authorities may share one


@dataclass(frozen=True, slots=True)
class Shown:
    """A certificate with where it stands on a day."""

    certificate: Certificate
    status: CertificateStatus
    tone: str


def shown_on(certificate: Certificate, day: date) -> Shown:
    """The certificate as it stands on `day`."""
    status = status_of(certificate, day)
    return Shown(certificate, status, STATUS_TONES[status])


def found_by(typed: str) -> list[Certificate]:
    """The certificates that a typed code, number or address names; several only when authorities share a number."""
    text = sought(typed)
    by_its_code = by_code(text)
    if by_its_code is not None:
        return [by_its_code]
    return list(certificates().filter(number__iexact=text).order_by("-pk")[:MOST_FOUND]) if text else []


def tracking_code_in(typed: str) -> str | None:
    """The tracking code of a dossier in what was typed, however it was typed; None when no dossier has it."""
    code = clean_code(sought(typed))
    return code if code is not None and dossiers().filter(tracking_code=code).exists() else None


def latest_recognised(day: date, most: int) -> list[Shown]:
    """The products recognised last whose certificates hold on `day`."""
    rows = certificates().filter(valid_from__lte=day, valid_to__gte=day).order_by("-decided_on", "-pk")[:most]
    return [shown_on(row, day) for row in rows]


@dataclass(frozen=True, slots=True)
class Tracked:
    """Where a dossier stands, for whoever has its code: no name of a person, no points, no result before it is out."""

    product: str
    batch: str
    word: str
    tone: str
    steps: tuple[tuple[str, str], ...]
    holder: str
    due_on: date | None
    moments: tuple[tuple[datetime, str], ...]
    certificate: str = ""


def tracked(typed: str) -> Tracked | None:
    """The dossier of a tracking code, however it was typed; None when there is none."""
    code = clean_code(typed)
    dossier = dossiers().filter(tracking_code=code).first() if code is not None else None
    if dossier is None:
        return None
    state = DossierState(dossier.state)
    hidden = state in RESULT_SETTLED
    return Tracked(
        product=dossier.registration.product.name,
        batch=str(dossier.registration.batch),
        word=RESULT_HIDDEN_LABEL if hidden else PUBLIC_WORDS.get(state, state.label),
        tone="wait" if hidden else dossier.tone,
        steps=tuple(_steps(dossier, state)),
        holder=_holder(dossier, state),
        due_on=dossier.due_on if state in (DossierState.SUBMITTED, DossierState.RETURNED) else None,
        moments=tuple(_moments(dossier)),
        certificate=Certificate.objects.filter(dossier=dossier).values_list("code", flat=True).first() or "",
    )


def _holder(dossier: Dossier, state: DossierState) -> str:
    """Which office has the work now; never a person's name."""
    if state in EDITABLE:
        return "Chủ thể"
    if state in ENDED:
        return ""
    step = step_of(dossier)
    unit = unit_of_step(dossier, step) if step is not None else None
    if step is not None and unit is not None:
        return f"{Role(step.by).label} · {unit}"
    return dossier.registration.batch.programme.lead_office


def _steps(dossier: Dossier, state: DossierState) -> Iterator[tuple[str, str]]:
    """The steps of the dossier's law with whether each is done, current or to come."""
    intake = regime_of(dossier).intake
    labels = ["Nộp hồ sơ", *(step.name for step in intake), "Hội đồng", "Kết quả"]
    here = len(labels) - 1
    if state in EDITABLE:
        here = 0
    elif state == DossierState.SUBMITTED:
        here = 1 + [step.code for step in intake].index(dossier.step)
    elif state in (DossierState.ACCEPTED, DossierState.IN_COUNCIL):
        here -= 1
    for place, label in enumerate(labels):
        done = place < here or state in ENDED
        yield label, "done" if done else "current" if place == here else "todo"


def _moments(dossier: Dossier) -> Iterator[tuple[datetime, str]]:
    """When it was handed in, and how each intake step ended, the newest first; nothing of what was found."""
    told = [
        (at, f"Nộp hồ sơ lần {number}")
        for number, at in dossier.submissions.order_by("number").values_list("number", "submitted_at")
    ]
    told += [
        (finding.found_at, f"{finding.step_name}: {finding.get_outcome_display().lower()}")
        for finding in dossier.findings.defer("contents", "items", "note")
    ]
    yield from sorted(told, reverse=True)
