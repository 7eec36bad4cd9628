"""The ways on from a session's page, by when they are needed; only those that the reader may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from ocop.council.models import Seat, Session
from ocop.council.permissions.publishing import can_prepare_publication, can_publish
from ocop.council.states import SessionKind


@dataclass(frozen=True, slots=True)
class Way:
    """A page that belongs to the session."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Ways:
    """The pages of one stretch: before, in or after the meeting."""

    title: str
    ways: list[Way]


def ways_of(request: Any, session: Session, seat: Seat | None, *, runs: bool, closed: int) -> list[Ways]:
    """The strip of the session's page; a page that is not there yet is left out."""
    votes = seat is not None and seat.votes
    written = session.kind == SessionKind.WRITTEN
    user, day = request.user, request.today
    before = [
        ("doors", "Khai báo cho cả phiên", "check", votes),
        ("pack", "Gói đọc buổi tối", "dossier", votes),
        ("readers", "Phân công đọc chính", "users", runs),
        ("invitations", "Phiếu xin ý kiến" if written else "Giấy mời", "send", runs or seat is not None),
    ]
    during = [
        ("ballots", "Phiếu ý kiến", "edit", written and (votes or runs)),
        ("attendance", "Điểm danh", "users", not written),
        ("screen", "Màn chiếu", "eye", not written and (runs or seat is not None)),
        ("tasting", "Nếm mẫu mã hóa", "leaf", session.bylaws.blind_tasting and not written and (votes or runs)),
    ]
    after = [
        (
            "publish",
            "Công bố kết quả",
            "send",
            can_publish(user, day, session) or can_prepare_publication(user, day, session),
        ),
        ("papers", "Văn bản của phiên", "print", runs or seat is not None),
        ("fairness", "Mức thống nhất", "rules", closed > 0 and (runs or seat is not None)),
    ]
    stretches = (("Trước phiên", before), ("Trong phiên", during), ("Sau phiên", after))
    made = [
        Ways(
            title, [Way(label, url, icon) for name, label, icon, may in listed if may and (url := _url(name, session))]
        )
        for title, listed in stretches
    ]
    return [stretch for stretch in made if stretch.ways]


def _url(name: str, session: Session) -> str:
    try:
        return reverse(f"council:{name}", args=[session.pk])
    except NoReverseMatch:
        return ""
