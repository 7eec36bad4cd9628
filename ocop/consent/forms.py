"""The shape of what is typed when a subject lets somebody type for it."""

from __future__ import annotations

from typing import Any

from django import forms

from ocop.files.rules import ACCEPT
from ocop.ui.forms import DateField, Form


class ConsentForm(Form):
    """The code that the subject read out; or, where it has no account, the recorded statement. And until when."""

    code = forms.CharField(
        label="Mã chủ thể đọc cho bạn",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
        help_text="6 chữ số. Trên máy của mình, chủ thể mở mục “Cho người khác nhập giúp” và bấm “Mã cho nhập giúp”.",
    )
    statement = forms.FileField(
        label="Bản ghi lời đồng ý",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text="Khi chủ thể không có tài khoản: ảnh, bản quét giấy đồng ý có chữ ký, hoặc bản ghi âm, đoạn phim "
        "chủ thể nói đồng ý.",
    )
    words = forms.CharField(
        label="Chủ thể đồng ý điều gì",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ai nói, ở đâu, đồng ý cho nhập những gì. Bắt buộc khi dùng bản ghi lời đồng ý.",
    )
    until = DateField(
        label="Được nhập giúp đến hết ngày", help_text="Nhiều nhất một năm; chủ thể rút lại lúc nào cũng được."
    )

    def __init__(self, *args: Any, by_statement: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_statement:
            del self.fields["statement"]
            self.fields["words"].help_text = "Nếu cần: đồng ý cho nhập những gì."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("code") and cleaned.get("statement"):
            self.add_error("statement", "Chọn một cách: nhập mã, hoặc tải lên bản ghi lời đồng ý.")
        return cleaned
