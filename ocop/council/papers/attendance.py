"""Who was there: the attendance list of a session, by the seats of its day."""

from __future__ import annotations

from dataclasses import dataclass

from ocop.council.models import Attendance, Declaration, Seat, Session, Sheet
from ocop.council.papers.head import chair_signs, council_head, day_words, head_values, seats_of_day, secretary_signs
from ocop.council.states import SessionKind, SheetState
from ocop.paperwork.rules import Composed, Stamp
from ocop.ui.papers.document import Document, Signatures, Table, Text, Title

THERE, AWAY = "Có mặt", "Vắng"


@dataclass(frozen=True, slots=True)
class Attendee:
    """A seat of the council and whether its holder was there."""

    seat: Seat
    present: bool
    note: str

    @property
    def words(self) -> str:
        """As the list prints it."""
        return (THERE if self.present else AWAY) + (f", {self.note}" if self.note else "")


def attendees(session: Session) -> list[Attendee]:
    """Everybody with a seat on the session's day: as noted last, else by what the person did there."""
    noted = {row.seat_id: row for row in Attendance.objects.filter(session=session).order_by("pk")}
    acted = {
        *Sheet.objects.filter(hearing__session=session)
        .exclude(state=SheetState.DRAFT)
        .values_list("seat_id", flat=True),
        *Declaration.objects.filter(hearing__session=session).values_list("seat_id", flat=True),
    }
    rows = []
    for seat in seats_of_day(session):
        known = noted.get(seat.pk)
        present = known.present if known is not None else seat.pk in acted or not seat.votes
        rows.append(Attendee(seat, present, known.note if known is not None else ""))
    return rows


def compose_attendance(session: Session, stamp: Stamp) -> Composed:
    """The list, with room for each to sign by hand where the office wants it on paper."""
    rows = attendees(session)
    there = sum(row.present for row in rows)
    head = council_head(session, stamp)
    about = f"{session.name}, {session.batch}"
    counted = f"Có mặt {there} trên {len(rows)} người theo Quyết định {session.council.decision_number}."
    blocks = (
        head,
        Title(kind="Danh sách có mặt", about=about, ruled=True),
        Text(text=f"{day_words(session.held_on).capitalize()}, tại {session.place}."),
        Table(
            head=("TT", "Họ và tên", "Vai trò", "Cơ quan", "Có mặt", "Ký"),
            rows=tuple(
                (
                    str(number),
                    row.seat.user.full_name,
                    row.seat.get_role_display(),
                    row.seat.organisation,
                    row.words,
                    "",
                )
                for number, row in enumerate(rows, start=1)
            ),
            widths=(10, 40, 32, 0, 28, 22),
            aligns=("center", "left", "left", "left", "left", "left"),
        ),
        Text(text=counted),
        Signatures(cells=(secretary_signs(session), chair_signs(session))),
    )
    return Composed(
        document=Document(title=f"Danh sách có mặt {about}", author=session.council.name, blocks=blocks),
        values={
            **head_values(head),
            "phien_hop": about,
            "ngay_hop": day_words(session.held_on),
            "dia_diem": session.place,
            "tong_so": counted,
            "thanh_vien": attendee_rows(rows),
        },
    )


def attendee_rows(rows: list[Attendee]) -> list[dict[str, str]]:
    """The merge rows of the people of a session."""
    return [
        {
            "ho_ten": row.seat.user.full_name,
            "vai_tro": row.seat.get_role_display(),
            "don_vi": row.seat.organisation,
            "co_mat": row.words,
        }
        for row in rows
    ]


def form_words(session: Session) -> str:
    """How the session decided."""
    if session.kind == SessionKind.WRITTEN:
        return "lấy ý kiến bằng văn bản, gửi phiếu trên phần mềm"
    return "họp tập trung, chấm điểm trên phần mềm"
