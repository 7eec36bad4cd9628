"""What is typed about samples and tests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from ocop.core.errors import Refused
from ocop.samples.actions.keeping import LONGEST_NAME, LONGEST_NOTE, LONGEST_PLACE, MOST_AT_ONCE
from ocop.samples.actions.testing import LONGEST_LABORATORY, LONGEST_RESULT, LONGEST_WHAT
from ocop.samples.models import LabTest, Sample
from ocop.samples.queries import samples_of
from ocop.samples.states import MOVE_WORDS, SampleState
from ocop.ui.forms import DateField, Form

PAPERS = ".pdf,.jpg,.jpeg,.png,.heic,.webp"


class ReceptionForm(Form):
    """Samples that were brought."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    count = forms.IntegerField(
        label="Số mẫu nhận", min_value=1, max_value=MOST_AT_ONCE, widget=forms.NumberInput(attrs={"class": "short"})
    )
    handed_by = forms.CharField(label="Người giao mẫu", max_length=LONGEST_NAME)
    pack = forms.CharField(
        label="Quy cách một mẫu", max_length=LONGEST_PLACE, required=False, help_text="Ví dụ: gói 500 g, chai 750 ml."
    )
    lot = forms.CharField(label="Số lô trên bao bì", max_length=80, required=False)
    best_before = DateField(label="Hạn dùng trên bao bì", required=False)
    place = forms.CharField(
        label="Để mẫu ở đâu", max_length=LONGEST_PLACE, required=False, help_text="Ví dụ: tủ mát 2, ngăn trên."
    )
    note = forms.CharField(
        label="Ghi chú", max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class MoveForm(Form):
    """One hand-over of one sample."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    place = forms.CharField(label="Để ở đâu", max_length=LONGEST_PLACE, required=False)
    taken_by = forms.CharField(
        label="Ai nhận",
        max_length=LONGEST_PLACE,
        required=False,
        help_text="Bỏ trống khi chính bạn nhận. Gửi kiểm nghiệm, bàn giao cấp trên: ghi tên nơi nhận.",
    )
    note = forms.CharField(
        label="Ghi chú", max_length=LONGEST_NOTE, required=False, help_text="Khi xử lý, hủy: ghi cách xử lý."
    )


class ScanForm(MoveForm):
    """One thing done to sample after sample: chosen once, then code after code."""

    to = forms.ChoiceField(label="Việc cần làm", choices=[(state.value, MOVE_WORDS[state]) for state in SampleState])
    code = forms.CharField(
        label="Mã mẫu",
        max_length=200,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "autocapitalize": "characters"}),
        help_text="Gõ mã trên tem, hoặc đặt con trỏ ở đây rồi dùng máy quét.",
    )

    field_order = ("key", "to", "code", "place", "taken_by", "note")


class AskForm(Form):
    """A test that is asked for."""

    what = forms.CharField(
        label="Kiểm nghiệm chỉ tiêu nào",
        max_length=LONGEST_WHAT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: độ ẩm, tổng số nấm men, nấm mốc.",
    )
    laboratory = forms.CharField(label="Phòng kiểm nghiệm", max_length=LONGEST_LABORATORY, required=False)


class ResultForm(Form):
    """What came of a test."""

    sample = forms.ModelChoiceField(label="Mã mẫu đã gửi", queryset=Sample.objects.none(), required=False)
    result_text = forms.CharField(
        label="Kết quả",
        max_length=LONGEST_RESULT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Như trên phiếu.",
    )
    passed = forms.TypedChoiceField(
        label="Kết luận",
        choices=[("1", "Đạt"), ("0", "Không đạt"), ("", "Phiếu không kết luận")],
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    paper = forms.FileField(
        label="Phiếu kết quả (ảnh hoặc PDF)",
        required=False,
        widget=forms.FileInput(attrs={"accept": PAPERS}),
        help_text=f"Tối đa {settings.OCOP_MAX_FILE_MB} MB.",
    )

    def __init__(self, *args: Any, test: LabTest, wanted: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sample"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = samples_of(test.dossier).filter(moves__to_state=SampleState.SENT_TO_LAB).distinct()
        field.empty_label = "Chọn mã mẫu"
        field.required = wanted

    def refuse(self, refused: Refused) -> None:
        """Show an action's refusal at the field it speaks of: that of a file at the paper."""
        super().refuse(Refused(refused.message, field="paper" if refused.field == "file" else refused.field))
