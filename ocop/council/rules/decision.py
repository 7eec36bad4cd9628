"""What the result means for the dossier: knocked out, sent up, recognised here, sent back, or no certificate."""

from __future__ import annotations

from collections.abc import Sequence

from ocop.regime.rules import Regime
from ocop.rubric.rules import CriteriaSet

from .stars import classify
from .tally import aggregate, refusals, tables_of
from .values import Bylaws, Decision, Evaluation, Finding, SheetOfMember, Stars, Tally
from .words import trace


def knock_outs(criteria_set: CriteriaSet, tally: Tally, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The council's findings, then the gated criteria to which more than half of the sheets give 0 points."""
    tables = tables_of(criteria_set)
    count = len(tally.rows)
    found = list(findings)
    for place in tables.gates:
        zeros = sum(row[place] == 0 for row in tally.rows)
        if 2 * zeros > count:
            reason = f"{zeros}/{count} phiếu chấm 0 điểm, quá nửa số phiếu"
            found.append(Finding(tables.criteria[place].code, reason))
    return tuple(found)


def outcome(
    regime: Regime, level: str, refused: Sequence[str], knocked_out: Sequence[Finding], stars: Stars | None
) -> Decision:
    """The first that applies: not final, rejected, forward, recognise, return, no certificate (QĐ 26 Art. 4, 7)."""
    if refused or stars is None:
        return Decision("not_final")
    if knocked_out:
        return Decision("rejected")
    here = regime.level(level)
    if here.forward_from is not None and stars.mean >= here.forward_from:
        return Decision("forward", forward_to=here.forward_to)
    recogniser = regime.recogniser_of(stars.star)
    if recogniser is None:
        return Decision("no_certificate")
    return Decision("recognise" if recogniser.code == level else "return", decided_by=recogniser.code)


def evaluate(
    regime: Regime,
    criteria_set: CriteriaSet,
    level: str,
    council_size: int,
    bylaws: Bylaws,
    sheets: Sequence[SheetOfMember],
    findings: Sequence[Finding] = (),
) -> Evaluation:
    """The result of one dossier: the same sheets, set and bylaws give the same result, with its reasons in words."""
    tally = aggregate(criteria_set, sheets)
    refused = refusals(bylaws, council_size, tally)
    stars = classify(regime, criteria_set, bylaws, tally)
    knocked_out = knock_outs(criteria_set, tally, findings)
    decision = outcome(regime, level, refused, knocked_out, stars)
    final = decision.outcome != "not_final"
    ranked = stars if final and decision.outcome != "rejected" else None
    return Evaluation(
        regime=regime.code,
        set_no=criteria_set.set_no,
        level=level,
        sheets=tally.sheets,
        mean=tally.mean,
        parts=tally.parts,
        spread=tally.spread,
        refusals=refused,
        star_by_points=stars.by_points if final and stars else None,
        star=ranked.star if ranked else None,
        missed_minimums=ranked.missed if ranked else (),
        knock_outs=knocked_out,
        outcome=decision.outcome,
        decided_by=decision.decided_by,
        forward_to=decision.forward_to,
        trace=trace(regime, criteria_set, level, council_size, bylaws, tally, refused, stars, knocked_out, decision),
    )
