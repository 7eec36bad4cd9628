"""The desk review: advice on each criterion kept as it comes, then said to be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.advisory.actions.locking import at_work
from ocop.advisory.models import AdviceRow, Assignment, Review
from ocop.advisory.permissions import reviewing
from ocop.advisory.queries import review_by, rows_of
from ocop.advisory.states import ReviewState
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused, Stale
from ocop.core.texts import check_length, tidy
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of
from ocop.intake.queries import latest_submission
from ocop.rubric.rules import CriteriaSet

LONGEST_ADVICE = 2000
LONGEST_WORDS = 5000
Said = tuple[int | None, str]


@transaction.atomic
def save_review(
    *,
    dossier: Dossier,
    places: Mapping[str, int | None],
    advice: Mapping[str, str],
    words: str | None = None,
    revision: int | None = None,
    by: User,
    at: datetime,
) -> Review:
    """Keep the advice as it comes (autosave): an option of the set (0: none reached, None: not said) and words.

    Over a review saved elsewhere since `revision` only what is kept already is answered as kept. A draft is not an act
    of the programme: the ledger gets the review when it is done.
    """
    locked = at_work(dossier)
    review, _ = _draft(locked, by, at)
    return _fill_in(review, locked, places, advice, words, revision, at)


@transaction.atomic
def finish_review(
    *,
    dossier: Dossier,
    places: Mapping[str, int | None] | None = None,
    advice: Mapping[str, str] | None = None,
    words: str | None = None,
    revision: int | None = None,
    by: User,
    at: datetime,
) -> Review:
    """Say that the review is done: an option or words on every criterion."""
    locked = at_work(dossier)
    review, _ = _draft(locked, by, at)
    review = _fill_in(review, locked, places or {}, advice or {}, words, revision, at)
    rows = rows_of([review])[review.pk]
    codes = criteria_of(locked).criteria
    lacking = [code for code in codes if code not in rows or (rows[code].place is None and not rows[code].words)]
    if lacking:
        shown = ", ".join(lacking[:8]) + (" và các tiêu chí khác" if len(lacking) > 8 else "")
        raise Refused(
            f"Còn {len(lacking)} tiêu chí chưa có ý kiến: {shown}. Chọn một mức, hoặc ghi vì sao chưa kết luận được.",
            field=lacking[0],
        )
    review.state, review.done_at = ReviewState.DONE, at
    review.save(update_fields=["state", "done_at"])
    record(
        act="finish_review",
        words=f"Xem xong hồ sơ theo {len(codes)} tiêu chí",
        on=review,
        thread=locked,
        facts={
            "advice": {code: [row.place, row.revision] for code, row in sorted(rows.items())},
            "revision": review.revision,
        },
        by=by,
        at=at,
    )
    return review


@transaction.atomic
def reopen_review(*, dossier: Dossier, by: User, at: datetime) -> Review:
    """Take one's own finished review up again, while the team has not reported."""
    locked = at_work(dossier)
    found = review_by(reviewing(by, day_of(at), locked))
    review = Review.objects.select_for_update(of=("self",)).get(pk=found.pk) if found is not None else None
    if review is None or review.state != ReviewState.DONE:
        raise Refused("Phần xem của bạn chưa ghi là xong nên vẫn sửa được.")
    review.state = ReviewState.DRAFT
    review.save(update_fields=["state"])
    record(act="reopen_review", words="Xem lại hồ sơ", on=review, thread=locked, by=by, at=at)
    return review


def _draft(dossier: Dossier, by: User, at: datetime) -> tuple[Review, Assignment]:
    assignment = reviewing(by, day_of(at), dossier)
    review = review_by(assignment)
    if review is None:
        review = Review.objects.create(dossier=dossier, seat=assignment.seat, saved_at=at)
    if review.state != ReviewState.DRAFT:
        raise Refused("Bạn đã ghi là xem xong. Bấm “Xem lại” rồi sửa.")
    return review, assignment


def _fill_in(
    review: Review,
    dossier: Dossier,
    places: Mapping[str, int | None],
    advice: Mapping[str, str],
    words: str | None,
    revision: int | None,
    at: datetime,
) -> Review:
    criteria_set = criteria_of(dossier)
    _check(criteria_set, places, advice)
    words = review.words if words is None else tidy(words)
    check_length(words, LONGEST_WORDS, what="Ý kiến chung", field="words")
    kept = rows_of([review])[review.pk]
    said = {code: (row.place, row.words) for code, row in kept.items()}
    new: dict[str, Said] = {}
    for code in dict.fromkeys((*places, *advice)):
        place, text = said.get(code, (None, ""))
        told = (places.get(code, place), tidy(advice[code]) if code in advice else text)
        if told != (place, text):
            new[code] = told
    if not new and words == review.words:
        return review
    if revision is not None and revision != review.revision:
        where = ", ".join(sorted(new)) or "ý kiến chung"
        raise Stale(
            f"Phần xem này vừa được lưu ở máy khác, khác với màn hình này ở {where}. Những gì bạn ghi vẫn còn trên "
            "màn hình: mở trang ở thẻ mới để so, sửa cho đúng rồi gửi."
        )
    submission = latest_submission(dossier)
    review.revision += 1
    review.words, review.saved_at = words, at
    AdviceRow.objects.bulk_create(
        AdviceRow(
            review=review,
            submission=submission,
            criterion=code,
            revision=review.revision,
            place=place,
            words=text,
            at=at,
        )
        for code, (place, text) in new.items()
    )
    review.save(update_fields=["revision", "words", "saved_at"])
    return review


def _check(criteria_set: CriteriaSet, places: Mapping[str, int | None], advice: Mapping[str, str]) -> None:
    for code, place in places.items():
        criterion = criteria_set.criteria.get(code)
        if criterion is None:
            raise Refused(f"Bộ tiêu chí không có tiêu chí {code}. Hãy mở lại trang.")
        if place is not None and not 0 <= place <= len(criterion.options):
            raise Refused(f"Tiêu chí {code} không có mức đó. Hãy chọn lại.", field=code)
    for code, text in advice.items():
        if code not in criteria_set.criteria:
            raise Refused(f"Bộ tiêu chí không có tiêu chí {code}. Hãy mở lại trang.")
        check_length(tidy(text), LONGEST_ADVICE, what=f"Ý kiến tiêu chí {code}", field=code)
