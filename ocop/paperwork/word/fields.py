"""The fields of a Word file in reading order: simple ones, and those of begin, instruction, result and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ocop.paperwork.word.parts import W

MERGE = re.compile(r'\s*MERGEFIELD\s+(?:"([^"\\]+)"|([^"\\\s]+))((?:\s+\\\*\s*\w+)*)\s*')
SWITCHES = {"mergeformat", "charformat", "upper", "lower", "caps", "firstcap"}
INSTRUCTIONS = {f"{W}instrText", f"{W}delInstrText"}
PLAIN = {"PAGE", "NUMPAGES", "SECTIONPAGES"}  # they only count pages


@dataclass(frozen=True, slots=True)
class FieldCode:
    """A field's instruction, where it stands, and whether another field lies around or within it."""

    instruction: str
    element: etree._Element
    nested: bool

    @property
    def name(self) -> str | None:
        """The merge field's name; None for another field, or one with switches that are not filled here."""
        merge = MERGE.fullmatch(self.instruction)
        if merge is None or {each.lower() for each in re.findall(r"\w+", merge[3])} - SWITCHES:
            return None
        return merge[1] or merge[2]

    @property
    def counts_pages(self) -> bool:
        """Whether it prints a page number, which Word does by itself."""
        return self.instruction.partition("\\")[0].strip() in PLAIN

    @property
    def shown(self) -> str:
        """The instruction as people see it, short."""
        return " ".join(self.instruction.split())[:60] or "(trống)"


@dataclass(slots=True)
class _Begun:
    element: etree._Element
    nested: bool
    words: list[str] = field(default_factory=list)


def fields_in(root: etree._Element) -> Iterator[FieldCode]:
    """Every field of a part; one that never ends comes last, as it stands."""
    begun: list[_Begun] = []
    for element in root.iter():
        if element.tag == f"{W}fldSimple":
            around = bool(begun) or next(element.iterancestors(f"{W}fldSimple"), None) is not None
            within = next(element.iter(f"{W}fldChar"), None) is not None
            yield FieldCode(element.get(f"{W}instr", ""), element, around or within)
        elif element.tag == f"{W}fldChar" and element.get(f"{W}fldCharType") == "begin":
            if begun:
                begun[-1].nested = True
            begun.append(_Begun(element, nested=bool(begun)))
        elif element.tag == f"{W}fldChar" and element.get(f"{W}fldCharType") == "end" and begun:
            done = begun.pop()
            yield FieldCode("".join(done.words), done.element, done.nested)
        elif element.tag in INSTRUCTIONS and begun:
            begun[-1].words.append(element.text or "")
        elif element.tag in INSTRUCTIONS:
            yield FieldCode(element.text or "", element, nested=True)
    for left in begun:
        yield FieldCode("".join(left.words), left.element, nested=True)


def row_around(element: etree._Element) -> etree._Element | None:
    """The innermost table row around an element."""
    return next(element.iterancestors(f"{W}tr"), None)
