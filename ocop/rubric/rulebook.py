"""The criteria sets shipped with the program, read from `rulebook/<code>/sets/NN-….yaml`. Pure: no Django.

A file that `ocop.rubric.checks` accepts parses; what it refuses may fail here with KeyError or TypeError.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ocop.regime.rulebook import BOOK, load_yaml
from ocop.regime.rulebook import codes as regime_codes
from ocop.rubric.rules import CriteriaSet, Criterion, Group, Option, Part

NOTES = ("note", "classification_note", "evidence_note", "effective_to_note")


@lru_cache(maxsize=32)
def set_files(regime_code: str) -> Mapping[int, Path]:
    """The shipped set files of a regime by set number, in order; KeyError when there is no such regime."""
    if regime_code not in regime_codes():
        raise KeyError(regime_code)
    return {int(path.name[:2]): path for path in sorted((BOOK / regime_code / "sets").glob("[0-9][0-9]-*.yaml"))}


@lru_cache(maxsize=256)
def read_set(regime_code: str, set_no: int) -> CriteriaSet:
    """The shipped set of that regime and number; KeyError when there is none."""
    return parse_set(load_yaml(set_files(regime_code)[set_no]))


def parse_set(mapping: Mapping[str, Any]) -> CriteriaSet:
    """The criteria set that a checked file describes."""
    places = iter(range(10_000))
    parts = tuple(
        Part(part["code"], part["name"], part["max_points"], tuple(_groups(part, places))) for part in mapping["parts"]
    )
    return CriteriaSet(
        code=mapping["code"],
        regime=mapping.get("regime", ""),
        set_no=mapping["set_no"],
        name=mapping["name"],
        parts=parts,
        complete=mapping.get("complete", True),
        total_points=mapping["totals"]["total"],
        sector=mapping["sector"]["name"],
        group_name=mapping["group"]["name"],
        subgroup=(mapping.get("subgroup") or {}).get("name", ""),
        ministries=tuple(mapping["managing_ministry"]),
        legal_basis=mapping["legal_basis"],
        source=mapping["source"],
        confidence=mapping["confidence"],
        missing=tuple(mapping.get("missing", ())),
        corrections=tuple(mapping.get("corrections", ())),
        suspects=tuple(mapping.get("suspect", ())),
        rejected_when=tuple(mapping.get("dossier_rejected_when", ())),
        criteria={criterion.code: criterion for part in parts for group in part.groups for criterion in group.criteria},
        header_line=mapping.get("header_line", ""),
        star_marker_rule=mapping.get("star_marker_rule", ""),
        notes=tuple(mapping[key] for key in NOTES if key in mapping),
    )


def _groups(part: Mapping[str, Any], places: Iterator[int]) -> Iterator[Group]:
    for group in part["groups"]:
        yield Group(
            code=group["code"],
            name=group["name"],
            max_points=group["max_points"],
            criteria=tuple(_criterion(row, part["code"], group["code"], next(places)) for row in group["criteria"]),
            notes=tuple(group.get("notes", ())),
        )


def _criterion(row: Mapping[str, Any], part: str, group: str, place: int) -> Criterion:
    return Criterion(
        code=row["code"],
        name=row["name"],
        max_points=row["max_points"],
        options=tuple(
            Option(
                label=option["label"],
                points=option["points"],
                min_for_star=option.get("min_for_star"),
                case=option.get("case"),
                suspect=option.get("suspect"),
            )
            for option in row["options"]
        ),
        part=part,
        group=group,
        place=place,
        evidence=tuple(row.get("evidence", ())),
        notes=tuple(row.get("notes", ())),
        requirement=row.get("requirement"),
        gating=row.get("gating", False),
        gating_rule=row.get("gating_rule"),
        options_derived=row.get("options_derived"),
        parent_name=f"{row['parent']['code']}. {row['parent']['name']}" if "parent" in row else None,
    )
