"""A paper made on the fly: shown and kept nowhere, or a page that says why not."""

from __future__ import annotations

from django.test import RequestFactory

from ocop.ui.papers import PaperError
from ocop.ui.printing import show_paper


def test_a_paper_is_shown_under_its_name_and_not_kept():
    response = show_paper(RequestFactory().get("/"), lambda: b"%PDF", name="bien-ban.pdf")
    assert (response.status_code, response.content) == (200, b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="bien-ban.pdf"'
    assert response["Cache-Control"] == "private, no-store"


def test_a_paper_that_cannot_be_made_is_a_page_in_words():
    def press() -> bytes:
        raise PaperError("Tên quá dài để in.")

    response = show_paper(RequestFactory().get("/"), press, name="x.pdf")
    assert response.status_code == 422
    assert "Tên quá dài để in." in response.content.decode()
