"""Every write of the room: issuing, signing, templates."""

from __future__ import annotations

from ocop.paperwork.actions.issuing import issue_paper
from ocop.paperwork.actions.signing import make_demo_signer, sign_paper
from ocop.paperwork.actions.templates import adopt_template, retire_template, template_mistakes

__all__ = ["adopt_template", "issue_paper", "make_demo_signer", "retire_template", "sign_paper", "template_mistakes"]
