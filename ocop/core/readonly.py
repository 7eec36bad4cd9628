"""A GET never writes: a guard around every safe request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

# What Django itself may write while answering a GET: the visitor's session.
ALLOWED_TABLES = ("django_session",)


class WriteInGet(RuntimeError):
    """A view tried to write while answering a safe request."""


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    verb = sql.lstrip().split(None, 1)[0].upper() if sql.strip() else ""
    if verb in {"INSERT", "UPDATE", "DELETE"} and not any(table in sql for table in ALLOWED_TABLES):
        raise WriteInGet(sql[:120])
    return execute(sql, params, many, context)


class ReadOnlyGetMiddleware:
    """Refuses INSERT, UPDATE and DELETE while a safe request is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)
