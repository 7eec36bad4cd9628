"""Products on the way from a closed result to a certificate, and people at the door on a day of 2024."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.test import Client

from ocop.accounts.models import User
from ocop.certificates.actions import enter_higher_certificate, prepare_decision, sign_decision
from ocop.certificates.models import Certificate, Decision
from ocop.council.actions import forward_dossier, record_higher_result
from ocop.council.models import Result
from ocop.dossiers.queries import regime_of
from tests.factories.cycle import closed_hearing, council_of, session_of
from tests.factories.world import World

PRACTICE_DAY = date(2024, 9, 20)
HIGHER_DOCUMENT = "1204/QĐ-UBND"


def waiting_results(world: World, count: int = 1, *, total: int = 62) -> list[Result]:
    """Closed results of one session of three members; 62 points wait for the city's own decision."""
    session = session_of(world, council_of(world, members=3))
    return [closed_hearing(world, session=session, totals=(total,) * 3) for _ in range(count)]


def draft(world: World, count: int = 1) -> Decision:
    """A drafted decision over fresh products."""
    return prepare_decision(
        unit=world.unit, batch=world.batch, results=waiting_results(world, count), by=world.officer, at=world.at
    )


def signed(world: World, count: int = 1, *, number: str = "3163/QĐ-UBND", decided_on: date | None = None) -> Decision:
    """A signed decision with its certificates."""
    at = world.at if decided_on is None else world.at + (decided_on - world.at.date())
    return sign_decision(
        decision=draft(world, count),
        number=number,
        decided_on=at.date(),
        signer_name=world.leader.full_name,
        signer_title="Phó Chủ tịch",
        by=world.leader,
        at=at,
    )


def certificates_of(decision: Decision) -> list[Certificate]:
    """The certificates that a signed decision issued, in its order."""
    return list(Certificate.objects.filter(dossier__decision_line__decision=decision).order_by("pk"))


def recognised_above(world: World) -> Result:
    """A result that the city forwarded and the province recognised with four stars."""
    [result] = waiting_results(world, total=75)
    dossier = result.hearing.dossier
    regime = regime_of(dossier)
    forward_dossier(
        result=result,
        parts=[part.code for part in regime.forward_parts],
        samples=regime.samples_for(dossier.registration.set_version.set_no),
        handed_on=world.at.date(),
        received_by="Văn phòng điều phối tỉnh",
        signer="Trần Thị Chủ Trì",
        by=world.officer,
        at=world.at,
    )
    record_higher_result(
        result=result,
        mean=Decimal("76.25"),
        star=4,
        document=HIGHER_DOCUMENT,
        decided_on=world.at.date(),
        by=world.liaison,
        at=world.at + timedelta(hours=1),
    )
    return result


def entered_from_above(world: World, number: str = "17/GCN-BG") -> Certificate:
    """A certificate of the province, entered here."""
    return enter_higher_certificate(result=recognised_above(world), number=number, by=world.officer, at=world.later)


def enter(client: Client, user: User, day: date = PRACTICE_DAY) -> Client:
    """Sign the person in on a practice day (the test turns the demo on)."""
    User.objects.filter(pk=user.pk).update(practice_day=day)
    client.force_login(user, backend="ocop.accounts.backends.EmailOrPhoneBackend")
    return client
