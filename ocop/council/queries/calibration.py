"""Reads of calibrations: past dossiers without names, who has scored them, and how alike once it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from ocop.accounts.models import User
from ocop.council.models import CalibrationCase, CalibrationRound, CalibrationSheet, Council, Hearing, Seat, Sheet
from ocop.council.queries.councils import seats_held, seats_on
from ocop.council.queries.fairness import Scored
from ocop.council.rules.anonymous import core_of, masked
from ocop.council.states import HearingState, SheetState
from ocop.dossiers.models import Dossier, ReadingBar, Submission
from ocop.dossiers.queries import bars_of, criteria_of, dossiers, live_evidence
from ocop.places.queries import chain
from ocop.rubric.queries import paper_kinds

MOST_PAST = 50
CASE_JOINS = (
    "round__council__unit",
    "dossier__registration__product__subject__unit__parent__parent",
    "dossier__registration__set_version",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What an anonymous case says of one criterion: explanation, what the figures supported, kinds of evidence."""

    explanation: str
    support: str
    evidence: tuple[str, ...]


def past_dossiers(council: Council, user: User) -> list[Dossier]:
    """The latest dossiers of the council's unit whose result is out and that are open to who chooses."""
    heard = Hearing.objects.filter(
        dossier=OuterRef("pk"), state=HearingState.CLOSED, session__council__unit=council.unit_id
    )
    shut = bars_of(user).values("dossier")
    found = dossiers().filter(Exists(heard), result_out_at__isnull=False).exclude(pk__in=shut)
    return list(found.order_by("-result_out_at", "-pk")[:MOST_PAST])


def calibrations_of(council: Council) -> QuerySet[CalibrationRound]:
    """The council's calibrations."""
    return CalibrationRound.objects.filter(council=council).select_related("opened_by")


def calibrations_waiting(user: User, day: date) -> QuerySet[CalibrationRound]:
    """The calibrations in which the person still has a case to hand in."""
    seats = seats_held(user, day).filter(votes=True)
    mine = CalibrationSheet.objects.filter(case=OuterRef("pk"), seat__in=seats, submitted_at__isnull=False)
    waiting = CalibrationCase.objects.filter(~Exists(mine)).exclude(dossier__in=bars_of(user).values("dossier"))
    return (
        CalibrationRound.objects.filter(
            pk__in=waiting.values("round"), council__in=seats.values("council"), ended_at__isnull=True
        )
        .select_related("council__unit")
        .order_by("pk")
    )


def cases() -> QuerySet[CalibrationCase]:
    """Cases with what their page needs."""
    return CalibrationCase.objects.select_related(*CASE_JOINS).order_by("letter")


def cases_for(round: CalibrationRound, user: User, seat: Seat | None = None) -> QuerySet[CalibrationCase]:
    """The cases that the person may read: none whose dossier is shut to it; with the seat's own sheet."""
    own = CalibrationSheet.objects.filter(seat=seat) if seat is not None else CalibrationSheet.objects.none()
    return (
        cases()
        .filter(round=round)
        .exclude(dossier__in=bars_of(user).values("dossier"))
        .prefetch_related(Prefetch("sheets", queryset=own, to_attr="own_sheets"))
    )


def expected_sheets(round: CalibrationRound, day: date) -> set[tuple[int, int]]:
    """Case and seat: every sheet that the calibration waits for; nobody scores a dossier that is shut to them."""
    seats = list(seats_on(round.council, day).filter(votes=True))
    found = list(round.cases.all())
    keys = [case.dossier_id for case in found]
    bars = ReadingBar.objects.filter(dossier__in=keys, user__in=[seat.user_id for seat in seats], lifted_at=None)
    shut = set(bars.values_list("user_id", "dossier_id"))
    return {(case.pk, seat.pk) for case in found for seat in seats if (seat.user_id, case.dossier_id) not in shut}


def handed_in_of(round: CalibrationRound) -> set[tuple[int, int]]:
    """Case and seat: every sheet that is in."""
    rows = CalibrationSheet.objects.filter(case__round=round, submitted_at__isnull=False)
    return set(rows.values_list("case_id", "seat_id"))


def scored_before(case: CalibrationCase, user: User) -> bool:
    """Whether the person handed in a sheet for this dossier at a council: said to them, for memory helps."""
    return Sheet.objects.filter(
        hearing__dossier=case.dossier_id, seat__user=user, state__in=[SheetState.SUBMITTED, SheetState.REPLACED]
    ).exists()


def scored_by_council(round: CalibrationRound, user: User) -> list[Scored]:
    """What members handed in for the cases that are open to the reader, under the cases' letters."""
    sheets: dict[int, dict[int, Mapping[str, int | None]]] = {}
    for row in CalibrationSheet.objects.filter(case__round=round, submitted_at__isnull=False).order_by("seat_id"):
        sheets.setdefault(row.case_id, {})[row.seat_id] = row.choices
    return [
        Scored(f"Hồ sơ {case.letter}", criteria_of(case.dossier), sheets.get(case.pk, {}))
        for case in cases_for(round, user)
    ]


def told_of(case: CalibrationCase) -> dict[str, Told]:
    """What the dossier said of each criterion when it was handed in, without names, files or what it claimed."""
    dossier = case.dossier
    content = (
        Submission.objects.filter(dossier=dossier).order_by("-number").values_list("content", flat=True).first() or {}
    )
    explanations, supports = content.get("explanations") or {}, content.get("supports") or {}
    names = names_in(dossier)
    kinds = paper_kinds()
    evidence: dict[str, list[str]] = {}
    for item in live_evidence(dossier):
        kind = kinds.get(item.paper.kind)
        for code in item.cites:
            evidence.setdefault(code, []).append(kind.name if kind is not None else "Giấy tờ khác")
    return {
        code: Told(
            explanation=masked(explanations.get(code, ""), names),
            support=masked((supports.get(code) or {}).get("words", ""), names),
            evidence=tuple(dict.fromkeys(evidence.get(code, ()))),
        )
        for code in criteria_of(dossier).criteria
    }


def names_in(dossier: Dossier) -> Sequence[tuple[str, str]]:
    """Every name by which a reader could tell whose dossier it is, with what stands in its place."""
    product = dossier.registration.product
    subject = product.subject
    people = [subject.representative, *subject.people.values_list("full_name", flat=True)]
    products = subject.products.values_list("name", flat=True)
    units = [name for unit in chain(subject.unit) for name in (unit.name, unit.bare_name)]
    pairs = [
        (subject.name, "[chủ thể]"),
        (core_of(subject.name), "[chủ thể]"),
        (subject.address, "[địa chỉ]"),
        (subject.business_number, "[số đăng ký]"),
        (subject.phone, "[số điện thoại]"),
        (dossier.registration.code, "[mã sản phẩm]"),
        *((name, "[sản phẩm]") for name in products),
        *((name, "[người]") for name in people),
        *((name, "[địa phương]") for name in units),
    ]
    return [(name, words) for name, words in pairs if name.strip()]
