"""Rows of papers ready for the templates: those the dossier cites, and those of the wallet it could cite."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.rules import evidence_field
from ocop.dossiers.views.cards import file_of, typed_words
from ocop.rubric.rules import CriteriaSet
from ocop.wallet.models import Paper
from ocop.wallet.queries import Judged, kind_of, light_of

MOST_TAPS = 4  # buttons “Viện dẫn cho …” of one paper


def shown_in_dossier(
    dossier: Dossier,
    rows: Iterable[Evidence],
    criteria_set: CriteriaSet,
    *,
    day: date,
    judged: Judged,
    renewals: Mapping[int, Paper],
) -> list[dict[str, Any]]:
    """The cited papers as the evidence page shows them, with their light and whether a newer version is there."""
    return [
        {
            **file_of(dossier, row),
            **_paper(row.paper, day, judged, called=row.title),
            "criteria": [f"{code} {criteria_set.criteria[code].name}" for code in row.cites],
            "renewed": renewals.get(row.paper_id),
            "typed": typed_words(dossier.typed.get(evidence_field(row.pk))),
        }
        for row in rows
    ]


def offered(
    papers: Iterable[Paper],
    cited: Sequence[Evidence],
    proves: Mapping[str, Sequence[str]],
    *,
    day: date,
    judged: Judged,
    criteria_set: CriteriaSet,
    about: str = "",
) -> list[dict[str, Any]]:
    """The wallet's papers that the dossier does not cite yet for what they prove: first what lacks evidence so far.

    `about` is the criterion the person came from: what proves it stands first, and every paper may be cited for it.
    """
    known, criteria = {row.paper_id: row for row in cited}, criteria_set.criteria
    covered = {code for row in cited for code in row.cites}
    rows = []
    for paper in papers:
        has = known[paper.pk].cites if paper.pk in known else []
        proved = [code for code in proves.get(paper.kind, ()) if code not in has]
        if paper.pk in known and not proved:
            continue
        rows.append(
            {
                **_paper(paper, day, judged, called=paper.title),
                "pk": paper.pk,
                "name": paper.title,
                "cited": paper.pk in known,
                "taps": [
                    criteria[code]
                    for code in sorted(proved, key=lambda code: (code != about, code in covered))[:MOST_TAPS]
                ],
                "lacks": any(code not in covered for code in proved),
                "other": criteria.get(about) if about not in proved and about not in has else None,
                "proves": about in proved,
            }
        )
    return sorted(rows, key=lambda row: (not row["proves"], not row["lacks"], not row["taps"]))


def _paper(paper: Paper, day: date, judged: Judged, *, called: str) -> dict[str, Any]:
    """What stands on a paper, and its light; the name of its kind where the paper is `called` otherwise."""
    kind = kind_of(paper)
    said = [
        "Chưa ghi loại giấy" if kind is None else kind.name if kind.name != called else "",
        f"số {paper.number}" if paper.number else "",
        paper.issuer,
        f"cấp ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else "",
    ]
    return {
        "facts": " · ".join(words for words in said if words),
        "light": light_of(paper, day, judged),
        "paper": paper.pk,
        "unnamed": kind is None,
    }
