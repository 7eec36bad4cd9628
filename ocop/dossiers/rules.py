"""What a dossier needs before it may be handed in, and when a step's clock runs out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from hashlib import sha256
from typing import Any

from ocop.core.texts import tidy
from ocop.regime.rules import Clock, DossierKind, Regime, WorkCalendar
from ocop.rubric.rules import CriteriaSet, missed, total_of

NO_OPTION = "Không có mức nào"
SELF_ASSESSMENT, EVIDENCE, INTERVIEW, READ_BACK = "self-assessment", "evidence", "interview", "read-back"
CHANGES, ASKED, FORMS = "changes", "asked", "forms"


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something a dossier lacks: in which part of it, and what to do, in Vietnamese."""

    part: str
    words: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a self-assessment would give; never a result. `missed` are the criteria below the wished star's minimums."""

    total: int
    answered: int
    by_points: int
    star: int
    missed: tuple[str, ...]

    def short_of(self, wished_star: int) -> str:
        """One sentence where the forecast is below the star registered for; empty where it reaches it."""
        if self.star >= wished_star:
            return ""
        reached = f"mới dự báo {self.star} sao" if self.star else "chưa đến hạng sao nào"
        return f"Theo điểm tự chấm {reached}, thấp hơn hạng {wished_star} sao đã đăng ký."


def forecast(
    regime: Regime, criteria_set: CriteriaSet, choices: Mapping[str, int | None], wished_star: int
) -> Forecast:
    """The star of the total, lowered until its minimums hold (same bands and minimums as the council's)."""
    total = total_of(criteria_set, choices)
    star = by_points = regime.star_by_points(Fraction(total))
    while missed(criteria_set, choices, star):
        star -= 1
    return Forecast(total, len(choices), by_points, star, tuple(missed(criteria_set, choices, wished_star)))


def above_support(
    criteria_set: CriteriaSet, choices: Mapping[str, int | None], ceilings: Mapping[str, int | None]
) -> list[str]:
    """The criteria whose claim earns more than the figures and papers support; without a ceiling none is judged."""
    above = []
    for code, criterion in criteria_set.criteria.items():
        claimed, ceiling = choices.get(code), ceilings.get(code)
        if claimed and ceiling is not None:
            held = criterion.options[ceiling - 1].points if ceiling else 0
            above += [code] if criterion.options[claimed - 1].points > held else []
    return above


def missing_before_submission(
    criteria_set: CriteriaSet,
    kind: DossierKind,
    choices: Mapping[str, int | None],
    evidence_count: int,
    changes_note: str,
    unread: int = 0,
    *,
    changed: bool = False,
    recognised: bool = True,
) -> list[Lacking]:
    """What still lacks, each with what to do; empty when the dossier may be handed in.

    `changed` says that changes since the recognition are told beside the note; `recognised`, that the recognition is
    known where the kind of dossier builds on one.
    `unread` is how many things others typed for the subject that it has not read back.
    """
    lacking: list[Lacking] = []
    unanswered = [code for code in criteria_set.criteria if code not in choices]
    if unanswered:
        shown = ", ".join(unanswered[:6]) + ("…" if len(unanswered) > 6 else "")
        lacking.append(
            Lacking(
                SELF_ASSESSMENT,
                f"Còn {len(unanswered)} tiêu chí chưa tự chấm ({shown}). Nếu không đạt mức nào, chọn “{NO_OPTION}”.",
            )
        )
    if evidence_count == 0:
        lacking.append(Lacking(EVIDENCE, "Chưa có minh chứng nào. Hãy chụp hoặc tải lên ít nhất một tệp."))
    if kind.recognition_required and not recognised:
        lacking.append(
            Lacking(CHANGES, f"Hồ sơ “{kind.name}” dựa vào lần công nhận trước: hãy ghi quyết định và ngày hết hạn.")
        )
    if kind.changes_required and not changed and not changes_note.strip():
        lacking.append(Lacking(CHANGES, f"Hồ sơ “{kind.name}” cần nêu những thay đổi so với lần được công nhận trước."))
    if unread:
        lacking.append(Lacking(READ_BACK, f"Còn {unread} mục do người khác nhập mà chủ thể chưa đọc lại và xác nhận."))
    return lacking


def outside_window(regime: Regime, kind: DossierKind, expires_on: date | None, day: date) -> str:
    """Why a dossier of that kind may not be filed on `day`, with the days and the way on; empty when it may.

    A span that was over before the regime came into force is followed by its transitional limit.
    """
    if not kind.window or expires_on is None:
        return ""
    window = regime.window(kind.window)
    opens, closes = window.opens(expires_on), window.closes(expires_on)
    if opens <= day <= closes:
        return ""
    law = f"Hồ sơ “{kind.name}” nộp từ ngày {opens:%d/%m/%Y} đến hết ngày {closes:%d/%m/%Y}" + (
        f" ({window.article}; giấy chứng nhận hết hạn {expires_on:%d/%m/%Y})."
    )
    if day < opens:
        return f"{law} Hôm nay còn sớm: nội dung đã nhập vẫn được giữ, hãy nộp từ ngày {opens:%d/%m/%Y}."
    if not window.late:
        return f"{law} Hạn nộp đã qua: hãy hỏi cơ quan chủ trì để nộp như hồ sơ khác."
    limit = regime.limit(window.late)
    last = expires_on + timedelta(days=limit.clock.days)
    if closes < regime.in_force_from and day <= last:
        return ""
    return (
        f"{law} Hạn nộp đã qua. Quy định chuyển tiếp ({limit.article}) chỉ cho nộp muộn, không quá {last:%d/%m/%Y}, "
        f"khi hạn nộp đã hết trước ngày {regime.in_force_from:%d/%m/%Y}. Nội dung đã nhập vẫn được giữ: hãy hỏi cơ "
        "quan chủ trì để chuyển thành loại hồ sơ khác."
    )


def evidence_field(pk: int) -> str:
    """The name under which a piece of evidence stands among the things typed."""
    return f"evidence-{pk}"


def mark_of_text(text: str) -> str:
    """A short mark of what a text says, to notice that it was changed meanwhile."""
    return sha256(text.encode()).hexdigest()[:16]


def change_field(key: str) -> str:
    """The name under which a comment on a difference stands among the things typed."""
    return f"change-{key}"


def item_field(key: str) -> str:
    """The name under which the answer to an item asked for stands among the things typed."""
    return f"item-{key}"


def remember(
    typed: Mapping[str, Mapping[str, Any]], fields: Iterable[str], mark: Mapping[str, Any] | None
) -> dict[str, Mapping[str, Any]]:
    """Who typed which field for the subject, after `fields` were typed; without a mark the subject did it itself."""
    now = set(fields)
    kept = {field: by for field, by in typed.items() if field not in now}
    return kept if mark is None else {**kept, **dict.fromkeys(sorted(now), mark)}


def unread(typed: Mapping[str, str], read: Mapping[str, str]) -> list[str]:
    """Of the things others typed (field → what it says), those that were not read back as they stand."""
    return [field for field, words in typed.items() if read.get(field) != words]


def clock_ends(clock: Clock | None, start: date, calendar: WorkCalendar) -> date | None:
    """The last day of a step that started on `start`; None where the law sets no limit."""
    if clock is None:
        return None
    if clock.counting == "working":
        return calendar.ends(start, clock.days)
    return date.fromordinal(start.toordinal() + clock.days)


def clean_items(items: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """The missing items, trimmed, without rows in which nothing was typed; an example only where one was given."""
    trimmed = ({key: tidy(item.get(key, "")) for key in ("what", "reason", "example")} for item in items)
    typed = (item for item in trimmed if any(item.values()))
    return [{key: text for key, text in item.items() if text or key != "example"} for item in typed]
