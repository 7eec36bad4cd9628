"""The result in officers' words: one sentence a step, good enough to be read aloud and printed in the minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from ocop.regime.rules import Level, Regime
from ocop.rubric.rules import CriteriaSet, Criterion

from .numbers import exact, shown
from .tally import minimums_of, tables_of
from .values import Bylaws, Decision, Finding, MissedMinimum, Stars, Tally

HELD_BY = {
    "mean": "điểm trung bình của từng tiêu chí",
    "majority": "quá nửa số phiếu chấm",
    "all": "tất cả các phiếu chấm",
}
REFUSED_FOR = {
    "quorum": "chưa đủ số phiếu chấm",
    "chair": "thiếu phiếu chấm của Chủ tịch Hội đồng",
    "spread": "điểm giữa các phiếu chênh lệch quá mức",
}


def trace(
    regime: Regime,
    criteria_set: CriteriaSet,
    level: str,
    council_size: int,
    bylaws: Bylaws,
    tally: Tally,
    refused: Sequence[str],
    stars: Stars | None,
    knocked_out: Sequence[Finding],
    decision: Decision,
) -> tuple[str, ...]:
    """The steps from the sheets to the outcome in Vietnamese, the same whatever the order of the sheets."""
    said = [*_closing(council_size, bylaws, tally, refused)]
    if stars is not None:
        said.extend(_points(bylaws, tally, stars))
        if decision.outcome != "not_final":
            said.append(_band(regime, stars))
            if decision.outcome != "rejected":
                said.extend(_minimums(criteria_set, bylaws, tally, stars))
    for found in knocked_out:
        criterion = criteria_set.criteria.get(found.criterion)
        name = name_of(criterion) if criterion else found.criterion
        reason = " ".join(found.reason.split()).rstrip(".")
        said.append(f"Loại ở tiêu chí {name}, lý do: {reason}.")
    said.append(_conclusion(regime, regime.level(level), refused, stars, decision))
    return tuple(said)


@lru_cache(maxsize=2048)
def _short(name: str) -> str:
    """A criterion's name without what some explain in brackets or after a colon; no semicolon, which parts a list."""
    return name.split(" (", maxsplit=1)[0].split(":", maxsplit=1)[0].replace(";", ",").strip().rstrip(".,")


def name_of(criterion: Criterion) -> str:
    """Code and short name of a criterion, as it is spoken of in a meeting."""
    return f"{criterion.code} {_short(criterion.name)}"


@lru_cache(maxsize=256)
def spoken(number: Fraction) -> str:
    """An exact number with a decimal comma, or as a fraction when its decimals never end: "0,75", "10", "2/3"."""
    for decimals in range(7):
        scaled = number * 10**decimals
        if scaled.denominator == 1:
            digits = str(scaled.numerator).rjust(decimals + 1, "0")
            return f"{digits[:-decimals]},{digits[-decimals:]}" if decimals else digits
    return exact(number)


def _comma(value: Fraction) -> str:
    return shown(value).replace(".", ",")


def _closing(council_size: int, bylaws: Bylaws, tally: Tally, refused: Sequence[str]) -> Iterator[str]:
    count = len(tally.sheets)
    if count:
        yield (
            f"Hội đồng có {council_size} thành viên, nhận được {count} phiếu chấm; "
            f"tổng điểm thấp nhất {tally.lowest}, cao nhất {tally.highest}."
        )
    else:
        yield f"Hội đồng có {council_size} thành viên, chưa nhận được phiếu chấm nào."
    needed = bylaws.quorum * council_size
    least = -(-needed.numerator // needed.denominator)
    quorum = f"Quy chế yêu cầu ít nhất {least} phiếu chấm ({spoken(bylaws.quorum * 100)}% số thành viên)"
    yield f"{quorum}: còn thiếu {least - count} phiếu." if "quorum" in refused else f"{quorum}: đủ."
    if tally.chair_voted:
        yield "Đã có phiếu chấm của Chủ tịch Hội đồng."
    elif "chair" in refused:
        yield "Quy chế yêu cầu phải có phiếu chấm của Chủ tịch Hội đồng: chưa có."
    else:
        yield "Không có phiếu chấm của Chủ tịch Hội đồng; Quy chế không bắt buộc."
    if count:
        spread = f"Phiếu cao nhất và phiếu thấp nhất chênh nhau {tally.spread} điểm"
        limit = f"mức {spoken(bylaws.spread_limit)} điểm mà Quy chế cho phép"
        yield f"{spread}, vượt {limit}." if "spread" in refused else f"{spread}, không quá {limit}."


def _points(bylaws: Bylaws, tally: Tally, stars: Stars) -> Iterator[str]:
    assert tally.mean is not None
    assert tally.parts is not None
    parts = "; ".join([f"phần {code} {_comma(mean)}" for code, mean in tally.parts.items()])
    value = _comma(tally.mean)
    full = f"{exact(tally.mean)}, tức {value}" if tally.mean.denominator > 1 else value
    yield f"Điểm trung bình của {len(tally.rows)} phiếu là {full} điểm ({parts})."
    if bylaws.round_mean_to is not None:
        yield (
            f"Theo Quy chế, điểm trung bình được làm tròn đến {bylaws.round_mean_to} chữ số thập phân "
            f"trước khi xếp hạng: {spoken(stars.mean)} điểm."
        )


def _band(regime: Regime, stars: Stars) -> str:
    least = max(band.least for band in regime.bands if band.star == stars.by_points)
    above = [band.least for band in regime.bands if band.star > stars.by_points]
    span = f"từ {least} đến dưới {min(above)} điểm" if above else f"từ {least} điểm trở lên"
    return f"Theo điểm, sản phẩm ở khung {span}, ứng với hạng {stars.by_points} sao ({regime.short_name})."


def _minimums(criteria_set: CriteriaSet, bylaws: Bylaws, tally: Tally, stars: Stars) -> Iterator[str]:
    tables = tables_of(criteria_set)
    held_by = HELD_BY[bylaws.minimums_on]
    for star in range(stars.by_points, stars.star, -1):
        missed = [one for one in stars.missed if one.star == star]
        listed = "; ".join([_missed(criteria_set, tally, one) for one in missed])
        yield f"Hạng {star} sao: xét theo {held_by}, chưa đạt yêu cầu tối thiểu ở {len(missed)} tiêu chí: {listed}."
    count = len(minimums_of(tables, stars.star))
    if count:
        yield f"Hạng {stars.star} sao: xét theo {held_by}, đạt đủ yêu cầu tối thiểu ở cả {count} tiêu chí."
    else:
        yield f"Hạng {stars.star} sao: bộ tiêu chí không đặt yêu cầu tối thiểu."


def _missed(criteria_set: CriteriaSet, tally: Tally, missed: MissedMinimum) -> str:
    name = name_of(criteria_set.criteria[missed.criterion])
    has = missed.has
    got = f"trung bình {_comma(has)}" if isinstance(has, Fraction) else f"{has}/{len(tally.rows)} phiếu đạt"
    return f"{name} (cần {missed.needs} điểm, {got})"


def _conclusion(regime: Regime, here: Level, refused: Sequence[str], stars: Stars | None, decision: Decision) -> str:
    if decision.outcome == "not_final" or stars is None:
        reasons = ", ".join([REFUSED_FOR[code] for code in refused])
        then = "thảo luận, thống nhất rồi chấm lại" if "spread" in refused else "chờ bổ sung phiếu chấm"
        return f"Kết luận: chưa có kết quả vì {reasons}; Hội đồng {then}."
    article = f" ({here.article}, {regime.short_name})" if here.article else f" ({regime.short_name})"
    if decision.outcome == "rejected":
        return "Kết luận: sản phẩm bị loại, không xếp hạng sao."
    if decision.outcome == "forward":
        above = next((level for level in regime.levels if level.code == decision.forward_to), None)
        to = above.council if above else decision.forward_to
        return f"Kết luận: đạt từ {here.forward_from} điểm trở lên nên chuyển hồ sơ lên {to}{article}."
    if decision.decided_by is None:
        return (
            f"Kết luận: sản phẩm được xếp hạng {stars.star} sao; "
            f"không ban hành quyết định công nhận, không cấp giấy chứng nhận ({regime.short_name})."
        )
    decides = regime.level(decision.decided_by)
    if decision.outcome == "recognise":
        return f"Kết luận: đề nghị {decides.authority} công nhận sản phẩm đạt hạng {stars.star} sao{article}."
    return (
        f"Kết luận: hạng {stars.star} sao thuộc thẩm quyền công nhận của {decides.authority}; "
        f"chuyển kết quả về {decides.name} để xem xét công nhận{article}."
    )
