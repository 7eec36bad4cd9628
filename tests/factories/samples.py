"""Samples in the office's hands, by the real actions."""

from __future__ import annotations

from typing import Any

from ocop.dossiers.models import Dossier
from ocop.samples.actions import ask_test, move_sample, receive_samples
from ocop.samples.models import LabTest, Reception, Sample
from tests.factories.cycle import accepted_dossier
from tests.factories.world import World


def received_samples(world: World, dossier: Dossier | None = None, *, count: int = 5, **more: Any) -> Reception:
    """Samples of a dossier taken in by the lead office."""
    return receive_samples(
        dossier=dossier or accepted_dossier(world),
        count=count,
        handed_by="Chị Hoa",
        place="Tủ mát 2",
        by=world.officer,
        at=world.at,
        **more,
    )


def sample(world: World, dossier: Dossier | None = None) -> Sample:
    """The first of five samples."""
    return received_samples(world, dossier).samples.get(number=1)


def moved(world: World, thing: Sample, *states: str) -> Sample:
    """The sample after these hand-overs."""
    for state in states:
        thing = move_sample(
            sample=thing, to=state, taken_by="Phòng kiểm nghiệm Tỉnh", note="Theo biên bản", by=world.officer,
            at=world.at,
        )  # fmt: skip
    return thing


def asked(world: World, dossier: Dossier) -> LabTest:
    """A test that was asked for and waits for its result."""
    return ask_test(dossier=dossier, what="Độ ẩm, nấm mốc", laboratory="Quatest 1", by=world.officer, at=world.at)
