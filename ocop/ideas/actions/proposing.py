"""Writing an idea down and sending it in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ocop.accounts.models import User
from ocop.accounts.rules import normal_phone, phone_is_plausible
from ocop.audit.actions import record
from ocop.consent.queries import consent_of
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.core.search import fold
from ocop.core.texts import check_length, tidy
from ocop.ideas.actions.moving import check_in, lock, move
from ocop.ideas.models import Idea
from ocop.ideas.permissions import can_propose, check_give_opinion, check_write
from ocop.ideas.queries import sectors_of
from ocop.ideas.states import IDEA_OPEN, IdeaKind, IdeaState
from ocop.places.models import Unit
from ocop.planning.queries import latest_programme
from ocop.registration.models import Subject

TEXTS = {
    "description": "Mô tả sản phẩm",
    "materials": "Nguyên liệu",
    "difference": "Điểm khác biệt",
    "buyers": "Khách hàng",
    "means": "Nguồn lực hiện có",
    "difficulties": "Khó khăn",
    "support_wanted": "Mong muốn hỗ trợ",
}
# What must be there before the idea goes to the offices.
WANTED_TO_SEND = ("description", "materials", "difference", "buyers")
LONGEST_TEXT = 3000


@transaction.atomic
def propose(
    *,
    subject: Subject | None,
    unit: Unit,
    contact_name: str = "",
    contact_phone: str = "",
    kind: str,
    name: str,
    sector: str,
    texts: Mapping[str, str],
    by: User,
    at: datetime,
) -> Idea:
    """Write down an idea of a subject, or of somebody of the commune who is none yet, in the programme of the year."""
    day = day_of(at)
    if not can_propose(by, day, subject=subject, unit=unit):
        raise PermissionDenied("Bạn không ghi được ý tưởng cho người này.")
    programme = latest_programme(unit)
    if programme is None:
        raise Refused(f"{unit} chưa có chương trình OCOP nào. Hãy hỏi cơ quan chủ trì trước khi ghi ý tưởng.")
    idea = Idea(programme=programme, unit=unit, subject=subject, entered_by=by, entered_at=at, state_since=at)
    idea.consent = consent_of(by, subject, day) if subject is not None else None
    _write(idea, kind=kind, name=name, sector=sector, texts=texts)
    _whose(idea, contact_name, contact_phone)
    idea.save(force_insert=True)
    record(
        act="propose_idea",
        words=f"Ghi ý tưởng “{idea.name}” của {idea.whose}",
        on=idea,
        thread=idea,
        facts={"kind": idea.kind, "unit": unit.code, "year": programme.year},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return idea


@transaction.atomic
def rewrite(
    *,
    idea: Idea,
    revision: int,
    contact_name: str = "",
    contact_phone: str = "",
    kind: str,
    name: str,
    sector: str,
    texts: Mapping[str, str],
    by: User,
    at: datetime,
) -> Idea:
    """Change an idea that is still in its author's hands; refused when somebody else changed it meanwhile."""
    locked = lock(idea)
    check_write(by, day_of(at), locked)
    check_in(locked, *IDEA_OPEN)
    if revision != locked.revision:
        raise Stale("Ý tưởng này vừa được sửa ở nơi khác. Những gì bạn nhập vẫn còn dưới đây: hãy so lại rồi lưu.")
    _write(locked, kind=kind, name=name, sector=sector, texts=texts)
    _whose(locked, contact_name, contact_phone)
    locked.revision += 1
    locked.save()
    return locked


@transaction.atomic
def send_idea(*, idea: Idea, by: User, at: datetime) -> Idea:
    """Send the idea to the commune for its opinion; refused while something lacks, all of it named."""
    locked = lock(idea)
    check_write(by, day_of(at), locked)
    check_in(locked, *IDEA_OPEN)
    lacking = [TEXTS[field] for field in WANTED_TO_SEND if not getattr(locked, field)]
    if lacking:
        raise Refused(f"Còn thiếu: {', '.join(lacking)}. Hãy ghi vài dòng cho mỗi mục rồi gửi.")
    move(locked, IdeaState.SENT, at)
    record(
        act="send_idea",
        words=f"Gửi ý tưởng “{locked.name}”",
        on=locked,
        thread=locked,
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return locked


@transaction.atomic
def link_subject(*, idea: Idea, subject: Subject, by: User, at: datetime) -> Idea:
    """Say which registered subject the idea belongs to; once, by the commune's officer."""
    locked = lock(idea)
    check_give_opinion(by, day_of(at), locked)
    if locked.subject is not None:
        raise Refused(f"Ý tưởng này đã là của {locked.subject.name}.")
    if subject.unit_id != locked.unit_id:
        raise Refused(f"{subject.name} không ở {locked.unit.lower_name}.", field="subject")
    locked.subject = subject
    locked.search = fold(locked.name, locked.whose, locked.unit.name)
    locked.save(update_fields=["subject", "search"])
    record(
        act="link_idea",
        words=f"Gắn ý tưởng “{locked.name}” với {subject.name}",
        on=locked,
        thread=locked,
        facts={"subject": subject.pk},
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return locked


def _write(idea: Idea, *, kind: str, name: str, sector: str, texts: Mapping[str, str]) -> None:
    name = tidy(name)
    if not name:
        raise Refused("Ghi tên ý tưởng, ví dụ “Mỳ gạo lứt đóng gói”.", field="name")
    check_length(name, 200, what="Tên ý tưởng", field="name")
    if kind not in IdeaKind.values:
        raise Refused("Chọn sản phẩm mới hay sản phẩm đã có.", field="kind")
    if sector not in sectors_of(idea.programme.regime_version.code):
        raise Refused("Chọn nhóm sản phẩm trong danh sách.", field="sector")
    idea.kind, idea.name, idea.sector = kind, name, sector
    for field, words in TEXTS.items():
        text = tidy(texts.get(field, ""))
        check_length(text, LONGEST_TEXT, what=words, field=field)
        setattr(idea, field, text)


def _whose(idea: Idea, contact_name: str, contact_phone: str) -> None:
    if idea.subject is None:
        idea.contact_name, idea.contact_phone = tidy(contact_name)[:120], normal_phone(contact_phone)
        if not idea.contact_name:
            raise Refused("Ghi tên người nêu ý tưởng.", field="contact_name")
        if idea.contact_phone and not phone_is_plausible(idea.contact_phone):
            raise Refused("Số điện thoại gồm 10 hoặc 11 chữ số, bắt đầu bằng 0.", field="contact_phone")
    idea.search = fold(idea.name, idea.whose, idea.unit.name)
