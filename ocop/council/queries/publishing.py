"""Results that are closed and not yet out, and what each of them means in the words of the law."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Max, QuerySet

from ocop.accounts.models import User
from ocop.council.models import Publication, Result, Session
from ocop.council.queries.hearings import HEARING_JOINS, HEAVY
from ocop.council.states import HearingState, Outcome
from ocop.dossiers.queries import bars_of
from ocop.dossiers.states import RESULT_HIDDEN
from ocop.regime.queries import as_rules
from ocop.regime.rules import Regime

# In this order the page names what each result means: what ends without a certificate comes first.
ORDER = (Outcome.REJECTED, Outcome.NO_CERTIFICATE, Outcome.RETURN, Outcome.FORWARD, Outcome.RECOGNISE)


@dataclass(frozen=True, slots=True)
class Pending:
    """A result about to be let out, and what has to be read and ticked first (empty: it is recognised as scored)."""

    result: Result
    warning: str
    article: str

    @property
    def outcome(self) -> str:
        """The outcome in the words of the minutes."""
        return Outcome(self.result.outcome).label

    @property
    def words(self) -> str:
        """The warning as it is kept with the publication."""
        product = self.result.hearing.dossier.registration.product.name
        return f"{product}: {self.warning}" + (f" ({self.article})" if self.article else "")


def not_yet_out(session: Session) -> QuerySet[Result]:
    """The session's results that no subject may read yet, in order of the products."""
    return (
        Result.objects.filter(
            hearing__session=session,
            hearing__dossier__state__in=RESULT_HIDDEN,
            hearing__dossier__result_out_at__isnull=True,
            forwarding__isnull=True,  # what a level above answered comes out with the decision or the letter on it
        )
        .alias(newest=Max("hearing__dossier__hearings__result"))
        .filter(pk=F("newest"))
        .select_related(*(f"hearing__{path}" for path in HEARING_JOINS), "forwarding", "letter")
        .defer(*(f"hearing__{path}" for path in HEAVY))
        .order_by("hearing__place")
    )


def pending_results(session: Session, user: User) -> list[Pending]:
    """Those of them that are not kept shut for the person, with what each means."""
    open_ones = not_yet_out(session).exclude(hearing__dossier__in=bars_of(user).values("dossier"))
    regime = as_rules(session.batch.programme.regime_version)
    return [_pending(result, regime) for result in open_ones]


def shut_pending(session: Session, user: User) -> int:
    """How many results that are not out are kept shut for the person."""
    return not_yet_out(session).filter(hearing__dossier__in=bars_of(user).values("dossier")).count()


def publications_of(session: Session) -> QuerySet[Publication]:
    """What was let out when and by whom, newest first."""
    return session.publications.select_related("published_by").order_by("-pk")


def still_open(session: Session) -> int:
    """How many products of the session are not closed yet."""
    return session.hearings.filter(state=HearingState.OPEN).count()


def _pending(result: Result, regime: Regime) -> Pending:
    outcome = Outcome(result.outcome)
    if outcome == Outcome.RECOGNISE:
        band = result.evaluation["star_by_points"]
        if result.star == band:
            return Pending(result, "", _recognised_by(result, regime))
        names = ", ".join(dict.fromkeys(row["criterion"] for row in result.evaluation["missed_minimums"]))
        return Pending(
            result,
            f"đủ điểm {band} sao nhưng chỉ đạt {result.star} sao vì thiếu mức tối thiểu ở tiêu chí {names}",
            _recognised_by(result, regime),
        )
    cited = regime.consequence(outcome.value)
    article = f"{cited.article}, {regime.short_name}" if cited is not None and cited.article else regime.short_name
    return Pending(result, _what_follows(result, outcome, regime), article)


def _recognised_by(result: Result, regime: Regime) -> str:
    level = regime.recogniser_of(result.star or 0)
    return f"{level.article}, {regime.short_name}" if level is not None and level.article else regime.short_name


def _what_follows(result: Result, outcome: Outcome, regime: Regime) -> str:
    if outcome == Outcome.REJECTED:
        return "bị loại, không được phân hạng và không được cấp giấy chứng nhận"
    if outcome == Outcome.FORWARD:
        above = regime.level(result.evaluation["forward_to"])
        return f"không công nhận ở cấp này, hồ sơ và mẫu chuyển lên {above.council}"
    if outcome == Outcome.RETURN:
        level = regime.recogniser_of(result.star or 0)
        return f"không công nhận ở cấp này, kết quả trả về {level.name if level is not None else 'cấp dưới'}"
    return f"{result.star} sao, không có quyết định công nhận và không được cấp giấy chứng nhận"
