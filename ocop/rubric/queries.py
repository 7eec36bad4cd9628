"""Reading published criteria sets, their measures, and the shipped catalogues of questions and papers."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, QuerySet

from ocop.core.search import matching
from ocop.rubric import measures
from ocop.rubric.models import CriteriaSetVersion, MeasuresVersion
from ocop.rubric.rulebook import parse_set
from ocop.rubric.rules import CriteriaSet, FactKind, Measures, PaperKind, Unmeasurable

_parsed: dict[str, CriteriaSet] = {}  # by fingerprint: a published content never changes
_measures: dict[tuple[str, str], Measures] = {}  # by the fingerprints of the set and of its measures


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


def fact_catalogue() -> Mapping[str, FactKind]:
    """Every question a criterion can be measured by, by code, in the order of the catalogue."""
    return measures.fact_catalogue()


def paper_kinds() -> Mapping[str, PaperKind]:
    """Every kind of paper a subject keeps, by code, in the order of the catalogue."""
    return measures.paper_catalogue()


def measures_of(version: CriteriaSetVersion) -> Measures:
    """How each criterion of the set is measured today: one query; a regime without measures measures nothing."""
    published = MeasuresVersion.objects.filter(regime_code=version.regime_code, set_no=version.set_no)
    newest = published.order_by("-version").values_list("pk", "sha256").first()
    rules = as_rules(version)
    if newest is None:
        reason = Unmeasurable("Quy định này chỉ để đọc, không tính từ số liệu.")
        return Measures(dict.fromkeys(rules.criteria, reason))
    key = (version.sha256, newest[1])
    found = _measures.get(key)
    if found is None:
        content = MeasuresVersion.objects.values_list("content", flat=True).get(pk=newest[0])
        found = _measures[key] = measures.parse_measures(content, rules)
    return found
