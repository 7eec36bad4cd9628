"""Sound and film: told by their structure, not by their first bytes alone; nothing is decoded on the server."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ocop.files.rules import WEBM_PICTURE, WEBM_SOUND, Kind

HEAD = 64 * 1024
MOST_BOXES = 50_000
AGAIN = "Hãy ghi lại, hoặc mở bằng chương trình gốc, xuất lại rồi tải lên."
# A page of the web laid into the first bytes: no recorder writes one.
WEB_PAGE = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php)\b", re.I)
OGG_SOUNDS = (b"\x01vorbis", b"OpusHead", b"Speex   ", b"\x7fFLAC")
# MPEG sound: kbit/s by their number in a frame's head, for layer III of version 1 and of the later ones.
BITRATES = {
    3: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def media_refusal(kind: Kind, source: BinaryIO, name: str) -> str | None:
    """A Vietnamese sentence when the recording is not what it says, broken, cut off, or carries a web page."""
    source.seek(0)
    head = source.read(HEAD)
    if WEB_PAGE.search(head):
        return f"Tệp “{name}” có đoạn mã trang web xen ở đầu, không nhận được. {AGAIN}"
    try:
        whole = CHECKS[kind.content_type](head, source)
    except Exception:  # a reader may stumble over a broken file in any way
        whole = False
    return None if whole else f"Tệp “{name}” bị hỏng hoặc thiếu một phần, không phát được. {AGAIN}"


def _is_mp4(_: bytes, source: BinaryIO) -> bool:
    """Its boxes follow one another to the last byte, and both the table and the recording are there."""
    boxes = list(_boxes(source))
    return boxes[0] == "ftyp" and "moov" in boxes and not {"mdat", "moof"}.isdisjoint(boxes)


def _boxes(source: BinaryIO) -> Iterator[str]:
    end, place = source.seek(0, io.SEEK_END), 0
    for _ in range(MOST_BOXES):
        if place == end:
            return
        source.seek(place)
        head = source.read(16)
        size, name = int.from_bytes(head[:4], "big"), head[4:8].decode("latin-1")
        if size == 1:
            size = int.from_bytes(head[8:16], "big")
        elif size == 0:
            size = end - place
        if size < 8 or place + size > end:
            raise ValueError("a box beyond the end of the file")
        yield name
        place += size
    raise ValueError("too many boxes")


def _is_webm(head: bytes, _: BinaryIO) -> bool:
    return b"\x18\x53\x80\x67" in head and bool(WEBM_PICTURE.search(head) or WEBM_SOUND.search(head))


def _is_ogg(head: bytes, _: BinaryIO) -> bool:
    first = 27 + head[26]  # the first page's own head and its table of parts
    return head[4] == 0 and head[first:].startswith(OGG_SOUNDS)


def _is_wav(head: bytes, source: BinaryIO) -> bool:
    told, size = int.from_bytes(head[4:8], "little"), source.seek(0, io.SEEK_END)
    return b"fmt " in head and b"data" in head and (told in {0, 0xFFFFFFFF} or told + 8 <= size)


def _is_mp3(head: bytes, source: BinaryIO) -> bool:
    """Two frames of sound follow one another behind the tag, which may be long: it holds a picture at times."""
    start = 0
    if head[:3] == b"ID3":
        start = 10 + sum((head[6 + place] & 0x7F) << (21 - 7 * place) for place in range(4))
    source.seek(start)
    sound = source.read(HEAD)
    if WEB_PAGE.search(sound):
        return False
    for place in range(min(len(sound) - 4, 4096)):
        length = _frame(sound[place : place + 4])
        if length and _frame(sound[place + length : place + length + 4]):
            return True
    return False


def _frame(head: bytes) -> int:
    """The length of the MPEG layer III frame that begins with these four bytes; 0 where none begins."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in RATES or not 0 < bitrate < 15 or rate == 3:
        return 0
    speed = BITRATES[3 if version == 3 else 2][bitrate - 1] * 1000
    return (144 if version == 3 else 72) * speed // RATES[version][rate] + (head[2] >> 1 & 1)


CHECKS: dict[str, Callable[[bytes, BinaryIO], bool]] = {
    "video/mp4": _is_mp4,
    "video/quicktime": _is_mp4,
    "audio/mp4": _is_mp4,
    "video/webm": _is_webm,
    "audio/webm": _is_webm,
    "audio/ogg": _is_ogg,
    "audio/wav": _is_wav,
    "audio/mpeg": _is_mp3,
}
