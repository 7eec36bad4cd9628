"""The offices' list of appeals, one appeal, the opinion laid before whoever answers, the answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts.permissions import with_role
from ocop.accounts.states import Role
from ocop.appeals import actions, queries
from ocop.appeals.forms import AnswerForm, OpinionForm
from ocop.appeals.models import Appeal
from ocop.appeals.permissions import can_advise, in_office, title_to_answer
from ocop.appeals.views.loading import appeal_for, card_of
from ocop.core.doors import OfficeRequest, only, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import page_after

OFFICE_PEOPLE = "lãnh đạo, cơ quan chủ trì, Chủ tịch và thư ký Hội đồng"
# A chair may hold its seat by a member's role: the queries narrow by the seat.
office_people = with_role(Role.LEAD_OFFICER, Role.LEADER, Role.CHAIR, Role.SECRETARY, Role.MEMBER)


@only(office_people, words=OFFICE_PEOPLE)
@require_GET
def list_(request: OfficeRequest) -> HttpResponse:
    """The appeals of the person's office or council: those that wait, or (`?da-tra-loi=1`) those answered."""
    answered = request.GET.get("da-tra-loi") == "1"
    found = queries.appeals_before(request.user, request.today, answered=answered)
    page = page_after(found, request.GET.get("truoc", ""), order="-pk" if answered else "due_on")
    waiting = queries.appeals_before(request.user, request.today).count()
    context = {
        "page": page,
        "answered": answered,
        "tabs": [
            {"label": "Chờ trả lời", "url": "?", "active": not answered, "count": waiting},
            {"label": "Đã trả lời", "url": "?da-tra-loi=1", "active": answered},
        ],
        "next": urlencode({"da-tra-loi": int(answered), "truoc": page.last}) if page.last else "",
    }
    return render(request, "appeals/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: OfficeRequest, pk: int) -> HttpResponse:
    """One appeal: its words and files, the opinions, the answer or the form for it."""
    found = appeal_for(request, pk)
    title = title_to_answer(request.user, request.today, found.result)
    card = card_of(request, found)
    open_ = card["answer"] is None
    form = AnswerForm(request.POST or None, appeal=found, day=request.today) if title else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied("Chỉ lãnh đạo đơn vị hoặc Chủ tịch Hội đồng mới trả lời kiến nghị.")
        if form.is_valid():
            try:
                actions.answer_appeal(appeal=found, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, "Đã trả lời kiến nghị. Văn bản trả lời đã lập, chủ thể đọc được.")
                return redirect("appeals:appeal", found.pk)
    return render(
        request,
        "appeals/appeal.html",
        {
            **card,
            "appeal_card": card,
            "dossier": found.dossier,
            "form": form if form is not None and (open_ or form.errors) else None,
            "title": title,
            "why_not": queries.why_not_again(found) if open_ and title else "",
            "meetings": queries.meetings_for(found, request.today).exists() if open_ and title else False,
            **_opinions(request, found, open_),
        },
        status=422 if form is not None and form.errors else 200,
    )


@signed_in
@require_POST
def advise(request: OfficeRequest, pk: int) -> HttpResponse:
    """Keep an opinion on the appeal; refused, the page stands again with what was typed."""
    found = appeal_for(request, pk)
    form = OpinionForm(request.POST)
    if form.is_valid():
        try:
            actions.advise(appeal=found, text=form.cleaned_data["text"], by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã trình ý kiến.")
            return redirect("appeals:appeal", found.pk)
    elif not can_advise(request.user, request.today, found):
        raise PermissionDenied("Chỉ cơ quan chủ trì và thư ký Hội đồng mới trình ý kiến về kiến nghị.")
    card = card_of(request, found)
    context = {**card, "appeal_card": card, "dossier": found.dossier, **_opinions(request, found, True)}
    return render(request, "appeals/appeal.html", {**context, "opinion_form": form}, status=422)


def _opinions(request: OfficeRequest, found: Appeal, open_: bool) -> dict[str, object]:
    """What only those who work on the answer read."""
    if not in_office(request.user, request.today, found):
        return {"office": False}
    advises = open_ and can_advise(request.user, request.today, found)
    return {
        "office": True,
        "opinions": queries.opinions_of(found),
        "opinion_form": OpinionForm() if advises else None,
    }
