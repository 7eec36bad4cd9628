"""A product before the council: progress, reopening, findings, closing, and the frozen result afterwards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.clock import day_of
from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.council import actions
from ocop.council.actions.hearings import NotFinal
from ocop.council.forms import FindingForm, ReopenForm
from ocop.council.models import Hearing, Sheet
from ocop.council.permissions import (
    can_chair,
    can_reopen,
    can_run_session,
    can_see_ballots,
    can_see_points,
    check_chair,
    check_reopen,
)
from ocop.council.queries import (
    acting_chair,
    council_size,
    cup_of,
    handed_in_versions,
    open_discussion,
    progress_of,
    seat_of,
    sheets_in,
)
from ocop.council.queries.versions import choices_as_handed_in
from ocop.council.states import SessionKind, SheetState
from ocop.council.views.live import live_of
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, load_hearing, put_refusal, shut
from ocop.council.wording import bylaws_words, shown_result
from ocop.dossiers.queries import criteria_of, live_evidence, regime_of
from ocop.rubric.rules import total_of


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def hearing(request: Any, pk: int) -> HttpResponse:
    """The product: who has handed in while it is open, how the result came about once it is closed."""
    found = load_hearing(request, pk)
    return shut(request, found) or _page(request, found)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def reopen(request: Any, pk: int) -> HttpResponse:
    """Let a member score again, with a reason."""
    found = load_hearing(request, pk)
    check_reopen(request.user, request.today, found)
    form = ReopenForm(request.POST, hearing=found, prefix="mo-lai")
    status = 422
    if form.is_valid():
        try:
            actions.reopen_sheet(hearing=found, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            status = put_refusal(form, refused)
        else:
            messages.success(request, f"Đã mở lại phiếu của {form.cleaned_data['seat'].user.full_name}.")
            return redirect("council:hearing", found.pk)
    return _page(request, found, reopen_form=form, status=status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_POST
def finding(request: Any, pk: int) -> HttpResponse:
    """The chair enters a finding that knocks the product out."""
    found = load_hearing(request, pk)
    check_chair(request.user, request.today, found)
    form = FindingForm(request.POST, criteria_set=criteria_of(found.dossier), prefix="loai")
    status = 422
    if form.is_valid():
        try:
            actions.confirm_finding(hearing=found, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            status = put_refusal(form, refused)
        else:
            messages.success(request, "Đã ghi kết luận loại. Kết luận có hiệu lực khi chốt điểm.")
            return redirect("council:hearing", found.pk)
    return _page(request, found, finding_form=form, status=status)


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def close(request: Any, pk: int) -> HttpResponse:
    """Close the product: what will happen, by which article; the number typed must be the product's."""
    found = load_hearing(request, pk)
    check_chair(request.user, request.today, found)
    if request.method == "GET" and not found.is_open:
        return redirect("council:hearing", found.pk)
    wrong, reasons, status = "", [], 200
    if request.method == "POST":
        status = 422
        if request.POST.get("confirm_number", "").strip() != str(found.place):
            wrong = f"Chưa đúng. Gõ số {found.place}, số thứ tự của sản phẩm trong phiên."
        else:
            try:
                actions.close_hearing(hearing=found, by=request.user, at=request.now)
            except NotFinal as refused:
                reasons = refused.reasons
            except Refused as refused:
                reasons = [refused.message]
            else:
                messages.success(request, "Đã chốt điểm. Kết quả và căn cứ được khoá, không sửa được nữa.")
                return redirect("council:hearing", found.pk)
    context = {"hearing": found, "reasons": reasons, "confirm": _confirm(found, wrong)}
    return render(request, "council/close.html", context, status=status)


def _confirm(found: Hearing, wrong: str) -> dict[str, Any]:
    regime = regime_of(found.dossier)
    level = regime.level(found.session.council.level)
    article = f"{level.article}, {regime.short_name}" if level.article else regime.short_name
    product = found.dossier.registration.product
    return {
        "title": f"Chốt điểm sản phẩm “{product.name}”",
        "effects": [
            f"{len(sheets_in(found))}/{council_size(found)} phiếu đã nộp được khoá, không nhận thêm và không mở lại.",
            "Điểm trung bình, hạng sao và kết luận được tính theo Quy chế rồi khoá cùng toàn bộ căn cứ: "
            + "; ".join(_frozen(found))
            + ".",
            "Thành viên không có xung đột lợi ích xem được điểm của nhau.",
            "Hồ sơ chuyển sang bước tiếp theo: công nhận, chuyển cấp trên hoặc thông báo kết quả.",
        ],
        "to": f"{product.subject.name}, mã hồ sơ {found.dossier.registration.code}",
        "article": f"{article}; {found.session.bylaws}",
        "number": found.place,
        "number_of": "thứ tự của sản phẩm",
        "action": "Chốt điểm",
        "url": reverse("council:close", args=[found.pk]),
        "cancel_url": reverse("council:hearing", args=[found.pk]),
        "error": wrong,
    }


def _frozen(found: Hearing) -> list[str]:
    """What is kept with the result, in words."""
    earlier = found.sheets.filter(state=SheetState.REPLACED).count()
    conflicts = found.declarations.filter(conflict=True).count()
    words = [
        f"{found.dossier.registration.set_version}",
        f"{found.session.bylaws}",
        f"dấu kiểm tra của {len(live_evidence(found.dossier))} minh chứng",
        f"{earlier} bản phiếu đã được thay" if earlier else "",
        "phiếu nếm mẫu mã hóa" if cup_of(found) is not None else "",
        f"khai báo xung đột lợi ích của {conflicts} người" if conflicts else "",
    ]
    return [word for word in words if word]


def _page(
    request: Any,
    found: Hearing,
    *,
    reopen_form: ReopenForm | None = None,
    finding_form: FindingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    live = live_of(request, found.session, reverse("council:hearing", args=[found.pk]))
    seat = seat_of(request.user, request.today, found.session.council)
    chairs = can_chair(request.user, request.today, found)
    watches = chairs or can_run_session(request.user, request.today, found.session.council)
    criteria_set = criteria_of(found.dossier)
    may_reopen = found.is_open and can_reopen(request.user, request.today, found)
    may_find = found.is_open and chairs
    points = can_see_points(request.user, request.today, found)
    progress = progress_of(found) if watches and found.is_open else []
    context = {
        "hearing": found,
        "live": live,
        "written": found.session.kind == SessionKind.WRITTEN,
        "discussed": open_discussion(found) is not None,
        "may_begin": may_find and found.session.kind == SessionKind.MEETING,
        "led_to": found.led_to.select_related("session").first(),
        "came_from": found.came_from,
        "with_ballots": can_see_ballots(request.user, request.today, found),
        "votes": seat is not None and seat.votes,
        "chairs": may_find,
        "chair": acting_chair(found, day_of(found.closed_at) if found.closed_at else request.today),
        "bylaws": bylaws_words(found.session.bylaws),
        "progress": progress,
        "handed_in": sum(row.handed_in_at is not None for row in progress),
        "expected": sum(not row.conflict for row in progress),
        "findings": list(found.findings.select_related("confirmed_by")),
        "reopen_form": (reopen_form or ReopenForm(hearing=found, prefix="mo-lai")) if may_reopen else None,
        "finding_form": (finding_form or FindingForm(criteria_set=criteria_set, prefix="loai")) if may_find else None,
        "shown": shown_result(found.result, criteria_set) if points else None,
        "reopened": _reopened(found, criteria_set) if points else [],
    }
    return render(request, "council/hearing.html", context, status=status)


def _reopened(found: Hearing, criteria_set: Any) -> list[tuple[Sheet, int]]:
    """Every version, with its total, of the sheets that were reopened."""
    versions = list(handed_in_versions(found))
    seats = {row.seat_id for row in versions if row.state == SheetState.REPLACED}
    told = zip(versions, choices_as_handed_in(found, versions), strict=True)
    return [(row, total_of(criteria_set, choices)) for row, choices in told if row.seat_id in seats]
