"""Putting papers into a wallet, writing down what stands on them, renewing and putting them away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.files.actions import end_upload, hold_upload
from ocop.files.delivery import upload_context
from ocop.files.models import Upload
from ocop.files.queries import held_uploads, ready_uploads
from ocop.registration.models import Subject
from ocop.rubric.queries import paper_kinds
from ocop.rubric.rules import PaperKind
from ocop.wallet import actions
from ocop.wallet.forms import CorrectForm, FilesForm, PaperForm, RenewForm
from ocop.wallet.views.loading import paper_of, written_subject


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficeRequest, pk: int) -> HttpResponse:
    """One paper on one page: its photos or files, and what stands on it."""
    subject = written_subject(request, pk)
    form = PaperForm(*_sent(request), day=request.today, initial={"kind": request.GET.get("loai", "")})

    def save(held: list[Upload]) -> HttpResponse:
        paper = actions.add_paper(
            subject=subject, held=[each.key for each in held], **form.facts(), by=request.user, at=request.now
        )
        messages.success(request, f"Đã thêm “{paper.title}” vào ví.")
        if "more" in request.POST:
            return redirect("wallet:add", subject.pk)
        return redirect("wallet:paper", subject.pk, paper.pk)

    return _with_files(request, form, save, "wallet/add.html", {"subject": subject})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def add_many(request: OfficeRequest, pk: int) -> HttpResponse:
    """Many papers at once, one a file; what stands on each is written down afterwards."""
    subject = written_subject(request, pk)
    form = FilesForm(*_sent(request))

    def save(held: list[Upload]) -> HttpResponse:
        if not held:
            raise Refused("Chưa có tệp nào. Chụp ảnh hoặc chọn tệp.", field="file")
        added, refused = _add_each(request, subject, held)
        for words in refused:
            messages.warning(request, words)
        if added:
            messages.success(request, f"Đã thêm {added} giấy tờ. Tiếp theo: mở từng giấy, ghi loại giấy và ngày.")
        return redirect("wallet:wallet", subject.pk)

    return _with_files(request, form, save, "wallet/add_many.html", {"subject": subject})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def renew(request: OfficeRequest, pk: int, paper_pk: int) -> HttpResponse:
    """The newer version of a paper."""
    subject = written_subject(request, pk)
    paper = paper_of(subject, paper_pk)
    form = RenewForm(*_sent(request), day=request.today, kind=paper.kind, initial={"issuer": paper.issuer})

    def save(held: list[Upload]) -> HttpResponse:
        newer = actions.renew_paper(
            paper=paper, held=[each.key for each in held], **form.facts(), by=request.user, at=request.now
        )
        messages.success(request, f"Đã thay bản mới của “{newer.title}”. Bản cũ vẫn nằm trong lịch sử.")
        return redirect("wallet:paper", subject.pk, newer.pk)

    return _with_files(request, form, save, "wallet/renew.html", {"subject": subject, "paper": paper})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: OfficeRequest, pk: int, paper_pk: int) -> HttpResponse:
    """What stands on a paper, written down or put right."""
    subject = written_subject(request, pk)
    paper = paper_of(subject, paper_pk)
    known = {field: getattr(paper, field) for field in actions.FIELDS}
    form = CorrectForm(request.POST or None, day=request.today, initial=known)
    if form.is_valid():
        try:
            actions.correct_paper(paper=paper, **form.facts(), by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã lưu thông tin giấy tờ.")
            return redirect("wallet:paper", subject.pk, paper.pk)
    context = {"subject": subject, "paper": paper, "form": form, "kind": _kind_in(form)}
    return render(request, "wallet/correct.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: OfficeRequest, pk: int, paper_pk: int) -> HttpResponse:
    """Asks once, then puts the paper away."""
    subject = written_subject(request, pk)
    paper = paper_of(subject, paper_pk)
    error = ""
    if request.method == "POST":
        try:
            actions.withdraw_paper(paper=paper, by=request.user, at=request.now)
        except Refused as refused:
            error = refused.message
        else:
            messages.success(request, f"Đã cất “{paper.title}”. Hồ sơ đang dùng giấy này không bị ảnh hưởng.")
            return redirect("wallet:wallet", subject.pk)
    context = {"subject": subject, "paper": paper, "error": error}
    return render(request, "wallet/withdraw.html", context, status=422 if error else 200)


def _sent(request: OfficeRequest) -> tuple[Any, Any]:
    """What a form is filled with: also a form of which nothing but its button was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _with_files(
    request: OfficeRequest,
    form: FilesForm,
    save: Callable[[list[Upload]], HttpResponse],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """A form with files: they are held before anything else is judged, so that a refusal loses none of them."""
    waiting = list(ready_uploads(request.user, request.now)[: form.most])
    held: list[Upload] = waiting if "giu" in request.GET and not form.is_bound else []
    if request.method == "POST":
        held = held_uploads(request.user, request.now, form.held_keys())
        dropped = [upload for upload in held if str(upload.key) == request.POST.get("drop")]
        for upload in dropped:
            held.remove(upload)
            end_upload(upload=upload, by=request.user, at=request.now)
        held += _hold_sent(request, form, room=form.most - len(held))
        if not dropped and form.is_valid():
            try:
                return save(held)
            except Refused as refused:
                form.refuse(refused)
    shown = {
        **context,
        "form": form,
        "kind": _kind_in(form),
        "most": form.most,
        "left_behind": [] if form.is_bound or held else waiting,
        **upload_context(held),
    }
    return render(request, template, shown, status=422 if form.errors else 200)


def _hold_sent(request: OfficeRequest, form: FilesForm, *, room: int) -> list[Upload]:
    """Hold what came with the form itself; what is refused is said at the field, the others stay."""
    held, sent = [], form.sent()
    for file in sent[: max(room, 0)]:
        try:
            held.append(hold_upload(file=file, by=request.user, at=request.now))
        except Refused as refused:
            form.refuse(refused)
    if len(sent) > room:
        form.refuse(
            Refused(
                f"Bạn chọn {len(sent)} tệp; mỗi lần nhận nhiều nhất {form.most}. Đã giữ {len(held)} tệp đầu: "
                f"lưu xong rồi thêm tiếp các tệp còn lại.",
                field="file",
            )
        )
    return held


def _add_each(request: OfficeRequest, subject: Subject, held: list[Upload]) -> tuple[int, list[str]]:
    """Every good file becomes a paper, whatever happens to the others."""
    added, refused = 0, []
    for upload in held:
        try:
            actions.add_paper(subject=subject, held=[upload.key], by=request.user, at=request.now)
        except Refused as refusal:
            refused.append(refusal.message)
        else:
            added += 1
    return added, refused


def _kind_in(form: FilesForm) -> PaperKind | None:
    """The kind that stands chosen in the form, for the hint beside it."""
    return paper_kinds().get(str(form["kind"].value() or "")) if "kind" in form.fields else None
