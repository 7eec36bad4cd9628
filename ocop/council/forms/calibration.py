"""Forms of a calibration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ocop.dossiers.models import Dossier
from ocop.ui.forms import Form


class CalibrationForm(Form):
    """Which past dossiers all members score, and what the calibration is called."""

    name = forms.CharField(label="Tên lượt chấm thử", max_length=160, help_text="Ví dụ: Chấm thử trước đợt 2.")
    dossiers = forms.MultipleChoiceField(
        label="Hồ sơ cũ",
        widget=forms.CheckboxSelectMultiple,
        help_text="Chọn từ 2 đến 4 hồ sơ đã công bố kết quả. Thành viên thấy hồ sơ A, B…, không thấy tên và tệp.",
        error_messages={
            "required": "Chọn từ 2 đến 4 hồ sơ khác nhau.",
            "invalid_choice": "Có hồ sơ không còn trong danh sách. Xem lại rồi chọn lại.",
        },
    )

    def __init__(self, *args: Any, rows: Sequence[Dossier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        self.fields["dossiers"].choices = [  # type: ignore[attr-defined]
            (key, f"{row.registration.product.name} · {row.registration.product.subject} · {row.registration.code}")
            for key, row in self.rows.items()
        ]

    def chosen(self) -> list[Dossier]:
        """The ticked dossiers."""
        return [self.rows[key] for key in self.cleaned_data["dossiers"]]
