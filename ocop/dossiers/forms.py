"""Shapes of what people type into a dossier and into an intake step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict

from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.files.rules import ACCEPT, ACCEPTED_WORDS
from ocop.regime.rules import IntakeStep
from ocop.rubric.rules import CriteriaSet
from ocop.ui.forms import DateField, Form, MultipleFileField, MultipleFileInput

EMPTY_ROWS = 5


def answers_of(typed: QueryDict) -> dict[str, Any]:
    """The answers of a score sheet's post: `choice-<code>` is the place of the option from 1, empty or 0 is none."""
    choices: dict[str, int | None] = {}
    explanations: dict[str, str] = {}
    for name in typed:
        value = str(typed[name])
        kind, _, code = name.partition("-")
        if kind == "choice":
            place = whole(value or "0")
            if place is None:
                raise Refused(f"Tiêu chí {code}: hãy chọn một mức trong danh sách.", field=code)
            choices[code] = place or None
        elif kind == "note" and code != "changes":
            explanations[code] = value
    return {"choices": choices, "explanations": explanations, "changes_note": typed.get("note-changes")}


def typed_on(typed: QueryDict, criteria_set: CriteriaSet) -> tuple[dict[str, int | None], dict[str, str]]:
    """Choices and explanations of a refused post, to show it again; what the set does not offer is left out."""
    choices: dict[str, int | None] = {}
    explanations: dict[str, str] = {}
    for code, criterion in criteria_set.criteria.items():
        offered = {str(place): place or None for place in range(len(criterion.options) + 1)}
        choice = str(typed.get(f"choice-{code}"))
        if choice in offered:
            choices[code] = offered[choice]
        if f"note-{code}" in typed:
            explanations[code] = str(typed[f"note-{code}"])
    return choices, explanations


def revision_of(typed: QueryDict) -> int | None:
    """The revision the page was filled in on, if the page says it."""
    return whole(str(typed.get("revision", "")))


def _cites(criteria_set: CriteriaSet) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Viện dẫn cho tiêu chí",
        required=False,
        choices=[(code, f"{code} {criterion.name}") for code, criterion in criteria_set.criteria.items()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Đánh dấu những tiêu chí mà tệp này chứng minh; sửa lại lúc nào cũng được khi chưa nộp.",
    )


class UploadForm(Form):
    """Files of any number, each kept or refused by itself."""

    papers = MultipleFileField(
        label="Tệp minh chứng",
        required=False,
        widget=MultipleFileInput(attrs={"accept": ACCEPT}),
        help_text=f"Chọn được nhiều tệp một lần, mỗi tệp tối đa {settings.OCOP_MAX_FILE_MB} MB. Nhận {ACCEPTED_WORDS}.",
    )
    photos = MultipleFileField(
        label="Chụp bằng điện thoại",
        required=False,
        widget=MultipleFileInput(attrs={"accept": "image/*", "capture": "environment"}),
        help_text="Mở thẳng máy ảnh; chụp rõ bốn góc giấy, không lóa.",
    )
    title = forms.CharField(
        label="Tên minh chứng", required=False, max_length=190, help_text="Để trống thì lấy tên tệp."
    )

    def __init__(self, *args: Any, criteria_set: CriteriaSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cites"] = _cites(criteria_set)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("papers") or cleaned.get("photos")):
            self.add_error("papers", "Chưa chọn tệp nào. Hãy chọn tệp hoặc chụp ảnh rồi bấm “Tải lên”.")
        return cleaned


class CiteForm(Form):
    """How a piece of evidence is called, and for which criteria it is cited."""

    title = forms.CharField(label="Tên minh chứng", max_length=200)

    def __init__(self, *args: Any, criteria_set: CriteriaSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cites"] = _cites(criteria_set)


class PassForm(Form):
    """An intake step ends well: a finding for every content the step has to assess, and a note."""

    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)

    def __init__(self, *args: Any, step: IntakeStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        findings = {
            f"content-{content.code}": forms.CharField(
                label=content.name, widget=forms.Textarea(attrs={"rows": 4}), max_length=5000
            )
            for content in step.contents
        }
        self.fields = {**findings, **self.fields}
        self.step = step

    @property
    def contents(self) -> dict[str, str]:
        """The findings typed, by content."""
        return {content.code: self.cleaned_data[f"content-{content.code}"] for content in self.step.contents}


class ReturnForm(Form):
    """A dossier sent back: rows of a missing thing and its reason, and the day to answer by."""

    answer_by = DateField(label="Hạn bổ sung", help_text="Ngày cuối chủ thể được nộp lại, ví dụ 30/09/2024.")
    note = forms.CharField(
        label="Lời nhắn thêm", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000
    )

    @property
    def items(self) -> list[dict[str, str]]:
        """The rows typed."""
        if not isinstance(self.data, QueryDict):
            return []
        pairs = zip(self.data.getlist("what"), self.data.getlist("reason"), strict=False)
        return [{"what": what, "reason": reason} for what, reason in pairs]

    @property
    def rows(self) -> list[Mapping[str, str]]:
        """The rows typed, and empty ones to type on."""
        typed = [item for item in self.items if item["what"].strip() or item["reason"].strip()]
        return [*typed, *({"what": "", "reason": ""} for _ in range(max(1, EMPTY_ROWS - len(typed))))]
