"""What council papers share: who issues them, who signs as it acted, how days, moments and points are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction

from ocop.core.clock import OFFICE_ZONE
from ocop.council.models import Result, Seat, Session
from ocop.council.queries import seats_on
from ocop.council.states import SeatRole
from ocop.paperwork.rules import Stamp
from ocop.planning.models import Programme
from ocop.ui.papers import points_text
from ocop.ui.papers.document import National, Signed

VICE = {SeatRole.CHAIR: (), SeatRole.VICE_CHAIR: ("KT. CHỦ TỊCH HỘI ĐỒNG",)}


def office_head(programme: Programme, stamp: Stamp, *, about: str = "") -> National:
    """The top of a paper of the programme's lead office."""
    return National(
        parent=programme.unit.committee,
        issuer=programme.lead_office,
        number=stamp.number,
        about=about,
        place=programme.unit.bare_name,
        signed_on=stamp.signed_on,
    )


def council_head(session: Session, stamp: Stamp, *, dated: bool = True) -> National:
    """The top of a paper of the council itself."""
    unit = session.council.unit
    return National(
        parent=unit.committee,
        issuer=session.council.name,
        number=stamp.number,
        place=unit.bare_name,
        signed_on=stamp.signed_on,
        dated=dated,
    )


def head_values(head: National) -> dict[str, str]:
    """The merge values that every kind of paper has from its top."""
    return {"co_quan_cap_tren": head.parent, "co_quan": head.issuer, "dia_danh": head.place}


def seats_of_day(session: Session) -> list[Seat]:
    """The seats of the session's day, in order of the decision."""
    return list(seats_on(session.council, session.held_on))


def who_presided(session: Session) -> Seat | None:
    """The seat that presided: the chair's if it closed anything (or nothing is closed), else who closed most."""
    seats = seats_of_day(session)
    chair = next((seat for seat in seats if seat.role == SeatRole.CHAIR), None)
    closed = Counter(Result.objects.filter(hearing__session=session).values_list("closed_by", flat=True))
    if not closed or (chair is not None and closed[chair.user_id]):
        return chair
    most = closed.most_common(1)[0][0]
    return next((seat for seat in seats if seat.user_id == most), chair)


def secretary_of(session: Session) -> Seat | None:
    """The seat that keeps the minutes."""
    return next((seat for seat in seats_of_day(session) if seat.role == SeatRole.SECRETARY), None)


def chair_signs(session: Session, *, above: str = "") -> Signed:
    """Where the person who presided signs, in the title it acted by."""
    seat = who_presided(session)
    if seat is None:
        return Signed(lines=tuple(line for line in (above, "CHỦ TRÌ") if line))
    title = seat.get_role_display().upper()
    delegated = seat.delegated_by or (session.council.delegation if seat.role == SeatRole.CHAIR else "")
    return Signed(
        lines=tuple(line for line in (above, *VICE.get(SeatRole(seat.role), ()), title) if line),
        note=f"(Theo ủy quyền: {delegated})" if delegated else "",
        name=seat.user.full_name,
    )


def secretary_signs(session: Session) -> Signed:
    """Where the secretary signs."""
    seat = secretary_of(session)
    return Signed(lines=("THƯ KÝ",), name=seat.user.full_name if seat is not None else "")


def head_signs(signer: str) -> Signed:
    """Where the head of the lead office signs."""
    return Signed(lines=("THỦ TRƯỞNG ĐƠN VỊ",), name=signer)


def moment_words(moment: datetime) -> str:
    """A moment as minutes say it: 08 giờ 05, ngày 16 tháng 9 năm 2024."""
    here = moment.astimezone(OFFICE_ZONE)
    return f"{here:%H} giờ {here:%M}, {day_words(here.date())}"


def day_words(day: date) -> str:
    """A day as papers say it: ngày 05 tháng 02 năm 2026 (zeros as NĐ 30/2020 asks)."""
    return (
        f"ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"
        if day.month < 3
        else (f"ngày {day.day:02d} tháng {day.month} năm {day.year}")
    )


def exact(value: object) -> Fraction:
    """A number as results keep it ("23.33", 4, "187/3") as the exact one."""
    return Fraction(str(value))


def points(value: object) -> str:
    """Points as papers print them."""
    return points_text(exact(value))


def star_words(star: int | None) -> str:
    """The star, or a dash where there is none."""
    return f"{star} sao" if star is not None else "–"


def counted(rows: Sequence[str]) -> list[tuple[str, int]]:
    """How often each of the words comes, in order of their first coming."""
    return list(Counter(rows).items())
