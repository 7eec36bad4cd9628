"""Terms and status follow the regime's data (QĐ 26/2026 Art. 4.3; QĐ 148/2023)."""

from datetime import date

import pytest

from ocop.certificates.rules import last_day, signature_lines, status_on
from ocop.certificates.states import CertificateStatus
from ocop.regime.queries import as_rules, current


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2024, 12, 12), 36, date(2027, 12, 12)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_the_last_day_of_a_certificate(first, months, last):
    assert last_day(first, months) == last


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2026, 10, 4), CertificateStatus.NOT_YET),
        (date(2026, 10, 5), CertificateStatus.VALID),
        (date(2029, 10, 5), CertificateStatus.EXPIRING),
        (date(2029, 10, 6), CertificateStatus.EXPIRED),
    ],
)
def test_where_a_certificate_stands(day, status):
    assert status_on(as_rules(current("qd26-2026")), date(2026, 10, 5), date(2029, 10, 5), day) == status


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Chủ tịch", ("TM. ỦY BAN NHÂN DÂN XÃ A", "CHỦ TỊCH")),
        ("Phó Chủ tịch UBND", ("TM. ỦY BAN NHÂN DÂN XÃ A", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("Chủ tịch Ủy ban nhân dân xã A", ("TM. ỦY BAN NHÂN DÂN XÃ A", "CHỦ TỊCH")),
        ("", ("TM. ỦY BAN NHÂN DÂN XÃ A",)),
    ],
)
def test_a_deputy_signs_for_the_head(title, lines):
    # a collective body (QĐ 148)
    assert signature_lines("Ủy ban nhân dân xã A", title) == lines


@pytest.mark.parametrize(
    ("title", "lines"), [("Chủ tịch", ("CHỦ TỊCH",)), ("Phó Chủ tịch", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))]
)
def test_a_chair_decides_in_person_not_for_the_committee(title, lines):
    # QĐ 26 names the chair
    assert signature_lines("Chủ tịch Ủy ban nhân dân tỉnh A", title) == lines
