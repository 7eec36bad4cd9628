"""Forms of issuing papers and letting results out."""

from __future__ import annotations

from typing import Any

from django import forms

from ocop.ui.forms import DateField, Form


class IssueForm(Form):
    """Number and day of a paper; the number may be left to the series."""

    number = forms.CharField(
        label="Số, ký hiệu",
        max_length=60,
        required=False,
        help_text="Để trống thì lấy số tiếp theo của sổ.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    signed_on = DateField(label="Ngày văn bản")
    signer = forms.CharField(label="Người ký", max_length=120)

    def __init__(self, *args: Any, asks_signer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_signer:
            del self.fields["signer"]


class PublishForm(Form):
    """Letting results out: each warning ticked, and who signs the letters on which day."""

    ticked = forms.TypedMultipleChoiceField(coerce=int, required=False)
    signer = forms.CharField(label="Người ký thông báo", max_length=120, help_text="Họ tên thủ trưởng cơ quan chủ trì.")
    signed_on = DateField(label="Ngày thông báo")

    def __init__(self, *args: Any, keys: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ticked"].choices = [(key, str(key)) for key in keys]  # type: ignore[attr-defined]
        self.fields["ticked"].error_messages["invalid_choice"] = "Danh sách vừa thay đổi. Hãy đọc lại rồi đánh dấu."
