"""The regimes shipped with the program, read from `rulebook/<code>/regime.yaml`. Pure: no Django, no database.

A file that `ocop.regime.checks` accepts parses; what it refuses may fail here with KeyError or TypeError.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from ocop.regime.rules import (
    Band,
    BatchDates,
    CertificateRules,
    Clock,
    Consequence,
    Content,
    DossierKind,
    Form,
    ForwardPart,
    IntakeStep,
    Level,
    ReceiptRules,
    Regime,
    Samples,
    Tasting,
    TimeLimit,
    Update,
    Verdict,
    Window,
)

BOOK = Path(__file__).parent / "rulebook"


class RuleBookLoader(yaml.CSafeLoader):
    """YAML without the surprises: dates stay text (the file is also kept as JSON) and `<<` is a plain key."""


RuleBookLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":merge"))]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def load_yaml(path: Path) -> Any:
    """The content of a rule book file that has been checked before (`documents.read_document` is the guarded door)."""
    loader = RuleBookLoader(path.read_bytes())
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


def as_json(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as the database gives it back: every key is text."""
    mapping: dict[str, Any] = json.loads(json.dumps(content))
    return mapping


def fingerprint(content: Mapping[str, Any]) -> str:
    """The SHA-256 of what the file says; comments, order of keys and line breaks do not count."""
    canonical = json.dumps(as_json(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


@lru_cache(maxsize=1)
def codes() -> tuple[str, ...]:
    """The codes of the shipped regimes, the newest law first."""
    found = [path.parent.name for path in BOOK.glob("*/regime.yaml")]
    return tuple(sorted(found, key=lambda code: read_regime(code).in_force_from, reverse=True))


@lru_cache(maxsize=32)
def read_regime(code: str) -> Regime:
    """The shipped regime of that code; KeyError when there is none."""
    if code not in {path.name for path in BOOK.iterdir()}:
        raise KeyError(code)
    return parse_regime(load_yaml(BOOK / code / "regime.yaml"))


def parse_regime(mapping: Mapping[str, Any]) -> Regime:
    """The regime that a checked file describes."""
    in_force = mapping["in_force"]
    certificate, samples = mapping["certificate"], mapping["samples"]
    return Regime(
        code=mapping["code"],
        name=mapping["name"],
        short_name=mapping["short_name"],
        in_force_from=date.fromisoformat(in_force["from"]),
        in_force_to=date.fromisoformat(in_force["to"]) if in_force["to"] else None,
        bands=tuple(Band(row["star"], row["from"]) for row in mapping["stars"]),
        levels=tuple(_level(row) for row in mapping["levels"]),
        intake=tuple(_step(row) for row in mapping["intake"]),
        first_council=mapping["first_council"],
        dossier_kinds=tuple(
            DossierKind(
                row["code"],
                row["name"],
                row["changes_required"],
                row.get("recognition_required", False),
                row.get("window", ""),
                row.get("written_opinion", ""),
            )
            for row in mapping["dossier_kinds"]
        ),
        forms=tuple(Form(row["code"], row["name"], row["mark"]) for row in mapping["forms"]),
        forward_parts=tuple(
            ForwardPart(row["code"], row["name"], row.get("optional", False)) for row in mapping["forward_parts"]
        ),
        samples=Samples(samples["count"], tuple(samples["except_sets"])),
        certificate=CertificateRules(
            certificate["name"], certificate["valid_months"], certificate["product_code"], certificate["number"]
        ),
        windows=tuple(
            Window(
                row["code"],
                row["name"],
                row["days_before_expiry_from"],
                row["days_before_expiry_to"],
                row.get("article", ""),
                row.get("late", ""),
            )
            for row in mapping["windows"]
        ),
        batches=tuple(_batch(row) for row in mapping["batches"]),
        clocks=tuple(_limit(row) for row in mapping.get("clocks", ())),
        transitions=tuple(_limit(row) for row in mapping.get("transitions", ())),
        set_count=mapping["set_count"],
        receipts=tuple(
            ReceiptRules(row["code"], row["name"], row["number"], row.get("article", ""), row["mark"])
            for row in mapping.get("receipts", ())
        ),
        updates=tuple(
            Update(
                row["code"],
                row["name"],
                tuple(row.get("answers", ())),
                tuple(row.get("papers", ())),
                row.get("article", ""),
                row["mark"],
            )
            for row in mapping.get("updates", ())
        ),
        tasting=tuple(Tasting(tuple(row["sets"]), row["group"], row["mark"]) for row in mapping.get("tasting", ())),
        consequences=tuple(
            Consequence(row["code"], row["name"], row.get("article", ""), row["mark"])
            for row in mapping.get("consequences", ())
        ),
        mapping=mapping,
    )


def _level(row: Mapping[str, Any]) -> Level:
    forward = row["forward"] or {"from": None, "to": None}
    return Level(
        code=row["code"],
        name=row["name"],
        council=row["council"],
        authority=row["authority"],
        recognises=tuple(row["recognises"]),
        forward_from=forward["from"],
        forward_to=forward["to"],
        article=row["article"],
        mark=row["mark"],
    )


def _step(row: Mapping[str, Any]) -> IntakeStep:
    return IntakeStep(
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        at=row["at"],
        by=row["by"],
        clock=Clock(row["clock"]["days"], row["clock"]["counting"]) if row["clock"] else None,
        contents=tuple(_content(content) for content in row["contents"]),
        form=row["form"],
        article=row["article"],
        mark=row["mark"],
        verdicts=tuple(Verdict(each["code"], each["name"], each["mark"]) for each in row.get("verdicts", ())),
        letter=row.get("letter"),
        checks=tuple(row.get("checks", ())),
    )


def _content(row: Mapping[str, Any]) -> Content:
    stated = row.get("statement", {})
    return Content(
        code=row["code"],
        name=row["name"],
        questions=tuple(stated.get("questions", ())),
        facts=tuple(stated.get("facts", ())),
        criteria=tuple(stated.get("criteria", ())),
        mark=stated.get("mark", ""),
    )


def _batch(row: Mapping[str, Any]) -> BatchDates:
    return BatchDates(
        level=row["level"],
        number=row["number"],
        name=row["name"],
        submit_before=day_and_month(row["submit_before"]),
        finish_before=day_and_month(row["finish_before"]),
        article=row["article"],
        mark=row["mark"],
    )


def _limit(row: Mapping[str, Any]) -> TimeLimit:
    return TimeLimit(
        code=row["code"],
        name=row["name"],
        clock=Clock(row["days"], row["counting"]),
        since=row["since"],
        article=row["article"],
        mark=row["mark"],
    )


def day_and_month(text: str | None) -> tuple[int, int] | None:
    """`'30/4'` as (30, 4); None stays None."""
    if text is None:
        return None
    day, month = text.split("/")
    return int(day), int(month)
