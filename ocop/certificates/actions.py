"""Preparing and signing decisions; issuing certificates; entering those of a level above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.certificates.letters import certificate_facts, compose_draft, decision_facts
from ocop.certificates.models import Certificate, Decision, DecisionLine
from ocop.certificates.papers.certificate import certificate as print_certificate
from ocop.certificates.papers.decision import decision as print_decision
from ocop.certificates.permissions import check_not_barred, check_prepare, check_sign
from ocop.certificates.queries import authority_of, awaiting_decision, from_above, standing_mean
from ocop.certificates.rules import last_day, signature_lines
from ocop.core.clock import day_of
from ocop.core.codes import new_code
from ocop.core.errors import Refused
from ocop.core.models import next_number
from ocop.core.search import fold
from ocop.council.models import Result
from ocop.council.queries import result_of, standing_of
from ocop.dossiers.actions import move
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import dossiers, regime_of
from ocop.dossiers.states import DossierState
from ocop.files.actions import keep_paper
from ocop.paperwork.actions import issue_paper
from ocop.paperwork.models import IssuedPaper
from ocop.places.models import Unit
from ocop.planning.models import Batch
from ocop.regime.queries import as_rules
from ocop.regime.rules import Regime
from ocop.ui.papers import Signature

PDF = "application/pdf"


@transaction.atomic
def prepare_decision(*, unit: Unit, batch: Batch, results: Sequence[Result], by: User, at: datetime) -> Decision:
    """Draft a decision over results that wait for one; each product stands in one decision only."""
    check_prepare(by, day_of(at), unit)
    if not results:
        raise Refused("Chọn ít nhất một sản phẩm để đưa vào dự thảo quyết định.", field="results")
    regime = as_rules(batch.programme.regime_version)
    decision = Decision.objects.create(
        unit=unit, batch=batch, authority=authority_of(regime, unit), prepared_by=by, prepared_at=at
    )
    for result in results:
        dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=result.hearing.dossier_id)
        waiting = {row.pk: row for row in awaiting_decision(unit, by)}
        fresh = waiting.get(result.pk)
        if fresh is None or fresh.hearing.dossier.registration.batch_id != batch.pk:
            raise Refused(
                f"“{result.hearing.dossier.registration.product.name}” không còn chờ quyết định của {batch}. "
                "Hãy tải lại danh sách.",
                field="results",
            )
        star, _ = standing_of(fresh)
        assert star is not None, "a result that waits for a decision has a star"
        DecisionLine.objects.create(decision=decision, dossier=dossier, star=star, mean=str(standing_mean(fresh)))
    record(
        act="prepare_decision",
        words=f"Soạn quyết định công nhận {len(results)} sản phẩm của {batch}",
        on=decision,
        facts={"dossiers": [result.hearing.dossier_id for result in results]},
        by=by,
        at=at,
    )
    return decision


@transaction.atomic
def issue_draft(*, decision: Decision, by: User, at: datetime) -> IssuedPaper:
    """Issue the draft under a number of the series, to be sent round for opinions; nothing is decided by it."""
    locked = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("unit", "batch__programme__unit", "batch__programme__regime_version")
        .get(pk=decision.pk)
    )
    check_prepare(by, day_of(at), locked.unit)
    if locked.signed_at is not None:
        raise Refused("Quyết định đã ký, không còn là dự thảo.")
    lines = list(locked.lines.select_related("dossier").order_by("pk"))
    for line in lines:
        check_not_barred(by, line.dossier)
    return issue_paper(
        kind="draft_decision",
        unit=locked.unit,
        compose=partial(compose_draft, locked, lines),
        title=f"Dự thảo quyết định công nhận {len(lines)} sản phẩm, {locked.batch}",
        signed_on=day_of(at),
        on=locked,
        by=by,
        at=at,
    )


@transaction.atomic
def discard_decision(*, decision: Decision, by: User, at: datetime) -> None:
    """Put a draft aside: its products wait for a decision again."""
    locked = Decision.objects.select_for_update(of=("self",)).select_related("unit").get(pk=decision.pk)
    check_prepare(by, day_of(at), locked.unit)
    if locked.signed_at is not None:
        raise Refused("Quyết định đã ký, không bỏ được.")
    record(
        act="discard_decision",
        words=f"Bỏ dự thảo quyết định gồm {locked.lines.count()} sản phẩm",
        on=locked,
        facts={"dossiers": list(locked.lines.values_list("dossier", flat=True))},
        by=by,
        at=at,
    )
    locked.lines.all().delete()
    locked.delete()


@transaction.atomic
def sign_decision(
    *,
    decision: Decision,
    number: str,
    decided_on: date,
    signer_name: str,
    signer_title: str,
    line_count: int | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """A leader signs: the decision gets its number, every product its certificate with number, code and PDF.

    `line_count` is the number of products the signer typed to confirm; a different one is refused.
    """
    locked = (
        Decision.objects.select_for_update(of=("self",))
        .select_related("unit", "batch__programme__unit", "batch__programme__regime_version")
        .get(pk=decision.pk)
    )
    day = day_of(at)
    check_sign(by, day, locked.unit)
    lines = list(locked.lines.select_related("dossier").order_by("pk"))
    _check_signable(locked, number, decided_on, signer_name, signer_title, day)
    if line_count is not None and line_count != len(lines):
        raise Refused(
            f"Dự thảo có {len(lines)} sản phẩm, bạn nhập {line_count}. Hãy đọc lại danh sách.", field="line_count"
        )
    locked.number, locked.decided_on = number.strip(), decided_on
    locked.signer_name, locked.signer_title = signer_name.strip(), signer_title.strip()
    locked.signed_by, locked.signed_at = by, at
    regime = as_rules(locked.batch.programme.regime_version)
    pdf = print_decision(decision_facts(locked, lines, regime))
    locked.paper = keep_paper(pdf, name=f"quyet-dinh-{locked.pk}.pdf", content_type=PDF, by=by, at=at)
    locked.save()
    record(
        act="sign_decision",
        words=f"Ký {locked} công nhận {len(lines)} sản phẩm",
        on=locked,
        facts={"number": locked.number, "products": len(lines), "sha256": locked.paper.sha256},
        by=by,
        at=at,
    )
    for line in lines:
        dossier = dossiers().get(pk=line.dossier_id)
        number_series = next_number(f"certificate:{locked.unit.level}:{locked.unit.code}:{decided_on.year}")
        _issue(
            dossier,
            star=line.star,
            level=_level_of(regime, line.star),
            authority=locked.authority,
            decision_number=locked.number,
            decided_on=decided_on,
            number=regime.certificate.number.format(seq=number_series, year=decided_on.year),
            unit=locked.unit,
            signature=Signature(lines=signature_lines(locked.authority, locked.signer_title), name=locked.signer_name),
            by=by,
            at=at,
        )
    return locked


@transaction.atomic
def enter_higher_certificate(*, result: Result, number: str, by: User, at: datetime) -> Certificate:
    """Enter the certificate that a level above issued on its own decision, so that anyone can check it here too."""
    dossier = dossiers().select_for_update(of=("self",)).get(pk=result.hearing.dossier_id)
    unit = dossier.registration.batch.programme.unit
    check_prepare(by, day_of(at), unit)
    check_not_barred(by, dossier)
    if dossier.state != DossierState.RECOGNISED_ABOVE:
        raise Refused(f"Hồ sơ đang ở bước “{dossier.state_label}”, không chờ vào sổ.")
    if not number.strip():
        raise Refused("Ghi số giấy chứng nhận cấp trên đã cấp.", field="number")
    fresh = result_of(dossier)
    assert fresh is not None, "a dossier recognised above has a result"
    answer = fresh.forwarding.answers.order_by("-pk").first()
    assert answer is not None, "a dossier recognised above has an answer from above"
    authority = from_above(fresh).authority
    if Certificate.objects.filter(authority=authority, number=number.strip()).exists():
        raise Refused(f"Số {number.strip()} của {authority} đã có trong sổ.", field="number")
    return _issue(
        dossier,
        star=answer.star,
        level=answer.level,
        authority=authority,
        decision_number=answer.document,
        decided_on=answer.decided_on,
        number=number.strip(),
        unit=unit,
        signature=None,
        by=by,
        at=at,
    )


def _issue(
    dossier: Dossier,
    *,
    star: int,
    level: str,
    authority: str,
    decision_number: str,
    decided_on: date,
    number: str,
    unit: Unit,
    signature: Signature | None,
    by: User,
    at: datetime,
) -> Certificate:
    """One certificate with its code; the PDF only where this office is the issuer."""
    registration, regime = dossier.registration, regime_of(dossier)
    subject = registration.product.subject
    certificate = Certificate(
        code=new_code(),
        number=number,
        dossier=dossier,
        product=registration.product,
        unit=unit,
        level=level,
        star=star,
        authority=authority,
        decision_number=decision_number,
        decided_on=decided_on,
        product_name=registration.product.name,
        product_code=registration.code,
        set_name=registration.set_version.name,
        subject_name=subject.name,
        address=subject.address,
        unit_name=subject.unit.name,
        valid_from=decided_on,
        valid_to=last_day(decided_on, regime.certificate.valid_months),
        issued_by=by,
        issued_at=at,
        search=fold(registration.product.name, subject.name, number, registration.code, subject.unit.name),
    )
    if signature is not None:
        pdf = print_certificate(certificate_facts(certificate, regime, unit, signature))
        certificate.paper = keep_paper(
            pdf, name=f"giay-chung-nhan-{registration.code}.pdf", content_type=PDF, by=by, at=at
        )
    certificate.save(force_insert=True)
    record(
        act="issue_certificate",
        words=f"Cấp giấy chứng nhận {number}, {star} sao, có giá trị đến {certificate.valid_to:%d/%m/%Y}",
        on=certificate,
        thread=dossier,
        facts={
            "code": certificate.code,
            "number": number,
            "star": star,
            "decision": decision_number,
            "sha256": certificate.paper.sha256 if certificate.paper else None,
        },
        shown_to_subject=True,
        by=by,
        at=at,
    )
    move(
        dossier=dossier,
        to=DossierState.RECOGNISED,
        star=star,
        recognised_until=certificate.valid_to,
        words=f"{authority} công nhận {star} sao theo Quyết định {decision_number}",
        by=by,
        at=at,
    )
    return certificate


def _check_signable(
    decision: Decision, number: str, decided_on: date, signer_name: str, signer_title: str, day: date
) -> None:
    if decision.signed_at is not None:
        raise Refused(f"{decision} đã ký rồi.")
    for field, text, what in (
        ("number", number, "số quyết định"),
        ("signer_name", signer_name, "họ tên người ký"),
        ("signer_title", signer_title, "chức vụ người ký"),
    ):
        if not text.strip():
            raise Refused(f"Ghi {what}.", field=field)
    if Decision.objects.filter(unit=decision.unit, number=number.strip()).exists():
        raise Refused(f"Số {number.strip()} đã dùng cho một quyết định khác.", field="number")
    if decided_on > day:
        raise Refused("Ngày quyết định không được sau hôm nay.", field="decided_on")
    if decided_on < day_of(decision.prepared_at):
        raise Refused("Ngày quyết định không được trước ngày soạn dự thảo.", field="decided_on")


def _level_of(regime: Regime, star: int) -> str:
    level = regime.recogniser_of(star)
    assert level is not None, "a star in a decision has a level that recognises it"
    return level.code
