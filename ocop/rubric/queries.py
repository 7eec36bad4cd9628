"""Reading published criteria sets."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from ocop.core.search import matching
from ocop.rubric.models import CriteriaSetVersion
from ocop.rubric.rulebook import parse_set
from ocop.rubric.rules import CriteriaSet

_parsed: dict[str, CriteriaSet] = {}  # by fingerprint: a published content never changes


def as_rules(version: CriteriaSetVersion) -> CriteriaSet:
    """The criteria set that the version holds; parsed once a process."""
    rules = _parsed.get(version.sha256)
    if rules is None:
        rules = _parsed[version.sha256] = parse_set(version.content)
    return rules


def current_set(regime_code: str, set_no: int) -> CriteriaSetVersion:
    """The version in use of a set; CriteriaSetVersion.DoesNotExist when none is published."""
    return CriteriaSetVersion.objects.filter(regime_code=regime_code, set_no=set_no).latest("version")


def all_sets() -> QuerySet[CriteriaSetVersion]:
    """The version in use of every set, without contents, in the order of the annex."""
    newer = CriteriaSetVersion.objects.filter(
        regime_code=OuterRef("regime_code"), set_no=OuterRef("set_no"), version__gt=OuterRef("version")
    )
    return CriteriaSetVersion.objects.filter(~Exists(newer)).defer("content").order_by("regime_code", "set_no")


def sets_of(regime_code: str) -> QuerySet[CriteriaSetVersion]:
    """The version in use of every set of a regime, without contents, in the order of the annex."""
    return all_sets().filter(regime_code=regime_code)


def sets_found(query: str) -> QuerySet[CriteriaSetVersion]:
    """The sets of every regime whose name or group of products holds every word of `query`, accents aside."""
    return all_sets().filter(matching(query))
