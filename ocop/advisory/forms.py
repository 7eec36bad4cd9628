"""Shapes of what the team and its office type."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet

from ocop.accounts.models import User
from ocop.advisory.actions import AdviceDraft, QuestionDraft, TeamSeatDraft
from ocop.advisory.actions.assigning import MOST_REVIEWERS
from ocop.advisory.actions.reviewing import LONGEST_ADVICE
from ocop.advisory.models import SurveyNote, TeamSeat
from ocop.advisory.queries import NONE_REACHED, team_levels
from ocop.advisory.states import SurveyVerdict, TeamRole
from ocop.core.pages import whole
from ocop.intake.actions import NoteDraft, PhotoDraft
from ocop.intake.actions.fieldwork import note_from
from ocop.places.models import Unit
from ocop.rubric.rules import CriteriaSet
from ocop.ui.forms import DateField, Form, MultipleFileField, MultipleFileInput

SEAT_PREFIX, EMPTY_QUESTIONS = "ghe", 6
NOT_SAID = "-"  # an option that was not advised on, in a list of options


class TeamForm(Form):
    """A team as its decision names it; the seats are a form set of their own."""

    unit = forms.ModelChoiceField(label="Đơn vị", queryset=Unit.objects.none(), empty_label=None)
    level = forms.ChoiceField(label="Giúp việc cho Hội đồng", help_text="Theo quy định mà chương trình áp dụng.")
    name = forms.CharField(label="Tên Tổ", max_length=200, help_text="Ví dụ: Tổ tư vấn Hội đồng OCOP thành phố.")
    decision_number = forms.CharField(
        label="Số quyết định thành lập", max_length=60, help_text="Ghi như trên văn bản, ví dụ 1521/QĐ-UBND."
    )
    decided_on = DateField(label="Ngày quyết định")
    term_from = DateField(label="Làm việc từ ngày", required=False)
    term_to = DateField(label="Đến hết ngày", required=False)

    def __init__(self, *args: Any, units: Collection[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])  # type: ignore[attr-defined]
        self.fields["unit"].initial = next(iter(units), None)
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
        self.fields["level"].choices = team_levels(units)  # type: ignore[attr-defined]


class TeamSeatForm(Form):
    """One seat; a row without a person is left out."""

    user = forms.ModelChoiceField(label="Người", queryset=User.objects.none(), required=False, empty_label="Chọn người")
    role = forms.ChoiceField(label="Vai trò", choices=TeamRole.choices, initial=TeamRole.MEMBER, required=False)
    organisation = forms.CharField(label="Cơ quan", max_length=160, required=False)
    field = forms.CharField(label="Chuyên môn", max_length=200, required=False)
    sectors = forms.MultipleChoiceField(
        label="Nhóm sản phẩm am hiểu (không chọn: mọi nhóm)",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: QuerySet[User], sectors: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        self.fields["sectors"].choices = [(sector, sector.capitalize()) for sector in sectors]  # type: ignore[attr-defined]

    @property
    def draft(self) -> TeamSeatDraft:
        """The seat as typed."""
        return TeamSeatDraft(**{name: self.cleaned_data[name] for name in TeamSeatForm.base_fields})


class SeatAddForm(TeamSeatForm):
    """One more person for a team, by a document."""

    document = forms.CharField(
        label="Văn bản bổ sung thành viên", max_length=100, help_text="Ví dụ 1602/QĐ-UBND ngày 12/09/2024."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].required = self.fields["role"].required = True


class SeatEndForm(Form):
    """A seat ends, by a document."""

    document = forms.CharField(label="Văn bản thôi thành viên", max_length=100)


TeamSeatFormSet = forms.formset_factory(TeamSeatForm, extra=5, max_num=30, absolute_max=30)


def seat_rows(people: QuerySet[User], sectors: Sequence[str], typed: Mapping[str, Any] | None = None) -> Any:
    """The rows of a team's seats, empty or as typed."""
    return TeamSeatFormSet(typed, prefix=SEAT_PREFIX, form_kwargs={"people": people, "sectors": sectors})


class EvenForm(Form):
    """How many people look at each of the dossiers chosen."""

    each = forms.TypedChoiceField(
        label="Mỗi hồ sơ giao cho",
        coerce=int,
        choices=[(number, f"{number} người") for number in range(1, MOST_REVIEWERS + 1)],
    )


class GiveForm(Form):
    """One dossier to one person, with the reason."""

    seat = forms.ModelChoiceField(label="Giao cho", queryset=TeamSeat.objects.none(), empty_label="Chọn thành viên")
    reason = forms.CharField(label="Lý do", max_length=500)

    def __init__(self, *args: Any, seats: QuerySet[TeamSeat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]


class TakeBackForm(Form):
    """A dossier taken away from a person, with the reason."""

    reason = forms.CharField(label="Lý do rút hồ sơ", max_length=500)


class TestForm(Form):
    """An extra test that the team asks for."""

    what = forms.CharField(
        label="Cần kiểm nghiệm gì",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Chỉ tiêu và vì sao, ví dụ: dư lượng thuốc bảo vệ thực vật, phiếu trong hồ sơ đã quá 12 tháng.",
    )
    laboratory = forms.CharField(label="Phòng kiểm nghiệm", max_length=200, required=False)


class PlanForm(Form):
    """A survey to be made; the questions are rows of their own."""

    place = forms.CharField(label="Nơi khảo sát", max_length=200, required=False, help_text="Cơ sở, vùng trồng, kho…")
    planned_on = DateField(label="Ngày đi", required=False)

    def __init__(
        self, *args: Any, criteria_set: CriteriaSet, proposed: Sequence[Mapping[str, str]] = (), **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.codes = [(code, f"{code} {each.name}") for code, each in criteria_set.criteria.items()]
        self.proposed = list(proposed)

    @property
    def questions(self) -> list[QuestionDraft]:
        """The questions typed."""
        return [
            QuestionDraft(text=row["text"], criterion=row["criterion"]) for row in self.typed if row["text"].strip()
        ]

    @property
    def typed(self) -> list[dict[str, str]]:
        """The rows as typed."""
        data: Any = self.data
        texts, codes = data.getlist("question"), data.getlist("criterion")
        codes += [""] * (len(texts) - len(codes))
        return [{"text": text, "criterion": code} for text, code in zip(texts, codes, strict=False)]

    @property
    def rows(self) -> list[Mapping[str, str]]:
        """The rows typed or proposed, and empty ones to type on."""
        shown: list[Mapping[str, str]] = [
            row for row in (self.typed if self.is_bound else self.proposed) if row["text"].strip()
        ]
        empty: Mapping[str, str] = {"text": "", "criterion": ""}
        return [*shown, *(empty for _ in range(max(2, EMPTY_QUESTIONS - len(shown))))]


class SurveyForm(Form):
    """The whole page of a survey: a verdict, words and photos on every question, and the conclusion."""

    use_required_attribute = False

    note = forms.CharField(
        label="Kết luận khảo sát", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, questions: Sequence[Mapping[str, str]], kept: Mapping[str, SurveyNote], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            code, note = question["code"], kept.get(question["code"])
            self.fields |= {
                f"verdict-{code}": forms.ChoiceField(
                    label="Kết luận",
                    choices=SurveyVerdict.choices,
                    required=not self.is_bound,  # not "(if any)" on the page; a half-written note is saved all the same
                    widget=forms.RadioSelect,
                    initial=note.verdict if note else None,
                ),
                f"content-{code}": forms.CharField(
                    label="Ghi nhận",
                    required=False,
                    max_length=5000,
                    widget=forms.Textarea(attrs={"rows": 3}),
                    initial=note.text if note else "",
                ),
                f"asked-{code}": forms.CharField(
                    label="Đã hỏi ai", required=False, max_length=300, initial=note.asked if note else ""
                ),
                f"place-{code}": forms.CharField(
                    label="Ở đâu", required=False, max_length=200, initial=note.place if note else ""
                ),
                f"camera-{code}": _photos("Chụp ảnh", capture="environment"),
                f"photos-{code}": _photos("Chọn ảnh"),
            }

    @property
    def notes(self) -> list[NoteDraft]:
        """The notes typed, each on the revision that the page was opened on."""
        return [
            note_from(self.data, question["code"], suffix=f"-{question['code']}", key=uuid4())
            for question in self.questions
            if f"content-{question['code']}" in self.data
        ]

    @property
    def photos(self) -> list[PhotoDraft]:
        """The photos chosen."""
        return [
            PhotoDraft(content=question["code"], key=uuid4(), upload=upload)
            for question in self.questions
            for way in ("camera", "photos")
            for upload in self.cleaned_data.get(f"{way}-{question['code']}") or ()
        ]


class ReportForm(Form):
    """The team's report: its advice on every criterion, drafted from the reviews, its judgement and proposal."""

    conclusion = forms.CharField(label="Nhận định chung", max_length=10000, widget=forms.Textarea(attrs={"rows": 6}))
    proposal = forms.CharField(
        label="Đề xuất với Chủ tịch Hội đồng",
        required=False,
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ví dụ: yêu cầu bổ sung, kiểm nghiệm, điểm cần hỏi chủ thể tại phiên. Không ghi điểm, không ghi sao.",
    )
    reason = forms.CharField(label="Lý do lập bản mới", max_length=500)
    number = forms.CharField(
        label="Số báo cáo",
        required=False,
        max_length=60,
        help_text="Để trống thì lấy số tiếp theo trong sổ của đơn vị.",
    )
    signed_on = DateField(label="Ngày ký", required=False, help_text="Để trống là hôm nay.")

    def __init__(
        self,
        *args: Any,
        criteria_set: CriteriaSet,
        drafted: Mapping[str, tuple[str, str]],
        first: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["reason"]
        self.codes = list(criteria_set.criteria)
        for code, criterion in criteria_set.criteria.items():
            options = [(str(place), option.label) for place, option in enumerate(criterion.options, start=1)]
            place, words = drafted.get(code, ("", ""))
            self.fields[f"choice-{code}"] = forms.ChoiceField(
                label="Mức Tổ đề xuất",
                choices=[("", "Chọn"), *options, ("0", NONE_REACHED), (NOT_SAID, "Chưa kết luận được")],
                initial=place,
                error_messages={"required": "Chọn mức Tổ đề xuất, hoặc “Chưa kết luận được” và ghi lý do."},
            )
            self.fields[f"note-{code}"] = forms.CharField(
                label="Ý kiến của Tổ",
                required=False,
                max_length=LONGEST_ADVICE,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=words,
            )

    @property
    def advice(self) -> dict[str, AdviceDraft]:
        """The team's advice as typed."""
        return {
            code: AdviceDraft(place=whole(self.cleaned_data[f"choice-{code}"]), words=self.cleaned_data[f"note-{code}"])
            for code in self.codes
        }


def _photos(way: str, **attrs: str) -> MultipleFileField:
    widget = MultipleFileInput(attrs={"accept": "image/*", "aria-label": way, **attrs})
    return MultipleFileField(label="Ảnh chụp", required=False, widget=widget)
