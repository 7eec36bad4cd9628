"""The commune's assessment: notes and photos kept as they come in, then the report (QĐ 26/2026 Art. 7.2, no score)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ocop.accounts.models import User
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.dossiers.actions import pass_step
from ocop.dossiers.models import Dossier, Submission
from ocop.intake.actions.fieldwork import NoteDraft, PhotoDraft, check_note, keep_note, keep_photo
from ocop.intake.actions.locking import at_step
from ocop.intake.models import FieldNote, FieldPhoto, LocalPapers
from ocop.intake.permissions import check_number_papers
from ocop.intake.queries import helped_with, notes_of, shown_photos
from ocop.intake.rules import finding_words
from ocop.intake.states import MEETING
from ocop.regime.rules import IntakeStep

HELPED = "Người nhận xét đã nhập giúp hồ sơ này theo sự đồng ý của chủ thể."


@transaction.atomic
def save_notes(
    *, dossier: Dossier, notes: Sequence[NoteDraft] = (), photos: Sequence[PhotoDraft] = (), by: User, at: datetime
) -> tuple[dict[str, FieldNote], list[FieldPhoto]]:
    """Keep notes and photos as they stand; sent twice they are kept once, and nothing of another is overwritten unseen.

    A draft being written is not an act of the programme: the ledger gets it with the report.
    """
    _, step, submission = at_step(dossier, kind="assessment", by=by, at=at)
    kept = {note.content: _save(submission, step, note, by=by, at=at) for note in notes}
    return kept, [_keep_photo(submission, step, photo, by=by, at=at) for photo in photos]


def _save(submission: Submission, step: IntakeStep, draft: NoteDraft, *, by: User, at: datetime) -> FieldNote:
    names = {content.code: content.name for content in step.contents} | {MEETING: "Ý kiến tại cuộc họp"}
    check_note(draft, names, verdicts={verdict.code for verdict in step.verdicts})
    return keep_note(submission.field_notes, draft, by=by, at=at)


def _keep_photo(submission: Submission, step: IntakeStep, draft: PhotoDraft, *, by: User, at: datetime) -> FieldPhoto:
    return keep_photo(submission.field_photos, draft, {each.code for each in step.contents}, by=by, at=at)


@transaction.atomic
def remove_photo(*, dossier: Dossier, key: UUID, by: User, at: datetime) -> None:
    """Take a photo out of the report; it stays in the store."""
    _, _, submission = at_step(dossier, kind="assessment", by=by, at=at)
    shown_photos(submission).filter(key=key).update(removed_at=at)


@transaction.atomic
def finish_assessment(
    *,
    dossier: Dossier,
    notes: Sequence[NoteDraft] = (),
    photos: Sequence[PhotoDraft] = (),
    report_number: str = "",
    letter_number: str = "",
    signed_on: date | None = None,
    signer: str = "",
    note: str = "",
    by: User,
    at: datetime,
) -> Dossier:
    """The commune's report stands: every content has its finding, and the dossier goes on with report and letter."""
    locked, step, submission = at_step(dossier, kind="assessment", by=by, at=at)
    for note_draft in notes:
        _save(submission, step, note_draft, by=by, at=at)
    for photo_draft in photos:
        _keep_photo(submission, step, photo_draft, by=by, at=at)
    kept = notes_of(submission)
    contents = findings_in_words(step, kept)
    if report_number or letter_number or signed_on or signer:
        _number(locked, report_number, letter_number, signed_on, signer, by=by, at=at)
    meeting = kept.get(MEETING)
    more = [f"Ý kiến tại cuộc họp: {meeting.text}" if meeting and meeting.text else ""]
    more += [HELPED if helped_with(by, locked) else "", tidy(note)]
    record(
        act="finish_assessment",
        words=f"Hoàn tất báo cáo đánh giá {len(step.contents)} nội dung"
        + (" (người ghi từng nhập giúp chủ thể)" if helped_with(by, locked) else ""),
        on=submission,
        thread=locked,
        facts={
            "notes": {code: [each.revision, str(each.key)] for code, each in sorted(kept.items())},
            "photos": [photo.file.sha256 for photo in shown_photos(submission)],
        },
        shown_to_subject=True,
        by=by,
        at=at,
    )
    return pass_step(dossier=locked, contents=contents, note="\n".join(filter(None, more)), by=by, at=at)


def findings_in_words(step: IntakeStep, kept: dict[str, FieldNote]) -> dict[str, str]:
    """The findings as the report prints them; refused where a statement is not confirmed and nothing says why."""
    names = {verdict.code: verdict.name for verdict in step.verdicts}
    plain = step.verdicts[0].code if step.verdicts else ""
    found = {}
    for content in step.contents:
        note = kept.get(content.code)
        if note is None:
            continue
        if note.verdict not in ("", plain) and not note.text:
            raise Refused(
                f"“{content.name}” ghi “{names[note.verdict]}”: hãy viết rõ khác ở điểm nào.",
                field=f"content-{content.code}",
            )
        if note.verdict or note.text:
            found[content.code] = finding_words(
                verdict=names.get(note.verdict, ""), text=note.text, asked=note.asked, place=note.place
            )
    return found


@transaction.atomic
def number_papers(
    *,
    dossier: Dossier,
    report_number: str,
    letter_number: str,
    signed_on: date | None,
    signer: str,
    by: User,
    at: datetime,
) -> LocalPapers:
    """Write down the numbers, day and signer that the commune's clerk gave its report and letter."""
    locked = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    check_number_papers(by, day_of(at), dossier)
    if not (report_number or letter_number or signed_on or signer):
        raise Refused("Ghi ít nhất một trong các ô: số báo cáo, số văn bản, ngày ký, người ký.")
    return _number(locked, report_number, letter_number, signed_on, signer, by=by, at=at)


def _number(
    dossier: Dossier, report: str, letter: str, signed_on: date | None, signer: str, *, by: User, at: datetime
) -> LocalPapers:
    report, letter, signer = tidy(report), tidy(letter), tidy(signer)
    check_length(report, 60, what="Số báo cáo", field="report_number")
    check_length(letter, 60, what="Số văn bản đề nghị", field="letter_number")
    check_length(signer, 120, what="Tên người ký", field="signer")
    if signed_on is not None and signed_on > day_of(at):
        raise Refused("Ngày ký không thể sau hôm nay.", field="signed_on")
    papers = LocalPapers.objects.create(
        dossier=dossier, report_number=report, letter_number=letter, signed_on=signed_on, signer=signer, by=by, at=at
    )
    record(
        act="number_papers",
        words=f"Ghi số báo cáo {report or '(chưa có)'}, văn bản đề nghị {letter or '(chưa có)'}",
        on=papers,
        thread=dossier,
        facts={"report": report, "letter": letter, "signed_on": signed_on.isoformat() if signed_on else None},
        by=by,
        at=at,
    )
    return papers
