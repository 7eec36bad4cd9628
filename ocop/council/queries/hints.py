"""What the data say of a member's ties with a product, in words: hints for the door, never a verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ocop.accounts.models import RoleGrant
from ocop.accounts.states import COUNCIL_ROLES, Role
from ocop.advisory.models import Assignment
from ocop.audit.actions import thing_of
from ocop.audit.models import LedgerEntry
from ocop.coaching.models import ImprovementPlan, TaskNote
from ocop.consent.models import Consent
from ocop.core.search import fold
from ocop.council.models import Declaration, Hearing, Seat
from ocop.ideas.models import Opinion
from ocop.intake.models import CheckMark, FieldNote
from ocop.places.models import Level
from ocop.registration.models import Subject, SubjectPerson

SHORTEST_PLACE = 8  # letters: shorter names of offices occur in too many addresses


@dataclass(frozen=True, slots=True)
class Hint:
    """A possible tie: `words` for the member, `told` for chair and secretary (no private details).

    A `strong` one keeps the member from being made first reader; `forced` leaves no other answer than a conflict.
    """

    words: str
    told: str
    strong: bool = False
    forced: bool = False


PERSON = Hint("Bạn đang thay mặt chủ thể này.", "là người thay mặt chủ thể", strong=True, forced=True)
SAME_PHONE = Hint("Số điện thoại hoặc thư điện tử của chủ thể trùng với của bạn.", "trùng liên lạc với chủ thể", True)
SAME_NAME = Hint("Người đại diện của chủ thể trùng họ tên với bạn.", "trùng họ tên với người đại diện của chủ thể")
CONSENT = Hint("Bạn đã được chủ thể đồng ý cho nhập hồ sơ giúp.", "từng nhập hồ sơ giúp chủ thể", strong=True)
COACHED = Hint("Bạn đã lập hoặc theo dõi kế hoạch củng cố của sản phẩm này.", "từng tư vấn củng cố sản phẩm")
ASSESSED = Hint(
    "Bạn đã đánh giá hoặc kiểm tra hồ sơ của sản phẩm này ở bước tiếp nhận.", "từng kiểm tra hồ sơ ở bước tiếp nhận"
)
OPINED = Hint("Bạn đã cho ý kiến về ý tưởng hoặc phương án của chủ thể này.", "từng cho ý kiến về ý tưởng, phương án")
ADVISED = Hint("Bạn được Tổ tư vấn phân công thẩm định hồ sơ này.", "từng thẩm định hồ sơ trong Tổ tư vấn", strong=True)


def hints_for(hearing: Hearing, seat: Seat) -> list[str]:
    """The possible ties of this member with this product, a sentence each; empty where the data show none."""
    return [hint.words for hint in hints_between([hearing], [seat])[hearing.pk, seat.pk]]


def hints_between(hearings: Sequence[Hearing], seats: Sequence[Seat]) -> dict[tuple[int, int], list[Hint]]:
    """Hearing and seat → possible ties; a fixed number of queries for any number of products and seats."""
    found: dict[tuple[int, int], list[Hint]] = defaultdict(list)
    known = _Ties(hearings, seats)
    for hearing in hearings:
        for seat in seats:
            found[hearing.pk, seat.pk] = known.between(hearing, seat)
    return found


def hints_kept(hearings: Iterable[Hearing]) -> dict[tuple[int, int], list[str]]:
    """Hearing and seat → what was shown to members who then answered "no conflict", as the ledger keeps it."""
    rows = list(hearings)
    answers = {thing_of(answer): answer for answer in Declaration.objects.filter(hearing__in=[row.pk for row in rows])}
    entries = LedgerEntry.objects.filter(act="declare", thread__in=[thing_of(row.dossier) for row in rows])
    kept: dict[tuple[int, int], list[str]] = {}
    for thing, facts in entries.values_list("thing", "facts"):
        answer = answers.get(thing)
        if answer is not None and facts.get("hints"):
            kept[answer.hearing_id, answer.seat_id] = list(facts["hints"])
    return kept


class _Ties:
    """Everything the rooms below hold of these people and these subjects, read at once."""

    def __init__(self, hearings: Sequence[Hearing], seats: Sequence[Seat]) -> None:
        users = {seat.user_id for seat in seats}
        dossiers = {hearing.dossier_id for hearing in hearings}
        products = {hearing.dossier.registration.product_id for hearing in hearings}
        subjects = {hearing.dossier.registration.product.subject_id for hearing in hearings}
        self.people: dict[int, list[Subject]] = defaultdict(list)
        for row in SubjectPerson.objects.filter(user__in=users).select_related("subject"):
            self.people[row.user_id].append(row.subject)
        self.grants: dict[int, list[RoleGrant]] = defaultdict(list)
        for grant in RoleGrant.objects.filter(user__in=users).select_related("unit"):
            self.grants[grant.user_id].append(grant)
        self.helped = _pairs(Consent.objects.filter(helper__in=users, subject__in=subjects), "helper", "subject")
        product = "dossier__registration__product"
        self.coached = _pairs(
            ImprovementPlan.objects.filter(**{"made_by__in": users, f"{product}__in": products}), "made_by", product
        ) | _pairs(
            TaskNote.objects.filter(**{"by__in": users, f"task__plan__{product}__in": products}),
            "by",
            f"task__plan__{product}",
        )
        submitted = f"submission__{product}"
        self.assessed = set().union(
            *(
                _pairs(model.objects.filter(**{"by__in": users, f"{submitted}__in": products}), "by", submitted)
                for model in (FieldNote, CheckMark)
            )
        )
        opinions = Opinion.objects.filter(by__in=users)
        self.opined = _pairs(opinions.filter(idea__subject__in=subjects), "by", "idea__subject")
        self.advised = _pairs(
            Assignment.objects.filter(Q(dossier__in=dossiers), seat__user__in=users), "seat__user", "dossier"
        )

    def between(self, hearing: Hearing, seat: Seat) -> list[Hint]:
        registration = hearing.dossier.registration
        subject, user = registration.product.subject, seat.user
        rules = (
            (any(own.pk == subject.pk for own in self.people[user.pk]), PERSON),
            (bool(subject.phone) and subject.phone == user.phone, SAME_PHONE),
            (bool(subject.email) and subject.email == user.email, SAME_PHONE),
            (fold(subject.representative) == fold(user.full_name), SAME_NAME),
            ((user.pk, subject.pk) in self.helped, CONSENT),
            ((user.pk, registration.product_id) in self.coached, COACHED),
            ((user.pk, registration.product_id) in self.assessed, ASSESSED),
            ((user.pk, subject.pk) in self.opined, OPINED),
            ((user.pk, hearing.dossier_id) in self.advised, ADVISED),
        )
        found = [hint for holds, hint in rules if holds]
        return list(dict.fromkeys([*found, *self._from_offices(seat, subject), *self._from_places(seat, subject)]))

    def _offices(self, seat: Seat) -> set[str]:
        """The names of the offices the person works or worked for, folded."""
        named = {seat.organisation, *(grant.organisation for grant in self.grants[seat.user_id])}
        return {fold(name) for name in named if name.strip()}

    def _from_offices(self, seat: Seat, subject: Subject) -> list[Hint]:
        found = []
        if fold(subject.name) in self._offices(seat):
            words = f"Cơ quan công tác của bạn, nay hoặc trước đây, trùng tên chủ thể: {subject.name}."
            found.append(Hint(words, "cơ quan công tác, nay hoặc trước đây, trùng tên chủ thể", strong=True))
        for grant in self.grants[seat.user_id]:
            local = grant.unit.level == Level.COMMUNE and grant.unit_id == subject.unit_id
            if local and grant.role not in {*COUNCIL_ROLES, Role.SUBJECT}:
                words = f"Bạn giữ hoặc đã giữ vai trò {grant.label.lower()} ở {grant.unit.lower_name}, nơi có chủ thể."
                found.append(Hint(words, "công tác ở xã, phường của chủ thể"))
        return found

    def _from_places(self, seat: Seat, subject: Subject) -> list[Hint]:
        here = fold(subject.address)
        found = []
        if any(len(office) >= SHORTEST_PLACE and (office in here or here == office) for office in self._offices(seat)):
            found.append(Hint("Địa chỉ của chủ thể ghi tên cơ quan của bạn.", "địa chỉ chủ thể ghi tên cơ quan"))
        for own in self.people[seat.user_id]:
            if own.pk != subject.pk and own.unit_id == subject.unit_id and here and fold(own.address) == here:
                words = f"Chủ thể này cùng địa chỉ với {own.name}, nơi bạn thay mặt."
                found.append(Hint(words, "cùng địa chỉ với một chủ thể mà thành viên thay mặt", strong=True))
        return found


def _pairs(rows: QuerySet[Any], who: str, what: str) -> set[tuple[int, int]]:
    return set(rows.order_by().values_list(who, what).distinct())
