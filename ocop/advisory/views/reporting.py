"""The team's report: drafted from the reviews, written by the lead, handed out as PDF and Word file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from ocop.advisory import actions
from ocop.advisory.actions.reporting import KIND, surveys_told, tests_told
from ocop.advisory.forms import NOT_SAID, ReportForm
from ocop.advisory.models import AdviceRow, AdvisoryReport, Review
from ocop.advisory.permissions import check_report
from ocop.advisory.queries import NONE_REACHED, given_on, is_at_work, report_of, reviews_of, rows_of
from ocop.advisory.states import ReviewState
from ocop.advisory.views.shared import TEAM_PEOPLE, load_dossier, refused_at, team_people
from ocop.core.doors import only
from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.dossiers.queries import criteria_of
from ocop.paperwork.delivery import hand_out_paper
from ocop.paperwork.queries import latest_paper
from ocop.rubric.rules import CriteriaSet


@only(team_people, words=TEAM_PEOPLE)
@require_http_methods(["GET", "POST"])
def report(request: Any, pk: int) -> HttpResponse:
    """Write the report, or a new version of it with the reason."""
    dossier = load_dossier(request, pk)
    check_report(request.user, request.today, dossier)
    criteria_set = criteria_of(dossier)
    newest = report_of(dossier)
    reviews = [review for review in reviews_of(dossier) if review.state == ReviewState.DONE]
    rows = rows_of(reviews)
    said = {
        code: [(review, rows[review.pk][code]) for review in reviews if code in rows[review.pk]]
        for code in criteria_set.criteria
    }
    drafted = _of_report(newest) if newest is not None else {code: _drafted(each) for code, each in said.items()}
    initial = {"conclusion": newest.conclusion, "proposal": newest.proposal} if newest is not None else {}
    form = ReportForm(
        request.POST or None, criteria_set=criteria_set, drafted=drafted, first=newest is None, initial=initial
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = actions.write_report(
                    dossier=dossier,
                    advice=form.advice,
                    conclusion=form.cleaned_data["conclusion"],
                    proposal=form.cleaned_data["proposal"],
                    reason=form.cleaned_data.get("reason", ""),
                    number=form.cleaned_data["number"],
                    signed_on=form.cleaned_data["signed_on"],
                    version=whole(request.POST.get("version", "")),
                    by=request.user,
                    at=request.now,
                )
            except Refused as refused:
                if refused.field in criteria_set.criteria:
                    refused.field = f"choice-{refused.field}"
                status = refused_at(form, refused)
            else:
                messages.success(request, f"Đã báo cáo Chủ tịch Hội đồng, bản {made.version}. Tải bản in ở dưới.")
                return redirect("advisory:dossier", dossier.pk)
    waiting = [
        row.seat.user.full_name
        for row in given_on([dossier]).get(dossier.pk, [])
        if row.seat_id not in {review.seat_id for review in reviews}
    ]
    context = {
        "dossier": dossier,
        "form": form,
        "newest": newest,
        "version": newest.version if newest is not None else 0,
        "reviews": reviews,
        "waiting": waiting,
        "working": is_at_work(dossier),
        "rows": _rows(criteria_set, form, said),
        "surveys": surveys_told(dossier),
        "tests": tests_told(dossier),
    }
    return render(request, "advisory/report.html", context, status=status)


@only(team_people, words=TEAM_PEOPLE)
@require_GET
def paper(request: Any, pk: int, version: int, ending: str) -> HttpResponseBase:
    """A version of the report as it was issued."""
    dossier = load_dossier(request, pk)
    found = get_object_or_404(AdvisoryReport, dossier=dossier, version=version)
    issued = latest_paper(found, KIND)
    if issued is None:
        raise Http404("Chưa có bản in.")
    return hand_out_paper(request, issued, ending)


Said = Sequence[tuple[Review, AdviceRow]]


def _drafted(said: Said) -> tuple[str, str]:
    """The reviewers' common option, empty where they differ, and their words one below the other."""
    places = {row.place for _, row in said}
    one = next(iter(places)) if len(places) == 1 else None
    shown = "" if len(places) != 1 else NOT_SAID if one is None else str(one)
    words = list(dict.fromkeys(row.words for _, row in said if row.words))
    return shown, "\n".join(words)


def _of_report(newest: AdvisoryReport) -> dict[str, tuple[str, str]]:
    return {
        code: (NOT_SAID if said["place"] is None else str(said["place"]), said["words"])
        for code, said in newest.advice.items()
    }


def _rows(criteria_set: CriteriaSet, form: ReportForm, said: Mapping[str, Said]) -> list[dict[str, Any]]:
    """Each criterion with what every reviewer advised beside the team's word."""
    rows = []
    for code, criterion in criteria_set.criteria.items():
        labels = {place: option.label for place, option in enumerate(criterion.options, start=1)} | {0: NONE_REACHED}
        rows.append(
            {
                "code": code,
                "name": criterion.name,
                "differs": len({row.place for _, row in said[code]}) > 1,
                "said": [
                    {
                        "who": review.seat.user.full_name,
                        "option": labels.get(row.place, "Chưa kết luận được") if row.place is not None else "",
                        "words": row.words,
                    }
                    for review, row in said[code]
                ],
                "choice": form[f"choice-{code}"],
                "note": form[f"note-{code}"],
            }
        )
    return rows
