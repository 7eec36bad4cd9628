"""PDF: nothing in it may run, open another program or carry another file; several pages and pictures become one PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from ocop.files.contents.pictures import upright_jpeg

MEGABYTE = 1024 * 1024
A4 = (595.28, 841.89)  # points
PAGE_SIDE = 2340  # points of the long side of a photographed page: 200 dpi on A4
MOST_VALUES = 2_000_000
MOST_FOLLOWED = 100  # actions that run one after another
TAIL = 64 * 1024
# Actions that run something or send something away; going to a page or a web address is none of them.
BAD_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
    "/RichMediaExecute",
}
# What a PDF may do when nobody clicked anything: go to a page of its own, or what the menu does.
QUIET_ACTIONS = {"/GoTo", "/Named", "/SetOCGState", "/Hide", "/Trans"}
RUNNING_ADDRESS = re.compile(r"\s*(?:javascript|vbscript|data|file)\s*:", re.I)
ENDS_WELL = re.compile(rb"startxref\s+\d+\s*%%EOF$")
BAD_TYPES = {"/EmbeddedFile", "/RichMedia", "/FileAttachment", "/Movie", "/3D"}
PRINT_AGAIN = "Hãy mở tệp, chọn In rồi “Lưu thành PDF” (hoặc chụp ảnh từng trang), rồi tải bản mới lên."


def guard_memory() -> None:
    """Bound what a compressed part may unfold to; once, before the first PDF is read."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=128 * MEGABYTE,
        run_length_max_memory=128 * MEGABYTE,
        png_max_memory=128 * MEGABYTE,
        tiff_max_memory=128 * MEGABYTE,
        max_stream_filters=3,
    )


def pdf_refusal(source: BinaryIO, name: str) -> str | None:
    """A Vietnamese sentence when the PDF is broken, locked, or holds something that runs or another file."""
    try:
        with Pdf.open(source, suppress_warnings=True) as pdf:
            if not pdf.pages:
                return f"Tệp PDF “{name}” không có trang nào. {PRINT_AGAIN}"
            tail = _tail(source)
            if b"%%EOF" not in tail:
                return f"Tệp PDF “{name}” bị thiếu phần cuối. Hãy tải lại hoặc xin lại bản đầy đủ."
            if not ENDS_WELL.search(tail):
                return f"Tệp PDF “{name}” có phần lạ nối sau trang cuối, không nhận được. {PRINT_AGAIN}"
            found = _active_part(pdf)
    except pikepdf.PasswordError:
        return f"Tệp PDF “{name}” có mật khẩu nên cán bộ không mở được. {PRINT_AGAIN}"
    except Exception:  # a reader may stumble over a broken file in any way
        return f"Tệp PDF “{name}” bị hỏng, không mở được. {PRINT_AGAIN}"
    return f"Tệp PDF “{name}” có {found}, không nhận được. {PRINT_AGAIN}" if found else None


def page_count(source: BinaryIO) -> int:
    """How many pages the PDF has."""
    source.seek(0)
    with Pdf.open(source) as pdf:
        return len(pdf.pages)


def join(parts: Sequence[tuple[BinaryIO, bool]]) -> tuple[bytes, int]:
    """One PDF of PDFs (True) and pictures (False) in their order, and its number of pages; same parts, same bytes."""
    with Pdf.new() as joined:
        for source, is_pdf in parts:
            source.seek(0)
            if is_pdf:
                with Pdf.open(source) as part:
                    joined.pages.extend(part.pages)
            else:
                _add_picture(joined, *upright_jpeg(source, PAGE_SIDE))
        out = io.BytesIO()
        joined.save(out, deterministic_id=True)
        return out.getvalue(), len(joined.pages)


def _add_picture(pdf: Pdf, jpeg: bytes, width: int, height: int) -> None:
    """The picture alone on an A4 page, upright or lying as the picture is."""
    paper = A4 if height >= width else A4[::-1]
    scale = min(paper[0] / width, paper[1] / height)
    across, up = width * scale, height * scale
    image = Stream(
        pdf,
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    page = pdf.add_blank_page(page_size=paper)
    page.Resources = Dictionary(XObject=Dictionary(Photo=image))
    left, low = (paper[0] - across) / 2, (paper[1] - up) / 2
    page.Contents = Stream(pdf, f"q {across:.2f} 0 0 {up:.2f} {left:.2f} {low:.2f} cm /Photo Do Q".encode())


def _tail(source: BinaryIO) -> bytes:
    """The last bytes without padding: a torn transfer does not end as a PDF does, and its repair may lack pages."""
    size = source.seek(0, io.SEEK_END)
    source.seek(max(0, size - TAIL))
    return source.read().rstrip(b"\0\t\n\f\r ")


def _active_part(pdf: Pdf) -> str | None:
    """What in the PDF could run or carries another file, in Vietnamese words, or None."""
    forms = pdf.Root.get("/AcroForm")
    if isinstance(forms, Dictionary) and "/XFA" in forms:
        return "biểu mẫu động (XFA)"
    opens = False
    for count, value in enumerate(_values(pdf)):
        if count > MOST_VALUES:
            return "quá nhiều phần tử"
        action = _name(value, "/S")
        if "/JS" in value or "/JavaScript" in value or action == "/JavaScript":
            return "đoạn mã chạy được (JavaScript)"
        if action in BAD_ACTIONS:
            return "lệnh tự mở chương trình hoặc gửi dữ liệu"
        if action == "/URI" and RUNNING_ADDRESS.match(str(value.get("/URI", ""))):
            return "địa chỉ chạy được"
        opens = opens or not all(map(_is_quiet, _by_itself(value)))
        if "/EmbeddedFiles" in value or "/EF" in value or {_name(value, "/Type"), _name(value, "/Subtype")} & BAD_TYPES:
            return "tệp khác kèm bên trong"
    return "lệnh tự mở nơi khác khi vừa mở tệp" if opens else None


def _by_itself(value: Any) -> list[Any]:
    """The actions of a dictionary that nobody has to click: on opening, on showing a page, on leaving a field."""
    more = value.get("/AA")
    of_events = [action for _, action in more.items()] if isinstance(more, Dictionary) else []
    return [value.get("/OpenAction"), *of_events]


def _is_quiet(action: Any) -> bool:
    """Whether an action and all that follow it stay within the file."""
    waiting, followed = [action], 0
    while waiting:
        followed += 1
        each = waiting.pop()
        if isinstance(each, Array):  # a place in the file, or several actions to follow
            waiting += [one for one in each if isinstance(one, Dictionary) and "/S" in one]
        elif isinstance(each, Dictionary):
            if _name(each, "/S") not in QUIET_ACTIONS or followed > MOST_FOLLOWED:
                return False
            waiting.append(each.get("/Next"))
    return True


def _name(value: Any, key: str) -> str:
    found = value.get(key)
    return str(found) if isinstance(found, Name) else ""


def _values(pdf: Pdf) -> Iterator[Any]:
    """Every dictionary of the PDF, also those that lie inside others."""
    for thing in pdf.objects:
        waiting = [thing]
        while waiting:
            value = waiting.pop()
            if isinstance(value, (Dictionary, Stream)):
                yield value
                waiting += [each for _, each in value.items() if _lies_inside(each)]
            elif isinstance(value, Array):
                waiting += [each for each in value if _lies_inside(each)]


def _lies_inside(value: Any) -> bool:
    """Whether the value stands where it is used; what is only named there comes by itself."""
    return isinstance(value, Object) and not value.is_indirect and isinstance(value, (Dictionary, Array))
