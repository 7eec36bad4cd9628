"""The shape of what is typed to register a subject, its people and its products."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from ocop.core.errors import Refused
from ocop.core.pages import whole
from ocop.files.rules import ACCEPT
from ocop.places.models import Unit
from ocop.regime.rules import Regime
from ocop.registration.rules import target_stars
from ocop.registration.states import SubjectKind
from ocop.ui.forms import DateField, Form

PHONE = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "short"})


class SubjectForm(Form):
    """A producer as its business registration tells it."""

    name = forms.CharField(label="Tên chủ thể", max_length=200, help_text="Ghi đúng như giấy đăng ký kinh doanh.")
    kind = forms.ChoiceField(label="Loại hình", choices=SubjectKind.choices, widget=forms.RadioSelect)
    business_number = forms.CharField(
        label="Số đăng ký kinh doanh", max_length=40, help_text="Mã số doanh nghiệp, hợp tác xã hoặc hộ kinh doanh."
    )
    unit = forms.ChoiceField(label="Xã, phường", help_text="Nơi đặt cơ sở sản xuất.")
    address = forms.CharField(label="Địa chỉ", max_length=240, help_text="Số nhà, đường, thôn hoặc tổ dân phố.")
    representative = forms.CharField(label="Người đại diện", max_length=120)
    position = forms.CharField(label="Chức vụ", max_length=80, required=False, help_text="Ví dụ: Giám đốc, chủ hộ.")
    phone = forms.CharField(label="Số điện thoại", max_length=20, widget=PHONE)
    email = forms.EmailField(label="Thư điện tử", required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {str(unit.pk): unit for unit in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        names = [(key, unit.name) for key, unit in self.units.items()]
        field.choices = names if len(names) == 1 else [("", "Chọn xã, phường"), *names]

    def clean_unit(self) -> Unit:
        return self.units[self.cleaned_data["unit"]]


class SubjectContactForm(Form):
    """What of a subject may be corrected after it was entered."""

    address = forms.CharField(label="Địa chỉ", max_length=240, help_text="Số nhà, đường, thôn hoặc tổ dân phố.")
    representative = forms.CharField(label="Người đại diện", max_length=120)
    position = forms.CharField(label="Chức vụ", max_length=80, required=False, help_text="Ví dụ: Giám đốc, chủ hộ.")
    phone = forms.CharField(label="Số điện thoại", max_length=20, widget=PHONE)
    email = forms.EmailField(label="Thư điện tử", required=False)


class KnownPersonForm(Form):
    """Somebody who has an account."""

    login = forms.CharField(
        label="Số điện thoại hoặc thư điện tử",
        max_length=150,
        help_text="Người này dùng tài khoản đang có, không cần mật khẩu mới.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class NewPersonForm(Form):
    """Somebody without an account."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    phone = forms.CharField(label="Số điện thoại", max_length=20, required=False, widget=PHONE)
    email = forms.EmailField(
        label="Thư điện tử", required=False, help_text="Cần ít nhất số điện thoại hoặc thư điện tử."
    )


class ProductForm(Form):
    """A product to register; the criteria set is picked from groups that the page draws itself."""

    set_no = forms.IntegerField(
        label="Nhóm sản phẩm",
        max_value=9999,
        error_messages={
            "required": "Chọn một nhóm sản phẩm trong danh sách.",
            "invalid": "Chọn lại nhóm.",
            "max_value": "Chọn lại nhóm.",
        },
    )
    name = forms.CharField(
        label="Tên sản phẩm",
        max_length=200,
        help_text="Ghi như trên nhãn. Sản phẩm đã đăng ký trước đây thì chọn đúng tên cũ.",
        widget=forms.TextInput(attrs={"list": "ten-san-pham", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label="Loại hồ sơ", widget=forms.RadioSelect)
    target_star = forms.TypedChoiceField(
        label="Đăng ký hạng",
        coerce=int,
        widget=forms.RadioSelect,
        help_text="Là mục tiêu của chủ thể. Hạng sao do Hội đồng đánh giá.",
    )
    description = forms.CharField(
        label="Mô tả ngắn",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nguyên liệu, cách làm, điểm riêng của sản phẩm.",
    )

    def __init__(self, *args: Any, regime: Regime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, star = self.fields["kind"], self.fields["target_star"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(star, forms.ChoiceField)
        kind.choices = [(known.code, known.name) for known in regime.dossier_kinds]
        star.choices = [(str(value), f"{value} sao") for value in target_stars(regime)]
        self.initial.setdefault("kind", regime.dossier_kinds[0].code)
        self.initial.setdefault("target_star", target_stars(regime)[0])

    @property
    def chosen_set(self) -> int | None:
        """The set that is picked at the moment, also in a form that was refused."""
        return whole(str(self["set_no"].value() or ""))


class RecognitionForm(Form):
    """What the decision of an earlier recognition says."""

    star = forms.TypedChoiceField(label="Được công nhận hạng", coerce=int, widget=forms.RadioSelect)
    decision_number = forms.CharField(
        label="Số quyết định công nhận", max_length=60, help_text="Ví dụ: 1205/QĐ-UBND, ghi ở góc trên bên trái."
    )
    decided_on = DateField(label="Ngày quyết định", help_text="Ví dụ 12/12/2023.")
    issuer = forms.CharField(
        label="Cơ quan công nhận", max_length=160, help_text="Ví dụ: Ủy ban nhân dân thành phố Bắc Giang."
    )
    expires_on = DateField(label="Giấy chứng nhận có giá trị đến hết ngày", help_text="Chép trên giấy chứng nhận.")
    scan = forms.FileField(
        label="Ảnh chụp hoặc bản quét quyết định, giấy chứng nhận",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text="Chụp bằng điện thoại cũng được. Để trống thì giữ bản đã gửi lần trước.",
    )

    def __init__(self, *args: Any, stars: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        star = self.fields["star"]
        assert isinstance(star, forms.ChoiceField)
        star.choices = [(str(value), f"{value} sao") for value in stars]

    def refuse(self, refused: Refused) -> None:
        """Show an action's refusal at the field it speaks of: that of a file at the scan."""
        super().refuse(Refused(refused.message, field="scan" if refused.field == "file" else refused.field))
