"""The decision that recognises products ("Quyết định công nhận"), draft or issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ocop.ui.papers import Frame, points_text
from ocop.ui.papers.document import (
    Bases,
    Document,
    Heading,
    National,
    PageBreak,
    Signatures,
    Signed,
    Table,
    Text,
    Title,
    press_pdf,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One recognised product in the annex."""

    product: str
    product_code: str
    subject: str
    address: str
    points: Fraction
    star: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """A decision: subject, who decides, bases, articles, annex. Without a number it is printed as a draft."""

    frame: Frame
    about: str
    authority: str
    bases: tuple[str, ...]
    articles: tuple[str, ...]
    rows: tuple[DecisionRow, ...]


def usual_articles(rows: Iterable[DecisionRow], *, place: str, valid_months: int, executors: str) -> tuple[str, ...]:
    """The three articles a decision of recognition usually has, with products counted by star."""
    counts = Counter(row.star for row in rows)
    by_star = ", ".join(f"{counts[star]:02d} sản phẩm {star} sao" for star in sorted(counts, reverse=True))
    return (
        (
            f"Công nhận {counts.total():02d} sản phẩm đạt hạng sao OCOP của {place} ({by_star}), "
            "có danh sách tại Phụ lục kèm theo. "
            f"Kết quả công nhận và Giấy chứng nhận có giá trị {valid_months} tháng kể từ ngày ban hành Quyết định này."
        ),
        (
            "Chủ thể có sản phẩm được công nhận duy trì các điều kiện đã được đánh giá, sử dụng nhãn hiệu OCOP "
            "đúng quy định và chịu sự kiểm tra của cơ quan có thẩm quyền."
        ),
        f"Quyết định này có hiệu lực kể từ ngày ký. {executors} chịu trách nhiệm thi hành Quyết định này./.",
    )


def decision_document(facts: DecisionFacts) -> Document:
    """The decision with its annex of products, in the layout of NĐ 30/2020/NĐ-CP; without a number it is a draft."""
    frame = facts.frame
    number = frame.number
    annex_day = f"ngày {frame.signed_on:%d/%m/%Y}" if frame.signed_on is not None else "ngày ....."
    articles = [f"Điều {place}. {text}" for place, text in enumerate(facts.articles, start=1)]
    return Document(
        title=f"Quyết định {facts.about}",
        author=frame.issuer,
        draft=number.startswith("/"),
        blocks=(
            National(
                parent=frame.parent,
                issuer=frame.issuer,
                number=number,
                place=frame.place,
                signed_on=frame.signed_on,
            ),
            Title(kind="Quyết định", about=facts.about[:1].upper() + facts.about[1:], ruled=True),
            Heading(text=facts.authority.upper(), centred=True),
            Bases(items=facts.bases),
            Heading(text="QUYẾT ĐỊNH:", centred=True),
            *(Text(text=article) for article in articles),
            Signatures(
                cells=(Signed(lines=tuple(line.upper() for line in frame.signature.lines), name=frame.signature.name),),
                recipients=frame.recipients,
            ),
            PageBreak(),
            Heading(text="PHỤ LỤC", centred=True),
            Heading(text="DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN HẠNG SAO OCOP", centred=True),
            Text(
                text=f"(Kèm theo Quyết định số {number if not number.startswith('/') else '.......' + number} "
                f"{annex_day} của {facts.authority})",
                style="centre",
            ),
            Table(
                head=("TT", "Tên sản phẩm", "Mã sản phẩm", "Chủ thể, địa chỉ", "Số điểm", "Hạng sao"),
                rows=tuple(
                    (
                        str(place),
                        row.product,
                        row.product_code,
                        f"{row.subject}, {row.address}",
                        points_text(row.points),
                        f"{row.star} sao",
                    )
                    for place, row in enumerate(facts.rows, start=1)
                ),
                widths=(9, 0, 43, 48, 15, 14),
                aligns=("center", "left", "left", "left", "right", "center"),
            ),
        ),
    )


def decision_values(facts: DecisionFacts) -> dict[str, str | list[dict[str, str]]]:
    """The same facts by the merge fields of an office's own template."""
    frame = facts.frame
    named = dict(zip(("dieu_1", "dieu_2", "dieu_3"), facts.articles, strict=False))
    return {
        "co_quan_cap_tren": frame.parent,
        "co_quan": frame.issuer,
        "dia_danh": frame.place,
        "san_pham_so": str(len(facts.rows)),
        "co_quan_quyet_dinh": facts.authority,
        "can_cu": "; ".join(facts.bases),
        **named,
        "nguoi_ky": frame.signature.name,
        "phu_luc": [
            {
                "pl_san_pham": row.product,
                "pl_ma": row.product_code,
                "pl_chu_the": row.subject,
                "pl_dia_chi": row.address,
                "pl_diem": points_text(row.points),
                "pl_sao": f"{row.star} sao",
            }
            for row in facts.rows
        ],
    }


def decision(facts: DecisionFacts) -> bytes:
    """The decision as PDF."""
    return press_pdf(decision_document(facts))
