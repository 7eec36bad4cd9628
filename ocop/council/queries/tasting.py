"""Reads of blind tastings: which criteria are tasted, who has tasted, and the choices as sheets take them.

Which cup was which product is told by `opened_code` alone, once `codes_opened` holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from ocop.accounts.models import User
from ocop.audit.models import LedgerEntry
from ocop.audit.rules import fingerprint
from ocop.council.models import (
    Declaration,
    Discussion,
    Hearing,
    Seat,
    Session,
    Sheet,
    TastingCup,
    TastingRound,
    TastingSheet,
)
from ocop.council.queries.councils import seats_held
from ocop.council.queries.sheets import SheetDoubt
from ocop.council.rules import SheetOfMember, merged
from ocop.council.states import HearingState, SessionKind
from ocop.dossiers.queries import criteria_of, regime_of

Choices = Mapping[str, int | None]
# A round that was called off holds for the products that were closed before, and for no other.
LIVE = Q(round__ended_at__isnull=True) | Q(hearing__closed_at__lte=F("round__ended_at"))


def sensory_codes(hearing: Hearing) -> frozenset[str]:
    """The criteria of the product's set that its regime has judged by tasting; empty for sets without any."""
    criteria_set = criteria_of(hearing.dossier)
    groups = regime_of(hearing.dossier).tasted_groups(criteria_set.set_no)
    return frozenset(code for code, criterion in criteria_set.criteria.items() if criterion.group in groups)


def cup_of(hearing: Hearing) -> TastingCup | None:
    """The product's cup in a tasting that was not called off, or None."""
    return TastingCup.objects.filter(LIVE, hearing=hearing).select_related("round").first()


def tasted_codes(hearing: Hearing) -> frozenset[str]:
    """The criteria that members answer blind for this product, not on the sheet; empty without a tasting."""
    return sensory_codes(hearing) if cup_of(hearing) is not None else frozenset()


def tasting_due(hearing: Hearing) -> bool:
    """Whether the bylaws ask for a blind tasting of this product that nobody has opened yet."""
    session = hearing.session
    asked = session.bylaws.blind_tasting and session.kind == SessionKind.MEETING and hearing.is_open
    return asked and not TastingCup.objects.filter(hearing=hearing).exists() and bool(sensory_codes(hearing))


def seats_tasted(hearing: Hearing) -> set[int] | None:
    """The seats whose tasting of this product is handed in; None where nothing is tasted."""
    cup = cup_of(hearing)
    if cup is None:
        return None
    return set(cup.sheets.filter(submitted_at__isnull=False).values_list("seat_id", flat=True))


def complete_rows(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Of these sheets, those that may count as in: of seats that also tasted, where the product is tasted."""
    cups = TastingCup.objects.filter(LIVE, hearing=OuterRef("hearing"))
    tasted = TastingSheet.objects.filter(
        cup__hearing=OuterRef("hearing"), seat=OuterRef("seat"), submitted_at__isnull=False
    )
    return sheets.filter(~Exists(cups) | Exists(tasted))


def with_tasting(hearing: Hearing, sheets: Sequence[Sheet], chair: Seat | None = None) -> list[SheetOfMember]:
    """The sheets as the result engine takes them, tasting included.

    What was tasted counts for the tasted criteria, unless the member revised that criterion in a discussion.
    """
    tasted = tasting_choices(hearing)
    revised = revised_codes([hearing]) if tasted else {}
    return [
        SheetOfMember(
            member=str(sheet.seat_id),
            chair=chair is not None and sheet.seat_id == chair.pk,
            choices=merged(sheet.choices, tasted.get(sheet.seat_id, {}), revised.get((hearing.pk, sheet.seat_id), ())),
        )
        for sheet in sheets
    ]


def tasting_choices(hearing: Hearing) -> dict[int, Choices]:
    """Seat → what it chose for the product's cup and handed in; empty without a tasting."""
    return tastings_of([hearing]).get(hearing.pk, {})


def tastings_of(hearings: Collection[Hearing]) -> dict[int, dict[int, Choices]]:
    """The same for many products, by product and seat, in one query."""
    cups = TastingCup.objects.filter(LIVE, hearing__in=hearings)
    rows = TastingSheet.objects.filter(cup__in=cups, submitted_at__isnull=False)
    found: dict[int, dict[int, Choices]] = {}
    for hearing, seat, choices in rows.values_list("cup__hearing_id", "seat_id", "choices"):
        found.setdefault(hearing, {})[seat] = choices
    return found


def revised_codes(hearings: Collection[Hearing]) -> dict[tuple[int, int], frozenset[str]]:
    """Product and seat → the criteria for which it handed in another choice in a discussion."""
    found: dict[tuple[int, int], frozenset[str]] = {}
    rows = Sheet.objects.filter(hearing__in=hearings, revised_in__isnull=False, submitted_at__isnull=False)
    for hearing, seat, criteria in rows.values_list("hearing_id", "seat_id", "revised_in__criteria"):
        found[hearing, seat] = found.get((hearing, seat), frozenset()) | frozenset(criteria)
    return found


def tastings_not_as_recorded(hearing: Hearing) -> list[SheetDoubt]:
    """The product's handed-in tastings that do not say what the ledger holds of them."""
    sheets = list(TastingSheet.objects.filter(cup__hearing=hearing, submitted_at__isnull=False).select_related("cup"))
    things = {f"{TastingSheet._meta.label_lower}:{sheet.pk}": sheet for sheet in sheets}
    acts = LedgerEntry.objects.filter(thing__in=things).order_by("seq").values_list("thing", "facts")
    held: dict[str, list[dict[str, object]]] = {}
    for thing, facts in acts:
        held.setdefault(thing, []).append(facts)
    return [
        SheetDoubt(hearing.pk, sheet.pk, f"Phiếu nếm mẫu {sheet.cup.code} số {sheet.pk} khác với nội dung lúc nộp.")
        for thing, sheet in things.items()
        if held.get(thing) != [tasting_facts(sheet)]
    ]


def tasting_facts(sheet: TastingSheet) -> dict[str, object]:
    """What the ledger holds of a handed-in tasting."""
    return {
        "seat": sheet.seat_id,
        "cup": sheet.cup.code,
        "sha256": fingerprint({"choices": sheet.choices, "note": sheet.note}),
    }


def codes_opened(hearing: Hearing) -> bool:
    """Whether everybody may know which cup was this product's: closed, or its discussion was opened."""
    return hearing.state == HearingState.CLOSED or Discussion.objects.filter(hearing=hearing).exists()


def opened_code(hearing: Hearing) -> str:
    """The code under which the product was tasted, once it is opened; else empty."""
    cup = cup_of(hearing)
    return cup.code if cup is not None and codes_opened(hearing) else ""


def doors_left(round: TastingRound, seat: Seat) -> int:
    """How many products of the tasting the seat has not answered for at the door; tasting waits for all of them."""
    answers = Declaration.objects.filter(hearing=OuterRef("pk"), seat=seat)
    return Hearing.objects.filter(~Exists(answers), cup__round=round, state=HearingState.OPEN).count()


def cups_for(session: Session, seat: Seat) -> QuerySet[TastingCup]:
    """The cups that the seat tastes, in the order of the table, with its own sheet; none of a product it left.

    `opened` says whether the product may be named by now.
    """
    last = Declaration.objects.filter(hearing=OuterRef("hearing"), seat=seat).order_by("-pk").values("conflict")[:1]
    return (
        TastingCup.objects.filter(LIVE, round__session=session)
        .annotate(
            left=Subquery(last),
            opened=Case(
                When(hearing__state=HearingState.CLOSED, then=True),
                default=Exists(Discussion.objects.filter(hearing=OuterRef("hearing"))),
                output_field=BooleanField(),
            ),
        )
        .filter(left=False)
        .select_related("round", "hearing__dossier__registration__product")
        .prefetch_related(
            Prefetch("sheets", queryset=TastingSheet.objects.filter(seat=seat), to_attr="own_sheets"),
        )
        .order_by("round", "place")
    )


def tastings_waiting(user: User, day: date) -> QuerySet[Session]:
    """The sessions, on their day or after it, in which the person still has a cup to hand in."""
    seats = seats_held(user, day).filter(votes=True)
    last = Declaration.objects.filter(hearing=OuterRef("hearing"), seat__in=seats).order_by("-pk")
    mine = TastingSheet.objects.filter(cup=OuterRef("pk"), seat__in=seats, submitted_at__isnull=False)
    cups = TastingCup.objects.filter(
        ~Exists(mine),
        ~Exists(Discussion.objects.filter(hearing=OuterRef("hearing"))),
        round__ended_at__isnull=True,
        hearing__state=HearingState.OPEN,
    )
    waiting = cups.annotate(left=Subquery(last.values("conflict")[:1])).filter(left=False)
    return (
        Session.objects.filter(pk__in=waiting.values("round__session"), held_on__lte=day)
        .select_related("council__unit")
        .order_by("held_on", "pk")
    )


def rounds_of(session: Session) -> QuerySet[TastingRound]:
    """The session's tastings, newest first, each with how many cups it has."""
    return TastingRound.objects.filter(session=session).annotate(cup_count=Count("cups")).order_by("-pk")


def cups_progress(session: Session) -> QuerySet[TastingCup]:
    """The cups of the session's tastings by code, with how many members have handed in; never the product."""
    return (
        TastingCup.objects.filter(LIVE, round__session=session)
        .annotate(handed_in=Count("sheets", filter=Q(sheets__submitted_at__isnull=False)))
        .only("code", "place", "round")
        .order_by("round", "place")
    )


def tastable(session: Session) -> list[Hearing]:
    """The open products of the session that its bylaws have tasted blind and that have no cup yet."""
    if not session.bylaws.blind_tasting or session.kind != SessionKind.MEETING:
        return []
    rows = (
        Hearing.objects.filter(session=session, state=HearingState.OPEN, cup__isnull=True, discussions__isnull=True)
        .select_related(
            "dossier__registration__product__subject",
            "dossier__registration__set_version",
            "dossier__registration__batch__programme__regime_version",
        )
        .defer(
            "dossier__registration__set_version__content",
            "dossier__registration__batch__programme__regime_version__content",
        )
        .order_by("place")
    )
    return [row for row in rows if sensory_codes(row)]
