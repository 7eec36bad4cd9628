"""Minutes of a council session ("Biên bản họp Hội đồng"; no form in QĐ 26, so NĐ 30/2020/NĐ-CP): what happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ocop.core.clock import day_of, spoken
from ocop.council.models import Declaration, Discussion, Hearing, Result, Session, Sheet
from ocop.council.papers.attendance import attendee_rows, attendees, form_words
from ocop.council.papers.head import (
    chair_signs,
    council_head,
    counted,
    exact,
    head_values,
    moment_words,
    points,
    secretary_of,
    secretary_signs,
    star_words,
    who_presided,
)
from ocop.council.queries import hearings, opened_code
from ocop.council.queries.versions import choices_as_handed_in
from ocop.council.states import HearingState, Outcome, SheetState
from ocop.council.wording import bylaws_words
from ocop.dossiers.queries import criteria_of
from ocop.paperwork.rules import Composed, Stamp
from ocop.rubric.rules import total_of
from ocop.ui.papers import points_text
from ocop.ui.papers.document import Block, Document, Heading, Signatures, Table, Text, Title


def compose_minutes(session: Session, stamp: Stamp) -> Composed:
    """The minutes of a session whose products are all closed; every number comes from the frozen results."""
    heard = list(hearings().filter(session=session).order_by("place"))
    results = {
        row.hearing_id: row for row in Result.objects.filter(hearing__session=session).select_related("closed_by")
    }
    there, head = attendees(session), council_head(session, stamp, dated=False)
    about = f"{session.name}, {session.batch}"
    begun, ended = _span(session, heard)
    left, said = _left(heard), _conclusions(results)
    blocks: list[Block] = [
        head,
        Title(kind="Biên bản", about=f"{about}", ruled=True),
        Text(text=f"Thời gian bắt đầu: {moment_words(begun)}."),
        Text(text=f"Địa điểm: {session.place}. Hình thức: {form_words(session)}."),
        Heading(text="I. Thành phần"),
        Text(text=_who_leads(session)),
        Table(
            head=("TT", "Họ và tên", "Vai trò", "Cơ quan", "Có mặt"),
            rows=tuple(
                (str(number), row.seat.user.full_name, row.seat.get_role_display(), row.seat.organisation, row.words)
                for number, row in enumerate(there, start=1)
            ),
            widths=(10, 42, 36, 0, 30),
            aligns=("center", "left", "left", "left", "left"),
        ),
        Text(text=f"Có mặt {sum(row.present for row in there)} trên {len(there)} người."),
        Heading(text=f"II. Quy chế áp dụng (bản {session.bylaws.version})"),
        *(Text(text=f"- {sentence}") for sentence in bylaws_words(session.bylaws)),
        Heading(text="III. Xung đột lợi ích"),
        *(Text(text=f"- {sentence}") for sentence in left or ["Không thành viên nào khai báo có xung đột lợi ích."]),
        Heading(text="IV. Kết quả đánh giá"),
        _results_table(heard, results),
        Heading(text="V. Căn cứ của từng kết quả"),
    ]
    for hearing in heard:
        blocks += _grounds(hearing, results.get(hearing.pk))
    blocks += [
        Heading(text="VI. Kết luận"),
        *(Text(text=sentence) for sentence in said),
        Text(text=f"Biên bản kết thúc lúc {moment_words(ended)}, lập từ phần mềm đúng với những gì đã diễn ra./."),
        Signatures(cells=(secretary_signs(session), chair_signs(session))),
    ]
    return Composed(
        document=Document(title=f"Biên bản {about}", author=session.council.name, blocks=tuple(blocks)),
        values={
            **head_values(head),
            "phien_hop": about,
            "bat_dau": moment_words(begun),
            "ket_thuc": moment_words(ended),
            "dia_diem": session.place,
            "hinh_thuc": form_words(session),
            "chu_tri": chair_signs(session).name,
            "thu_ky": secretary_signs(session).name,
            "quy_che": " ".join(bylaws_words(session.bylaws)),
            "xung_dot": " ".join(left) or "Không có.",
            "ket_luan": " ".join(said),
            "thanh_vien": attendee_rows(there),
            "ket_qua": result_rows(heard, results),
        },
    )


def result_rows(heard: list[Hearing], results: dict[int, Result]) -> list[dict[str, str]]:
    """The merge rows of the products of a session."""
    rows = []
    for hearing in heard:
        registration, result = hearing.dossier.registration, results.get(hearing.pk)
        rows.append(
            {
                "kq_san_pham": registration.product.name,
                "kq_ma": registration.code,
                "kq_chu_the": registration.product.subject.name,
                "kq_so_phieu": str(len(result.evaluation["sheets"])) if result is not None else "–",
                "kq_diem": points_text(result.mean) if result is not None else "–",
                "kq_chenh": points(result.evaluation["spread"]) if result is not None else "–",
                "kq_sao": star_words(result.star) if result is not None else "–",
                "kq_ket_luan": outcome_words(hearing, result),
                "kq_ma_kiem_tra": result.sha256 if result is not None else "",
            }
        )
    return rows


def outcome_words(hearing: Hearing, result: Result | None) -> str:
    """What became of a product in the session."""
    if result is not None:
        return Outcome(result.outcome).label
    return HearingState(hearing.state).label


def _results_table(heard: list[Hearing], results: dict[int, Result]) -> Table:
    return Table(
        head=("TT", "Sản phẩm, chủ thể", "Số phiếu", "Điểm TB", "Chênh lệch", "Hạng", "Kết luận"),
        rows=tuple(
            (
                str(number),
                "\n".join((row["kq_san_pham"], row["kq_ma"], row["kq_chu_the"])),
                row["kq_so_phieu"],
                row["kq_diem"],
                row["kq_chenh"],
                row["kq_sao"],
                row["kq_ket_luan"],
            )
            for number, row in enumerate(result_rows(heard, results), start=1)
        ),
        widths=(9, 0, 14, 17, 17, 14, 34),
        aligns=("center", "left", "center", "right", "right", "center", "left"),
    )


def _grounds(hearing: Hearing, result: Result | None) -> list[Block]:
    """How one product came to its result: sheets, versions, discussion, tasting, the sentences of the result."""
    product = hearing.dossier.registration.product.name
    blocks: list[Block] = [Text(text=f"{hearing.place}. {product}", style="bold")]
    blocks += [Text(text=f"- {sentence}") for sentence in _how_it_came(hearing)]
    if result is None:
        return blocks
    totals = {row["member"]: row for row in result.evaluation["sheets"]}
    codes = list(result.evaluation["parts"] or {})
    blocks.append(
        Table(
            head=("Thành viên", *(f"Phần {code}" for code in codes), "Tổng điểm", "Bản phiếu"),
            rows=tuple(
                (
                    sheet["name"] + (" (chủ trì)" if sheet["chair"] else ""),
                    *(points(totals[sheet["member"]]["parts"][code]) for code in codes),
                    points(totals[sheet["member"]]["total"]),
                    str(sheet["version"]),
                )
                for sheet in result.inputs["sheets"]
            ),
            widths=(0, *(20 for _ in codes), 24, 20),
            aligns=("left", *("right" for _ in codes), "right", "center"),
        )
    )
    blocks += [Text(text=f"- {sentence}") for sentence in result.evaluation["trace"]]
    blocks.append(
        Text(
            text=f"Chốt lúc {spoken(result.closed_at)}, người chủ trì: {result.closed_by.full_name}. "
            f"Mã kiểm tra kết quả: {result.sha256}",
            style="small",
        )
    )
    return blocks


def _how_it_came(hearing: Hearing) -> Iterator[str]:
    if hearing.came_from_id is not None:
        before = Hearing.objects.select_related("session").get(pk=hearing.came_from_id)
        words = "Chuyển từ lấy ý kiến bằng văn bản" if before.state == HearingState.ESCALATED else "Đánh giá lại sau"
        yield f"{words} ({before.session.name})."
    if hearing.state == HearingState.ESCALATED:
        after = hearing.led_to.select_related("session").first()
        yield f"Ý kiến bằng văn bản chưa thống nhất, chuyển ra {after.session.name if after else 'phiên họp'}."
    code = opened_code(hearing)
    if code:
        yield f"Nếm mẫu mã hóa: mẫu số {code}, mở mã sau khi các phiếu đã nộp."
    for talk in Discussion.objects.filter(hearing=hearing).order_by("pk"):
        criteria = ", ".join(talk.criteria)
        yield (
            f"Thảo luận lúc {spoken(talk.opened_at)} vì các phiếu chênh nhau {points(talk.spread)} điểm; "
            f"tiêu chí {criteria}."
        )
    yield from _changed(hearing)


def _changed(hearing: Hearing) -> Iterator[str]:
    """Sheets that were handed in more than once: each earlier version with its total, and why it was replaced."""
    left = set(hearing.declarations.filter(conflict=True).values_list("seat_id", flat=True))
    rows = (
        Sheet.objects.filter(hearing=hearing)
        .exclude(state=SheetState.DRAFT)
        .exclude(seat__in=left)
        .select_related("seat__user")
        .order_by("seat_id", "version")
    )
    versions: dict[int, list[Sheet]] = {}
    for sheet in rows:
        versions.setdefault(sheet.seat_id, []).append(sheet)
    criteria_set = criteria_of(hearing.dossier)
    for sheets in versions.values():
        if len(sheets) < 2:
            continue
        totals = [total_of(criteria_set, choices) for choices in choices_as_handed_in(hearing, sheets)]
        for before, after, was, now in zip(sheets, sheets[1:], totals, totals[1:], strict=False):
            how = "sửa phiếu trong thảo luận" if after.revised_in_id is not None else "phiếu được mở lại"
            yield (
                f"{before.seat.user.full_name}: {how}, bản {before.version} {points(was)} điểm, "
                f"bản {after.version} {points(now)} điểm; lý do: {before.reopened_reason.rstrip('.')}."
            )


def _span(session: Session, heard: list[Hearing]) -> tuple[datetime, datetime]:
    """From the first answer at the door on the session's day to the last closing; members may have scored before."""
    closed = [hearing.closed_at for hearing in heard if hearing.closed_at is not None]
    last = max(closed, default=session.called_at)
    moments = Declaration.objects.filter(hearing__session=session).values_list("declared_at", flat=True)
    on_the_day = [moment for moment in moments if day_of(moment) == session.held_on]
    return min([*on_the_day, *closed], default=session.called_at), last


def _who_leads(session: Session) -> str:
    chair, secretary = who_presided(session), secretary_of(session)
    said = f"Hội đồng lập theo Quyết định {session.council.decision_number}."
    if chair is not None:
        said += f" Chủ trì: {chair.user.full_name}, {chair.get_role_display()}."
        delegated = chair.delegated_by or session.council.delegation
        if delegated:
            said += f" Chủ trì theo ủy quyền: {delegated.rstrip('.')}."
    if secretary is not None:
        said += f" Thư ký: {secretary.user.full_name}."
    return said


def _left(heard: list[Hearing]) -> list[str]:
    """Who left for which product; a conflict that came to light late says so."""
    products = {hearing.pk: hearing.dossier.registration.product.name for hearing in heard}
    rows = (
        Declaration.objects.filter(hearing__in=products, conflict=True)
        .select_related("seat__user")
        .order_by("hearing__place", "seat_id")
    )
    return [
        f"{row.seat.user.full_name} không tham gia đánh giá sản phẩm {products[row.hearing_id]} "
        f"vì có xung đột lợi ích: {row.reason.rstrip('.')}."
        for row in rows
    ]


def _conclusions(results: dict[int, Result]) -> list[str]:
    said = [f"Hội đồng đã chốt kết quả {len(results)} sản phẩm:"]
    labels = [Outcome(row.outcome).label for row in results.values()]
    said += [f"- {label}: {count} sản phẩm." for label, count in counted(labels)]
    means = [exact(row.mean) for row in results.values()]
    if means:
        said.append(f"Điểm trung bình cao nhất {points_text(max(means))}, thấp nhất {points_text(min(means))}.")
    return said
