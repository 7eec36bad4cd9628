"""Score sheets as papers: head and foot of the official form (Phụ lục II, kiêm phiếu đánh giá), one version a page."""

from __future__ import annotations

from collections.abc import Sequence

from ocop.core.clock import day_of, spoken
from ocop.council.models import Hearing, Sheet
from ocop.council.papers.head import council_head, head_values, points
from ocop.council.queries.versions import choices_as_handed_in
from ocop.council.states import SheetState
from ocop.dossiers.queries import criteria_of
from ocop.paperwork.rules import Composed, Stamp
from ocop.rubric.rules import Criterion, points_of, total_of
from ocop.ui.papers.document import (
    Block,
    Document,
    Field,
    Fields,
    PageBreak,
    Signatures,
    Signed,
    Table,
    Text,
    Title,
)


def compose_sheets(hearing: Hearing, sheets: Sequence[Sheet], stamp: Stamp) -> Composed:
    """The handed-in versions, member by member; a replaced one says why it was replaced."""
    session, registration = hearing.session, hearing.dossier.registration
    head = council_head(session, stamp)
    blocks: list[Block] = [head]
    for number, sheet in enumerate(sheets):
        blocks += [PageBreak()] if number else []
        blocks += _one(hearing, sheet)
    return Composed(
        document=Document(
            title=f"Phiếu đánh giá {registration.product.name}", author=session.council.name, blocks=tuple(blocks)
        ),
        values={
            **head_values(head),
            "phien_hop": f"{session.name}, {session.batch}",
            "san_pham": registration.product.name,
            "ma_san_pham": registration.code,
            "chu_the": registration.product.subject.name,
            "phieu": [
                {
                    "nguoi_danh_gia": sheet.seat.user.full_name,
                    "ban_phieu": str(sheet.version),
                    "tong_diem": points(_total(hearing, sheet)),
                    "y_kien": sheet.opinion,
                    "ly_do_thay": sheet.reopened_reason,
                }
                for sheet in sheets
            ],
        },
    )


def _one(hearing: Hearing, sheet: Sheet) -> list[Block]:
    registration = hearing.dossier.registration
    subject, criteria_set = registration.product.subject, criteria_of(hearing.dossier)
    [chosen] = choices_as_handed_in(hearing, [sheet])
    got = points_of(criteria_set, chosen)
    rows: list[tuple[str, ...]] = []
    for part in criteria_set.parts:
        rows.append((f"Phần {part.code}. {part.name.capitalize()} ({part.max_points} điểm)",))
        for group in part.groups:
            for criterion in group.criteria:
                rows.append(
                    (
                        criterion.code,
                        criterion.name,
                        _option(criterion, chosen.get(criterion.code)),
                        f"{got[criterion.code]}/{criterion.max_points}",
                        sheet.notes.get(criterion.code, ""),
                    )
                )
    rows.append(("", "TỔNG CỘNG", "", f"{total_of(criteria_set, chosen)}/{criteria_set.total_points}", ""))
    blocks: list[Block] = [
        Title(kind="Phiếu đánh giá sản phẩm OCOP", about=criteria_set.name, note=_standing(sheet)),
        Fields(items=(Field(label="Tên sản phẩm", value=registration.product.name),)),
        Fields(items=(Field(label="Mã số sản phẩm", value=registration.code),)),
        Fields(
            items=(
                Field(label="Tên chủ thể", value=subject.name),
                Field(label="Số điện thoại", value=subject.phone),
            )
        ),
        Fields(items=(Field(label="Địa chỉ", value=f"{subject.address}, {subject.unit}"),)),
        Table(
            head=("TT", "Tiêu chí", "Phương án chọn", "Điểm", "Ghi chú"),
            rows=tuple(rows),
            widths=(12, 48, 0, 16, 28),
            aligns=("left", "left", "left", "right", "left"),
        ),
        Text(text="Ý kiến của người đánh giá", style="bold"),
        Text(text=sheet.opinion or "Không có ý kiến khác."),
    ]
    if sheet.reopened_reason:
        blocks.append(Text(text=f"Bản này đã được thay bằng bản sau, lý do: {sheet.reopened_reason}", style="italic"))
    signed = day_of(sheet.submitted_at) if sheet.submitted_at is not None else None
    blocks.append(
        Signatures(
            cells=(
                Signed(
                    dated=True,
                    place=hearing.session.council.unit.bare_name,
                    signed_on=signed,
                    lines=("NGƯỜI ĐÁNH GIÁ",),
                    note="(Ký, ghi rõ họ tên)",
                    name=sheet.seat.user.full_name,
                ),
            )
        )
    )
    return blocks


def _standing(sheet: Sheet) -> str:
    handed_in = f", nộp lúc {spoken(sheet.submitted_at)}" if sheet.submitted_at is not None else ""
    replaced = ", đã thay bằng bản sau" if sheet.state == SheetState.REPLACED else ""
    return f"Bản {sheet.version}{handed_in}{replaced}"


def _option(criterion: Criterion, place: int | None) -> str:
    return criterion.options[place - 1].label if place else "Không đạt phương án nào"


def _total(hearing: Hearing, sheet: Sheet) -> int:
    [chosen] = choices_as_handed_in(hearing, [sheet])
    return total_of(criteria_of(hearing.dossier), chosen)
