"""Pictures: opened once and whole; shown upright, small and without what the camera noted (place, device)."""

from __future__ import annotations

import io
from typing import BinaryIO

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener(thumbnails=False)

MOST_PIXELS = 80_000_000
PREVIEW_QUALITY = 82
SMALLER = "Hãy chụp lại ở cỡ nhỏ hơn."
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


def picture_refusal(source: BinaryIO, name: str) -> str | None:
    """Read the picture to its last line: a broken, cut-off or bomb picture is refused in words, else None."""
    try:
        with Image.open(source, formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return f"Ảnh “{name}” quá lớn ({width} × {height} điểm ảnh). {SMALLER}"
            picture.draft("RGB", (width // 8, height // 8))  # a JPEG is read whole, but into little memory
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return f"Ảnh “{name}” quá lớn. {SMALLER}"
    except Exception:  # a decoder may stumble over a broken file in any way
        return f"Ảnh “{name}” bị hỏng hoặc thiếu một phần, không mở được. Hãy chụp hoặc chọn lại."
    return None


def upright_jpeg(source: BinaryIO, side: int) -> tuple[bytes, int, int]:
    """The picture as a JPEG of at most `side` points a side, with its width and height: upright, no camera notes."""
    source.seek(0)
    with Image.open(source, formats=FORMATS) as picture:
        picture.draft("RGB", (side, side))
        shown = ImageOps.exif_transpose(picture)
        shown.thumbnail((side, side), Image.Resampling.LANCZOS)
        if shown.mode in {"RGBA", "LA", "P", "PA"}:
            through = shown.convert("RGBA")
            shown = Image.new("RGB", through.size, "white")
            shown.paste(through, mask=through.getchannel("A"))
        out = io.BytesIO()
        # exif="": Pillow would else copy the camera's notes of some formats.
        shown.convert("RGB").save(out, "JPEG", quality=PREVIEW_QUALITY, optimize=True, exif=b"")
        return out.getvalue(), *shown.size
