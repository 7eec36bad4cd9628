"""Every write of the room: the idea, what offices say, the plan and how it is carried out."""

from ocop.ideas.actions.deciding import decide, give_opinion
from ocop.ideas.actions.planning import finish, put_step, remove_step, report_step, send_plan
from ocop.ideas.actions.proposing import link_subject, propose, rewrite, send_idea

__all__ = [
    "decide",
    "finish",
    "give_opinion",
    "link_subject",
    "propose",
    "put_step",
    "remove_step",
    "report_step",
    "rewrite",
    "send_idea",
    "send_plan",
]
