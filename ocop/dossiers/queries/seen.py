"""Who sees which dossiers, lists, and the work that waits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import grants_on
from ocop.accounts.states import Role
from ocop.core.search import matching
from ocop.dossiers.models import Dossier, ReadingBar
from ocop.dossiers.states import RESULT_HIDDEN, RESULT_HIDDEN_LABEL, DossierState
from ocop.places.models import Unit
from ocop.places.queries import within
from ocop.planning.models import Batch
from ocop.planning.queries import batches
from ocop.registration.models import Registration, SubjectPerson
from ocop.registration.queries import own_subjects

# Who reads the dossiers of their own unit's subjects; council members come in by the council's own door.
READERS = (Role.COMMUNE_OFFICER, Role.LEAD_OFFICER, Role.HELPER, Role.LEADER)


def dossiers() -> QuerySet[Dossier]:
    """Dossiers with everything a list or page says of them, in one query."""
    return Dossier.objects.select_related(
        "registration__product__subject__unit__parent__parent",
        "registration__batch__programme__unit",
        "registration__batch__programme__regime_version",
        "registration__set_version",
    ).defer("registration__set_version__content", "registration__batch__programme__regime_version__content")


def visible_to(user: User, day: date) -> QuerySet[Dossier]:
    """The dossiers that `user` may open on `day`: one's own; those of one's unit; those handed up to one's level.

    A reading bar shuts all but one's own, whatever office is held.
    """
    acting = Q(registration__product__subject__in=own_subjects(user, day).values("pk"))
    seen = Q(pk__in=[])
    for grant in grants_on(user, day):
        if grant.role in READERS:
            seen |= Q(registration__product__subject__unit__in=within(grant.unit))
        if grant.role == Role.LIAISON:
            seen |= Q(
                registration__product__subject__unit__in=within(grant.unit),
                state__in=(DossierState.TO_FORWARD, DossierState.FORWARDED, DossierState.RECOGNISED_ABOVE),
            )
    own = SubjectPerson.objects.filter(user=user, subject=OuterRef("registration__product__subject"))
    open_to_user = Dossier.objects.filter(acting | (seen & ~Q(pk__in=bars_of(user).values("dossier"))))
    return dossiers().filter(pk__in=open_to_user.values("pk")).annotate(own=Exists(own))


def bars_of(user: User) -> QuerySet[ReadingBar]:
    """The bars that keep dossiers shut for `user`."""
    return ReadingBar.objects.filter(user=user, lifted_at__isnull=True).order_by()


def is_barred(user: User, dossier: Dossier) -> bool:
    """Whether the dossier is kept shut for `user`."""
    return bars_of(user).filter(dossier=dossier).exists()


def hides_result(dossier: Dossier) -> bool:
    """Whether the dossier is decided and the person `visible_to` read it for may not know how: it is one's own."""
    return getattr(dossier, "own", False) and dossier.state in RESULT_HIDDEN and not dossier.result_is_out


def shown_as(dossier: Dossier) -> tuple[str, str]:
    """Tone and word of the state for the person `visible_to` read the dossier for: one's own result stays untold."""
    if hides_result(dossier):
        return dossier.tone, RESULT_HIDDEN_LABEL
    return dossier.tone, dossier.state_label


def dossier_list(
    user: User,
    day: date,
    *,
    query: str = "",
    state: str = "",
    batch: int | None = None,
    unit: int | None = None,
    before: int | None = None,
) -> QuerySet[Dossier]:
    """The visible dossiers that fit the filters, newest first; `before` is the key the page starts below."""
    found = visible_to(user, day).filter(matching(query)).order_by("-pk")
    if state in DossierState.values:
        found = found.filter(state=state)
        if state in RESULT_HIDDEN:
            found = found.exclude(result_out_at__isnull=True, registration__product__subject__people=user)
    if batch is not None:
        found = found.filter(registration__batch=batch)
    if unit is not None:
        found = found.filter(registration__product__subject__unit=unit)
    if before is not None:
        found = found.filter(pk__lt=before)
    return found


class Filters(NamedTuple):
    """What a list of dossiers can be narrowed to."""

    batches: list[Batch]
    units: list[Unit]


def filters_of(user: User, day: date) -> Filters:
    """The batches and communes of the dossiers that `user` may open."""
    seen = visible_to(user, day).order_by()
    return Filters(
        list(batches().filter(pk__in=seen.values("registration__batch"))),
        list(Unit.objects.filter(pk__in=seen.values("registration__product__subject__unit"))),
    )


def without_dossier(user: User, day: date) -> QuerySet[Registration]:
    """The registrations of one's own products for which no dossier was opened yet."""
    own = own_subjects(user, day).values("pk")
    return Registration.objects.filter(product__subject__in=own, dossier__isnull=True).select_related(
        "product", "batch__programme"
    )


def awaiting_step(units: Collection[int], role: str) -> QuerySet[Dossier]:
    """The dossiers in intake whose subjects lie in the units (or under them); the caller narrows by step."""
    inside = (
        Q(registration__product__subject__unit__in=units)
        | Q(registration__product__subject__unit__parent__in=units)
        | Q(registration__product__subject__unit__parent__parent__in=units)
    )
    return dossiers().filter(inside, state=DossierState.SUBMITTED).order_by("due_on", "step_since")


def accepted_in(batch: Batch) -> QuerySet[Dossier]:
    """The batch's dossiers that wait for a council."""
    return dossiers().filter(registration__batch=batch, state=DossierState.ACCEPTED).order_by("pk")


def in_state(unit: Unit, *states: DossierState) -> QuerySet[Dossier]:
    """The dossiers of the unit's programmes in one of the states, oldest first."""
    return dossiers().filter(registration__batch__programme__unit=unit, state__in=states).order_by("pk")
