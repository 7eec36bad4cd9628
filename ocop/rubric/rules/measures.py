"""Which option of a criterion the facts and papers support, and what an option still needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ocop.rubric.rules.conditions import AllOf, AnyOf, Bound, Condition, Holds, Known, Reading
from ocop.rubric.rules.facts import contradictions
from ocop.rubric.rules.measured import Measure, Unmeasurable
from ocop.rubric.rules.wording import now_words, support_words, wanted_words


@dataclass(frozen=True, slots=True)
class Support:
    """What the facts say of a criterion.

    `place` is the supported option from 1, None for none; `known` is false while a missing answer could still change
    it. `missing` are codes of answers; `contradictions` sentences about answers and lapsed papers; `unproven` kinds of
    paper that would prove what was answered and are not in the wallet.
    """

    place: int | None
    known: bool
    words: str
    missing: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    bound: str = ""
    unproven: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """Something still lacking for an option: `words` in plain Vietnamese, and the answers or papers concerned.

    `figure` says that no way round leads past a number that is too low (or not known): a paper alone changes nothing.
    `now` is that number today, where it is known.
    """

    words: str
    facts: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    figure: bool = False
    now: str = ""


def support(measure: Measure | Unmeasurable, known: Known) -> Support:
    """The highest option whose conditions all hold on what is known, with the sum; seams of the law go first."""
    if isinstance(measure, Unmeasurable):
        return Support(None, True, measure.reason)
    own = {code: known.facts[code] for code in _with_wholes(measure) if code in known.facts}
    lapsed = tuple(_lapsed(measure, known))
    wrong = contradictions(measure.facts, own, known.day)
    if wrong:
        said = tuple(contradiction.words for contradiction in wrong)
        return Support(None, True, "Số liệu mâu thuẫn nên chưa tính được.", (), said + lapsed, measure.bound)
    reading = Reading(known, measure.formulas, measure.facts)
    place, open_conditions, says = _decide(measure, reading)
    missing = tuple(
        dict.fromkeys(
            code
            for condition in open_conditions
            for name in reading.open_names(condition)
            for code in reading.missing(name)
        )
    )
    return Support(
        place=place,
        known=not open_conditions,
        words=support_words(measure, reading, place, missing, says),
        missing=missing,
        contradictions=lapsed,
        bound=measure.bound,
        unproven=tuple(_unproven(measure, known, place)),
    )


def needs(measure: Measure, known: Known, place: int) -> tuple[Need, ...]:
    """What is still lacking for that option; empty when its conditions hold."""
    reading = Reading(known, measure.formulas, measure.facts)
    return tuple(_needs(measure, reading, measure.options[place - 1]))


def _decide(measure: Measure, reading: Reading) -> tuple[int | None, list[Condition], str]:
    """The option, the conditions above it that are still open, and what a seam says."""
    for seam in measure.seams:
        if reading.truth(seam.when):
            return seam.place, [], seam.says
    still_open: list[Condition] = []
    for place in range(len(measure.options), 0, -1):
        condition = measure.options[place - 1]
        truth = reading.truth(condition)
        if truth and still_open and not _anything_known(measure, reading.known):
            return None, still_open, ""  # the lowest option holds for everybody: that alone says nothing
        if truth:
            return place, still_open, ""
        if truth is None:
            still_open.append(condition)
    return None, still_open, measure.otherwise


def _anything_known(measure: Measure, known: Known) -> bool:
    return any(code in known.facts for code in measure.codes) or any(known.holds(kind) for kind in measure.paper_codes)


def _with_wholes(measure: Measure) -> Iterator[str]:
    """The measure's facts and the wholes they are parts of."""
    for code in measure.codes:
        yield code
        base, _, period = code.partition(".")
        for whole in measure.facts[base].at_most:
            yield f"{whole}.{period}" if period else whole


def _unproven(measure: Measure, known: Known, place: int | None) -> Iterator[str]:
    if place is not None and measure.options[place - 1] != AllOf():
        yield from (kind for kind in measure.proof if not known.holds(kind))


def _lapsed(measure: Measure, known: Known) -> Iterator[str]:
    """Papers the measure asks for that have lapsed by the day, with nothing valid in their place."""
    for kind in measure.paper_codes:
        papers = [paper for paper in known.papers.get(kind, ()) if paper.expires_on is not None]
        if papers and not known.holds(kind):
            last = max(paper.expires_on for paper in papers if paper.expires_on is not None)
            if last < known.day:
                name = measure.papers[kind].name
                yield f"{name} hết hạn {last:%d/%m/%Y}, trước ngày {known.day:%d/%m/%Y}."


def _needs(measure: Measure, reading: Reading, condition: Condition) -> Iterator[Need]:
    if reading.truth(condition):
        return
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _needs(measure, reading, part)
        return
    if isinstance(condition, AnyOf):
        ways = [tuple(_needs(measure, reading, part)) for part in condition.parts]
        yield Need(
            words=" hoặc ".join(" và ".join(need.words for need in way) for way in ways),
            facts=tuple(dict.fromkeys(code for way in ways for need in way for code in need.facts)),
            papers=tuple(dict.fromkeys(code for way in ways for need in way for code in need.papers)),
            figure=all(any(need.figure for need in way) for way in ways),
        )
        return
    if isinstance(condition, Holds):
        names = " hoặc ".join(measure.papers[kind].short_name for kind in condition.kinds)
        yield Need(f"có {names} còn hạn", papers=condition.kinds)
        return
    formula = measure.formulas.get(condition.name)
    yield Need(
        wanted_words(measure, condition),
        facts=formula.codes if formula else (condition.name,),
        figure=isinstance(condition, Bound),
        now=now_words(measure, condition, reading) if isinstance(condition, Bound) else "",
    )
