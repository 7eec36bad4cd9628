"""The shape of what is typed to plan a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from ocop.places.models import Unit
from ocop.regime.models import RegimeVersion
from ocop.regime.queries import as_rules
from ocop.ui.forms import DateField, Form

SHORT = forms.NumberInput(attrs={"class": "short"})


class ProgrammeForm(Form):
    """The year's programme of a unit under one regime."""

    unit = forms.ChoiceField(label="Đơn vị")
    year = forms.IntegerField(
        label="Năm", min_value=2018, max_value=2100, widget=forms.NumberInput(attrs={"class": "short"})
    )
    title = forms.CharField(label="Tên chương trình", max_length=200)
    regime = forms.ChoiceField(
        label="Làm theo quy định",
        widget=forms.RadioSelect,
        help_text="Cả năm làm theo một quy định: mức sao, các bước, bộ tiêu chí.",
    )
    old_law = forms.BooleanField(
        label="Tôi chọn quy định không có hiệu lực hôm nay",
        required=False,
        help_text="Chỉ tích khi làm tiếp hồ sơ chuyển tiếp hoặc nhập lại năm cũ.",
    )
    lead_office = forms.CharField(
        label="Cơ quan chủ trì", max_length=160, help_text="Ghi như sẽ in trên văn bản, ví dụ: Phòng Kinh tế."
    )
    plan_number = forms.CharField(
        label="Số kế hoạch năm", max_length=60, required=False, help_text="Ví dụ: 45/KH-UBND."
    )
    plan_signed_on = DateField(label="Ngày ký kế hoạch", required=False)

    def __init__(
        self, *args: Any, units: Iterable[Unit], regimes: Iterable[RegimeVersion], day: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        self.regimes = {str(version.pk): version for version in regimes}
        self.day = day
        in_force = [key for key, version in self.regimes.items() if as_rules(version).in_force_on(day)]
        others = [key for key in self.regimes if key not in in_force]
        unit_field, regime_field = self.fields["unit"], self.fields["regime"]
        assert isinstance(unit_field, forms.ChoiceField)
        assert isinstance(regime_field, forms.ChoiceField)
        unit_field.choices = [(key, unit.name) for key, unit in self.units.items()]
        regime_field.choices = [(key, self._words(key)) for key in (*in_force, *others)]
        if in_force:
            self.initial.setdefault("regime", in_force[0])

    def _words(self, key: str) -> str:
        rules = as_rules(self.regimes[key])
        if rules.in_force_on(self.day):
            return f"{rules.short_name}: đang có hiệu lực, từ {rules.in_force_from:%d/%m/%Y}"
        if rules.in_force_from > self.day:
            return f"{rules.short_name}: chưa có hiệu lực, từ {rules.in_force_from:%d/%m/%Y}"
        return f"{rules.short_name}: đã hết hiệu lực từ sau {rules.in_force_to:%d/%m/%Y}"

    def clean_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]

    def clean_regime(self) -> RegimeVersion:
        return self.regimes[self.cleaned_data["regime"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        version = cleaned.get("regime")
        if version is not None and not as_rules(version).in_force_on(self.day) and not cleaned.get("old_law"):
            self.add_error(
                "regime",
                f"{as_rules(version).short_name} không có hiệu lực hôm nay. Chọn quy định khác, hoặc tích ô bên dưới "
                "nếu đúng là làm theo quy định này.",
            )
        return cleaned


class BatchForm(Form):
    """The dates of a batch."""

    number = forms.IntegerField(
        label="Đợt số", min_value=1, max_value=99, widget=forms.NumberInput(attrs={"class": "short"})
    )
    name = forms.CharField(label="Tên đợt", max_length=80)
    opens_on = DateField(label="Nhận đăng ký và hồ sơ từ ngày")
    closes_on = DateField(label="Đến hết ngày", help_text="Sau ngày này chủ thể không nộp được nữa.")
    forward_before = DateField(label="Chuyển hồ sơ lên cấp trên trước ngày", required=False)
    announce_before = DateField(label="Công bố kết quả trước ngày", required=False)
