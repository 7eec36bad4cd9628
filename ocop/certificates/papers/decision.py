"""The decision that recognises products ("Quyết định công nhận"), draft or issued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from ocop.ui.papers import Frame, render


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


def decision(facts: DecisionFacts) -> bytes:
    """The decision with its annex of products, in the layout of NĐ 30/2020/NĐ-CP."""
    return render(Path(__file__).with_suffix(".typ"), asdict(facts))
