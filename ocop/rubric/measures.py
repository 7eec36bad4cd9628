"""The catalogues of questions and papers, and measures as published, read into values. Pure: no Django, no database.

A file that `ocop.rubric.checks.measures` accepts parses; what it refuses may fail here with KeyError or TypeError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from ocop.regime.rulebook import load_yaml
from ocop.rubric.rules.conditions import AllOf, Among, AnyOf, Bound, Condition, Formula, Holds
from ocop.rubric.rules.facts import FactKind, PaperKind
from ocop.rubric.rules.measured import Measure, Measures, Seam, Unmeasurable
from ocop.rubric.rules.sets import CriteriaSet

CATALOGUES = Path(__file__).parent / "book"
FACTS_FILE, PAPERS_FILE = CATALOGUES / "facts.yaml", CATALOGUES / "paper_kinds.yaml"
NOT_WRITTEN = Unmeasurable("Chưa ghi cách tính cho tiêu chí này.")
FORMULAS = ("share", "difference", "sum", "months_since")


@lru_cache(maxsize=1)
def fact_catalogue() -> Mapping[str, FactKind]:
    """The shipped catalogue of questions by code, in its order."""
    return parse_facts(load_yaml(FACTS_FILE))


@lru_cache(maxsize=1)
def paper_catalogue() -> Mapping[str, PaperKind]:
    """The shipped catalogue of kinds of paper by code, in its order."""
    return parse_papers(load_yaml(PAPERS_FILE))


def parse_facts(mapping: Mapping[str, Any]) -> dict[str, FactKind]:
    """The questions that a checked file describes."""
    return {
        row["code"]: FactKind(
            code=row["code"],
            about=row["about"],
            ask=row["ask"],
            unit=row["unit"],
            scope=row["scope"],
            help=row.get("help", ""),
            years=row.get("years", 0),
            negative=row.get("negative", False),
            options=row.get("options", {}),
            only_when={code: tuple(values) for code, values in row.get("only_when", {}).items()},
            at_most=tuple(row.get("at_most", ())),
            counted_in=row.get("counted_in", ""),
            mark=row["mark"],
        )
        for row in mapping["facts"]
    }


def parse_papers(mapping: Mapping[str, Any]) -> dict[str, PaperKind]:
    """The kinds of paper that a checked file describes."""
    return {
        row["code"]: PaperKind(
            code=row["code"],
            name=row["name"],
            rows=tuple(row["rows"]),
            number=row["number"],
            expires=row["expires"],
            issuer_hint=row["issuer_hint"],
            months=row.get("months"),
            help=row.get("help", ""),
            example=row.get("example", ""),
            mark=row["mark"],
        )
        for row in mapping["kinds"]
    }


def contents_by_set(files: Iterable[Mapping[str, Any]]) -> dict[int, dict[str, Any]]:
    """Checked files of a regime turned into one content per set: its measures with the criteria they hold for."""
    contents: dict[int, dict[str, Any]] = {}
    for mapping in files:
        for key in ("measures", "unmeasurable"):
            for row in mapping.get(key, ()):
                for set_no, codes in _by_set(row["places"]).items():
                    content = contents.setdefault(
                        set_no, {"regime": mapping["regime"], "set_no": set_no, "measures": [], "unmeasurable": []}
                    )
                    own = {name: value for name, value in row.items() if name != "places"}
                    content[key].append({**own, "criteria": codes})
    return dict(sorted(contents.items()))


def _by_set(places: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for place in places:
        number, _, code = place.partition(":")
        found.setdefault(int(number), []).append(code)
    return found


def parse_measures(content: Mapping[str, Any], criteria_set: CriteriaSet) -> Measures:
    """How each criterion of the set is measured, by a content of `contents_by_set` (perhaps back from JSON)."""
    found: dict[str, Measure | Unmeasurable] = {}
    for row in content["unmeasurable"]:
        for code in row["criteria"]:
            found[code] = Unmeasurable(row["reason"], row.get("mark", "R"))
    for row in content["measures"]:
        for code in row["criteria"]:
            criterion = criteria_set.criteria.get(code)
            if criterion is not None and len(criterion.options) == len(row["options"]):
                found[code] = parse_measure(row, tuple(option.label for option in criterion.options))
    return Measures({code: found.get(code, NOT_WRITTEN) for code in criteria_set.criteria})


def parse_measure(row: Mapping[str, Any], labels: tuple[str, ...]) -> Measure:
    """One measure, with the catalogue entries that it uses."""
    options = {int(place): condition_of(written) for place, written in row["options"].items()}
    return Measure(
        code=row["code"],
        about=row["about"],
        mark=row["mark"],
        options=tuple(options[place] for place in sorted(options)),
        labels=labels,
        formulas={name: formula_of(written) for name, written in sorted(row.get("values", {}).items())},
        seams=tuple(Seam(condition_of(seam["when"]), seam["place"], seam["says"]) for seam in row.get("seams", ())),
        otherwise=row.get("otherwise", ""),
        proof=tuple(row.get("proof", ())),
        bound=next((key for key in ("at_most", "at_least") if key in row), ""),
        rest=row.get("at_most", row.get("at_least", "")),
        facts=fact_catalogue(),
        papers=paper_catalogue(),
    )


def formula_of(written: Mapping[str, Any]) -> Formula:
    """`{share: [a, b]}` and its like."""
    ((kind, codes),) = written.items()
    return Formula(kind, (codes,) if isinstance(codes, str) else tuple(codes))


def condition_of(written: Mapping[str, Any]) -> Condition:
    """A condition as written; several keys must all hold."""
    # In an order of our own, papers first: a database may give the keys back in any.
    ordered = sorted(written.items(), key=lambda item: (item[0] != "paper", item[0]))
    parts = tuple(_part(name, value) for name, value in ordered)
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _part(name: str, value: Any) -> Condition:
    if name == "paper":
        return Holds((value,) if isinstance(value, str) else tuple(value))
    if name == "any_of":
        return AnyOf(tuple(condition_of(part) for part in value))
    if name == "all_of":
        return AllOf(tuple(condition_of(part) for part in value))
    if isinstance(value, bool):
        return Among(name, (value,))
    if isinstance(value, list):
        return Among(name, tuple(value))
    exact = {key: Fraction(str(number)) for key, number in value.items()}
    if "is" in exact:
        return Bound(name, exact["is"], exact["is"])
    return Bound(
        name=name,
        least=exact.get("above", exact.get("from")),
        most=exact.get("below", exact.get("to")),
        least_open="above" in exact,
        most_open="below" in exact,
    )
