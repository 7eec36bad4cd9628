"""The answer to an appeal, after NĐ 30/2020/NĐ-CP."""

from __future__ import annotations

from collections.abc import Callable

from ocop.appeals.models import Answer, Appeal
from ocop.appeals.ways import further_ways
from ocop.paperwork.rules import Composed, Stamp
from ocop.ui.papers import points_text
from ocop.ui.papers.document import Document, Heading, National, Signatures, Signed, Text


def answer_paper(appeal: Appeal, answer: Answer) -> Callable[[Stamp], Composed]:
    """How the answer is composed; the old result is named with its date, never with names of members."""

    def compose(stamp: Stamp) -> Composed:
        registration = appeal.dossier.registration
        programme, subject = registration.batch.programme, registration.product.subject
        session, result = appeal.result.hearing.session, appeal.result
        said = f"{points_text(result.mean)} điểm" + (f", hạng {result.star} sao" if result.star else "")
        verdict = (
            f"Chấp nhận kiến nghị. Sản phẩm được đưa ra {answer.hearing.session.name}, họp ngày "
            f"{answer.hearing.session.held_on:%d/%m/%Y}, để đánh giá lại. Kết quả cũ được lưu cùng kết quả mới; "
            "kết quả mới là căn cứ cho các bước tiếp theo."
            if answer.hearing is not None
            else "Không chấp nhận kiến nghị. Giữ nguyên kết quả đã thông báo."
        )
        further = further_ways()["complaint"].words
        document = Document(
            title=f"Trả lời kiến nghị {registration.code}",
            author=programme.unit.committee,
            blocks=(
                National(
                    parent=programme.unit.committee,
                    issuer=programme.lead_office,
                    number=stamp.number,
                    about="trả lời kiến nghị về kết quả đánh giá, phân hạng sản phẩm OCOP",
                    place=programme.unit.bare_name,
                    signed_on=stamp.signed_on,
                ),
                Text(text=f"Kính gửi: {subject.name}", style="centre"),
                Text(
                    text=f"Ngày {appeal.received_on:%d/%m/%Y}, {subject.name} có kiến nghị về kết quả đánh giá "
                    f"sản phẩm {registration.product.name} (mã {registration.code}) tại {session.name} của "
                    f"{session.council}, họp ngày {session.held_on:%d/%m/%Y}: {said}."
                ),
                Heading(text="1. Nội dung kiến nghị"),
                Text(text=appeal.text),
                Heading(text="2. Kết quả xem xét"),
                Text(text=answer.text),
                Heading(text="3. Kết luận"),
                Text(text=verdict),
                *([] if answer.granted else [Text(text=further)]),
                Signatures(
                    cells=(Signed(lines=(answer.by_title.upper(),), name=answer.by.full_name),),
                    recipients=("Như trên", programme.lead_office, f"Lưu: hồ sơ {registration.code}"),
                ),
            ),
        )
        values = {
            "co_quan_cap_tren": programme.unit.committee,
            "co_quan": programme.lead_office,
            "dia_danh": programme.unit.bare_name,
            "chu_the": subject.name,
            "san_pham": registration.product.name,
            "ma_san_pham": registration.code,
            "phien_hop": session.name,
            "ngay_hop": f"{session.held_on:%d/%m/%Y}",
            "ngay_kien_nghi": f"{appeal.received_on:%d/%m/%Y}",
            "noi_dung_kien_nghi": appeal.text,
            "tra_loi": answer.text,
            "ket_luan": verdict,
            "phien_hop_lai": answer.hearing.session.name if answer.hearing is not None else "",
            "nguoi_tra_loi": answer.by.full_name,
            "chuc_vu": answer.by_title,
        }
        return Composed(document=document, values=values)

    return compose
