"""The shape of what is typed about ideas, plans and reports."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from ocop.ideas.states import COMMUNE_VERDICTS, DECISIONS, IdeaKind, IdeaState
from ocop.registration.models import Subject
from ocop.ui.forms import DateField, Form, MoneyField


def _area(label: str, help_text: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=3000, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3})
    )


class IdeaForm(Form):
    """The idea in plain words; only name, kind and group are needed to keep a draft."""

    contact_name = forms.CharField(label="Người nêu ý tưởng", max_length=120)
    contact_phone = forms.CharField(
        label="Số điện thoại", max_length=15, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    kind = forms.ChoiceField(label="Sản phẩm", choices=IdeaKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="Tên sản phẩm", max_length=200, help_text="Ví dụ: Mỳ gạo lứt đóng gói 500 g.")
    sector = forms.ChoiceField(label="Nhóm sản phẩm")
    description = _area("Mô tả sản phẩm", "Sản phẩm là gì, làm thế nào, ai làm.")
    materials = _area("Nguyên liệu", "Nguyên liệu chính lấy ở đâu, trong xã được bao nhiêu.")
    difference = _area("Điểm khác biệt", "Khác gì sản phẩm cùng loại ở nơi khác; câu chuyện, nghề truyền thống.")
    buyers = _area("Khách hàng", "Ai sẽ mua, bán ở đâu, khoảng bao nhiêu một tháng.")
    means = _area("Nguồn lực hiện có", "Vốn, đất, nhà xưởng, máy móc, số người làm.")
    difficulties = _area("Khó khăn", "Điều đang vướng nhất.")
    support_wanted = _area("Mong muốn hỗ trợ", "Cần giúp gì: tập huấn, bao bì, kiểm nghiệm, vốn, nơi bán.")

    def __init__(self, *args: Any, sectors: Iterable[str], of_subject: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if of_subject:
            del self.fields["contact_name"], self.fields["contact_phone"]
        field = self.fields["sector"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Chọn nhóm"), *((sector, sector) for sector in sectors)]


class OpinionForm(Form):
    """What an office says: one of the verdicts of this step, and why."""

    verdict = forms.ChoiceField(label="Kết luận", widget=forms.RadioSelect)
    words = forms.CharField(
        label="Ý kiến",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Khi chưa chọn hoặc cần bổ sung: ghi rõ lý do và cần làm gì tiếp.",
    )

    def __init__(self, *args: Any, state: IdeaState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = COMMUNE_VERDICTS if state == IdeaState.SENT else tuple(DECISIONS.get(state, ()))
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(verdict.value, verdict.label) for verdict in offered]


class LinkForm(Form):
    """Which registered subject an idea belongs to."""

    subject = forms.ModelChoiceField(
        label="Chủ thể", queryset=Subject.objects.none(), empty_label="Chọn chủ thể trong xã, phường"
    )

    def __init__(self, *args: Any, subjects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["subject"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = subjects


class StepForm(Form):
    """A step of the plan."""

    what = forms.CharField(label="Việc phải làm", max_length=300)
    who = forms.CharField(label="Ai làm", max_length=160)
    starts_on = DateField(label="Từ ngày")
    ends_on = DateField(label="Đến ngày")
    own_money = MoneyField(label="Tiền tự có (đồng)", required=False)
    support_money = MoneyField(label="Tiền mong được hỗ trợ (đồng)", required=False)
    expected = forms.CharField(label="Xong thì có gì", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in ("own_money", "support_money"):
            if field not in self.errors:
                cleaned[field] = cleaned.get(field) or 0
        return cleaned


class ReportForm(Form):
    """How far a step is."""

    percent = forms.IntegerField(
        label="Đã xong (%)",
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    spent = MoneyField(label="Đã chi đến nay (đồng)", required=False)
    words = forms.CharField(
        label="Kết quả, vướng mắc", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    photo = forms.FileField(
        label="Ảnh",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def clean_spent(self) -> int:
        return self.cleaned_data.get("spent") or 0
