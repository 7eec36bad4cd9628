"""Realistic content for the style guide; made up, of no office and no producer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django import forms
from django.templatetags.static import static

from ocop.ui.forms import DateField, Form, MoneyField, MultipleFileField

DAY = date(2024, 9, 16)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class SampleForm(Form):
    """A registration as the guide shows it."""

    product = forms.CharField(
        label="Tên sản phẩm", help_text="Như ghi trên nhãn, ví dụ: Mật ong hoa vải.", max_length=80
    )
    group = forms.ChoiceField(
        label="Nhóm sản phẩm",
        choices=[("", "Chọn nhóm"), ("1", "Thực phẩm thô, sơ chế"), ("2", "Thực phẩm chế biến"), ("3", "Đồ uống")],
    )
    sold_from = DateField(label="Bán ra thị trường từ ngày", required=False)
    revenue = MoneyField(label="Doanh thu năm trước (đồng)", help_text="Ghi số tròn, ví dụ 1.200.000.000.")
    kind = forms.ChoiceField(
        label="Chủ thể là",
        widget=forms.RadioSelect,
        choices=[("htx", "Hợp tác xã"), ("dn", "Doanh nghiệp"), ("hkd", "Hộ kinh doanh")],
    )
    story = forms.CharField(label="Câu chuyện sản phẩm", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    papers = MultipleFileField(
        label="Giấy tờ minh chứng", help_text="Ảnh hoặc PDF, mỗi tệp tối đa 25 MB.", required=False
    )
    true = forms.BooleanField(label="Tôi cam đoan nội dung trên là đúng")


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2024, 9, day, hour, minute, tzinfo=ZONE)


def _criterion(
    code: str, title: str, legal: str, most: str, options: list[tuple[object, ...]], **more: object
) -> dict[str, object]:
    keys = ("value", "label", "points", "star_min", "supported")
    return {
        "code": code,
        "title": title,
        "legal": legal,
        "max": Fraction(most),
        "options": [dict(zip(keys, (str(n), *option), strict=False)) for n, option in enumerate(options, 1)],
        **more,
    }


def _criteria() -> list[dict[str, object]]:
    return [
        _criterion(
            "1.1",
            "Nguồn nguyên liệu",
            "Tỷ lệ nguyên liệu có nguồn gốc trong tỉnh dùng để làm ra sản phẩm.",
            "3",
            [
                ("Dưới 50 % nguyên liệu trong tỉnh", Fraction(1), None, False),
                ("Từ 50 % đến dưới 75 %", Fraction(2), 3, False),
                ("Từ 75 % trở lên, có hợp đồng liên kết", Fraction(3), 4, True),
            ],
            chosen="3",
            note="Đã đối chiếu 12 hợp đồng với hộ nuôi.",
            evidence=[{"name": "Hợp đồng liên kết 2024.pdf", "url": "#minh-chung"}],
        ),
        _criterion(
            "2.4",
            "Bảo vệ môi trường trong sản xuất",
            "Có hồ sơ môi trường theo quy định và biện pháp thu gom, xử lý chất thải.",
            "5",
            [
                ("Có cam kết, chưa có minh chứng triển khai", Fraction(1), None, False),
                ("Có minh chứng thu gom và xử lý chất thải", Fraction(7, 2), 3, False),
                ("Có minh chứng và sử dụng phụ phẩm cho sản xuất", Fraction(5), 5, False),
            ],
        ),
    ]


def guide() -> dict[str, object]:
    """Everything `ui/guide.html` shows."""
    wrong = SampleForm({"product": "", "group": "", "revenue": "một tỷ", "kind": "htx"})
    wrong.is_valid()
    criteria = _criteria()
    return {
        "guide_day": DAY,
        "due_dates": [DAY + timedelta(days=days) for days in (9, 2, 0, -3)],
        "working_days": 4,
        "tones": [
            ("draft", "Nháp"),
            ("wait", "Đã nộp"),
            ("work", "Đang kiểm tra"),
            ("warn", "Yêu cầu bổ sung"),
            ("good", "Đã duyệt"),
            ("bad", "Trả lại"),
            ("neutral", "Đã rút"),
        ],
        "score": Fraction(244, 3),
        "part_score": Fraction(51, 2),
        "icon_names": ICONS.split(),
        "colours": COLOURS,
        "tasks": [
            {
                "what": "Kiểm tra hồ sơ Mật ong hoa vải",
                "who": "Hợp tác xã Ong Đồi Vải · phường Dĩnh Kế",
                "due": DAY - timedelta(days=3),
                "url": "#viec",
                "action": "Kiểm tra hồ sơ",
                "status": "Đã nộp",
                "status_tone": "wait",
            },
            {
                "what": "Chấm 4 sản phẩm của phiên họp 02",
                "who": "Hội đồng đánh giá, xếp hạng đợt 2/2024",
                "note": "Đã chấm 8 trên 12 sản phẩm.",
                "due": DAY + timedelta(days=2),
                "url": "#viec",
                "action": "Chấm tiếp",
                "status": "Đang chấm",
                "status_tone": "work",
            },
            {
                "what": "Trình dự thảo quyết định công nhận",
                "who": "Phòng Kinh tế",
                "due": DAY + timedelta(days=9),
                "url": "#viec",
                "action": "Xem dự thảo",
            },
        ],
        "rows": [
            {
                "code": "HS-2024-017",
                "product": "Mật ong hoa vải",
                "subject": "Hợp tác xã Ong Đồi Vải",
                "tone": "work",
                "state": "Đang kiểm tra",
                "due": DAY + timedelta(days=9),
                "points": Fraction(244, 3),
                "stars": 4,
            },
            {
                "code": "HS-2024-018",
                "product": "Bánh đa Kế",
                "subject": "Hộ kinh doanh Nguyễn Thị Hoa",
                "tone": "warn",
                "state": "Yêu cầu bổ sung",
                "due": DAY + timedelta(days=2),
                "points": Fraction(129, 2),
                "stars": 3,
            },
            {
                "code": "HS-2024-021",
                "product": "Rượu nếp cái hoa vàng ủ chum sành",
                "subject": "Công ty TNHH Chế biến nông sản và Dịch vụ thương mại Sông Thương",
                "tone": "bad",
                "state": "Trả lại",
                "due": DAY - timedelta(days=3),
                "points": None,
                "stars": 0,
            },
        ],
        "money_rows": [("Kinh phí được giao", 1_614_000_000), ("Đã thanh toán", 842_500_000)],
        "steps": [
            {"label": "Đăng ký", "state": "done", "note": "02/08"},
            {"label": "Nộp hồ sơ", "state": "done", "note": "19/08"},
            {"label": "Kiểm tra", "state": "current", "note": "còn 9 ngày"},
            {"label": "Hội đồng chấm", "state": "todo"},
            {"label": "Công nhận", "state": "todo"},
        ],
        "tabs": [
            {"label": "Cần làm", "url": "#tabs", "active": True, "count": 17},
            {"label": "Đang chờ chủ thể", "url": "#tabs", "count": 4},
            {"label": "Đã xong", "url": "#tabs", "count": 1240},
        ],
        "entries": [
            {
                "when": _at(12, 9, 15),
                "who": "Trần Văn Minh, Phòng Kinh tế",
                "act": "Yêu cầu bổ sung",
                "note": "Phiếu kiểm nghiệm đã hết hạn ngày 01/09/2024; cần phiếu còn hiệu lực.",
                "tone": "warn",
            },
            {"when": _at(10, 14, 2), "who": "Trần Văn Minh, Phòng Kinh tế", "act": "Bắt đầu kiểm tra hồ sơ"},
            {"when": _at(9, 8, 40), "who": "Nguyễn Thị Hoa, chủ thể", "act": "Nộp hồ sơ"},
        ],
        "form": SampleForm(),
        "wrong_form": wrong,
        "uploaded": [
            {"name": "Phiếu kiểm nghiệm 2024.pdf", "url": "#tep", "size": 1_468_006, "note": "Đã gửi 09/09/2024 08:31"},
            {"name": "Ảnh nhãn mặt trước.jpg", "url": "#tep", "size": 684_032, "note": "Đã gửi 09/09/2024 08:33"},
        ],
        "confirm": {
            "title": "Công bố kết quả đợt 2/2024",
            "effects": [
                "Điểm và hạng sao của 12 sản phẩm được khóa lại.",
                "Kết quả hiện trên trang công khai và chủ thể nhận được thông báo.",
            ],
            "to": "11 chủ thể, 8 xã và phường",
            "article": "Điều ghi trong bộ quy định của đợt",
            "number": 12,
            "number_of": "sản phẩm",
            "action": "Công bố kết quả",
            "url": "#xac-nhan",
            "cancel_url": "#xac-nhan",
            "second_person": "Lãnh đạo Phòng Kinh tế",
        },
        "files": [
            {"name": "Ảnh nhãn mặt trước", "url": static("ui/img/logo.svg"), "kind": "image", "size": 684_032},
            {
                "name": "Phiếu kiểm nghiệm số 118",
                "url": static("ui/img/favicon.svg"),
                "kind": "pdf",
                "size": 1_468_006,
                "note": "có giá trị đến 12/12/2024",
            },
        ],
        "criteria": criteria,
        "sheet_total": Fraction(3),
    }


ICONS = (
    "today dossier council certificate plan rules map search menu close check warn clock star upload file image pdf "
    "download print user users exit lock next back up down plus edit trash send chat phone help sun moon calendar "
    "filter leaf eye link"
)
COLOURS = [
    ("rice", "Lúa", "nút chính, liên kết, đã đạt"),
    ("gold", "Sao vàng", "sao, đang chờ, sắp đến hạn"),
    ("brick", "Gạch nung", "quá hạn, trả lại, việc không thu hồi được"),
    ("indigo", "Chàm", "đang làm, ghi chú"),
    ("ink", "Mực", "chữ"),
    ("paper", "Giấy", "nền trang"),
]
