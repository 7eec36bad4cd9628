"""A criteria set arranged for reading: as printed, with every doubt at its place and in one summary. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ocop.rubric.rules import CriteriaSet, Criterion, Group, Measure, Measures, Option, Part, Unmeasurable


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that differs from the print or looks wrong; `criterion` is empty when it concerns the whole set."""

    criterion: str
    option: int | None
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option as printed; `case` only where a new printed case begins."""

    number: int
    option: Option
    case: str
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class CriterionBlock:
    """A criterion as printed, with how it is measured; `heading` only where a printed heading above it begins."""

    criterion: Criterion
    measure: Measure | Unmeasurable
    heading: str
    options: tuple[OptionLine, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class GroupBlock:
    """A group with its criteria."""

    group: Group
    criteria: tuple[CriterionBlock, ...]


@dataclass(frozen=True, slots=True)
class PartBlock:
    """A part with its groups."""

    part: Part
    groups: tuple[GroupBlock, ...]


def doubts_of(criteria_set: CriteriaSet) -> tuple[Doubt, ...]:
    """Suspect places, then corrections, then criteria whose options the decision does not print."""
    found = [
        Doubt(
            str(entry.get("criterion", "")),
            _option(entry.get("option")),
            f"Nghi ngờ: {entry['where']}" if "where" in entry else "Nghi ngờ",
            str(entry["note"]),
        )
        for entry in criteria_set.suspects
    ]
    found += [
        Doubt(
            str(entry["criterion"]),
            _option(entry.get("option")),
            f"Đã sửa: nguồn in {entry['source_value']}, dùng {entry['used_value']}",
            str(entry["reason"]),
        )
        for entry in criteria_set.corrections
    ]
    found += [
        Doubt(criterion.code, None, "Phương án do chúng tôi đặt", criterion.options_derived)
        for criterion in criteria_set.criteria.values()
        if criterion.options_derived
    ]
    return tuple(found)


def _option(value: object) -> int | None:
    return value if isinstance(value, int) else None


def blocks_of(criteria_set: CriteriaSet, measures: Measures) -> tuple[PartBlock, ...]:
    """The set as printed, part by part."""
    doubts = doubts_of(criteria_set)
    return tuple(
        PartBlock(part, tuple(GroupBlock(group, _criteria(group, measures, doubts)) for group in part.groups))
        for part in criteria_set.parts
    )


def _criteria(group: Group, measures: Measures, doubts: tuple[Doubt, ...]) -> tuple[CriterionBlock, ...]:
    blocks, above = [], None
    for criterion in group.criteria:
        own = tuple(doubt for doubt in doubts if doubt.criterion == criterion.code)
        heading = criterion.parent_name if criterion.parent_name != above else None
        above = criterion.parent_name
        blocks.append(
            CriterionBlock(
                criterion=criterion,
                measure=measures.criteria[criterion.code],
                heading=heading or "",
                options=_options(criterion, own),
                doubts=tuple(doubt for doubt in own if doubt.option is None),
            )
        )
    return tuple(blocks)


def _options(criterion: Criterion, doubts: tuple[Doubt, ...]) -> tuple[OptionLine, ...]:
    lines, before = [], None
    for number, option in enumerate(criterion.options, start=1):
        case = option.case if option.case != before else None
        before = option.case
        lines.append(OptionLine(number, option, case or "", tuple(d for d in doubts if d.option == number)))
    return tuple(lines)
