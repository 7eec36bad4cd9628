"""Reading a case: every word of it is checked against the rule book before anything is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ocop.council.rules import MINIMUMS_ON, Bylaws, Evaluation, Finding, SheetOfMember, evaluate, row_of
from ocop.regime.rulebook import codes, read_regime
from ocop.regime.rules import Regime
from ocop.rubric.rulebook import read_set, set_files
from ocop.rubric.rules import ChoiceRefused, CriteriaSet

from .values import CaseRefused, a_list, a_text, a_whole, an_exact, an_object, parsed, yes_or_no

CASE_KEYS = ("regime", "set", "level", "council_size", "bylaws", "sheets", "findings")
BYLAWS_KEYS = ("quorum", "chair_must_vote", "spread_limit", "round_mean_to", "minimums_on")
SHEET_KEYS = ("member", "chair", "choices")
FINDING_KEYS = ("criterion", "reason")
MUST_STAND = ("regime", "set", "level", "council_size", "sheets")
DECIMALS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A checked case: everything `evaluate` needs."""

    regime: Regime
    criteria_set: CriteriaSet
    level: str
    council_size: int
    bylaws: Bylaws
    sheets: Sequence[SheetOfMember]
    findings: Sequence[Finding]

    def result(self) -> Evaluation:
        """The result of the case."""
        return evaluate(
            self.regime,
            self.criteria_set,
            self.level,
            self.council_size,
            self.bylaws,
            self.sheets,
            self.findings,
        )


def read_case(source: str | bytes | Mapping[str, Any]) -> Case:
    """The case in a JSON text (UTF-8) or its mapping; CaseRefused for whatever the form does not know."""
    case = an_object(parsed(source) if isinstance(source, (str, bytes)) else source, "", CASE_KEYS, MUST_STAND)
    regime = _regime(case["regime"])
    criteria_set = _set(regime, case["set"])
    level = _level(regime, case["level"])
    council_size = a_whole(case["council_size"], "council_size", at_least=1)
    bylaws = _bylaws(case["bylaws"]) if "bylaws" in case else DEFAULT_BYLAWS
    sheets = _sheets(criteria_set, case["sheets"])
    findings = _findings(criteria_set, case["findings"]) if "findings" in case else ()
    if council_size < len(sheets):
        raise CaseRefused(
            f"Hội đồng có {council_size} thành viên mà có {len(sheets)} phiếu chấm; số phiếu không được nhiều hơn.",
            "council_size",
        )
    return Case(regime, criteria_set, level, council_size, bylaws, sheets, findings)


def run_case(case: Mapping[str, Any]) -> dict[str, object]:
    """The result of a case as JSON values; CaseRefused as `read_case` does."""
    return read_case(case).result().as_json()


def _regime(value: Any) -> Regime:
    code = a_text(value, "regime")
    if code not in codes():
        raise CaseRefused(f"Không có bộ quy định “{code}”; các bộ quy định: {', '.join(codes())}.", "regime")
    return read_regime(code)


def _set(regime: Regime, value: Any) -> CriteriaSet:
    number = a_whole(value, "set")
    numbers = set_files(regime.code)
    if number not in numbers:
        raise CaseRefused(
            f"{regime.short_name} không có bộ tiêu chí số {number}; "
            f"các bộ tiêu chí mang số từ {min(numbers)} đến {max(numbers)}.",
            "set",
        )
    criteria_set = read_set(regime.code, number)
    if not criteria_set.complete:
        raise CaseRefused(
            f"Bộ tiêu chí số {number} của {regime.short_name} chưa đủ điểm, chỉ dùng để xem kết quả cũ, không để chấm.",
            "set",
        )
    return criteria_set


def _level(regime: Regime, value: Any) -> str:
    code = a_text(value, "level")
    known = [level.code for level in regime.levels]
    if code not in known:
        raise CaseRefused(f"{regime.short_name} không có cấp “{code}”; các cấp: {', '.join(known)}.", "level")
    return code


def _bylaws(value: Any) -> Bylaws:
    given = an_object(value, "bylaws", BYLAWS_KEYS)
    read: dict[str, Any] = {name: BYLAWS_READERS[name](given[name], f"bylaws.{name}") for name in given}
    return Bylaws(**read)


def _quorum(value: Any, path: str) -> Fraction:
    quorum = an_exact(value, path)
    if not 0 < quorum <= 1:
        raise CaseRefused("Túc số phải lớn hơn 0 và không quá 1, ví dụ “0.75”.", path)
    return quorum


def _spread_limit(value: Any, path: str) -> Fraction:
    limit = an_exact(value, path)
    if limit < 0:
        raise CaseRefused("Mức chênh lệch điểm cho phép phải từ 0 trở lên, ví dụ “10”.", path)
    return limit


def _round_mean_to(value: Any, path: str) -> int | None:
    return None if value is None else a_whole(value, path, at_least=0, at_most=DECIMALS_AT_MOST)


def _minimums_on(value: Any, path: str) -> str:
    if not isinstance(value, str) or value not in MINIMUMS_ON:
        raise CaseRefused(f"Cách xét yêu cầu tối thiểu phải là một trong: {', '.join(MINIMUMS_ON)}.", path)
    return value


DEFAULT_BYLAWS = Bylaws()
BYLAWS_READERS: Mapping[str, Callable[[Any, str], Any]] = {
    "quorum": _quorum,
    "chair_must_vote": yes_or_no,
    "spread_limit": _spread_limit,
    "round_mean_to": _round_mean_to,
    "minimums_on": _minimums_on,
}


def _sheets(criteria_set: CriteriaSet, value: Any) -> list[SheetOfMember]:
    sheets: list[SheetOfMember] = []
    members: set[str] = set()
    chaired = False
    for place, row in enumerate(a_list(value, "sheets")):
        path = f"sheets[{place}]"
        sheet = an_object(row, path, SHEET_KEYS, ("member", "choices"))
        member = a_text(sheet["member"], f"{path}.member")
        if member in members:
            raise CaseRefused(f"Thành viên “{member}” có hai phiếu chấm; mỗi người một phiếu.", f"{path}.member")
        chair = yes_or_no(sheet.get("chair", False), f"{path}.chair")
        if chair and chaired:
            raise CaseRefused("Hội đồng chỉ có một Chủ tịch: hai phiếu cùng ghi “chair”: true.", f"{path}.chair")
        choices = an_object(sheet["choices"], f"{path}.choices")
        try:
            row_of(criteria_set, choices)
        except ChoiceRefused as refused:
            raise CaseRefused(refused.message, f"{path}.choices.{refused.code}") from None
        members.add(member)
        chaired = chaired or chair
        sheets.append(SheetOfMember(member, chair, choices))
    return sheets


def _findings(criteria_set: CriteriaSet, value: Any) -> list[Finding]:
    findings = []
    for place, row in enumerate(a_list(value, "findings")):
        path = f"findings[{place}]"
        finding = an_object(row, path, FINDING_KEYS, FINDING_KEYS)
        criterion = a_text(finding["criterion"], f"{path}.criterion")
        if criterion not in criteria_set.criteria:
            raise CaseRefused(f"Bộ tiêu chí {criteria_set.name} không có tiêu chí {criterion}.", f"{path}.criterion")
        findings.append(Finding(criterion, a_text(finding["reason"], f"{path}.reason")))
    return findings
