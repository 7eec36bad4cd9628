"""What several pages of the room need."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from ocop.core.doors import OfficeRequest, only
from ocop.paperwork.kinds import kinds
from ocop.paperwork.permissions import CLERKS, is_clerk, offices_of
from ocop.paperwork.rules import Kind
from ocop.places.models import Unit

clerks_only = only(
    lambda request: is_clerk(request.user, request.today),  # type: ignore[attr-defined]
    words="cơ quan chủ trì, lãnh đạo và quản trị",
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def own_office(request: OfficeRequest, unit: int) -> Unit:
    """The office of that key if the visitor is its clerk; any other is not found."""
    for office in offices_of(request.user, request.today, *CLERKS):
        if office.pk == unit:
            return office
    raise Http404("Không có cơ quan này trong phần bạn phụ trách.")


def known_kind(code: str) -> Kind:
    """The kind of that code; any other is not found."""
    if code not in kinds():
        raise Http404("Không có loại văn bản này.")
    return kinds()[code]


def word_file(content: bytes, name: str) -> HttpResponse:
    """A Word file made on the spot, as a download."""
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
