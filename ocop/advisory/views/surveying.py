"""The survey on the phone: planned at the desk, carried along, filled in with or without a line, finished once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.advisory import actions
from ocop.advisory.actions.locking import WorkOver
from ocop.advisory.forms import PlanForm, SurveyForm
from ocop.advisory.models import Survey, SurveyNote, SurveyPhoto
from ocop.advisory.permissions import can_survey, check_survey
from ocop.advisory.queries import is_at_work, report_of, survey_notes, survey_photos
from ocop.advisory.states import SurveyState, SurveyVerdict
from ocop.advisory.views.shared import TEAM_PEOPLE, load_dossier, load_survey, refused_at, team_people
from ocop.core.clock import OFFICE_ZONE
from ocop.core.doors import only
from ocop.core.errors import Refused, Stale
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, weighed
from ocop.files.delivery import hand_out_preview
from ocop.intake.actions.fieldwork import NoteConflict, key_from, note_from, note_row, photo_from
from ocop.intake.models import NoteRow
from ocop.rubric.rules import Measure

NOTE_FIELDS = ("verdict", "content", "asked", "place", "camera", "photos")
MOST_PROPOSED = 8


@only(team_people, words=TEAM_PEOPLE)
@require_http_methods(["GET", "POST"])
def plan(request: Any, pk: int) -> HttpResponse:
    """Write down what to look at where; proposed: what the dossier leaves without figures or papers."""
    dossier = load_dossier(request, pk)
    check_survey(request.user, request.today, dossier)
    form = PlanForm(request.POST or None, criteria_set=criteria_of(dossier), proposed=_proposed(dossier))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.plan_survey(
                    dossier=dossier,
                    questions=form.questions,
                    **form.cleaned_data,
                    by=request.user,
                    at=request.now,
                )
            except Refused as refused:
                status = refused_at(form, refused)
            else:
                messages.success(request, "Đã lập khảo sát. Bấm “Mang theo máy” trước khi đi.")
                return redirect("advisory:survey", dossier.pk, made.number)
    return render(request, "advisory/plan.html", {"dossier": dossier, "form": form}, status=status)


def _proposed(dossier: Dossier) -> list[dict[str, str]]:
    """Criteria whose figures contradict each other or lack their papers, as questions to start from."""
    criteria = criteria_of(dossier).criteria
    found = []
    for code, each in weighed(dossier).items():
        if not isinstance(each.measure, Measure):
            continue
        if each.support.contradictions:
            found.append({"text": each.support.contradictions[0], "criterion": code})
        elif each.support.unproven:
            found.append({"text": f"Xem tại chỗ: {criteria[code].name}", "criterion": code})
    return [{**row, "text": row["text"][:300]} for row in found[:MOST_PROPOSED]]


@only(team_people, words=TEAM_PEOPLE)
@require_http_methods(["GET", "POST"])
def survey(request: Any, pk: int, number: int) -> HttpResponse:
    """The survey page: each question with verdict, words, place and photos; read-only once finished."""
    found = load_survey(request, pk, number)
    kept = survey_notes(found)
    by_script = request.headers.get("Accept", "").startswith("application/json")
    if request.method == "GET":
        form = SurveyForm(questions=found.questions, kept=kept, auto_id="o-%s")
        return _page(request, found, form, kept)
    form = SurveyForm(request.POST, request.FILES, questions=found.questions, kept=kept, auto_id="o-%s")
    check_survey(request.user, request.today, found.dossier)
    if not form.is_valid():
        told = " ".join(str(words) for each in form.errors.values() for words in each)
        return (
            JsonResponse({"message": told}, status=422) if by_script else _page(request, found, form, kept, status=422)
        )
    conflict = None
    try:
        done = _finish(request, found, form) if request.POST.get("act") == "pass" else _keep(request, found, form)
    except Refused as refused:
        form.refuse(refused)
        conflict = refused.newest if isinstance(refused, NoteConflict) else None
        status = 409 if isinstance(refused, Stale) else 410 if isinstance(refused, WorkOver) else 422
        if by_script:
            return _told_again(request, found) or JsonResponse({"message": refused.message}, status=status)
        return _page(request, found, form, kept, conflict=conflict, status=status)
    return JsonResponse({"url": done}) if by_script else redirect(done)


def _keep(request: Any, found: Survey, form: SurveyForm) -> str:
    actions.save_survey(survey=found, notes=form.notes, photos=form.photos, by=request.user, at=request.now)
    messages.success(request, f"Đã lưu lúc {request.now.astimezone(OFFICE_ZONE):%H:%M}.")
    return reverse("advisory:survey", args=[found.dossier_id, found.number])


def _finish(request: Any, found: Survey, form: SurveyForm) -> str:
    actions.finish_survey(
        survey=found,
        notes=form.notes,
        photos=form.photos,
        conclusion=form.cleaned_data["note"],
        by=request.user,
        at=request.now,
    )
    messages.success(request, f"Đã ghi khảo sát lần {found.number} là xong.")
    return reverse("advisory:dossier", args=[found.dossier_id])


def _told_again(request: Any, found: Survey) -> JsonResponse | None:
    """A device that sent its finish twice, the first answer lost on the line, is told it is done."""
    found.refresh_from_db(fields=["state"])
    if found.state != SurveyState.DONE or request.POST.get("act") != "pass":
        return None
    return JsonResponse({"url": reverse("advisory:dossier", args=[found.dossier_id])})


def _page(
    request: Any,
    found: Survey,
    form: SurveyForm,
    kept: Mapping[str, SurveyNote],
    *,
    conflict: NoteRow | None = None,
    status: int = 200,
) -> HttpResponse:
    photos = survey_photos(found)
    codes = criteria_of(found.dossier).criteria
    user, day = request.user, request.today
    writable = (
        found.state == SurveyState.OPEN
        and is_at_work(found.dossier)
        and report_of(found.dossier) is None
        and can_survey(user, day, found.dossier)
    )
    sections = [
        {
            "code": question["code"],
            "text": question["text"],
            "criterion": f"{question['criterion']} {codes[question['criterion']].name}"
            if question["criterion"]
            else "",
            "revision": _revision(form, kept, question["code"], conflict),
            "fields": {name: form[f"{name}-{question['code']}"] for name in NOTE_FIELDS},
            "photos": [_photo_row(found, photo) for photo in photos.get(question["code"], ())],
            "saved": kept.get(question["code"]),
            "verdict": SurveyVerdict(kept[question["code"]].verdict).label
            if question["code"] in kept and kept[question["code"]].verdict
            else "",
            "conflict": conflict if conflict and conflict.content == question["code"] else None,
        }
        for question in found.questions
    ]
    context = {"survey": found, "dossier": found.dossier, "form": form, "sections": sections, "writable": writable}
    return render(request, "advisory/survey.html", context, status=status)


def _revision(form: SurveyForm, kept: Mapping[str, SurveyNote], code: str, conflict: NoteRow | None) -> int | str:
    """The revision a section was filled in on; after a conflict was shown, the one that stands."""
    if conflict is not None and conflict.content == code:
        return conflict.revision
    if form.is_bound:
        return form.data.get(f"revision-{code}", "0")
    return kept[code].revision if code in kept else 0


@only(team_people, words=TEAM_PEOPLE)
@require_POST
def save(request: Any, pk: int, number: int) -> JsonResponse:
    """Keep one note or one photo; the same key twice is kept once, another's note is never overwritten unseen."""
    upload = request.FILES.get("photo")
    try:
        found = load_survey(request, pk, number)
        photos = [photo_from(request.POST, upload)] if upload is not None else []
        key = key_from(request.POST)
        notes = [] if photos else [note_from(request.POST, request.POST.get("content", ""), key=key)]
        kept, shown = actions.save_survey(survey=found, notes=notes, photos=photos, by=request.user, at=request.now)
    except PermissionDenied as denied:
        return JsonResponse({"message": str(denied)}, status=403)
    except NoteConflict as conflict:
        return JsonResponse({"message": conflict.message, "theirs": note_row(conflict.newest)}, status=409)
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=410 if isinstance(refused, WorkOver) else 422)
    told: dict[str, Any] = {"saved_at": f"{request.now.astimezone(OFFICE_ZONE):%H:%M}"}
    for note in kept.values():
        told["revision"] = note.revision
    for photo in shown:
        row = _photo_row(found, photo)
        told |= {"url": row["url"], "remove_url": row["remove_url"]}
    return JsonResponse(told)


@only(team_people, words=TEAM_PEOPLE)
@require_GET
def photo(request: Any, pk: int, number: int, key: UUID) -> HttpResponseBase:
    """A photo of the survey, for whoever reads what the team writes."""
    found = load_survey(request, pk, number)
    return hand_out_preview(get_object_or_404(found.photos.select_related("file"), key=key).file)


@only(team_people, words=TEAM_PEOPLE)
@require_POST
def photo_remove(request: Any, pk: int, number: int, key: UUID) -> HttpResponse:
    """Take a photo out."""
    found = load_survey(request, pk, number)
    try:
        actions.remove_photo(survey=found, key=key, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Đã bỏ ảnh khỏi khảo sát.")
    return redirect("advisory:survey", pk, number)


def _photo_row(found: Survey, photo: SurveyPhoto) -> dict[str, Any]:
    where = [found.dossier_id, found.number, photo.key]
    return {
        "key": str(photo.key),
        "url": reverse("advisory:survey-photo", args=where),
        "remove_url": reverse("advisory:survey-photo-remove", args=where),
        "when": photo.taken_at or photo.at,
        "who": photo.by.full_name,
        "place": f"{photo.latitude}, {photo.longitude}" if photo.latitude is not None else "",
    }
