"""Forms of the wallet: what stands on a paper, and the paper itself."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.urls import reverse

from ocop.core.errors import Refused
from ocop.files.rules import ACCEPT, keys_in
from ocop.rubric.queries import paper_kinds
from ocop.ui.forms import DateField, Form, MultipleFileField, MultipleFileInput
from ocop.wallet.rules import faults

MOST_FILES = 40  # pages of one paper
MOST_PAPERS_AT_ONCE = 60


class FilesForm(Form):
    """Files of one paper or of many: photographed, chosen, or held since an earlier try."""

    papers = MultipleFileField(
        label="Ảnh hoặc tệp",
        required=False,
        help_text=f"Ảnh chụp, PDF, Word, Excel nhẹ hơn {settings.OCOP_MAX_FILE_MB} MB; ghi âm, phim nhẹ hơn "
        f"{settings.OCOP_MAX_MEDIA_MB} MB. Ảnh tự thu nhỏ trên máy.",
        widget=MultipleFileInput(attrs={"accept": ACCEPT, "aria-label": "Chọn từ máy"}),
    )
    photos = MultipleFileField(
        label="Chụp ảnh",
        required=False,
        widget=MultipleFileInput(attrs={"accept": "image/*", "capture": "environment", "aria-label": "Chụp ảnh"}),
    )
    most = MOST_PAPERS_AT_ONCE

    def sent(self) -> list[Any]:
        """The files that came with the form itself."""
        return [*self.files.getlist("photos"), *self.files.getlist("papers")]

    def refuse(self, refused: Refused) -> None:
        """Show an action's refusal at the field it speaks of: that of a file at the files."""
        super().refuse(Refused(refused.message, field="papers" if refused.field == "file" else refused.field))

    def held_keys(self) -> list[UUID]:
        """The uploads that the page says it holds, in their order; what is no key is left out."""
        return keys_in(self.data.getlist("uploads") if self.is_bound else [])  # type: ignore[attr-defined]


class RenewForm(FilesForm):
    """The newer version of a paper: its file, number, issuer and dates."""

    number = forms.CharField(label="Số giấy", required=False, max_length=80)
    issuer = forms.CharField(label="Nơi cấp", required=False, max_length=200)
    issued_on = DateField(label="Ngày cấp", required=False)
    expires_on = DateField(label="Ngày hết hạn", required=False, help_text="Để trống nếu giấy không ghi hạn.")
    most = MOST_FILES

    def __init__(self, *args: Any, day: date, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day, self.known_kind = day, kind

    def clean(self) -> dict[str, Any]:
        """Every fault of the paper at its own field, not one after another."""
        cleaned = super().clean() or {}
        kind = paper_kinds().get(cleaned.get("kind", self.known_kind))
        said = {field: cleaned.get(field) for field in ("issued_on", "expires_on")}
        for field, message in faults(kind, number=cleaned.get("number", ""), **said, day=self.day).items():
            if field not in self.errors:
                self.add_error(field, message)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What was typed, without the files."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"papers", "photos"}}


class PaperForm(RenewForm):
    """A paper: what it is, and everything that stands on it."""

    kind = forms.ChoiceField(label="Loại giấy", required=False)
    title = forms.CharField(
        label="Tên gọi",
        required=False,
        max_length=200,
        help_text="Để trống thì lấy tên loại giấy. Nhiều giấy cùng loại thì ghi cho rõ, ví dụ “Hợp đồng với siêu thị”.",
    )
    field_order = ["papers", "photos", "kind", "title", "number", "issuer", "issued_on", "expires_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(paper_kinds().values(), key=lambda kind: kind.name)
        field = self.fields["kind"]
        field.choices = [("", "Chưa rõ, ghi sau"), *((kind.code, kind.name) for kind in kinds)]  # type: ignore[attr-defined]
        field.widget.attrs.update(
            {"hx-get": reverse("wallet:kind-hint"), "hx-target": "#kind-hint", "hx-trigger": "change"}
        )


class CorrectForm(PaperForm):
    """What stands on a paper, without its file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["papers"], self.fields["photos"]
