"""Makes Word and Excel files for these tests, with invented words."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

SIX = ("Objective", "Action", "Responsibility", "Timescale", "Evidence", "BRAG")
THREE = ("Action", "Progress", "RAG")


def word(build: Any) -> bytes:
    """A Word file: `build` is given the document to fill."""
    document = Document()
    build(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def add_table(document: Any, rows: Sequence[Sequence[str]]) -> Any:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def shade(cell: Any, colour: str) -> None:
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(element)


def excel(sheets: Mapping[str, Sequence[Sequence[Any]]], build: Any = None) -> bytes:
    """An Excel file: rows by sheet; `build` is given the book and its first sheet."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        made = []
        for name, rows in sheets.items():
            made.append(book.add_worksheet(name))
            for number, row in enumerate(rows):
                made[-1].write_row(number, 0, row)
        if build:
            build(book, made[0])
    return out.getvalue()
