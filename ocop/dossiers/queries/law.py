"""The law of one dossier: its regime, its criteria set, its kind, the day its papers have to hold on."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ocop.dossiers.models import Dossier
from ocop.planning.models import Batch
from ocop.regime.queries import as_rules
from ocop.regime.rules import DossierKind, Regime
from ocop.rubric.queries import as_rules as set_as_rules
from ocop.rubric.rules import CriteriaSet
from ocop.wallet.queries import judged_in


class JudgedOn(NamedTuple):
    """The day on which a batch needs its papers to hold, and what people call it."""

    day: date
    name: str


def regime_of(dossier: Dossier) -> Regime:
    """The regime under which the dossier runs, as published."""
    return as_rules(dossier.registration.batch.programme.regime_version)


def criteria_of(dossier: Dossier) -> CriteriaSet:
    """The criteria set of the dossier, in the version it was registered under."""
    return set_as_rules(dossier.registration.set_version)


def kind_of(dossier: Dossier) -> DossierKind:
    """The kind of the dossier, as its regime names it."""
    return next(kind for kind in regime_of(dossier).dossier_kinds if kind.code == dossier.registration.kind)


def judged_on(batch: Batch) -> JudgedOn:
    """The day on which the batch's papers have to hold, the same whenever they are looked at."""
    judged = judged_in(batch)
    return JudgedOn(judged.day or batch.closes_on, judged.name)
