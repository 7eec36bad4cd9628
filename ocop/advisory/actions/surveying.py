"""The survey in the field: what to look at, what was found, photos with their place; arrives once, however sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ocop.accounts.models import User
from ocop.advisory.actions.locking import WorkOver, at_work
from ocop.advisory.models import Survey, SurveyNote, SurveyPhoto
from ocop.advisory.permissions import check_survey
from ocop.advisory.queries import acting_seats, assignment_of, survey_notes, team_for
from ocop.advisory.states import SurveyState, SurveyVerdict
from ocop.audit.actions import record
from ocop.core.clock import day_of
from ocop.core.errors import Refused
from ocop.core.texts import check_length, tidy
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of
from ocop.intake.actions.fieldwork import NoteDraft, PhotoDraft, check_note, keep_note, keep_photo
from ocop.intake.queries import latest_submission

LONGEST_QUESTION = 300
LONGEST_CONCLUSION = 5000
MOST_QUESTIONS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionDraft:
    """One thing to look at in the field, for a criterion where there is one."""

    text: str
    criterion: str = ""


@transaction.atomic
def plan_survey(
    *,
    dossier: Dossier,
    questions: Sequence[QuestionDraft],
    place: str = "",
    planned_on: date | None = None,
    by: User,
    at: datetime,
) -> Survey:
    """Plan a survey: what to look at where; it can then be carried along and filled in without a line."""
    locked = at_work(dossier)
    day = day_of(at)
    check_survey(by, day, locked)
    asked = [QuestionDraft(text=tidy(each.text), criterion=each.criterion) for each in questions if tidy(each.text)]
    if not asked:
        raise Refused("Ghi ít nhất một điều cần xem ở nơi khảo sát.", field="questions")
    if len(asked) > MOST_QUESTIONS:
        raise Refused(f"Một lần khảo sát hỏi nhiều nhất {MOST_QUESTIONS} điều.", field="questions")
    codes = criteria_of(locked).criteria
    for each in asked:
        check_length(each.text, LONGEST_QUESTION, what="Câu cần xem", field="questions")
        if each.criterion and each.criterion not in codes:
            raise Refused(f"Bộ tiêu chí không có tiêu chí {each.criterion}.", field="questions")
    place = tidy(place)
    check_length(place, 200, what="Nơi khảo sát", field="place")
    if planned_on is not None and planned_on < day:
        raise Refused("Ngày đi khảo sát không thể trước hôm nay.", field="planned_on")
    assignment = assignment_of(by, day, locked)
    team = team_for(locked, day)
    seat = assignment.seat if assignment is not None else acting_seats(by, day).filter(team=team).get()
    made = Survey.objects.create(
        dossier=locked,
        submission=latest_submission(locked),
        seat=seat,
        number=locked.surveys.count() + 1,
        questions=[
            {"code": f"q{number}", "text": each.text, "criterion": each.criterion}
            for number, each in enumerate(asked, start=1)
        ],
        place=place,
        planned_on=planned_on,
        by=by,
        at=at,
    )
    record(
        act="plan_survey",
        words=f"Lập khảo sát thực địa lần {made.number}",
        on=made,
        thread=locked,
        facts={"questions": made.questions, "place": place},
        by=by,
        at=at,
    )
    return made


@transaction.atomic
def save_survey(
    *, survey: Survey, notes: Sequence[NoteDraft] = (), photos: Sequence[PhotoDraft] = (), by: User, at: datetime
) -> tuple[dict[str, SurveyNote], list[SurveyPhoto]]:
    """Keep notes and photos as they come in; sent twice they are kept once, another's note is never overwritten."""
    locked, _ = _open(survey, by, at)
    return _keep(locked, notes, photos, by=by, at=at)


@transaction.atomic
def finish_survey(
    *,
    survey: Survey,
    notes: Sequence[NoteDraft] = (),
    photos: Sequence[PhotoDraft] = (),
    conclusion: str = "",
    by: User,
    at: datetime,
) -> Survey:
    """The survey is over: each question has its verdict, and words where it differs from the dossier."""
    locked, dossier = _open(survey, by, at)
    _keep(locked, notes, photos, by=by, at=at)
    kept = survey_notes(locked)
    for question in locked.questions:
        note = kept.get(question["code"])
        if note is None or not note.verdict:
            raise Refused(
                f"“{question['text']}” chưa có kết luận. Chọn một kết luận, “Không kiểm tra được” cũng được.",
                field=f"verdict-{question['code']}",
            )
        if note.verdict != SurveyVerdict.AS_STATED and not note.text:
            raise Refused(
                f"“{question['text']}” ghi “{SurveyVerdict(note.verdict).label}”: hãy viết rõ thêm.",
                field=f"content-{question['code']}",
            )
    conclusion = tidy(conclusion)
    check_length(conclusion, LONGEST_CONCLUSION, what="Kết luận khảo sát", field="note")
    locked.state, locked.conclusion, locked.done_at = SurveyState.DONE, conclusion, at
    locked.save(update_fields=["state", "conclusion", "done_at"])
    shown = locked.photos.filter(removed_at__isnull=True).select_related("file").order_by("pk")
    record(
        act="finish_survey",
        words=f"Khảo sát xong lần {locked.number}",
        on=locked,
        thread=dossier,
        facts={
            "notes": {code: [note.verdict, note.revision, str(note.key)] for code, note in sorted(kept.items())},
            "photos": [photo.file.sha256 for photo in shown],
        },
        by=by,
        at=at,
    )
    return locked


@transaction.atomic
def remove_photo(*, survey: Survey, key: UUID, by: User, at: datetime) -> None:
    """Take a photo out of the survey; it stays in the store."""
    locked, _ = _open(survey, by, at)
    locked.photos.filter(key=key, removed_at__isnull=True).update(removed_at=at)


def _open(survey: Survey, by: User, at: datetime) -> tuple[Survey, Dossier]:
    dossier = at_work(survey.dossier)
    check_survey(by, day_of(at), dossier)
    locked = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    if locked.state != SurveyState.OPEN:
        raise WorkOver(f"Khảo sát lần {locked.number} đã ghi là xong, không ghi thêm được.")
    return locked, dossier


def _keep(
    survey: Survey, notes: Sequence[NoteDraft], photos: Sequence[PhotoDraft], *, by: User, at: datetime
) -> tuple[dict[str, SurveyNote], list[SurveyPhoto]]:
    names: Mapping[str, str] = {question["code"]: question["text"] for question in survey.questions}
    kept = {}
    for note in notes:
        check_note(note, names, verdicts=SurveyVerdict.values)
        kept[note.content] = keep_note(survey.notes, note, by=by, at=at)
    return kept, [keep_photo(survey.photos, photo, names, by=by, at=at) for photo in photos]
