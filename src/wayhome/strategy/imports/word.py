"""Reads a Word document: paragraphs and tables in their order, with merged cells, lists and the colours of cells.

The XML is walked by ourselves, because words also stand where the library does not look: in content controls, in
tracked insertions and in text boxes. What was deleted with changes tracked is no longer part of the plan.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.package import Package
from lxml.etree import XMLSyntaxError

from wayhome.strategy.imports.blocks import (
    Block,
    Bullet,
    Cell,
    Document,
    Heading,
    Note,
    Row,
    Table,
    counted,
    not_too_many,
)
from wayhome.strategy.imports.markup import BULLET, plain
from wayhome.strategy.imports.passages import passages
from wayhome.strategy.imports.refusals import CorruptFile
from wayhome.strategy.imports.word_styles import Styles

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_GONE = {
    f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "instrText")
}
_GONE.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_SIGNS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
# What stands around paragraphs, rows and cells without being one.
_WRAPPERS = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")}
_HIGHLIGHTS = {
    "green": "00FF00",
    "darkGreen": "008000",
    "yellow": "FFFF00",
    "darkYellow": "808000",
    "red": "FF0000",
    "darkRed": "800000",
    "blue": "0000FF",
    "darkBlue": "000080",
}
LONGEST_HEADING = 14

# Any: an element of the XML library, which has no types.
Element = Any


def read_word(data: bytes) -> Document:
    """The blocks of a Word document. Raises CorruptFile."""
    try:
        part = Package.open(BytesIO(data)).main_document_part
        root = parse_xml(part.blob)
        reader = _Reader(
            Styles(_related(part, RELATIONSHIP_TYPE.STYLES), _related(part, RELATIONSHIP_TYPE.NUMBERING))
        )
    except (PackageNotFoundError, XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
        raise CorruptFile from error
    body = root.find(f"{_W}body")
    if body is None:
        raise CorruptFile
    blocks = tuple(not_too_many(reader.blocks(body)))
    return Document(blocks, notes=tuple(reader.notes))


def _related(part: Part, kind: str) -> Element | None:
    try:
        return parse_xml(part.part_related_by(kind).blob)
    except KeyError:
        return None


class _Reader:
    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._line = 0
        self.notes: list[Note] = []

    def blocks(self, body: Element) -> Iterator[Block]:
        """Every paragraph and table of the body."""
        for child in _children(body, f"{_W}p", f"{_W}tbl"):
            if child.tag == f"{_W}tbl":
                rows = tuple(counted(self._rows(child)))
                if rows:
                    yield Table(rows[0].line, rows)
            else:
                self._line += 1
                yield from self._paragraph(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        text = plain(_text(paragraph))
        number = self._styles.number(paragraph)
        if not text:
            return
        is_bullet = self._styles.is_bullet(paragraph)
        is_short = len(text.split()) <= LONGEST_HEADING and not text.endswith((".", ":"))
        if self._styles.is_heading(paragraph) or (is_short and not is_bullet and _is_bold(paragraph)):
            yield Heading(self._line, " ".join(self._numbered(number, text).split()))
        elif is_bullet or self._styles.is_list(paragraph):
            yield Bullet(self._line, self._numbered(number, text.removeprefix(BULLET).strip()))
        else:
            yield from passages(self._line, text)

    def _numbered(self, number: str, text: str) -> str:
        """The words with the number that Word writes before them, and a note that it was ours to count."""
        if not number:
            return text
        what = f"The number {number} was counted{f' for “{text[:60]}”' if text else ''}."
        self.notes.append(
            Note(self._line, what, "Word counts it by itself; it stands in no text of the file.")
        )
        return f"{number} {text}".strip()

    def _rows(self, table: Element) -> Iterator[Row]:
        for row in _children(table, f"{_W}tr"):
            if row.find(f"{_W}trPr/{_W}del") is not None:
                continue
            self._line += 1
            before = row.find(f"{_W}trPr/{_W}gridBefore")
            empty = (Cell(),) * (0 if before is None else _number(before))
            yield Row(
                self._line,
                (*empty, *(cell for found in _children(row, f"{_W}tc") for cell in self._cells(found))),
            )

    def _cells(self, cell: Element) -> Iterator[Cell]:
        """A cell, and an empty one for every other column it lies over."""
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        wide = cell.find(f"{_W}tcPr/{_W}gridSpan")
        span = max(1, 1 if wide is None else _number(wide))
        is_continued = merged is not None and merged.get(f"{_W}val", "continue") == "continue"
        yield Cell(plain("\n".join(self._lines(cell))), _shade(cell), span, is_continued)
        yield from (Cell(is_continued=is_continued),) * (span - 1)

    def _lines(self, cell: Element) -> Iterator[str]:
        parts = list(_children(cell, f"{_W}p", f"{_W}tbl"))
        for child in parts:
            if child.tag == f"{_W}p":
                sign = f"{BULLET} " if self._styles.is_bullet(child) else ""
                text, number = _text(child), self._styles.number(child)
                # An empty paragraph below others is no item; alone in its cell its number is the reference.
                is_item = bool(text.strip()) or len(parts) == 1
                yield f"{sign}{self._numbered(number, text) if is_item else text}"
            else:
                for row in _children(child, f"{_W}tr"):
                    yield " ".join(" ".join(self._lines(inner)) for inner in _children(row, f"{_W}tc"))


def _children(element: Element, *tags: str) -> Iterator[Element]:
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


def _text(element: Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _GONE:
            yield from _pieces(child)
            if child.tag == f"{_W}p":
                yield "\n"


def _is_bold(paragraph: Element) -> bool:
    """Whether all its words are bold."""
    runs = [run for run in paragraph.iter(f"{_W}r") if _text(run).strip()]
    return bool(runs) and all(_is_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(f"{_W}val", "true") not in ("0", "false", "none")


def _number(element: Element) -> int:
    written = element.get(f"{_W}val", "")
    # Word has 63 columns at most.
    return min(int(written), 63) if written.isdigit() else 1


def _shade(cell: Element) -> str:
    shading = cell.find(f"{_W}tcPr/{_W}shd")
    fill = "" if shading is None else shading.get(f"{_W}fill", "")
    if len(fill) == 6:
        return str(fill).upper()
    highlight = next(cell.iter(f"{_W}highlight"), None)
    return "" if highlight is None else _HIGHLIGHTS.get(highlight.get(f"{_W}val", ""), "")
