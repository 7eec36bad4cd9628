"""Forms of the council's pages: the shape of what people enter; the law is the actions' matter."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from ocop.accounts.models import User
from ocop.accounts.queries import grants_held
from ocop.accounts.states import COUNCIL_ROLES
from ocop.council.models import Council, Hearing, Seat, Session
from ocop.council.queries import accepted_for, first_council_levels
from ocop.council.states import SeatRole, SheetState
from ocop.dossiers.models import Dossier
from ocop.places.models import Unit
from ocop.planning.queries import batches
from ocop.regime.rules import Regime
from ocop.rubric.rules import CriteriaSet
from ocop.ui.forms import DateField, Form, PointsField

SEAT_PREFIX = "ghe"
LEFT_TO_BYLAWS = "Luật không quy định, do Quy chế."


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

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        row = int(str(self.prefix).rpartition("-")[2]) + 1
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, dòng {row}"


SeatFormSet = forms.formset_factory(SeatForm, extra=9, max_num=40, absolute_max=40)


def seat_rows(people: QuerySet[User], typed: Mapping[str, Any] | None = None) -> Any:
    """The rows of a council's seats, empty or as typed."""
    return SeatFormSet(typed, prefix=SEAT_PREFIX, form_kwargs={"people": people})


def council_people(units: Iterable[Unit], day: date) -> QuerySet[User]:
    """The people who hold a council's role in one of the units."""
    held = grants_held(day).filter(role__in=COUNCIL_ROLES, unit__in=units)
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("full_name", "pk")


class BylawsForm(Form):
    """A version of the bylaws; every rule here is one that the law leaves to the council."""

    document = forms.CharField(
        label="Văn bản ban hành Quy chế", max_length=120, required=False, help_text="Ví dụ: Quyết định 15/QĐ-HĐ."
    )
    quorum = PointsField(
        label="Túc số để chốt điểm (%)",
        min_value=Decimal(1),
        max_value=Decimal(100),
        initial=Decimal(75),
        help_text=(
            "Số phiếu phải có, tính trên số thành viên chấm điểm, không kể người có xung đột lợi ích với sản phẩm. "
            + LEFT_TO_BYLAWS
        ),
    )
    chair_must_vote = forms.BooleanField(
        label="Bắt buộc có phiếu của người chủ trì", required=False, initial=True, help_text=LEFT_TO_BYLAWS
    )
    spread_limit = PointsField(
        label="Chênh lệch tối đa giữa phiếu cao nhất và thấp nhất (điểm)",
        max_value=Decimal(100),
        initial=Decimal(10),
        help_text=f"Vượt mức này thì Hội đồng thảo luận rồi chấm lại, chưa chốt được. {LEFT_TO_BYLAWS}",
    )
    round_mean_to = forms.TypedChoiceField(
        label="Làm tròn điểm trung bình trước khi xếp hạng",
        choices=[
            ("", "Không làm tròn: 69,99 điểm vẫn là 69,99, chưa tới 70"),
            ("2", "Đến 2 chữ số thập phân"),
            ("1", "Đến 1 chữ số thập phân: 69,95 điểm thành 70"),
            ("0", "Đến số nguyên: 69,5 điểm thành 70"),
        ],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=LEFT_TO_BYLAWS,
    )
    minimums_on = forms.ChoiceField(
        label="Xét mức tối thiểu của hạng sao theo",
        choices=[
            ("mean", "Điểm trung bình của tiêu chí: trung bình các phiếu phải đạt mức tối thiểu"),
            ("majority", "Quá nửa số phiếu: hơn một nửa số phiếu phải đạt mức tối thiểu"),
            ("all", "Tất cả các phiếu: phiếu nào cũng phải đạt mức tối thiểu"),
        ],
        initial="mean",
        widget=forms.RadioSelect,
        help_text=LEFT_TO_BYLAWS,
    )


class SessionForm(Form):
    """A session to be called."""

    batch = forms.ModelChoiceField(label="Đợt đánh giá", queryset=batches().none(), empty_label="Chọn đợt")
    name = forms.CharField(label="Tên phiên họp", max_length=160, help_text="Ví dụ: Phiên 1, ngày 24/9/2024.")
    held_on = DateField(label="Ngày họp")
    place = forms.CharField(label="Địa điểm", max_length=200)

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["batch"].queryset = batches().filter(programme__unit=council.unit_id)  # type: ignore[attr-defined]


class DossierChoices(forms.ModelMultipleChoiceField):
    """Dossiers to tick, told by product, subject and code."""

    def label_from_instance(self, obj: Dossier) -> str:
        registration = obj.registration
        return f"{registration.product.name} · {registration.product.subject.name} · {registration.code}"


class PutBeforeForm(Form):
    """Which accepted dossiers go before the session."""

    dossiers = DossierChoices(
        label="Hồ sơ chờ Hội đồng",
        queryset=Dossier.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Chọn ít nhất một hồ sơ để đưa ra phiên họp.",
            "invalid_choice": "Có hồ sơ không còn chờ Hội đồng. Xem lại danh sách rồi chọn lại.",
        },
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dossiers"].queryset = accepted_for(session)  # type: ignore[attr-defined]


class DoorForm(Form):
    """The answer at the door; the two buttons of the page are its two values."""

    conflict = forms.ChoiceField(label="Câu trả lời", choices=[("khong", "Không có"), ("co", "Có")])
    reason = forms.CharField(
        label="Mối liên quan của bạn",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Chỉ ghi khi có xung đột. Ví dụ: em ruột là giám đốc hợp tác xã.",
    )


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


class LetterForm(Form):
    """The notice of a result to the subject."""

    number = forms.CharField(label="Số thông báo", max_length=60, help_text="Ví dụ: 45/TB-KT.")
    signed_on = DateField(label="Ngày ký")
    signer = forms.CharField(label="Người ký", max_length=120)


class ForwardForm(Form):
    """The hand-over to the level above."""

    letter_number = forms.CharField(label="Số công văn", max_length=60, help_text="Ví dụ: 312/CV-KT.")
    signer = forms.CharField(label="Người ký công văn", max_length=120)
    parts = forms.MultipleChoiceField(
        label="Thành phần hồ sơ chuyển đi",
        widget=forms.CheckboxSelectMultiple,
        help_text="Đánh dấu từng phần đã có trong gói bàn giao.",
        error_messages={"required": "Chưa đánh dấu phần nào. Hồ sơ chuyển đi phải đủ các phần quy định."},
    )
    samples = forms.IntegerField(label="Số mẫu sản phẩm bàn giao", min_value=0, max_value=1000)
    handed_on = DateField(label="Ngày bàn giao")
    received_by = forms.CharField(label="Người nhận bàn giao", max_length=160)

    def __init__(self, *args: Any, regime: Regime, set_no: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = [(part.code, part.name) for part in regime.forward_parts]  # type: ignore[attr-defined]
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
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=5000)
