"""A dossier that builds on a recognition: composed from it, and what the subject adds to the differences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ocop.accounts.models import User
from ocop.core.clock import day_of
from ocop.dossiers.actions.locking import check_editable, check_typing, lock, mark_of
from ocop.dossiers.actions.noting import fresh_texts
from ocop.dossiers.differences import carry_over, matched
from ocop.dossiers.models import Dossier, Evidence, Submission
from ocop.dossiers.queries import changes_of, criteria_of, live_evidence, renewals_of, set_in
from ocop.dossiers.rules import change_field, remember

LONGEST_COMMENT = 1000
LONGEST_NOTE = 5000
NOTE = "note"  # the key of the general note among the comments


def compose(dossier: Dossier, before: Submission, *, by: User, at: datetime) -> None:
    """Fill a dossier just opened with what of the recognised submission still holds; inside the opening's act.

    Options go over where the criterion and its wording are the same; a cited paper in its newest version, unless it
    was put away or has lapsed. What does not go over is seen among the differences.
    """
    old, new = set_in(before.content), criteria_of(dossier)
    carried = carry_over(old, new, before.content["choices"], before.content["explanations"])
    dossier.started_from = before
    dossier.choices, dossier.explanations = carried.choices, carried.explanations
    dossier.revision, dossier.saved_at = 1, at
    dossier.save(update_fields=["started_from", "choices", "explanations", "revision", "saved_at"])
    codes, renewals = matched(old, new), renewals_of(dossier.registration.product.subject)
    cited: dict[int, Evidence] = {}
    for row in live_evidence(before.dossier):
        paper = renewals.get(row.paper_id, row.paper)
        if paper.withdrawn_at is not None or (paper.expires_on is not None and paper.expires_on < day_of(at)):
            continue
        cites = [codes[code] for code in row.cites if code in codes]
        if paper.pk in cited:
            known = cited[paper.pk].cites
            known += [code for code in cites if code not in known]
            continue
        cited[paper.pk] = Evidence(dossier=dossier, paper=paper, title=row.title, cites=cites, added_by=by, added_at=at)
    Evidence.objects.bulk_create(cited.values())


@transaction.atomic
def save_changes(
    *, dossier: Dossier, comments: Mapping[str, str], seen: Mapping[str, str] | None = None, by: User, at: datetime
) -> Dossier:
    """Keep what the subject says of the changes (autosave): by the key of the difference, `note` for all of them.

    `seen` marks the words that each was typed over: what somebody else wrote meanwhile is never written over unseen.
    """
    locked = lock(dossier)
    check_typing(locked, by=by, at=at)
    check_editable(locked)
    fresh = fresh_texts(
        comments,
        {**locked.change_comments, NOTE: locked.changes_note},
        _names(locked),
        seen=seen or {},
        longest={NOTE: LONGEST_NOTE, "": LONGEST_COMMENT},
        gone="Thay đổi này không còn trong danh sách. Hãy tải lại trang để xem danh sách mới.",
    )
    if not fresh:
        return locked
    fields = ["note-changes" if key == NOTE else change_field(key) for key in fresh]
    locked.typed = remember(locked.typed, fields, mark_of(locked, by=by, at=at))
    locked.changes_note = fresh.pop(NOTE, locked.changes_note)
    locked.change_comments = {key: text for key, text in {**locked.change_comments, **fresh}.items() if text}
    locked.revision += 1
    locked.saved_at = at
    locked.save(update_fields=["change_comments", "changes_note", "typed", "revision", "saved_at"])
    return locked


def _names(dossier: Dossier) -> dict[str, str]:
    """What may be commented on: every difference and every heading, by key, with its name; and all of it."""
    sections = changes_of(dossier)
    names = {section.comment_key: section.name for section in sections}
    names |= {change.key: change.label for section in sections for change in section.changes}
    # A comment stays when its difference is gone: it can still be emptied.
    names |= {key: "một thay đổi không còn" for key in dossier.change_comments if key not in names}
    return names | {NOTE: "thay đổi nói chung"}
