"""The commune's desk: four contents, statement left and finding right, kept as typed, with or without a line."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.clock import OFFICE_ZONE
from ocop.core.doors import signed_in
from ocop.core.errors import Refused, Stale
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_find, check_find
from ocop.dossiers.queries import kind_of, regime_of, step_of
from ocop.files.delivery import hand_out_preview
from ocop.intake import queries
from ocop.intake.actions import finish_assessment, number_papers, remove_photo, request_additions, save_notes
from ocop.intake.actions.assessing import HELPED
from ocop.intake.actions.fieldwork import NoteConflict, key_from, note_from, note_row, photo_from
from ocop.intake.actions.locking import StepOver
from ocop.intake.forms import AssessForm, PapersForm
from ocop.intake.models import FieldNote, FieldPhoto, NoteRow
from ocop.intake.permissions import can_see_notes, check_number_papers
from ocop.intake.states import MEETING
from ocop.intake.views.loading import Visit, dossier_for, files_of, moved_on, photo_row, step_over, visit_of
from ocop.regime.rules import IntakeStep

NOTE_FIELDS = ("verdict", "content", "asked", "place", "camera", "photos")


@signed_in
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, pk: int) -> HttpResponse:
    """The contents the law names: statement and finding, without any score (QĐ 26/2026 Art. 7.2)."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    present = step_of(dossier)
    by_script = request.headers.get("Accept", "").startswith("application/json")
    if present is None or present.kind != "assessment" or moved_on(request, present):
        if request.method == "POST":
            return _over(request, visit, dossier, by_script=by_script)
        return redirect("intake:step", dossier.pk)
    check_find(visit.user, visit.day, dossier)
    submission = queries.latest_submission(dossier)
    kept = queries.notes_of(submission)
    papers = queries.local_papers_of(dossier)
    numbers = {name: getattr(papers, name) for name in PapersForm.base_fields} if papers else {}
    numbers["answer_by"] = queries.proposed_answer_day(visit.day)
    act = request.POST.get("act", "")
    form = AssessForm(
        request.POST or None, request.FILES or None, step=present, kept=kept, act=act, initial=numbers, auto_id="o-%s"
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            done = _ACTS.get(act, _save)(request, visit, dossier, form)
        except StepOver:
            return _over(request, visit, dossier, by_script=by_script)
        except Refused as refused:
            form.refuse(refused)
            conflict = refused.newest if isinstance(refused, NoteConflict) else None
            status = 409 if isinstance(refused, Stale) else 422
            if by_script:
                return JsonResponse({"message": refused.message}, status=status)
            return _page(request, visit, dossier, present, form, kept, conflict=conflict, status=status)
        return JsonResponse({"url": done}) if by_script else redirect(done)
    if by_script and request.method == "POST":
        return JsonResponse(
            {"message": " ".join(str(words) for each in form.errors.values() for words in each)}, status=422
        )
    return _page(request, visit, dossier, present, form, kept, status=422 if request.method == "POST" else 200)


def _save(request: HttpRequest, visit: Visit, dossier: Dossier, form: AssessForm) -> str:
    save_notes(dossier=dossier, notes=form.notes, photos=form.photos, by=visit.user, at=visit.moment)
    messages.success(request, f"Đã lưu lúc {visit.moment.astimezone(OFFICE_ZONE):%H:%M}.")
    return reverse("intake:assess", args=[dossier.pk])


def _pass(request: HttpRequest, visit: Visit, dossier: Dossier, form: AssessForm) -> str:
    finish_assessment(
        dossier=dossier,
        notes=form.notes,
        photos=form.photos,
        **form.numbers,
        note=form.cleaned_data["note"],
        by=visit.user,
        at=visit.moment,
    )
    messages.success(request, "Đã ghi kết quả và chuyển hồ sơ sang bước tiếp theo. Báo cáo và văn bản để in ở dưới.")
    return reverse("dossiers:dossier", args=[dossier.pk])


def _return(request: HttpRequest, visit: Visit, dossier: Dossier, form: AssessForm) -> str:
    until = form.cleaned_data["answer_by"]
    request_additions(
        dossier=dossier,
        items=form.typed,
        answer_by=until,
        note=form.cleaned_data["note"],
        by=visit.user,
        at=visit.moment,
    )
    messages.success(request, f"Đã gửi yêu cầu bổ sung; chủ thể nộp lại trước hết ngày {until:%d/%m/%Y}.")
    return reverse("dossiers:dossier", args=[dossier.pk])


_ACTS = {"pass": _pass, "return": _return}


def _over(request: HttpRequest, visit: Visit, dossier: Dossier, *, by_script: bool) -> HttpResponse:
    """The step is over. A device that sent its finish twice, the first answer lost on the line, is told it is done."""
    if not by_script:
        return step_over(request, dossier)
    dossier.refresh_from_db(fields=["state", "step"])
    if dossier.findings.filter(found_by=visit.user, submission=queries.latest_submission(dossier)).exists():
        return JsonResponse({"url": reverse("dossiers:dossier", args=[dossier.pk])})
    return JsonResponse({"message": f"Hồ sơ đang ở bước “{dossier.told_label}”, người khác đã ghi xong."}, status=410)


def _page(
    request: HttpRequest,
    visit: Visit,
    dossier: Dossier,
    present: IntakeStep,
    form: AssessForm,
    kept: dict[str, FieldNote],
    *,
    conflict: NoteRow | None = None,
    status: int = 200,
) -> HttpResponse:
    submission = queries.latest_submission(dossier)
    statements = queries.statements_of(dossier, submission, present)
    photos = queries.photos_of(submission)
    files = files_of(dossier)
    by_title = {file["name"]: file for file in files}
    verdicts = {verdict.code: verdict.name for verdict in present.verdicts}
    sections = [
        {
            "content": content,
            "statement": statements[content.code],
            "files": [by_title[title] for title in statements[content.code].evidence if title in by_title],
            "revision": _revision(form, kept, content.code, conflict),
            "fields": {name: form[f"{name}-{content.code}"] for name in NOTE_FIELDS},
            "photos": [photo_row(dossier, photo) for photo in photos.get(content.code, ())],
            "saved": kept.get(content.code),
            "conflict": conflict if conflict and conflict.content == content.code else None,
        }
        for content in present.contents
    ]
    receipt = queries.receipt_of(dossier, present.code)
    context = {
        "dossier": dossier,
        "step": present,
        "kind": kind_of(dossier),
        "form": form,
        "sections": sections,
        "verdicts": verdicts,
        "meeting": form[f"content-{MEETING}"],
        "meeting_code": MEETING,
        "meeting_revision": _revision(form, kept, MEETING, conflict),
        "files": files,
        "submission": submission,
        "receipt": receipt,
        "clock": queries.clock_of(dossier, visit.day),
        "helped": HELPED if queries.helped_with(visit.user, dossier) else "",
        "earlier": dossier.findings.order_by("-pk").first(),
        "forms": [each for each in regime_of(dossier).forms if each.code in (present.form, present.letter)],
    }
    return render(request, "intake/assess.html", context, status=status)


def _revision(form: AssessForm, kept: dict[str, FieldNote], code: str, conflict: NoteRow | None) -> int | str:
    """The revision a section was filled in on; after a conflict was shown, the one that stands."""
    if conflict is not None and conflict.content == code:
        return conflict.revision
    if form.is_bound:
        return form.data.get(f"revision-{code}", "0")
    return kept[code].revision if code in kept else 0


# ── what a device sends by itself ──


@signed_in
@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep one note or one photo; the same key twice is kept once, another's note is never overwritten unseen."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    present = step_of(dossier)
    if present is None or present.kind != "assessment":
        return JsonResponse({"message": f"Hồ sơ đang ở bước “{dossier.told_label}”: không ghi thêm được."}, status=410)
    if not can_find(visit.user, visit.day, dossier):
        return JsonResponse({"message": "Bước này không phải phần việc của bạn."}, status=403)
    upload = request.FILES.get("photo")
    try:
        photos = [photo_from(request.POST, upload)] if upload is not None else []
        key = key_from(request.POST)
        notes = [] if photos else [note_from(request.POST, request.POST.get("content", ""), key=key)]
        kept, shown = save_notes(dossier=dossier, notes=notes, photos=photos, by=visit.user, at=visit.moment)
    except NoteConflict as conflict:
        return JsonResponse({"message": conflict.message, "theirs": note_row(conflict.newest)}, status=409)
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=410 if isinstance(refused, StepOver) else 422)
    told: dict[str, Any] = {"saved_at": f"{visit.moment.astimezone(OFFICE_ZONE):%H:%M}"}
    for note in kept.values():
        told["revision"] = note.revision
    for photo in shown:
        row = photo_row(dossier, photo)
        told |= {"url": row["url"], "remove_url": row["remove_url"]}
    return JsonResponse(told)


@signed_in
@require_GET
def photo(request: HttpRequest, pk: int, key: Any) -> HttpResponseBase:
    """A photo of the assessment, for whoever may see it."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    if not can_see_notes(visit.user, visit.day, dossier):
        raise Http404
    found = get_object_or_404(FieldPhoto.objects.select_related("file"), submission__dossier=dossier, key=key)
    return hand_out_preview(found.file)


@signed_in
@require_POST
def photo_remove(request: HttpRequest, pk: int, key: Any) -> HttpResponse:
    """Take a photo out."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    try:
        remove_photo(dossier=dossier, key=key, by=visit.user, at=visit.moment)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Đã bỏ ảnh khỏi báo cáo.")
    return redirect("intake:step", dossier.pk)


# ── the commune's papers ──


@signed_in
@require_http_methods(["GET", "POST"])
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers, day and signer, as the commune's clerk gave them."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    check_number_papers(visit.user, visit.day, dossier)
    papers = queries.local_papers_of(dossier)
    initial = {name: getattr(papers, name) for name in PapersForm.base_fields} if papers else None
    form = PapersForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            number_papers(dossier=dossier, **form.numbers, by=visit.user, at=visit.moment)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã ghi số báo cáo và văn bản đề nghị.")
            return redirect("dossiers:dossier", dossier.pk)
    context = {"dossier": dossier, "form": form}
    return render(request, "intake/numbers.html", context, status=422 if request.method == "POST" else 200)
