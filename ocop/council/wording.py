"""Bylaws, results and answers from above as people read them, on pages and in the minutes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ocop.council.models import Bylaws, HigherResult, Result
from ocop.council.rules.words import HELD_BY, name_of, spoken
from ocop.council.states import Outcome
from ocop.regime.rules import Regime
from ocop.rubric.rules import CriteriaSet


def bylaws_words(bylaws: Bylaws) -> list[str]:
    """What the bylaws lay down, a sentence each."""
    rounding = (
        f"Làm tròn điểm trung bình đến {bylaws.round_mean_to} chữ số thập phân trước khi xếp hạng."
        if bylaws.round_mean_to is not None
        else "Không làm tròn điểm trung bình trước khi xếp hạng."
    )
    return [
        f"Chốt điểm khi có phiếu của ít nhất {spoken(Fraction(bylaws.quorum) * 100)} % số thành viên chấm điểm.",
        "Bắt buộc có phiếu của người chủ trì."
        if bylaws.chair_must_vote
        else "Không bắt buộc có phiếu của người chủ trì.",
        f"Phiếu cao nhất và phiếu thấp nhất chênh nhau không quá {spoken(Fraction(bylaws.spread_limit))} điểm.",
        rounding,
        f"Mức tối thiểu của hạng sao xét theo {HELD_BY[bylaws.minimums_on]}.",
        f"Thành viên thấy tổng điểm các phiếu khác (không kèm tên): {_lower(bylaws.get_numbers_seen_display())}.",
        f"Mở lại phiếu đã nộp: {_lower(bylaws.get_reopened_by_display())}, phải ghi lý do.",
        "Tiêu chí cảm quan của thực phẩm, đồ uống chấm trên mẫu đã mã hóa."
        if bylaws.blind_tasting
        else "Không tổ chức nếm mẫu mã hóa.",
        f"Chủ thể gửi kiến nghị trong {bylaws.appeal_days} ngày từ ngày thông báo kết quả.",
        f"Kiến nghị được trả lời trong {bylaws.answer_days} ngày làm việc.",
    ]


def bylaws_changes(newer: Bylaws, older: Bylaws) -> list[str]:
    """The sentences of a version that the one before it did not have."""
    before = set(bylaws_words(older))
    return [sentence for sentence in bylaws_words(newer) if sentence not in before]


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


@dataclass(frozen=True, slots=True)
class PartMean:
    """A part of the set with its mean points."""

    code: str
    name: str
    points: Fraction
    max: int


@dataclass(frozen=True, slots=True)
class MemberTotal:
    """A member's total as frozen, with the points of each part."""

    name: str
    chair: bool
    version: int
    total: int
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A frozen result laid out for the page; nothing is computed again."""

    result: Result
    parts: tuple[PartMean, ...]
    missed: tuple[str, ...]
    knock_outs: tuple[str, ...]
    members: tuple[MemberTotal, ...]

    @property
    def conclusion(self) -> str:
        """The last sentence of the trace: what the result means."""
        said = str(self.result.evaluation["trace"][-1]).removeprefix("Kết luận: ")
        return said[:1].upper() + said[1:]

    @property
    def outcome(self) -> str:
        """The outcome in the words of the minutes."""
        return Outcome(self.result.outcome).label


def shown_result(result: Result, criteria_set: CriteriaSet) -> ShownResult:
    """The frozen result with the names of its parts, criteria and members."""
    evaluation = result.evaluation
    totals = {row["member"]: row for row in evaluation["sheets"]}
    return ShownResult(
        result=result,
        parts=tuple(
            PartMean(part.code, part.name.capitalize(), Fraction(evaluation["parts"][part.code]), part.max_points)
            for part in criteria_set.parts
        ),
        missed=tuple(_missed(row, criteria_set) for row in evaluation["missed_minimums"]),
        knock_outs=tuple(
            f"{_named(row['criterion'], criteria_set)}: {row['reason']}" for row in evaluation["knock_outs"]
        ),
        members=tuple(
            MemberTotal(
                name=sheet["name"],
                chair=sheet["chair"],
                version=sheet["version"],
                total=totals[sheet["member"]]["total"],
                parts=tuple(totals[sheet["member"]]["parts"].items()),
            )
            for sheet in result.inputs["sheets"]
        ),
    )


def answer_words(answer: HigherResult, regime: Regime) -> str:
    """What a level above decided, in one sentence."""
    mean = spoken(Fraction(answer.mean))
    onward = ", chuyển tiếp lên cấp trên" if answer.sent_higher else ""
    return f"{regime.level(answer.level).council}: {mean} điểm, {answer.star} sao{onward}"


def _named(code: str, criteria_set: CriteriaSet) -> str:
    criterion = criteria_set.criteria.get(code)
    return name_of(criterion) if criterion is not None else code


def _missed(row: dict[str, object], criteria_set: CriteriaSet) -> str:
    has = row["has"]
    got = f"{has} phiếu đạt" if isinstance(has, int) else f"trung bình {str(has).replace('.', ',')}"
    return f"{row['star']} sao: {_named(str(row['criterion']), criteria_set)} (cần {row['needs']} điểm, {got})"
