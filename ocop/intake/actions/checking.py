"""The completeness check: marks kept as they are made, then passed on or one request for everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from ocop.accounts.models import User
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.dossiers.actions import pass_step, return_dossier, send_message
from ocop.dossiers.models import Dossier, Submission
from ocop.intake.actions.locking import at_step
from ocop.intake.models import CheckMark
from ocop.intake.queries import checklist_of, marks_of, wanted_of_offices
from ocop.intake.rules import Item, asked_words, faults, wrong_in_row
from ocop.intake.states import MarkOf
from ocop.regime.rules import IntakeStep

LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkDraft:
    """A mark as the page sends it; `revision` is the one it was made on (0: none yet, None: the page has none)."""

    item: str
    mark: str = ""
    note: str = ""
    example: str = ""
    revision: int | None = None

    @property
    def said(self) -> tuple[str, str, str]:
        """What was marked, tidied."""
        return self.mark, tidy(self.note), tidy(self.example)


class Requested(NamedTuple):
    """The dossier after a request, and the offices that were asked for their own papers."""

    dossier: Dossier
    offices: tuple[str, ...]


@transaction.atomic
def save_marks(*, dossier: Dossier, marks: Sequence[MarkDraft], by: User, at: datetime) -> dict[str, CheckMark]:
    """Keep marks of the check as they are made; a draft is not an act, the ledger gets how the step ends."""
    locked, step, submission = at_step(dossier, kind="check", by=by, at=at)
    return _save(locked, step, submission, marks, by=by, at=at)


def _save(
    dossier: Dossier, step: IntakeStep, submission: Submission, marks: Sequence[MarkDraft], *, by: User, at: datetime
) -> dict[str, CheckMark]:
    if not marks:
        return {}
    items = {item.key: item for item in checklist_of(dossier, step)}
    known = marks_of(submission, step.code)
    saved = {}
    for draft in marks:
        kept = _save_one(items, known.get(draft.item), draft, submission, step, by=by, at=at)
        if kept is not None:
            saved[draft.item] = kept
    return saved


def _save_one(
    items: Mapping[str, Item],
    known: CheckMark | None,
    draft: MarkDraft,
    submission: Submission,
    step: IntakeStep,
    *,
    by: User,
    at: datetime,
) -> CheckMark | None:
    item = items.get(draft.item)
    if item is None:
        raise Refused("Dòng này không còn trong danh sách kiểm tra. Hãy mở lại trang.")
    if draft.mark and draft.mark not in MarkOf.values:
        raise Refused("Chọn Đạt, Thiếu hoặc Sai.", field=f"mark-{draft.item}")
    mark, note, example = draft.said
    check_length(note, LONGEST_NOTE, what=f"Ghi chú của “{item.what}”", field=f"note-{draft.item}")
    check_length(example, LONGEST_NOTE, what=f"Ví dụ của “{item.what}”", field=f"example-{draft.item}")
    if known is None:
        if not any(draft.said):
            return None
        return CheckMark.objects.create(
            submission=submission, step=step.code, item=draft.item, mark=mark, note=note, example=example, by=by, at=at
        )
    if (known.mark, known.note, known.example) == draft.said:
        return known
    if draft.revision is not None and draft.revision != known.revision:
        raise Stale(
            f"{known.by.full_name} vừa đánh dấu “{item.what}” là {known.get_mark_display() or 'chưa xem'}, "
            "khác với bạn. Hãy mở lại trang ở thẻ mới để so.",
            field=f"mark-{draft.item}",
        )
    known.mark, known.note, known.example = mark, note, example
    known.revision += 1
    known.by, known.at, known.asked_at = by, at, None
    known.save(update_fields=["mark", "note", "example", "revision", "by", "at", "asked_at"])
    return known


@transaction.atomic
def pass_check(*, dossier: Dossier, marks: Sequence[MarkDraft] = (), note: str = "", by: User, at: datetime) -> Dossier:
    """The dossier is complete and goes on, with how many rows nobody marked; refused while one is missing or wrong."""
    locked, step, submission = at_step(dossier, kind="check", by=by, at=at)
    _save(locked, step, submission, marks, by=by, at=at)
    stand = {item: each.mark for item, each in marks_of(submission, step.code).items()}
    rows = checklist_of(locked, step)
    wrong = faults(rows, stand)
    if wrong:
        raise Refused(
            f"Còn {len(wrong)} dòng Thiếu hoặc Sai (đầu tiên: {wrong[0].what}). Hãy gửi yêu cầu bổ sung, "
            "hoặc đổi đánh dấu thành Đạt nếu đã xem lại.",
            field=f"mark-{wrong[0].key}",
        )
    unmarked = sum(not stand.get(item.key) for item in rows)
    words = f"{unmarked}/{len(rows)} dòng kiểm tra không đánh dấu riêng, coi như Đạt." if unmarked else ""
    return pass_step(
        dossier=locked,
        note="\n".join(filter(None, [tidy(note), words])),
        facts={"rows": len(rows), "unmarked": unmarked},
        by=by,
        at=at,
    )


@transaction.atomic
def request_additions(
    *,
    dossier: Dossier,
    marks: Sequence[MarkDraft] = (),
    items: Sequence[Mapping[str, str]],
    answer_by: date,
    note: str = "",
    by: User,
    at: datetime,
) -> Requested:
    """One request for everything that lacks, each item with reason and example, and a day to answer by.

    The rows that an earlier office has to bring are asked of that office in the thread; where nothing else lacks, the
    dossier stays at the step.
    """
    locked, step, submission = at_step(dossier, by=by, at=at)
    _save(locked, step, submission, marks, by=by, at=at)
    named = [row for row in items if any(text.strip() for text in row.values())]
    for row in named:
        for words in wrong_in_row(row).values():
            raise Refused(f"Mục “{row.get('what', '')}”: {words}", field="items")
    offices = _ask_offices(locked, step, submission, by=by, at=at)
    if offices and not named:
        return Requested(locked, offices)
    if not named and wanted_of_offices(locked, step):
        raise Refused("Đã nhắn đúng như vậy rồi, chưa có gì mới để nhắn. Xem trả lời ở phần trao đổi của hồ sơ.")
    returned = return_dossier(dossier=locked, items=named, answer_by=answer_by, note=note, by=by, at=at)
    return Requested(returned, offices)


def _ask_offices(
    dossier: Dossier, step: IntakeStep, submission: Submission, *, by: User, at: datetime
) -> tuple[str, ...]:
    """Ask each earlier office in the thread for its own rows that were not asked yet; who was asked."""
    asked = []
    for wanted in wanted_of_offices(dossier, step):
        if not wanted.news:
            continue
        for row in wanted.rows:
            if "reason" in wrong_in_row(row):
                raise Refused(f"“{row['what']}”: ghi rõ thiếu gì, vì sao.", field=f"note-{row['item']}")
        send_message(dossier=dossier, text=asked_words(wanted.office, wanted.rows), by=by, at=at)
        keys = [row["item"] for row in wanted.rows]
        submission.check_marks.filter(step=step.code, item__in=keys).update(asked_at=at)
        asked.append(wanted.office)
    return tuple(asked)
