"""The receipt for whoever brought samples (biên nhận mẫu), after NĐ 30/2020/NĐ-CP; codes are not printed on it."""

from __future__ import annotations

from collections.abc import Callable

from ocop.core.clock import day_of, spoken
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import regime_of
from ocop.paperwork.rules import Composed, Stamp
from ocop.samples.models import Reception
from ocop.samples.queries import wanted_samples
from ocop.ui.papers.document import Document, Field, Fields, National, Signatures, Signed, Text, Title

RECEIPT = "sample_receipt"
CODED = (
    "Mỗi mẫu được dán một mã riêng, không ghi tên sản phẩm hay tên chủ thể. Mã do cơ quan giữ, không ghi ở đây, "
    "để việc nếm thử và kiểm nghiệm được khách quan. Mọi lần giao, nhận mẫu sau đó đều được ghi lại."
)


def receipt_paper(reception: Reception, dossier: Dossier) -> Callable[[Stamp], Composed]:
    """How the receipt of one reception is composed."""

    def compose(stamp: Stamp) -> Composed:
        registration = dossier.registration
        unit, wanted = registration.batch.programme.unit, wanted_samples(dossier)
        rows = [
            ("1. Sản phẩm", registration.product.name),
            ("2. Mã sản phẩm", registration.code),
            ("3. Chủ thể", registration.product.subject.name),
            ("4. Số mẫu nhận", f"{reception.count} mẫu (quy định: {wanted} mẫu)"),
            ("5. Quy cách", reception.pack),
            ("6. Số lô", reception.lot),
            ("7. Hạn dùng", f"{reception.best_before:%d/%m/%Y}" if reception.best_before else ""),
            ("8. Giờ nhận", spoken(reception.at)),
            ("9. Người giao", reception.handed_by),
            ("10. Người nhận", reception.by.full_name),
        ]
        document = Document(
            title=f"Biên nhận mẫu {registration.code}",
            author=unit.committee,
            blocks=(
                National(
                    issuer=unit.committee, number=stamp.number, place=unit.bare_name, signed_on=day_of(reception.at)
                ),
                Title(kind="Biên nhận mẫu sản phẩm", about="Đánh giá, phân hạng sản phẩm OCOP"),
                *(Fields(items=(Field(label=label, value=value),)) for label, value in rows if value),
                *([Text(text=reception.note)] if reception.note else []),
                Text(text=CODED, style="italic"),
                Signatures(
                    cells=(
                        Signed(lines=("Người giao",), note="(Ký, ghi rõ họ tên)", name=reception.handed_by),
                        Signed(lines=("Người nhận",), note="(Ký, ghi rõ họ tên)", name=reception.by.full_name),
                    )
                ),
            ),
        )
        values = {
            "co_quan_cap_tren": "",
            "co_quan": unit.committee,
            "dia_danh": unit.bare_name,
            "san_pham": registration.product.name,
            "ma_san_pham": registration.code,
            "chu_the": registration.product.subject.name,
            "so_mau": str(reception.count),
            "so_mau_quy_dinh": str(wanted),
            "quy_cach": reception.pack,
            "so_lo": reception.lot,
            "han_dung": f"{reception.best_before:%d/%m/%Y}" if reception.best_before else "",
            "gio_nhan": spoken(reception.at),
            "nguoi_giao": reception.handed_by,
            "nguoi_nhan": reception.by.full_name,
            "can_cu": regime_of(dossier).short_name,
        }
        return Composed(document=document, values=values)

    return compose
