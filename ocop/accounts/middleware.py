"""The office's clock at the door: `request.now` and `request.today` for everything below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ocop.core.clock import OFFICE_ZONE, day_of, now


class OfficeClockMiddleware:
    """Gives each request one moment; in a demo, a training account's moment lies on its practice day."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        moment = now()
        practice_day = getattr(request.user, "practice_day", None) if settings.OCOP_DEMO else None
        if practice_day is not None:
            local = moment.astimezone(OFFICE_ZONE)
            moment = datetime.combine(practice_day, local.time(), tzinfo=OFFICE_ZONE)
        request.now = moment  # type: ignore[attr-defined]
        request.today = day_of(moment)  # type: ignore[attr-defined]
        return self.get_response(request)
