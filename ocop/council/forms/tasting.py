"""Forms of a blind tasting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ocop.council.models import Hearing
from ocop.ui.forms import Form


class OpenTastingForm(Form):
    """Which products of the session get a coded cup; all of them unless unticked."""

    hearings = forms.MultipleChoiceField(
        label="Sản phẩm nếm mã hóa",
        widget=forms.CheckboxSelectMultiple,
        help_text="Mỗi sản phẩm nhận một mã ba chữ số ngẫu nhiên. Chỉ người pha mẫu biết mã nào là sản phẩm nào.",
        error_messages={
            "required": "Chọn ít nhất một sản phẩm để nếm.",
            "invalid_choice": "Có sản phẩm không còn chờ nếm. Xem lại danh sách rồi chọn lại.",
        },
    )

    def __init__(self, *args: Any, rows: Sequence[Hearing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        field = self.fields["hearings"]
        field.choices = [  # type: ignore[attr-defined]
            (key, f"{row.place}. {row.dossier.registration.product.name} · {row.dossier.registration.product.subject}")
            for key, row in self.rows.items()
        ]
        field.initial = list(self.rows)

    def chosen(self) -> list[Hearing]:
        """The ticked products."""
        return [self.rows[key] for key in self.cleaned_data["hearings"]]


class CallOffForm(Form):
    """Why a tasting is called off."""

    reason = forms.CharField(
        label="Lý do hủy lượt nếm",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Phiếu đã nộp của sản phẩm chưa chốt được mở lại để thành viên chấm các tiêu chí cảm quan.",
    )
