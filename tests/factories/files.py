"""Files of every kind, good and hostile, made in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image
from pillow_heif import from_pillow

PLACE = {1: "N", 2: (21.0, 16.0, 5.0), 3: "E", 4: (106.0, 11.0, 44.0)}  # a GPS position, somewhere in a field


def jpeg(
    colour: tuple[int, int, int] = (20, 120, 60), size: tuple[int, int] = (60, 40), *, turned: bool = False
) -> bytes:
    """A photo that tells where it was taken; `turned` is how a phone held upright writes one."""
    exif = Image.Exif()
    exif[0x0112] = 6 if turned else 1
    exif[0x8825] = PLACE
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


def heic(colour: tuple[int, int, int] = (200, 180, 90), size: tuple[int, int] = (64, 48)) -> bytes:
    """A photo as iPhones write them."""
    out = io.BytesIO()
    from_pillow(Image.new("RGB", size, colour)).save(out, format="HEIF")
    return out.getvalue()


def pdf(pages: int = 1, *, script: str = "", password: str = "") -> bytes:
    """A PDF; `script` says what runs or hides in it."""
    made = Pdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(595, 842))
    hide = {"/S": Name.JavaScript, "/JS": String("app.alert(1)")}
    match script:
        case "open":
            made.Root.OpenAction = Dictionary(hide)
        case "names":
            made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), Dictionary(hide)])))
        case "page":
            made.pages[0].AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("cmd.exe")))
        case "link":
            action = Dictionary(S=Name.SubmitForm, F=String("http://vi-du.vn"))
            made.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action)])
        case "file":
            made.attachments["a.exe"] = pikepdf.AttachedFileSpec(made, b"MZ")
        case "xfa":
            made.Root.AcroForm = Dictionary(XFA=String("<x/>"))
        case "goto other":
            made.Root.OpenAction = Dictionary(S=Name.GoToR, F=String(r"\\noi-khac\tep"), D=Array([0, Name.Fit]))
        case "goto next":
            away = Dictionary(S=Name.URI, URI=String("https://vi-du.vn"))
            made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]), Next=Array([away]))
        case "web page":
            made.pages[0].AA = Dictionary(O=Dictionary(S=Name.URI, URI=String("https://vi-du.vn")))
        case "web link" | "script link":
            address = "https://vi-du.vn" if script == "web link" else " JavaScript:alert(1)"
            click = Dictionary(S=Name.URI, URI=String(address))
            made.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, A=click)])
        case "goto":
            made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])
    out = io.BytesIO()
    encryption = pikepdf.Encryption(user=password, owner=password) if password else False
    made.save(out, encryption=encryption)
    return out.getvalue()


def pdf_bomb() -> bytes:
    """A PDF whose list of objects unfolds to far more than any memory should hold."""
    import zlib

    packed = zlib.compress(b" " * (300 * 1024 * 1024), 9)
    head = b"%PDF-1.7\n"
    stream = (
        b"1 0 obj\n<< /Type /XRef /Size 4 /W [1 2 1] /Root 2 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
        % len(packed)
    )
    return head + stream + packed + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


def docx(words: str = "Hợp đồng") -> bytes:
    """A Word file."""
    out = io.BytesIO()
    made = Document()
    made.add_paragraph(words)
    made.save(out)
    return out.getvalue()


def packed(parts: Mapping[str, bytes], *, base: bytes = b"") -> bytes:
    """A zipped file of these parts, after those of `base`."""
    out = io.BytesIO(base)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    """The content as a browser sends it with a form."""
    return SimpleUploadedFile(name, content)


def box(name: str, content: bytes = b"") -> bytes:
    """A box of an MP4 file."""
    return (len(content) + 8).to_bytes(4, "big") + name.encode() + content


def mp4(brand: str = "isom", *, between: bytes = b"") -> bytes:
    """The frame of an MP4, MOV (`qt  `) or M4A (`M4A `) file; a browser finds nothing to play in it."""
    head = box("ftyp", brand.encode() + b"\0\0\2\0" + (b"qt  " if brand == "qt  " else b"isomiso2mp41"))
    return head + between + box("moov", box("mvhd", b"\0" * 100)) + box("mdat", b"\1" * 400)


def webm(*codecs: bytes) -> bytes:
    """The head of a WebM file with these tracks."""
    return b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\x18\x53\x80\x67" + b"\x01" * 40 + b"".join(codecs) + b"\0" * 200


def mp3(tag: bytes = b"") -> bytes:
    """A few frames of MPEG sound (128 kbit/s, 44.1 kHz), after a tag."""
    head = b"ID3\x04\0\0" + bytes([0, 0, len(tag) >> 7, len(tag) & 0x7F]) + tag if tag else b""
    return head + (b"\xff\xfb\x90\x00" + b"\0" * 413) * 4


def ogg(codec: bytes = b"OpusHead") -> bytes:
    """The first page of an Ogg file."""
    return b"OggS\0\2" + b"\0" * 20 + bytes([1, 19]) + codec + b"\1" * 30


def wav(seconds: float = 0.2, rate: int = 8000) -> bytes:
    """Silence as a sound recorder writes it; every browser plays it."""
    sound = b"\x80" * int(seconds * rate)
    form = b"fmt " + (16).to_bytes(4, "little") + b"\1\0\1\0" + rate.to_bytes(4, "little") * 2 + b"\1\0\x08\0"
    parts = b"WAVE" + form + b"data" + len(sound).to_bytes(4, "little") + sound
    return b"RIFF" + len(parts).to_bytes(4, "little") + parts
