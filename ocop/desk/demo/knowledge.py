"""What a subject knows of itself: its papers in the wallet, and its answers in the interview."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ocop.desk.demo.papers import paper
from ocop.desk.demo.stage import Stage
from ocop.interview.actions import answer
from ocop.interview.queries import cards_of, sitting_of
from ocop.registration.models import Product, Subject
from ocop.wallet.actions import add_paper
from ocop.wallet.models import Paper

ANSWERS = Path(__file__).with_name("answers.yaml")


@cache
def told() -> dict[str, Any]:
    """The answers and papers as written."""
    content: dict[str, Any] = yaml.safe_load(ANSWERS.read_text(encoding="utf-8"))
    return content


def fill_wallet(stage: Stage, key: str, at: datetime, *, more: bool) -> list[Paper]:
    """The subject's papers, photographed once; some lapse before the batch is decided."""
    subject = stage.subjects[key]
    kept = []
    for row in told()["papers"] + (told()["more_papers"] if more else []):
        issued = stage.day - timedelta(days=row["issued"] + stage.rng.randrange(20))
        number = row.get("number", "").format(business_number=subject.business_number)
        issuer = row["issuer"].format(subject=subject.name)[:200]
        lines = [f"Số: {number}", f"Nơi cấp: {issuer}", f"Ngày cấp: {issued:%d/%m/%Y}", subject.address]
        kept.append(
            add_paper(
                subject=subject,
                upload=paper(row["title"], subject.name, lines),
                kind=row["kind"],
                title=row["title"],
                number=number,
                issuer=issuer,
                issued_on=min(issued, at.date()),
                expires_on=issued + timedelta(days=row["holds"]) if "holds" in row else None,
                by=stage.people[key],
                at=at,
            )
        )
    return kept


def answer_interview(stage: Stage, key: str, product: Product, at: datetime) -> None:
    """Everything that this product is asked, answered by the subject's own person."""
    sitting = sitting_of(product, stage.told["year"])
    assert sitting is not None, "a registered product sits for its programme"
    values: dict[str, Any] = {}
    for view in cards_of(sitting):
        for question, keys in view.asked:
            said = _said(question.code, product, stage.subjects[key])
            for place, name in enumerate(keys):
                one = said[place] if question.years and isinstance(said, list) else said
                if one is not None:
                    values[name] = one
    answer(subject=stage.subjects[key], product=product, year=sitting.year, values=values, by=stage.people[key], at=at)


def _said(code: str, product: Product, subject: Subject) -> Any:
    book = told()
    if code in book["by_kind"]:
        return book["by_kind"][code][subject.kind]
    said = book["personal"].get(code, book["answers"].get(code))
    if code in book["scaled"]:
        size = book["size"][subject.kind]
        return [_times(each, size) for each in said] if isinstance(said, list) else _times(said, size)
    return _put_in(said, product, subject)


def _times(figure: str, size: int) -> str:
    return str(int(figure.replace(".", "")) * size)


def _put_in(said: Any, product: Product, subject: Subject) -> Any:
    match said:
        case str():
            return said.replace("{product}", product.name).replace("{subject}", subject.name)
        case list():
            return [_put_in(each, product, subject) for each in said]
        case dict():
            return {name: _put_in(each, product, subject) for name, each in said.items()}
    return said
