"""The values that the forms of an idea and its plan show."""

from __future__ import annotations

from typing import Any

from ocop.core.clock import day_of
from ocop.ideas.models import Idea
from ocop.ideas.queries import opinions_of, steps_of
from ocop.ideas.states import IdeaState
from ocop.interview.queries import answers_of, printed_values
from ocop.regime.forms import layouts_of
from ocop.regime.queries import as_rules
from ocop.regime.rules import Form
from ocop.registration.queries import subject_values

PART = "idea"


def layouts_for(idea: Idea) -> list[Form]:
    """The forms of the regime that belong to ideas and plans; a plan's only once there is a product."""
    regime = as_rules(idea.programme.regime_version)
    codes = {code for code, layout in layouts_of(regime.code).items() if PART in layout.part_of}
    return [form for form in regime.forms if form.code in codes]


def idea_values(idea: Idea) -> dict[str, Any]:
    """Everything these forms show, from one place."""
    steps = list(steps_of(idea))
    answers: dict[str, Any] = {}
    if idea.subject is not None:
        answers = printed_values(dict(answers_of(idea.subject, idea.product, idea.programme.year)))
    received = opinions_of(idea).first()
    return {
        **(subject_values(idea.subject) if idea.subject is not None else _nobody(idea)),
        **answers,
        "idea.number": f"{idea.pk}",
        "idea.year": str(idea.programme.year),
        "idea.received_on": day_of(received.at) if received is not None else None,
        "idea.received_by": str(idea.unit) if received is not None else "",
        "idea.sent_on": day_of(idea.state_since) if idea.state != IdeaState.DRAFT else None,
        "idea.kind": idea.kind,
        "idea.name": idea.name,
        "idea.sector": idea.sector,
        "idea.description": idea.description,
        "idea.materials": idea.materials,
        "idea.difference": idea.difference,
        "idea.buyers": idea.buyers,
        "idea.resources": idea.means,
        "idea.difficulties": idea.difficulties,
        "idea.support": idea.support_wanted,
        "product.name": idea.product.name if idea.product is not None else idea.name,
        "plan.steps": [
            {
                "number": str(number),
                "what": step.what,
                "who": step.who,
                "from": f"{step.starts_on:%d/%m/%Y}",
                "to": f"{step.ends_on:%d/%m/%Y}",
                "own_money": _money(step.own_money),
                "support_money": _money(step.support_money),
            }
            for number, step in enumerate(steps, start=1)
        ],
        "plan.own_money": _money(sum(step.own_money for step in steps)),
        "plan.support_money": _money(sum(step.support_money for step in steps)),
    }


def _nobody(idea: Idea) -> dict[str, str]:
    """Somebody who is no subject yet: the name and the place."""
    return {
        "subject.representative": idea.contact_name,
        "subject.phone": idea.contact_phone,
        "subject.address": idea.unit.lower_name,
        "subject.commune": idea.unit.bare_name,
    }


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
