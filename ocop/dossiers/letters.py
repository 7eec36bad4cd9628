"""From rows to the facts of the commune's report."""

from __future__ import annotations

from ocop.core.clock import day_of
from ocop.dossiers.models import Dossier, IntakeFinding
from ocop.dossiers.papers.commune_report import CommuneReportFacts, LocalContent
from ocop.dossiers.queries import kind_of, regime_of, unit_of_step
from ocop.places.models import Level
from ocop.places.queries import above_at
from ocop.registration.states import SubjectKind
from ocop.ui.papers import Frame, Signature


def commune_report_facts(dossier: Dossier, finding: IntakeFinding) -> CommuneReportFacts:
    """Mẫu 03 of an assessment that passed: no score, no star (QĐ 26/2026 Art. 7.2)."""
    registration = dossier.registration
    subject, programme = registration.product.subject, registration.batch.programme
    step = regime_of(dossier).step(finding.step)
    unit = unit_of_step(dossier, step) or subject.unit
    province = above_at(subject.unit, Level.PROVINCE)
    submission = finding.submission
    statement = (
        f"theo hồ sơ nộp lần {submission.number} ngày {day_of(submission.submitted_at):%d/%m/%Y}, "
        "phần tự đánh giá và minh chứng kèm theo."
    )
    return CommuneReportFacts(
        frame=Frame(
            issuer=unit.committee,
            number="/BC-UBND",
            place=unit.bare_name,
            signed_on=None,
            signature=Signature(lines=("TM. Ủy ban nhân dân", "Chủ tịch")),
            recipients=("Như trên", "Lưu: VT"),
        ),
        to=programme.unit.committee,
        subject=subject.name,
        subject_kind=SubjectKind(subject.kind).label,
        address=", ".join(str(part) for part in (subject.address, subject.unit, province) if part),
        phone=subject.phone,
        email=subject.email,
        representative=subject.representative,
        product=registration.product.name,
        product_code=registration.code,
        dossier_kind=kind_of(dossier).name,
        contents=tuple(
            LocalContent(name=content.name, statement=statement, finding=finding.contents[content.code])
            for content in step.contents
        ),
        proposal=(
            f"{unit.committee} đề nghị {programme.unit.committee} xem xét, đánh giá, phân hạng sản phẩm "
            f"“{registration.product.name}”./."
        ),
    )
