"""A GET never writes; a number is never given twice; append-only tables only grow."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from ocop.audit.actions import record
from ocop.audit.models import LedgerEntry
from ocop.core.models import NumberSeries, next_number
from ocop.core.readonly import ReadOnlyGetMiddleware, WriteInGet
from tests.factories import MORNING, person

pytestmark = pytest.mark.django_db


def _writes(request: object) -> HttpResponse:
    NumberSeries.objects.create(name="lén lút")
    return HttpResponse()


@pytest.mark.parametrize("verb", ["get", "head", "options"])
def test_a_safe_request_that_writes_is_stopped(verb: str) -> None:
    request = getattr(RequestFactory(), verb)("/")
    with pytest.raises(WriteInGet), transaction.atomic():
        ReadOnlyGetMiddleware(_writes)(request)
    assert not NumberSeries.objects.exists()


def test_a_post_may_write() -> None:
    ReadOnlyGetMiddleware(_writes)(RequestFactory().post("/"))
    assert NumberSeries.objects.count() == 1


def test_numbers_count_up_by_series() -> None:
    assert [next_number("a"), next_number("a"), next_number("b"), next_number("a")] == [1, 2, 1, 3]


def _entry() -> LedgerEntry:
    user = person()
    return record(act="try", words="Thử", on=user, by=user, at=MORNING)


@pytest.mark.parametrize("statement", ["UPDATE audit_ledgerentry SET words = 'khác'", "DELETE FROM audit_ledgerentry"])
def test_the_database_itself_refuses_to_change_the_ledger(statement: str) -> None:
    _entry()
    with pytest.raises(DatabaseError, match="khong duoc sua"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert LedgerEntry.objects.latest("seq").words == "Thử"


@pytest.mark.parametrize(
    "table",
    [
        "regime_regimeversion",
        "rubric_criteriasetversion",
        "dossiers_submission",
        "dossiers_intakefinding",
        "council_bylaws",
        "council_declaration",
        "council_confirmedfinding",
        "council_result",
        "council_higherresult",
        "certificates_certificate",
    ],
)
def test_every_table_of_record_has_its_guard(table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type='trigger' AND tbl_name=%s", [table])
            assert cursor.fetchone()[0] == 2
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
            assert cursor.fetchone()[0] == 1
