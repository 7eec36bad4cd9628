"""What subject and offices write to each other on a dossier, and what the subject answers to the items asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.dossiers.actions.locking import check_typing, lock, mark_of
from ocop.dossiers.actions.noting import fresh_texts
from ocop.dossiers.models import Dossier, Message
from ocop.dossiers.permissions import check_view, is_own
from ocop.dossiers.queries import criteria_of, items_asked
from ocop.dossiers.rules import item_field, remember
from ocop.dossiers.states import DossierState
from ocop.files.actions import claim_uploads, keep, take_in

LONGEST_MESSAGE = 3000
LONGEST_ANSWER = 1000


def send_message(
    *,
    dossier: Dossier,
    text: str,
    criterion: str = "",
    upload: UploadedFile | None = None,
    held: UUID | None = None,
    by: User,
    at: datetime,
) -> Message:
    """Write a question or an answer into the dossier's thread, for everybody who may open the dossier.

    One file may come with it, or is `held` for `by` since the form was refused.
    """
    check_view(by, day_of(at), dossier)
    text = tidy(text)
    if not text:
        raise Refused("Viết điều cần hỏi hoặc trả lời rồi gửi.", field="text")
    check_length(text, LONGEST_MESSAGE, what="Lời nhắn", field="text")
    if criterion and criterion not in criteria_of(dossier).criteria:
        raise Refused(f"Bộ tiêu chí của sản phẩm không có tiêu chí {criterion}.", field="criterion")
    taken = take_in(upload) if upload is not None else None  # long work, so before the transaction
    with transaction.atomic():
        locked = lock(dossier)
        check_view(by, day_of(at), locked)
        kept = keep(taken, by=by, at=at) if taken is not None else None
        if held is not None:
            (kept,) = claim_uploads(keys=[held], by=by, at=at)
        sent = Message.objects.create(
            dossier=locked,
            criterion=criterion,
            text=text,
            file=kept,
            from_subject=is_own(by, day_of(at), locked),
            by=by,
            at=at,
        )
        record(
            act="send_message",
            words=f"Gửi lời nhắn{f' về tiêu chí {criterion}' if criterion else ''}",
            on=sent,
            thread=locked,
            facts={"criterion": criterion, "sha256": sent.file.sha256 if sent.file is not None else None},
            shown_to_subject=True,
            by=by,
            at=at,
        )
    return sent


@transaction.atomic
def answer_items(
    *, dossier: Dossier, answers: Mapping[str, str], seen: Mapping[str, str] | None = None, by: User, at: datetime
) -> Dossier:
    """Keep what the subject answers to the items it was asked to complete (autosave), by the key of the item.

    A draft like the rest of the dossier: the ledger gets it when the dossier is handed in again.
    """
    locked = lock(dossier)
    check_typing(locked, by=by, at=at)
    if locked.state != DossierState.RETURNED:
        raise Refused(f"Hồ sơ đang ở bước “{locked.told_label}”, không có mục nào chờ bổ sung.")
    fresh = fresh_texts(
        answers,
        locked.item_answers,
        {item.key: item.what for item in items_asked(locked)},
        seen=seen or {},
        longest={"": LONGEST_ANSWER},
        gone="Mục này không thuộc lần yêu cầu bổ sung đang chờ. Hãy tải lại trang.",
    )
    if not fresh:
        return locked
    locked.item_answers = {key: text for key, text in {**locked.item_answers, **fresh}.items() if text}
    locked.typed = remember(locked.typed, [item_field(key) for key in fresh], mark_of(locked, by=by, at=at))
    locked.revision += 1
    locked.saved_at = at
    locked.save(update_fields=["item_answers", "typed", "revision", "saved_at"])
    return locked
