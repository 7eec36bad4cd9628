"""Publishing the rule book: regimes, their criteria sets and how those are measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.errors import Refused
from ocop.core.search import fold
from ocop.regime.actions import publish_calendar, publish_regime
from ocop.regime.documents import Problem
from ocop.regime.models import CalendarVersion, RegimeVersion
from ocop.regime.rulebook import BOOK, as_json, fingerprint
from ocop.rubric.books import read_book
from ocop.rubric.checks import is_complete
from ocop.rubric.measures import contents_by_set
from ocop.rubric.models import CriteriaSetVersion, MeasuresVersion


class RuleBookRefused(Refused):
    """The rule book has problems; nothing was published."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"Bộ quy định có {len(problems)} lỗi nên chưa công bố gì.")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Publication:
    """What one publishing added; empty when the book had been published before."""

    regimes: tuple[RegimeVersion, ...]
    sets: tuple[CriteriaSetVersion, ...]
    calendars: tuple[CalendarVersion, ...] = ()
    measures: tuple[MeasuresVersion, ...] = ()


def publish_rulebook(*, book: Path = BOOK, by: User | None, at: datetime) -> Publication:
    """Publish what changed in the book as new versions; with any problem nothing is published."""
    found = read_book(book)
    if found.problems:
        raise RuleBookRefused(found.problems)
    with transaction.atomic():
        regimes = [publish_regime(regime.content, at=at) for regime in found.regimes if regime.content is not None]
        sets = [
            _publish_set(read.content, at=at)
            for regime in found.regimes
            if regime.content is not None
            for read in regime.sets
        ]
        calendars = [publish_calendar(content, at=at) for content in found.calendars]
        measures = [
            _publish_measures(content, at=at)
            for regime in found.regimes
            for content in contents_by_set(regime.measures).values()
        ]
        published = [version for version in [*regimes, *sets, *calendars, *measures] if version is not None]
        if published:
            record(
                act="publish_rulebook",
                words=f"Công bố {len(published)} bản quy định, bộ tiêu chí, cách tính và lịch nghỉ",
                on=published[0],
                facts={"sha256": [version.sha256 for version in published]},
                by=by,
                at=at,
            )
        return Publication(
            regimes=tuple(version for version in regimes if version is not None),
            sets=tuple(version for version in sets if version is not None),
            calendars=tuple(version for version in calendars if version is not None),
            measures=tuple(version for version in measures if version is not None),
        )


def _publish_measures(content: Mapping[str, Any], *, at: datetime) -> MeasuresVersion | None:
    regime_code, set_no, sha256 = content["regime"], content["set_no"], fingerprint(content)
    versions = MeasuresVersion.objects.filter(regime_code=regime_code, set_no=set_no).defer("content")
    latest = versions.order_by("-version").first()
    if latest is not None and latest.sha256 == sha256:
        return None
    return MeasuresVersion.objects.create(
        regime_code=regime_code,
        set_no=set_no,
        version=latest.version + 1 if latest else 1,
        sha256=sha256,
        content=as_json(content),
        published_at=at,
    )


def _publish_set(content: Mapping[str, Any], *, at: datetime) -> CriteriaSetVersion | None:
    regime_code, set_no, sha256 = content["regime"], content["set_no"], fingerprint(content)
    versions = CriteriaSetVersion.objects.filter(regime_code=regime_code, set_no=set_no).defer("content")
    latest = versions.order_by("-version").first()
    if latest is not None and latest.sha256 == sha256:
        return None
    if versions.filter(sha256=sha256).exists():
        raise Refused(
            f"Nội dung này của bộ {set_no} ({regime_code}) đã là một bản cũ; "
            "muốn dùng lại, hãy ghi lý do vào note rồi công bố."
        )
    subgroup = content.get("subgroup") or {}
    return CriteriaSetVersion.objects.create(
        regime_code=regime_code,
        set_no=set_no,
        version=latest.version + 1 if latest else 1,
        sha256=sha256,
        content=as_json(content),
        complete=is_complete(dict(content)),
        name=content["name"],
        sector=content["sector"]["name"],
        search=fold(content["name"], content["sector"]["name"], content["group"]["name"], subgroup.get("name", "")),
        published_at=at,
    )
