"""The notice of a result to a subject, in plain words (QĐ 26/2026 Art. 7.3g)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ocop.council.models import HigherResult, Result
from ocop.council.papers.head import day_words, exact, head_signs, head_values, office_head, points
from ocop.council.queries.lacking import Lack, Worth, missed_minimums, worth_raising
from ocop.council.states import Outcome
from ocop.dossiers.queries import criteria_of, regime_of
from ocop.paperwork.rules import Composed, Stamp
from ocop.planning.models import Batch
from ocop.planning.queries import batches
from ocop.regime.rules import Regime
from ocop.ui.papers import points_text
from ocop.ui.papers.document import Block, Document, Heading, Signatures, Table, Text, Title, To

ARTICLE_OF = {
    Outcome.FORWARD: "forward",
    Outcome.NO_CERTIFICATE: "no_certificate",
    Outcome.REJECTED: "rejected",
    Outcome.RETURN: "return",
}


def compose_result_letter(result: Result, *, signer: str, told_on: date, stamp: Stamp) -> Composed:
    """The letter: result, points by part, what was missed and why, what to raise, what comes next, how to appeal."""
    dossier = result.hearing.dossier
    registration, regime = dossier.registration, regime_of(dossier)
    programme, subject = registration.batch.programme, registration.product.subject
    head = office_head(programme, stamp)
    rejected = result.outcome == Outcome.REJECTED  # then no points are told
    lacks, worth = ([], []) if rejected else (missed_minimums(result), worth_raising(result))
    sections: list[tuple[str, list[Block]]] = [
        ("Kết quả", list(_said(result))),
        ("Kết quả này có nghĩa gì", [Text(text=text) for text in meaning(result, regime)]),
        ("Yêu cầu tối thiểu chưa đạt", list(_missed(lacks))),
        ("Những tiêu chí nên cải thiện trước", list(_raising(worth))),
        ("Việc cần làm tiếp", [Text(text=f"- {text}") for text in next_steps(result, told_on)]),
        ("Nếu không đồng ý với kết quả", [Text(text=text) for text in appeal_words(result, told_on)]),
        ("Cần hỏi, xin liên hệ", [Text(text=f"{programme.lead_office}, {programme.unit.name}./.")]),
    ]
    blocks: list[Block] = [
        head,
        Title(kind="Thông báo", about=f"Kết quả đánh giá, phân hạng sản phẩm {registration.product.name}", ruled=True),
        To(names=(subject.name,)),
        Text(text=_opening(result)),
    ]
    for number, (title, said) in enumerate([section for section in sections if section[1]], start=1):
        blocks += [Heading(text=f"{number}. {title}"), *said]
    blocks.append(Signatures(cells=(head_signs(signer),), recipients=("Như trên", subject.unit.committee, "Lưu: VT")))
    return Composed(
        document=Document(
            title=f"Thông báo kết quả {registration.product.name}", author=programme.lead_office, blocks=tuple(blocks)
        ),
        values={
            **head_values(head),
            "chu_the": subject.name,
            "san_pham": registration.product.name,
            "ma_san_pham": registration.code,
            "hoi_dong": _council(result, regime),
            "ket_luan": Outcome(result.outcome).label,
            "diem": _mean_words(result),
            "hang_sao": _star_words(result),
            "y_nghia": " ".join(meaning(result, regime)),
            "viec_tiep": "; ".join(next_steps(result, told_on)),
            "kien_nghi": " ".join(appeal_words(result, told_on)),
            "nguoi_ky": signer,
            "phan_diem": [{"phan": name, "phan_dat": got, "phan_toi_da": most} for name, got, most in _parts(result)],
            "con_thieu": [
                {
                    "thieu_tieu_chi": lack.criterion,
                    "thieu_hang": f"{lack.star} sao",
                    "thieu_can": lack.needs,
                    "thieu_dat": lack.has,
                    "thieu_minh_chung": "; ".join(lack.evidence),
                }
                for lack in lacks
            ],
            "nen_nang": [
                {
                    "nang_tieu_chi": row.criterion,
                    "nang_muc": row.reach,
                    "nang_dat": points_text(row.mean),
                    "nang_toi_da": str(row.most),
                }
                for row in worth
            ],
        },
    )


def meaning(result: Result, regime: Regime) -> list[str]:
    """What the result means for the subject, with the article that says so."""
    dossier, answer = result.hearing.dossier, last_answer(result)
    unit = dossier.registration.batch.programme.unit
    outcome = Outcome(result.outcome)
    if answer is not None and regime.recogniser_of(answer.star) is None:
        outcome = Outcome.NO_CERTIFICATE
    cited = regime.consequence(ARTICLE_OF.get(outcome, ""))
    article = f" ({cited.article}, {regime.short_name})" if cited is not None and cited.article else ""
    if outcome == Outcome.RECOGNISE:
        level = regime.recogniser_of(result.star or 0)
        by = f" ({level.article}, {regime.short_name})" if level is not None and level.article else ""
        return [
            f"Kết quả được trình {unit.committee} để cấp có thẩm quyền quyết định công nhận và cấp "
            f"Giấy chứng nhận{by}.",
            "Sản phẩm chỉ được ghi hạng sao trên nhãn sau khi có quyết định công nhận.",
        ]
    if outcome == Outcome.FORWARD:
        above = regime.level(result.evaluation["forward_to"])
        return [
            f"Sản phẩm đủ điểm để cấp trên đánh giá. Hồ sơ và mẫu được chuyển lên {above.council}{article}.",
            "Hạng sao chính thức chỉ có sau quyết định của cấp đó.",
        ]
    if outcome == Outcome.RETURN:
        level = regime.recogniser_of(result.star or 0)
        to = level.name if level is not None else "cấp dưới"
        return [f"Hạng sao này thuộc thẩm quyền công nhận của {to}: kết quả được trả về cấp đó{article}."]
    if outcome == Outcome.REJECTED:
        return [
            f"Sản phẩm chưa được phân hạng trong đợt này{article}. Khi đã khắc phục lý do nêu trên, "
            "chủ thể có thể nộp hồ sơ mới."
        ]
    least = min(band.least for band in regime.bands if regime.recogniser_of(band.star) is not None)
    return [
        f"Giấy chứng nhận chỉ cấp cho sản phẩm đạt từ {least} điểm trở lên và đủ các yêu cầu tối thiểu{article}. "
        "Vì vậy sản phẩm chưa được cấp Giấy chứng nhận trong đợt này.",
        "Kết quả này không phải là xử phạt; chủ thể có thể hoàn thiện sản phẩm và nộp hồ sơ ở đợt sau.",
    ]


def next_steps(result: Result, day: date) -> list[str]:
    """What the subject does next, by outcome; with the days of the next batch where it has to file again."""
    outcome, answer = Outcome(result.outcome), last_answer(result)
    if outcome == Outcome.RECOGNISE and answer is None:
        return [
            "Chờ quyết định công nhận; giấy chứng nhận có mã QR để người mua tra cứu.",
            "Giữ nguyên các điều kiện đã được đánh giá. Muốn lên hạng, xem các tiêu chí nêu trên và mở mục "
            "“Đường lên sao” của hồ sơ.",
        ]
    if outcome == Outcome.FORWARD and answer is None:
        return ["Giữ đủ mẫu cùng lô và giấy tờ gốc để cấp trên kiểm tra khi cần."]
    if outcome == Outcome.RETURN:
        return ["Chờ thông báo của cấp có thẩm quyền công nhận."]
    said = [
        "Xem lại từng tiêu chí nêu trên cùng cán bộ xã, phường và Tổ giúp việc.",
        "Hoàn thiện minh chứng, sản phẩm rồi đăng ký lại.",
    ]
    batch = next_batch(result, day)
    if batch is not None:
        said.append(
            f"Đợt gần nhất: {batch}, nhận hồ sơ từ {day_words(batch.opens_on)} đến {day_words(batch.closes_on)}."
        )
    else:
        said.extend(_dates_of_law(result))
    return said


def next_batch(result: Result, day: date) -> Batch | None:
    """The office's batch after this one that still takes dossiers."""
    own = result.hearing.dossier.registration.batch
    later = batches().filter(programme__unit=own.programme.unit_id, closes_on__gte=day, closed_at__isnull=True)
    return later.exclude(pk=own.pk).order_by("opens_on", "pk").first()


def appeal_words(result: Result, told_on: date) -> list[str]:
    """How to appeal and until when, by the council's bylaws."""
    programme = result.hearing.dossier.registration.batch.programme
    session = result.hearing.session
    until = told_on + timedelta(days=session.bylaws.appeal_days)
    return [
        f"Chủ thể gửi kiến nghị trên hệ thống (mục “Kiến nghị” của hồ sơ) hoặc bằng văn bản đến "
        f"{programme.lead_office}, chậm nhất {day_words(until)} ({session.bylaws.appeal_days} ngày kể từ ngày "
        "thông báo, theo Quy chế của Hội đồng). Ghi rõ tiêu chí, lý do và minh chứng kèm theo."
    ]


def last_answer(result: Result) -> HigherResult | None:
    """What the level above decided last on this result, or None."""
    forwarding = getattr(result, "forwarding", None)
    return forwarding.answers.order_by("-pk").first() if forwarding is not None else None


def _opening(result: Result) -> str:
    dossier, answer = result.hearing.dossier, last_answer(result)
    on = answer.decided_on if answer is not None else result.hearing.session.held_on
    registration = dossier.registration
    return (
        f"{day_words(on).capitalize()}, {_council(result, regime_of(dossier))} đã đánh giá sản phẩm "
        f"{registration.product.name} (mã sản phẩm: {registration.code}). {_author(result)} thông báo như sau:"
    )


def _author(result: Result) -> str:
    return result.hearing.dossier.registration.batch.programme.lead_office


def _council(result: Result, regime: Regime) -> str:
    answer = last_answer(result)
    return regime.level(answer.level).council if answer is not None else result.hearing.session.council.name


def _said(result: Result) -> Iterator[Block]:
    if result.outcome == Outcome.REJECTED:
        yield Text(text="Sản phẩm không được đánh giá tiếp vì:")
        for row in result.evaluation["knock_outs"]:
            yield Text(text=f"- {row['reason']}")
        return
    yield Text(text=f"Kết luận: {Outcome(result.outcome).label}.", style="bold")
    yield Text(text=f"Điểm trung bình của Hội đồng: {_mean_words(result)} trên thang 100 điểm.")
    yield Text(text=f"Mức điểm và các yêu cầu tối thiểu đưa sản phẩm vào hạng {_star_words(result)}.")
    if last_answer(result) is None:
        yield Table(
            head=("Phần của Bộ tiêu chí", "Số điểm đạt", "Điểm tối đa"),
            rows=tuple(_parts(result)),
            widths=(0, 30, 30),
            aligns=("left", "right", "right"),
        )


def _parts(result: Result) -> list[tuple[str, str, str]]:
    told = result.evaluation["parts"]
    if result.outcome == Outcome.REJECTED or told is None:
        return []
    return [
        (f"{part.code}. {part.name.capitalize()}", points(told[part.code]), str(part.max_points))
        for part in criteria_of(result.hearing.dossier).parts
    ]


def _mean_words(result: Result) -> str:
    answer = last_answer(result)
    mean = exact(answer.mean) if answer is not None else result.mean
    return "" if result.outcome == Outcome.REJECTED else f"{points_text(mean)} điểm"


def _star_words(result: Result) -> str:
    answer = last_answer(result)
    star = answer.star if answer is not None else result.star
    return f"{star} sao" if star is not None else ""


def _missed(lacks: list[Lack]) -> Iterator[Block]:
    if not lacks:
        return
    yield Table(
        head=("Tiêu chí", "Để đạt", "Cần", "Đã đạt", "Minh chứng, điều kiện còn thiếu"),
        rows=tuple(
            (
                lack.criterion,
                f"{lack.star} sao",
                lack.needs,
                lack.has,
                "; ".join(lack.evidence) or "Hội đồng chấm theo thực tế sản phẩm",
            )
            for lack in lacks
        ),
        widths=(45, 16, 18, 28, 0),
        aligns=("left", "center", "center", "left", "left"),
    )


def _raising(worth: list[Worth]) -> Iterator[Block]:
    if not worth:
        return
    yield Table(
        head=("Tiêu chí", "Đã đạt", "Tối đa", "Mức cần đạt tiếp", "Cần thêm"),
        rows=tuple(
            (row.criterion, points_text(row.mean), str(row.most), row.reach, "; ".join(row.evidence)) for row in worth
        ),
        widths=(42, 15, 15, 42, 0),
        aligns=("left", "right", "right", "left", "left"),
    )


def _dates_of_law(result: Result) -> Iterator[str]:
    regime, level = regime_of(result.hearing.dossier), result.hearing.session.council.level
    told = [(row.name, row.submit_before) for row in regime.batches if row.level == level and row.submit_before]
    if told:
        said = "; ".join(f"{name}: trước {day}/{month}" for name, (day, month) in told)
        yield f"Hạn nhận hồ sơ hằng năm theo {regime.short_name}: {said}."
