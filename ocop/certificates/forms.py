"""What is typed on the certificates' pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ocop.certificates.queries import Waiting
from ocop.ui.forms import DateField, Form

STARS = (3, 4, 5)


class RegisterFilter(forms.Form):
    """What narrows the register; a value that makes no sense narrows nothing."""

    q = forms.CharField(max_length=100, required=False)
    sao = forms.TypedChoiceField(
        coerce=int, empty_value=None, choices=[(star, f"{star} sao") for star in STARS], required=False
    )


class PrepareForm(Form):
    """The products ticked for a draft, out of those that wait in one batch."""

    results = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={
            "required": "Chọn ít nhất một sản phẩm để đưa vào dự thảo quyết định.",
            "invalid_choice": "Có sản phẩm không còn chờ quyết định. Hãy xem lại danh sách dưới đây.",
        },
    )

    def __init__(self, *args: Any, waiting: Sequence[Waiting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["results"].choices = [(row.result.pk, str(row.result)) for row in waiting]  # type: ignore[attr-defined]


class SignForm(Form):
    """Number and day of the decision, who signs, and the number of products typed to confirm."""

    number = forms.CharField(
        label="Số quyết định",
        max_length=60,
        help_text="Ghi đủ ký hiệu, ví dụ 3163/QĐ-UBND.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    decided_on = DateField(label="Ngày quyết định", help_text="Giấy chứng nhận có giá trị từ ngày này.")
    signer_name = forms.CharField(label="Người ký", max_length=120)
    signer_title = forms.CharField(
        label="Chức vụ", max_length=120, help_text="Cấp phó thì quyết định tự in thêm “KT.” chức vụ cấp trưởng."
    )
    line_count = forms.IntegerField(
        min_value=0,
        max_value=100_000,
        error_messages={"invalid": "Ghi bằng chữ số."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )

    def __init__(self, *args: Any, products: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line_count"].label = f"Gõ số sản phẩm ({products}) để xác nhận"


class HigherCertificateForm(Form):
    """The number of the certificate that a level above issued."""

    number = forms.CharField(
        label="Số giấy chứng nhận",
        max_length=60,
        help_text="Chép đúng như trên giấy cấp trên đã cấp.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
