"""The team's report as a paper: its advice by criterion in words, never a sum or a star."""

from __future__ import annotations

from ocop.advisory.models import AdvisoryReport
from ocop.advisory.queries import advice_in
from ocop.advisory.states import TeamRole
from ocop.dossiers.queries import criteria_of, kind_of, regime_of
from ocop.paperwork.rules import Composed, Stamp
from ocop.ui.papers.document import Block, Document, Heading, National, Signatures, Signed, Table, Text, Title, To


def report_paper(report: AdvisoryReport, stamp: Stamp) -> Composed:
    """The report as it is printed, and the same facts by the merge fields of its kind."""
    dossier, team = report.dossier, report.team
    registration = dossier.registration
    product, unit = registration.product, team.unit
    council = regime_of(dossier).level(team.level).council
    rows = _rows(report)
    leads = team.seats.filter(user=report.by, role=TeamRole.LEAD).exists()
    signs = "TỔ TRƯỞNG" if leads else "NGƯỜI LẬP BÁO CÁO"
    blocks: list[Block] = [
        National(
            parent=unit.committee,
            issuer=team.name.upper(),
            number=stamp.number,
            place=unit.bare_name,
            signed_on=stamp.signed_on,
        ),
        Title(kind="Báo cáo", about=f"Ý kiến của {team.name} về hồ sơ sản phẩm “{product.name}”", ruled=True),
        To(names=(f"Chủ tịch {council}",)),
        Text(text=f"Sản phẩm: {product.name} ({kind_of(dossier).name}), mã {registration.code}."),
        Text(text=f"Chủ thể: {product.subject.name}, {product.subject.unit.name}."),
        Text(text=f"Hồ sơ nộp lần {report.submission.number}, dấu vân tay {report.submission.sha256}."),
    ]
    if report.reason:
        blocks.append(Text(text=f"Bản {report.version}, thay bản trước. Lý do: {report.reason}", style="italic"))
    blocks += [
        Heading(text="1. Nhận định chung"),
        *(Text(text=line) for line in report.conclusion.splitlines() if line.strip()),
        Heading(text="2. Ý kiến theo từng tiêu chí"),
        Text(text="Ý kiến để Hội đồng tham khảo; Tổ không chấm điểm và không xếp sao.", style="italic"),
        Table(
            head=("Tiêu chí", "Mức Tổ đề xuất", "Ý kiến"),
            rows=tuple((f"{row['tieu_chi']} {row['ten_tieu_chi']}", row["muc"], row["y_kien"]) for row in rows),
            widths=(52, 52, 0),
            aligns=("left", "left", "left"),
        ),
    ]
    blocks += _surveys(report)
    blocks += _tests(report)
    if report.proposal:
        blocks.append(Heading(text="5. Đề xuất"))
        blocks += [Text(text=line) for line in report.proposal.splitlines() if line.strip()]
    names = [
        f"{each['by']}{' (' + each['organisation'] + ')' if each['organisation'] else ''}" for each in report.reviews
    ]
    blocks.append(Text(text=f"Người xem hồ sơ: {', '.join(names)}."))
    blocks.append(
        Signatures(
            cells=(Signed(lines=("TM. TỔ TƯ VẤN", signs), name=report.by.full_name),),
            recipients=("Như trên;", "Thư ký Hội đồng;", "Lưu: hồ sơ."),
        )
    )
    title = f"Báo cáo của Tổ tư vấn: {product.name}"
    return Composed(
        document=Document(title=title, author=unit.committee, blocks=tuple(blocks)),
        values={
            "co_quan_cap_tren": unit.committee,
            "co_quan": team.name,
            "dia_danh": unit.bare_name,
            "san_pham": product.name,
            "chu_the": product.subject.name,
            "hoi_dong": council,
            "ban": str(report.version),
            "ly_do_thay": report.reason,
            "nhan_dinh": report.conclusion,
            "de_xuat": report.proposal,
            "nguoi_xem": ", ".join(names),
            "nguoi_lap": report.by.full_name,
            "tieu_chi_dong": rows,
        },
    )


def _rows(report: AdvisoryReport) -> list[dict[str, str]]:
    advice = advice_in(report)
    return [
        {
            "tieu_chi": code,
            "ten_tieu_chi": criterion.name,
            "muc": advice[code].option or "Chưa kết luận được",
            "y_kien": advice[code].words,
        }
        for code, criterion in criteria_of(report.dossier).criteria.items()
        if code in advice
    ]


def _surveys(report: AdvisoryReport) -> list[Block]:
    blocks: list[Block] = [Heading(text="3. Khảo sát thực địa")]
    if not report.surveys:
        return [*blocks, Text(text="Không khảo sát thực địa.")]
    for survey in report.surveys:
        where = f" tại {survey['place']}" if survey["place"] else ""
        blocks.append(Text(text=f"Lần {survey['number']}{where}, xong ngày {survey['done_on']}, {survey['by']}."))
        blocks.append(
            Table(
                head=("Nội dung xem", "Kết luận", "Ghi nhận"),
                rows=tuple(
                    (
                        f"{row['question']}" + (f" (tiêu chí {row['criterion']})" if row["criterion"] else ""),
                        row["verdict"],
                        row["words"] + (f" ({row['photos']} ảnh)" if row["photos"] else ""),
                    )
                    for row in survey["found"]
                ),
                widths=(60, 36, 0),
                aligns=("left", "left", "left"),
            )
        )
        if survey["conclusion"]:
            blocks.append(Text(text=survey["conclusion"]))
    return blocks


def _tests(report: AdvisoryReport) -> list[Block]:
    blocks: list[Block] = [Heading(text="4. Kiểm nghiệm bổ sung")]
    if not report.tests:
        return [*blocks, Text(text="Không đề nghị kiểm nghiệm bổ sung.")]
    return [
        *blocks,
        Table(
            head=("Nội dung", "Mã mẫu", "Kết quả"),
            rows=tuple(
                (test["what"], test["sample"], " ".join(filter(None, (f"{test['verdict']}.", test["result"]))))
                for test in report.tests
            ),
            widths=(60, 30, 0),
            aligns=("left", "left", "left"),
        ),
    ]
