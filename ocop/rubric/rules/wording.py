"""The sum of a measure and what an option still needs, in plain Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ocop.rubric.rules.conditions import Among, Bound, Formula, Known, PaperFact, Reading
from ocop.rubric.rules.facts import FactValue, about_words, fact_words, number_words, unit_words
from ocop.rubric.rules.measured import Measure

FORMULA_UNITS = {"share": " %", "months_since": " tháng"}
LONGEST_LABEL = 110  # letters of an option's label inside a sentence


def support_words(measure: Measure, reading: Reading, place: int | None, missing: tuple[str, ...], says: str) -> str:
    """The sum, the option it supports, what a seam says, and which answers are missing."""
    sums = "; ".join(_sums(measure, reading))
    if place is None:
        result = "" if missing else says or "không mức nào của luật"
    else:
        bound = {"at_most": "nhiều nhất ", "at_least": "ít nhất "}.get(measure.bound, "")
        if missing and not bound:
            bound = "tạm tính "
        result = f"{bound}mức {place}: {_short(measure.labels[place - 1])}"
    if place is not None and says:
        result = f"{result}. {says}"
    words = " → ".join(part for part in (sums, result) if part)
    if missing:
        asked = ", ".join(about_words(measure.facts, code) for code in missing)
        words = ". ".join(part for part in (words, f"Còn thiếu: {asked}") if part)
    return words[:1].upper() + words[1:]


def _sums(measure: Measure, reading: Reading) -> Iterator[str]:
    computed = {code for formula in measure.formulas.values() for code in formula.codes}
    for name in measure.names:
        values, formula = reading.answers(name), measure.formulas.get(name)
        if not values or name in computed:
            continue
        if formula is None:
            kind = measure.facts[name.partition(".")[0]]
            counted = unit_words(measure.facts, reading.known.facts, kind)
            yield f"{about_words(measure.facts, name)}: {fact_words(kind, values[0], counted)}"
        else:
            yield _sum(measure, formula, values, reading.known)
    for code in measure.paper_codes:
        valid = [paper for paper in reading.known.papers.get(code, ()) if paper.valid_on(reading.known.day)]
        if valid:
            yield f"có {measure.papers[code].short_name}{_until(valid)}"


def _sum(measure: Measure, formula: Formula, values: tuple[FactValue, ...], known: Known) -> str:
    figure = formula.of(values, known.day)
    kind = measure.facts[formula.codes[0].partition(".")[0]]
    counted = unit_words(measure.facts, known.facts, kind)
    abouts = [about_words(measure.facts, code) for code in formula.codes]
    shown = [
        f"{value:%d/%m/%Y}" if isinstance(value, date) else number_words(value)
        for value in values
        if not isinstance(value, str)
    ]
    if figure is None:
        return f"chưa có {abouts[-1]} để tính"
    if formula.kind == "share":
        return f"{shown[0]}/{shown[1]}{counted} {abouts[0]} = {number_words(figure)} %"
    if formula.kind == "months_since":
        return f"{abouts[0]} {shown[0]}: đã {number_words(figure)} tháng"
    if formula.kind == "sum":
        return f"{' + '.join(abouts)}: {' + '.join(shown)} = {number_words(figure)}{counted}"
    change = "tăng" if figure > 0 else "giảm" if figure < 0 else "không tăng, không giảm"
    by = f" {fact_words(kind, abs(figure), counted)}" if figure else ""
    first, second = (fact_words(kind, value, counted) for value in values)
    return f"{abouts[0]} {first}, {abouts[1]} {second}: {change}{by}"


def _until(papers: list[PaperFact]) -> str:
    if any(paper.expires_on is None for paper in papers):
        return ""
    last = max(paper.expires_on for paper in papers if paper.expires_on is not None)
    return f" (hạn đến {last:%d/%m/%Y})"


def _short(label: str) -> str:
    label = label.strip().rstrip(".;")
    return label if len(label) <= LONGEST_LABEL else label[:LONGEST_LABEL].rsplit(" ", 1)[0] + "…"


def wanted_words(measure: Measure, condition: Bound | Among) -> str:
    """What a condition on an answer or a figure asks for."""
    formula = measure.formulas.get(condition.name)
    if isinstance(condition, Among):
        kind, about = measure.facts[condition.name], about_words(measure.facts, condition.name)
        if kind.unit == "yes_no":
            return f"có {about}" if True in condition.values else f"không {about}"
        return f"{about}: {' hoặc '.join(fact_words(kind, value) for value in condition.values)}"
    if formula is None:
        kind, about = measure.facts[condition.name.partition(".")[0]], about_words(measure.facts, condition.name)
        return f"{about} {_range(condition, '' if kind.unit != 'percent' else ' %')}"
    about = about_words(measure.facts, formula.codes[0])
    if formula.kind == "share":
        return f"{about} {_range(condition, ' %')} (tính trên {about_words(measure.facts, formula.codes[1])})"
    if formula.kind == "months_since":
        return f"{about}: đã {_range(condition, ' tháng')}"
    if formula.kind == "sum":
        return f"{' + '.join(about_words(measure.facts, code) for code in formula.codes)} {_range(condition, '')}"
    return f"{about} cao hơn {about_words(measure.facts, formula.codes[1])}"


def now_words(measure: Measure, condition: Bound, reading: Reading) -> str:
    """The figure a condition looks at as it is today; empty while it is unknown, and for a comparison of two years."""
    formula, figure = measure.formulas.get(condition.name), reading.figure(condition.name)
    if figure is None or isinstance(figure, (str, date)) or (formula is not None and formula.kind == "difference"):
        return ""
    if formula is not None and formula.kind in FORMULA_UNITS:
        return f"{number_words(figure)}{FORMULA_UNITS[formula.kind]}"
    kind = measure.facts[(formula.codes[0] if formula else condition.name).partition(".")[0]]
    return fact_words(kind, figure, unit_words(measure.facts, reading.known.facts, kind))


def _range(bound: Bound, unit: str) -> str:
    words = []
    if bound.least is not None:
        words.append(f"{'trên' if bound.least_open else 'từ'} {number_words(bound.least)}{unit}")
    if bound.most is not None:
        words.append(f"{'dưới' if bound.most_open else 'đến'} {number_words(bound.most)}{unit}")
    return " ".join(words) + (" trở lên" if bound.most is None and not bound.least_open else "")
