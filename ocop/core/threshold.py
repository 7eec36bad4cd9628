"""What every request meets before any view: no NUL signs, no body without bound, no copies in caches."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

MEGABYTE = 1024 * 1024


class ThresholdMiddleware:
    """Refuses NUL signs and bodies that are too large; pages of signed-in people are kept by no cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _body_size(request) > _most(request):
            raise BadRequest("Nội dung gửi lên quá lớn.")
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            raise BadRequest("Trong địa chỉ có ký tự không hợp lệ.")
        if request.method == "POST" and any("\x00" in value for _, values in request.POST.lists() for value in values):
            raise BadRequest("Trong phần đã gõ có ký tự không hợp lệ (NUL).")
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


def _body_size(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdecimal() and len(length) < 16 else 0


def _most(request: HttpRequest) -> int:
    """Bytes: a stranger has only short forms to send; a person of the house a few files at once."""
    return settings.OCOP_MAX_BODY_MB * MEGABYTE if request.user.is_authenticated else MEGABYTE
