"""What the offices say of an idea and of its plan."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.search import fold
from ocop.core.texts import check_length, tidy
from ocop.ideas.actions.moving import check_in, lock, move
from ocop.ideas.models import Idea, Opinion
from ocop.ideas.permissions import check_decide, check_give_opinion
from ocop.ideas.states import COMMUNE_VERDICTS, DECISIONS, GOOD_VERDICTS, IdeaState, Verdict
from ocop.registration.models import Product

LONGEST_WORDS = 3000


@transaction.atomic
def give_opinion(*, idea: Idea, verdict: str, words: str, by: User, at: datetime) -> Opinion:
    """The commune's opinion; the idea then goes to the lead office, whatever the commune thinks of it."""
    locked = lock(idea)
    check_give_opinion(by, day_of(at), locked)
    check_in(locked, IdeaState.SENT)
    if verdict not in COMMUNE_VERDICTS:
        raise Refused("Chọn ý kiến của xã, phường.", field="verdict")
    opinion = _say(locked, Verdict(verdict), words, by, at)
    move(locked, IdeaState.REVIEWING, at)
    return opinion


@transaction.atomic
def decide(*, idea: Idea, verdict: str, words: str, by: User, at: datetime) -> Opinion:
    """The lead office takes the idea, asks for more or leaves it; and agrees to its plan or sends it back."""
    locked = lock(idea)
    check_decide(by, day_of(at), locked)
    check_in(locked, *DECISIONS)
    offered = DECISIONS[IdeaState(locked.state)]
    if verdict not in offered:
        raise Refused("Chọn một kết luận trong danh sách.", field="verdict")
    to = offered[Verdict(verdict)]
    if to == IdeaState.ACCEPTED and locked.product is None:
        locked.product = _product_of(locked)
    opinion = _say(locked, Verdict(verdict), words, by, at)
    move(locked, to, at, "product")
    return opinion


def _product_of(idea: Idea) -> Product:
    """The product that the idea becomes; one of that name may stand in the subject's list already."""
    if idea.subject is None:
        raise Refused(
            "Người nêu ý tưởng chưa là chủ thể trong danh sách. Nhờ xã, phường đăng ký chủ thể và gắn ý tưởng trước."
        )
    product, _ = Product.objects.get_or_create(
        subject=idea.subject,
        name=idea.name,
        defaults={
            "description": idea.description,
            "search": fold(idea.name, idea.subject.name, idea.subject.unit.name),
        },
    )
    return product


def _say(idea: Idea, verdict: Verdict, words: str, by: User, at: datetime) -> Opinion:
    words = tidy(words)
    check_length(words, LONGEST_WORDS, what="Ý kiến", field="words")
    if verdict not in GOOD_VERDICTS and not words:
        raise Refused("Ghi lý do và cần làm gì tiếp, để người nêu ý tưởng hiểu.", field="words")
    opinion = Opinion.objects.create(idea=idea, verdict=verdict, words=words, by=by, at=at)
    record(
        act="judge_idea",
        words=f"{verdict.label}: “{idea.name}”",
        on=opinion,
        thread=idea,
        facts={"verdict": verdict.value},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return opinion
