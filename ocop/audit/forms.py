"""The shape of what is typed about accounts and to look through the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from ocop.accounts.states import ROLE_LABELS, Role
from ocop.audit.states import ACT_LABELS
from ocop.places.models import Unit
from ocop.ui.forms import DateField, Form

NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class RoleForm(Form):
    """A role in a unit, from a day to a day."""

    role = forms.ChoiceField(
        label="Vai trò", choices=[("", "Chọn vai trò"), *((r.value, w) for r, w in ROLE_LABELS.items())]
    )
    unit = forms.ChoiceField(label="Đơn vị", help_text="Vai trò có hiệu lực ở đơn vị này và mọi đơn vị bên dưới.")
    organisation = forms.CharField(label="Cơ quan", max_length=160, required=False, help_text="Ví dụ: Phòng Kinh tế.")
    title = forms.CharField(label="Chức vụ", max_length=120, required=False, help_text="Ghi như trên văn bản sẽ ký.")
    valid_from = DateField(label="Từ ngày")
    valid_to = DateField(label="Đến hết ngày", required=False, help_text="Bỏ trống khi chưa biết ngày thôi.")

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, unit in self.units.items():
            groups.setdefault(str(unit.parent or "Toàn quốc"), []).append((key, unit.name))
        self.fields["unit"].choices = [("", "Chọn đơn vị"), *groups.items()]  # type: ignore[attr-defined]

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class AccountForm(RoleForm):
    """A new person with a first role."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    phone = forms.CharField(
        label="Số điện thoại",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text="Cần ít nhất số điện thoại hoặc thư điện tử; người này đăng nhập bằng số hoặc thư đó.",
    )
    email = forms.EmailField(label="Thư điện tử", required=False)
    field_order = ("full_name", "phone", "email", "role", "unit", "organisation", "title", "valid_from", "valid_to")


class EndRoleForm(Form):
    """The last day of a role."""

    last_day = DateField(label="Giữ vai trò đến hết ngày")


class OwnPasswordForm(Form):
    """A password of one's own choice, typed twice."""

    new = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        max_length=200,
        widget=NEW_PASSWORD,
        help_text="Từ 10 ký tự, không chỉ có chữ số. Dễ nhớ: ghép bốn từ thường dùng.",
    )
    again = forms.CharField(label="Gõ lại mật khẩu mới", strip=False, max_length=200, widget=NEW_PASSWORD)

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError("Hai lần gõ mật khẩu mới không giống nhau.")
        return again


class PasswordForm(OwnPasswordForm):
    """The old password once and the new one twice."""

    old = forms.CharField(
        label="Mật khẩu hiện nay",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new", "again")


class LedgerFilter(Form):
    """What to look for in the ledger; each part may be left out."""

    viec = forms.ChoiceField(label="Việc", choices=[("", "Mọi việc"), *ACT_LABELS.items()], required=False)
    nguoi = forms.CharField(label="Người làm", max_length=120, required=False)
    ngay = DateField(label="Ngày", required=False)
