"""Reads of appeals: what may still be asked, until when, and what waits for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import units_of
from ocop.accounts.states import Role
from ocop.appeals.models import Appeal, Opinion
from ocop.appeals.rules import last_day
from ocop.appeals.states import REHEARD_FROM
from ocop.appeals.ways import further_ways
from ocop.certificates.models import DecisionLine
from ocop.core.clock import day_of
from ocop.council.models import Hearing, HigherResult, Result, Session
from ocop.council.queries import HEARING_JOINS, HEAVY, seats_held
from ocop.council.states import SeatRole, SessionKind
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import bars_of
from ocop.dossiers.states import DossierState
from ocop.paperwork.models import IssuedPaper
from ocop.paperwork.queries import latest_paper

OFFICE = (Role.LEAD_OFFICER, Role.LEADER)
ANSWER_PAPER = "appeal_answer"
RESULT_LETTER = "result_letter"


@dataclass(frozen=True, slots=True)
class Standing:
    """What may be asked of a dossier's newest result: until when, or why not (empty: it may be asked)."""

    result: Result
    told_on: date
    days: int
    until: date
    why_not: str


def results() -> QuerySet[Result]:
    """Results with everything that is said of them."""
    return Result.objects.select_related(*(f"hearing__{path}" for path in HEARING_JOINS)).defer(
        *(f"hearing__{path}" for path in HEAVY)
    )


def standing_of(dossier: Dossier, day: date) -> Standing | None:
    """How the dossier's newest result can be appealed on `day`; None before a result is out."""
    if dossier.result_out_at is None:
        return None
    result = results().filter(hearing__dossier=dossier).order_by("-pk").first()
    if result is None:
        return None
    letter = latest_paper(result, RESULT_LETTER)
    told_on = max(day_of(dossier.result_out_at), day_of(letter.issued_at) if letter else date.min)
    days = result.hearing.session.bylaws.appeal_days
    until = last_day(told_on, days)
    return Standing(result, told_on, days, until, _why_not(dossier, result, until, day))


def _why_not(dossier: Dossier, result: Result, until: date, day: date) -> str:
    if Appeal.objects.filter(result=result).exists():
        return "Kết quả này đã có kiến nghị. Mỗi kết quả được kiến nghị một lần."
    if HigherResult.objects.filter(forwarding__result=result).exists():
        return "Hội đồng cấp trên đã đánh giá sản phẩm. Kiến nghị gửi đến cấp đó."
    if day > until:
        return f"Hạn kiến nghị theo Quy chế của Hội đồng đã hết ngày {until:%d/%m/%Y}. {_complaint()}"
    return ""


def _complaint() -> str:
    return further_ways()["complaint"].words


def appeals() -> QuerySet[Appeal]:
    """Appeals with everything a page says of them, in one query."""
    path = "dossier__registration__"
    return Appeal.objects.select_related(
        f"{path}product__subject__unit__parent__parent",
        f"{path}batch__programme__unit",
        f"{path}batch__programme__regime_version",
        f"{path}set_version",
        "result__hearing__session__council__unit",
        "result__hearing__session__bylaws",
        "answer__hearing__session",
        "answer__by",
        "filed_by",
    ).defer(f"{path}set_version__content", f"{path}batch__programme__regime_version__content")


def appeals_of(dossier: Dossier) -> QuerySet[Appeal]:
    """The dossier's appeals, oldest first, with their files."""
    return appeals().filter(dossier=dossier).prefetch_related("files__file").order_by("pk")


def appeals_before(user: User, day: date, *, answered: bool = False) -> QuerySet[Appeal]:
    """The appeals that the person's office or council answers, but those of dossiers kept shut for the person."""
    units = [unit.pk for unit in units_of(user, OFFICE, day)]
    seats = seats_held(user, day).filter(role__in=(SeatRole.CHAIR, SeatRole.SECRETARY)).values("council")
    return (
        appeals()
        .filter(
            Q(dossier__registration__batch__programme__unit__in=units) | Q(result__hearing__session__council__in=seats)
        )
        .filter(answer__isnull=not answered)
        .exclude(dossier__in=bars_of(user).values("dossier"))
        .exclude(dossier__registration__product__subject__people=user)
    )


def opinions_of(appeal: Appeal) -> QuerySet[Opinion]:
    """What the office laid before whoever answers, oldest first."""
    return appeal.opinions.select_related("by").order_by("pk")


def meetings_for(appeal: Appeal, day: date) -> QuerySet[Session]:
    """The meetings still to come of the council that decided, before which the product is not yet."""
    hearing = appeal.result.hearing
    return (
        Session.objects.filter(council=hearing.session.council_id, kind=SessionKind.MEETING, held_on__gte=day)
        .exclude(hearings__dossier=appeal.dossier_id)
        .order_by("held_on", "pk")
    )


def why_not_again(appeal: Appeal) -> str:
    """Why the product cannot be heard anew now; empty when it can."""
    dossier = appeal.dossier
    newest = Hearing.objects.filter(dossier=dossier).order_by("-pk").values_list("pk", flat=True).first()
    if newest != appeal.result.hearing_id:
        return "Sản phẩm đã được đưa ra một phiên khác sau kết quả này."
    if dossier.state == DossierState.RECOGNISED:
        return f"Sản phẩm đã có quyết định công nhận. {further_ways()['upgrade'].words}"
    if dossier.state not in REHEARD_FROM:
        return f"Hồ sơ đang ở bước “{dossier.state_label}”, không đưa ra Hội đồng lại được."
    if DecisionLine.objects.filter(dossier=dossier).exists():
        return "Sản phẩm đang nằm trong một dự thảo quyết định. Bỏ dự thảo ấy trước, rồi chấp nhận kiến nghị."
    return ""


def paper_of(appeal: Appeal) -> IssuedPaper | None:
    """The answer as it left the office, or None."""
    return latest_paper(appeal, ANSWER_PAPER)


def new_result_of(appeal: Appeal) -> Result | None:
    """The result of the hearing that the appeal led to, once it is out."""
    hearing = appeal.answer.hearing if hasattr(appeal, "answer") else None
    if hearing is None or appeal.dossier.result_out_at is None:
        return None
    return Result.objects.filter(hearing=hearing).first()


def pending_appeal(dossier: Dossier) -> Appeal | None:
    """The dossier's appeal that waits for an answer, or None."""
    return appeals().filter(dossier=dossier, answer__isnull=True).first()
