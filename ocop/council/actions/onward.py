"""What follows a result upwards: the hand-over with its package."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.council.actions.locking import lock_result
from ocop.council.actions.packing import pack
from ocop.council.models import Forwarding, Result
from ocop.council.papers.upward import compose_forwarding_letter, compose_handover
from ocop.council.permissions import check_hand_over
from ocop.council.queries.package import PartState, parts_of, with_enclosed
from ocop.dossiers.actions import move
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import regime_of
from ocop.dossiers.states import DossierState
from ocop.paperwork.actions import issue_paper
from ocop.paperwork.models import IssuedPaper
from ocop.regime.rules import Level, Regime
from ocop.samples.actions import move_sample
from ocop.samples.models import Sample
from ocop.samples.queries import at_hand
from ocop.samples.states import SampleState

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class HandOver:
    """What goes up, to whom, on which day: the letter and the record of the hand-over say the same."""

    result: Result
    above: Level
    parts: Sequence[PartState]
    samples: int
    codes: list[str]
    handed_on: date
    received_by: str

    @property
    def product(self) -> str:
        """The product's name, for the titles of the papers."""
        return self.result.hearing.dossier.registration.product.name


@transaction.atomic
def forward_dossier(
    *,
    result: Result,
    letter_number: str = "",
    parts: Collection[str] = (),
    samples: int,
    handed_on: date,
    received_by: str,
    signer: str,
    late_reason: str = "",
    by: User,
    at: datetime,
) -> Forwarding:
    """Hand the dossier and its samples over to the level above, with every part the regime demands.

    `parts` are those that go up on paper; what the system holds goes into the electronic package by itself. After the
    batch's last day for it (10/6 and 10/10 in 2024) it is late: that needs a reason, and is not barred. The letter and
    the record of the hand-over are issued here; without a number the letter takes the next of the office's series.
    """
    locked = lock_result(result)
    dossier = locked.hearing.dossier
    day = day_of(at)
    check_hand_over(by, day, dossier)
    if dossier.state != DossierState.TO_FORWARD:
        raise Refused(f"Hồ sơ đang ở bước “{dossier.state_label}”, không chờ chuyển cấp trên.")
    regime = regime_of(dossier)
    to_level = locked.evaluation["forward_to"]
    enclosed = _enclosed(regime, locked, parts)
    _check_samples(regime, dossier, samples)
    _check_said(received_by=(received_by, "người nhận bàn giao"), signer=(signer, "người ký công văn"))
    if not day_of(locked.closed_at) <= handed_on <= day:
        raise Refused("Ngày bàn giao phải từ ngày Hội đồng chốt điểm đến hôm nay.", field="handed_on")
    late = _late_words(locked, handed_on, late_reason)
    going = _going_up(dossier, samples)
    above = regime.level(to_level)
    up = HandOver(
        result=locked,
        above=above,
        parts=enclosed,
        samples=samples,
        codes=[sample.shown_code for sample in going],
        handed_on=handed_on,
        received_by=received_by.strip(),
    )
    letter = _issue_letter(up, number=letter_number, signer=signer.strip(), late=late, by=by, at=at)
    package = pack(locked, enclosed, letter=letter.pdf, by=by, at=at)
    _issue_handover(up, letter=letter, package_sha256=package.stored.sha256, by=by, at=at)
    for sample in going:
        move_sample(sample=sample, to=SampleState.HANDED_UP, taken_by=up.received_by, by=by, at=at)
    forwarding = Forwarding.objects.create(
        result=locked,
        to_level=to_level,
        letter_number=letter.number,
        parts=[
            {"code": part.code, "name": part.name, "enclosed": bool(part.enclosed), "as": part.enclosed}
            for part in enclosed
        ],
        samples=samples,
        handed_on=handed_on,
        received_by=up.received_by,
        paper=letter.pdf,
        package=package.stored,
        manifest=package.manifest,
        recorded_by=by,
        recorded_at=at,
    )
    record(
        act="forward_dossier",
        words=f"Chuyển hồ sơ và {samples} mẫu lên {above.name}, bàn giao ngày {handed_on:%d/%m/%Y}"
        + (f", sau hạn của đợt: {late}" if late else ""),
        on=forwarding,
        thread=dossier,
        facts={
            "to": to_level,
            "samples": samples,
            "codes": up.codes,
            "parts": sorted(part.code for part in enclosed if part.enclosed),
            "sha256": letter.sha256,
            "package": package.stored.sha256,
            "late": late,
        },
        shown_to_subject=True,
        by=by,
        at=at,
    )
    move(
        dossier=dossier,
        to=DossierState.FORWARDED,
        words=f"Chờ kết quả của {above.council}",
        by=by,
        at=at,
    )
    return forwarding


def _issue_letter(up: HandOver, *, number: str, signer: str, late: str, by: User, at: datetime) -> IssuedPaper:
    dossier = up.result.hearing.dossier
    return issue_paper(
        kind="forwarding_letter",
        unit=dossier.registration.batch.programme.unit,
        compose=lambda stamp: compose_forwarding_letter(
            up.result,
            above=up.above,
            parts=up.parts,
            samples=up.samples,
            codes=up.codes,
            signer=signer,
            late=late,
            stamp=stamp,
        ),
        title=f"Công văn chuyển hồ sơ {up.product}",
        signed_on=up.handed_on,
        on=up.result,
        thread=dossier,
        number=number,
        by=by,
        at=at,
    )


def _issue_handover(up: HandOver, *, letter: IssuedPaper, package_sha256: str, by: User, at: datetime) -> IssuedPaper:
    dossier = up.result.hearing.dossier
    return issue_paper(
        kind="handover",
        unit=dossier.registration.batch.programme.unit,
        compose=lambda stamp: compose_handover(
            up.result,
            above=up.above,
            parts=up.parts,
            samples=up.samples,
            codes=up.codes,
            letter_number=letter.number,
            handed_on=up.handed_on,
            handed_by=by.full_name,
            received_by=up.received_by,
            package_sha256=package_sha256,
            stamp=stamp,
        ),
        title=f"Biên bản bàn giao hồ sơ {up.product}",
        signed_on=up.handed_on,
        on=up.result,
        thread=dossier,
        by=by,
        at=at,
    )


def _check_said(**fields: tuple[str, str]) -> None:
    """Every named field says something; each comes with what it is called."""
    for field, (text, what) in fields.items():
        if not text.strip():
            raise Refused(f"Ghi {what}.", field=field)


def _enclosed(regime: Regime, result: Result, on_paper: Collection[str]) -> Sequence[PartState]:
    known = {part.code for part in regime.forward_parts}
    if unknown := set(on_paper) - known:
        raise Refused(f"Thành phần hồ sơ không có trong quy định: {', '.join(sorted(unknown))}.", field="parts")
    enclosed = with_enclosed(parts_of(result), on_paper)
    missing = [part.name for part in enclosed if not part.optional and not part.enclosed]
    if missing:
        raise Refused(f"Hồ sơ chuyển đi còn thiếu: {'; '.join(missing)}.", field="parts")
    return enclosed


def _check_samples(regime: Regime, dossier: Dossier, samples: int) -> None:
    needed = regime.samples_for(dossier.registration.set_version.set_no)
    if samples < needed:
        raise Refused(f"Cần bàn giao đủ {needed} mẫu sản phẩm, mới ghi {samples}.", field="samples")
    if samples > 100:
        raise Refused("Số mẫu quá lớn, hãy kiểm tra lại.", field="samples")


def _going_up(dossier: Dossier, samples: int) -> list[Sample]:
    """The coded samples that go up; an office that keeps no codes hands over what it counted."""
    return [sample for sample in at_hand(dossier) if sample.state == SampleState.STORED][:samples]


def _late_words(result: Result, handed_on: date, reason: str) -> str:
    """Why it goes up after the batch's last day; empty when it is in time."""
    last = result.hearing.dossier.registration.batch.forward_by
    if last is None or handed_on <= last:
        return ""
    reason = tidy(reason)
    if not reason:
        raise Refused(f"Hạn chuyển của đợt là {last:%d/%m/%Y}. Ghi lý do chuyển muộn.", field="late_reason")
    check_length(reason, LONGEST_REASON, what="Lý do", field="late_reason")
    return reason.rstrip(".")
