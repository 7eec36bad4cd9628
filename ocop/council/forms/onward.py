"""Forms of what follows a result."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from ocop.council.models import Session
from ocop.regime.rules import Regime
from ocop.ui.forms import DateField, Form, PointsField


class LetterForm(Form):
    """The notice of a result to the subject."""

    number = forms.CharField(
        label="Số thông báo", max_length=60, required=False, help_text="Ví dụ: 45/TB-KT. Để trống thì lấy số tiếp theo."
    )
    signed_on = DateField(label="Ngày ký")
    signer = forms.CharField(label="Người ký", max_length=120)


class ForwardForm(Form):
    """The hand-over to the level above."""

    letter_number = forms.CharField(
        label="Số công văn", max_length=60, required=False, help_text="Ví dụ: 312/CV-KT. Để trống thì lấy số tiếp theo."
    )
    signer = forms.CharField(label="Người ký công văn", max_length=120)
    parts = forms.MultipleChoiceField(
        label="Phần gửi kèm bản giấy",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Phần hệ thống đã có thì tự vào gói điện tử. Đánh dấu phần chỉ có bản giấy.",
    )
    samples = forms.IntegerField(label="Số mẫu sản phẩm bàn giao", min_value=0, max_value=1000)
    handed_on = DateField(label="Ngày bàn giao")
    received_by = forms.CharField(label="Người nhận bàn giao", max_length=160)
    late_reason = forms.CharField(
        label="Lý do chuyển sau hạn", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def __init__(
        self, *args: Any, regime: Regime, set_no: int, ready: Collection[str] = (), late: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        left = [(part.code, part.name) for part in regime.forward_parts if part.code not in ready]
        self.fields["parts"].choices = left  # type: ignore[attr-defined]
        if not left:
            del self.fields["parts"]
        if not late:
            del self.fields["late_reason"]
        needed = regime.samples_for(set_no)
        self.fields["samples"].help_text = f"Quy định: {needed} mẫu." if needed else "Nhóm sản phẩm này không gửi mẫu."
        self.fields["samples"].initial = needed


class AnswerForm(Form):
    """What the level above decided."""

    document = forms.CharField(label="Số quyết định hoặc văn bản thông báo", max_length=120)
    decided_on = DateField(label="Ngày văn bản")
    mean = PointsField(label="Điểm", max_value=Decimal(100), help_text="Như ghi trên văn bản, ví dụ 91,25.")
    star = forms.TypedChoiceField(
        label="Hạng sao", choices=[(str(star), f"{star} sao") for star in range(1, 6)], coerce=int
    )
    sent_higher = forms.BooleanField(label="Cấp này đã chuyển tiếp hồ sơ lên cấp cao hơn", required=False)
    rerun_in = forms.ModelChoiceField(
        label="Tổ chức đánh giá lại tại phiên",
        queryset=Session.objects.none(),
        required=False,
        empty_label="Không, theo kết quả của cấp trên",
        help_text="Chỉ khi kết quả cấp trên đưa sản phẩm về thẩm quyền của cấp này. Ghi lý do ở dưới.",
    )
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)

    def __init__(self, *args: Any, sessions: QuerySet[Session] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sessions is None or not sessions:
            del self.fields["rerun_in"]
        else:
            self.fields["rerun_in"].queryset = sessions  # type: ignore[attr-defined]
