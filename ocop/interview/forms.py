"""One card as a form: a field for every answer asked, shown with what was typed or kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ocop.core.pages import whole
from ocop.interview.rules import MANY, TABLE, Question, counted_in, year_of
from ocop.ui.forms import Form

YES_NO = (("yes", "Có"), ("no", "Không"))
MOST_ROWS_SENT = 1000
BLANK_ROWS = 2  # shown below the filled ones; more come with the next saving
SHORT = {"autocomplete": "off", "class": "short"}


class TableInput(forms.Widget):
    """Rows of small fields; a row left empty is no row."""

    def __init__(self, columns: Mapping[str, str]) -> None:
        super().__init__()
        self.columns = columns

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        filled = list(value or [])
        blank = max(BLANK_ROWS, 3 - len(filled))
        rows = [*filled, *({} for _ in range(blank))]
        context = {
            "name": name,
            "id": (attrs or {}).get("id", ""),
            "rows": [
                [(f"{name}-{number}-{column}", label, row.get(column, "")) for column, label in self.columns.items()]
                for number, row in enumerate(rows)
            ],
        }
        return SafeString(render_to_string("interview/table.html", context))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]]:
        rows: dict[int, dict[str, str]] = {}
        for key in data:
            place, _, column = key.removeprefix(f"{name}-").partition("-")
            number = whole(place) if key.startswith(f"{name}-") else None
            if number is not None and number < MOST_ROWS_SENT and column in self.columns:
                rows.setdefault(number, {})[column] = data[key]
        return [rows[number] for number in sorted(rows)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(key.startswith(f"{name}-") for key in data)


def _widget(question: Question) -> forms.Widget:
    match question.unit:
        case "long":
            return forms.Textarea(attrs={"rows": 5})
        case "text":
            return forms.TextInput()
        case "table":
            return TableInput(question.columns)
        case "many":
            return forms.CheckboxSelectMultiple(choices=list(question.options.items()))
        case "yes_no":
            return forms.RadioSelect(choices=YES_NO)
        case "choice":
            return forms.RadioSelect(choices=list(question.options.items()))
        case "date":
            return forms.TextInput(attrs={**SHORT, "inputmode": "numeric", "placeholder": "ngày/tháng/năm"})
        case "amount" | "percent":
            return forms.TextInput(attrs={**SHORT, "inputmode": "decimal"})
        case "dong":
            mode = "text" if question.kind is not None and question.kind.negative else "numeric"
            return forms.TextInput(attrs={**SHORT, "inputmode": mode})
        case _:
            return forms.TextInput(attrs={**SHORT, "inputmode": "numeric"})


UNIT_NAMES = {"people": "người", "dong": "đồng", "percent": "%", "months": "tháng"}


@dataclass(frozen=True, slots=True)
class Block:
    """A question on the page with its fields: one, or one for each year side by side."""

    question: Question
    fields: list[forms.BoundField]
    seen: list[tuple[str, int | str]]
    said: str
    only_if: str


class CardForm(Form):
    """The questions of a card. Reading and checking is the action's; the form shows, and keeps what was typed."""

    use_required_attribute = False

    def __init__(
        self,
        asked: tuple[tuple[Question, tuple[str, ...]], ...],
        *,
        year: int,
        typed: Mapping[str, Any],
        wrong: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(initial=dict(typed))
        questions = {question.code: question for question, _ in asked}
        for question, keys in asked:
            for key in keys:
                about = year_of(key, year)
                unit = UNIT_NAMES.get(question.unit) or counted_in(questions, typed, question).strip()
                label = f"Năm {about}" if about is not None else question.ask
                self.fields[key] = forms.Field(
                    label=f"{label} ({unit})" if unit else label,
                    help_text="" if about is not None else question.help,
                    required=not question.optional,
                    widget=_widget(question),
                )
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict()
        for key, message in (wrong or {}).items():
            self.add_error(key if key in self.fields else None, message)


def typed_in(post: QueryDict, asked: tuple[tuple[Question, tuple[str, ...]], ...]) -> dict[str, Any]:
    """What a page sent, by key; a field that the page did not have, or left unticked, is not in it."""
    found: dict[str, Any] = {}
    for question, keys in asked:
        for key in keys:
            if question.unit == MANY:
                if key in post or f"seen-{key}" in post:
                    found[key] = post.getlist(key)
            elif question.unit == TABLE:
                widget = TableInput(question.columns)
                if not widget.value_omitted_from_data(post, {}, key):
                    found[key] = widget.value_from_datadict(post, {}, key)
            elif key in post:
                found[key] = post[key]
    return found


def seen_in(post: QueryDict) -> dict[str, int | None]:
    """The row that each field was shown with."""
    shown = {name.removeprefix("seen-"): str(post[name]) for name in post if name.startswith("seen-")}
    return {key: whole(row) for key, row in shown.items()}
