"""Facts of every paper: an ordinary one, and one with the longest names an office meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

from ocop.certificates.papers.certificate import CertificateFacts
from ocop.certificates.papers.decision import DecisionFacts, DecisionRow, usual_articles
from ocop.council.papers.forwarding_letter import ForwardedProduct, ForwardingFacts, PackagePart
from ocop.council.papers.minutes import Attendee, HeardProduct, MinutesFacts
from ocop.council.papers.result_letter import MissedMinimum, PartPoints, ResultLetterFacts, WorthRaising
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
COUNCIL = replace(
    PROVINCE,
    parent="Ủy ban nhân dân tỉnh Bắc Ninh",
    issuer="Hội đồng đánh giá, phân hạng sản phẩm OCOP",
    number="7/BB-HĐ",
    signature=Signature(lines=("Chủ tịch Hội đồng",), name="Lê Ô Pích"),
    recipients=("Như trên", "Lưu: VT, HĐ"),
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


RESULT_LETTER = ResultLetterFacts(
    frame=replace(COUNCIL, number="/TB-HĐ"),
    subject="Hợp tác xã Bánh đa Kế Dĩnh Kế",
    product="Bánh đa Kế",
    product_code="24-07210-3-2026",
    council="Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh Bắc Ninh",
    evaluated_on=date(2026, 6, 16),
    outcome="recognise",
    authority="Chủ tịch Ủy ban nhân dân tỉnh Bắc Ninh",
    least_for_certificate=50,
    mean=Fraction(629, 9),
    star=3,
    parts=(
        PartPoints(code="A", name="Sản phẩm và sức mạnh cộng đồng", points=Fraction(31), max=40),
        PartPoints(code="B", name="Khả năng tiếp thị", points=Fraction(143, 9), max=25),
        PartPoints(code="C", name="Chất lượng sản phẩm", points=Fraction(207, 9), max=35),
    ),
    missed=(
        MissedMinimum(criterion="3.5 Sở hữu trí tuệ", star=4, needs=Fraction(2), has=Fraction(13, 9)),
        MissedMinimum(criterion="9 Đảm bảo chất lượng sản phẩm", star=4, needs=Fraction(3), has=Fraction(2)),
    ),
    worth_raising=(
        WorthRaising(criterion="4.1 Khu vực phân phối chính", has=Fraction(2), max=5),
        WorthRaising(criterion="9 Đảm bảo chất lượng sản phẩm", has=Fraction(2), max=5),
    ),
    next_steps=(
        "Giữ lại các tài liệu minh chứng và phiếu kiểm nghiệm để cập nhật khi đánh giá lại.",
        "Nếu muốn nâng hạng, nộp hồ sơ nâng hạng tại UBND phường vào đợt sau.",
    ),
    contact="Bà Trần Thị Ngọc Ánh, phòng Kinh tế, Hạ tầng và Đô thị phường Bắc Giang, điện thoại 0204 3855 555.",
)

FORWARDING = ForwardingFacts(
    frame=replace(
        PROVINCE, number="412/UBND-KTN", recipients=("Như trên", "Sở Nông nghiệp và Môi trường", "Lưu: VT, KTN")
    ),
    about="đề nghị đánh giá, phân hạng sản phẩm OCOP 5 sao đợt 1 năm 2026",
    to="Bộ Nông nghiệp và Môi trường",
    opening="Thực hiện Quyết định số 26/2026/QĐ-TTg, Ủy ban nhân dân tỉnh Bắc Ninh gửi hồ sơ và mẫu sản phẩm sau đây, "
    "đề nghị Bộ tổ chức đánh giá, phân hạng:",
    request="Ủy ban nhân dân tỉnh Bắc Ninh đề nghị Bộ Nông nghiệp và Môi trường xem xét, đánh giá./.",
    parts=(
        PackagePart(name="Báo cáo của Tổ tư vấn", enclosed=True),
        PackagePart(name="Báo cáo của Hội đồng", enclosed=True),
        PackagePart(name="Quyết định phê duyệt kết quả của Chủ tịch UBND tỉnh", enclosed=True, note="3981/QĐ-UBND"),
        PackagePart(name="Hồ sơ sản phẩm", enclosed=True, note="01 bản giấy, 01 bản điện tử"),
        PackagePart(name="Xác nhận kiểm tra, kiểm nghiệm bổ sung (nếu có)", enclosed=False),
    ),
    products=(
        ForwardedProduct(
            product="Mỳ gạo Chũ Xuân Trường",
            product_code="24-07210-1-2026",
            subject="HTX Xuân Trường",
            points=Fraction(733, 8),
            samples=5,
        ),
        ForwardedProduct(
            product=LONG_PRODUCT, product_code="24-07210-12-2026", subject=LONG_SUBJECT, points=Fraction(90), samples=5
        ),
    ),
)

MINUTES = MinutesFacts(
    frame=COUNCIL,
    about="họp Hội đồng đánh giá, phân hạng sản phẩm OCOP tỉnh Bắc Ninh đợt 1 năm 2026",
    form="họp trực tiếp",
    place="Phòng họp số 2, trụ sở UBND tỉnh Bắc Ninh",
    opened_at=datetime(2026, 6, 16, 8, 0),
    closed_at=datetime(2026, 6, 16, 11, 45),
    chair="ông Lê Ô Pích, Phó Chủ tịch UBND tỉnh, Chủ tịch Hội đồng",
    secretary="bà Trần Thị Ngọc Ánh",
    secretary_signature=Signature(lines=("Thư ký",), name="Trần Thị Ngọc Ánh"),
    quorum="Có mặt 7 trên 9 thành viên, gồm Chủ tịch Hội đồng; Quy chế yêu cầu ít nhất 75 %: đủ điều kiện họp.",
    attendance=tuple(
        Attendee(
            name=f"Nguyễn Văn {name}",
            role="Chủ tịch" if i == 0 else "Ủy viên",
            organisation="Sở Nông nghiệp và Môi trường" if i % 2 else "Sở Văn hóa, Thể thao và Du lịch",
            present=i < 7,
            note="" if i < 7 else "có lý do",
        )
        for i, name in enumerate(("An", "Bình", "Cường", "Dũng", "Đức", "Giang", "Hà", "Khuê", "Ưng"))
    ),
    products=tuple(
        HeardProduct(
            product=LONG_PRODUCT if i == 1 else f"Bánh đa Kế số {i + 1}",
            product_code=f"24-07210-{i + 1}-2026",
            subject=LONG_SUBJECT if i == 2 else "HTX Dĩnh Kế",
            sheets=7,
            mean=None if i == 3 else Fraction(500 + i, 7),
            spread=None if i == 3 else Fraction(6),
            star=None if i == 3 else 4,
            outcome="Loại: giả mạo hồ sơ" if i == 3 else "Đề nghị công nhận 4 sao",
            trace=(
                f"Bảy phiếu hợp lệ: tổng {500 + i} điểm, trung bình {500 + i}/7.",
                "Chênh lệch lớn nhất giữa các phiếu là 6 điểm, Quy chế cho phép 10 điểm.",
                "Từ 70 đến dưới 90 điểm là ★★★★; các yêu cầu tối thiểu của 4 sao đều đạt (≥).",
            ),
        )
        for i in range(12)
    ),
    conclusions=("Hội đồng thống nhất trình Chủ tịch UBND tỉnh công nhận 11 sản phẩm đạt 4 sao.",),
)
