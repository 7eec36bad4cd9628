"""The style guide, the error pages, and the promise of no inline script or style anywhere."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from ocop.ui import views
from ocop.ui.context import chrome

ROOT = Path(views.__file__).parents[2]
CSS = ROOT / "ocop/ui/static/ui/css"
INLINE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\bsrc=)", re.IGNORECASE)


def pages() -> list[Path]:
    return sorted(ROOT.glob("ocop/*/templates/**/*.html"))


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_no_inline_script_or_style(page: Path) -> None:
    assert INLINE.findall(page.read_text()) == []


def test_the_guide_shows_every_component(client: Client) -> None:
    page = client.get("/giao-dien/").content.decode()
    for part in ("stars", "chip", "clock", "mark", "bar", "task", "stat", "timeline", "empty", "steps", "tabs",
                 "table", "filters", "pager", "callout", "panel", "facts", "field", "drop", "confirm", "evidence",
                 "criterion", "sheet-bar", "breadcrumbs", "page-head", "footer"):  # fmt: skip
        assert f'class="{part}' in page, part
    assert INLINE.findall(page) == []


def test_every_icon_named_in_a_template_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="([a-z]+)"', (ROOT / "ocop/ui/static/ui/img/icons.svg").read_text()))
    named = {name for page in pages() for name in re.findall(r'{% icon "([a-z]+)"', page.read_text())}
    assert named <= drawn


def _visitor(request):  # type: ignore[no-untyped-def]
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize(
    ("page", "status", "words"),
    [
        (views.bad_request, 400, "chưa đúng"),
        (lambda r: views.forbidden(r, Exception("Trang này dành cho thư ký.")), 403, "Trang này dành cho thư ký."),
        (views.not_found, 404, "Không tìm thấy"),
        (views.csrf_refused, 403, "tải lại trang"),
        (views.server_error, 500, "Máy chủ gặp lỗi"),
    ],
)
def test_error_pages_say_what_to_do(rf: RequestFactory, page, status: int, words: str) -> None:  # type: ignore[no-untyped-def]
    answer = page(_visitor(rf.get("/")))
    text = answer.content.decode()
    assert answer.status_code == status
    assert words in text
    assert "Cần làm" in text


@pytest.mark.parametrize(
    ("cookie", "media"),
    [("", "screen and (prefers-color-scheme: dark)"), ("light", "not all"), ("dark", "screen"), ("x", None)],
)
def test_the_stored_palette_is_known_before_the_first_paint(rf: RequestFactory, cookie: str, media: str | None) -> None:
    request = _visitor(rf.get("/"))
    request.COOKIES["theme"] = cookie
    assert chrome(request)["dark_media"] == (media or "screen and (prefers-color-scheme: dark)")


def test_a_criterion_posts_without_javascript() -> None:
    criterion = {
        "code": "2.1",
        "title": "Nguồn nguyên liệu",
        "max": 3,
        "chosen": "2",
        "options": [
            {"value": "1", "label": "Ít", "points": 1},
            {"value": "2", "label": "Nhiều", "points": 3, "star_min": 4},
        ],
    }
    page = render_to_string("ui/criterion.html", {"c": criterion})
    assert page.count('name="choice-2.1"') == 2
    assert 'name="note-2.1"' in page
    assert re.search(r'value="2" data-points="3,00" checked', page)
    assert "tối thiểu cho 4 sao" in page


# ── contrast: the palettes are data, so WCAG AA is arithmetic ──


def _palette(*files: str) -> dict[str, str]:
    return {n: c for f in files for n, c in re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", (CSS / f).read_text())}


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


WORDS_ON = [
    *[("ink", f"{hue}-wash") for hue in ("rice", "gold", "brick", "indigo")],
    *[("ink", ground) for ground in ("paper", "surface", "sunken")],
    *[("ink-soft", ground) for ground in ("paper", "surface", "sunken", "rice-wash")],
    *[("rice", ground) for ground in ("paper", "surface", "sunken", "rice-wash")],
    ("rice-strong", "rice-wash"), ("on-rice", "rice"), ("on-rice", "rice-strong"),
    ("gold-ink", "gold-wash"), ("gold-ink", "surface"), ("gold-ink", "paper"), ("gold-ink", "rice-wash"),
    ("brick", "surface"), ("brick", "paper"), ("brick", "brick-wash"),
    ("on-brick", "brick"), ("on-brick", "brick-strong"),
    ("indigo", "indigo-wash"), ("indigo", "surface"), ("indigo", "rice-wash"),
    ("mast-ink", "mast"), ("mast-soft", "mast"), ("mast-soft", "mast-deep"),
]  # fmt: skip
SHAPES_ON = [
    ("gold", "surface"),
    ("gold", "paper"),
    ("line-strong", "surface"),
    ("line-strong", "paper"),
    ("focus", "paper"),
]


@pytest.mark.parametrize("files", [("tokens.css",), ("tokens.css", "dark.css")], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(WORDS_ON, 4.5), (SHAPES_ON, 3.0)], ids=["words", "shapes"])
def test_contrast(files: tuple[str, ...], pairs: list[tuple[str, str]], least: float) -> None:
    palette = _palette(*files)
    for front, ground in pairs:
        low, high = sorted((_light(palette[front]), _light(palette[ground])))
        assert (high + 0.05) / (low + 0.05) >= least, (front, ground)
