"""Figures and dates as they are typed in Vietnam."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from ocop.ui.forms import DateField, Form, MoneyField, MultipleFileField, PointsField


@pytest.mark.parametrize("typed", ["16/09/2024", "16-09-2024", "16.09.2024", "2024-09-16"])
def test_a_day_typed_in_any_usual_way(typed: str) -> None:
    assert DateField().clean(typed) == date(2024, 9, 16)


@pytest.mark.parametrize("typed", ["31/12/1989", "01/01/2101", "31/12/9999", "01/01/0001"])
def test_a_day_of_a_year_no_office_means(typed: str) -> None:
    with pytest.raises(ValidationError, match="Năm phải từ 1990 đến 2100"):
        DateField().clean(typed)


@pytest.mark.parametrize("typed", ["01/01/1990", "31/12/2100"])
def test_the_first_and_the_last_day(typed: str) -> None:
    assert f"{DateField().clean(typed):%d/%m/%Y}" == typed


def test_a_day_is_shown_day_first() -> None:
    class Sample(Form):
        day = DateField()

    assert 'value="16/09/2024"' in str(Sample(initial={"day": date(2024, 9, 16)})["day"])


@pytest.mark.parametrize("typed", ["1.614.000.000", "1614000000", "1 614 000 000", "1.614.000.000 đ"])
def test_money_typed_with_dots_and_blanks(typed: str) -> None:
    assert MoneyField().clean(typed) == 1_614_000_000


@pytest.mark.parametrize("typed", ["một tỷ", "-5", "1,5"])
def test_money_that_is_no_whole_sum(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


@pytest.mark.parametrize("typed", ["81,5", "81.5", " 81,50 "])
def test_points_with_comma_or_dot(typed: str) -> None:
    assert PointsField().clean(typed) == Decimal("81.5")


def test_what_is_missing_is_said_plainly() -> None:
    class Sample(Form):
        day = DateField()

    assert Sample({}).errors["day"] == ["Chưa điền mục này."]


def test_several_files_clean_to_a_list() -> None:
    two = [SimpleUploadedFile("a.pdf", b"a"), SimpleUploadedFile("b.pdf", b"b")]
    assert MultipleFileField().clean(two) == two
    assert MultipleFileField(required=False).clean([]) == []
    with pytest.raises(ValidationError):
        MultipleFileField().clean([])
