"""Facts of every paper: an ordinary one, and one with the longest names an office meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from ocop.certificates.papers.certificate import CertificateFacts
from ocop.certificates.papers.decision import DecisionFacts, DecisionRow, usual_articles
from ocop.ui.papers import Frame, Signature

# every vowel with every tone, and đ
ALPHABET = (
    "aàảãáạăằẳẵắặâầẩẫấậ eèẻẽéẹêềểễếệ iìỉĩíị oòỏõóọôồổỗốộơờởỡớợ uùủũúụưừửữứự yỳỷỹýỵ đ "
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬ EÈẺẼÉẸÊỀỂỄẾỆ IÌỈĨÍỊ OÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢ UÙỦŨÚỤƯỪỬỮỨỰ YỲỶỸÝỴ Đ"
)
LONG_PRODUCT = (
    "Bộ quà tặng mỳ gạo Chũ ngũ sắc đặc biệt làm từ gạo bao thai hồng, gấc nếp, lá dứa, hoa đậu biếc và "
    "nghệ vàng hữu cơ của đồng bào vùng cao, hộp giấy tái chế 1.200 gam"
)
LONG_SUBJECT = (
    "Hợp tác xã sản xuất, chế biến, tiêu thụ nông sản sạch và dịch vụ du lịch cộng đồng thanh niên, phụ nữ "
    "các dân tộc thiểu số vùng hồ Cấm Sơn và lòng chảo Phượng Sơn"
)
LONG_ADDRESS = (
    "Số 1234 đường Hoàng Quốc Việt kéo dài, tổ dân phố Nguyễn Thị Minh Khai 2, phường Bắc Giang, tỉnh Bắc Ninh "
    "(trước là xã Dĩnh Trì, thành phố Bắc Giang)"
)
CHECK_URL = "https://saolang.bacninh.gov.vn/kiem-tra/24-07210-3-2026-K7QX9M"

PROVINCE = Frame(
    parent="",
    issuer="Ủy ban nhân dân tỉnh Bắc Ninh",
    number="3981/QĐ-UBND",
    place="Bắc Ninh",
    signed_on=date(2026, 8, 5),
    signature=Signature(lines=("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"), name="Nguyễn Thị Hường"),
    recipients=(
        "Như Điều 3",
        "Bộ Nông nghiệp và Môi trường (để báo cáo)",
        "Chủ tịch, các Phó Chủ tịch UBND tỉnh",
        "Lưu: VT, KTN",
    ),
)
CERTIFICATE = CertificateFacts(
    frame=replace(
        PROVINCE,
        issuer="Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh",
        number="12/2026/GCN-OCOP",
        signature=Signature(lines=("KT. Chủ tịch", "Phó Chủ tịch"), name="Nguyễn Thị Hường"),
    ),
    name="Giấy chứng nhận kết quả phân hạng sản phẩm OCOP",
    product="Bánh đa Kế",
    product_code="24-07210-3-2026",
    group="Thực phẩm: Chế biến từ gạo, ngũ cốc",
    subject="Hợp tác xã Bánh đa Kế Dĩnh Kế",
    address="Phường Bắc Giang, tỉnh Bắc Ninh",
    star=4,
    decision_number="3981/QĐ-UBND",
    decision_on=date(2026, 8, 5),
    valid_from=date(2026, 8, 5),
    valid_to=date(2029, 8, 5),
    check_url=CHECK_URL,
)
LONG_CERTIFICATE = replace(
    CERTIFICATE,
    frame=replace(
        CERTIFICATE.frame,
        signature=Signature(
            lines=("KT. Bộ trưởng Bộ Nông nghiệp và Môi trường", "Thứ trưởng"), name="Công Tằng Tôn Nữ Thị Huyền Trân"
        ),
    ),
    product=LONG_PRODUCT,
    subject=LONG_SUBJECT,
    address=LONG_ADDRESS,
    group="Dược liệu và sản phẩm từ dược liệu: Thực phẩm chức năng, thuốc từ dược liệu, thuốc Y học cổ truyền",
    star=5,
)


def decision_facts(products: int, *, number: str = "3981/QĐ-UBND") -> DecisionFacts:
    rows = tuple(
        DecisionRow(
            product=LONG_PRODUCT if i % 5 == 4 else f"Mỳ gạo Chũ số {i + 1}",
            product_code=f"24-07210-{i + 1}-2026",
            subject=LONG_SUBJECT if i % 5 == 3 else "HTX Sản xuất mỳ Xuân Trường",
            address=LONG_ADDRESS if i % 7 == 6 else "Phường Chũ, tỉnh Bắc Ninh",
            points=Fraction(500 + 3 * i, 7),
            star=4 if i % 3 else 3,
        )
        for i in range(products)
    )
    return DecisionFacts(
        frame=replace(PROVINCE, number=number, signed_on=None if number.startswith("/") else PROVINCE.signed_on),
        about="công nhận kết quả đánh giá, phân hạng sản phẩm OCOP tỉnh Bắc Ninh đợt 1 năm 2026",
        authority="Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh",
        bases=(
            "Căn cứ Luật Tổ chức chính quyền địa phương",
            (
                "Căn cứ Quyết định số 26/2026/QĐ-TTg của Thủ tướng Chính phủ ban hành Bộ tiêu chí và quy trình "
                "đánh giá, phân hạng sản phẩm Chương trình Mỗi xã một sản phẩm;"
            ),
            (
                "Theo đề nghị của Giám đốc Sở Nông nghiệp và Môi trường tại Tờ trình số 215/TTr-SNNMT "
                "ngày 30 tháng 7 năm 2026"
            ),
        ),
        articles=usual_articles(
            rows,
            place="tỉnh Bắc Ninh",
            valid_months=36,
            executors="Chánh Văn phòng UBND tỉnh; Giám đốc Sở Nông nghiệp và Môi trường; Chủ tịch UBND các xã, phường; "
            "các chủ thể có tên tại Phụ lục",
        ),
        rows=rows,
    )
