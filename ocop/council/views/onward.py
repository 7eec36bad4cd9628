"""After closing: the letter to the subject, the hand-over upwards, the answer from above, and the dossier's window."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from ocop.accounts.permissions import with_role
from ocop.accounts.queries import units_of
from ocop.accounts.states import Role
from ocop.core.doors import only, signed_in
from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.council import actions
from ocop.council.forms import AnswerForm, ForwardForm, LetterForm
from ocop.council.models import Hearing, Result, Session
from ocop.council.permissions import (
    can_answer_from_above,
    can_hand_over,
    can_open_panel,
    can_see_result,
    check_answer_from_above,
    check_hand_over,
    check_see_result,
)
from ocop.council.queries import forwarded_below, hearings, open_to, result_of, results_for, was_forwarded
from ocop.council.queries.lacking import missed_minimums, worth_raising
from ocop.council.queries.package import parts_of
from ocop.council.states import SessionKind
from ocop.council.views.shared import PAGE_ROWS, put_refusal
from ocop.council.wording import answer_words, shown_result
from ocop.dossiers.models import Dossier
from ocop.dossiers.queries import criteria_of, dossiers, regime_of
from ocop.dossiers.states import DossierState
from ocop.files.delivery import hand_out
from ocop.paperwork.delivery import hand_out_paper
from ocop.paperwork.queries import latest_paper, papers_on
from ocop.regime.rules import Regime
from ocop.samples.queries import samples_of

OFFICES = (Role.LEAD_OFFICER, Role.LIAISON)
TABS = (
    ("thong-bao", "Chờ thông báo", DossierState.TO_NOTIFY),
    ("chuyen", "Chờ chuyển cấp trên", DossierState.TO_FORWARD),
    ("cho-ket-qua", "Đã chuyển, chờ kết quả", DossierState.FORWARDED),
)


@only(with_role(*OFFICES), words="cơ quan chủ trì OCOP và đầu mối cấp trên")
@require_GET
def results(request: Any) -> HttpResponse:
    """What still has to be done with closed results, oldest first; a shut door keeps a result out."""
    lead = units_of(request.user, [Role.LEAD_OFFICER], request.today)
    above = units_of(request.user, [Role.LIAISON], request.today)
    kinds = {code: open_to(request.user, results_for(lead, state)) for code, _, state in TABS} if lead else {}
    kinds["cho-ket-qua"] = open_to(request.user, forwarded_below(above, own=lead))
    counts = {code: found.count() for code, found in kinds.items()}
    asked = request.GET.get("viec", "")
    here = asked if asked in kinds else next((code for code in kinds if counts[code]), next(iter(kinds)))
    found = kinds[here]
    after = whole(request.GET.get("sau", ""))
    if after is not None:
        found = found.filter(pk__gt=after)
    rows = list(found[: PAGE_ROWS + 1])
    last = rows[PAGE_ROWS - 1].pk if len(rows) > PAGE_ROWS else None
    context = {
        "tabs": [
            {"label": label, "url": f"?viec={code}", "active": code == here, "count": counts[code]}
            for code, label, _ in TABS
            if code in kinds
        ],
        "here": here,
        "rows": rows[:PAGE_ROWS],
        "next_url": "?" + urlencode({"viec": here, "sau": last}) if last else "",
        "back_url": f"?viec={here}" if after is not None else "",
    }
    return render(request, "council/results.html", context)


@only(with_role(Role.LEAD_OFFICER), words="cơ quan chủ trì OCOP")
@require_http_methods(["GET", "POST"])
def letter(request: Any, pk: int) -> HttpResponse:
    """Write the notice that tells the subject there is no certificate, and what to improve."""
    result = _result(pk)
    check_hand_over(request.user, request.today, result.hearing.dossier)
    form, status = LetterForm(request.POST or None, initial={"signed_on": request.today}), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.send_result_letter(result=result, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                status = put_refusal(form, refused)
            else:
                messages.success(request, "Đã gửi thông báo. Chủ thể xem được kết quả và tải được văn bản.")
                return redirect("council:results")
    criteria_set = criteria_of(result.hearing.dossier)
    context = {
        "result": result,
        "form": form,
        "shown": shown_result(result, criteria_set),
        "raising": worth_raising(result),
        "lacks": missed_minimums(result),
        "letter": latest_paper(result, "result_letter"),
        "waits": result.hearing.dossier.state == DossierState.TO_NOTIFY,
    }
    return render(request, "council/letter.html", context, status=status)


@only(with_role(Role.LEAD_OFFICER), words="cơ quan chủ trì OCOP")
@require_http_methods(["GET", "POST"])
def forward(request: Any, pk: int) -> HttpResponse:
    """Hand the dossier and its samples over to the level above, part by part."""
    result = _result(pk)
    dossier = result.hearing.dossier
    check_hand_over(request.user, request.today, dossier)
    regime = regime_of(dossier)
    parts, last = parts_of(result), dossier.registration.batch.forward_by
    form = ForwardForm(
        request.POST or None,
        regime=regime,
        set_no=dossier.registration.set_version.set_no,
        ready=[part.code for part in parts if part.is_ready],
        late=last is not None and request.today > last,
        initial={"handed_on": request.today},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.forward_dossier(result=result, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                status = put_refusal(form, refused)
            else:
                messages.success(request, "Đã ghi bàn giao và lập công văn chuyển hồ sơ.")
                return redirect("council:results")
    to = result.evaluation["forward_to"]
    context = {
        "result": result,
        "form": form,
        "to": regime.level(to) if to else None,
        "waits": dossier.state == DossierState.TO_FORWARD,
        "parts": parts,
        "last": last,
        "late": last is not None and request.today > last,
        "samples": list(samples_of(dossier)),
        "papers": list(papers_on(result, "forwarding_letter")) + list(papers_on(result, "handover")),
    }
    return render(request, "council/forward.html", context, status=status)


@only(with_role(*OFFICES), words="cơ quan chủ trì OCOP và đầu mối cấp trên")
@require_http_methods(["GET", "POST"])
def answer(request: Any, pk: int) -> HttpResponse:
    """Record what the level above decided."""
    result = _result(pk)
    dossier = result.hearing.dossier
    if not was_forwarded(dossier):
        raise Http404("Hồ sơ này chưa chuyển lên cấp trên.")
    check_answer_from_above(request.user, request.today, dossier)
    regime = regime_of(dossier)
    form, status = AnswerForm(request.POST or None, sessions=_rerun_sessions(request, result, regime)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.record_higher_result(result=result, **form.cleaned_data, by=request.user, at=request.now)
            except Refused as refused:
                status = put_refusal(form, refused)
            else:
                messages.success(request, "Đã ghi kết quả của cấp trên. Hồ sơ chuyển sang bước tiếp theo.")
                return redirect("council:results")
    context = {
        "result": result,
        "form": form,
        "answers": [(row, answer_words(row, regime)) for row in _answers(result)],
        "waits": dossier.state == DossierState.FORWARDED,
    }
    return render(request, "council/answer.html", context, status=status)


@signed_in
@require_GET
def letter_paper(request: Any, pk: int) -> HttpResponse:
    """The notice to the subject as PDF."""
    return _paper(request, pk, "letter")


@signed_in
@require_GET
def forward_paper(request: Any, pk: int) -> HttpResponse:
    """The letter that went up with the dossier as PDF."""
    return _paper(request, pk, "forwarding")


@only(with_role(*OFFICES), words="cơ quan chủ trì OCOP và đầu mối cấp trên")
@require_GET
def package(request: Any, pk: int) -> HttpResponse:
    """The archive that went up: for the office that sent it and the level that received it."""
    result = _result(pk)
    check_answer_from_above(request.user, request.today, result.hearing.dossier)
    forwarding = getattr(result, "forwarding", None)
    if forwarding is None or forwarding.package is None:
        raise Http404("Hồ sơ này không có gói điện tử.")
    return hand_out(forwarding.package, request)  # type: ignore[return-value]


@only(with_role(*OFFICES), words="cơ quan chủ trì OCOP và đầu mối cấp trên")
@require_GET
def result_paper(request: Any, pk: str, paper: str, ending: str) -> HttpResponse:
    """A paper issued on the result: letter, hand-over record, notice; PDF or Word."""
    result = _result(int(pk))
    check_answer_from_above(request.user, request.today, result.hearing.dossier)
    issued = get_object_or_404(papers_on(result), pk=int(paper))
    return hand_out_paper(request, issued, ending)  # type: ignore[return-value]


@signed_in
@require_GET
def dossier_panel(request: Any, pk: int) -> HttpResponse:
    """The council's window in the dossier's page: the hearing's state, and the result for whoever may know it."""
    dossier = get_object_or_404(dossiers(), pk=pk)
    if not can_open_panel(request.user, request.today, dossier):
        return HttpResponse(status=403)
    result = result_of(dossier)
    shown = result is not None and can_see_result(request.user, request.today, dossier)
    criteria_set = criteria_of(dossier) if shown else None
    context = {
        "dossier": dossier,
        "hearing": Hearing.objects.filter(dossier=dossier).select_related("session__council").last(),
        "shown": shown_result(result, criteria_set) if result and criteria_set else None,
        "raising": worth_raising(result) if result and criteria_set else [],
        "answers": (
            [(row, answer_words(row, regime_of(dossier))) for row in _answers(result)] if result and shown else []
        ),
        "letter": latest_paper(result, "result_letter") if result and shown else None,
        "may_send": can_hand_over(request.user, request.today, dossier),
        "may_answer": can_answer_from_above(request.user, request.today, dossier),
    }
    page = "council/dossier_panel.html" if request.htmx else "council/dossier_panel_page.html"
    return render(request, page, context)


def _result(pk: int) -> Result:
    rows = Result.objects.select_related(
        "hearing__session__council", "hearing__session__bylaws", "forwarding", "letter"
    )
    result = get_object_or_404(rows, pk=pk)
    result.hearing = hearings().get(pk=result.hearing_id)
    return result


def _answers(result: Result) -> list[Any]:
    forwarding = getattr(result, "forwarding", None)
    return list(forwarding.answers.all()) if forwarding is not None else []


def _paper(request: Any, pk: int, kind: str) -> HttpResponse:
    result = _result(pk)
    dossier: Dossier = result.hearing.dossier
    check_see_result(request.user, request.today, dossier)
    if kind == "letter":
        issued = latest_paper(result, "result_letter")
        if issued is not None:
            return hand_out_paper(request, issued, "pdf")  # type: ignore[return-value]
    paper = getattr(result, kind, None)
    if paper is None:
        raise Http404
    return hand_out(paper.paper)  # type: ignore[return-value]


def _rerun_sessions(request: Any, result: Result, regime: Regime) -> QuerySet[Session] | None:
    """The coming meetings of the same council, where the regime lets it score again after the level above."""
    if regime.consequence("rerun") is None:
        return None
    return Session.objects.filter(
        council=result.hearing.session.council_id, kind=SessionKind.MEETING, held_on__gte=request.today
    ).exclude(hearings__dossier=result.hearing.dossier_id)
