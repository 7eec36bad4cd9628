"""What may be uploaded: judged by content first, then by name and size. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import filetype


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is accepted: its type, the endings it may wear, and its name for people."""

    content_type: str
    endings: tuple[str, ...]
    name: str

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture, which has a preview every browser shows."""
        return self.content_type.startswith("image/")

    @property
    def is_media(self) -> bool:
        """Whether it is sound or film."""
        return self.content_type.startswith(("audio/", "video/"))

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF."""
        return self.content_type == "application/pdf"


KINDS = (
    Kind("application/pdf", ("pdf",), "PDF"),
    Kind("image/jpeg", ("jpg", "jpeg"), "ảnh JPG"),
    Kind("image/png", ("png",), "ảnh PNG"),
    Kind("image/webp", ("webp",), "ảnh WEBP"),
    Kind("image/heic", ("heic", "heif"), "ảnh HEIC"),
    Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",), "Word (.docx)"),
    Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",), "Excel (.xlsx)"),
    Kind("video/mp4", ("mp4", "m4v"), "phim MP4"),
    Kind("video/quicktime", ("mov",), "phim MOV"),
    Kind("video/webm", ("webm",), "phim WEBM"),
    Kind("audio/mp4", ("m4a", "mp4"), "ghi âm M4A"),
    Kind("audio/mpeg", ("mp3",), "ghi âm MP3"),
    Kind("audio/ogg", ("ogg", "oga", "opus"), "ghi âm OGG"),
    Kind("audio/wav", ("wav",), "ghi âm WAV"),
    Kind("audio/webm", ("webm", "weba"), "ghi âm WEBM"),
)
PICTURES = frozenset(kind.content_type for kind in KINDS if kind.is_picture)
MEDIA_ENDINGS = frozenset(ending for kind in KINDS if kind.is_media for ending in kind.endings)
ACCEPT = ",".join(dict.fromkeys(f".{ending}" for kind in KINDS for ending in kind.endings))
ZIPPED = {"docx", "xlsx"}
ACCEPTED_WORDS = ", ".join(kind.name for kind in KINDS)
# What `filetype` calls otherwise than browsers do.
SAME_TYPES = {"audio/x-wav": "audio/wav", "video/x-m4v": "video/mp4"}
WEBM_PICTURE, WEBM_SOUND = re.compile(rb"V_(?:VP[89]|AV1|MPEG)"), re.compile(rb"A_(?:OPUS|VORBIS|AAC)")


def kind_of(head: bytes, name: str) -> Kind | str:
    """The accepted kind of a file by its first bytes and its name, or a Vietnamese sentence that refuses it."""
    ending = ending_of(name)
    if not head:
        return f"Tệp “{name}” rỗng (0 byte). Hãy chụp hoặc chọn lại tệp."
    found = _type_in(head, ending)
    kind = next((kind for kind in KINDS if found == kind.content_type), None)
    claimed = next((kind for kind in KINDS if ending in kind.endings), None)
    if kind is None and found == "application/zip" and ending in ZIPPED:
        kind = claimed  # its first part does not name it; what lies inside is looked at next
    if kind is None and claimed is not None:
        return (
            f"Tệp “{name}” mang đuôi .{ending} nhưng nội dung không phải {claimed.name}. "
            "Hãy mở tệp bằng chương trình gốc, lưu lại đúng loại rồi tải lên."
        )
    if kind is None:
        return f"Tệp “{name}” không thuộc loại được nhận. Hãy dùng: {ACCEPTED_WORDS}."
    if ending not in kind.endings:
        return (
            f"Tệp “{name}” thật ra là {kind.name} nhưng mang đuôi .{ending or '(không có)'}. "
            f"Hãy đổi đúng đuôi .{kind.endings[0]} rồi tải lại."
        )
    return kind


def ending_of(name: str) -> str:
    """The ending of a file name in small letters, without its dot."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def is_media_name(name: str) -> bool:
    """Whether the ending says sound or film, which may be heavier than a paper."""
    return ending_of(name) in MEDIA_ENDINGS


def size_refusal(size: int, limit: int, name: str) -> str | None:
    """A Vietnamese sentence when `size` bytes are more than `limit` bytes, else None."""
    if size <= limit:
        return None
    weight = f"{size / 1048576:.1f}".replace(".", ",")
    what_to_do = (
        "Hãy ghi ngắn hơn, chọn chất lượng thấp hơn hoặc cắt thành nhiều đoạn."
        if is_media_name(name)
        else "Hãy chụp lại với độ phân giải thấp hơn hoặc tách tệp."
    )
    return f"Tệp “{name}” nặng {weight} MB, quá mức {limit // 1048576} MB. {what_to_do}"


def refusal_of_name(name: str) -> str | None:
    """A Vietnamese sentence when the ending alone says that the file will not be accepted, before a byte is sent."""
    ending = ending_of(name)
    if any(ending in kind.endings for kind in KINDS):
        return None
    return f"Tệp “{name}” không thuộc loại được nhận. Hãy dùng: {ACCEPTED_WORDS}."


def _type_in(head: bytes, ending: str) -> str:
    """The type that the first bytes tell; of sound and film together the ending or the tracks say which it is."""
    guess = filetype.guess(head)
    found = SAME_TYPES.get(guess.mime, guess.mime) if guess is not None else ""
    if found == "video/mp4" and ending == "m4a":
        return "audio/mp4"  # recorders of phones write the mark of any MP4
    if found == "video/webm" and WEBM_SOUND.search(head) and not WEBM_PICTURE.search(head):
        return "audio/webm"
    return found


def keys_in(texts: Iterable[str]) -> list[UUID]:
    """The keys of held uploads that a page names, each once and in their order; what is no key is left out."""
    keys = []
    for text in texts:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(keys))
