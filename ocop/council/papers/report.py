"""The council's report and the submission that asks for a decision on its results (QĐ 26/2026 Art. 7.3d, đ)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ocop.council.models import Hearing, Result, Session
from ocop.council.papers.attendance import attendees, form_words
from ocop.council.papers.head import (
    chair_signs,
    council_head,
    counted,
    day_words,
    head_signs,
    head_values,
    office_head,
    star_words,
)
from ocop.council.papers.minutes import outcome_words, result_rows
from ocop.council.queries import hearings
from ocop.council.states import Outcome
from ocop.paperwork.rules import Composed, Stamp
from ocop.regime.queries import as_rules
from ocop.ui.papers import points_text
from ocop.ui.papers.document import Bases, Block, Document, Heading, Signatures, Table, Text, Title, To


def compose_report(session: Session, stamp: Stamp) -> Composed:
    """What the council did, product by product, and what it proposes."""
    heard, results = _heard(session)
    head = council_head(session, stamp)
    there = attendees(session)
    unit, about = session.council.unit, f"Kết quả đánh giá, phân hạng sản phẩm OCOP {session.batch}"
    said = _counts(heard, results)
    proposals = _proposals(session, list(results.values()))
    spreads = [Fraction(str(row.evaluation["spread"])) for row in results.values()]
    blocks: tuple[Block, ...] = (
        head,
        Title(kind="Báo cáo", about=about, ruled=True),
        To(names=(unit.committee,)),
        Heading(text="I. Tổ chức đánh giá"),
        Text(
            text=f"{session.council.name}, lập theo Quyết định {session.council.decision_number}, đánh giá tại "
            f"{session.name}, {day_words(session.held_on)}, {session.place}; hình thức: {form_words(session)}. "
            f"Có mặt {sum(row.present for row in there)} trên {len(there)} người. "
            f"Quy chế bản {session.bylaws.version}."
        ),
        Heading(text="II. Kết quả"),
        Text(text=said),
        _table(heard, results),
        *(
            (Text(text=f"Chênh lệch giữa phiếu cao nhất và thấp nhất lớn nhất là {points_text(max(spreads))} điểm."),)
            if spreads
            else ()
        ),
        Heading(text="III. Đề nghị"),
        *(Text(text=f"- {sentence}") for sentence in proposals),
        Text(text="Hội đồng báo cáo và đề nghị xem xét./."),
        Signatures(cells=(chair_signs(session, above="TM. HỘI ĐỒNG"),), recipients=("Như trên", "Lưu: VT, HĐ")),
    )
    return Composed(
        document=Document(title=f"Báo cáo {about}", author=session.council.name, blocks=blocks),
        values={
            **head_values(head),
            "phien_hop": f"{session.name}, {session.batch}",
            "ngay_hop": day_words(session.held_on),
            "noi_nhan": unit.committee,
            "tong_hop": said,
            "de_nghi": " ".join(proposals),
            "nguoi_ky": chair_signs(session).name,
            "ket_qua": result_rows(heard, results),
        },
    )


def compose_submission(session: Session, signer: str, stamp: Stamp) -> Composed:
    """The lead office submits the council's results and asks for the decision on them."""
    heard, results = _heard(session)
    programme, unit = session.batch.programme, session.council.unit
    regime = as_rules(programme.regime_version)
    head = office_head(programme, stamp)
    about = f"Về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP {session.batch}"
    said, proposals = _counts(heard, results), _proposals(session, list(results.values()))
    blocks: tuple[Block, ...] = (
        head,
        Title(kind="Tờ trình", about=about, ruled=True),
        To(names=(unit.committee,)),
        Bases(
            items=(
                f"Căn cứ {regime.name[:1].lower()}{regime.name[1:]}",
                f"Căn cứ {programme.title}",
                f"Căn cứ kết quả đánh giá của {session.council.name} tại {session.name}, {day_words(session.held_on)}",
            )
        ),
        Text(text=f"{programme.lead_office} kính trình {unit.committee} như sau:"),
        Heading(text="1. Kết quả đánh giá"),
        Text(text=said),
        _table(heard, results),
        Heading(text="2. Nội dung trình"),
        *(Text(text=f"- {sentence}") for sentence in proposals),
        Text(text=f"{programme.lead_office} kính trình {unit.committee} xem xét, quyết định./."),
        Signatures(cells=(head_signs(signer),), recipients=("Như trên", "Hội đồng", "Lưu: VT")),
    )
    return Composed(
        document=Document(title=f"Tờ trình {about}", author=programme.lead_office, blocks=blocks),
        values={
            **head_values(head),
            "noi_nhan": unit.committee,
            "phien_hop": f"{session.name}, {session.batch}",
            "ngay_hop": day_words(session.held_on),
            "tong_hop": said,
            "de_nghi": " ".join(proposals),
            "nguoi_ky": signer,
            "ket_qua": result_rows(heard, results),
        },
    )


def _heard(session: Session) -> tuple[list[Hearing], dict[int, Result]]:
    heard = list(hearings().filter(session=session).order_by("place"))
    return heard, {row.hearing_id: row for row in Result.objects.filter(hearing__session=session)}


def _counts(heard: Sequence[Hearing], results: dict[int, Result]) -> str:
    told = counted([outcome_words(hearing, results.get(hearing.pk)) for hearing in heard])
    stars = counted([star_words(row.star) for row in results.values() if row.outcome == Outcome.RECOGNISE])
    said = f"Tổng số {len(heard)} sản phẩm: " + "; ".join(f"{label.lower()} {count}" for label, count in told) + "."
    by_star = ", ".join(f"{count} sản phẩm {star}" for star, count in sorted(stars, reverse=True))
    return said + (f" Đề nghị công nhận: {by_star}." if by_star else "")


def _table(heard: list[Hearing], results: dict[int, Result]) -> Table:
    return Table(
        head=("TT", "Sản phẩm", "Chủ thể", "Điểm TB", "Hạng", "Kết luận"),
        rows=tuple(
            (
                str(number),
                f"{row['kq_san_pham']}\n{row['kq_ma']}",
                row["kq_chu_the"],
                row["kq_diem"],
                row["kq_sao"],
                row["kq_ket_luan"],
            )
            for number, row in enumerate(result_rows(heard, results), start=1)
        ),
        widths=(10, 0, 40, 17, 15, 34),
        aligns=("center", "left", "left", "right", "center", "left"),
    )


def _proposals(session: Session, results: Sequence[Result]) -> list[str]:
    """What is asked for each kind of outcome, with the article of the regime."""
    regime = as_rules(session.batch.programme.regime_version)
    by = {outcome: sum(row.outcome == outcome for row in results) for outcome in Outcome}
    said = []
    if by[Outcome.RECOGNISE]:
        said.append(f"Công nhận {by[Outcome.RECOGNISE]} sản phẩm đạt hạng sao thuộc thẩm quyền, cấp Giấy chứng nhận.")
    for outcome, words in (
        (Outcome.FORWARD, "Chuyển hồ sơ và mẫu của {} sản phẩm lên cấp trên đánh giá"),
        (Outcome.RETURN, "Trả kết quả của {} sản phẩm về cấp có thẩm quyền công nhận"),
        (Outcome.NO_CERTIFICATE, "Thông báo cho chủ thể của {} sản phẩm chưa đủ điều kiện công nhận"),
        (Outcome.REJECTED, "Thông báo lý do cho chủ thể của {} sản phẩm bị loại"),
    ):
        if by[outcome]:
            cited = regime.consequence(outcome.value)
            article = f" ({cited.article}, {regime.short_name})" if cited is not None and cited.article else ""
            said.append(f"{words.format(by[outcome])}{article}.")
    return said or ["Không có nội dung đề nghị."]
