"""Forms of councils and their seats."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import grants_held
from ocop.accounts.states import COUNCIL_ROLES
from ocop.council.models import Council, Seat
from ocop.council.queries import first_council_levels, seats_of
from ocop.council.states import SeatRole
from ocop.places.models import Unit
from ocop.ui.forms import DateField, Form

SEAT_PREFIX = "ghe"


class CouncilForm(Form):
    """A council as its forming decision names it; the seats are a form set of their own."""

    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label=None)
    level = forms.ChoiceField(
        label="Cấp Hội đồng", help_text="Cấp chấm hồ sơ đầu tiên theo quy định mà chương trình của đơn vị áp dụng."
    )
    name = forms.CharField(label="Tên Hội đồng", max_length=200)
    decision_number = forms.CharField(
        label="Số quyết định thành lập", max_length=60, help_text="Ghi như trên văn bản, ví dụ 1520/QĐ-UBND."
    )
    decided_on = DateField(label="Ngày quyết định")
    term_from = DateField(label="Nhiệm kỳ từ ngày", required=False)
    term_to = DateField(
        label="Nhiệm kỳ đến hết ngày",
        required=False,
        help_text="Sau ngày này thành viên không chấm và không chốt được nữa.",
    )
    delegation = forms.CharField(
        label="Ủy quyền chủ trì",
        max_length=300,
        required=False,
        help_text=(
            "Khi lãnh đạo UBND ủy quyền cho người khác làm Chủ tịch Hội đồng: ai ủy quyền, theo văn bản nào. "
            "Ví dụ: Chủ tịch UBND tỉnh ủy quyền theo Quyết định 88/QĐ-UBND ngày 02/03/2026."
        ),
    )

    def __init__(self, *args: Any, units: Collection[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
        self.fields["unit"].initial = next(iter(units), None)
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
        self.fields["level"].choices = first_council_levels(units)  # type: ignore[attr-defined]


class SeatForm(Form):
    """One seat; a row without a person is left out."""

    user = forms.ModelChoiceField(label="Người", queryset=User.objects.none(), required=False, empty_label="Chọn người")
    role = forms.ChoiceField(label="Vai trò", choices=SeatRole.choices, initial=SeatRole.MEMBER, required=False)
    organisation = forms.CharField(label="Cơ quan", max_length=160, required=False)
    votes = forms.BooleanField(label="Chấm điểm", required=False, initial=True)
    field = forms.CharField(label="Chuyên môn", max_length=200, required=False)
    sectors = forms.MultipleChoiceField(
        label="Nhóm sản phẩm am hiểu", required=False, widget=forms.CheckboxSelectMultiple
    )
    delegated_by = forms.CharField(label="Cơ quan cử, ủy quyền", max_length=200, required=False)

    def __init__(self, *args: Any, people: QuerySet[User], sectors: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        self.fields["sectors"].choices = sectors  # type: ignore[attr-defined]
        if not sectors:
            del self.fields["sectors"]
        if self.prefix is None or "-" not in str(self.prefix):
            return
        row = int(str(self.prefix).rpartition("-")[2]) + 1
        for name, field in self.fields.items():
            if name == "sectors":
                continue
            field.widget.attrs["aria-label"] = f"{field.label}, dòng {row}"


SeatFormSet = forms.formset_factory(SeatForm, extra=9, max_num=40, absolute_max=40)


def seat_rows(
    people: QuerySet[User], sectors: Sequence[tuple[str, str]], typed: Mapping[str, Any] | None = None
) -> Any:
    """The rows of a council's seats, empty or as typed."""
    return SeatFormSet(typed, prefix=SEAT_PREFIX, form_kwargs={"people": people, "sectors": sectors})


def council_people(units: Iterable[Unit], day: date) -> QuerySet[User]:
    """The people who hold a council's role in one of the units."""
    held = grants_held(day).filter(role__in=COUNCIL_ROLES, unit__in=units)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("full_name", "pk")


class AddSeatForm(SeatForm):
    """A seat that an amending decision adds."""

    since = DateField(label="Từ ngày", help_text="Phiên họp từ ngày này trở đi có người mới.")
    document = forms.CharField(
        label="Quyết định kiện toàn", max_length=120, help_text="Ví dụ: Quyết định 1688/QĐ-UBND ngày 01/10/2024."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].required = True
        self.fields["user"].error_messages["required"] = "Chọn người được bổ sung."
        self.fields["role"].required = True


class EndSeatForm(Form):
    """A seat that an amending decision ends."""

    seat = forms.ModelChoiceField(label="Cho thôi ghế của", queryset=Seat.objects.none(), empty_label="Chọn thành viên")
    last_day = DateField(label="Ngày cuối", help_text="Phiên đã chốt điểm giữ nguyên thành phần lúc đó.")
    document = forms.CharField(label="Quyết định kiện toàn", max_length=120)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats_of(council).filter(ended_on__isnull=True)  # type: ignore[attr-defined]
