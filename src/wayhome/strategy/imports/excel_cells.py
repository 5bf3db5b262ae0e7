"""What the sheet reader does not tell of an Excel or OpenDocument file: how far its cells reach, and their colours.

How far they reach has to be known first: one word in the last cell of an otherwise empty sheet would make the reader
ask for room for seventeen thousand million cells.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from lxml import etree

from wayhome.strategy.imports.archives import part_of_archive
from wayhome.strategy.imports.refusals import TooLargeFile

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
# A plan of 5,000 rows with forty columns is a twenty-fifth of this.
MOST_CELLS = 5_000_000
# The colours of a theme as Excel counts them.
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)))

# Any: an element of the XML library, which has no types.
Element = Any
Shades = Mapping[tuple[int, int], str]


def shades_of_sheets(data: bytes) -> dict[str, Shades]:
    """The colours of the cells of each sheet of an .xlsx file by row and column, counted from nought."""
    fills = _fills(data)
    return {name: _shades(part_of_archive(data, path), fills) for name, path in _sheets(data)}


def _sheets(data: bytes) -> Iterator[tuple[str, str]]:
    relations = _parsed(part_of_archive(data, "xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): str(one.get("Target", "")) for one in relations}
    for sheet in _parsed(part_of_archive(data, "xl/workbook.xml")).iter(f"{_S}sheet"):
        target = targets.get(sheet.get(_R), "")
        yield sheet.get("name", ""), target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _shades(sheet: bytes, fills: Mapping[str, str]) -> Shades:
    found: dict[tuple[int, int], str] = {}
    rows = columns = 0
    for _, cell in _walk(sheet, f"{_S}c"):
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        if place:
            row, column = int(place[2]), _column(place[1])
            if len(cell):
                rows, columns = max(rows, row), max(columns, column)
            fill = fills.get(cell.get("s", ""))
            if fill:
                found[row - 1, column - 1] = fill
        _forget(cell)
    if rows * columns > MOST_CELLS:
        raise TooLargeFile
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _fills(data: bytes) -> dict[str, str]:
    """The colour of each style that has one, by its number."""
    styles = _parsed(part_of_archive(data, "xl/styles.xml"))
    theme = _theme(data)
    fills = [_colour(fill.find(f"{_S}patternFill"), theme) for fill in styles.iterfind(f"{_S}fills/{_S}fill")]
    numbered = enumerate(styles.iterfind(f"{_S}cellXfs/{_S}xf"))
    chosen = ((str(number), int(style.get("fillId", 0))) for number, style in numbered)
    return {number: fills[fill] for number, fill in chosen if fill < len(fills) and fills[fill]}


def _colour(fill: Element | None, theme: Mapping[str, str]) -> str:
    colour = None if fill is None or fill.get("patternType") != "solid" else fill.find(f"{_S}fgColor")
    if colour is None:
        return ""
    return str(colour.get("rgb", ""))[-6:] or theme.get(colour.get("theme", ""), "")


def _theme(data: bytes) -> dict[str, str]:
    root = _parsed(part_of_archive(data, "xl/theme/theme1.xml"))
    found = {}
    for number, name in enumerate(_THEME):
        colour = root.find(f".//{_A}clrScheme/{_A}{name}/{_A}srgbClr")
        if colour is not None:
            found[str(number)] = str(colour.get("val", ""))
    return found


def refuse_too_far(data: bytes) -> None:
    """Refuses an OpenDocument sheet whose words lie too far apart."""
    rows = columns = 0
    for _, row in _walk(part_of_archive(data, "content.xml"), f"{_T}table-row"):
        reach = _reach(row)
        times = int(row.get(f"{_T}number-rows-repeated", 1))
        rows += times if reach or times < 1000 else 0
        columns = max(columns, reach)
        if rows * columns > MOST_CELLS:
            raise TooLargeFile
        _forget(row)


def _reach(row: Element) -> int:
    """The last column of a row that has words."""
    reach = at = 0
    for cell in row:
        at += int(cell.get(f"{_T}number-columns-repeated", 1))
        if len(cell):
            reach = at
    return reach


def _walk(xml: bytes, tag: str) -> Iterator[tuple[str, Element]]:
    yield from etree.iterparse(BytesIO(xml), tag=tag, resolve_entities=False, no_network=True) if xml else ()


def _parsed(xml: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(xml or b"<none/>", parser)


def _forget(element: Element) -> None:
    """What was read is let go, so that a large sheet does not fill the memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
