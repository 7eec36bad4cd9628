"""Dossiers at the desks, and what the desks wrote so far, by the real actions."""

from __future__ import annotations

from uuid import UUID, uuid4

from ocop.accounts.models import User
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import step_of
from ocop.intake.actions import NoteDraft, finish_assessment, receive, save_notes
from ocop.intake.models import FieldNote, Receipt
from tests.factories.cycle import submitted_dossier
from tests.factories.world import World

FOUND = "Đúng như chủ thể trình bày, đã xem tại cơ sở."


def received(dossier: Dossier, world: World, *, by: User | None = None, samples: int | None = None) -> Receipt:
    """The dossier taken in by the office of its present step, the paper set on the same day."""
    step = step_of(dossier)
    assert step is not None
    officer = by or (world.commune_officer if step.by == "commune_officer" else world.officer)
    return receive(
        dossier=dossier, paper_on=world.at.date(), samples=samples, handed_by="Chị Hoa", by=officer, at=world.at
    )


def note(
    dossier: Dossier,
    world: World,
    content: str,
    text: str = FOUND,
    *,
    revision: int = 0,
    key: UUID | None = None,
    by: User | None = None,
    **more: str,
) -> FieldNote:
    """A note of the commune's officer on one content."""
    draft = NoteDraft(content=content, key=key or uuid4(), revision=revision, text=text, **more)
    kept, _ = save_notes(dossier=dossier, notes=[draft], by=by or world.commune_officer, at=world.at)
    return kept[content]


def noted(dossier: Dossier, world: World) -> list[FieldNote]:
    """A note on every content."""
    step = step_of(dossier)
    assert step is not None
    return [note(dossier, world, content.code) for content in step.contents]


def at_the_province(world: World) -> Dossier:
    """A dossier that the commune assessed: it waits for the province's check."""
    dossier = submitted_dossier(world)
    noted(dossier, world)
    return finish_assessment(dossier=dossier, by=world.commune_officer, at=world.at)
