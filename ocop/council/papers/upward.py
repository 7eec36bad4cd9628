"""What goes up with a dossier: the letter, the record of the hand-over, the list of what the package holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ocop.council.models import Result
from ocop.council.papers.head import day_words, head_signs, head_values, office_head
from ocop.council.queries.package import Enclosed, PartState
from ocop.dossiers.queries import regime_of
from ocop.paperwork.rules import Composed, Stamp
from ocop.regime.rules import Level
from ocop.ui.papers import points_text
from ocop.ui.papers.document import Document, Heading, Signatures, Signed, Table, Text, Title, To

ENCLOSED = {"files": "Bản điện tử", "paper": "Bản giấy", "": "Không"}


def compose_forwarding_letter(
    result: Result,
    *,
    above: Level,
    parts: Sequence[PartState],
    samples: int,
    codes: Sequence[str],
    signer: str,
    late: str,
    stamp: Stamp,
) -> Composed:
    """The letter that sends a dossier and its samples to the next level (QĐ 26/2026 Art. 6, 7.3e)."""
    registration = result.hearing.dossier.registration
    programme, session = registration.batch.programme, result.hearing.session
    about = f"chuyển hồ sơ và mẫu sản phẩm đề nghị đánh giá, phân hạng OCOP {above.name}"
    head = office_head(programme, stamp, about=about)
    opening = (
        f"Thực hiện {programme.title}, {session.council.name} đã đánh giá sản phẩm dưới đây "
        f"{day_words(session.held_on)}. {_article(result)}"
    )
    request = f"{programme.lead_office} kính chuyển hồ sơ và mẫu sản phẩm, đề nghị {above.council} xem xét, đánh giá./."
    blocks = (
        head,
        To(names=(above.council,)),
        Text(text=opening),
        Heading(text="1. Sản phẩm đề nghị đánh giá"),
        Table(
            head=("TT", "Tên sản phẩm", "Mã sản phẩm", "Chủ thể", "Số điểm", "Số mẫu"),
            rows=(
                (
                    "1",
                    registration.product.name,
                    registration.code,
                    registration.product.subject.name,
                    points_text(result.mean),
                    f"{samples:02d}",
                ),
            ),
            widths=(10, 0, 43, 40, 17, 15),
            aligns=("center", "left", "left", "left", "right", "center"),
        ),
        *((Text(text=f"Mã mẫu: {', '.join(codes)}."),) if codes else ()),
        Heading(text="2. Thành phần hồ sơ gửi kèm"),
        _parts_table(parts),
        *((Text(text=f"Hồ sơ chuyển sau ngày hạn của đợt vì: {late}."),) if late else ()),
        Text(text=request),
        Signatures(cells=(head_signs(signer),), recipients=("Như trên", "Lưu: VT")),
    )
    return Composed(
        document=Document(title=f"Công văn {about}", author=programme.lead_office, blocks=blocks),
        values={
            **head_values(head),
            "noi_nhan": above.council,
            "mo_dau": opening,
            "de_nghi": request,
            "san_pham": registration.product.name,
            "ma_san_pham": registration.code,
            "chu_the": registration.product.subject.name,
            "diem": points_text(result.mean),
            "so_mau": str(samples),
            "ma_mau": ", ".join(codes),
            "ly_do_muon": late,
            "nguoi_ky": signer,
            "thanh_phan": [
                {"phan": part.name, "phan_kem": ENCLOSED[part.enclosed], "phan_so_tep": str(len(part.files))}
                for part in parts
            ],
        },
    )


def compose_handover(
    result: Result,
    *,
    above: Level,
    parts: Sequence[PartState],
    samples: int,
    codes: Sequence[str],
    letter_number: str,
    handed_on: date,
    handed_by: str,
    received_by: str,
    package_sha256: str,
    stamp: Stamp,
) -> Composed:
    """The record of the hand-over: who gave what to whom, with the checksum of the package."""
    registration = result.hearing.dossier.registration
    programme = registration.batch.programme
    head = office_head(programme, stamp)
    kept = f"Gói điện tử có mã kiểm tra SHA-256: {package_sha256}." if package_sha256 else "Không có gói điện tử."
    blocks = (
        head,
        Title(kind="Biên bản", about="Bàn giao hồ sơ và mẫu sản phẩm đề nghị đánh giá, phân hạng OCOP", ruled=True),
        Text(text=f"{day_words(handed_on).capitalize()}, hai bên cùng bàn giao:"),
        Text(text=f"Bên giao: {programme.lead_office}, người giao: {handed_by}."),
        Text(text=f"Bên nhận: {above.council}, người nhận: {received_by}."),
        Heading(text="1. Sản phẩm và mẫu"),
        Text(
            text=f"{registration.product.name} (mã {registration.code}) của {registration.product.subject.name}: "
            f"{samples:02d} mẫu" + (f", mã mẫu {', '.join(codes)}." if codes else ".")
        ),
        Heading(text=f"2. Hồ sơ kèm Công văn số {letter_number}"),
        _parts_table(parts),
        Text(text=f"{kept} Mở gói, chạy “sha256sum -c MANIFEST.txt” để kiểm tra từng tệp."),
        Text(text="Biên bản lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản./."),
        Signatures(
            cells=(
                Signed(lines=("BÊN NHẬN",), note="(Ký, ghi rõ họ tên)", name=received_by),
                Signed(lines=("BÊN GIAO",), note="(Ký, ghi rõ họ tên)", name=handed_by),
            )
        ),
    )
    return Composed(
        document=Document(
            title=f"Biên bản bàn giao {registration.product.name}", author=programme.lead_office, blocks=blocks
        ),
        values={
            **head_values(head),
            "ngay_giao": day_words(handed_on),
            "ben_nhan": above.council,
            "nguoi_giao": handed_by,
            "nguoi_nhan": received_by,
            "san_pham": registration.product.name,
            "ma_san_pham": registration.code,
            "chu_the": registration.product.subject.name,
            "so_mau": str(samples),
            "ma_mau": ", ".join(codes),
            "so_cong_van": letter_number,
            "ma_goi": package_sha256,
            "thanh_phan": [
                {"phan": part.name, "phan_kem": ENCLOSED[part.enclosed], "phan_so_tep": str(len(part.files))}
                for part in parts
            ],
        },
    )


def index_document(result: Result, files: Sequence[tuple[str, Enclosed, str]]) -> Document:
    """The list of everything in the package: path, what it is, size and checksum."""
    registration = result.hearing.dossier.registration
    return Document(
        title=f"Mục lục gói hồ sơ {registration.product.name}",
        author=registration.batch.programme.lead_office,
        blocks=(
            Title(kind="Mục lục gói hồ sơ", about=f"{registration.product.name} ({registration.code})"),
            Text(text=f"Chủ thể: {registration.product.subject.name}, {registration.product.subject.unit}."),
            Table(
                head=("TT", "Tệp", "Nội dung", "Mã kiểm tra (16 ký tự đầu)"),
                rows=tuple(
                    (str(number), path, row.title, sha256[:16])
                    for number, (path, row, sha256) in enumerate(files, start=1)
                ),
                widths=(10, 62, 0, 42),
                aligns=("center", "left", "left", "left"),
            ),
            Text(text="Mã kiểm tra đầy đủ của từng tệp ở MANIFEST.txt: mở gói, chạy “sha256sum -c MANIFEST.txt”."),
        ),
    )


def _parts_table(parts: Sequence[PartState]) -> Table:
    return Table(
        head=("TT", "Thành phần", "Gửi kèm", "Số tệp"),
        rows=tuple(
            (str(number), part.name, ENCLOSED[part.enclosed], str(len(part.files)) if part.files else "–")
            for number, part in enumerate(parts, start=1)
        ),
        widths=(10, 0, 32, 18),
        aligns=("center", "left", "center", "center"),
    )


def _article(result: Result) -> str:
    regime = regime_of(result.hearing.dossier)
    cited = regime.consequence("forward")
    return f"Căn cứ {cited.article}, {regime.short_name}." if cited is not None and cited.article else ""
