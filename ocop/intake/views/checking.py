"""The completeness check: a list of rows, Đạt · Thiếu · Sai, and one request out of everything that lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ocop.core.clock import OFFICE_ZONE
from ocop.core.doors import signed_in
from ocop.core.errors import Refused, Stale
from ocop.dossiers.models import Dossier
from ocop.dossiers.permissions import can_find, check_find
from ocop.dossiers.queries import criteria_of, kind_of, local_assessment_of, regime_of, step_of, unit_of_step
from ocop.dossiers.states import DossierState
from ocop.intake import queries
from ocop.intake.actions import pass_check, request_additions, save_marks
from ocop.intake.actions.locking import StepOver
from ocop.intake.forms import CheckForm, mark_from
from ocop.intake.models import CheckMark
from ocop.intake.rules import Item, count_words, faults, groups_of, request_row
from ocop.intake.states import MARK_KEYS, MARK_TONES, MarkOf
from ocop.intake.views.loading import Visit, dossier_for, files_of, moved_on, step_over, visit_of
from ocop.regime.rules import IntakeStep


@signed_in
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything to be checked, the evidence beside it; passed on, or sent back once with all that is missing."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    present = step_of(dossier)
    if present is None or present.kind != "check":
        return step_over(request, dossier) if request.method == "POST" else redirect("intake:step", dossier.pk)
    if moved_on(request, present):
        return step_over(request, dossier)
    check_find(visit.user, visit.day, dossier)
    items = queries.checklist_of(dossier, present)
    marks = queries.marks_of(queries.latest_submission(dossier), present.code)
    drafted = [
        request_row(item, mark=marks[item.key].mark, note=marks[item.key].note, example=marks[item.key].example)
        for item in faults(items, {key: each.mark for key, each in marks.items()})
        if not item.owner
    ]
    act = request.POST.get("act", "")
    initial = {"answer_by": queries.proposed_answer_day(visit.day)}
    form = CheckForm(request.POST or None, items=items, drafted=drafted, act=act, initial=initial, auto_id="o-%s")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(_ACTS.get(act, _save)(request, visit, dossier, form))
            except StepOver:
                return step_over(request, dossier)
            except Refused as refused:
                form.refuse(refused)
                status = 409 if isinstance(refused, Stale) else 422
    return render(request, "intake/check.html", _context(visit, dossier, present, form, items, marks), status=status)


def _save(request: HttpRequest, visit: Visit, dossier: Dossier, form: CheckForm) -> str:
    save_marks(dossier=dossier, marks=form.marks, by=visit.user, at=visit.moment)
    messages.success(request, "Đã lưu đánh dấu. Các dòng Thiếu, Sai đã vào bản nháp yêu cầu bổ sung ở cuối trang.")
    return f"{reverse('intake:check', args=[dossier.pk])}#ket-luan"


def _pass(request: HttpRequest, visit: Visit, dossier: Dossier, form: CheckForm) -> str:
    pass_check(dossier=dossier, marks=form.marks, note=form.cleaned_data["note"], by=visit.user, at=visit.moment)
    messages.success(request, "Đã ghi kết quả và chuyển hồ sơ sang bước tiếp theo.")
    return reverse("dossiers:dossier", args=[dossier.pk])


def _return(request: HttpRequest, visit: Visit, dossier: Dossier, form: CheckForm) -> str:
    until = form.cleaned_data["answer_by"]
    done = request_additions(
        dossier=dossier,
        marks=form.marks,
        items=form.typed,
        answer_by=until,
        note=form.cleaned_data["note"],
        by=visit.user,
        at=visit.moment,
    )
    if done.offices:
        messages.success(request, f"Đã nhắn {' và '.join(done.offices)} bổ sung giấy tờ của mình, trong phần trao đổi.")
    if done.dossier.state == DossierState.SUBMITTED:
        messages.info(request, "Chủ thể không thiếu gì: hồ sơ ở lại bước này.")
        return f"{reverse('intake:check', args=[dossier.pk])}#ket-luan"
    messages.success(request, f"Đã gửi yêu cầu bổ sung; chủ thể nộp lại trước hết ngày {until:%d/%m/%Y}.")
    return reverse("dossiers:dossier", args=[dossier.pk])


_ACTS = {"pass": _pass, "return": _return}


def _context(
    visit: Visit,
    dossier: Dossier,
    present: IntakeStep,
    form: CheckForm,
    items: list[Item],
    marks: Mapping[str, CheckMark],
) -> dict[str, Any]:
    files = files_of(dossier)
    by_key = {file["key"]: file for file in files}
    forms = _forms(dossier, present)
    owners = {
        code: str(unit_of_step(dossier, regime_of(dossier).step(code)) or "cơ quan trước")
        for code in {item.owner for item in items if item.owner}
    }
    rows = {
        item.key: _row(item, form, marks.get(item.key), by_key, forms, owners.get(item.owner, "")) for item in items
    }
    return {
        "dossier": dossier,
        "step": present,
        "kind": kind_of(dossier),
        "criteria_set": criteria_of(dossier),
        "files": files,
        "form": form,
        "groups": [(title, [rows[item.key] for item in group]) for title, group in groups_of(items)],
        "standing": count_words([row["mark"] for row in rows.values() if row["mark"]], len(items)),
        "total": len(items),
        "owners": list(dict.fromkeys(owners.values())),
        "wanted": queries.wanted_of_offices(dossier, present) if owners else [],
        "earlier": dossier.findings.order_by("-pk").first(),
        "receipt": queries.receipt_of(dossier, present.code),
        "receipts": queries.receipts_of(dossier),
        "clock": queries.clock_of(dossier, visit.day),
    }


def _forms(dossier: Dossier, present: IntakeStep) -> dict[str, list[dict[str, str]]]:
    """Where each form that is checked can be read: the subject's own, and the commune's once it assessed."""
    finding = local_assessment_of(dossier)
    commune = {paper.code for paper in queries.papers_of(dossier, finding)}
    own = {code for step in regime_of(dossier).intake for code in (step.form, step.letter) if code}
    found = {}
    for code in present.checks:
        if code in commune:
            url = reverse("intake:report", args=[dossier.pk, code, "pdf"])
        elif code not in own:
            url = reverse("dossiers:form", args=[dossier.pk, code, "pdf"])
        else:
            continue
        found[f"form:{code}"] = [{"name": "Mở xem", "url": url, "kind": "pdf"}]
    return found


def _row(
    item: Item,
    form: CheckForm,
    kept: CheckMark | None,
    files: Mapping[str, Mapping[str, Any]],
    forms: Mapping[str, list[dict[str, str]]],
    owner: str,
) -> dict[str, Any]:
    def typed(name: str, saved: Any) -> Any:
        return form.data.get(f"{name}-{item.key}", saved) if form.is_bound else saved

    mark = typed("mark", kept.mark if kept else "")
    draft = request_row(item, mark=MarkOf.MISSING, note="", example="")
    return {
        "item": item,
        "owner": owner,
        "mark": mark,
        "note": typed("note", kept.note if kept else ""),
        "example": typed("example", kept.example if kept else ""),
        "revision": typed("revision", kept.revision if kept else 0),
        "files": [files[key] for key in item.evidence if key in files] or forms.get(item.key, []),
        "error": form.wrong.get(item.key, ""),
        "choices": [
            {"value": each.value, "label": each.label, "key": MARK_KEYS[each], "tone": MARK_TONES[each]}
            for each in MarkOf
        ],
        "reason": draft["reason"],
        "wanted": draft["example"],
    }


@signed_in
@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Keep one mark as it was just made."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    present = step_of(dossier)
    if present is None or present.kind != "check":
        return JsonResponse({"message": f"Hồ sơ đang ở bước “{dossier.told_label}”: không ghi thêm được."}, status=410)
    if not can_find(visit.user, visit.day, dossier):
        return JsonResponse({"message": "Bước này không phải phần việc của bạn."}, status=403)
    draft = mark_from(request.POST)
    try:
        kept = save_marks(dossier=dossier, marks=[draft], by=visit.user, at=visit.moment).get(draft.item)
    except StepOver as over:
        return JsonResponse({"message": over.message}, status=410)
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=409 if isinstance(refused, Stale) else 422)
    return JsonResponse(
        {"saved_at": f"{visit.moment.astimezone(OFFICE_ZONE):%H:%M}", "revision": kept.revision if kept else 0}
    )
