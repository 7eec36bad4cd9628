"""Handing out an issued paper, after the caller's own permission check."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from ocop.files.delivery import hand_out
from ocop.paperwork.models import IssuedPaper


def hand_out_paper(request: HttpRequest, paper: IssuedPaper, ending: str) -> HttpResponseBase:
    """The PDF (the signed one when there is one) or the Word file; any other ending is not found."""
    if ending == "pdf":
        return hand_out(paper.signed_pdf or paper.pdf, request)
    if ending == "docx":
        return hand_out(paper.docx, request)
    raise Http404("Văn bản chỉ có bản PDF và bản Word.")
