"""What the tags and filters say, at their edges."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from ocop.ui.templatetags import ui

DAY = date(2024, 9, 16)


def drawn(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (DAY, "16/09/2024"),
        (date(2025, 1, 2), "02/01/2025"),
        # 17:30 UTC is already the next day in Vietnam.
        (datetime(2024, 9, 16, 17, 30, tzinfo=UTC), "17/09/2024"),
        (None, ""),
    ],
)
def test_dates(day: date | None, words: str) -> None:
    assert ui.vn_date(day) == words


def test_moments_carry_the_local_hour() -> None:
    assert ui.vn_datetime(datetime(2024, 9, 16, 2, 15, tzinfo=UTC)) == "16/09/2024 09:15"
    assert ui.vn_datetime(None) == ""


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "0\u00a0đ"),
        (999, "999\u00a0đ"),
        (1_614_000_000, "1.614.000.000\u00a0đ"),
        (-5000, "-5.000\u00a0đ"),
        (None, ""),
    ],
)
def test_money(dong: int | None, words: str) -> None:
    assert ui.money(dong) == words


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (Fraction(244, 3), 2, "81,33"),
        (Fraction(245, 3), 2, "81,67"),
        (Fraction(1, 200), 2, "0,01"),  # half goes up
        (Fraction(13799, 200), 2, "69,00"),  # 68,995: shown rounded, never compared so
        (Decimal("30.00"), 2, "30,00"),
        (7, 1, "7,0"),
        (Fraction(7, 2), 1, "3,5"),
        (Fraction(-1, 2), 1, "−0,5"),
        (Fraction(-1, 1000), 2, "0,00"),
        (1234, 0, "1.234"),
        (None, 2, ""),
    ],
)
def test_points_are_exact_and_have_a_comma(value: Fraction | None, places: int, words: str) -> None:
    assert ui.points(value, places) == words


@pytest.mark.parametrize(
    ("name", "letters"), [("Nguyễn Thị Hoa", "NH"), ("Đặng Ánh", "ĐÁ"), ("Minh", "M"), ("", ""), ("  ", "")]
)
def test_initials_are_family_and_given_name(name: str, letters: str) -> None:
    assert ui.initials(name) == letters


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (1023, "1023 B"), (1024, "1 KB"), (1024**2 - 1, "1023 KB"), (1_468_006, "1,4 MB"), (None, "")],
)
def test_file_sizes(size: int | None, words: str) -> None:
    assert ui.file_size(size) == words


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (date(2024, 9, 25), "còn 9 ngày", "good"),
        (date(2024, 9, 20), "còn 4 ngày", "good"),
        (date(2024, 9, 19), "còn 3 ngày", "warn"),
        (date(2024, 9, 18), "còn 2 ngày", "warn"),
        (date(2024, 9, 16), "hôm nay", "warn"),
        (date(2024, 9, 15), "quá 1 ngày", "bad"),
        (date(2024, 9, 13), "quá 3 ngày", "bad"),
        # Due at 01:00 on the 17th in Vietnam: tomorrow, although UTC still says the 16th.
        (datetime(2024, 9, 16, 18, 0, tzinfo=UTC), "còn 1 ngày", "warn"),
    ],
)
def test_the_clock_always_speaks(due: date, words: str, tone: str) -> None:
    page = drawn("{% clock_chip due today %}", due=due, today=DAY)
    assert words in page
    assert f"clock--{tone}" in page


def test_no_deadline_no_clock() -> None:
    assert drawn("{% clock_chip due today %}{% days_chip None %}", due=None, today=DAY) == ""


def test_working_days_are_named() -> None:
    assert "còn 4 ngày làm việc" in drawn('{% days_chip 4 "ngày làm việc" %}')


def test_stars_are_drawn_and_said() -> None:
    page = drawn("{% stars 3 %}")
    assert page.count("star--gold") == 3
    assert page.count("<svg") == 5
    assert "3 sao" in page
    assert "chưa đạt sao" in drawn("{% stars 0 %}")


def test_a_chip_escapes_and_knows_its_tones() -> None:
    assert "&lt;b&gt;" in drawn('{% chip "work" text %}', text="<b>")
    with pytest.raises(TemplateSyntaxError):
        drawn('{% chip "pink" "Nháp" %}')


@pytest.mark.parametrize("mark", ["V", "S", "R", "U"])
def test_marks_speak(mark: str) -> None:
    assert ui.MARKS[mark][0] in drawn("{% mark_badge mark %}", mark=mark)


@pytest.mark.parametrize(
    ("value", "most", "share"),
    [(Fraction(51, 2), 35, "72.86"), (0, 35, "0.00"), (40, 35, "100.00"), (None, 35, "0.00"), (3, 0, "0.00")],
)
def test_bars_never_leave_their_track(value: Fraction | None, most: int, share: str) -> None:
    assert f'width="{share}"' in drawn("{% score_bar value most %}", value=value, most=most)


def test_callout_and_panel_wrap_what_they_are_given() -> None:
    callout = '{% callout "warn" title %}<p>{{ text }}</p>{% endcallout %}'
    page = drawn('{% panel "Lịch sử" id="ls" %}' + callout + "{% endpanel %}", title="A & B", text="<i>")
    assert 'id="ls"' in page
    assert "A &amp; B" in page
    assert "<p>&lt;i&gt;</p>" in page


class Question(forms.Form):
    name = forms.CharField(label="Tên", help_text="Như trên nhãn")
    kind = forms.ChoiceField(
        label="Loại", choices=[("a", "Một"), ("b", "Hai")], widget=forms.RadioSelect, required=False
    )
    sure = forms.BooleanField(label="Cam đoan")


def test_a_field_ties_label_help_and_error_together() -> None:
    form = Question({"name": ""})
    page = drawn("{% form_errors form %}{% fields form %}", form=form)
    assert 'href="#id_name"' in page
    assert 'for="id_name"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert page.count("(nếu có)") == 1
    assert "<fieldset" in page


def test_no_errors_no_summary() -> None:
    assert drawn("{% form_errors form %}", form=Question()).strip() == ""


def test_file_field_refuses_other_fields() -> None:
    with pytest.raises(TemplateSyntaxError):
        drawn("{% file_field form.name %}", form=Question())
