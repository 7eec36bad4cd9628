"""The form at the door."""

from __future__ import annotations

from django import forms

from ocop.ui.forms import Form


class DoorForm(Form):
    """The answer at the door; the two buttons of the page are its two values."""

    conflict = forms.ChoiceField(label="Câu trả lời", choices=[("khong", "Không có"), ("co", "Có")])
    reason = forms.CharField(
        label="Mối liên quan của bạn",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ ghi khi có xung đột. Ví dụ: em ruột là giám đốc hợp tác xã.",
    )
