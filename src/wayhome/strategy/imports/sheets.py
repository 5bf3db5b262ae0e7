"""Reads sheets: Excel, old Excel, OpenDocument. Hidden sheets are left out, and it is said."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from io import BytesIO

from lxml.etree import XMLSyntaxError
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from wayhome.strategy.imports.blocks import Cell, Document, Note, Row, Table, counted
from wayhome.strategy.imports.excel_cells import Shades, refuse_too_far, shades_of_sheets
from wayhome.strategy.imports.markup import plain
from wayhome.strategy.imports.refusals import CorruptFile, LockedFile

Value = int | float | str | bool | time | date | datetime | timedelta
NO_SHADES: Shades = {}


def read_excel(data: bytes) -> Document:
    """The sheets of an .xlsx file."""
    try:
        shades = shades_of_sheets(data)
    except (XMLSyntaxError, ValueError) as error:
        raise CorruptFile from error
    return _read(data, shades)


def read_open_document(data: bytes) -> Document:
    """The sheets of an .ods file."""
    try:
        refuse_too_far(data)
    except (XMLSyntaxError, ValueError) as error:
        raise CorruptFile from error
    return _read(data, {})


def read_old_excel(data: bytes) -> Document:
    """The sheets of an .xls file."""
    return _read(data, {})


def _read(data: bytes, shades: Mapping[str, Shades]) -> Document:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            shown, hidden = _sheets_of(book)
            tables = [_table(book.get_sheet_by_name(name), shades.get(name, NO_SHADES)) for name in shown]
    except PasswordError as error:
        raise LockedFile from error
    except (CalamineError, ValueError) as error:
        raise CorruptFile from error
    notes = (Note(1, f"The sheet “{name}” was left out.", "It is hidden.") for name in hidden)
    return Document(tuple(table for table in tables if table.rows), notes=tuple(notes))


def _sheets_of(book: CalamineWorkbook) -> tuple[list[str], list[str]]:
    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
    shown = [sheet.name for sheet in sheets if sheet.visible is SheetVisibleEnum.Visible]
    return shown, [sheet.name for sheet in sheets if sheet.name not in shown]


def _table(sheet: CalamineSheet, shades: Shades) -> Table:
    spans, continued = _merged(sheet)
    top = sheet.start[0] if sheet.start else 0
    rows = (
        Row(number + 1, tuple(_cells(number, values, spans, continued, shades)))
        for number, values in enumerate(sheet.to_python(skip_empty_area=False))
        if number >= top
    )
    return Table(top + 1, tuple(counted(rows)), sheet.name, may_be_split=False)


def _cells(
    row: int,
    values: list[Value],
    spans: Mapping[tuple[int, int], int],
    continued: set[tuple[int, int]],
    shades: Shades,
) -> Iterator[Cell]:
    for column, value in enumerate(values):
        place = (row, column)
        yield Cell(plain(written(value)), shades.get(place, ""), spans.get(place, 1), place in continued)


def _merged(sheet: CalamineSheet) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    """How wide merged cells are, and the places that lie under one whose words stand above."""
    spans: dict[tuple[int, int], int] = {}
    continued: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        spans[top, left] = right - left + 1
        # A whole column may be merged; nothing stands below the last row.
        last = min(bottom, sheet.total_height)
        continued.update((row, left) for row in range(top + 1, last + 1))
    return spans, continued


def written(value: Value) -> str:
    """A value as a person would write it. How the sheet shows it is not known."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y" if value.time() == time.min else "%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
