"""What every view of the room does: load a hearing, shut the door with a sentence, put a refusal beside its field."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ocop.accounts.permissions import holds
from ocop.accounts.states import Role
from ocop.core.errors import Refused, Stale
from ocop.council.models import Hearing, Seat
from ocop.council.permissions import can_read_hearing, check_open_session
from ocop.council.queries import declaration_of, hearings, seat_of, sits_on_any

COUNCIL_PEOPLE = "thành viên Hội đồng và cơ quan chủ trì OCOP"
PAGE_ROWS = 25


def council_people(request: HttpRequest) -> bool:
    """Door test: a seat on some council, or the lead office or its leaders."""
    user, day = request.user, request.today  # type: ignore[attr-defined]
    return holds(user, day, Role.LEAD_OFFICER, Role.LEADER) or sits_on_any(user, day)  # type: ignore[arg-type]


def load_hearing(request: HttpRequest, pk: int) -> Hearing:
    """The hearing, for people of its session; 404 or 403 for all others."""
    hearing = get_object_or_404(hearings(), pk=pk)
    check_open_session(request.user, request.today, hearing.session)  # type: ignore[arg-type, attr-defined]
    return hearing


def shut(request: HttpRequest, hearing: Hearing) -> HttpResponse | None:
    """A 403 page that says why and leads to the door, or None for whoever may read the hearing."""
    if can_read_hearing(request.user, request.today, hearing):  # type: ignore[arg-type, attr-defined]
        return None
    seat = seat_of(request.user, request.today, hearing.session.council)  # type: ignore[arg-type, attr-defined]
    votes = seat is not None and seat.votes
    context = {"hearing": hearing, "why": _why(hearing, seat) if seat and votes else "", "door": votes}
    return render(request, "council/shut.html", context, status=403)


def _why(hearing: Hearing, seat: Seat) -> str:
    answer = declaration_of(hearing, seat)
    if answer is not None:
        return "Bạn đã khai báo có xung đột lợi ích với sản phẩm này nên không xem hồ sơ, không chấm và không xem điểm."
    if hearing.is_open:
        return "Bạn chưa khai báo xung đột lợi ích cho sản phẩm này. Trả lời ở cửa trước, rồi mở được hồ sơ."
    return "Sản phẩm đã chốt điểm khi bạn chưa khai báo xung đột lợi ích, nên phần không công khai không mở cho bạn."


def put_refusal(form: Form, refused: Refused) -> int:
    """The refusal beside its field, or above the form; the status of the answer."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return 409 if isinstance(refused, Stale) else 422
