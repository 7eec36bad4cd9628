"""Forms of a product's hearing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from ocop.council.models import Hearing, Seat
from ocop.council.states import SheetState
from ocop.rubric.rules import CriteriaSet
from ocop.ui.forms import Form


class ReopenForm(Form):
    """Whose sheet is reopened, and why."""

    seat = forms.ModelChoiceField(label="Phiếu của", queryset=Seat.objects.none(), empty_label="Chọn thành viên")
    reason = forms.CharField(
        label="Lý do mở lại",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Lý do nằm trong biên bản. Phiếu đã nộp được giữ nguyên, thành viên chấm tiếp trên bản mới.",
    )

    def __init__(self, *args: Any, hearing: Hearing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handed_in = Q(sheets__hearing=hearing, sheets__state=SheetState.SUBMITTED)
        self.fields["seat"].queryset = Seat.objects.filter(handed_in).select_related("user").order_by("pk")  # type: ignore[attr-defined]


class FindingForm(Form):
    """A finding that knocks the product out."""

    criterion = forms.ChoiceField(label="Ở tiêu chí")
    reason = forms.CharField(
        label="Căn cứ loại",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Phát hiện gì, ở tài liệu nào, ai xác nhận.",
    )

    def __init__(self, *args: Any, criteria_set: CriteriaSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = sorted(criteria_set.criteria.values(), key=lambda criterion: (not criterion.gating, criterion.place))
        self.fields["criterion"].choices = [("", "Chọn tiêu chí")] + [  # type: ignore[attr-defined]
            (row.code, f"{row.code} {row.name}" + (" (tiêu chí loại)" if row.gating else "")) for row in rows
        ]
