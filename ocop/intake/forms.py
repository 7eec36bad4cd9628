"""Shapes of what the desks type: a receipt, an assessment, a check. One form a page: no button loses what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.intake.actions import MarkDraft, NoteDraft, PhotoDraft
from ocop.intake.actions.fieldwork import note_from
from ocop.intake.models import FieldNote
from ocop.intake.rules import Item, wrong_in_row
from ocop.intake.states import MEETING
from ocop.regime.rules import IntakeStep
from ocop.ui.forms import DateField, Form, MultipleFileField, MultipleFileInput

EMPTY_ROWS = 5
ROW_FIELDS = ("what", "reason", "example")


class ReceiptForm(Form):
    """What came in at the desk."""

    paper_on = DateField(
        label="Ngày nhận bộ hồ sơ giấy", required=False, help_text="Để trống nếu chủ thể chưa nộp bộ giấy."
    )
    samples = forms.IntegerField(
        label="Số sản phẩm mẫu đã nhận", required=False, min_value=0, widget=forms.NumberInput(attrs={"class": "short"})
    )
    handed_by = forms.CharField(label="Người nộp", required=False, max_length=120)
    note = forms.CharField(label="Ghi chú", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class PapersForm(Form):
    """Numbers, day and signer of the commune's report and letter."""

    report_number = forms.CharField(
        label="Số báo cáo (Mẫu 03)", required=False, max_length=60, help_text="Ví dụ 12/BC-UBND. Để trống thì ghi tay."
    )
    letter_number = forms.CharField(
        label="Số văn bản đề nghị", required=False, max_length=60, help_text="Ví dụ 34/UBND-KT."
    )
    signed_on = DateField(label="Ngày ký", required=False)
    signer = forms.CharField(label="Người ký", required=False, max_length=120)

    @property
    def numbers(self) -> dict[str, Any]:
        """What was typed of the papers."""
        return {name: self.cleaned_data[name] for name in ("report_number", "letter_number", "signed_on", "signer")}


class RequestRows(Form):
    """A dossier sent back: rows of a missing thing, its reason and an example, and the day to answer by.

    The day is asked for only where a request is sent (`act`), so the page's browser must not insist on it.
    """

    use_required_attribute = False

    answer_by = DateField(label="Hạn bổ sung", help_text="Ngày cuối chủ thể được nộp lại, ví dụ 30/09/2024.")
    note = forms.CharField(
        label="Lời nhắn thêm", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000
    )

    def __init__(self, *args: Any, drafted: Sequence[Mapping[str, str]] = (), act: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.drafted, self.act = drafted, act
        self.fields["answer_by"].required = act == "return" or not self.is_bound

    @property
    def items(self) -> list[dict[str, str]]:
        """The rows typed."""
        if not isinstance(self.data, QueryDict):
            return []
        columns = [self.data.getlist(name) for name in ROW_FIELDS]
        length = max(map(len, columns))
        padded = [[*column, *[""] * (length - len(column))] for column in columns]
        return [dict(zip(ROW_FIELDS, row, strict=True)) for row in zip(*padded, strict=True)]

    @property
    def typed(self) -> list[dict[str, str]]:
        """The rows in which something was typed."""
        return [row for row in self.items if any(text.strip() for text in row.values())]

    @property
    def rows(self) -> list[Mapping[str, Any]]:
        """The rows typed, or those drafted from the marks, and empty ones to type on."""
        shown: list[Mapping[str, Any]] = list(self.drafted)
        if self.is_bound:
            shown = [{**row, "wrong": wrong_in_row(row) if self.act == "return" else {}} for row in self.typed]
        empty: Mapping[str, str] = dict.fromkeys(ROW_FIELDS, "")
        return [*shown, *(empty for _ in range(max(1, EMPTY_ROWS - len(shown))))]

    def clean(self) -> dict[str, Any]:
        """A request goes out only with a reason and an example for each row."""
        if self.act == "return" and any(map(wrong_in_row, self.typed)):
            self.add_error(None, "Mỗi mục cần bổ sung phải có tên, lý do cụ thể và một ví dụ. Xem các ô báo đỏ.")
        return self.cleaned_data


class AssessForm(PapersForm, RequestRows):
    """The whole page of an assessment: a note on every content, photos, the meeting, the papers, or a request."""

    def __init__(self, *args: Any, step: IntakeStep, kept: Mapping[str, FieldNote], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        verdicts = [(verdict.code, verdict.name) for verdict in step.verdicts]
        for content in step.contents:
            code, note = content.code, kept.get(content.code)
            self.fields |= {
                f"verdict-{code}": forms.ChoiceField(
                    label="Kết luận của cấp xã",
                    choices=verdicts,
                    required=not self.is_bound,  # not "(if any)" on the page; a half-written note is saved all the same
                    widget=forms.RadioSelect,
                    initial=note.verdict if note else None,
                ),
                f"content-{code}": _text(
                    f"Nhận xét: {content.name}", note.text if note else "", rows=4, needed=not self.is_bound
                ),
                f"asked-{code}": _line(
                    "Đã hỏi ai", note.asked if note else "", most=300, help_text="Tên, việc làm, ở đâu."
                ),
                f"place-{code}": _line("Ở đâu", note.place if note else "", most=200),
                f"camera-{code}": _photos("Chụp ảnh", capture="environment"),
                f"photos-{code}": _photos("Chọn ảnh"),
            }
        said = kept[MEETING].text if MEETING in kept else ""
        self.fields[f"content-{MEETING}"] = _text("Ý kiến tại cuộc họp", said, rows=3)

    @property
    def codes(self) -> list[str]:
        """The contents of the page, the meeting last."""
        return [*(content.code for content in self.step.contents), MEETING]

    @property
    def notes(self) -> list[NoteDraft]:
        """The notes typed, each on the revision that the page was opened on."""
        return [
            note_from(self.data, code, suffix=f"-{code}", key=uuid4())
            for code in self.codes
            if f"content-{code}" in self.data
        ]

    @property
    def photos(self) -> list[PhotoDraft]:
        """The photos chosen."""
        return [
            PhotoDraft(content=content.code, key=uuid4(), upload=upload)
            for content in self.step.contents
            for way in ("camera", "photos")
            for upload in self.cleaned_data.get(f"{way}-{content.code}") or ()
        ]


class CheckForm(RequestRows):
    """The whole page of a completeness check: the marks, and the request drafted from them."""

    def __init__(self, *args: Any, items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = items
        self.wrong: dict[str, str] = {}

    def refuse(self, refused: Refused) -> None:
        """Show a refusal at its row of the list too: `mark-…`, `note-…` and `example-…` are no fields of their own."""
        super().refuse(refused)
        _, _, item = (refused.field or "").partition("-")
        self.wrong[item] = refused.message

    @property
    def marks(self) -> list[MarkDraft]:
        """The marks typed, of the rows that the page showed."""
        data = self.data
        return [
            MarkDraft(
                item=item.key,
                mark=data.get(f"mark-{item.key}", ""),
                note=data.get(f"note-{item.key}", ""),
                example=data.get(f"example-{item.key}", ""),
                revision=whole(data.get(f"revision-{item.key}", "")),
            )
            for item in self.listed
            if f"note-{item.key}" in data
        ]


def _text(label: str, initial: str, *, rows: int, needed: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=needed, max_length=5000, widget=widget, initial=initial)


def _photos(way: str, **attrs: str) -> MultipleFileField:
    widget = MultipleFileInput(attrs={"accept": "image/*", "aria-label": way, **attrs})
    return MultipleFileField(label="Ảnh chụp", required=False, widget=widget)


def _line(label: str, initial: str, *, most: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, initial=initial, help_text=help_text)


def mark_from(data: Mapping[str, Any]) -> MarkDraft:
    """A mark of the check as the page's script sends it."""
    return MarkDraft(
        item=str(data.get("item", "")),
        mark=str(data.get("mark", "")),
        note=str(data.get("note", "")),
        example=str(data.get("example", "")),
        revision=whole(str(data.get("revision", ""))) or 0,
    )
