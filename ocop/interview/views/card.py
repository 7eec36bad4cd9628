"""One card: a few questions on a page, saved while they are typed; and how its answers came about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ocop.core.clock import OFFICE_ZONE, spoken
from ocop.core.doors import OfficeRequest, signed_in
from ocop.core.errors import Refused
from ocop.interview import actions
from ocop.interview.forms import Block, CardForm, seen_in, typed_in
from ocop.interview.models import PersonalAnswer
from ocop.interview.queries import answers_of, cards_of, catalogue, feeds_of, history_of, live_answers, live_personal
from ocop.interview.rules import CardView, Question, as_known, counted_in, key_of, name_of, typed_as, words_of
from ocop.interview.views.loading import Visit, card_in, visit_of
from ocop.interview.views.overview import left_words
from ocop.rubric.rules import FactValue
from ocop.rubric.rules.facts import applies

NOT_YOURS = (
    "Bạn không còn được nhập cho chủ thể này: sự đồng ý đã hết hoặc đã được rút. Những gì bạn vừa nhập vẫn còn trên "
    "màn hình nhưng chưa được ghi. Nhờ chủ thể đồng ý lại ở mục “Cho người khác nhập giúp”, rồi bấm lưu."
)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    """The card's questions; after a refusal with everything that was typed still in them."""
    visit = visit_of(request, pk)
    view, views = card_in(visit, code)
    if request.method != "POST":
        return _page(request, visit, view, views)
    typed, seen = typed_in(request.POST, view.asked), seen_in(request.POST)
    if not visit.writes:
        return _page(request, visit, view, views, typed=typed, seen=seen, refused=NOT_YOURS, status=403)
    try:
        _keep(request, visit, view, typed, seen)
    except actions.AnsweredElsewhere as crossed:
        return _page(
            request, visit, view, views, typed=typed, seen=seen | crossed.newer, wrong=crossed.wrong, status=409
        )
    except actions.NotAnswers as refused:
        return _page(request, visit, view, views, typed=typed, seen=seen, wrong=refused.wrong, status=422)
    return redirect(_next_url(visit, view, cards_of(visit.sitting), request.POST.get("go", "")))


@signed_in
@require_POST
def card_save(request: OfficeRequest, pk: int, code: str) -> JsonResponse:
    """Keep what was just typed; says until when, and what is still open on the card."""
    visit = visit_of(request, pk)
    view, _ = card_in(visit, code)
    if not visit.writes:
        return JsonResponse({"message": NOT_YOURS}, status=403)
    typed, seen = typed_in(request.POST, view.asked), seen_in(request.POST)
    try:
        kept = _keep(request, visit, view, typed, seen)
    except actions.AnsweredElsewhere as crossed:
        return JsonResponse({"message": crossed.message, "wrong": crossed.wrong, "seen": crossed.newer}, status=409)
    except actions.NotAnswers as refused:
        return JsonResponse({"message": refused.message, "wrong": refused.wrong}, status=422)
    except Refused as refused:
        return JsonResponse({"message": refused.message}, status=422)
    left = next((len(each.open) for each in cards_of(visit.sitting) if each.card.code == code), 0)
    saved = {"saved_at": f"{request.now.astimezone(OFFICE_ZONE):%H:%M}", "seen": kept}
    return JsonResponse(saved | {"message": f"còn {left} mục ở phần này" if left else "phần này đã xong"})


@signed_in
@never_cache
@require_POST
def personal(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    """Show the personal answers to whoever types for the subject; the reading is recorded."""
    visit = visit_of(request, pk)
    view, views = card_in(visit, code)
    actions.read_personal(subject=visit.subject, why=f"nhập phần “{view.card.name}”", by=request.user, at=request.now)
    return _page(request, visit, view, views, shows_personal=True)


@signed_in
@never_cache
@require_GET
def history(request: OfficeRequest, pk: int, code: str) -> HttpResponse:
    """Who answered what when on this card, before and after, the newest first."""
    visit = visit_of(request, pk)
    view, _ = card_in(visit, code)
    questions = catalogue().questions
    entries = []
    for after, before in history_of(visit.subject, visit.product, [question.code for question, _ in view.asked]):
        question = questions[after.question]
        year = None if isinstance(after, PersonalAnswer) else after.year
        about = f"{question.about} năm {year}" if year else question.about
        note = "không hiện thông tin cá nhân"
        if not question.sensitive:
            note = f"“{words_of(question, after.value) or 'bỏ trống'}”"
            note += f", trước đó “{words_of(question, before.value) or 'bỏ trống'}”" if before is not None else ""
        helped = f" nhập giúp {visit.subject.name}" if after.consent_id else ""
        entries.append(
            {
                "when": after.at,
                "who": f"{after.typed_by.full_name}{helped}",
                "act": about[:1].upper() + about[1:],
                "note": note,
            }
        )
    return render(request, "interview/history.html", {"visit": visit, "card": view.card, "entries": entries})


def _keep(
    request: OfficeRequest, visit: Visit, view: CardView, typed: Mapping[str, Any], seen: Mapping[str, int | None]
) -> dict[str, int]:
    """Hand the typed answers to the action. A personal field that a helper did not see and left empty says nothing."""
    unseen = {key for question, keys in view.asked if question.sensitive and not visit.own for key in keys}
    return actions.answer(
        subject=visit.subject,
        product=visit.product,
        year=visit.sitting.year,
        values={key: raw for key, raw in typed.items() if raw or key not in unseen},
        seen=seen,
        by=request.user,
        at=request.now,
    )


def _next_url(visit: Visit, view: CardView, views: list[CardView], go: str) -> str:
    """Where a saved card leads: on, back, or to all cards. The cards may have changed with the answers."""
    codes = [each.card.code for each in views]
    here = codes.index(view.card.code) if view.card.code in codes else -1
    if go == "later" or here < 0:
        return visit.url("cards")
    if go == "back":
        return visit.url("card", codes[here - 1]) if here else visit.url("cards")
    if go == "stay":
        return visit.url("card", view.card.code)
    return visit.url("card", codes[here + 1]) if here + 1 < len(codes) else visit.url("ready")


def _page(
    request: OfficeRequest,
    visit: Visit,
    view: CardView,
    views: list[CardView],
    *,
    typed: Mapping[str, Any] | None = None,
    seen: Mapping[str, int | None] | None = None,
    wrong: Mapping[str, str] | None = None,
    refused: str = "",
    shows_personal: bool = False,
    status: int = 200,
) -> HttpResponse:
    year = visit.sitting.year
    kept = answers_of(visit.subject, visit.product, year)
    rows: dict[str, Any] = {row.question: row for row in live_personal(visit.subject)}
    if visit.own or shows_personal:
        kept |= {code: row.value for code, row in rows.items()}
    for row in live_answers(visit.subject, visit.product):
        key = key_of(row.question, row.year, year)
        if key is not None:
            rows[key] = row
    shown = {key: typed_as(question, kept.get(key)) for question, keys in view.asked for key in keys} | dict(
        typed or {}
    )
    facts = as_known(catalogue().questions, kept)
    form = CardForm(view.asked, year=year, typed=shown, wrong=wrong)
    blocks = [
        Block(
            question=question,
            fields=[form[key] for key in keys],
            seen=[(key, _seen_now(key, seen, rows)) for key in keys],
            said=_said(visit, [rows[key] for key in keys if key in rows], proved=keys[0] in kept),
            only_if=_only_if(question, facts),
        )
        for question, keys in view.asked
    ]
    place = [each.card.code for each in views].index(view.card.code)
    context = {
        "visit": visit,
        "card": view.card,
        "form": form,
        "blocks": blocks,
        "editable": visit.writes or typed is not None,
        "refused": refused,
        "feeds": feeds_of(visit.sitting, view.card),
        "left": len(view.open),
        "left_words": left_words(len(view.open)),
        "place": place + 1,
        "count": len(views),
        "first": place == 0,
        "last": place + 1 == len(views),
        "saved_at": max((row.at for key, row in rows.items() if key in view.keys), default=None),
        "hidden": not (visit.own or shows_personal) and any(question.sensitive for question, _ in view.asked),
        "answers": [] if visit.writes else _read_only(view, kept, year),
    }
    return render(request, "interview/card.html", context, status=status)


def _seen_now(key: str, seen: Mapping[str, int | None] | None, rows: Mapping[str, Any]) -> int | str:
    """The row a field is shown with: the one it was shown with before, after a refusal."""
    pk = seen.get(key) if seen is not None and key in seen else (rows[key].pk if key in rows else None)
    return pk if pk is not None else ""


def _said(visit: Visit, rows: list[Any], *, proved: bool) -> str:
    """Who answered last and when; for whom, where it was somebody else."""
    if not rows:
        return "Có giấy này trong ví minh chứng." if proved else ""
    last = max(rows, key=lambda row: row.at)
    if last.consent_id:
        return f"{last.typed_by.full_name} nhập giúp {visit.subject.name} lúc {spoken(last.at)}"
    return f"{last.typed_by.full_name} trả lời lúc {spoken(last.at)}"


def _only_if(question: Question, facts: Mapping[str, FactValue]) -> str:
    """In which case a question is to be answered, in words; nothing where that is known already."""
    if question.kind is None or applies(catalogue().kinds, facts, question.code):
        return ""
    asked = catalogue().questions
    cases = []
    for other, values in question.kind.only_when.items():
        words = " hoặc ".join(words_of(asked[other], value) for value in values)
        cases.append(f"{asked[other].about} là “{words}”")
    return f"Chỉ trả lời khi {' và '.join(cases)}."


def _read_only(view: CardView, kept: Mapping[str, Any], year: int) -> list[tuple[str, str, bool]]:
    """The card for whoever may not type: short names and answers, personal ones without their words."""
    questions = catalogue().questions
    return [
        (
            name_of(question, key, year),
            words_of(question, kept.get(key), counted_in(questions, kept, question)),
            question.sensitive,
        )
        for question, keys in view.asked
        for key in keys
    ]
