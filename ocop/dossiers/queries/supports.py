"""What the answers and papers support of each criterion, beside what the subject claims."""

from __future__ import annotations

from typing import Any, NamedTuple

from ocop.dossiers.models import Dossier
from ocop.dossiers.queries.law import judged_on
from ocop.interview.queries import known_for
from ocop.rubric.models import MeasuresVersion
from ocop.rubric.queries import measures_of
from ocop.rubric.rules import Measure, Support, Unmeasurable, support


class Weighed(NamedTuple):
    """How a criterion is measured, and what the answers and papers say of it."""

    measure: Measure | Unmeasurable
    support: Support

    @property
    def ceiling(self) -> int | None:
        """The option above which a claim is warned of (0 for none at all); None where no figure bounds the claim."""
        said = self.support
        certain = said.known and not (said.place is None and said.contradictions)
        if isinstance(self.measure, Unmeasurable) or not certain or said.bound == "at_least":
            return None
        return said.place or 0


def weighed(dossier: Dossier) -> dict[str, Weighed]:
    """Each criterion of the dossier's set on the day its papers have to hold."""
    registration = dossier.registration
    batch = registration.batch
    known = known_for(registration.product, batch.programme.year, judged_on(batch).day)
    measures = measures_of(registration.set_version)
    return {code: Weighed(measure, support(measure, known)) for code, measure in measures.criteria.items()}


def frozen_supports(dossier: Dossier) -> dict[str, Any]:
    """What was supported when the dossier was handed in, and by which version of the measures; for its submission."""
    version = dossier.registration.set_version
    published = MeasuresVersion.objects.filter(regime_code=version.regime_code, set_no=version.set_no)
    return {
        "measures": published.order_by("-version").values("version", "sha256").first(),
        "supports": {
            code: {"place": each.support.place, "known": each.support.known, "words": each.support.words}
            for code, each in weighed(dossier).items()
            if isinstance(each.measure, Measure)
        },
    }
