"""Fields that understand how figures and dates are typed in Vietnam."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from ocop.core.errors import Refused


class PlainWords:
    """Mix-in for forms: what is wrong is said as an officer would say it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = "Chưa điền mục này."

    def refuse(self, refused: Refused) -> None:
        """Show an action's refusal at the field it speaks of, or above the form."""
        field = refused.field if refused.field in self.fields else None  # type: ignore[attr-defined]
        self.add_error(field, refused.message)  # type: ignore[attr-defined]


class Form(PlainWords, forms.Form):
    """The house's form."""


class ModelForm(PlainWords, forms.ModelForm):
    """The house's form over a table."""


class DateField(forms.DateField):
    """A day typed dd/MM/yyyy, of a year that an office can mean.

    The browser's own picker would speak the browser's language.
    """

    YEARS = range(1990, 2101)
    default_error_messages = {
        "invalid": "Ghi ngày dạng 16/09/2024.",
        "year": f"Năm phải từ {YEARS[0]} đến {YEARS[-1]}.",
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"])
        options.setdefault(
            "widget",
            forms.DateInput(
                format="%d/%m/%Y",
                attrs={
                    "inputmode": "numeric",
                    "placeholder": "ngày/tháng/năm",
                    "autocomplete": "off",
                    "class": "short",
                },
            ),
        )
        super().__init__(**options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value.year not in self.YEARS:
            raise forms.ValidationError(self.error_messages["year"], code="year")


class MoneyField(forms.IntegerField):
    """Whole đồng; dots and blanks between thousands are allowed."""

    default_error_messages = {"invalid": "Ghi số đồng tròn, ví dụ 1.200.000."}

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        options.setdefault("localize", False)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.replace(".", "").split()).removesuffix("đ")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


class PointsField(forms.DecimalField):
    """Points typed with a comma or a dot; exact."""

    default_error_messages = {"invalid": "Ghi điểm bằng số, ví dụ 81,5."}

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        options.setdefault("max_digits", 6)
        options.setdefault("decimal_places", 2)
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return str(value).replace(".", ",") if isinstance(value, Decimal) else value


class MultipleFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class MultipleFileField(forms.FileField):
    """Several files at once; cleans to a list. An empty file is the action's to refuse by name, the others are kept."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", MultipleFileInput())
        options.setdefault("allow_empty_file", True)
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if isinstance(data, (list, tuple)) and data:
            return [super(MultipleFileField, self).clean(each, initial) for each in data]
        one = super().clean(data or None, initial)
        return [one] if one else []
