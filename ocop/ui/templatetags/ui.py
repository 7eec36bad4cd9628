"""Tags and filters of the design system; every one is shown at /giao-dien/."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import segno
from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Widget
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

Number = Fraction | Decimal | int
Facts = dict[str, Any]
Missing = Literal[""] | None  # a template gives "" for a name it does not know

SOON = 3  # days left at which a clock turns amber: a habit of the eye, not a legal term

# letter → (short word on the badge, sentence for the tooltip and the reader)
MARKS = {
    "V": ("Nguyên văn", "Đọc nguyên văn trong văn bản"),
    "S": ("Nguồn thứ cấp", "Theo báo chí, cổng thông tin hoặc nguồn khác thuật lại"),
    "R": ("Cách hiểu", "Cách hiểu của chúng tôi từ nguyên văn"),
    "U": ("Chưa kiểm chứng", "Chưa tìm được nguồn để kiểm chứng"),
}

CALLOUT_ICONS = {"info": "help", "good": "check", "warn": "warn", "bad": "warn"}
CHIP_TONES = {"draft", "wait", "work", "good", "warn", "bad", "neutral"}


# ── Words and figures ──────────────────────────────────────────────────────────────────────────────────────────


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _grouped(whole: int) -> str:
    return f"{whole:,}".replace(",", ".")


@register.filter
def vn_date(day: date | datetime | None) -> str:
    """dd/MM/yyyy, in the local zone; empty for none."""
    if not day:
        return ""
    if isinstance(day, datetime):
        day = _local(day)
    return f"{day:%d/%m/%Y}"


@register.filter
def vn_datetime(moment: datetime | None) -> str:
    """dd/MM/yyyy HH:mm, in the local zone; empty for none."""
    return f"{_local(moment):%d/%m/%Y %H:%M}" if moment else ""


@register.filter
def count(number: int | None) -> str:
    """A whole number with dots between thousands."""
    return "" if number is None else _grouped(int(number))


@register.filter
def money(dong: int | None) -> str:
    """Whole đồng with dots between thousands and the sign đ."""
    return "" if dong is None else f"{_grouped(int(dong))}\N{NO-BREAK SPACE}đ"


@register.filter
def points(value: Number | Missing, places: int = 2) -> str:
    """Points with a decimal comma, rounded half up from the exact value; the value itself is never changed."""
    if isinstance(value, str) or value is None:
        return ""
    exact = Fraction(value) * 10**places
    units = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    whole, rest = divmod(units, 10**places)
    sign = "−" if exact < 0 and units else ""
    return f"{sign}{_grouped(whole)},{rest:0{places}d}" if places else f"{sign}{_grouped(whole)}"


@register.filter
def initials(name: str) -> str:
    """First letters of the family name and the given name, in Vietnamese order."""
    words = str(name or "").split()
    ends = words if len(words) < 2 else (words[0], words[-1])
    return "".join(word[0] for word in ends).upper()


@register.filter
def file_size(size: int | Missing) -> str:
    """Bytes in the unit a person reads: 840 B, 12 KB, 1,4 MB."""
    if isinstance(size, str) or size is None:
        return ""
    if size < 1024:
        return f"{size} B"
    if size < 1024**2:
        return f"{size // 1024} KB"
    return f"{points(Fraction(size, 1024**2), 1)} MB"


@register.filter
def clock_words(days: int, unit: str = "ngày") -> str:
    """The legal clock in words: còn 9 ngày, hôm nay, quá 3 ngày."""
    if days == 0:
        return "hôm nay"
    return f"còn {days} {unit}" if days > 0 else f"quá {-days} {unit}"


# ── Small components ───────────────────────────────────────────────────────────────────────────────────────────


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite, hidden from screen readers: the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("ui/img/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/stars.html")
def stars(number: int | None, size: str = "") -> Facts:
    """Five stars, `number` of them gold, and the words."""
    number = int(number or 0)
    return {"marks": [place <= number for place in range(1, 6)], "number": number, "size": size}


@register.simple_tag
def chip(tone: str, text: str) -> SafeString:
    """A status in words; the tone only helps the eye."""
    if tone not in CHIP_TONES:
        raise template.TemplateSyntaxError(f"chip: no tone {tone!r}")
    return format_html('<span class="chip chip--{}">{}</span>', tone, text)


@register.simple_tag
def days_chip(days: int | Missing, unit: str = "ngày") -> SafeString | str:
    """The clock for a number of days already counted, negative when late; nothing for none."""
    if isinstance(days, str) or days is None:
        return ""
    tone = "bad" if days < 0 else "warn" if days <= SOON else "good"
    return format_html('<span class="clock clock--{}">{}{}</span>', tone, icon("clock"), clock_words(days, unit))


@register.simple_tag
def clock_chip(due: date | datetime | None, today: date) -> SafeString | str:
    """The clock from a date to a date, in calendar days; nothing for none."""
    if not due:
        return ""
    day = _local(due).date() if isinstance(due, datetime) else due
    return days_chip((day - today).days)


@register.simple_tag
def mark_badge(mark: str) -> SafeString:
    """How sure a legal fact is, in words (V/S/R/U)."""
    word, sentence = MARKS[mark]
    return format_html(
        '<span class="mark mark--{}" title="{}"><abbr aria-hidden="true">{}</abbr>{}</span>',
        mark.lower(), sentence, mark, word,
    )  # fmt: skip


def _share(part: Number | None, whole: Number) -> str:
    """Percent of the bar as SVG wants it: a plain decimal point whatever the language."""
    share = Fraction(part or 0) / Fraction(whole) if whole else Fraction(0)
    return f"{float(min(max(share, Fraction(0)), Fraction(1)) * 100):.2f}"


@register.inclusion_tag("ui/bar.html")
def score_bar(value: Number | None, most: Number, label: str = "") -> Facts:
    """Points out of the most there are, as a bar and as figures."""
    return {"share": _share(value, most), "words": f"{points(value or 0)} / {points(most, 0)}", "label": label}


@register.inclusion_tag("ui/bar.html")
def progress(done: int, whole: int, unit: str = "") -> Facts:
    """How many of how many are done, as a bar and in words."""
    words = f"{count(done)}/{count(whole)} {unit}".strip()
    return {"share": _share(done, whole), "words": words, "tone": "progress"}


@register.simple_tag
def avatar(name: str) -> SafeString:
    """Round initials; the name itself must stand beside them."""
    return format_html('<span class="avatar" aria-hidden="true">{}</span>', initials(name))


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code of the text; `label` says where it leads."""
    drawn = segno.make(text, error="q", micro=False).svg_inline(border=4, omitsize=True)
    return format_html('<p class="qr" role="img" aria-label="{}">{}</p>', label, mark_safe(drawn))  # noqa: S308


@register.simple_block_tag
def callout(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A note to be seen before going on."""
    heading = format_html('<p class="callout__title">{}</p>', title) if title else ""
    return format_html(
        '<div class="callout callout--{}" role="note">{}<div class="callout__body">{}{}</div></div>',
        tone, icon(CALLOUT_ICONS[tone]), heading, content,
    )  # fmt: skip


@register.simple_block_tag
def panel(content: str, title: str = "", id: str = "") -> SafeString:
    """A white card with its heading."""
    heading = format_html('<h2 class="panel__title">{}</h2>', title) if title else ""
    anchor = format_html(' id="{}"', id) if id else ""
    return format_html('<section class="panel"{}>{}{}</section>', anchor, heading, content)


# ── Forms ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _shape(widget: Widget) -> str:
    if isinstance(widget, (RadioSelect, CheckboxSelectMultiple)):
        return "choices"
    return "check" if isinstance(widget, CheckboxInput) else "line"


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, label: str = "") -> Facts:
    """One question of a form: label, help, error and control, tied together for screen readers."""
    return {"field": bound, "label": label or bound.label, "shape": _shape(bound.field.widget)}


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm) -> Facts:
    """Every field of a form in its order, hidden ones first."""
    return {"form": form}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> Facts:
    """What must be put right before sending, each line a link to its field."""
    return {"form": form, "wrong": [bound for bound in form.visible_fields() if bound.errors]}


@register.inclusion_tag("ui/file_field.html")
def file_field(bound: BoundField, uploaded: Iterable[Facts] = ()) -> Facts:
    """A drop area for files and the list of those already kept."""
    if not isinstance(bound.field.widget, FileInput):
        raise template.TemplateSyntaxError(f"file_field: {bound.name} takes no files")
    return {"field": bound, "uploaded": uploaded}
