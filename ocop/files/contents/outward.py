"""What in a Word or Excel file reaches outside it: parts it would fetch from elsewhere, fields that run or fetch.

Parsed as XML, in any encoding and order of attributes; a link that somebody must click is none of them.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from xml.parsers import expat

PIECE = 256 * 1024
# A template on a disk of the writer's own computer is noted by Word as a matter of course, and found nowhere else.
OWN_DISK = re.compile(r"(?:file:///)?[a-z]:[\\/]", re.I)
FETCHING_FIELDS = {"dde", "ddeauto", "include", "includetext", "link", "import", "database"}
SPELLED_FIELD = re.compile(r"quote(?:\s+\d+)+\s*$", re.I)  # a field whose words are written as numbers
BLANK = b"\0\t\n\r "
XML_STARTS = (b"<", b"\xef\xbb\xbf", b"\xfe\xff", b"\xff\xfe")  # by any name: a part is what it is declared to be
RUNNING_LINKS = {"ddelink", "olelink"}
ELSEWHERE = "gọi nội dung nằm ở nơi khác"
RUNS = "có trường tự chạy hoặc tự lấy dữ liệu (DDE)"


class _Found(Exception):
    """Stops reading: `words` says what was found."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class _Reader:
    """Reads one part, and stops at what reaches outside."""

    def __init__(self) -> None:
        self.fields: list[str] = []
        self.typed: list[str] | None = None

    def begin(self, name: str, values: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2].lower(): value for key, value in values.items()}
        match name.rpartition(":")[2].lower():
            case "relationship":
                _check_relationship(plain)
            case "fldsimple":
                _check_field(plain.get("instr", ""))
            case "fldchar" if plain.get("fldchartype") == "begin":
                self.fields.append("")
            case "fldchar" if self.fields and plain.get("fldchartype") == "separate":
                _check_field(self.fields[-1])
            case "fldchar" if self.fields and plain.get("fldchartype") == "end":
                _check_field(self.fields.pop())
            case "instrtext" | "delinstrtext":
                self.typed = []
            case tag if tag in RUNNING_LINKS:
                raise _Found(RUNS)

    def words(self, text: str) -> None:
        if self.typed is not None:
            self.typed.append(text)

    def end(self, name: str) -> None:
        if self.typed is not None and name.rpartition(":")[2].lower() in {"instrtext", "delinstrtext"}:
            text, self.typed = "".join(self.typed), None
            if not self.fields:
                _check_field(text)
            else:
                self.fields[-1] += text

    def doctype(self, _name: str, _system: str | None, _public: str | None, inside: bool) -> None:
        """No office program declares anything there; it only serves to unfold or to fetch."""
        if inside:
            raise _Found(ELSEWHERE)


def outward_part(packed: zipfile.ZipFile) -> str | None:
    """What in the file reaches outside it, in Vietnamese words, or None; raises where a part is broken XML."""
    for part in packed.infolist():
        named = PurePosixPath(part.filename).suffix.lower() in {".xml", ".rels"}
        with packed.open(part) as content:
            if not named and not content.read(4).lstrip(BLANK).startswith(XML_STARTS):
                continue
        reader, parser = _Reader(), expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = reader.begin, reader.end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = reader.words, reader.doctype
        try:
            with packed.open(part) as content:
                while piece := content.read(PIECE):
                    parser.Parse(piece, False)
                parser.Parse(b"", True)
        except _Found as found:
            return found.words
        except expat.ExpatError:  # old drawings are nearly XML; no program reads them beyond the fault
            if named:
                raise
    return None


def _check_relationship(values: dict[str, str]) -> None:
    kind, target = values.get("type", "").rpartition("/")[2].lower(), values.get("target", "")
    if values.get("targetmode", "").lower() != "external" or kind == "hyperlink":
        return
    if kind == "attachedtemplate" and OWN_DISK.match(target):
        return
    raise _Found(ELSEWHERE)


def _check_field(instruction: str) -> None:
    keyword = instruction.split(maxsplit=1)[0].lower() if instruction.strip() else ""
    if keyword in FETCHING_FIELDS or SPELLED_FIELD.match(instruction.strip()):
        raise _Found(RUNS)
