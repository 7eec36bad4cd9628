"""Lists of ideas, writing one down, and its page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.accounts.queries import units_reached
from ocop.accounts.states import Role
from ocop.consent.permissions import can_type_for
from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused, Stale
from ocop.core.pages import page_after, whole
from ocop.ideas import actions, queries
from ocop.ideas.actions.proposing import TEXTS
from ocop.ideas.forms import IdeaForm, LinkForm, OpinionForm
from ocop.ideas.models import Idea
from ocop.ideas.papers import idea_values, layouts_for
from ocop.ideas.states import PLANNED, IdeaState
from ocop.ideas.views.loading import idea_for, may, way_of
from ocop.places.models import Level, Unit
from ocop.planning.queries import latest_programme
from ocop.regime.forms import fill, layout_of
from ocop.registration.models import Subject
from ocop.registration.queries import own_subjects, subjects_of
from ocop.ui.papers.document import PRESSES
from ocop.ui.printing import show_paper


@signed_in
@require_GET
def list_(request: OfficeRequest) -> HttpResponse:
    """The ideas that the visitor reads, newest first, with how many stand where."""
    query, state = request.GET.get("q", "").strip(), request.GET.get("trang-thai", "")
    year = whole(request.GET.get("nam", ""))
    found = queries.idea_list(request.user, request.today, query=query, state=state, year=year)
    counts = queries.counts(request.user, request.today)
    context = {
        "page": page_after(found, request.GET.get("truoc", "")),
        "query": query,
        "state": state,
        "year": year,
        "years": queries.years_of(request.user, request.today),
        "states": [(each.value, f"{each.label} ({counts[each]})") for each in IdeaState if each in counts],
        "filtered": bool(query or state or year),
        "own": list(own_subjects(request.user, request.today)[:20]),
        "communes": _communes(request),
    }
    return render(request, "ideas/list.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Write down an idea: of a subject (`chu-the`), or of somebody of a commune (`xa`) who is no subject yet."""
    subject, unit = _for_whom(request)
    programme = latest_programme(unit)
    sectors = queries.sectors_of(programme.regime_version.code) if programme is not None else []
    form = IdeaForm(request.POST or None, sectors=sectors, of_subject=subject is not None)
    if request.method == "POST" and form.is_valid():
        try:
            idea = actions.propose(subject=subject, unit=unit, **_typed(form), by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã ghi ý tưởng. Đọc lại rồi gửi để xã, phường cho ý kiến.")
            return redirect("ideas:idea", idea.pk)
    context = {"form": form, "subject": subject, "unit": unit, "programme": programme}
    return render(request, "ideas/edit.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change an idea that is still in its author's hands."""
    idea = idea_for(request, pk)
    if not may(request, idea)["write"]:
        raise PermissionDenied(f"Ý tưởng đang ở bước “{idea.state_label}” nên không sửa được nữa.")
    known = {field: getattr(idea, field) for field in IdeaForm.base_fields}
    form = IdeaForm(
        request.POST or None,
        initial=known,
        sectors=queries.sectors_of(idea.programme.regime_version.code),
        of_subject=idea.subject is not None,
    )
    revision = idea.revision
    if request.method == "POST":
        posted = whole(request.POST.get("revision", ""))
        revision = idea.revision if posted is None else posted
        if form.is_valid():
            try:
                actions.rewrite(idea=idea, revision=revision, **_typed(form), by=request.user, at=request.now)
            except Refused as refused:
                form.refuse(refused)
                revision = idea.revision if isinstance(refused, Stale) else revision
            else:
                messages.success(request, "Đã lưu ý tưởng.")
                return redirect("ideas:idea", idea.pk)
    context = {"form": form, "idea": idea, "subject": idea.subject, "unit": idea.unit, "revision": revision}
    return render(request, "ideas/edit.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def idea(request: OfficeRequest, pk: int) -> HttpResponse:
    """One idea: its way, its texts, what offices said, its plan, and what the visitor does next."""
    found = idea_for(request, pk)
    allowed = may(request, found)
    form = None
    if allowed["judge"]:
        form = OpinionForm(request.POST or None, state=IdeaState(found.state))
    if request.method == "POST":
        if form is None:
            raise PermissionDenied("Ý tưởng không còn chờ ý kiến của bạn.")
        if form.is_valid():
            say = actions.give_opinion if found.state == IdeaState.SENT else actions.decide
            try:
                opinion = say(idea=found, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                form.refuse(refused)
            else:
                messages.success(request, f"Đã ghi: {opinion.get_verdict_display().lower()}.")
                return redirect("ideas:idea", found.pk)
    return render(request, "ideas/idea.html", _page(request, found, allowed, form), status=_status(form))


@signed_in
@require_POST
def send(request: OfficeRequest, pk: int) -> HttpResponse:
    """Send the idea in."""
    found = idea_for(request, pk)
    try:
        actions.send_idea(idea=found, by=request.user, at=request.now)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Đã gửi ý tưởng. {found.unit} sẽ cho ý kiến, rồi cơ quan chủ trì xem xét.")
    return redirect("ideas:idea", found.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say which registered subject an idea belongs to."""
    found = idea_for(request, pk)
    if not may(request, found)["link"]:
        raise PermissionDenied("Ý tưởng này đã có chủ thể, hoặc không thuộc xã, phường của bạn.")
    form = LinkForm(request.POST or None, subjects=queries.subjects_to_link(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.link_subject(idea=found, **form.cleaned_data, by=request.user, at=request.now)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "Đã gắn ý tưởng với chủ thể.")
            return redirect("ideas:idea", found.pk)
    return render(request, "ideas/link.html", {"idea": found, "form": form}, status=_status(form))


@signed_in
@require_GET
def paper(request: OfficeRequest, pk: int, code: str, ending: str) -> HttpResponse:
    """A printed form of the idea or its plan, as PDF or Word."""
    found = idea_for(request, pk)
    regime = found.programme.regime_version.code
    if code not in {form.code for form in layouts_for(found)} or ending not in PRESSES:
        raise Http404("Không có mẫu này.")
    document = fill(layout_of(regime, code), idea_values(found), title=found.name, author=found.whose)
    return show_paper(request, lambda: PRESSES[ending](document), name=f"{code}-{found.pk}.{ending}")


def _page(request: OfficeRequest, found: Idea, allowed: dict[str, bool], form: OpinionForm | None) -> dict[str, Any]:
    steps = list(queries.steps_of(found)) if found.state in PLANNED else []
    return {
        "idea": found,
        "way": way_of(found),
        "may": allowed,
        "form": form,
        "texts": [(words, getattr(found, field)) for field, words in TEXTS.items()],
        "opinions": list(queries.opinions_of(found)[:50]),
        "planned": found.state in PLANNED,
        "steps": [{"step": step, "late": step.is_late(request.today)} for step in steps],
        "own_total": sum(step.own_money for step in steps),
        "support_total": sum(step.support_money for step in steps),
        "gaps": queries.plan_gaps(found) if found.state == IdeaState.ACCEPTED else [],
        "forms": layouts_for(found),
        "next": _next_words(found, allowed),
    }


def _next_words(found: Idea, allowed: dict[str, bool]) -> str:
    """Who moves next, in a sentence."""
    waits = {
        IdeaState.DRAFT: found.whose,
        IdeaState.NEEDS_WORK: found.whose,
        IdeaState.SENT: str(found.unit),
        IdeaState.REVIEWING: found.programme.lead_office,
        IdeaState.ACCEPTED: found.whose,
        IdeaState.PLAN_SENT: found.programme.lead_office,
        IdeaState.CARRYING_OUT: found.whose,
    }.get(IdeaState(found.state), "")
    if any(allowed[act] for act in ("write", "plan", "report", "judge")):
        return "Đến lượt bạn."
    return f"Đang chờ: {waits}." if waits else ""


def _typed(form: IdeaForm) -> dict[str, Any]:
    cleaned = dict(form.cleaned_data)
    texts = {field: cleaned.pop(field) for field in TEXTS}
    return {**cleaned, "texts": texts}


def _communes(request: OfficeRequest) -> list[Unit]:
    units = units_reached(request.user, (Role.COMMUNE_OFFICER,), request.today)
    return [unit for unit in units[:50] if unit.level == Level.COMMUNE]


def _for_whom(request: OfficeRequest) -> tuple[Subject | None, Unit]:
    """The subject or commune that the address names, if the visitor may write an idea down for it."""
    pk = whole(request.GET.get("chu-the", ""))
    if pk is not None:
        seen = subjects_of(request.user, request.today).select_related("unit__parent__parent")
        subject = get_object_or_404(seen, pk=pk)
        if not can_type_for(request.user, request.today, subject):
            raise PermissionDenied("Chỉ chủ thể, hoặc người được chủ thể đồng ý cho nhập giúp, mới ghi ý tưởng ở đây.")
        return subject, subject.unit
    commune = whole(request.GET.get("xa", ""))
    unit = next((unit for unit in _communes(request) if unit.pk == commune), None)
    if unit is None:
        raise Http404("Chọn chủ thể hoặc xã, phường để ghi ý tưởng.")
    return None, unit


def _status(form: Any) -> int:
    return 422 if form is not None and form.errors else 200
