"""Forms of a session and what comes before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from ocop.council.models import Attendance, Council, Seat, Session
from ocop.council.queries import accepted_for, seats_on
from ocop.council.states import SessionKind
from ocop.dossiers.models import Dossier
from ocop.planning.queries import batches
from ocop.ui.forms import DateField, Form


class SessionForm(Form):
    """A session to be called."""

    batch = forms.ModelChoiceField(label="Đợt đánh giá", queryset=batches().none(), empty_label="Chọn đợt")
    name = forms.CharField(label="Tên phiên họp", max_length=160, help_text="Ví dụ: Phiên 1, ngày 24/9/2024.")
    kind = forms.ChoiceField(
        label="Hình thức",
        choices=SessionKind.choices,
        initial=SessionKind.MEETING,
        widget=forms.RadioSelect,
        help_text="Lấy ý kiến bằng văn bản chỉ dùng cho loại hồ sơ mà quy định cho phép (như đánh giá lại).",
    )
    held_on = DateField(label="Ngày họp", help_text="Lấy ý kiến bằng văn bản: ngày tổng hợp phiếu.")
    ballots_by = forms.DateTimeField(
        label="Hạn gửi phiếu ý kiến",
        required=False,
        input_formats=["%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(
            format="%d/%m/%Y %H:%M", attrs={"placeholder": "ngày/tháng/năm giờ:phút", "autocomplete": "off"}
        ),
        help_text="Chỉ ghi khi lấy ý kiến bằng văn bản, ví dụ 24/09/2024 17:00.",
        error_messages={"invalid": "Ghi ngày và giờ dạng 24/09/2024 17:00."},
    )
    place = forms.CharField(label="Địa điểm", max_length=200, help_text="Nơi họp, hoặc nơi nhận phiếu.")

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


class AttendanceForm(Form):
    """The attendance list: for each seat present, absent or nothing said yet, and a note."""

    def __init__(self, *args: Any, rows: Sequence[tuple[Seat, Attendance | None]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = [seat for seat, _ in rows]
        for seat, noted in rows:
            name = seat.user.full_name
            self.fields[f"co-{seat.pk}"] = forms.ChoiceField(
                label=f"{name} có mặt hay vắng",
                choices=[("", "Chưa ghi"), ("1", "Có mặt"), ("0", "Vắng")],
                required=False,
                initial="" if noted is None else "1" if noted.present else "0",
                widget=forms.Select(attrs={"aria-label": f"{name} có mặt hay vắng"}),
            )
            self.fields[f"ghi-{seat.pk}"] = forms.CharField(
                label=f"Ghi chú về {name}",
                max_length=200,
                required=False,
                initial=noted.note if noted else "",
                widget=forms.TextInput(attrs={"aria-label": f"Ghi chú về {name}"}),
            )

    def marks(self) -> dict[int, tuple[bool, str]]:
        """Seat → present and note, for the seats of which something is said."""
        said = self.cleaned_data
        return {
            seat.pk: (said[f"co-{seat.pk}"] == "1", said[f"ghi-{seat.pk}"])
            for seat in self.seats
            if said[f"co-{seat.pk}"]
        }


class ReaderForm(Form):
    """Another first reader of one product, and why."""

    seat = forms.ModelChoiceField(
        label="Người đọc chính mới", queryset=Seat.objects.none(), empty_label="Chọn thành viên"
    )
    reason = forms.CharField(label="Lý do đổi", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voting = seats_on(session.council, session.held_on).filter(votes=True)
        self.fields["seat"].queryset = voting  # type: ignore[attr-defined]
