"""The shape of what is typed or shown to check a paper, and of a new template."""

from __future__ import annotations

import re

from django import forms

from ocop.ui.forms import Form

MOST_FILE_MB = 25
DIGEST = re.compile(r"[0-9a-f]{64}")
HEAD = re.compile(r"[0-9a-f]{12,64}")


class CheckForm(Form):
    """A code, or a number and hash of the ledger as printed, or the hash of a file that the browser made."""

    ma = forms.CharField(label="Mã kiểm tra", max_length=300, required=False)
    so = forms.IntegerField(label="Việc số", min_value=1, max_value=10**12, required=False)
    dau = forms.CharField(label="Dấu", max_length=100, required=False)
    dau_tep = forms.CharField(max_length=64, required=False)

    def clean_ma(self) -> str:
        """The code, out of a whole address too."""
        typed: str = self.cleaned_data["ma"].strip()
        parts = [part for part in typed.split("/") if part]
        return parts[-1] if parts else ""

    def clean_dau(self) -> str:
        typed = "".join(self.cleaned_data["dau"].lower().split())
        if typed and not HEAD.fullmatch(typed):
            raise forms.ValidationError("Dấu gồm 64 chữ số và chữ a đến f; gõ ít nhất 12 ký tự đầu.")
        return typed

    def clean_dau_tep(self) -> str:
        typed: str = self.cleaned_data["dau_tep"].lower()
        if typed and not DIGEST.fullmatch(typed):
            raise forms.ValidationError("Không đọc được dấu của tệp. Hãy chọn lại tệp.")
        return typed


class TemplateForm(Form):
    """A Word file that becomes the office's template."""

    file = forms.FileField(
        label="Mẫu của cơ quan (.docx)",
        help_text="Tệp Word có trường trộn thư trong danh sách dưới, không macro, không liên kết ra ngoài, đến 5 MB.",
        widget=forms.ClearableFileInput(
            attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
        ),
    )
