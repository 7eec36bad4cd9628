"""The open API: one certificate by its code, typed answers, and nothing outside its own description."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from config.wsgi import application
from ocop.core.codes import check_sign, shown_code
from tests.factories.certificates import PRACTICE_DAY, certificates_of, signed

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The application in this process keeps the test's own connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_answers_as_it_is_described(case):
    case.call_and_validate()


@pytest.fixture
def issued(world):
    return certificates_of(signed(world))[0]


def test_a_certificate_by_its_code(client, issued, monkeypatch):
    moment = datetime(PRACTICE_DAY.year, PRACTICE_DAY.month, PRACTICE_DAY.day, 2, 15, tzinfo=UTC)
    monkeypatch.setattr("ocop.catalogue.api.now", lambda: moment)
    for typed in (issued.code, shown_code(issued.code).lower()):
        response = client.get(f"/api/v1/certificates/{typed}")
        assert response.status_code == 200
        assert response.json() == {
            "code": issued.code,
            "number": "01/2024/GCN-OCOP",
            "status": "valid",
            "status_words": "CÒN HIỆU LỰC",
            "star": 3,
            "product": {"name": issued.product_name, "code": issued.product_code, "set": issued.set_name},
            "subject": {"name": issued.subject_name, "address": issued.address, "unit": "Phường Thọ Xương"},
            "decision": {
                "number": "3163/QĐ-UBND",
                "date": "2024-09-16",
                "authority": "Ủy ban nhân dân thành phố Bắc Giang",
            },
            "valid_from": "2024-09-16",
            "valid_to": "2027-09-16",
            "checked_at": "2024-09-20T02:15:00Z",
            "page": f"http://127.0.0.1:8000/xac-minh/{issued.code}/",
        }
    assert not response.cookies


def test_a_code_that_nobody_gave_is_not_found_in_words(client, db):
    body = "7K3M9QXT2F"
    response = client.get(f"/api/v1/certificates/{body}{check_sign(body)}")
    assert response.status_code == 404
    assert "Không có giấy chứng nhận nào" in response.json()["message"]


@pytest.mark.parametrize("typed", ["a%00b", "m%C3%A3", "a" * 41])
def test_what_is_no_code_is_refused_in_words(client, db, typed):
    response = client.get(f"/api/v1/certificates/{typed}")
    assert response.status_code == 422
    assert "chữ cái không dấu" in response.json()["message"]


def test_reading_only_and_no_documentation_page(client, db):
    assert client.post("/api/v1/certificates/abc").status_code == 405
    assert client.get("/api/v1/docs").status_code == 404
    assert client.get("/api/v1/").status_code == 404
