"""Letting a session's results out: what is pending, what each means, and the one step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.council.actions import publish_results
from ocop.council.forms.papers import PublishForm
from ocop.council.models import Session
from ocop.council.permissions.publishing import can_publish, check_prepare_publication
from ocop.council.queries.publishing import ORDER, pending_results, publications_of, shut_pending, still_open
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people, put_refusal


@only(council_people, words=COUNCIL_PEOPLE)
@require_http_methods(["GET", "POST"])
def publish(request: Any, pk: int) -> HttpResponse:
    """Read what each pending result means, tick it, and let all of them out at once."""
    session = get_object_or_404(
        Session.objects.select_related("council__unit", "batch__programme__regime_version", "bylaws"), pk=pk
    )
    check_prepare_publication(request.user, request.today, session)
    pending = pending_results(session, request.user)
    keys = [row.result.pk for row in pending if row.warning]
    form = PublishForm(request.POST or None, keys=keys, initial={"signed_on": request.today})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                done = publish_results(session=session, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                status = put_refusal(form, refused)
            else:
                count = done.results.count()
                messages.success(
                    request, f"Đã công bố kết quả {count} sản phẩm. Chủ thể đọc được kết quả và thông báo từ bây giờ."
                )
                return redirect("council:publish", session.pk)
    ticked = request.POST.getlist("ticked") if request.method == "POST" else []
    groups = [
        {
            "outcome": outcome.label,
            "rows": [
                {"pending": row, "ticked": str(row.result.pk) in ticked}
                for row in pending
                if row.result.outcome == outcome
            ],
        }
        for outcome in ORDER
    ]
    context = {
        "session": session,
        "form": form,
        "groups": [group for group in groups if group["rows"]],
        "pending": len(pending),
        "shut": shut_pending(session, request.user),
        "open": still_open(session),
        "may": can_publish(request.user, request.today, session),
        "done": publications_of(session).prefetch_related("results"),
    }
    return render(request, "council/publish.html", context, status=status)
