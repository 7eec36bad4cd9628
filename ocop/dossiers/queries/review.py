"""What a subject had better look at before it hands in: nothing of it hinders, all of it is said once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.queries.evidence import live_evidence
from ocop.dossiers.queries.forms import missing_on_forms
from ocop.dossiers.queries.law import criteria_of, regime_of
from ocop.dossiers.queries.supports import weighed
from ocop.dossiers.rules import EVIDENCE, FORMS, SELF_ASSESSMENT, Lacking, above_support, forecast
from ocop.rubric.rules import CriteriaSet
from ocop.wallet.queries import judged_in, light_of

MOST_NAMED = 5


def to_look_over(dossier: Dossier, day: date, *, points: bool) -> list[Lacking]:
    """Weak places of a dossier that lacks nothing, each with the part where it is mended; in the order of the work.

    `points` says whether the reader may know the self-assessment.
    """
    cited = list(live_evidence(dossier))
    found = [*_blank(dossier), *_uncited(cited), *_lapsing(dossier, cited, day)]
    if points:
        criteria_set = criteria_of(dossier)
        found += [*_above(dossier, criteria_set), *_below(dossier, criteria_set)]
    return found


def _blank(dossier: Dossier) -> Iterator[Lacking]:
    blank = missing_on_forms(dossier)
    if blank:
        names = _some([each.about for each in blank])
        yield Lacking(FORMS, f"Mẫu đơn còn {len(blank)} mục phỏng vấn chưa trả lời, in ra để trống: {names}.")


def _uncited(cited: Sequence[Evidence]) -> Iterator[Lacking]:
    idle = [f"“{item.title}”" for item in cited if not item.cites]
    if idle:
        yield Lacking(EVIDENCE, f"{len(idle)} giấy tờ chưa viện dẫn cho tiêu chí nào: {_some(idle)}.")


def _lapsing(dossier: Dossier, cited: Sequence[Evidence], day: date) -> Iterator[Lacking]:
    judged = judged_in(dossier.registration.batch)
    for item in cited:
        light = light_of(item.paper, day, judged)
        if light.tone == "bad":
            yield Lacking(EVIDENCE, f"“{item.title}” {light.words}.")


def _above(dossier: Dossier, criteria_set: CriteriaSet) -> Iterator[Lacking]:
    ceilings = {code: each.ceiling for code, each in weighed(dossier).items()}
    above = above_support(criteria_set, dossier.choices, ceilings)
    if above:
        yield Lacking(
            SELF_ASSESSMENT, f"Tự chấm cao hơn mức mà số liệu và giấy tờ đỡ được ở tiêu chí {', '.join(above)}."
        )


def _below(dossier: Dossier, criteria_set: CriteriaSet) -> Iterator[Lacking]:
    star = dossier.registration.target_star
    told = forecast(regime_of(dossier), criteria_set, dossier.choices, star)
    if told.missed:
        codes = ", ".join(told.missed)
        yield Lacking(SELF_ASSESSMENT, f"Chưa đạt mức tối thiểu của hạng {star} sao ở tiêu chí {codes}.")
    if told.star < star:
        yield Lacking(SELF_ASSESSMENT, told.short_of(star))


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + ("…" if len(names) > MOST_NAMED else "")
