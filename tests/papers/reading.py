"""Reading a printed paper back: its text, where its letters stand, what its QR code says."""

from __future__ import annotations

import pypdfium2 as pdfium
import zxingcpp

MM = 72 / 25.4


def pages(pdf: bytes) -> int:
    with pdfium.PdfDocument(pdf) as document:
        return len(document)


def text(pdf: bytes) -> str:
    """All text with line breaks as single spaces, so that wrapped sentences can be compared."""
    return " ".join(" ".join(page_texts(pdf)).split())


def page_texts(pdf: bytes) -> list[str]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def ink(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """For each page the distance in mm of its text from the left, top, right and bottom edge."""
    margins = []
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            width, height = page.get_size()
            textpage = page.get_textpage()
            boxes = [
                textpage.get_charbox(i) for i in range(textpage.count_chars()) if textpage.get_text_range(i, 1).strip()
            ]
            left, bottom, right, top = (pick(box[i] for box in boxes) for i, pick in enumerate((min, min, max, max)))
            margins.append((left / MM, (height - top) / MM, (width - right) / MM, bottom / MM))
    return margins


def scanned(pdf: bytes, *, dpi: int) -> list[str]:
    """What a scanner reads from the first page rasterised at `dpi`."""
    with pdfium.PdfDocument(pdf) as document:
        picture = document[0].render(scale=dpi / 72).to_pil()
    return [code.text for code in zxingcpp.read_barcodes(picture)]
