"""Evidence of a dossier: papers of the wallet, what they prove, and where a paper is cited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.queries.law import criteria_of
from ocop.dossiers.queries.seen import visible_to
from ocop.dossiers.states import EDITABLE
from ocop.registration.models import Subject
from ocop.rubric.queries import measures_of, paper_kinds
from ocop.rubric.rules import Measure
from ocop.wallet.models import Paper

MOST_DRAFTS = 10


def live_evidence(dossier: Dossier) -> QuerySet[Evidence]:
    """The dossier's evidence that was not removed, with its papers and files."""
    return dossier.evidence.filter(removed_at__isnull=True).select_related("paper__file", "paper__added_by")


def renewals_of(subject: Subject) -> dict[int, Paper]:
    """The newest version of each of the subject's papers that was renewed, by the key of the older one."""
    newer = {
        paper.replaces_id: paper
        for paper in subject.papers.filter(replaces__isnull=False, withdrawn_at__isnull=True).select_related("file")
    }
    newest: dict[int, Paper] = {}
    for old, paper in newer.items():
        last = paper
        while last.pk in newer:
            last = newer[last.pk]
        newest[old] = last  # type: ignore[index]
    return newest


def proved_by(dossier: Dossier) -> Mapping[str, tuple[str, ...]]:
    """For each kind of paper, the criteria that it proves: by the evidence rows of the form, or by their measures."""
    criteria = criteria_of(dossier).criteria.values()
    measured = {
        code: {*measure.paper_codes, *measure.proof} if isinstance(measure, Measure) else set()
        for code, measure in measures_of(dossier.registration.set_version).criteria.items()
    }
    return {
        kind.code: tuple(
            criterion.code
            for criterion in criteria
            if kind.code in measured.get(criterion.code, ()) or set(kind.rows) & set(criterion.evidence)
        )
        for kind in paper_kinds().values()
    }


def uses_of(paper: Paper, user: User, day: date) -> list[Evidence]:
    """Where a paper is cited, in the dossiers that the person may open, newest dossier first."""
    seen = {dossier.pk: dossier for dossier in visible_to(user, day).filter(evidence__paper=paper)}
    rows = Evidence.objects.filter(paper=paper, removed_at__isnull=True, dossier__in=seen).order_by("-dossier_id")
    for row in rows:
        row.dossier = seen[row.dossier_id]
    return list(rows)


def could_cite(paper: Paper, user: User, day: date) -> list[Dossier]:
    """The subject's dossiers that are still being written and do not cite the paper, newest first."""
    citing = Evidence.objects.filter(paper=paper, removed_at__isnull=True).values("dossier")
    drafts = visible_to(user, day).filter(registration__product__subject=paper.subject_id, state__in=EDITABLE)
    return list(drafts.exclude(pk__in=citing)[:MOST_DRAFTS])
