"""Reads of samples: of one dossier, of a batch, what stands where, what was tested."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.conf import settings
from django.db.models import Count, F, Max, Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import units_of
from ocop.accounts.states import Role
from ocop.core.search import matching
from ocop.dossiers.models import Dossier, ReadingBar
from ocop.dossiers.queries import bars_of, criteria_of, dossiers, regime_of
from ocop.dossiers.states import DossierState
from ocop.planning.models import Batch
from ocop.planning.queries import batches
from ocop.regime.queries import as_rules
from ocop.samples.models import LabTest, Reception, Sample, SampleMove
from ocop.samples.rules import clean_sample_code
from ocop.samples.states import AT_HAND, SampleState

# Who keeps samples at the office of the programme, and who looks on.
KEEPERS = (Role.LEAD_OFFICER, Role.SECRETARY, Role.HELPER)
LOOKERS = (*KEEPERS, Role.LEADER)
PATH = "dossier__registration__"
HEAVY = (f"{PATH}set_version__content", f"{PATH}batch__programme__regime_version__content")
# Brought with the dossier, tasted before the council, handed up with what goes up: then nothing more comes in.
RECEIVING = (
    DossierState.SUBMITTED,
    DossierState.RETURNED,
    DossierState.ACCEPTED,
    DossierState.IN_COUNCIL,
    DossierState.TO_FORWARD,
)


def samples() -> QuerySet[Sample]:
    """Samples with everything a page says of them, in one query."""
    return Sample.objects.select_related(
        "reception",
        f"{PATH}product__subject__unit__parent__parent",
        f"{PATH}batch__programme__unit",
        f"{PATH}batch__programme__regime_version",
        f"{PATH}set_version",
    ).defer(*HEAVY)


def samples_of(dossier: Dossier) -> QuerySet[Sample]:
    """The dossier's samples in order; each says where it is and who holds it since when."""
    return Sample.objects.filter(dossier=dossier).select_related("reception").order_by("number")


def moves_of(sample: Sample) -> QuerySet[SampleMove]:
    """The chain of hand-overs of a sample, newest first."""
    return sample.moves.select_related("by").order_by("-number")


def receptions_of(dossier: Dossier) -> QuerySet[Reception]:
    """When samples of the dossier were brought, oldest first."""
    return Reception.objects.filter(dossier=dossier).select_related("by").order_by("pk")


def tests_of(dossier: Dossier) -> QuerySet[LabTest]:
    """The extra tests asked for, with their results, oldest first."""
    return LabTest.objects.filter(dossier=dossier).select_related("sample", "paper", "asked_by").order_by("pk")


def standing_samples(dossiers: Iterable[Dossier]) -> dict[int, dict[str, int]]:
    """How many samples of each dossier stand where: key of the dossier → state → count, in one query."""
    counts: dict[int, dict[str, int]] = {}
    rows = Sample.objects.filter(dossier__in=[each.pk for each in dossiers]).order_by()
    for dossier, state, count in rows.values_list("dossier", "state").annotate(Count("pk")):
        counts.setdefault(dossier, {})[state] = count
    return counts


def at_hand(dossier: Dossier) -> QuerySet[Sample]:
    """The samples that are whole and in the house: what may be tasted, sent to a laboratory or handed up."""
    return samples_of(dossier).filter(state__in=AT_HAND)


def newest_move(dossier_keys: Collection[int]) -> int:
    """The key of the last hand-over among these dossiers' samples; 0 when there is none."""
    return SampleMove.objects.filter(sample__dossier__in=dossier_keys).aggregate(last=Max("pk"))["last"] or 0


def wanted_samples(dossier: Dossier) -> int:
    """How many samples the dossier's regime asks for; none for services."""
    return regime_of(dossier).samples_for(criteria_of(dossier).set_no)


def kept_for(user: User, day: date, roles: Collection[Role] = LOOKERS) -> QuerySet[Dossier]:
    """The dossiers of the programmes whose office the person works for, but those kept shut for it."""
    units = [unit.pk for unit in units_of(user, roles, day)]
    return (
        dossiers()
        .filter(registration__batch__programme__unit__in=units)
        .exclude(pk__in=bars_of(user).values("dossier"))
        .exclude(registration__product__subject__people=user)
    )


def batches_kept(user: User, day: date) -> QuerySet[Batch]:
    """The batches whose samples the person looks after, the newest first."""
    units = [unit.pk for unit in units_of(user, LOOKERS, day)]
    return batches().filter(programme__unit__in=units).order_by("-opens_on", "-pk")


def sample_list(user: User, day: date, batch: Batch, *, query: str = "", state: str = "") -> QuerySet[Sample]:
    """The samples of a batch that the person may see: by code, or by the product's and subject's words."""
    found = samples().filter(dossier__in=kept_for(user, day).filter(registration__batch=batch).values("pk"))
    if query:
        code = clean_sample_code(query)
        found = found.filter(code=code) if code else found.filter(dossier__in=Dossier.objects.filter(matching(query)))
    return found.filter(state=state) if state in SampleState.values else found


def counts_in(user: User, day: date, batch: Batch) -> dict[str, int]:
    """How many samples of the batch stand in each state."""
    rows = sample_list(user, day, batch).order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)


def lacking_samples(user: User, day: date, batch: Batch) -> QuerySet[Dossier]:
    """The dossiers of the batch that wait for a council or stand before it with fewer samples than the regime asks.

    Each carries `brought`, how many came.
    """
    rules = as_rules(batch.programme.regime_version).samples
    return (
        kept_for(user, day)
        .filter(
            registration__batch=batch,
            state__in=(DossierState.SUBMITTED, DossierState.ACCEPTED, DossierState.IN_COUNCIL),
        )
        .exclude(registration__set_version__set_no__in=rules.except_sets)
        .annotate(brought=Count("samples"))
        .filter(brought__lt=rules.count)
    )


def sample_by_code(user: User, day: date, code: str) -> Sample | None:
    """The sample of a code among those the person may see, or None; a foreign code is as unknown as a wrong one."""
    return samples().filter(code=code, dossier__in=kept_for(user, day).values("pk")).first()


def sample_address(sample: Sample) -> str:
    """What the QR of a label opens on a phone."""
    return f"{settings.OCOP_PUBLIC_URL}/mau/{sample.code}/"


def open_tests(user: User, day: date) -> QuerySet[LabTest]:
    """The tests without a result in the offices that the person keeps samples for, oldest first."""
    return (
        LabTest.objects.filter(answered_at__isnull=True, dossier__in=kept_for(user, day, KEEPERS).values("pk"))
        .select_related("dossier__registration__product")
        .order_by("asked_at", "pk")
    )


def is_let_in(user: User, dossier: Dossier) -> bool:
    """Whether the council's door has opened the dossier for a voting member who answered "no conflict"."""
    return ReadingBar.objects.filter(
        Q(lifted_at__isnull=False) & Q(lifted_at__gte=F("since")), dossier=dossier, user=user
    ).exists()
