"""What the desks print: the receiving slip, and the forms of the regime filled with the commune's findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ocop.core.clock import day_of, spoken
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, regime_of, tracking_address, unit_of_step
from ocop.intake.models import Receipt
from ocop.regime.forms import fill, layout_of
from ocop.ui.papers.document import Document, Field, Fields, National, Qr, Signatures, Signed, Text, Title

TRACK = "Quét mã để theo dõi hồ sơ, không cần đăng nhập.\nMã tra cứu: {}"


def slip(dossier: Dossier, receipt: Receipt) -> Document:
    """The slip that says what an office took in: the box at the end of the registration form, on a paper of its own."""
    regime, registration = regime_of(dossier), dossier.registration
    step = regime.step(receipt.step)
    unit = unit_of_step(dossier, step) or registration.product.subject.unit
    tracking = tracking_address(dossier) if dossier.tracking_code else ""
    wanted = regime.samples_for(criteria_of(dossier).set_no)
    samples = "chưa nhận" if receipt.samples is None else f"{receipt.samples} trên {wanted} mẫu"
    rows = [
        ("1. Sản phẩm", registration.product.name),
        ("2. Mã sản phẩm", registration.code),
        ("3. Chủ thể", registration.product.subject.name),
        ("4. Bộ hồ sơ điện tử nộp lúc", spoken(receipt.submission.submitted_at)),
        ("5. Dấu vân tay của bộ điện tử (SHA-256)", receipt.submission.sha256),
        ("6. Ngày nhận bộ hồ sơ giấy", f"{receipt.paper_on:%d/%m/%Y}" if receipt.paper_on else "chưa nhận"),
        ("7. Sản phẩm mẫu", samples if wanted else "không nộp mẫu"),
        ("8. Người nộp", receipt.handed_by),
        ("9. Người tiếp nhận", receipt.by.full_name),
    ]
    due = (
        f"Hạn kiểm tra, đánh giá: hết ngày {dossier.due_on:%d/%m/%Y}."
        if dossier.step == step.code and dossier.due_on
        else ""
    )
    return Document(
        title=f"Phiếu nhận hồ sơ {receipt.number}",
        author=unit.committee,
        blocks=tuple(
            block
            for block in (
                National(
                    issuer=unit.committee, number=receipt.number, place=unit.bare_name, signed_on=day_of(receipt.at)
                ),
                Title(kind="Phiếu nhận hồ sơ", about="Đăng ký tham gia đánh giá, phân hạng sản phẩm OCOP"),
                *(Fields(items=(Field(label=label, value=value),)) for label, value in rows),
                Text(text=due) if due else None,
                Text(text=receipt.note) if receipt.note else None,
                Qr(address=tracking, words=TRACK.format(dossier.tracking_code)) if tracking else None,
                Signatures(
                    cells=(
                        Signed(lines=("Người nộp",), note="(Ký, ghi rõ họ tên)", name=receipt.handed_by),
                        Signed(lines=("Người tiếp nhận",), note="(Ký, ghi rõ họ tên)", name=receipt.by.full_name),
                    )
                ),
            )
            if block is not None
        ),
    )


def form_paper(dossier: Dossier, form: str, values: Mapping[str, Any], *, issuer: str) -> Document:
    """A form of the dossier's regime, filled."""
    layout = layout_of(regime_of(dossier).code, form)
    return fill(layout, values, title=f"{dossier.registration.product.name}: {form}", author=issuer)
