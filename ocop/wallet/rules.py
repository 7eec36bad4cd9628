"""The traffic light of a paper in words, and what cannot be right about one. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from ocop.rubric.rules import PaperKind

# How early we begin to remind; nothing in the law, enough for most offices that issue papers.
SOON = timedelta(days=60)
ORDER = ("bad", "warn", "wait", "good", "neutral")  # what wants a hand first


class Light(NamedTuple):
    """A tone of the house's chips and the sentence beside it; the colour never speaks alone."""

    tone: str
    words: str

    @property
    def rank(self) -> int:
        """Its place in a list in which what wants a hand comes first."""
        return ORDER.index(self.tone)


def light(
    expires_on: date | None, on: date, until: date | None = None, until_name: str = "", *, dated: bool = False
) -> Light:
    """How long a paper holds, seen on a day, and whether it lapses before `until` (named in words: “ngày họp”).

    `dated` says that papers of its kind carry a last day, so that a missing one is asked for.
    """
    if expires_on is None:
        return Light("wait", "chưa ghi ngày hết hạn") if dated else Light("neutral", "không có hạn")
    if expires_on < on:
        return Light("bad", f"đã hết hạn {expires_on:%d/%m/%Y}")
    if until is not None and expires_on < until:
        return Light("bad", f"hết hạn {expires_on:%d/%m/%Y}, trước {until_name} {until:%d/%m/%Y}")
    if expires_on <= on + SOON:
        left = (expires_on - on).days
        return Light("warn", f"còn hạn đến {expires_on:%d/%m/%Y}, chỉ còn {left} ngày")
    return Light("good", f"còn hạn đến {expires_on:%d/%m/%Y}")


def faults(
    kind: PaperKind | None, *, number: str, issued_on: date | None, expires_on: date | None, day: date
) -> dict[str, str]:
    """What cannot be right about a paper on a day: field → what to do. Without a kind nothing is demanded yet."""
    found: dict[str, str] = {}
    if issued_on is not None and issued_on > day:
        found["issued_on"] = f"Ngày cấp {issued_on:%d/%m/%Y} còn chưa tới (hôm nay {day:%d/%m/%Y}). Xem lại trên giấy."
    elif issued_on is not None and expires_on is not None and issued_on > expires_on:
        found["issued_on"] = (
            f"Ngày cấp {issued_on:%d/%m/%Y} lại sau ngày hết hạn {expires_on:%d/%m/%Y}. Xem lại hai ngày trên giấy."
        )
    if kind is None:
        return found
    if kind.number == "required" and not number.strip():
        found["number"] = "Loại giấy này có số: chép số ghi trên giấy, thường ở góc trên bên trái."
    if kind.expires == "required" and expires_on is None:
        found["expires_on"] = "Loại giấy này có hạn: chép ngày hết hạn (có hiệu lực đến) ghi trên giấy."
    return found
