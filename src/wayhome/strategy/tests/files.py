"""Makes Word and Excel files for these tests, with invented words."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

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


ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def open_document(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """An OpenDocument file: rows by sheet. A cell may be its whole XML."""
    tables = "".join(
        f'<table:table table:name="{name}">{"".join(map(_open_document_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    content = (
        f'<office:document-content {ODS_NAMES} office:version="1.3"><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _open_document_row(cells: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(map(_open_document_cell, cells))}</table:table-row>"


def _open_document_cell(text: str) -> str:
    if text.startswith("<"):
        return text
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
