"""What anybody may find."""

from datetime import timedelta

from ocop.catalogue.queries import found_by, latest_recognised, shown_on
from ocop.certificates.states import CertificateStatus
from ocop.core.codes import shown_code
from tests.factories.certificates import certificates_of, entered_from_above, signed


def test_found_by_code_by_number_and_by_address(world):
    [issued] = certificates_of(signed(world))
    for typed in (
        issued.code,
        shown_code(issued.code).lower(),
        issued.number.lower(),
        f"https://a/xac-minh/{issued.code}/",
    ):
        assert found_by(typed) == [issued]
    assert found_by("") == found_by("khong co") == []


def test_a_number_that_two_authorities_gave_finds_both(world):
    [own] = certificates_of(signed(world))
    above = entered_from_above(world, number=own.number)
    assert found_by(own.number) == [above, own]


def test_the_latest_are_those_that_hold(world):
    first, second = certificates_of(signed(world, 2))
    day = world.at.date()
    assert [row.certificate for row in latest_recognised(day, 1)] == [second]
    assert [row.certificate for row in latest_recognised(day, 9)] == [second, first]
    assert latest_recognised(first.valid_to + timedelta(days=1), 9) == []
    assert latest_recognised(day - timedelta(days=1), 9) == []


def test_how_a_certificate_stands(world):
    [issued] = certificates_of(signed(world))
    assert shown_on(issued, issued.valid_to).status != CertificateStatus.EXPIRED
    assert shown_on(issued, issued.valid_to + timedelta(days=1)).status == CertificateStatus.EXPIRED
