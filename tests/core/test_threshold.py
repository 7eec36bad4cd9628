"""What no view ever sees."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import person

pytestmark = pytest.mark.django_db
BACKEND = "ocop.accounts.backends.EmailOrPhoneBackend"


@pytest.mark.parametrize("address", ["/xac-minh/?ma=%00", "/dang-nhap/?next=%00"])
def test_a_nul_in_an_address_is_refused(client: Client, address: str) -> None:
    assert client.get(address).status_code == 400


def test_a_nul_in_a_form_is_refused_in_words(client: Client) -> None:
    answer = client.post("/dang-nhap/", {"username": "a\x00b", "password": "x"})
    assert answer.status_code == 400
    assert "quay lại trang trước" in answer.content.decode()


def test_a_stranger_sends_short_forms_only(client: Client, settings) -> None:
    form = {"username": "x" * 1_100_000, "password": "y"}
    assert client.post("/dang-nhap/", form).status_code == 400
    settings.OCOP_MAX_BODY_MB = 1
    client.force_login(person(), backend=BACKEND)
    assert client.post("/tai-khoan/mat-khau/", {"old": "x" * 1_100_000}).status_code == 400


def test_pages_of_signed_in_people_are_kept_by_no_cache(client: Client) -> None:
    client.force_login(person(), backend=BACKEND)
    assert client.get("/viec-hom-nay/")["Cache-Control"] == "private, no-store"
