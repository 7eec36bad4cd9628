"""The letter that calls a member to a session, and the one that asks for a written opinion."""

from __future__ import annotations

from functools import partial

from ocop.council.models import Hearing, Seat, Session
from ocop.council.papers.head import council_head, day_words, head_values, moment_words
from ocop.council.queries import seats_on
from ocop.council.states import SeatRole, SessionKind
from ocop.paperwork.queries import Compose
from ocop.paperwork.rules import Composed, Stamp
from ocop.ui.papers.document import Document, Signatures, Signed, Table, Text, Title, To


def compose_invitation(session: Session, seat: Seat, hearings: list[Hearing], reads: frozenset[int]) -> Compose:
    """The letter for one seat; products are named by what the door shows too: product, subject, commune."""
    return partial(_compose, session, seat, hearings, reads)


def _compose(session: Session, seat: Seat, hearings: list[Hearing], reads: frozenset[int], stamp: Stamp) -> Composed:
    written = session.kind == SessionKind.WRITTEN and session.ballots_by is not None
    head = council_head(session, stamp)
    about = f"Cho ý kiến bằng văn bản về {len(hearings)} sản phẩm" if written else f"Dự {session.name} của Hội đồng"
    opening = (
        f"{session.council.name} lấy ý kiến bằng văn bản của thành viên về {len(hearings)} sản phẩm thuộc "
        f"{session.batch}."
        if written
        else f"{session.council.name} trân trọng kính mời Ông/Bà dự {session.name}, đánh giá {len(hearings)} sản phẩm "
        f"thuộc {session.batch}."
    )
    when = (
        f"Hạn gửi phiếu ý kiến: {moment_words(session.ballots_by)}."
        if written and session.ballots_by
        else f"Ngày họp: {day_words(session.held_on)}."
    )
    where = f"Nơi nhận phiếu: {session.place}." if written else f"Địa điểm: {session.place}."
    ask = (
        "Trước khi mở hồ sơ, Ông/Bà khai báo có hay không xung đột lợi ích với từng sản phẩm. "
        "Sản phẩm có xung đột thì không đọc, không chấm."
    )
    mine = [row for row in hearings if row.pk in reads]
    reading = (
        f"Ông/Bà được phân công đọc chính các sản phẩm số {', '.join(str(row.place) for row in mine)}." if mine else ""
    )
    rows = tuple(
        (str(row.place), row.dossier.registration.product.name, row.dossier.registration.product.subject.name)
        for row in hearings
    )
    chair = seats_on(session.council, session.held_on).filter(role=SeatRole.CHAIR).first()
    who = f"Ông/Bà {seat.user.full_name}, {seat.get_role_display()}"
    blocks = (
        head,
        Title(kind="PHIẾU XIN Ý KIẾN" if written else "GIẤY MỜI", about=about, ruled=True),
        To(names=(who + (f" ({seat.organisation})" if seat.organisation else ""),)),
        Text(text=opening),
        Text(text=when),
        Text(text=where),
        *((Text(text=reading),) if reading else ()),
        Text(text=ask),
        *(
            (
                Table(
                    head=("Số", "Sản phẩm", "Chủ thể"),
                    rows=rows,
                    widths=(14, 0, 70),
                    aligns=("center", "left", "left"),
                ),
            )
            if rows
            else ()
        ),
        Signatures(
            cells=(Signed(lines=("CHỦ TỊCH HỘI ĐỒNG",), name=chair.user.full_name if chair else ""),),
            recipients=("Như trên", "Lưu: VT"),
        ),
    )
    return Composed(
        document=Document(title=about, author=session.council.name, blocks=blocks),
        values={
            **head_values(head),
            "kinh_gui": who,
            "co_quan_nhan": seat.organisation,
            "phien_hop": session.name,
            "ngay_hop": day_words(session.held_on),
            "han_gui": moment_words(session.ballots_by) if session.ballots_by else "",
            "dia_diem": session.place,
            "doc_chinh": reading,
            "chu_tich": chair.user.full_name if chair else "",
            "san_pham_hop": [
                {"sp_so": number, "sp_ten": product, "sp_chu_the": subject} for number, product, subject in rows
            ],
        },
    )
