"""The shape of what is typed: steps of an office, tasks of a plan, filters."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django import forms

from ocop.coaching.models import PlanTask
from ocop.coaching.rules import Advice
from ocop.coaching.states import TaskState
from ocop.regime.queries import as_rules, newest_first
from ocop.rubric.queries import paper_kinds
from ocop.ui.forms import DateField, Form, MoneyField
from ocop.wallet.models import Paper

MOST_MONEY = 10**12
SHORT = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})
LINES = forms.Textarea(attrs={"rows": 3})


class WordsField(forms.CharField):
    """One thing a line; cleans to a tuple of them."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        options.setdefault("max_length", 1000)
        super().__init__(**options)

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value)
        return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (tuple, list)) else value


class StepForm(Form):
    """A step as an office knows it."""

    name = forms.CharField(label="Việc phải làm", max_length=160, help_text="Ví dụ: Gửi mẫu kiểm nghiệm.")
    what = forms.CharField(label="Làm thế nào", required=False, max_length=1000, widget=LINES)
    criteria = WordsField(
        label="Nâng tiêu chí nào",
        required=False,
        help_text="Mỗi dòng một cụm chữ có trong tên tiêu chí, ví dụ: Liên kết chuỗi. Không cần gõ dấu.",
    )
    option = WordsField(
        label="Chỉ cho mức có chữ",
        required=False,
        help_text="Để trống thì dùng cho mọi mức. Ví dụ: HACCP. Dấu trừ ở đầu là trừ mức có chữ đó: -quốc tế.",
    )
    papers = forms.MultipleChoiceField(
        label="Mang lại loại giấy nào", required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    regime_code = forms.ChoiceField(label="Dùng cho quy định", required=False)
    fixed = forms.BooleanField(
        label="Không củng cố được",
        required=False,
        help_text="Tích khi không việc nào nâng được tiêu chí này: đường lên sao sẽ không đi qua nó.",
    )
    cost_low = MoneyField(
        label="Chi phí từ (đồng)", required=False, max_value=MOST_MONEY, help_text="Chưa biết thì để trống cả hai ô."
    )
    cost_high = MoneyField(label="Chi phí đến (đồng)", required=False, max_value=MOST_MONEY)
    days = forms.IntegerField(label="Mất bao nhiêu ngày", required=False, min_value=0, max_value=1500, widget=SHORT)
    support_name = forms.CharField(
        label="Nguồn, chính sách hỗ trợ",
        required=False,
        max_length=200,
        help_text="Ghi tên văn bản hoặc nguồn vốn, ví dụ: Nghị quyết của HĐND tỉnh số …",
    )
    support_percent = forms.IntegerField(
        label="Hỗ trợ bao nhiêu phần trăm", required=False, min_value=0, max_value=100, widget=SHORT
    )
    support_cap = MoneyField(label="Nhưng không quá (đồng)", required=False, max_value=MOST_MONEY)
    support_note = forms.CharField(label="Điều kiện hỗ trợ", required=False, max_length=1000, widget=LINES)
    valid_from = DateField(label="Áp dụng từ ngày")
    valid_to = DateField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers, regime = self.fields["papers"], self.fields["regime_code"]
        assert isinstance(papers, forms.MultipleChoiceField)
        assert isinstance(regime, forms.ChoiceField)
        papers.choices = [(kind.code, kind.name) for kind in paper_kinds().values()]
        laws = [as_rules(version) for version in newest_first()]
        regime.choices = [("", "Mọi quy định"), *((law.code, law.short_name) for law in laws)]

    def clean_support_percent(self) -> int:
        return self.cleaned_data.get("support_percent") or 0


def step_initial(advice: Advice, valid_from: date, valid_to: date | None) -> dict[str, Any]:
    """What the form shows of a step."""
    return {
        "name": advice.name,
        "what": advice.what,
        "criteria": advice.criteria,
        "option": advice.option,
        "papers": list(advice.papers),
        "regime_code": advice.regime,
        "fixed": advice.fixed,
        "cost_low": advice.cost_low,
        "cost_high": advice.cost_high,
        "days": advice.days,
        "support_name": advice.support_name,
        "support_percent": advice.support_percent or None,
        "support_cap": advice.support_cap,
        "support_note": advice.support_note,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }


class TaskForm(Form):
    """How far a task is."""

    state = forms.ChoiceField(label="Đến đâu rồi", choices=TaskState.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=2000,
        widget=LINES,
        help_text="Đã làm gì, vướng gì. Không làm nữa thì ghi lý do.",
    )
    responsible = forms.CharField(label="Người làm", required=False, max_length=120)
    due_on = DateField(label="Hạn làm xong", required=False)
    paper = forms.ModelChoiceField(
        label="Giấy chứng tỏ đã làm",
        queryset=Paper.objects.none(),
        required=False,
        empty_label="Chưa có",
        help_text="Chọn giấy trong ví minh chứng.",
    )

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["paper"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = papers


def task_initial(task: PlanTask) -> dict[str, Any]:
    """What the form shows of a task."""
    return {"state": task.state, "responsible": task.responsible, "due_on": task.due_on, "paper": task.paper_id}


class AddTaskForm(Form):
    """A task in one's own words."""

    what = forms.CharField(label="Việc phải làm", max_length=300)
    detail = forms.CharField(label="Làm thế nào", required=False, max_length=2000, widget=LINES)
    responsible = forms.CharField(label="Người làm", required=False, max_length=120)
    due_on = DateField(label="Hạn làm xong", required=False)
    cost = MoneyField(
        label="Tự bỏ ra (đồng)", required=False, max_value=MOST_MONEY, help_text="Chưa biết thì để trống."
    )


class EndForm(Form):
    """Why a plan ends."""

    why = forms.CharField(label="Lý do", required=False, max_length=2000, widget=LINES)


def picks_of(posted: Iterable[str], most: int = 60) -> Collection[str]:
    """The raises ticked on the page, without repeats."""
    return tuple(dict.fromkeys(posted))[:most]
