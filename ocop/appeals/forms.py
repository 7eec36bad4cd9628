"""What is typed of appeals and their answers."""

from __future__ import annotations

from typing import Any

from django import forms

from ocop.appeals.actions.filing import LONGEST_NAME, LONGEST_TEXT
from ocop.appeals.models import Appeal
from ocop.appeals.queries import meetings_for
from ocop.council.models import Session
from ocop.ui.forms import DateField, Form, MultipleFileField

ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.webp"


class AppealForm(Form):
    """What the subject does not agree with, and why."""

    text = forms.CharField(
        label="Chủ thể không đồng ý điều gì, vì sao",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Nêu tiêu chí, giấy tờ chứng minh đã nộp. Không cần viết theo mẫu.",
    )
    papers = MultipleFileField(label="Giấy tờ kèm theo (ảnh hoặc PDF)", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].widget.attrs["accept"] = ACCEPT


class PaperAppealForm(AppealForm):
    """An appeal that was brought on paper."""

    brought_by = forms.CharField(label="Người nộp văn bản kiến nghị", max_length=LONGEST_NAME)
    received_on = DateField(label="Ngày nhận")

    field_order = ("brought_by", "received_on", "text", "papers")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].label = "Bản chụp văn bản kiến nghị có chữ ký"
        self.fields["text"].label = "Nội dung kiến nghị"


class OpinionForm(Form):
    """What the office lays before whoever answers."""

    text = forms.CharField(
        label="Ý kiến trình", max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Chủ thể không đọc phần này.",
    )  # fmt: skip


class MeetingField(forms.ModelChoiceField):
    """A meeting by its name and day."""

    def label_from_instance(self, obj: Session) -> str:
        return f"{obj.name}, họp ngày {obj.held_on:%d/%m/%Y}"


class AnswerForm(Form):
    """The answer with its reasons; granted, the meeting that hears the product anew."""

    granted = forms.TypedChoiceField(
        label="Kết luận",
        choices=[("0", "Không chấp nhận, giữ nguyên kết quả"), ("1", "Chấp nhận, đưa ra Hội đồng xem xét lại")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    to = MeetingField(
        label="Phiên họp xem xét lại", queryset=Session.objects.none(), required=False, help_text="Chỉ khi chấp nhận."
    )
    text = forms.CharField(
        label="Lý do, nội dung trả lời chủ thể",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="In nguyên văn vào văn bản trả lời.",
    )

    def __init__(self, *args: Any, appeal: Appeal, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, MeetingField)
        field.queryset = meetings_for(appeal, day)
        field.empty_label = "Chọn phiên họp"
