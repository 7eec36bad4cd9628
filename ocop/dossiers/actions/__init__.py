"""Every write of a dossier: open, fill in, hand in, check, return, pass on, move."""

from ocop.dossiers.actions.evidence import add_evidence, cite_evidence, cite_paper, remove_evidence, use_renewed
from ocop.dossiers.actions.intake import move, pass_step, return_dossier, submit_dossier
from ocop.dossiers.actions.kinds import save_changes
from ocop.dossiers.actions.messages import answer_items, send_message
from ocop.dossiers.actions.reading import bar_reading, lift_reading_bar
from ocop.dossiers.actions.reading_back import read_back
from ocop.dossiers.actions.results import let_result_out
from ocop.dossiers.actions.writing import open_dossier, save_self_assessment

__all__ = [
    "add_evidence",
    "answer_items",
    "bar_reading",
    "cite_evidence",
    "cite_paper",
    "let_result_out",
    "lift_reading_bar",
    "move",
    "open_dossier",
    "pass_step",
    "read_back",
    "remove_evidence",
    "return_dossier",
    "save_changes",
    "save_self_assessment",
    "send_message",
    "submit_dossier",
    "use_renewed",
]
