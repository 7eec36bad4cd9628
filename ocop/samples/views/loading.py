"""What every view of the room does: the dossier whose samples the visitor may see, the batch a list is about."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ocop.accounts.permissions import with_role
from ocop.core.doors import OfficeRequest
from ocop.core.pages import whole
from ocop.dossiers.models import Dossier
from ocop.planning.models import Batch
from ocop.samples.queries import LOOKERS, batches_kept, kept_for

OFFICE_PEOPLE = "cơ quan chủ trì, thư ký, Tổ giúp việc và lãnh đạo của chương trình"
office_people = with_role(*LOOKERS)


def kept_dossier(request: OfficeRequest, pk: int) -> Dossier:
    """The dossier; a 404 when its samples are not the visitor's to see."""
    return get_object_or_404(kept_for(request.user, request.today), pk=pk)


def batch_of(request: OfficeRequest) -> tuple[Batch | None, list[Batch]]:
    """The batch that `?dot=` names, else the newest, and all the visitor looks after."""
    known = list(batches_kept(request.user, request.today)[:50])
    asked = whole(request.GET.get("dot", ""))
    return next((batch for batch in known if batch.pk == asked), known[0] if known else None), known


def error_status(request: HttpRequest) -> int:
    """The status of a page that shows a form again."""
    return 422 if request.method == "POST" else 200
