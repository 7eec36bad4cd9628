"""Evidence: citing papers of the wallet, adding, removing, and the file itself."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.consent.permissions import can_type_for
from ocop.core.doors import signed_in
from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.dossiers.actions import add_evidence, cite_evidence, cite_paper, remove_evidence, use_renewed
from ocop.dossiers.actions.evidence import NOT_IN_WALLET
from ocop.dossiers.actions.locking import TYPES_NO_POINTS
from ocop.dossiers.forms import CiteForm, UploadForm
from ocop.dossiers.models import Dossier, Evidence
from ocop.dossiers.permissions import can_read_points, can_write, check_may_try, check_write, is_own
from ocop.dossiers.queries import could_cite, criteria_of, live_evidence, proved_by, renewals_of, uses_of
from ocop.dossiers.states import EDITABLE
from ocop.dossiers.views.cards import file_of
from ocop.dossiers.views.loading import Visit, dossier_for, visit_of
from ocop.dossiers.views.wallet_rows import offered, shown_in_dossier
from ocop.files.actions import end_upload, hold_upload
from ocop.files.delivery import hand_out, show_file, upload_context
from ocop.files.models import Upload
from ocop.files.queries import held_uploads
from ocop.registration.queries import subjects_of
from ocop.wallet.models import Paper
from ocop.wallet.queries import judged_in, papers_of

MOST_OFFERED = 60
MOST_AT_ONCE = 60


@signed_in
@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier's evidence; new files are each kept or refused by themselves."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    criteria_set = criteria_of(dossier)
    if request.method == "GET":
        form = UploadForm(criteria_set=criteria_set, initial={"cites": request.GET.getlist("tieu-chi")})
        return _page(request, visit, dossier, form)
    check_may_try(visit.user, visit.day, dossier)
    form = UploadForm(request.POST, request.FILES, criteria_set=criteria_set)
    held, refused = _held(request, visit, form)
    if "drop" in request.POST or not form.is_valid():
        return _page(request, visit, dossier, form, held=held, refused=refused, status=422)
    if not held and not refused:
        form.add_error("papers", "Chưa chọn tệp nào. Hãy chọn tệp hoặc chụp ảnh rồi bấm “Tải lên”.")
        return _page(request, visit, dossier, form, status=422)
    kept, left, more = _keep_each(visit, dossier, form, held)
    if refused or more:
        return _page(request, visit, dossier, form, held=left, kept=kept, refused=[*refused, *more], status=422)
    messages.success(request, f"Đã nhận {len(kept)} tệp.")
    return redirect("dossiers:evidence", dossier.pk)


@signed_in
@require_POST
def evidence_from_wallet(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper of the subject's wallet is cited: for the criteria asked for, or for those chosen on the next page."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    check_may_try(visit.user, visit.day, dossier)
    codes = request.POST.getlist("cites")
    wanted = whole(request.POST.get("paper", ""))
    try:
        paper = papers_of(dossier.registration.product.subject).filter(pk=wanted).first() if wanted else None
        if paper is None:
            raise Refused(NOT_IN_WALLET, field="paper")
        cited = cite_paper(dossier=dossier, paper=paper, cites=codes, by=visit.user, at=visit.moment)
    except Refused as refused:
        form = UploadForm(criteria_set=criteria_of(dossier), initial={"cites": codes})
        return _page(request, visit, dossier, form, refused=[refused.message], status=422)
    if not codes:
        return redirect("dossiers:evidence-cite", dossier.pk, cited.file.key)
    messages.success(request, f"Đã viện dẫn “{cited.title}” cho {', '.join(cited.cites)}.")
    about = request.GET.get("tieu-chi", "")
    # Back to the criterion the person came from, so that the next paper for it is offered.
    known = f"?tieu-chi={about}" if about in criteria_of(dossier).criteria else ""
    return redirect(reverse("dossiers:evidence", args=[dossier.pk]) + known)


@signed_in
@require_POST
def evidence_renew(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """The newest version of the paper is cited in place of the older one."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    check_may_try(visit.user, visit.day, dossier)
    try:
        cited = use_renewed(evidence=_evidence_of(dossier, key), by=visit.user, at=visit.moment)
    except Refused as refused:
        form = UploadForm(criteria_set=criteria_of(dossier))
        return _page(request, visit, dossier, form, refused=[refused.message], status=422)
    messages.success(request, f"Từ nay hồ sơ dùng bản mới của “{cited.title}”.")
    return redirect("dossiers:evidence", dossier.pk)


@signed_in
@require_http_methods(["GET", "POST"])
def evidence_cite(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """For which criteria a file is cited, and how it is called."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    (check_write if request.method == "GET" else check_may_try)(visit.user, visit.day, dossier)
    found = _evidence_of(dossier, key)
    proves = [] if found.cites else list(proved_by(dossier).get(found.paper.kind, ()))
    initial = {"title": found.title, "cites": found.cites or proves}
    form = CiteForm(request.POST or None, criteria_set=criteria_of(dossier), initial=initial)
    if form.is_valid():
        try:
            cite_evidence(evidence=found, **form.cleaned_data, by=visit.user, at=visit.moment)
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, f"Đã lưu viện dẫn của “{form.cleaned_data['title']}”.")
            return redirect("dossiers:evidence", dossier.pk)
    context = {"dossier": dossier, "form": form, "file": file_of(dossier, found), "proves": proves}
    return render(request, "dossiers/evidence_cite.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(["GET", "POST"])
def evidence_remove(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """Asks once, then takes the file out of the dossier."""
    visit = visit_of(request)
    dossier = dossier_for(visit, pk)
    (check_write if request.method == "GET" else check_may_try)(visit.user, visit.day, dossier)
    found = _evidence_of(dossier, key)
    error = ""
    if request.method == "POST":
        try:
            remove_evidence(evidence=found, by=visit.user, at=visit.moment)
        except Refused as refused:
            error = refused.message
        else:
            messages.success(request, f"Đã bỏ “{found.title}” khỏi hồ sơ.")
            return redirect("dossiers:evidence", dossier.pk)
    context = {"dossier": dossier, "file": file_of(dossier, found), "error": error}
    return render(request, "dossiers/evidence_remove.html", context, status=422 if error else 200)


@signed_in
@require_GET
def evidence_file(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """The file itself, or what a page shows of it, for those who may open its dossier."""
    dossier = dossier_for(visit_of(request), pk)
    file = _evidence_of(dossier, key).file
    return show_file(request, file) if "xem" in request.GET else hand_out(file, request)  # type: ignore[return-value]


@signed_in
@require_GET
def paper_uses(request: HttpRequest, pk: int) -> HttpResponse:
    """A window on the wallet's page of a paper: the dossiers and criteria for which it is cited."""
    visit = visit_of(request)
    paper = get_object_or_404(Paper.objects.select_related("subject"), pk=pk)
    uses = uses_of(paper, visit.user, visit.day)
    if not uses and not subjects_of(visit.user, visit.day).filter(pk=paper.subject_id).exists():
        raise Http404("Không có giấy tờ này.")
    rows = [
        {
            "dossier": row.dossier,
            "cites": [f"{code} {criteria_of(row.dossier).criteria[code].name}" for code in row.cites],
        }
        for row in uses
    ]
    may = can_type_for(visit.user, visit.day, paper.subject) and papers_of(paper.subject).filter(pk=paper.pk).exists()
    open_for = could_cite(paper, visit.user, visit.day) if may else []
    return render(request, "dossiers/paper_uses.html", {"rows": rows, "paper": paper, "open_for": open_for})


def _evidence_of(dossier: Dossier, key: UUID) -> Evidence:
    return get_object_or_404(live_evidence(dossier), paper__file__key=key)


def _held(request: HttpRequest, visit: Visit, form: UploadForm) -> tuple[list[Upload], list[str]]:
    """The files held for the page; those sent with the form are held first, so that a refusal loses none of them."""
    held, refused = held_uploads(visit.user, visit.moment, form.held_keys()), []
    for upload in [each for each in held if str(each.key) == request.POST.get("drop")]:
        held.remove(upload)
        end_upload(upload=upload, by=visit.user, at=visit.moment)
    for file in form.sent():
        try:
            held.append(hold_upload(file=file, by=visit.user, at=visit.moment))
        except Refused as refusal:
            refused.append(refusal.message)
    return held, refused


def _keep_each(
    visit: Visit, dossier: Dossier, form: UploadForm, held: Sequence[Upload]
) -> tuple[list[Evidence], list[Upload], list[str]]:
    """Every good file is kept, whatever happens to the others, which stay held."""
    title, kept, left, refused = form.cleaned_data["title"], [], [], []
    for number, upload in enumerate(held, start=1):
        try:
            kept.append(
                add_evidence(
                    dossier=dossier,
                    held=[upload.key],
                    title=f"{title} ({number})" if title and len(held) > 1 else title,
                    cites=form.cleaned_data["cites"],
                    by=visit.user,
                    at=visit.moment,
                )
            )
        except Refused as refusal:
            refused.append(refusal.message)
            left.append(upload)
    return kept, left, refused


def _page(
    request: HttpRequest,
    visit: Visit,
    dossier: Dossier,
    form: UploadForm,
    *,
    held: Sequence[Upload] = (),
    kept: Sequence[Evidence] = (),
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    criteria_set, subject = criteria_of(dossier), dossier.registration.product.subject
    writes = can_write(visit.user, visit.day, dossier)
    # After a refusal the form stays with everything in it, also for a helper whose consent has just ended.
    editable = dossier.state in EDITABLE and (writes or request.method == "POST")
    reads_points = can_read_points(visit.user, visit.day, dossier)
    rows, judged = list(live_evidence(dossier)), judged_in(dossier.registration.batch)
    about = request.GET.get("tieu-chi", "")
    context = {
        "dossier": dossier,
        "files": shown_in_dossier(
            dossier, rows, criteria_set, day=visit.day, judged=judged, renewals=renewals_of(subject)
        ),
        "form": form,
        "kept": kept,
        "refused": refused,
        "editable": editable,
        "helps": editable and not is_own(visit.user, visit.day, dossier),
        "reads_points": reads_points,
        "no_points": "" if reads_points else TYPES_NO_POINTS,
        **upload_context(held),
        "most": MOST_AT_ONCE,
        "about": criteria_set.criteria.get(about),
        "offered": offered(
            papers_of(subject)[:MOST_OFFERED],
            rows,
            proved_by(dossier),
            day=visit.day,
            judged=judged,
            criteria_set=criteria_set,
            about=about,
        )
        if editable and writes
        else [],
    }
    return render(request, "dossiers/evidence.html", context, status=status)
