"""Reads a web page: its headings, paragraphs, lists and tables, with merged cells and the colours behind them."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.etree import ParserError

from wayhome.strategy.imports.blocks import (
    Block,
    Bullet,
    Cell,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    counted,
    not_too_many,
)
from wayhome.strategy.imports.markup import BULLET, one_line, plain
from wayhome.strategy.imports.refusals import CorruptFile

_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_UNSEEN = {"script", "style", "head", "template", "noscript", "nav"}
# What holds other blocks; anything else is words of the paragraph it stands in.
_BLOCKS = _HEADINGS | {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "ul",
    "ol",
    "li",
    "table",
    "blockquote",
    "body",
    "tr",
    "pre",
}
_COLOUR = re.compile(r"background(?:-color)?\s*:\s*#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
# A line break of the page, among those of its source, which are blanks.
_BREAK = "\x1e"
# A cell that says it lies over more would fill the memory.
WIDEST, TALLEST = 63, 5_000

# Any: an element of the XML library, which has no types.
Element = Any


def looks_like_a_page(text: str) -> bool:
    """Whether a text begins as a web page or a table copied from one does."""
    return _PAGE.match(text) is not None


def read_page(text: str) -> Document:
    """The blocks of a web page. Raises CorruptFile."""
    try:
        root = html.document_fromstring(_without_declaration(text))
    except (ParserError, ValueError) as error:
        raise CorruptFile from error
    return Document(tuple(not_too_many(_Reader().blocks(root))))


def _without_declaration(text: str) -> str:
    """The library refuses a text that names an encoding: it was decoded already."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


class _Reader:
    """Walks through a page once. A line is the number of the paragraph or table row: pages may stand on one line."""

    def __init__(self) -> None:
        self._line = 0

    def blocks(self, element: Element) -> Iterator[Block]:
        """What stands in an element, with the words between its blocks as paragraphs."""
        words = [element.text or ""]
        for child in element:
            if _is_seen(child) and _is_block(child):
                yield from self._paragraph(element, words)
                words = []
                yield from self._block(child)
            elif _is_seen(child):
                words += _piece(child)
            words.append(child.tail or "")
        yield from self._paragraph(element, words)

    def _block(self, element: Element) -> Iterator[Block]:
        if element.tag == "table":
            rows = tuple(counted(self._rows(element)))
            if rows:
                yield Table(rows[0].line, rows)
        elif element.tag in _HEADINGS:
            text = one_line(plain(_words(element)))
            if text:
                yield Heading(self._next(), text)
        else:
            yield from self.blocks(element)

    def _paragraph(self, element: Element, words: list[str]) -> Iterator[Block]:
        text = plain(_tidy("".join(words)))
        if text:
            is_item = element.tag == "li" or next(element.iterancestors("li"), None) is not None
            yield Bullet(self._next(), text) if is_item else Paragraph(self._next(), text)

    def _rows(self, table: Element) -> Iterator[Row]:
        """The rows of a table; what lies over several columns or rows leaves empty cells in the others."""
        open_below: dict[int, int] = {}
        for row in table.iter("tr"):
            # A row of a table inside a cell belongs to the words of the cell.
            if next(row.iterancestors("table")) is table:
                yield Row(self._next(), tuple(_cells(row, open_below)))

    def _next(self) -> int:
        self._line += 1
        return self._line


def _is_seen(element: Element) -> bool:
    """What a reader of the page sees: no script, and no comment, which has no name."""
    return isinstance(element.tag, str) and element.tag not in _UNSEEN


def _is_block(element: Element) -> bool:
    return element.tag in _BLOCKS or any(each.tag in _BLOCKS for each in element.iterdescendants())


def _cells(row: Element, open_below: dict[int, int]) -> list[Cell]:
    cells: list[Cell] = []
    for found in row.iterchildren("td", "th"):
        _fill(cells, open_below)
        wide, tall = _spans(found)
        open_below.update(dict.fromkeys(range(len(cells), len(cells) + wide), tall - 1))
        cells += [Cell(plain(_words(found)), _shade(found), wide), *[Cell()] * (wide - 1)]
    _fill(cells, open_below)
    return cells


def _fill(cells: list[Cell], open_below: dict[int, int]) -> None:
    """Puts in the lower parts of cells that began in a row above."""
    while open_below.get(len(cells), 0) > 0:
        open_below[len(cells)] -= 1
        cells.append(Cell(is_continued=True))


def _spans(cell: Element) -> tuple[int, int]:
    wide, tall = (str(cell.get(name, "1")) for name in ("colspan", "rowspan"))
    return (
        min(max(int(wide) if wide.isdigit() else 1, 1), WIDEST),
        min(max(int(tall) if tall.isdigit() else 1, 1), TALLEST),
    )


def _words(element: Element) -> str:
    """All its words; lists and paragraphs in it on lines of their own."""
    return _tidy("".join(_pieces(element)))


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _is_seen(child):
            yield from _piece(child)
        yield child.tail or ""


def _piece(child: Element) -> Iterator[str]:
    if child.tag == "br":
        yield _BREAK
    elif child.tag == "li":
        yield f"{_BREAK}{BULLET} "
        yield from _pieces(child)
        yield _BREAK
    elif child.tag in _BLOCKS:
        yield _BREAK
        yield from _pieces(child)
        yield _BREAK
    else:
        yield from _pieces(child)
        yield " " if child.tag in ("td", "th") else ""


def _tidy(text: str) -> str:
    return re.sub(r"[\r\n\t]", " ", text).replace(_BREAK, "\n")


def _shade(cell: Element) -> str:
    found = _COLOUR.search(cell.get("style", ""))
    colour = found[1] if found else cell.get("bgcolor", "").removeprefix("#")
    if len(colour) == 3:
        colour = "".join(letter * 2 for letter in colour)
    return colour.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", colour) else ""
