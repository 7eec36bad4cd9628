"""Evidence for the demo: drawn pictures and one-page papers, plainly marked as made up."""

from __future__ import annotations

import io
import random
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from ocop.ui.papers import FONTS, render

PALETTES = (
    ((243, 236, 220), (31, 107, 69), (200, 146, 42)),
    ((236, 242, 232), (58, 122, 75), (169, 68, 47)),
    ((247, 238, 226), (169, 68, 47), (31, 107, 69)),
    ((233, 240, 240), (47, 98, 110), (200, 146, 42)),
)


def picture(product: str) -> SimpleUploadedFile:
    """A drawn picture of a product: a jar or basket on a table with its name."""
    rng = random.Random(product)  # noqa: S311
    ground, body, accent = rng.choice(PALETTES)
    image = Image.new("RGB", (960, 640), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 470, 960, 640), fill=tuple(max(0, part - 28) for part in ground))
    for place in range(3):
        left = 180 + place * 210 + rng.randint(-12, 12)
        top = 190 + rng.randint(-20, 30)
        draw.rounded_rectangle((left, top, left + 170, 500), radius=26, fill=body)
        draw.rounded_rectangle((left + 18, top - 34, left + 152, top + 8), radius=12, fill=accent)
        draw.rounded_rectangle((left + 16, top + 90, left + 154, top + 210), radius=10, fill=ground)
        draw.ellipse((left + 60, top + 112, left + 110, top + 162), fill=accent)
    font = ImageFont.truetype(str(_font()), 40)
    draw.text((480, 80), product, font=font, fill=body, anchor="mm")
    draw.text(
        (480, 590), "Ảnh minh họa của bản trình diễn", font=ImageFont.truetype(str(_font()), 24), fill=body, anchor="mm"
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return SimpleUploadedFile("anh-san-pham.jpg", out.getvalue(), content_type="image/jpeg")


def paper(title: str, subject: str, lines: list[str]) -> SimpleUploadedFile:
    """A one-page paper of the demo with a title and a few lines."""
    pdf = render(Path(__file__).with_name("paper.typ"), {"title": title, "subject": subject, "lines": lines})
    return SimpleUploadedFile("giay-to.pdf", pdf, content_type="application/pdf")


def _font() -> Path:
    return next(iter(sorted(FONTS.glob("BeVietnamPro*SemiBold*.ttf")) or sorted(FONTS.glob("*.ttf"))))
