"""Shapes of what people type into a dossier and into an intake step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import QueryDict

from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.files.rules import ACCEPT, ACCEPTED_WORDS, keys_in
from ocop.rubric.rules import CriteriaSet
from ocop.ui.forms import Form, MultipleFileField, MultipleFileInput


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
    """Files of any number, sent with the form or held since an earlier try; each kept or refused by itself."""

    papers = MultipleFileField(
        label="Ảnh hoặc tệp",
        required=False,
        widget=MultipleFileInput(attrs={"accept": ACCEPT, "aria-label": "Chọn từ máy"}),
        help_text=f"Chọn được nhiều tệp một lần, mỗi tệp tối đa {settings.OCOP_MAX_FILE_MB} MB (ghi âm, phim: "
        f"{settings.OCOP_MAX_MEDIA_MB} MB). Nhận {ACCEPTED_WORDS}.",
    )
    photos = MultipleFileField(
        label="Chụp ảnh",
        required=False,
        widget=MultipleFileInput(
            attrs={"accept": "image/*", "capture": "environment", "aria-label": "Chụp bằng điện thoại"}
        ),
    )
    title = forms.CharField(
        label="Tên minh chứng", required=False, max_length=190, help_text="Để trống thì lấy tên tệp."
    )

    def __init__(self, *args: Any, criteria_set: CriteriaSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cites"] = _cites(criteria_set)

    def sent(self) -> list[Any]:
        """The files that came with the form itself."""
        return [*self.files.getlist("papers"), *self.files.getlist("photos")]

    def held_keys(self) -> list[UUID]:
        """The uploads that the page says it holds, in their order; what is no key is left out."""
        return keys_in(self.data.getlist("uploads") if self.is_bound else [])  # type: ignore[attr-defined]


class CiteForm(Form):
    """How a piece of evidence is called, and for which criteria it is cited."""

    title = forms.CharField(label="Tên minh chứng", max_length=200)

    def __init__(self, *args: Any, criteria_set: CriteriaSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cites"] = _cites(criteria_set)


class ReadBackForm(Form):
    """The content that was read, and a helper's proof that the subject confirmed it."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    code = forms.CharField(
        label="Mã chủ thể đọc cho bạn",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
        help_text="6 chữ số. Chủ thể bấm “Mã xác nhận đã đọc lại” ở mục “Cho người khác nhập giúp” rồi đọc cho bạn.",
    )
    statement = forms.FileField(
        label="Bản ghi lời xác nhận",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text="Khi chủ thể không có tài khoản: ảnh, bản quét giấy xác nhận có chữ ký, hoặc bản ghi âm, đoạn phim.",
    )

    def __init__(self, *args: Any, by_statement: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_statement:
            del self.fields["statement"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("code") and cleaned.get("statement"):
            self.add_error("statement", "Chọn một cách: nhập mã, hoặc tải lên bản ghi lời xác nhận.")
        return cleaned


class MessageForm(Form):
    """A question or an answer, about one criterion if it is, with one file."""

    text = forms.CharField(label="Lời nhắn", widget=forms.Textarea(attrs={"rows": 4}), max_length=3000)
    criterion = forms.ChoiceField(label="Về tiêu chí", required=False)
    attached = forms.FileField(
        label="Tệp kèm theo",
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=f"Một tệp, tối đa {settings.OCOP_MAX_FILE_MB} MB (ghi âm, phim: {settings.OCOP_MAX_MEDIA_MB} MB). "
        "Giấy tờ làm minh chứng thì thêm ở phần Minh chứng.",
    )

    def __init__(self, *args: Any, criteria_set: CriteriaSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        about = self.fields["criterion"]
        assert isinstance(about, forms.ChoiceField)
        named = [(code, f"{code} {criterion.name}") for code, criterion in criteria_set.criteria.items()]
        about.choices = [("", "Cả hồ sơ"), *named]

    def refuse(self, refused: Refused) -> None:
        """Show an action's refusal at the field it speaks of: that of a file at the attached one."""
        super().refuse(Refused(refused.message, field="attached" if refused.field == "file" else refused.field))
