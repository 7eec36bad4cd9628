"""A night's reading: everything of the products that the door has let a member into, on paper or on the device."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_GET

from ocop.core.doors import only
from ocop.council.models import Hearing, Seat, Session
from ocop.council.permissions import check_open_session
from ocop.council.queries import evidence_to_read, matters_of, open_for_reading, seat_of
from ocop.council.views.criteria import evidence_files, parts_of
from ocop.council.views.shared import COUNCIL_PEOPLE, council_people
from ocop.dossiers.queries import criteria_of
from ocop.files.models import StoredFile

PRODUCTS_A_PAGE = 10
# What a device is asked to keep of one file, in bytes as a rule of thumb: a picture is made small first, a PDF is
# carried as it is with its pages as pictures; sound and film stay with the line.
SMALL_PICTURE = 400_000
PAGES_OF_A_PDF = 600_000
LARGEST_PDF = 6_000_000


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def pack(request: Any, pk: int, page: int = 1) -> HttpResponse:
    """The products of one's queue, ten a page, each with its criteria, figures, evidence, advice and tests."""
    session, seat, found = _open_products(request, pk)
    pages = max(1, -(-len(found) // PRODUCTS_A_PAGE))
    if not 1 <= page <= pages:
        raise Http404("Không có trang này.")
    shown = found[(page - 1) * PRODUCTS_A_PAGE : page * PRODUCTS_A_PAGE]
    matters = matters_of(shown)
    context = {
        "session": session,
        "seat": seat,
        "products": [_product(hearing, matters[hearing.pk]) for hearing in shown],
        "count": len(found),
        "page": page,
        "pages": pages,
        "others": [(number, _page_url(session, number)) for number in range(1, pages + 1)] if pages > 1 else [],
        "printed_at": request.now,
    }
    return render(request, "council/pack.html", context)


@only(council_people, words=COUNCIL_PEOPLE)
@require_GET
def pack_list(request: Any, pk: int) -> JsonResponse:
    """What a device has to fetch to read without a line: pages, files and about how many bytes they are."""
    session, _, found = _open_products(request, pk)
    evidence = evidence_to_read(found)
    files = []
    for hearing in found:
        for item, file in zip(evidence[hearing.pk], evidence_files(hearing, evidence[hearing.pk]), strict=True):
            files.append(
                {
                    "name": file["name"],
                    "product": hearing.dossier.registration.product.name,
                    "url": file["url"],
                    "thumb": file["thumb"],
                    "shape": file["kind"],
                    "weight": _weight(item.file),
                    "original": item.file.shape == "pdf" and item.file.size <= LARGEST_PDF,
                }
            )
    pages = max(1, -(-len(found) // PRODUCTS_A_PAGE))
    answer = JsonResponse(
        {
            "products": len(found),
            "pages": [
                reverse("council:session", args=[session.pk]),
                *(_page_url(session, number) for number in range(1, pages + 1)),
                *(reverse("council:sheet", args=[hearing.pk]) for hearing in found),
            ],
            "files": files,
            "weight": sum(file["weight"] for file in files),
        }
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _open_products(request: Any, pk: int) -> tuple[Session, Seat, list[Hearing]]:
    """The member's own seat and what it may read now; nothing of a product whose door has not opened."""
    session = get_object_or_404(Session.objects.select_related("council__unit", "bylaws"), pk=pk)
    check_open_session(request.user, request.today, session)
    seat = seat_of(request.user, request.today, session.council)
    if seat is None or not seat.votes:
        raise PermissionDenied("Tập tài liệu đọc trước chỉ dành cho thành viên chấm điểm của phiên.")
    return session, seat, open_for_reading(session, seat)


def _page_url(session: Session, number: int) -> str:
    args = [session.pk] if number == 1 else [session.pk, number]
    return reverse("council:pack" if number == 1 else "council:pack-page", args=args)


def _product(hearing: Hearing, matter: Any) -> dict[str, Any]:
    criteria_set = criteria_of(hearing.dossier)
    sheet = hearing.own_sheet  # type: ignore[attr-defined]
    files = evidence_files(hearing, matter.evidence)
    return {
        "hearing": hearing,
        "matter": matter,
        "files": files,
        "state": capfirst(sheet.get_state_display()) if sheet is not None else "Chưa chấm",
        "handed_in": sheet is not None and sheet.submitted_at is not None,
        "parts": parts_of(hearing, criteria_set, {}, sheet.notes if sheet else {}, files, matter, locked=True),
    }


def _weight(file: StoredFile) -> int:
    """About how many bytes the device keeps of the file; 0 for what is not carried."""
    if file.shape == "image":
        return min(file.size, SMALL_PICTURE)
    if file.shape == "pdf":
        return PAGES_OF_A_PDF + (file.size if file.size <= LARGEST_PDF else 0)
    return 0
