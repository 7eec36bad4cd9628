"""Every write of a dossier: open, fill in, hand in, check, return, pass on, move."""

from ocop.dossiers.actions.evidence import add_evidence, cite_evidence, remove_evidence
from ocop.dossiers.actions.intake import move, pass_step, return_dossier, submit_dossier
from ocop.dossiers.actions.reading import bar_reading, lift_reading_bar
from ocop.dossiers.actions.writing import open_dossier, save_self_assessment

__all__ = [
    "add_evidence",
    "bar_reading",
    "cite_evidence",
    "lift_reading_bar",
    "move",
    "open_dossier",
    "pass_step",
    "remove_evidence",
    "return_dossier",
    "save_self_assessment",
    "submit_dossier",
]
