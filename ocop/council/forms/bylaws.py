"""The form of the bylaws: every rule here is one that the law leaves to the council."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from ocop.council.states import NumbersSeen, ReopenedBy
from ocop.ui.forms import Form, PointsField

LEFT_TO_BYLAWS = "Luật không quy định, do Quy chế."


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
    numbers_seen = forms.ChoiceField(
        label="Thành viên thấy tổng điểm các phiếu khác (không kèm tên)",
        choices=NumbersSeen.choices,
        initial=NumbersSeen.CLOSING,
        widget=forms.RadioSelect,
        help_text=f"Thấy muộn thì không ai chấm theo ai. {LEFT_TO_BYLAWS}",
    )
    reopened_by = forms.ChoiceField(
        label="Ai được mở lại phiếu đã nộp",
        choices=ReopenedBy.choices,
        initial=ReopenedBy.CHAIR_OR_SECRETARY,
        widget=forms.RadioSelect,
        help_text=f"Mở lại phải ghi lý do; phiếu đã nộp được giữ nguyên bên bản mới. {LEFT_TO_BYLAWS}",
    )
    blind_tasting = forms.BooleanField(
        label="Nếm mẫu đã mã hóa",
        required=False,
        help_text=(
            "Thực phẩm, đồ uống: các tiêu chí cảm quan chấm theo mẫu mang mã ba chữ số, mở mã khi phiếu đã đóng. "
            + LEFT_TO_BYLAWS
        ),
    )
    appeal_days = forms.IntegerField(
        label="Thời hạn chủ thể gửi kiến nghị (ngày)",
        min_value=1,
        max_value=365,
        initial=10,
        help_text=f"Tính từ ngày thông báo kết quả. {LEFT_TO_BYLAWS}",
    )
    answer_days = forms.IntegerField(
        label="Thời hạn trả lời kiến nghị (ngày làm việc)",
        min_value=1,
        max_value=365,
        initial=10,
        help_text=f"Tính từ ngày nhận kiến nghị. {LEFT_TO_BYLAWS}",
    )
