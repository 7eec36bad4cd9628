"""What lies inside files: hostile and broken ones are refused in words, nothing is run, good ones pass."""

from __future__ import annotations

import io

import pytest
from pikepdf import Pdf
from PIL import Image

from ocop.files.contents import content_refusal
from ocop.files.contents.pdf import guard_memory, join
from ocop.files.contents.pictures import upright_jpeg
from ocop.files.rules import KINDS, Kind
from tests.factories.files import box, docx, heic, jpeg, mp3, mp4, ogg, packed, pdf, pdf_bomb, wav, webm

guard_memory()


def kind(ending: str) -> Kind:
    return next(each for each in KINDS if ending in each.endings)


def refusal(ending: str, content: bytes) -> str:
    return content_refusal(kind(ending), io.BytesIO(content), f"giay.{ending}") or ""


def relationship(kind: str, target: str, *, encoding: str = "utf-8") -> dict[str, bytes]:
    """A part of a Word file that is fetched from elsewhere; the target stands before the kind."""
    written = (
        f'<?xml version="1.0" encoding="{encoding}"?><Relationships><Relationship Target="{target}"\n TargetMode='
        f'"External" Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
        "</Relationships>"
    )
    return {"word/_rels/settings.xml.rels": written.encode(encoding)}


def field(*instruction: str) -> bytes:
    """A field of a Word file, its instruction in as many runs."""
    runs = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in instruction)
    begin, end = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    return f'<w:p xmlns:w="w">{begin}{runs}{end}</w:p>'.encode()


def polyglot() -> bytes:
    """A film whose first bytes are a web page as well."""
    return mp4(between=box("free", b"<HTML><script>alert(1)</script>"))


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        ("pdf", pdf()),
        ("pdf", pdf(3, script="goto")),
        ("jpg", jpeg()),
        ("jpg", jpeg(turned=True)),
        ("heic", heic()),
        ("docx", docx()),
        ("docx", packed(relationship("hyperlink", "https://vi-du.vn"), base=docx())),
        ("docx", packed(relationship("attachedTemplate", r"file:///C:\Mau\Normal.dotm"), base=docx())),
        ("docx", packed({"word/a.xml": field(" PAGE "), "word/a.vml": b"<xml><br></xml>"}, base=docx())),
        ("pdf", pdf() + b"\r\n\0\0"),
        ("pdf", pdf(script="web link")),
        ("mp4", mp4()),
        ("mov", mp4("qt  ")),
        ("m4a", mp4("M4A ")),
        ("mp3", mp3()),
        ("mp3", mp3(b"x" * 9000)),
        ("ogg", ogg()),
        ("ogg", ogg(b"\x01vorbis")),
        ("wav", wav()),
        ("webm", webm(b"V_VP8", b"A_VORBIS")),
        ("weba", webm(b"A_OPUS")),
    ],
)
def test_what_people_really_send_is_kept(ending: str, content: bytes) -> None:
    assert refusal(ending, content) == ""


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("open", "JavaScript"),
        ("names", "JavaScript"),
        ("page", "lệnh tự mở chương trình"),
        ("link", "gửi dữ liệu"),
        ("file", "tệp khác kèm bên trong"),
        ("xfa", "XFA"),
        ("goto other", "lệnh tự mở nơi khác"),
        ("goto next", "lệnh tự mở nơi khác"),
        ("web page", "lệnh tự mở nơi khác"),
        ("script link", "địa chỉ chạy được"),
    ],
)
def test_a_pdf_that_does_something_is_refused_with_the_way_on(script: str, words: str) -> None:
    said = refusal("pdf", pdf(script=script))
    assert words in said
    assert "Lưu thành PDF" in said


def test_a_locked_pdf() -> None:
    assert "có mật khẩu" in refusal("pdf", pdf(password="bi-mat"))


@pytest.mark.parametrize("content", [b"%PDF-1.7\nkhong phai", pdf(5)[:700]])
def test_a_broken_or_cut_off_pdf(content: bytes) -> None:
    assert "bị hỏng" in (said := refusal("pdf", content)) or "thiếu phần cuối" in said


@pytest.mark.parametrize("more", [b"<script>alert(1)</script>", b"<script>alert(1)</script>%%EOF", pdf()[:90]])
def test_a_pdf_with_something_after_its_end(more: bytes) -> None:
    assert "phần lạ nối sau trang cuối" in refusal("pdf", pdf() + more)


def test_a_pdf_that_unfolds_without_end_is_refused_within_bounds() -> None:
    assert "bị hỏng" in refusal("pdf", pdf_bomb())


@pytest.mark.parametrize("content", [jpeg(size=(800, 800))[:2000], b"\xff\xd8\xff\xe0" + b"\0" * 400])
def test_a_torn_photo(content: bytes) -> None:
    assert "bị hỏng hoặc thiếu một phần" in refusal("jpg", content)


@pytest.mark.parametrize(("size", "words"), [((9_500, 9_000), "quá lớn (9500 × 9000"), ((20_000, 20_000), "quá lớn.")])
def test_a_picture_of_too_many_points(size: tuple[int, int], words: str) -> None:
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    assert len(out.getvalue()) < 100_000
    assert words in refusal("png", out.getvalue())


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"word/media/a.xml": b"\0" * 30_000_000}, "nén quá mức"),
        ({f"word/{number}.xml": b"x" for number in range(3100)}, "nén quá mức"),
        ({"word/vbaProject.bin": b"x"}, "macro"),
        ({"word/activeX/activeX1.xml": b"x"}, "macro"),
        ({"word/embeddings/a.zip": b"PK"}, "tệp khác nén bên trong"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "tệp khác nén bên trong"),
        (
            {
                "word/_rels/settings.xml.rels": b'<Relationship Type="http://schemas/attachedTemplate" '
                b'Target="https://vi-du.vn/x.dotm" TargetMode="External"/>'
            },
            "nằm ở nơi khác",
        ),
        ({f"word/media/{number}.xml": b"\0" * 10_000_000 for number in range(19)}, "nén quá mức"),
        ({"word/embeddings/oleObject1.ole": b"x"}, "tệp khác nén bên trong"),
        (relationship("attachedTemplate", r"\\noi-khac\mau\x.dotm"), "nằm ở nơi khác"),
        (relationship("oleObject", "mhtml:https://vi-du.vn/x.html!x-usc:https://vi-du.vn"), "nằm ở nơi khác"),
        (relationship("image", "https://vi-du.vn/x.png"), "nằm ở nơi khác"),
        (relationship("frame", "https://vi-du.vn/x.htm", encoding="utf-16"), "nằm ở nơi khác"),
        ({"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'}, "nằm ở nơi khác"),
        ({"word/a.xml": field('DDEAUTO c:\\\\windows "/k calc"')}, "DDE"),
        ({"word/a.xml": field("DD", "E cmd")}, "DDE"),
        ({"word/a.dat": field("DDE cmd")}, "DDE"),
        ({"word/a.xml": b'<w:p xmlns:w="w"><w:fldSimple w:instr=" INCLUDETEXT https://vi-du.vn "/></w:p>'}, "DDE"),
        ({"word/a.xml": field("QUOTE 68 68 69")}, "DDE"),
        ({"xl/externalLinks/a.xml": b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'}, "DDE"),
    ],
)
def test_a_word_file_with_more_than_words(parts: dict[str, bytes], words: str) -> None:
    assert words in refusal("docx", packed(parts, base=docx()))


def test_a_zip_that_only_calls_itself_word() -> None:
    assert "nội dung không phải Word" in refusal("docx", packed({"a.txt": b"x"}))
    assert "nội dung không phải Excel" in refusal("xlsx", docx())


@pytest.mark.parametrize("content", [docx()[:900], b"PK\x03\x04" + b"\0" * 200])
def test_a_broken_word_file(content: bytes) -> None:
    assert "bị hỏng" in refusal("docx", content)


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        ("mp4", mp4()[:-30]),
        ("mp4", mp4()[:28]),
        ("mp4", box("ftyp", b"isom\0\0\0\0isom") + box("free") * 60_000),
        ("mp4", mp4() + b"\0" * 5),
        ("m4a", b"\0\0\0\x18ftypM4A "),
        ("mp3", b"ID3\x04\0\0\0\0\x10\0"),
        ("mp3", b"\xff\xfb" + b"khong phai am thanh" * 30),
        ("ogg", b"OggS\0\2"),
        ("ogg", ogg(b"\x80theora")),
        ("wav", wav()[:-200]),
        ("webm", webm(b"")),
    ],
)
def test_a_recording_that_is_broken_or_cut_off(ending: str, content: bytes) -> None:
    assert "bị hỏng hoặc thiếu một phần, không phát được" in refusal(ending, content)


@pytest.mark.parametrize(("ending", "content"), [("mp4", polyglot()), ("mp3", mp3(b"<!doctype html><body>" * 9))])
def test_a_recording_that_is_a_web_page_as_well(ending: str, content: bytes) -> None:
    assert "đoạn mã trang web" in refusal(ending, content)


def test_previews_stand_upright_and_tell_no_place() -> None:
    content, width, height = upright_jpeg(io.BytesIO(jpeg(size=(60, 40), turned=True)), 30)
    assert (width, height) == (20, 30)
    with Image.open(io.BytesIO(content)) as shown:
        assert not shown.getexif()


def test_pages_are_joined_in_their_order_and_the_same_pages_give_the_same_file() -> None:
    def joined() -> tuple[bytes, int]:
        return join([(io.BytesIO(jpeg(size=(90, 60))), False), (io.BytesIO(pdf(2)), True), (io.BytesIO(heic()), False)])

    content, pages = joined()
    assert pages == 4
    assert joined()[0] == content
    with Pdf.open(io.BytesIO(content)) as read:
        first, second = read.pages[0].mediabox, read.pages[1].mediabox
        assert float(first[2]) > float(first[3])  # the lying photo on lying paper
        assert (float(second[2]), float(second[3])) == (595, 842)
    assert refusal("pdf", content) == ""
