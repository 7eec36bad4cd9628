"""The thread of a dossier: questions and answers between the subject and the offices."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages as notices
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from ocop.core.doors import signed_in
from ocop.core.errors import Refused
from ocop.core.pages import page_after
from ocop.dossiers.actions import send_message
from ocop.dossiers.forms import MessageForm
from ocop.dossiers.permissions import is_own
from ocop.dossiers.queries import criteria_of, messages_of
from ocop.dossiers.views.loading import dossier_for, visit_of
from ocop.files.actions import hold_sent
from ocop.files.delivery import hand_out


@signed_in
@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest words first, with a form to write on; `?tieu-chi=` names the criterion asked about."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    criteria = criteria_of(dossier).criteria
    form = MessageForm(
        request.POST or None,
        request.FILES or None,
        criteria_set=criteria_of(dossier),
        initial={"criterion": request.GET.get("tieu-chi", "")},
    )
    held = None
    if request.method == "POST":
        whole = form.is_valid()
        try:
            held = hold_sent(
                file=request.FILES.get("attached"), key=request.POST.get("held", ""), by=visit.user, at=visit.moment
            )
            if whole:
                send_message(
                    dossier=dossier,
                    text=form.cleaned_data["text"],
                    criterion=form.cleaned_data["criterion"],
                    held=held.key if held is not None else None,
                    by=visit.user,
                    at=visit.moment,
                )
        except Refused as refused:
            form.refuse(refused)
        else:
            if whole:
                notices.success(request, "Đã gửi lời nhắn.")
                return redirect("dossiers:thread", dossier.pk)
    page = page_after(messages_of(dossier), request.GET.get("truoc", ""))
    address = reverse("dossiers:thread", args=[dossier.pk])
    context = {
        "dossier": dossier,
        "form": form,
        "held": held,
        "rows": [
            {"message": row, "criterion": criteria.get(row.criterion), "mine": row.by_id == visit.user.pk}
            for row in page.rows
        ],
        "own": is_own(visit.user, visit.day, dossier),
        "next_url": f"{address}?truoc={page.last}" if page.last is not None else "",
        "back_url": "" if page.first else address,
    }
    return render(request, "dossiers/thread.html", context, status=422 if form.errors else 200)


@signed_in
@require_GET
def thread_file(request: HttpRequest, pk: int, key: UUID) -> FileResponse:
    """A file of the thread, for whoever may open the dossier."""
    dossier = dossier_for(visit_of(request), pk)
    found = messages_of(dossier).filter(file__key=key).first()
    if found is None or found.file is None:
        raise Http404("Không có tệp này.")
    return hand_out(found.file, request)
