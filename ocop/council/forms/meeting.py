"""Forms of the meeting: what goes on the table, a sheet revised in a discussion, a ballot that goes to a meeting."""

from __future__ import annotations

from typing import Any

from django import forms

from ocop.council.models import Hearing, Session
from ocop.council.queries import meetings_ahead
from ocop.ui.forms import Form


class ReviseForm(Form):
    """Why the sheet is revised; the choices themselves are the criteria's own fields."""

    reason = forms.CharField(
        label="Lý do sửa phiếu",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Lý do nằm trong biên bản cùng cả hai bản phiếu.",
    )


class EscalateForm(Form):
    """To which meeting a product of a written opinion goes, and why."""

    to = forms.ModelChoiceField(
        label="Phiên họp", queryset=Session.objects.none(), empty_label="Chọn phiên họp của Hội đồng"
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bỏ trống khi ý kiến chênh nhau quá mức Quy chế: hệ thống tự ghi.",
    )

    def __init__(self, *args: Any, hearing: Hearing, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = meetings_ahead(hearing, day)  # type: ignore[attr-defined]
