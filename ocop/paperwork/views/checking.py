"""Anybody checks a paper that was printed or sent: by its code, by the ledger's end printed on it, by the file."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ocop.audit.queries import holds_entry
from ocop.core.codes import clean_code
from ocop.core.doors import public
from ocop.paperwork import queries
from ocop.paperwork.forms import MOST_FILE_MB, CheckForm


@public
@csrf_exempt  # it changes nothing and asks nobody who they are; so the page sets no cookie
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The page to check by; a file that comes with it is hashed and forgotten."""
    posted = request.method == "POST"
    form = CheckForm(request.POST if posted else request.GET)
    if not form.is_valid():
        return _page(request, {"form": form}, status=422)
    asked = form.cleaned_data
    sha256 = asked["dau_tep"]
    file = request.FILES.get("tep")
    if isinstance(file, UploadedFile):
        if (file.size or 0) > MOST_FILE_MB * 1024 * 1024:
            form.add_error(None, f"Tệp nặng quá {MOST_FILE_MB} MB, không phải văn bản do phần mềm phát hành.")
            return _page(request, {"form": form}, status=422)
        sha256 = _hash_of(file)
    if posted and not sha256:
        form.add_error(None, "Chưa chọn tệp. Hãy chọn tệp văn bản rồi bấm Kiểm tra tệp.")
        return _page(request, {"form": form}, status=422)
    if asked["ma"]:
        return _by_code(request, asked["ma"], sha256, form)
    if sha256:
        paper = queries.paper_by_content(sha256)
        if paper is None:
            return _page(request, {"form": form, "unknown": "file"}, status=404)
        return _page(request, {"form": form, "checked": queries.checked(paper, sha256)})
    return _by_head(request, form)


@public
@require_safe
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the program tells of the paper with that code: the address in the QR of every issued paper."""
    return _by_code(request, code, "", CheckForm({"ma": code}))


def _by_code(request: HttpRequest, code: str, sha256: str, form: CheckForm) -> HttpResponse:
    paper = queries.paper_by_code(code)
    if paper is None:
        well_formed = clean_code(code) is not None
        return _page(request, {"form": form, "unknown": "code", "typed": code, "well_formed": well_formed}, status=404)
    return _page(request, {"form": form, "checked": queries.checked(paper, sha256)})


def _by_head(request: HttpRequest, form: CheckForm) -> HttpResponse:
    seq, dau = form.cleaned_data["so"], form.cleaned_data["dau"]
    if not seq and not dau:
        return _page(request, {"form": form})
    if not seq or not dau:
        form.add_error("dau" if seq else "so", "Gõ cả số thứ tự và dấu in ở chân văn bản.")
        return _page(request, {"form": form}, status=422)
    found = holds_entry(seq, dau)
    return _page(request, {"form": form, "head": {"seq": seq, "found": found}}, status=200 if found else 404)


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, "paperwork/check.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _hash_of(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
