"""From rows to the facts of the printed decision and certificate."""

from __future__ import annotations

from collections.abc import Sequence

from ocop.certificates.models import Certificate, Decision, DecisionLine
from ocop.certificates.papers.certificate import CertificateFacts
from ocop.certificates.papers.decision import (
    DecisionFacts,
    DecisionRow,
    decision_document,
    decision_values,
    usual_articles,
)
from ocop.certificates.queries import check_address
from ocop.certificates.rules import body_of, signature_lines
from ocop.dossiers.queries import dossiers
from ocop.paperwork.rules import Composed, Stamp
from ocop.places.models import Unit
from ocop.regime.queries import as_rules
from ocop.regime.rules import Regime
from ocop.ui.papers import Frame, Signature
from ocop.ui.papers.document import Document, press_pdf

NO_NUMBER_YET = "/QĐ-UBND"


def certificate_facts(certificate: Certificate, regime: Regime, unit: Unit, signature: Signature) -> CertificateFacts:
    """What the certificate prints: the copied words of its row, never today's names."""
    return CertificateFacts(
        frame=Frame(
            issuer=certificate.authority,
            number=certificate.number,
            place=unit.bare_name,
            signed_on=certificate.decided_on,
            signature=signature,
        ),
        name=regime.certificate.name,
        product=certificate.product_name,
        product_code=certificate.product_code,
        group=certificate.set_name,
        subject=certificate.subject_name,
        address=f"{certificate.address}, {certificate.unit_name}",
        star=certificate.star,
        decision_number=certificate.decision_number,
        decision_on=certificate.decided_on,
        valid_from=certificate.valid_from,
        valid_to=certificate.valid_to,
        check_url=check_address(certificate.code),
    )


def decision_facts(decision: Decision, lines: Sequence[DecisionLine], regime: Regime) -> DecisionFacts:
    """What the decision prints; without a number and a signer it is a draft that leaves room for them."""
    known = dossiers().in_bulk([line.dossier_id for line in lines])
    rows = []
    for line in lines:
        registration = known[line.dossier_id].registration
        subject = registration.product.subject
        rows.append(
            DecisionRow(
                product=registration.product.name,
                product_code=registration.code,
                subject=subject.name,
                address=f"{subject.address}, {subject.unit.name}",
                points=line.points,
                star=line.star,
            )
        )
    programme = decision.batch.programme
    return DecisionFacts(
        frame=Frame(
            issuer=body_of(decision.authority),
            number=decision.number or NO_NUMBER_YET,
            place=decision.unit.bare_name,
            signed_on=decision.decided_on,
            signature=Signature(
                lines=signature_lines(decision.authority, decision.signer_title), name=decision.signer_name
            ),
            recipients=("Như Điều 3", programme.lead_office, "Lưu: VT"),
        ),
        about=f"Công nhận kết quả đánh giá, phân hạng sản phẩm OCOP {decision.batch.name.lower()} năm {programme.year}",
        authority=decision.authority,
        bases=(
            f"Căn cứ {regime.name[:1].lower()}{regime.name[1:]}",
            f"Căn cứ {programme.title}",
            f"Xét kết quả đánh giá của Hội đồng và đề nghị của {programme.lead_office}",
        ),
        articles=usual_articles(
            rows,
            place=decision.unit.lower_name,
            valid_months=regime.certificate.valid_months,
            executors=f"Chánh Văn phòng, {programme.lead_office}, các chủ thể có tên tại Điều 1",
        ),
        rows=tuple(rows),
    )


def draft_document(draft: Decision, lines: Sequence[DecisionLine]) -> Document:
    """The draft as it would be printed today; kept nowhere."""
    return decision_document(decision_facts(draft, lines, as_rules(draft.batch.programme.regime_version)))


def draft_paper(draft: Decision, lines: Sequence[DecisionLine]) -> bytes:
    """The draft as PDF."""
    return press_pdf(draft_document(draft, lines))


def compose_draft(draft: Decision, lines: Sequence[DecisionLine], stamp: Stamp) -> Composed:
    """The draft as an issued paper: sent round for opinions under a number of its own."""
    facts = decision_facts(draft, lines, as_rules(draft.batch.programme.regime_version))
    return Composed(document=decision_document(facts), values=decision_values(facts))
