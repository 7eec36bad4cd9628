"""Papers in wallets, put there by the real actions."""

from __future__ import annotations

from typing import Any

from ocop.files.actions import hold_upload
from ocop.files.models import Upload
from ocop.registration.models import Subject
from ocop.wallet.actions import add_paper
from ocop.wallet.models import Paper
from tests.factories.cycle import owner_of, photo
from tests.factories.files import sent
from tests.factories.world import World

# A kind that carries a number and a last day, and one that carries neither.
DATED, PLAIN = "food_safety_certificate", "label_sample"


def paper(world: World, subject: Subject, **what: Any) -> Paper:
    """A photographed paper of the subject, added by its own person."""
    what.setdefault("upload", photo())
    return add_paper(subject=subject, **{"by": owner_of(subject), "at": world.at, **what})


def held(world: World, subject: Subject, name: str, content: bytes) -> Upload:
    """A file that the subject's person has on the way into a paper."""
    return hold_upload(file=sent(name, content), by=owner_of(subject), at=world.at)
